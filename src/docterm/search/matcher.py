"""The one matcher: where in a canonical text a query is found. It is the definition of what a query means.

Hits, highlights, snippets and concordance all come from here, never from the engine's own highlighter; the engine
must find exactly the passages that `Matcher.matches` accepts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple

from docterm.search.dates import overlaps
from docterm.search.facts import Facts
from docterm.search.places import chains, windows
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
from docterm.search.words import acceptor
from docterm.text import ENGLISH, Span, compounds, tokens

EXACT_FIELDS = ("key", "type", "tag", "lang", "path", "page")
"""Fields in which words have no grammatical forms."""


class Place(NamedTuple):
    """Where a part of a query stands: by its first and last word, and by code points."""

    first: int
    last: int
    start: int
    end: int


Find = Callable[["_Passage", bool], list[Span] | None]
"""Gives the spans of a part in a passage, or None when it is not answered; the flag tells of an odd number of Nots."""


class Matcher:
    """A query, ready to be held against many passages."""

    def __init__(self, node: Node, *, exact: bool = False, language: str = ENGLISH) -> None:
        """Prepare `node`; with `exact`, words have no grammatical forms. Raises QueryError for a broken pattern.

        `language` is that of passages which are held against it without the facts of their document.
        """
        self._words = _Words(exact)
        self._language = language
        self._find = self._compile(node)

    def matches(self, text: str, facts: Facts | None = None, page: str = "") -> bool:
        """Say whether the passage answers the query.

        Without `facts`, whatever is asked of its document is taken as answered.
        """
        return self._find(self._passage(text, facts, page), False) is not None

    def spans(self, text: str, facts: Facts | None = None, page: str = "") -> list[Span]:
        """Give where the parts stand, in order, overlapping ones joined; nothing when the passage does not match."""
        return _joined(sorted(self._find(self._passage(text, facts, page), False) or ()))

    def _passage(self, text: str, facts: Facts | None, page: str) -> _Passage:
        return _Passage(text, facts, page, self._language if facts is None else facts.stemmed_as)

    def _compile(self, node: Node) -> Find:  # noqa: C901, PLR0911 - a line or two for each kind of node
        match node:
            case Term() | Prefix() | Wildcard() | Fuzzy() | Phrase():
                return lambda passage, _: _spans(self._words.places(node, passage))
            case Near():
                return lambda passage, _: _spans(self._words.near(node, passage))
            case And(parts):
                return partial(_all, [self._compile(part) for part in parts])
            case Or(parts):
                return partial(_any, [self._compile(part) for part in parts])
            case Not(part):
                find = self._compile(part)
                return lambda passage, negated: [] if find(passage, not negated) is None else None
            case Boost(part):
                return self._compile(part)
            case Regex(pattern):
                return _regex(pattern)
            case Field(name, part):
                ask = Matcher(part, exact=name in EXACT_FIELDS).matches
                return lambda passage, negated: passage.asked(
                    lambda facts: ask(passage.page if name == "page" else facts.value(name), facts, passage.page),
                    negated,
                )
            case DateRange(first, last):
                return lambda passage, negated: passage.asked(lambda facts: overlaps(facts.date, first, last), negated)
            case Everything():
                return lambda *_: []


class _Passage:
    """A passage as it is searched: the places of each of its words."""

    def __init__(self, text: str, facts: Facts | None, page: str, language: str) -> None:
        self.text = text
        self.page = page
        self.language = language
        self._facts = facts
        self._places: dict[str, list[Place]] | None = None

    @property
    def places(self) -> dict[str, list[Place]]:
        """The places of each word; a hyphenated word, joined, takes up those of its parts."""
        if self._places is None:
            found: dict[str, list[Place]] = {}
            run = list(tokens(self.text))
            for at, token in enumerate(run):
                found.setdefault(token.word, []).append(Place(at, at, token.start, token.end))
            for word, first, last in compounds(self.text, run):
                found.setdefault(word, []).append(Place(first, last, run[first].start, run[last].end))
            self._places = found
        return self._places

    def asked(self, question: Callable[[Facts], bool], negated: bool) -> list[Span] | None:
        """Give what a question about the document finds: no spans, or None; with no facts at hand, what helps."""
        answered = not negated if self._facts is None else question(self._facts)
        return [] if answered else None


class _Words:
    """The words of a query, with what each was found to say of the words of passages."""

    def __init__(self, exact: bool) -> None:
        self._exact = exact
        self._known: dict[tuple[Word, str], tuple[Callable[[str], bool], dict[str, bool]]] = {}

    def places(self, part: Word | Phrase, passage: _Passage) -> list[Place]:
        """Give the places of a word or a phrase, in order."""
        if isinstance(part, Phrase):
            return [_cover(chain) for chain in self._chains(part.parts, 1, passage)]
        asked = part, passage.language
        if asked not in self._known:
            self._known[asked] = (acceptor(part, exact=self._exact, language=passage.language), {})
        accepts, known = self._known[asked]
        found: list[Place] = []
        for word, places in passage.places.items():
            if word not in known:
                known[word] = accepts(word)
            if known[word]:
                found += places
        return sorted(found)

    def near(self, node: Near, passage: _Passage) -> list[Place]:
        """Give the places of the parts where they stand near one another."""
        if node.ordered:
            return [place for chain in self._chains(node.parts, node.distance, passage) for place in chain]
        parts = [self.places(part, passage) for part in node.parts]
        within = windows(parts, stretch(node))
        return [
            place
            for part in parts
            for place in part
            if any(first <= place.first <= place.last <= last for first, last in within)
        ]

    def _chains(self, parts: Iterable[Word | Phrase], reach: int, passage: _Passage) -> list[list[Place]]:
        run = []
        for part in parts:
            run.append(self.places(part, passage))
            if not run[-1]:
                return []
        return chains(run, reach)


def stretch(node: Near) -> int:
    """Give the number of words within which unordered parts must stand."""
    lengths = [len(part.parts) if isinstance(part, Phrase) else 1 for part in node.parts]
    return sum(lengths) + (node.distance - 1) * (len(lengths) - 1)


def _cover(chain: Sequence[Place]) -> Place:
    return Place(chain[0].first, chain[-1].last, chain[0].start, max(place.end for place in chain))


def _spans(places: list[Place]) -> list[Span] | None:
    return [Span(place.start, place.end) for place in places] or None


def _all(parts: Sequence[Find], passage: _Passage, negated: bool) -> list[Span] | None:
    found: list[Span] = []
    for part in parts:
        spans = part(passage, negated)
        if spans is None:
            return None
        found += spans
    return found


def _any(parts: Sequence[Find], passage: _Passage, negated: bool) -> list[Span] | None:
    found = [spans for part in parts if (spans := part(passage, negated)) is not None]
    return [span for spans in found for span in spans] if found else None


def _regex(pattern: str) -> Find:
    expression = Expression(pattern)
    return lambda passage, _: expression.spans(passage.text) or None


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
