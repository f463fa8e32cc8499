"""The lists that a vocabulary is shown as: for each kind of term, more used on the left, on the right, and shared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from docterm.compare.sides import Side
from docterm.compare.vocabulary import Kind, Support, TermRow
from docterm.text import counted

UNEQUAL = 1.0
"""The least strength of a difference: that of G2, and of the square of z, where both sides use a term alike."""
FEW_WORDS = 20_000
"""A text of fewer words is said to show nothing by not using a word."""


class Usage(StrEnum):
    """Which side uses a term."""

    LEFT = "left"
    """Both or the left alone, and the left more."""
    RIGHT = "right"
    SHARED = "shared"
    """Both, whoever uses it more."""


@dataclass(frozen=True, slots=True)
class TermList:
    """One list: terms of one kind that are used in one way."""

    kind: Kind
    usage: Usage
    rows: tuple[TermRow, ...]
    """What can be stated first, then what stands in few passages."""
    alone: int
    """How many more terms there are that stand in too few passages, or differ too little, to be listed."""


def term_list(rows: Iterable[TermRow], kind: Kind, usage: Usage) -> TermList:
    """Give one list of a vocabulary.

    Unequal terms are in the order of their strength, shared words and names in that of how often the side that uses
    them less uses them, and shared phrases in that of their C-value.
    """
    found = [row for row in rows if row.kind is kind and _is_used(row, usage)]
    listed = [row for row in found if support_in(row, usage) > Support.ALONE and _bears(row, usage)]
    if usage is Usage.SHARED:
        listed.sort(key=lambda row: (is_few(row, usage), -_sharing(row), row.term))
    return TermList(kind, usage, tuple(listed), len(found) - len(listed))


def support_in(row: TermRow, usage: Usage) -> Support:
    """Say how widely a row is spread where its list looks: in the side that uses it more, or in both."""
    return min(row.left_support, row.right_support) if usage is Usage.SHARED else row.support


def is_few(row: TermRow, usage: Usage) -> bool:
    """Say whether a row of a list is to be dimmed, since too few passages bear it."""
    return support_in(row, usage) < Support.ENOUGH


def sizes(left: Side, right: Side) -> str:
    """Say how much was counted and what it cannot show."""
    told = f"{_size(left)} against {_size(right)}. This describes them."
    smaller = min(words_in(left), words_in(right))
    if not smaller or smaller >= FEW_WORDS:
        return told
    return f"{told} A text of {counted(smaller, 'word')} cannot show that it avoids a word."


def words_in(side: Side) -> int:
    """Count the words of the bodies of a side's documents."""
    return sum(document.words for document in side.documents)


def _size(side: Side) -> str:
    size = counted(words_in(side), "word")
    return f"{counted(len(side.documents), 'document')} of {size}" if side.is_group else size


def _is_used(row: TermRow, usage: Usage) -> bool:
    match usage:
        case Usage.LEFT:
            return row.is_more_left
        case Usage.RIGHT:
            return row.is_more_right
        case Usage.SHARED:
            return row.left > 0 and row.right > 0


def _bears(row: TermRow, usage: Usage) -> bool:
    return usage is Usage.SHARED or row.strength >= UNEQUAL


def _sharing(row: TermRow) -> float:
    return min(row.left_per_1000, row.right_per_1000) if row.c_value is None else row.c_value
