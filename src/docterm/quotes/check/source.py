"""A document as quotations are looked for in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise

from docterm.library.model import Address, Document, Passage, Role
from docterm.quotes.anchor import Body, at_word_boundary
from docterm.quotes.check.folding import Folded, fold
from docterm.quotes.check.wording import Part
from docterm.text import Span, words

_MOST_PLACES = 200
"""Of those where the longest part of a quotation stands, so many are looked at."""


@dataclass(frozen=True)
class Searched:
    """A text in which quotations are looked for."""

    text: str

    @cached_property
    def folded(self) -> Folded:
        """The text as it is compared."""
        return fold(self.text)

    def stands(self, parts: Sequence[Part]) -> Iterator[list[Span]]:
        """Give the places of the folded text where the parts of a quotation stand, in their order.

        The longest part is looked for first, since it stands at the fewest places; the others must be near it.
        """
        longest = max(range(len(parts)), key=lambda index: len(parts[index].text))
        for span in islice(self._occurrences(parts[longest]), _MOST_PLACES):
            spans = self._around(parts, longest, span)
            if spans is not None:
                yield spans

    def _occurrences(self, part: Part) -> Iterator[Span]:
        place = self.folded.text.find(part.text)
        while place >= 0:
            span = Span(place, place + len(part.text))
            if self._is_whole(part, span):
                yield span
            place = self.folded.text.find(part.text, place + 1)

    def _around(self, parts: Sequence[Part], index: int, span: Span) -> list[Span] | None:
        spans = [span]
        for before in range(index - 1, -1, -1):
            found = self._last(parts[before], spans[0].start - parts[before + 1].gap, spans[0].start)
            if found is None:
                return None
            spans.insert(0, found)
        for part in parts[index + 1 :]:
            found = self._first(part, spans[-1].end, spans[-1].end + part.gap)
            if found is None:
                return None
            spans.append(found)
        return spans

    def _first(self, part: Part, start: int, latest: int) -> Span | None:
        """Give the first place of a part that begins between `start` and `latest`; stops left out count for nothing."""
        stop = latest + len(part.text) + 2
        while (place := self.folded.text.find(part.text, start, stop)) >= 0:
            span = Span(place, place + len(part.text))
            if self._is_whole(part, span):
                return span
            start = place + 1
        return None

    def _last(self, part: Part, earliest: int, end: int) -> Span | None:
        """Give the last place of a part that ends between `earliest` and `end`."""
        start = max(0, earliest - len(part.text) - 2)
        while (place := self.folded.text.rfind(part.text, start, end)) >= 0:
            span = Span(place, place + len(part.text))
            if self._is_whole(part, span):
                return span
            end = span.end - 1
        return None

    def _is_whole(self, part: Part, span: Span) -> bool:
        raw = self.folded.span(*span)
        return (part.cut_before or at_word_boundary(self.text, raw.start)) and (
            part.cut_after or at_word_boundary(self.text, raw.end)
        )

    def left_out(self, spans: Sequence[Span]) -> Iterator[list[str]]:
        """Give the words that stand in the gaps between parts of a quotation."""
        for one, other in pairwise(spans):
            yield words(self.folded.text[one.end : other.start])


@dataclass(frozen=True)
class Source(Searched):
    """The text of a document: its body paragraphs, and behind them titles, captions, notes and what else it has."""

    document: Document
    body: Body
    others: tuple[tuple[int, Role], ...]
    """Where what is not body stands, and what it is."""

    @classmethod
    def of(cls, document: Document, passages: Sequence[Passage]) -> Source:
        """Take the passages of a document."""
        body = Body.of(passages)
        numbered = set(body.positions)
        rest = [(each.text, each.role) for place, each in enumerate(passages) if place not in numbered]
        texts, others = [body.text], []
        length = len(body.text)
        for text, role in [*rest, (document.title, Role.TITLE)]:
            others.append((length + 1, role))
            texts.append(text)
            length += len(text) + 1
        return cls("\n".join(texts), document, body, tuple(others))

    def passages(self, span: Span) -> list[Passage]:
        """Give the body paragraphs that a span of the text touches."""
        first = max(0, bisect_right(self.body.starts, span.start) - 1)
        last = bisect_right(self.body.starts, max(span.start, span.end - 1))
        return list(self.body.passages[first:last]) if span.start < len(self.body.text) else []

    def address(self, span: Span) -> Address | None:
        """Give the address of a span, None for what is no body paragraph."""
        found = self.passages(span)
        if not found:
            return None
        return Address(self.document.key, found[0].number or 0, found[-1].number or 0)

    def role(self, span: Span) -> Role:
        """Say what a span of the text is part of."""
        index = bisect_right(self.others, span.start, key=lambda other: other[0]) - 1
        return Role.BODY if self.passages(span) or index < 0 else self.others[index][1]
