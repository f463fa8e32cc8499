"""A passage as attribution reads it: its words with what stands between them, and its sentences.

A quotation is never cut: sentences whose boundary lies inside one are read as one unit.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

from docterm.attribution.quotations import Quotation, quotations
from docterm.text import Span, sentences, tokens

STRONG = frozenset(';:—()[]“”„«»"‘|') | {"…"}
"""What ends a clause whichever words stand around it. A dash between spaces does so too."""


class Word(NamedTuple):
    """One word of a passage."""

    word: str
    """Folded, a possessive ending removed."""
    form: str
    """As it stands there, a possessive ending removed."""
    start: int
    end: int
    """Where the form ends."""
    gap: str
    """What stands between the word before it and this one."""
    quoted: bool
    possessive: bool

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter or is a name written otherwise: `eBay`."""
        return self.form[:1].isupper() or any(char.isupper() for char in self.form[1:])

    @property
    def parted(self) -> bool:
        """Whether something that ends a clause stands before it."""
        return any(char in STRONG for char in self.gap) or " – " in self.gap or " - " in self.gap or "--" in self.gap


class Unit(NamedTuple):
    """A sentence, or several that a quotation holds together: a run of words and its span."""

    first: int
    last: int
    """One more than the index of its last word."""
    span: Span


class Reading:
    """One passage, read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.quotations: list[Quotation] = quotations(text)
        self.words: list[Word] = []
        self._starts: list[int] = []
        self._read_words()
        self.units: list[Unit] = self._units()

    def _read_words(self) -> None:
        end, at = 0, 0
        marks = self.quotations
        for token in tokens(self.text):
            while at < len(marks) and marks[at].outer.end <= token.start:
                at += 1
            quoted = at < len(marks) and marks[at].outer.start <= token.start
            possessive = token.word.endswith("'s")
            stop = token.end - 2 * possessive
            form = self.text[token.start : stop]
            word = token.word[:-2] if possessive else token.word
            self.words.append(Word(word, form, token.start, stop, self.text[end : token.start], quoted, possessive))
            end = token.end
        self._starts = [word.start for word in self.words]

    def _units(self) -> list[Unit]:
        spans: list[Span] = []
        at = 0
        for sentence in sentences(self.text):
            while at < len(self.quotations) and self.quotations[at].outer.end < sentence.start:
                at += 1
            inside = at < len(self.quotations) and self.quotations[at].outer.start < sentence.start
            inside = inside and sentence.start < self.quotations[at].outer.end
            if spans and inside:
                spans[-1] = Span(spans[-1].start, sentence.end)
            else:
                spans.append(sentence)
        return [Unit(self.word_at(span.start), self.word_at(span.end), span) for span in spans]

    def word_at(self, offset: int) -> int:
        """Give the index of the first word that begins at `offset` or later."""
        found = bisect_right(self._starts, offset)
        return found - 1 if found and self._starts[found - 1] == offset else found

    @cached_property
    def tail(self) -> str:
        """What stands after the last word."""
        return self.text[self.words[-1].end :] if self.words else self.text

    def gap(self, index: int) -> str:
        """Give what stands before the word at `index`, or after the last one."""
        return self.words[index].gap if index < len(self.words) else self.tail

    def span(self, first: int, last: int) -> Span:
        """Give the span of the words `first` to `last`, the last one left out."""
        return Span(self.words[first].start, self.words[last - 1].end)

    def trimmed(self, start: int, end: int) -> Span:
        """Give the span without white space and punctuation at its ends; it may be empty."""
        while start < end and self.text[start] in _EDGES:
            start += 1
        while start < end and self.text[end - 1] in _EDGES:
            end -= 1
        return Span(start, max(start, end))


_EDGES = " \t\n\u00a0,;:.–—-"
