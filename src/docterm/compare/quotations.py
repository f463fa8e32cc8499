"""Shared quotations: runs of words that stand on both sides alike.

They are certain where links are suggestions: two reports that quote one speech, or one text that took over a
sentence of the other. What each side left out around such a run is itself a choice that a reader may want to see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from docterm.compare.cancel import Check
from docterm.library.model import Passage
from docterm.text import Span, Token, sentences, tokens

LEAST = 6
"""The least number of words in a row, case and punctuation apart, that make a shared quotation."""
_TRIED = 64
"""Places of the other side that are tried for a run, of those where its first words stand."""


@dataclass(frozen=True, slots=True)
class SharedQuotation:
    """A run of words that stands on both sides, as long as it can be."""

    left: Passage
    left_span: Span
    right: Passage
    right_span: Span
    words: int

    @property
    def text(self) -> str:
        """The run as the left side has it."""
        return self.left.text[self.left_span.start : self.left_span.end]

    @property
    def left_rest(self) -> tuple[Span, Span]:
        """What the left side has before and after it, in the sentences in which it begins and ends."""
        return _rest(self.left, self.left_span)

    @property
    def right_rest(self) -> tuple[Span, Span]:
        """What the right side has before and after it, in the sentences in which it begins and ends."""
        return _rest(self.right, self.right_span)

    def as_json(self) -> dict[str, Any]:
        """Give the quotation for the command line's JSON."""
        return {
            "left": self.left.address,
            "left_span": list(self.left_span),
            "left_rest": [list(span) for span in self.left_rest],
            "right": self.right.address,
            "right_span": list(self.right_span),
            "right_rest": [list(span) for span in self.right_rest],
            "words": self.words,
            "text": self.text,
        }


def _rest(passage: Passage, span: Span) -> tuple[Span, Span]:
    around = [each for each in sentences(passage.text) if each.start < span.end and each.end > span.start]
    start = min([span.start, *(each.start for each in around)])
    end = max([span.end, *(each.end for each in around)])
    return Span(start, span.start), Span(span.end, end)


class _Place(NamedTuple):
    """A word of a side: the passage's position, and the word's in it."""

    text: int
    word: int


_Run = tuple[_Place, _Place, int]
"""Where a run begins on this side and on the other, and how many words it has."""


def shared_quotations(
    lefts: Sequence[Passage], rights: Sequence[Passage], check: Check, least: int = LEAST
) -> tuple[SharedQuotation, ...]:
    """Find the runs of `least` or more words that stand on both sides, in the order of the left side.

    Every run of either side that also stands on the other lies within one that is given. A run that stands n times
    on one side and m times on the other is given n + m - 1 times at most, not n x m: each place once, with the longest
    counterpart of the first 64. Takes time in proportion to the length of both sides.
    """
    left, right = _Side(lefts, least, check), _Side(rights, least, check)
    found: dict[tuple[_Place, _Place], int] = {}
    for here, there, words in left.runs(right, check):
        found[here, there] = words
        right.cover(there, words)
    for here, there, words in right.runs(left, check):
        found[there, here] = words
    return tuple(
        SharedQuotation(
            lefts[first.text], left.span(first, words), rights[second.text], right.span(second, words), words
        )
        for (first, second), words in sorted(found.items())
    )


class _Side:
    """The words of one side, and which of them are already given as part of a run."""

    def __init__(self, passages: Sequence[Passage], least: int, check: Check) -> None:
        self._least = least
        self._tokens: list[list[Token]] = []
        self._words: list[list[str]] = []
        self._begins: dict[tuple[str, ...], list[_Place]] = defaultdict(list)
        self._covered: list[list[Span]] = []
        for text, passage in enumerate(passages):
            check()
            run = list(tokens(passage.text))
            words = [token.word for token in run]
            self._tokens.append(run)
            self._words.append(words)
            self._covered.append([])
            for word in range(len(words) - least + 1):
                self._begins[tuple(words[word : word + least])].append(_Place(text, word))

    def span(self, place: _Place, words: int) -> Span:
        run = self._tokens[place.text]
        return Span(run[place.word].start, run[place.word + words - 1].end)

    def cover(self, place: _Place, words: int) -> None:
        self._covered[place.text].append(Span(place.word, place.word + words))

    def runs(self, other: _Side, check: Check) -> Iterator[_Run]:
        """Give for each run that is not covered the longest one of the other side that it is part of."""
        for text, words in enumerate(self._words):
            check()
            done = 0  # up to this word the runs given so far reach
            covered = sorted(self._covered[text])
            for word in range(len(words) - self._least + 1):
                while covered and covered[0].start <= word:
                    done = max(done, covered.pop(0).end)
                if word + self._least <= done:
                    continue
                places = other._begins.get(tuple(words[word : word + self._least]))
                if places:
                    run = max((self._extend(other, _Place(text, word), there) for there in places[:_TRIED]), key=_size)
                    done = max(done, run[0].word + run[2])
                    yield run

    def _extend(self, other: _Side, here: _Place, there: _Place) -> _Run:
        mine, others = self._words[here.text], other._words[there.text]
        before = 0
        while before < min(here.word, there.word) and mine[here.word - before - 1] == others[there.word - before - 1]:
            before += 1
        length = self._least
        while (
            here.word + length < len(mine)
            and there.word + length < len(others)
            and mine[here.word + length] == others[there.word + length]
        ):
            length += 1
        return _Place(here.text, here.word - before), _Place(there.text, there.word - before), before + length


def _size(run: _Run) -> int:
    return run[2]
