"""A query answered over all segments of one commit: found, weighed, put in order, counted."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from docterm.search.bm25 import K1, idf
from docterm.search.engine import Found, Ranked, never
from docterm.search.facts import Facts
from docterm.search.tree import And, Boost, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Term, Wildcard, Word, conjuncts
from docterm.search.whoosh_engine.arithmetic import Mask
from docterm.search.whoosh_engine.finding import Finder
from docterm.search.whoosh_engine.lexicon import COMPOUND, HEADING, LANGUAGE, named
from docterm.search.whoosh_engine.segment import OpenSegment
from docterm.search.whoosh_engine.weights import norm_table
from docterm.text import stem, words

MANY = 50_000
"""A prefix with more postings than this ranks by whether a passage has such a word, not by how many of them."""
TITLE, HEADING_ABOVE = 0.5, 0.3
"""What a word of the title, or of a heading above it, adds to a passage that has it, in idf: once in an average passage
a word is worth 1."""
FLAT = 1.0
"""What is worth the same everywhere: a date, a field, a pattern, what a passage has not."""


class Searcher:
    """Answers queries over the segments of one commit."""

    def __init__(self, segments: Sequence[OpenSegment], facts: Callable[[str], Facts | None], arithmetic: Any) -> None:  # noqa: ANN401
        """Take the segments, what gives the facts of a document by key, and `Plain` or `Dense`."""
        self.segments = segments
        self._facts = facts
        self._arithmetic = [arithmetic(len(segment)) for segment in segments]
        self._passages = sum(map(len, segments))
        self._titles: dict[int, dict[str, list[tuple[int, int]]]] = {}
        length = sum(segment.contents.length for segment in segments)
        table = norm_table(length / self._passages if self._passages else 1.0)
        self._norms = [
            sets.norms(table, segment.lengths) for sets, segment in zip(self._arithmetic, segments, strict=True)
        ]

    def search(self, node: Node, limit: int | None, check: Callable[[], None] = never) -> Found:
        """Give the passages that answer `node`, the best `limit` of them ranked (None: all)."""
        query = _Query(self._finders(check), self._norms, self._passages, self._titled)
        best: list[tuple[float, int, int]] = []
        documents: Counter[str] = Counter()
        for place, finder in enumerate(query.finders):
            mask = finder.answer(node)
            keys = finder.segment.keys
            counts = finder.sets.owners(mask, finder.segment.contents.owners)
            documents.update({keys[owner]: count for owner, count in counts.items()})
            if counts and limit != 0:
                scores = query.scores(place, node, mask)
                check()
                best += [(score, -place, least) for score, least in finder.sets.best(scores, mask, limit)]
        best = heapq.nlargest(len(best) if limit is None else limit, best)
        parts = {part: sum(f.sets.size_of(f.answer(part)) for f in query.finders) for part in conjuncts(node)}
        return Found(tuple(self._ranked(*each) for each in best), documents, parts)

    def count(self, node: Node) -> int:
        """Give the number of passages that answer `node`."""
        return sum(finder.sets.size_of(finder.answer(node)) for finder in self._finders(never))

    def _titled(self, place: int, stemmed: str) -> list[tuple[int, int]]:
        """Give the passages, as ranges, of the documents in a segment whose title has a stem, by its name."""
        if place not in self._titles:
            titles: dict[str, list[tuple[int, int]]] = {}
            segment = self.segments[place]
            for number, key in enumerate(segment.keys):
                facts = self._facts(key)
                for each in _stems(facts.title, facts.stemmed_as) if facts else ():
                    titles.setdefault(each, []).append(segment.passages_of(number))
            self._titles[place] = titles
        return self._titles[place].get(stemmed, [])

    def words(self, start: str) -> Counter[str]:
        """Give the words that begin with `start`, with the number of their passages, those deleted since too."""
        found: Counter[str] = Counter()
        for segment in self.segments:
            numbers = segment.words.beginning(start) if start else segment.words.words
            postings = segment.contents.postings
            for number, word in zip(numbers, segment.words.lines(numbers).split("\n"), strict=False):
                if COMPOUND not in word:
                    plain = word.partition(LANGUAGE)[0] if LANGUAGE in word else word
                    found[plain] += postings[number + 1] - postings[number]
        return found

    def _finders(self, check: Callable[[], None]) -> list[Finder]:
        facts = lru_cache(maxsize=None)(self._facts)
        pairs = zip(self.segments, self._arithmetic, strict=True)
        return [Finder(segment, sets, facts, check) for segment, sets in pairs]

    def _ranked(self, score: float, place: int, passage: int) -> Ranked:
        segment, passage = self.segments[-place], -passage
        return Ranked(segment.keys[segment.contents.owners[passage]], segment.indexes[passage], score)


class _Query:
    """What the passages that were found are worth."""

    def __init__(
        self,
        finders: Sequence[Finder],
        norms: Sequence[Any],
        passages: int,
        titled: Callable[[int, str], list[tuple[int, int]]],
    ) -> None:
        self.finders = finders
        self._titled = titled
        self._norms = norms
        self._total = passages
        self._worth: dict[Word, tuple[float, bool]] = {}

    def scores(self, place: int, node: Node, mask: Mask) -> Any:  # noqa: ANN401
        """Give the scores in one segment; outside of `mask`, whose passages answer the node, they say nothing."""
        scores = self.finders[place].sets.zeros()
        self._add(place, node, mask, 1.0, scores)
        return scores

    def _add(self, place: int, node: Node, mask: Mask, factor: float, scores: Any) -> None:  # noqa: ANN401
        """Add what a node is worth in the passages of `mask`, all of which answer it."""
        sets = self.finders[place].sets
        match node:
            case Term() | Prefix() | Wildcard() | Fuzzy():
                self._add_word(place, node, mask, factor, scores)
            case Phrase(parts) | Near(parts) | And(parts):
                for part in [part for part in parts if not isinstance(part, Not)] or parts:
                    self._add(place, part, mask, factor, scores)
            case Or(parts):
                for part in parts:
                    having = sets.both(mask, self.finders[place].find(part, mask))
                    if isinstance(part, Term | Prefix | Wildcard | Fuzzy):
                        self._add(place, part, having, factor, scores)
                    else:
                        others = sets.zeros()
                        self._add(place, part, having, factor, others)
                        sets.add_scores(scores, having, others)
            case Boost(part, more):
                self._add(place, part, mask, factor * more, scores)
            case _:
                sets.add_flat(scores, mask, FLAT * factor)

    def _add_word(self, place: int, word: Word, mask: Mask, factor: float, scores: Any) -> None:  # noqa: ANN401
        finder, norms = self.finders[place], self._norms[place]
        weight, by_presence = self._weight(word)
        weight *= factor * (K1 + 1)
        if by_presence:
            finder.sets.add_presence(scores, finder.sets.both(mask, finder.find(word, mask)), weight, norms)
        else:
            finder.sets.add_words(scores, mask, finder.postings(word), weight, norms)
        if isinstance(word, Term):
            for language in finder.segment.contents.languages:
                stemmed = named(stem(word.word, language), language)
                self._add_surroundings(place, stemmed, mask, self._weight(word)[0] * factor, scores)

    def _add_surroundings(self, place: int, stemmed: str, mask: Mask, weight: float, scores: Any) -> None:  # noqa: ANN401
        """Add what a word of the title or a heading is worth to the passages below it that have it themselves."""
        sets, segment = self.finders[place].sets, self.finders[place].segment
        titled = self._titled(place, stemmed)
        if titled:
            sets.add_flat(scores, sets.both(mask, sets.ranges(titled)), TITLE * weight)
        number = segment.words.find(HEADING + stemmed)
        if number is not None:
            sets.add_flat(scores, sets.both(mask, sets.marked([segment.postings(number)[0]])), HEADING_ABOVE * weight)

    def _weight(self, word: Word) -> tuple[float, bool]:
        """Give the idf of a word, and whether it only counts that a passage has it.

        A term stands for its forms: passages that have any of them have it. Other words stand for many, and which
        passages have any of those is not asked for this: it is taken to be as many as they have postings.
        """
        if word not in self._worth:
            finders = self.finders
            if isinstance(word, Term):
                having = sum(each.sets.size_of(each.find(word, each.everything())) for each in finders)
                self._worth[word] = idf(having, self._total), False
            else:
                having = sum(len(passages) for each in finders for passages, _ in each.postings(word))
                self._worth[word] = idf(min(having, self._total), self._total), having > MANY
        return self._worth[word]


@lru_cache(maxsize=65_536)
def _stems(title: str, language: str) -> frozenset[str]:
    return frozenset(named(stem(word, language), language) for word in words(title))
