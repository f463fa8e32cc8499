"""Where a motion leads: pure functions from a place in a text to another."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

from docterm.library.model import Passage, Place
from docterm.text import Span, sentences

Motion = Callable[[Sequence[Passage], Place], Place]
"""Leads from a place in passages (at least one) to another."""

_WORD = re.compile(r"\w+|[^\w\s]+")
"""As in vi: a run of letters and digits, or a run of other marks."""


def right(passages: Sequence[Passage], place: Place) -> Place:
    """Give the next code point, crossing into the next passage at the end."""
    if place.offset < len(passages[place.passage].text):
        return Place(place.passage, place.offset + 1)
    return Place(place.passage + 1, 0) if place.passage + 1 < len(passages) else place


def left(passages: Sequence[Passage], place: Place) -> Place:
    """Give the code point before, crossing into the passage before at the start."""
    if place.offset:
        return Place(place.passage, place.offset - 1)
    return Place(place.passage - 1, len(passages[place.passage - 1].text)) if place.passage else place


def word_forward(passages: Sequence[Passage], place: Place) -> Place:
    """Give the start of the next word."""
    for match in _WORD.finditer(passages[place.passage].text, place.offset):
        if match.start() > place.offset:
            return Place(place.passage, match.start())
    if place.passage + 1 < len(passages):
        return Place(place.passage + 1, 0)
    return Place(place.passage, len(passages[place.passage].text))


def word_end(passages: Sequence[Passage], place: Place) -> Place:
    """Give the last code point of this word, or of the next one when it is there already."""
    after = place.offset
    for index in range(place.passage, len(passages)):
        for match in _WORD.finditer(passages[index].text):
            if match.end() - 1 > after:
                return Place(index, match.end() - 1)
        after = -1
    return place


def word_back(passages: Sequence[Passage], place: Place) -> Place:
    """Give the start of this word, or of the one before when it is there already."""
    before: int | None = place.offset
    for index in range(place.passage, -1, -1):
        text = passages[index].text
        starts = [match.start() for match in _WORD.finditer(text, 0, len(text) if before is None else before)]
        if starts:
            return Place(index, starts[-1])
        before = None
    return Place(0, 0)


def sentence_at(text: str, offset: int) -> Span:
    """Give the sentence of a passage in which an offset stands; the whole text when it has none."""
    found = sentences(text)
    if not found:
        return Span(0, len(text))
    return found[max(bisect_right([span.start for span in found], offset) - 1, 0)]
