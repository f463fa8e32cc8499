"""Sets of passages and their scores in Python alone.

A set is a byte for each passage of a segment, 1 for those in it: marking a posting costs 15 ns that way, a third of
what a Python set costs, and sets are joined as the one long number that their bytes are.
"""

from __future__ import annotations

import heapq
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from itertools import chain, compress, repeat
from operator import add, neg

Mask = bytes | bytearray
Scores = list[float]
Run = tuple[memoryview, memoryview | None]

_SPARSE = 64
"""With fewer than one passage in so many, those in a set are looked for one by one."""


class Plain:
    """The arithmetic of one segment of `size` passages."""

    def __init__(self, size: int) -> None:
        self.size = size

    def marked(self, runs: Iterable[memoryview]) -> Mask:
        """Give the set of the passages in some posting lists."""
        mask = bytearray(self.size)
        for run in runs:
            for passage in run.tolist():
                mask[passage] = 1
        return mask

    def ranges(self, ranges: Iterable[tuple[int, int]]) -> Mask:
        """Give the set of the passages in some ranges."""
        mask = bytearray(self.size)
        for first, last in ranges:
            mask[first:last] = b"\1" * (last - first)
        return mask

    def of(self, passages: Iterable[int]) -> Mask:
        """Give the set of some passages."""
        mask = bytearray(self.size)
        for passage in passages:
            mask[passage] = 1
        return mask

    def _number(self, mask: Mask) -> int:
        return int.from_bytes(mask, "little")

    def both(self, left: Mask, right: Mask) -> Mask:
        """Give what is in both sets."""
        return (self._number(left) & self._number(right)).to_bytes(self.size, "little")

    def either(self, left: Mask, right: Mask) -> Mask:
        """Give what is in one set or the other."""
        return (self._number(left) | self._number(right)).to_bytes(self.size, "little")

    def without(self, left: Mask, right: Mask) -> Mask:
        """Give what is in one set and not in the other."""
        return (self._number(left) & ~self._number(right)).to_bytes(self.size, "little")

    def size_of(self, mask: Mask) -> int:
        """Give how many passages are in a set."""
        return mask.count(1)

    def members(self, mask: Mask) -> list[int]:
        """Give the passages of a set in order."""
        if mask.count(1) * _SPARSE > self.size:
            return list(compress(range(self.size), mask))
        found = []
        at = mask.find(1)
        while at >= 0:
            found.append(at)
            at = mask.find(1, at + 1)
        return found

    def by_passage(self, passages: Sequence[int], values: Sequence[int]) -> dict[int, int]:
        """Give a number for each of some passages, as `mark` takes it."""
        return dict(zip(passages, values, strict=True))

    def mark(
        self, row: bytearray, starts: dict[int, int], passages: memoryview, counts: memoryview, positions: memoryview
    ) -> None:
        """Put a 1 into a row where a word stands, in the passages that begin there at `starts`, in no other."""
        run, often = passages.tolist(), counts.tolist()
        begins = list(map(starts.get, run, repeat(-1)))
        places: Iterable[int] = positions.tolist()
        if -1 in begins:
            inside = [begin >= 0 for begin in begins]
            places = compress(places, chain.from_iterable(map(repeat, inside, often)))
            begins, often = list(compress(begins, inside)), list(compress(often, inside))
        where = map(add, chain.from_iterable(map(repeat, begins, often)), places)
        deque(map(row.__setitem__, where, repeat(1)), maxlen=0)  # twice as fast as a loop

    def norms(self, table: Sequence[float], lengths: memoryview) -> list[float]:
        """Give for each passage what the formula takes from its length."""
        return list(map(table.__getitem__, lengths))

    def zeros(self) -> Scores:
        """Give scores of nothing."""
        return [0.0] * self.size

    def add_words(self, scores: Scores, mask: Mask, runs: Iterable[Run], weight: float, norms: Sequence[float]) -> None:
        """Add what words are worth together, in the passages of a set: weight * count / (count + norm).

        A run is a posting list: passages, and how often a word stands in each; None for once.
        """
        lists: list[tuple[list[int], list[int] | None]] = [
            (passages.tolist(), None if counts is None else counts.tolist()) for passages, counts in runs
        ]
        if 2 * self.size_of(mask) < sum(len(passages) for passages, _ in lists):
            lists = [_inside(mask, *each) for each in lists]
        for passage, count in _together(lists):
            scores[passage] += weight * count / (count + norms[passage])

    def add_presence(self, scores: Scores, mask: Mask, weight: float, norms: Sequence[float]) -> None:
        """Add what a word is worth that counts once in each passage of a set."""
        for passage in self.members(mask):
            scores[passage] += weight / (1 + norms[passage])

    def add_flat(self, scores: Scores, mask: Mask, value: float) -> None:
        """Add the same to every passage of a set."""
        for passage in self.members(mask):
            scores[passage] += value

    def add_scores(self, scores: Scores, mask: Mask, others: Scores) -> None:
        """Add other scores in the passages of a set."""
        for passage in self.members(mask):
            scores[passage] += others[passage]

    def best(self, scores: Scores, mask: Mask, most: int | None) -> list[tuple[float, int]]:
        """Give the passages of a set with the highest scores, (score, -passage), at most so many of them."""
        members = self.members(mask)
        pairs = zip(map(scores.__getitem__, members), map(neg, members), strict=True)
        return heapq.nlargest(len(members) if most is None else most, pairs)

    def owners(self, mask: Mask, owners: memoryview) -> Counter[int]:
        """Give how many passages of a set each document has, by the number of the document."""
        return Counter(compress(owners, mask)) if self.size_of(mask) else Counter()


def _inside(mask: Mask, passages: list[int], counts: list[int] | None) -> tuple[list[int], list[int] | None]:
    """Give the part of a posting list that is in a set."""
    inside = list(map(mask.__getitem__, passages))
    return list(compress(passages, inside)), None if counts is None else list(compress(counts, inside))


def _together(lists: Sequence[tuple[list[int], list[int] | None]]) -> Iterable[tuple[int, int]]:
    """Give each passage of several posting lists with its counts added."""
    if len(lists) == 1:
        passages, counts = lists[0]
        return Counter(passages).items() if counts is None else zip(passages, counts, strict=True)
    total: Counter[int] = Counter()
    for passages, counts in lists:
        if counts is None:
            total.update(passages)
        elif total:
            for passage, count in zip(passages, counts, strict=True):
                total[passage] += count
        else:
            total = Counter(dict(zip(passages, counts, strict=True)))
    return total.items()
