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
    for match in _WORD.finditer(passages[place.passage].text):
        if match.end() - 1 > place.offset:
            return Place(place.passage, match.end() - 1)
    return word_end(passages, Place(place.passage + 1, -1)) if place.passage + 1 < len(passages) else place


def word_back(passages: Sequence[Passage], place: Place) -> Place:
    """Give the start of this word, or of the one before when it is there already."""
    starts = [match.start() for match in _WORD.finditer(passages[place.passage].text, 0, place.offset)]
    if starts:
        return Place(place.passage, starts[-1])
    if place.passage:
        return word_back(passages, Place(place.passage - 1, len(passages[place.passage - 1].text)))
    return Place(0, 0)


def sentence_at(text: str, offset: int) -> Span:
    """Give the sentence of a passage in which an offset stands; the whole text when it has none."""
    found = sentences(text)
    if not found:
        return Span(0, len(text))
    return found[max(bisect_right([span.start for span in found], offset) - 1, 0)]
