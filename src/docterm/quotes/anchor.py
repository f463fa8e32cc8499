"""Where words stand in a document's body, by offsets.

The body paragraphs are laid end to end with a line feed between, so that a quote of one paragraph and
a quote across paragraphs are found in the same way.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from docterm.library.model import Address, Passage, Role
from docterm.text import Span, normalise, tokens

_SEPARATOR = "\n"
# Thai to Khmer, kana, Han: scripts that write no space between words, so every place is a boundary.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""The letters of these scripts, as a regular expression has them between brackets."""
_UNSPACED = re.compile(f"[{UNSPACED}]")
_LONGEST_WORD = 128


@dataclass(frozen=True, slots=True)
class Body:
    """The body paragraphs of a document as one text."""

    text: str
    passages: tuple[Passage, ...]
    starts: tuple[int, ...]
    """Where each paragraph starts in the text."""
    positions: tuple[int, ...]
    """Where each paragraph stands among all passages of the document."""
    by_number: Mapping[int, Span]
    """The span of each paragraph in the text."""

    @classmethod
    def of(cls, passages: Sequence[Passage]) -> Body:
        """Take the numbered body paragraphs out of a document's passages."""
        body: list[Passage] = []
        starts: list[int] = []
        positions: list[int] = []
        length = 0
        for position, passage in enumerate(passages):
            if passage.role is not Role.BODY or passage.number is None:
                continue
            body.append(passage)
            starts.append(length)
            positions.append(position)
            length += len(passage.text) + len(_SEPARATOR)
        text = _SEPARATOR.join(passage.text for passage in body)
        spans = {
            passage.number: Span(start, start + len(passage.text))
            for passage, start in zip(body, starts, strict=True)
            if passage.number is not None
        }
        return cls(text, tuple(body), tuple(starts), tuple(positions), spans)

    def at(self, offset: int) -> tuple[Passage, int]:
        """Give the paragraph at `offset` of the text, and where that paragraph starts in the text."""
        index = bisect_right(self.starts, offset) - 1
        return self.passages[index], self.starts[index]

    def span(self, first: int, last: int) -> Span | None:
        """Give the span of paragraphs `first` to `last` (by number), or None when one of the two is not there."""
        if first not in self.by_number or last not in self.by_number:
            return None
        return Span(self.by_number[first].start, self.by_number[last].end)

    def address(self, span: Span) -> Address:
        """Give the address of the paragraphs that a span of the text stands in."""
        first, _ = self.at(span.start)
        last, _ = self.at(span.end - 1)
        return Address(first.key, first.number or 0, last.number or 0)


def at_word_boundary(text: str, position: int) -> bool:
    """Say whether `position` (in code points) is not inside a word as `text.tokens` sees words.

    The full stop that closes `U.S.` may be left out. Scripts without spaces between words have a
    boundary everywhere except before a combining mark.
    """
    if not 0 < position < len(text):
        return True
    before, after = text[position - 1], text[position]
    if unicodedata.category(after).startswith("M") and not before.isspace():
        return False
    if _UNSPACED.match(before) or _UNSPACED.match(after):
        return True
    if before.isalnum() and after.isalnum():
        return False
    left = max(0, position - _LONGEST_WORD)
    window = text[left : position + _LONGEST_WORD]
    place = position - left
    return not any(token.start < place < token.end and window[place : token.end] != "." for token in tokens(window))


def stands(text: str, words: str, start: int, *, whole: bool) -> bool:
    """Say whether `words` stand in `text` at `start`, code point for code point and, if asked, as whole words."""
    span = Span(start, start + len(words))
    return text.startswith(words, start) and (not whole or _whole(text, span))


def exact(text: str, words: str, *, whole: bool = True) -> Iterator[Span]:
    """Give the spans where `words` stand in `text` code point for code point; only whole words unless told."""
    start = text.find(words) if words else -1
    while start >= 0:
        span = Span(start, start + len(words))
        if not whole or _whole(text, span):
            yield span
        start = text.find(words, start + 1)


def folded(text: str, words: str, *, whole: bool = True) -> Iterator[Span]:
    """Give the spans of `text` that read as `words` once typography, white space and case are folded.

    A span never covers half of a character that folds to several (a ligature, an ellipsis).
    """
    haystack = normalise(text)
    needle = normalise(words).text.strip()
    start = haystack.text.find(needle) if needle else -1
    while start >= 0:
        stop = start + len(needle)
        offsets = haystack.offsets
        splits = offsets[stop] == offsets[stop - 1] or (start > 0 and offsets[start - 1] == offsets[start])
        span = Span(offsets[start], offsets[stop - 1] + 1)
        if not splits and (not whole or _whole(text, span)):
            yield span
        start = haystack.text.find(needle, start + 1)


def first_span(text: str, words: str, *, whole: bool = True) -> Span | None:
    """Give the first place where `words` stand in `text`: exactly if they do, else folded, else None."""
    ways: tuple[Callable[..., Iterator[Span]], ...] = (exact, folded)
    for way in ways:
        span = next(way(text, words, whole=whole), None)
        if span is not None:
            return span
    return None


def _whole(text: str, span: Span) -> bool:
    return at_word_boundary(text, span.start) and at_word_boundary(text, span.end)
