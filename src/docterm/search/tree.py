"""A query as a tree: what the reader asks for, apart from how it was typed and from how it is answered.

The parser makes trees, the matcher says what they mean, engines find what the matcher would accept. Every word in
a tree is folded as `docterm.text.fold` does. `describe` gives a tree in docterm's notation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

FieldName = Literal["title", "author", "source", "key", "type", "tag", "lang", "path", "page", "role"]
"""What may be asked of a document; `page` is the page a passage stands on, by number or label.

`role` is what a passage is in its document, one word of `docterm.library.model.Role`. A query in which no `role` stands
anywhere is about body passages only; one in which it stands is about all passages, whatever their role.
"""


@dataclass(frozen=True, slots=True)
class Term:
    """A word, in any of its grammatical forms."""

    word: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every word that begins with `start`."""

    start: str


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Every word that fits `pattern`, in which `*` stands for any characters or none and `?` for one."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Every word with the same first character that is at most `distance` (1 or 2) edits away.

    An edit inserts, deletes or replaces a character, or swaps two neighbours.
    """

    word: str
    distance: int = 1


@dataclass(frozen=True, slots=True)
class Regex:
    """Passages in whose text the regular expression `pattern` is found, whatever the case; it may cross words.

    `docterm.search.regexes.Expression` finds it, in bounded time: QueryError tells when one takes too long. It never
    matches no characters. An engine holds it against the text of every passage that the rest of the query leaves.
    """

    pattern: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side, in this order."""

    parts: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Parts that stand near one another.

    Ordered: one after the other, each at most `distance` words after the one before. Else in any order, all of them
    within a stretch in which each two neighbours could be `distance` words apart; one word may then stand for two
    parts.
    """

    parts: tuple[Word | Phrase, ...]
    distance: int
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class And:
    """Passages that answer every part."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Passages that answer at least one part."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Passages that do not answer the part."""

    part: Node


@dataclass(frozen=True, slots=True)
class Boost:
    """The part, counting `factor` times as much in the order of what is found."""

    part: Node
    factor: float


@dataclass(frozen=True, slots=True)
class Field:
    """Passages of documents of which `name` answers the part.

    In titles, authors and sources words count in any of their forms; in the other fields as they are written.
    """

    name: FieldName
    part: Node


@dataclass(frozen=True, slots=True)
class DateRange:
    """Passages of documents that may date from between two dates, both included; undated ones never do.

    Dates are `2021`, `2021-06` or `2021-06-03`; None leaves an end open.
    """

    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Everything:
    """Every passage."""


Word = Term | Prefix | Wildcard | Fuzzy
Node = Word | Regex | Phrase | Near | And | Or | Not | Boost | Field | DateRange | Everything

_SLASH = re.compile(r"(\\.)|/", re.DOTALL)
"""A slash that would end an expression, or what a backslash makes of the character behind it."""
_LOOSE = (And, Or, Near)
"""What stands in parentheses where it is a part of something else."""


def describe(node: Node) -> str:  # noqa: C901, PLR0911, PLR0912 - a line for each kind of node
    """Give a node in docterm's notation."""
    match node:
        case Term(word):
            return word
        case Prefix(start):
            return f"{start}*"
        case Wildcard(pattern):
            return pattern
        case Fuzzy(word, distance):
            return f"{word}~{distance}"
        case Regex(pattern):
            return "/" + _SLASH.sub(lambda found: found[1] or "\\/", pattern) + "/"
        case Phrase(parts):
            return f'"{" ".join(map(describe, parts))}"'
        case Near(parts, distance, ordered):
            return f" {'BEFORE' if ordered else 'NEAR'}/{distance} ".join(map(describe, parts))
        case And(parts):
            return " AND ".join(map(enclosed, parts))
        case Or(parts):
            return " OR ".join(map(enclosed, parts))
        case Not(part):
            return f"NOT {enclosed(part)}"
        case Boost(part, factor):
            return f"{enclosed(part)}^{factor:g}"
        case Field(name, part):
            return f"{name}:{enclosed(part)}"
        case DateRange(first, last):
            return f"date:{first or ''}..{last or ''}"
        case Everything():
            return "*"


def enclosed(node: Node) -> str:
    """Give a node in docterm's notation as a part of another one."""
    return f"({describe(node)})" if isinstance(node, _LOOSE) else describe(node)


def conjuncts(node: Node) -> tuple[Node, ...]:
    """Give the parts of a query that are counted one by one: those of `And` and `Or`, else the node itself."""
    return node.parts if isinstance(node, And | Or) else (node,)


def asks(node: Node, name: FieldName) -> bool:
    """Say whether a query asks anywhere for what a field is."""
    match node:
        case Field(field, part):
            return field == name or asks(part, name)
        case And(parts) | Or(parts):
            return any(asks(part, name) for part in parts)
        case Not(part) | Boost(part):
            return asks(part, name)
        case _:
            return False
