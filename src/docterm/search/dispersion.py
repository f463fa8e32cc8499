"""Where in a document something stands: by places, and how often in each slice of it."""

from __future__ import annotations

from collections.abc import Iterable

from docterm.library.model import Passage, Role
from docterm.search.concordance import KwicLine

SLICES = 16
"""Slices of a document: as many cells as a status line has to spare."""


def places(lines: Iterable[KwicLine], passages: Iterable[Passage]) -> tuple[float, ...]:
    """Give for each line in the body of a document its place: 0 where the body begins, near 1 where it ends."""
    starts: dict[int, int] = {}
    length = 0
    for passage in passages:
        if passage.role is Role.BODY:
            starts[passage.index] = length
            length += len(passage.text) + 1
    return tuple(
        (starts[line.passage.index] + line.span.start) / length for line in lines if line.passage.index in starts
    )


def dispersion(places: Iterable[int], length: int, slices: int = SLICES) -> tuple[int, ...]:
    """Count places, from 0 and below `length`, in each of some slices of equal length, the first one first.

    A place is what a document is measured in: a passage or a word. What is shorter than it has slices has fewer.
    """
    slices = max(min(slices, length), 1)
    counts = [0] * slices
    for place in places:
        counts[place * slices // max(length, 1)] += 1
    return tuple(counts)
