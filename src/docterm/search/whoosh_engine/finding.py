"""Which passages of one segment answer a query, exactly as the matcher would say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce

from docterm.search.dates import overlaps
from docterm.search.facts import Facts
from docterm.search.matcher import EXACT_FIELDS, Matcher
from docterm.search.regexes import Expression
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
from docterm.search.whoosh_engine.arithmetic import Arithmetic, Mask, Run
from docterm.search.whoosh_engine.expansion import expand
from docterm.search.whoosh_engine.segment import OpenSegment
from docterm.search.whoosh_engine.standing import Standing


class Finder:
    """Answers the nodes of one query in one segment; what it finds is kept for as long as it lives."""

    def __init__(
        self,
        segment: OpenSegment,
        sets: Arithmetic,
        facts: Callable[[str], Facts | None],
        check: Callable[[], None],
    ) -> None:
        """Prepare to search; `facts` gives those of a document, `check` raises when the answer is not wanted."""
        self.segment = segment
        self.sets = sets
        self._facts = facts
        self._check = check
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
        self._check()
        match node:
            case Term() | Prefix() | Wildcard() | Fuzzy():
                return self._kept(node, lambda: self.sets.marked(passages for passages, _ in self.postings(node)))
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

    def postings(self, word: Word) -> list[Run]:
        """Give the posting lists of a word: for a term those of its forms, with how often they stand where.

        Of what stands for many words only the passages are given, those of words that follow one another in one piece.
        """
        contents = self.segment.contents
        starts = contents.postings
        if isinstance(word, Term):
            runs = [(starts[number], starts[number + 1]) for numbers in self.words(word) for number in numbers]
            return [(contents.passages[first:last], contents.counts[first:last]) for first, last in runs]
        return [(contents.passages[starts[run.start] : starts[run.stop]], None) for run in self.words(word)]

    # --- standing together -----------------------------------------------------------------------

    def _standing(self, node: Phrase | Near) -> Mask:
        """Give the set of the passages in which the parts of a phrase stand as it asks."""
        candidates = reduce(self.sets.both, [self.find(part, self.everything()) for part in node.parts])
        if len(node.parts) == 1 or not self.sets.size_of(candidates):
            return candidates
        return self.sets.of(Standing(self.segment, self.sets, self.words, candidates).passages(node))

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
        expression = Expression(node.pattern)
        found = []
        for passage in self.sets.members(within):
            if passage not in tested:
                self._check()
                tested[passage] = bool(expression.spans(self.segment.passage_text(passage)))
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
