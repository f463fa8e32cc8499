"""In which passages the parts of a phrase, or of what is to stand near, stand as they are to.

Words in order, which is what is mostly asked, are found in all passages at once: the words of the passages are laid in
one row, a byte each, and where a word stands its byte is 1. One such row is one long number; where a word follows
another, both numbers, one of them moved by a byte, have a 1. The rest is answered passage by passage as the matcher
does it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from itertools import accumulate, chain
from operator import or_

from docterm.search.matcher import stretch
from docterm.search.places import chains, windows
from docterm.search.tree import Near, Phrase, Word
from docterm.search.whoosh_engine.arithmetic import Arithmetic, Mask
from docterm.search.whoosh_engine.segment import OpenSegment

SHORT = 8
"""Words from one part to the next up to which each distance is tried for all passages at once; so many words of the
row are left free between two passages."""

MANY = 16
"""With a place in one of so many passages, each passage is looked at, and not each place."""

Place = tuple[int, int]
Rows = dict[int, int]
"""The row of a word by how many words of a passage it takes up: one, or more where it is hyphenated and was joined."""


class Standing:
    """The places of words in some candidates among a segment's passages."""

    def __init__(
        self, segment: OpenSegment, sets: Arithmetic, words: Callable[[Word], list[range]], candidates: Mask
    ) -> None:
        """Take the segment, its arithmetic, what gives the numbers of a word, and the set of candidates."""
        self._segment = segment
        self._sets = sets
        self._words = words
        self._members = sets.members(candidates)
        sizes = segment.contents.sizes
        ends = accumulate([sizes[passage] + SHORT for passage in self._members], initial=SHORT)
        *self._starts, self._length = ends
        self._places_of = sets.by_passage(self._members, self._starts)

    def passages(self, node: Phrase | Near) -> Iterable[int]:
        """Give the candidates in which the parts stand as they are to."""
        words = [part for part in node.parts if not isinstance(part, Phrase)]
        only_words = len(words) == len(node.parts)
        reach = 1 if isinstance(node, Phrase) else node.distance
        if isinstance(node, Phrase) or node.ordered:
            return self._following(words, reach) if only_words and reach <= SHORT else self._chained(node.parts, reach)
        if only_words and len(words) == 2 and reach <= SHORT:
            left, right = (self._rows(word) for word in words)
            if left.keys() | right.keys() <= {1}:
                return self._in_row(_moved(left.get(1, 0), range(-reach, reach + 1)) & right.get(1, 0))
        return self._within(node)

    def _following(self, words: Sequence[Word], reach: int) -> Iterator[int]:
        near = -1  # everywhere
        for word in words:
            rows = self._rows(word)
            ends = reduce(or_, (_moved(near & row, [width - 1]) for width, row in rows.items()), 0)
            near = _moved(ends, range(1, reach + 1))
        return self._in_row(ends)

    def _rows(self, word: Word) -> Rows:
        rows: dict[int, bytearray] = {}
        for number in chain.from_iterable(self._words(word)):
            row = rows.setdefault(self._segment.width(number), bytearray(self._length))
            self._sets.mark(row, self._places_of, *self._segment.postings(number))
        return {width: int.from_bytes(row, "little") for width, row in rows.items()}

    def _in_row(self, row: int) -> Iterator[int]:
        """Give the passages that have a 1 in a row."""
        marks = row.to_bytes(self._length + SHORT, "little")
        if marks.count(1) * MANY > len(self._members):
            ends = [*self._starts[1:], self._length]
            bounds = zip(self._members, self._starts, ends, strict=True)
            yield from [member for member, start, end in bounds if marks.find(1, start, end) >= 0]
            return
        at = marks.find(1)
        while at >= 0:
            place = bisect_right(self._starts, at)
            yield self._members[place - 1]
            at = marks.find(1, self._starts[place]) if place < len(self._starts) else -1

    # --- passage by passage ----------------------------------------------------------------------

    def _chained(self, parts: Sequence[Word | Phrase], reach: int) -> Iterator[int]:
        return (passage for passage, places in self._together(parts) if chains(places, reach))

    def _within(self, node: Near) -> Iterator[int]:
        room = stretch(node)
        return (passage for passage, places in self._together(node.parts) if windows(places, room))

    def _together(self, parts: Sequence[Word | Phrase]) -> Iterator[tuple[int, list[list[Place]]]]:
        """Give each passage that has all parts, with the places of each."""
        found = [self._places(part) for part in parts]
        for passage in reduce(set.intersection, (set(places) for places in found)):
            yield passage, [places[passage] for places in found]

    def _places(self, part: Word | Phrase) -> dict[int, list[Place]]:
        """Give the places of a part, in order, in each passage that has it."""
        found: dict[int, list[Place]] = {}
        if isinstance(part, Phrase):
            for passage, together in self._together(part.parts):
                for run in chains(together, 1):
                    found.setdefault(passage, []).append((run[0][0], run[-1][1]))
            return found
        candidates = set(self._members)
        for number in chain.from_iterable(self._words(part)):
            more = self._segment.width(number) - 1
            passages, counts, positions = self._segment.postings(number)
            end = 0
            for passage, count in zip(passages, counts, strict=True):
                end += count
                if passage in candidates:
                    places = [(position, position + more) for position in positions[end - count : end]]
                    found.setdefault(passage, []).extend(places)
        for places in found.values():
            places.sort()
        return found


def _moved(row: int, steps: Iterable[int]) -> int:
    """Give a row whose words have been moved by each of some steps."""
    return reduce(or_, (row << 8 * step if step >= 0 else row >> -8 * step for step in steps), 0)
