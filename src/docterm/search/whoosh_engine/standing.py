"""In which passages the parts of a phrase, or of what is to stand near, stand as they are to.

Words in order, which is what is mostly asked, are found without looking at one passage after the other: each place of
a word is one number, its passage and its position, and where words follow one another their numbers do. The rest
is answered passage by passage as the matcher does it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from itertools import chain, compress, repeat
from operator import add

from docterm.search.matcher import stretch
from docterm.search.places import chains, windows
from docterm.search.tree import Near, Phrase, Word
from docterm.search.whoosh_engine.segment import OpenSegment

STRIDE = 1 << 32
"""From the first position of a passage to that of the next."""
SHORT = 8
"""Words from one part to the next up to which each distance is tried for all passages at once."""

Place = tuple[int, int]


class Standing:
    """The places of words in some candidates among a segment's passages."""

    def __init__(self, segment: OpenSegment, words: Callable[[Word], list[range]], candidates: bytes) -> None:
        """Take the segment, what gives the numbers of a word, and a byte for each passage, 1 for a candidate."""
        self._segment = segment
        self._words = words
        self._candidates = candidates

    def passages(self, node: Phrase | Near) -> Iterable[int]:
        """Give the candidates in which the parts stand as they are to."""
        words = [part for part in node.parts if not isinstance(part, Phrase)]
        only_words = len(words) == len(node.parts)
        reach = node.slop + 1 if isinstance(node, Phrase) else node.distance
        if isinstance(node, Phrase) or node.ordered:
            return self._following(words, reach) if only_words and reach <= SHORT else self._chained(node.parts, reach)
        if only_words and len(words) == 2 and reach <= SHORT:
            left, right = (self._keys(word) for word in words)
            if left.keys() | right.keys() <= {1}:
                return self._beside(left.get(1, []), right.get(1, []), reach)
        return self._within(node)

    def _following(self, words: Sequence[Word], reach: int) -> set[int]:
        ends = {key + width - 1 for width, keys in self._keys(words[0]).items() for key in keys}
        for word in words[1:]:
            near = _shifted(ends, range(1, reach + 1))
            ends = set()
            for width, keys in self._keys(word).items():
                ends.update(map((width - 1).__add__, near.intersection(keys)))
        return {end // STRIDE for end in ends}

    def _beside(self, left: list[int], right: list[int], reach: int) -> set[int]:
        few, many = sorted((left, right), key=len)
        return {key // STRIDE for key in _shifted(few, range(-reach, reach + 1)).intersection(many)}

    def _keys(self, word: Word) -> dict[int, list[int]]:
        """Give the places of a word in the candidates as numbers, by how many words of a passage it takes up."""
        found: dict[int, list[int]] = {}
        for number in chain.from_iterable(self._words(word)):
            passages, counts, positions = map(memoryview.tolist, self._segment.postings(number))
            inside = list(map(self._candidates.__getitem__, passages))
            if 0 in inside:
                positions = list(compress(positions, _each(inside, counts)))
                passages, counts = list(compress(passages, inside)), list(compress(counts, inside))
            keys = map(add, _each(map(STRIDE.__mul__, passages), counts), positions)
            found.setdefault(self._segment.width(number), []).extend(keys)
        return found

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
                for run in chains(together, part.slop + 1):
                    found.setdefault(passage, []).append((run[0][0], run[-1][1]))
            return found
        for width, keys in self._keys(part).items():
            for passage, position in map(divmod, keys, repeat(STRIDE)):
                found.setdefault(passage, []).append((position, position + width - 1))
        for places in found.values():
            places.sort()
        return found


def _each(values: Iterable[int], counts: Iterable[int]) -> Iterator[int]:
    """Give each value as often as its count says."""
    return chain.from_iterable(map(repeat, values, counts))


def _shifted(keys: Iterable[int], steps: Iterable[int]) -> set[int]:
    """Give the numbers that are some step away from one of the keys."""
    return set(chain.from_iterable(map(step.__add__, keys) for step in steps))
