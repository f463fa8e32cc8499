"""Breaking text into lines by the cells it takes on a terminal. Pure: nothing here writes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from docterm.text import Span

_WORD = re.compile(r"\S+")
_WIDE = frozenset("WF")
ELLIPSIS = "…"


def cells(text: str) -> int:
    """Give the number of cells `text` takes: two for wide East Asian characters, none for combining ones."""
    return len(text) if text.isascii() else sum(map(_cells_of, text))


def _cells_of(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in _WIDE else 1


def lines(text: str, width: int) -> list[Span]:
    """Give the spans of the lines of `text` when it is wrapped between words into `width` cells.

    A word that is wider than a line is cut.
    """
    found: list[Span] = []
    used = 0
    for piece in _pieces(text, max(width, 2)):
        size = cells(text[piece.start : piece.end])
        if found:
            start, end = found[-1]
            gap = cells(text[end : piece.start])
            if used + gap + size <= width:
                found[-1] = Span(start, piece.end)
                used += gap + size
                continue
        found.append(piece)
        used = size
    return found


def _pieces(text: str, width: int) -> Iterator[Span]:
    """Give the words of `text`, those wider than `width` in pieces."""
    for word in _WORD.finditer(text):
        start, used = word.start(), 0
        for position in range(word.start(), word.end()):
            size = _cells_of(text[position])
            if used + size > width:
                yield Span(start, position)
                start, used = position, 0
            used += size
        yield Span(start, word.end())


def fit(text: str, width: int) -> str:
    """Give `text` cut to at most `width` cells, with an ellipsis where something was cut."""
    if cells(text) <= width:
        return text
    room, kept = max(width - 1, 0), 0
    for position, char in enumerate(text):
        kept += _cells_of(char)
        if kept > room:
            return text[:position] + ELLIPSIS
    return text


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Give `text` filled with spaces to `width` cells, on its left when it is to stand at the `right`."""
    space = " " * max(width - cells(text), 0)
    return space + text if right else text + space
