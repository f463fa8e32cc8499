"""Which segments to make one of. It is decided here, and done when nobody waits for it, never in a commit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

MOST = 8
"""Segments an index has at most when it is tidy: each costs every search a little."""
FULL = 200_000
"""Passages from which on a segment is left alone: joining such ones takes long and saves little."""
HOLLOW = 1 / 3
"""The share of deleted passages from which on a segment is written anew."""


class Sized(Protocol):
    """What the choice asks of a segment."""

    def doc_count(self) -> int:
        """Give the number of passages that are not deleted."""

    def doc_count_all(self) -> int:
        """Give the number of all passages."""


def to_merge(segments: Sequence[Sized]) -> list[int]:
    """Give the places of the segments to join into one, or none when there is nothing to do.

    Where there are more than MOST, the two smallest are joined, and with them those that are no larger than what is
    joined already: what a passage is copied into has at least twice the size of what it was in, so it is copied few
    times. Hollow ones come along. There may be more to do afterwards.
    """
    sizes = [each.doc_count() for each in segments]
    hollow = [place for place, each in enumerate(segments) if sizes[place] <= (1 - HOLLOW) * each.doc_count_all()]
    open_ones = sorted((place for place, size in enumerate(sizes) if size < FULL), key=sizes.__getitem__)
    chosen = set(hollow)
    if len(open_ones) > MOST:
        total = 0
        for taken, place in enumerate(open_ones):
            if taken >= 2 and (sizes[place] > total or total >= FULL):
                break
            chosen.add(place)
            total += sizes[place]
    return sorted(chosen)
