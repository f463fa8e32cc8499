"""The query language: what the reader typed becomes a tree of nodes, and a sentence that says how it was read.

Words must all be there; words in quotation marks stand side by side; `cens*` matches words that begin so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docterm.errors import QueryError
from docterm.text import words


@dataclass(frozen=True, slots=True)
class Term:
    """A word, in any of its grammatical forms."""

    word: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every word that begins with `start`."""

    start: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand side by side in this order, each in any of its grammatical forms."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Passages in which every part is found."""

    parts: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Passages in which at least one part is found."""

    parts: tuple[Leaf, ...]


Leaf = Term | Prefix | Phrase
Node = All | AnyOf

_QUOTED_OR_WORD = re.compile(r'"([^"]*)"|“([^”]*)”|„([^“”]*)[“”]|«([^»]*)»|(\S+)')
_OPERATOR = re.compile(r"AND|OR|NOT|[-!][^\W_].*")
MAX_WORDS = 64


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood."""

    text: str
    node: Node
    notes: tuple[str, ...] = ()

    @property
    def read_as(self) -> str:
        """The query in docterm's own notation, for the line under the field."""
        return describe(self.node)


def parse(text: str, *, typing: bool = False) -> Query:
    """Read a query; while it is being typed, its last word stands for every word that begins so.

    Raises QueryError when no word is left to search for.
    """
    notes: list[str] = []
    parts = list(dict.fromkeys(_leaves(text, notes)))
    if not parts:
        raise QueryError("There is no word to search for.", "Type one word or more, or a phrase in quotation marks.")
    if len(parts) > MAX_WORDS:
        parts = parts[:MAX_WORDS]
        notes.append(f"Only the first {MAX_WORDS} words were used.")
    if typing and isinstance(last := parts[-1], Term) and text[-1:].isalnum():
        parts[-1] = Prefix(last.word)
    return Query(text, All(tuple(parts)), tuple(notes))


def _leaves(text: str, notes: list[str]) -> Iterator[Leaf]:
    for match in _QUOTED_OR_WORD.finditer(text):
        quoted = next((group for group in match.groups()[:4] if group is not None), None)
        chunk = quoted if quoted is not None else match[5]
        found = tuple(words(chunk))
        if quoted is None and _OPERATOR.fullmatch(chunk):
            notes.append(f"“{chunk}” was read as plain words: operators are not known yet.")
        if not found:
            continue
        if quoted is None and chunk.endswith("*") and len(found) == 1:
            yield Prefix(found[0])
        else:
            yield Term(found[0]) if len(found) == 1 else Phrase(found)


def describe(node: Node | Leaf) -> str:
    """Give a node in the notation that `parse` reads."""
    match node:
        case Term(word):
            return word
        case Prefix(start):
            return f"{start}*"
        case Phrase(phrase):
            return f'"{" ".join(phrase)}"'
        case All(parts):
            return " AND ".join(describe(part) for part in parts)
        case AnyOf(parts):
            return " OR ".join(describe(part) for part in parts)
