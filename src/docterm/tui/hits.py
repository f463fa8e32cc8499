"""The hits of a query in the document that is being read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from enum import Enum, auto

from docterm.library.model import Passage, Place
from docterm.search.passages import PassageMatcher
from docterm.search.tree import Node
from docterm.text import ENGLISH, Span
from docterm.tui.widgets.text_view import Mark


class Landing(Enum):
    """Where the cursor goes when the hits of a document are known."""

    STAY = auto()
    AHEAD = auto()
    """To the first hit at or after the cursor, else to the first of all."""
    FIRST = auto()
    LAST = auto()


class Hits:
    """The marks of a document in order, and which of them the reader is at."""

    def __init__(self, marks: Sequence[Mark] = ()) -> None:
        self.marks = marks
        self._places = [mark.place for mark in marks]

    def __len__(self) -> int:
        return len(self.marks)

    def at(self, place: Place) -> int | None:
        """Give the position of the hit that begins at a place, from 0, or None."""
        position = bisect_left(self._places, place)
        return position if position < len(self._places) and self._places[position] == place else None

    def beyond(self, place: Place, direction: int) -> Place | None:
        """Give the place of the next hit after a place, with a negative direction of the one before it, or None."""
        position = bisect_right(self._places, place) if direction > 0 else bisect_left(self._places, place) - 1
        return self._places[position] if 0 <= position < len(self._places) else None

    def landing(self, landing: Landing, cursor: Place) -> Place:
        """Give the place to go to; the cursor's own when there is no hit to go to."""
        if not self._places or landing is Landing.STAY:
            return cursor
        if landing is Landing.AHEAD:
            return self._places[bisect_left(self._places, cursor) % len(self._places)]
        return self._places[0 if landing is Landing.FIRST else -1]


def find_hits(
    node: Node, passages: Sequence[Passage], cancelled: Callable[[], bool], language: str = ENGLISH
) -> Hits | None:
    """Find every place that answers a query in passages of a language; give None as soon as nobody waits for it.

    Words that stand side by side are one place.

    Costs about 60 microseconds a paragraph.
    """
    matcher = PassageMatcher(node, language=language)
    marks: list[Mark] = []
    for passage in passages:
        if spans := matcher.find(passage):
            marks += [Mark(passage.index, span) for span in _places(passage.text, spans)]
        if passage.index % 32 == 0 and cancelled():
            return None
    return Hits(marks)


def _places(text: str, spans: Sequence[Span]) -> list[Span]:
    """Join spans with no letter or digit between them."""
    places: list[Span] = []
    for span in spans:
        if places and not any(char.isalnum() for char in text[places[-1].end : span.start]):
            places[-1] = Span(places[-1].start, span.end)
        else:
            places.append(span)
    return places
