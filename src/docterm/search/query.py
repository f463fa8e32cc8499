"""The query language: what the reader typed becomes a tree of nodes, and a sentence that says how it was read.

Words must all be there; words in quotation marks stand side by side; `cens*` matches words that begin so.
`AND` between two parts says what holds anyway; `OR` between all of them asks for any. So a node as it is
described can be typed as a query again. What other operators ask for is left out, and a note says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from docterm.errors import QueryError
from docterm.search.tree import And, Or, Phrase, Prefix, Term, Word, describe
from docterm.text import label, tokens, words

_QUOTED_OR_WORD = re.compile(r'"([^"]*)"|“([^”]*)”|„([^“”]*)[“”]|«([^»]*)»|(\S+)')
_OPERATOR = re.compile(r"AND|OR|NOT|[-!][^\W_].*")
MAX_WORDS = 64
MAX_LENGTH = 4096
"""More of a text than this is not looked at: what is pasted by mistake must not hold up the field."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood."""

    text: str
    node: And | Or
    notes: tuple[str, ...] = ()

    @property
    def read_as(self) -> str:
        """The query in docterm's own notation, for the line under the field."""
        return describe(self.node)


def parse(text: str, *, typing: bool = False) -> Query:
    """Read a query; while it is being typed, its last word stands for every word that begins so.

    Raises QueryError when no word is left to search for.
    """
    typed = chunks = _chunks(text[:MAX_LENGTH])
    joint = _joint(chunks)
    chunks, notes = (chunks[::2], []) if joint else _without_operators(chunks)
    leaves: list[Word | Phrase] = []
    room = MAX_WORDS
    for chunk in chunks:
        if leaf := _leaf(chunk, room):
            leaves.append(leaf)
        room = max(room - len(chunk.words), 0)
    if not leaves:
        raise QueryError("There is no word to search for.", "Type one word or more, or a phrase in quotation marks.")
    if len(text) > MAX_LENGTH or sum(len(chunk.words) for chunk in chunks) > MAX_WORDS:
        notes.append(f"Only the first {MAX_WORDS - room} words were used.")
    elif typing and chunks[-1] is typed[-1] and isinstance(last := leaves[-1], Term) and _ends_in_word(text):
        leaves[-1] = Prefix(last.word)
    parts = tuple(dict.fromkeys(leaves))
    return Query(text, Or(parts) if joint == "OR" and len(parts) > 1 else And(parts), tuple(notes))


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A piece of a query between spaces, or between quotation marks."""

    text: str
    quoted: bool
    words: tuple[str, ...]

    @property
    def is_operator(self) -> bool:
        return not self.quoted and _OPERATOR.fullmatch(self.text) is not None


def _chunks(text: str) -> list[_Chunk]:
    chunks: list[_Chunk] = []
    for match in _QUOTED_OR_WORD.finditer(text):
        quoted = next((group for group in match.groups()[:4] if group is not None), None)
        piece = match[5] if quoted is None else quoted
        chunks.append(_Chunk(piece, quoted is not None, tuple(words(piece))))
    return chunks


def _joint(chunks: Sequence[_Chunk]) -> str:
    """Give the operator, AND or OR, when it stands between each two parts of the query and nowhere else."""
    between = {chunk.text for chunk in chunks[1::2]}
    alternate = [bool(place % 2) for place in range(len(chunks))]
    if (
        len(chunks) % 2
        and between in ({"AND"}, {"OR"})
        and [chunk.is_operator for chunk in chunks] == alternate
        and all(chunk.words for chunk in chunks)
    ):
        return between.pop()
    return ""


def _without_operators(chunks: list[_Chunk]) -> tuple[list[_Chunk], list[str]]:
    """Drop the operators of a mixed query and what NOT, - or ! stands before; say what was left out.

    Where nothing else is left, the operators are words.
    """
    kept: list[_Chunk] = []
    left_out: dict[str, None] = {}
    negated = False
    for chunk in chunks:
        bare = chunk.text if chunk.is_operator else ""
        if bare in ("AND", "OR", "NOT"):
            negated = bare == "NOT"
        elif negated or bare:
            left_out["NOT " * negated + label(chunk.text, 40)] = None
            negated = False
        else:
            kept.append(chunk)
    operators = [chunk.text for chunk in chunks if chunk.is_operator]
    if not any(chunk.words for chunk in kept):
        verb = "was" if len(set(operators)) == 1 else "were"
        return chunks, [f"{_named(operators)} {verb} read as plain words."] if operators else []
    notes = ["“OR” is known only between all parts of a query and was left out."] if "OR" in operators else []
    if left_out:
        verbs = ("is", "was") if len(left_out) == 1 else ("are", "were")
        notes.append(f"{_named(left_out)} {verbs[0]} not known yet and {verbs[1]} left out.")
    return kept, notes


def _named(operators: Iterable[str]) -> str:
    """Give operators in quotation marks, each once, the first four of them."""
    named = [f"“{label(operator, 44)}”" for operator in dict.fromkeys(operators)]
    return ", ".join(named[:4]) + (f" and {len(named) - 4} more" if len(named) > 4 else "")


def _leaf(chunk: _Chunk, room: int) -> Word | Phrase | None:
    found = chunk.words[:room]
    if not found:
        return None
    if len(found) > 1:
        return Phrase(tuple(map(Term, found)))
    return Prefix(found[0]) if not chunk.quoted and chunk.text.endswith("*") else Term(found[0])


def _ends_in_word(text: str) -> bool:
    """Say whether the text breaks off in a word, which the next character may go on with."""
    return any(token.end == len(text) for token in tokens(text))
