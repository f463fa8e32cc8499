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

    The smallest ones are joined until half of MOST are left, so that a passage is copied a few times in all; hollow
    ones come along.
    """
    hollow = {place for place, each in enumerate(segments) if each.doc_count() <= (1 - HOLLOW) * each.doc_count_all()}
    open_ones = [place for place, each in enumerate(segments) if each.doc_count() < FULL and place not in hollow]
    chosen: list[int] = sorted(hollow)
    if len(open_ones) > MOST:
        by_size = sorted(open_ones, key=lambda place: segments[place].doc_count())
        chosen += by_size[: len(open_ones) - MOST // 2 + 1]
    return sorted(chosen)
