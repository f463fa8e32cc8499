"""Styling one row of text: hits, selection and cursor lie over it in layers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style

from docterm.text import Span
from docterm.tui.widgets.layout import Row


def row_segments(text: str, row: Row, base: Style, layers: Sequence[tuple[Span, Style]]) -> list[Segment]:
    """Cut a row of `text` at the edges of its layers and style each piece, later layers on top.

    The last row of a text ends in one blank cell, on which the cursor can stand behind the last character.
    """
    end = row.end + (row.end == len(text))
    clipped = [(max(span.start, row.start), min(span.end, end), style) for span, style in layers]
    inside = [(start, stop, style) for start, stop, style in clipped if start < stop]
    edges = sorted({row.start, end, *(edge for start, stop, _ in inside for edge in (start, stop))})
    padded = f"{text} "
    segments: list[Segment] = []
    for start, stop in pairwise(edges):
        style = base
        for first, last, over in inside:
            if first <= start and stop <= last:
                style += over
        segments.append(Segment(padded[start:stop], style))
    return segments
