"""The part of a passage to show in a list of hits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from docterm.text import Span

ELLIPSIS = "…"


class Snippet(NamedTuple):
    """A piece of a passage and the spans to mark, in code points of the piece."""

    text: str
    spans: tuple[Span, ...]


def snippet(text: str, spans: Sequence[Span], width: int) -> Snippet:
    """Give at most `width` code points (3 or more) of `text` around its first span.

    It is cut between words where that is possible, and what is cut is marked.
    """
    if len(text) <= width:
        return Snippet(text, tuple(spans))
    room = max(width - 2 * len(ELLIPSIS), 1)
    first = spans[0] if spans else Span(0, 0)
    start = max(0, min(first.start - room // 3, len(text) - room))
    start = max(start, min(first.end - room, first.start))  # the whole of the first span, where there is room for it
    if start:
        start = min(text.find(" ", start - 1, first.start) + 1 or start, first.start)
    end = min(len(text), start + room)
    if end < len(text):
        cut = text.rfind(" ", start, end + 1)
        end = cut if cut >= min(first.end, end) and cut > start else end
    before = ELLIPSIS if start else ""
    after = ELLIPSIS if end < len(text) else ""
    shift = len(before) - start
    marked = tuple(
        Span(max(span.start, start) + shift, min(span.end, end) + shift)
        for span in spans
        if span.start < end and span.end > start
    )
    return Snippet(f"{before}{text[start:end]}{after}", marked)
