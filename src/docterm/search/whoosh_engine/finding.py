"""Which passages of one segment answer a query, exactly as the matcher would say."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from itertools import accumulate

from docterm.search.dates import overlaps
from docterm.search.facts import Facts
from docterm.search.matcher import EXACT_FIELDS, Matcher, compile_regex, stretch
from docterm.search.places import chains, windows
from docterm.search.tree import (
    And,
    Boost,
    DateRange,
    Everything,
    Field,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Regex,
    Term,
    Wildcard,
    Word,
)
from docterm.search.whoosh_engine.arithmetic import Arithmetic, Mask
from docterm.search.whoosh_engine.expansion import expand
from docterm.search.whoosh_engine.segment import OpenSegment

Place = tuple[int, int]


class Finder:
    """Answers the nodes of one query in one segment; what it finds is kept for as long as it lives."""

    def __init__(
        self,
        segment: OpenSegment,
        sets: Arithmetic,
        facts: Callable[[str], Facts | None],
        cancelled: Callable[[], None],
    ) -> None:
        """Prepare to search; `facts` gives those of a document, `cancelled` raises when the answer is not wanted."""
        self.segment = segment
        self.sets = sets
        self._facts = facts
        self._cancelled = cancelled
        self._words: dict[Word, list[range]] = {}
        self._masks: dict[Node, Mask] = {}
        self._tested: dict[Regex, dict[int, bool]] = {}

    def everything(self) -> Mask:
        """Give the set of all passages that are not deleted."""
        return self._kept(Everything(), self._everything)

    def _everything(self) -> Mask:
        whole = self.sets.ranges([(0, len(self.segment))])
        return self.sets.without(whole, self.sets.ranges(self.segment.deleted)) if self.segment.deleted else whole

    def answer(self, node: Node) -> Mask:
        """Give the set of the passages that answer a query and are not deleted."""
        mask = self.find(node, self.everything())
        return self.sets.both(mask, self.everything()) if self.segment.deleted else mask

    def find(self, node: Node, within: Mask) -> Mask:  # noqa: PLR0911 - a line for each kind of node
        """Give the set of the passages that answer a node; of those outside `within` it may say anything."""
        self._cancelled()
        match node:
            case Term() | Prefix() | Wildcard() | Fuzzy():
                return self._kept(node, lambda: self.sets.marked(self._passages(node)))
            case Phrase() | Near():
                return self._kept(node, lambda: self._standing(node))
            case And(parts):
                return self._all(parts, within)
            case Or(parts):
                return reduce(self.sets.either, [self.find(part, within) for part in parts])
            case Not(part):
                return self.sets.without(self.everything(), self.find(part, within))
            case Boost(part):
                return self.find(part, within)
            case Regex():
                return self._by_text(node, within)
            case Field() | DateRange():
                return self._kept(node, lambda: self.sets.ranges(self._of_documents(node)))
            case Everything():
                return self.everything()

    def _kept(self, node: Node, make: Callable[[], Mask]) -> Mask:
        if node not in self._masks:
            self._masks[node] = make()
        return self._masks[node]

    # --- words -----------------------------------------------------------------------------------

    def words(self, word: Word) -> list[range]:
        """Give the numbers of the words that a word of the query stands for."""
        if word not in self._words:
            self._words[word] = expand(word, self.segment)
        return self._words[word]

    def _passages(self, word: Word) -> Iterable[memoryview]:
        """Give the posting lists of a word: words that follow one another have theirs in one piece."""
        contents = self.segment.contents
        return [
            contents.passages[contents.postings[numbers.start] : contents.postings[numbers.stop]]
            for numbers in self.words(word)
        ]

    # --- standing together -----------------------------------------------------------------------

    def _standing(self, node: Phrase | Near) -> Mask:
        """Give the set of the passages in which the parts of a phrase stand as it asks."""
        masks = [self.find(part, self.everything()) for part in node.parts]
        candidates = reduce(self.sets.both, masks)
        members = self.sets.members(candidates)
        if len(node.parts) == 1:
            return candidates
        places = [self._places(part, candidates, members) for part in node.parts]
        reach = node.slop + 1 if isinstance(node, Phrase) else node.distance
        if isinstance(node, Near) and not node.ordered:
            room = stretch(node)
            return self.sets.of(passage for passage in members if windows([part[passage] for part in places], room))
        return self.sets.of(passage for passage in members if chains([part[passage] for part in places], reach))

    def _places(self, part: Word | Phrase, mask: Mask, members: Sequence[int]) -> dict[int, list[Place]]:
        """Give the places of a part in each of some passages, in order."""
        if isinstance(part, Phrase):
            inner = [self._places(each, mask, members) for each in part.parts]
            return {
                passage: [
                    (chain[0][0], chain[-1][1])
                    for chain in chains([places[passage] for places in inner], part.slop + 1)
                ]
                for passage in members
            }
        found: dict[int, list[Place]] = {passage: [] for passage in members}
        numbers = [number for numbers in self.words(part) for number in numbers]
        for number in numbers:
            self._add_places(number, mask, members, found)
        if len(numbers) > 1:
            for places in found.values():
                places.sort()
        return found

    def _add_places(self, number: int, mask: Mask, members: Sequence[int], found: dict[int, list[Place]]) -> None:
        passages, counts, positions = self.segment.postings(number)
        more = self.segment.width(number) - 1
        ends = list(accumulate(counts))
        if len(members) * 8 < len(passages):
            for passage in members:
                at = bisect_left(passages, passage)
                if at < len(passages) and passages[at] == passage:
                    run = positions[ends[at] - counts[at] : ends[at]]
                    found[passage] += [(position, position + more) for position in run]
            return
        for passage, count, end in zip(passages.tolist(), counts.tolist(), ends, strict=True):
            if mask[passage]:
                found[passage] += [(position, position + more) for position in positions[end - count : end]]

    # --- together, texts, documents --------------------------------------------------------------

    def _all(self, parts: Iterable[Node], within: Mask) -> Mask:
        for part in sorted(parts, key=_dearness):
            found = self.find(part, within)
            within = self.sets.both(within, found)
            if not self.sets.size_of(within):
                break
        return within

    def _by_text(self, node: Regex, within: Mask) -> Mask:
        """Give the set of the passages within a set whose text a pattern finds something in."""
        tested = self._tested.setdefault(node, {})
        search = compile_regex(node.pattern)
        found = []
        for passage in self.sets.members(within):
            if passage not in tested:
                self._cancelled()
                tested[passage] = search(self.segment.passage_text(passage)) is not None
            if tested[passage]:
                found.append(passage)
        return self.sets.of(found)

    def _of_documents(self, node: Field | DateRange) -> list[tuple[int, int]]:
        """Give the passages of the documents that have what is asked for, as ranges."""
        if isinstance(node, Field) and node.name == "page":
            return self._of_pages(node)
        ask = _question(node)
        found = []
        for place, key in enumerate(self.segment.keys):
            facts = self._facts(key)
            if facts is not None and ask(facts):
                found.append(self.segment.passages_of(place))
        return found

    def _of_pages(self, node: Field) -> list[tuple[int, int]]:
        accepts = Matcher(node.part, exact=True).matches
        pages = [accepts(page) for page in self.segment.contents.pages]
        return [
            (passage, passage + 1) for passage, page in enumerate(self.segment.contents.page_numbers) if pages[page]
        ]


def _dearness(node: Node) -> int:
    """Give a number by which to put parts in order: what is dear is asked of what the others left."""
    match node:
        case Regex():
            return 2
        case And(parts) | Or(parts):
            return max((_dearness(part) for part in parts), default=0)
        case Not(part) | Boost(part):
            return _dearness(part)
        case _:
            return 0


def _question(node: Field | DateRange) -> Callable[[Facts], bool]:
    if isinstance(node, DateRange):
        return lambda facts: overlaps(facts.date, node.first, node.last)
    accepts = Matcher(node.part, exact=node.name in EXACT_FIELDS).matches
    return lambda facts: accepts(facts.value(node.name), facts)
