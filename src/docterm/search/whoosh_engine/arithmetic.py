"""What finding and weighing passages asks of arithmetic: `plain` does it in Python, `dense` with numpy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

Mask = Any
"""A set of passages, in a form of the arithmetic's own; `mask[passage]` is true for those in it."""
Scores = Any
"""A score for each passage."""
Run = tuple[memoryview, memoryview | None]
Numbers = Any
"""A number for each passage."""


class Arithmetic(Protocol):
    """Reckoning with the passages of one segment, `size` of them."""

    size: int

    def marked(self, runs: Iterable[memoryview]) -> Mask:
        """Give the set of the passages in some posting lists."""

    def ranges(self, ranges: Iterable[tuple[int, int]]) -> Mask:
        """Give the set of the passages in some ranges."""

    def of(self, passages: Iterable[int]) -> Mask:
        """Give the set of some passages."""

    def both(self, left: Mask, right: Mask) -> Mask:
        """Give what is in both sets."""

    def either(self, left: Mask, right: Mask) -> Mask:
        """Give what is in one set or the other."""

    def without(self, left: Mask, right: Mask) -> Mask:
        """Give what is in one set and not in the other."""

    def size_of(self, mask: Mask) -> int:
        """Give how many passages are in a set."""

    def members(self, mask: Mask) -> list[int]:
        """Give the passages of a set in order."""

    def by_passage(self, passages: Sequence[int], values: Sequence[int]) -> Numbers:
        """Give a number for each of some passages, as `mark` takes it."""

    def mark(
        self,
        row: bytearray,
        starts: Numbers,
        passages: memoryview,
        counts: memoryview,
        positions: memoryview,
    ) -> None:
        """Put a 1 into a row where a word stands, in the passages that begin there at `starts`, in no other."""

    def norms(self, table: Sequence[float], lengths: memoryview) -> Numbers:
        """Give for each passage what the formula takes from its length."""

    def zeros(self) -> Scores:
        """Give scores of nothing."""

    def add_words(self, scores: Scores, mask: Mask, runs: Iterable[Run], weight: float, norms: Numbers) -> None:
        """Add what words are worth together, in the passages of a set: weight * count / (count + norm).

        A run is a posting list: passages, and how often a word stands in each; None for once.
        """

    def add_presence(self, scores: Scores, mask: Mask, weight: float, norms: Numbers) -> None:
        """Add what a word is worth that counts once in each passage of a set."""

    def add_flat(self, scores: Scores, mask: Mask, value: float) -> None:
        """Add the same to every passage of a set."""

    def add_scores(self, scores: Scores, mask: Mask, others: Scores) -> None:
        """Add other scores in the passages of a set."""

    def best(self, scores: Scores, mask: Mask, most: int | None) -> list[tuple[float, int]]:
        """Give the passages of a set with the highest scores, (score, -passage), at most so many of them."""

    def owners(self, mask: Mask, owners: memoryview) -> Counter[int]:
        """Give how many passages of a set each document has, by the number of the document."""
