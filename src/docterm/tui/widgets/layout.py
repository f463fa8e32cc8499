"""Where the rows of a long text lie: wrapping, and the way between places in the source and rows on screen.

A place is (passage, code-point offset); a row is counted from the top of the wrapped text. Each passage is
followed by one empty row. Laying out 100 000 passages costs a pass over them and keeps two numbers for each.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rich.cells import split_graphemes

from docterm.library.model import Passage, Place
from docterm.library.passages import texts_of


class Row(NamedTuple):
    """A row of the wrapped text: code points [start, end) of a passage; `first` is its first row."""

    passage: int
    start: int
    end: int
    first: bool


_NARROW = re.compile("[ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*")
"""Text of which every code point takes one cell, for sure: most of what is written in Europe."""


def cells_of(text: str) -> list[int]:
    """Give the cells that each code point adds: those of what joins up into one sign stand at its first."""
    if _NARROW.fullmatch(text):
        return [1] * len(text)
    cells = [0] * len(text)
    for start, _, size in split_graphemes(text)[0]:
        cells[start] = size
    return cells


def wrap(text: str, width: int) -> list[int]:
    """Give the offsets at which the rows of `text` start, for rows of at most `width` cells, cut after spaces."""
    if len(text) <= width and text.isascii():
        return [0]
    if _NARROW.fullmatch(text):
        return _wrap_narrow(text, width)
    return _wrap_wide(text, width)


def _wrap_narrow(text: str, width: int) -> list[int]:
    starts, start = [0], 0
    while len(text) - start > width:
        space = text.rfind(" ", start, start + width + 1)
        start = space + 1 if space > start else start + width
        if start < len(text):
            starts.append(start)
    return starts


def _wrap_wide(text: str, width: int) -> list[int]:
    starts, start, cells, after_space = [0], 0, 0, 0
    sizes = cells_of(text)
    for offset, size in enumerate(sizes):
        while cells + size > width and text[offset] != " " and offset > start:
            start = after_space if after_space > start else offset
            starts.append(start)
            cells = sum(sizes[start:offset])
        cells += size
        if text[offset] == " ":
            after_space = offset + 1
    return starts


class Layout:
    """The rows of a sequence of passages at one width."""

    def __init__(self, passages: Sequence[Passage], width: int) -> None:
        self.passages = passages
        self.width = max(width, 1)
        self._first_rows: list[int] = []
        row = 0
        for text in texts_of(passages):
            self._first_rows.append(row)
            row += 2 if len(text) <= self.width and text.isascii() else 1 + len(wrap(text, self.width))
        self.rows = max(row - 1, 0)
        """The number of rows in all; after the last passage there is no empty one."""
        self._starts = lru_cache(maxsize=1024)(self._wrap_passage)

    def _wrap_passage(self, index: int) -> list[int]:
        return wrap(self.passages[index].text, self.width)

    def row(self, number: int) -> Row | None:
        """Give what stands in a row; None for an empty one."""
        if not 0 <= number < self.rows:
            return None
        index = self.passage_at(number)
        starts = self._starts(index)
        part = number - self._first_rows[index]
        if part >= len(starts):
            return None
        end = starts[part + 1] if part + 1 < len(starts) else len(self.passages[index].text)
        return Row(index, starts[part], end, part == 0)

    def passage_at(self, number: int) -> int:
        """Give the index of the passage in (or just above) a row."""
        return max(bisect_right(self._first_rows, number) - 1, 0)

    def first_row(self, index: int) -> int:
        """Give the row in which a passage starts."""
        return self._first_rows[index] if self._first_rows else 0

    def row_of(self, place: Place) -> int:
        """Give the row in which a place stands."""
        if not self._first_rows:
            return 0
        return self._first_rows[place.passage] + bisect_right(self._starts(place.passage), place.offset) - 1

    def cell_of(self, place: Place) -> int:
        """Give the cell, from the left of its row, at which a place stands."""
        row = self.row(self.row_of(place))
        if row is None:
            return 0
        return sum(cells_of(self.passages[row.passage].text[row.start : row.end])[: place.offset - row.start])

    def place_at(self, number: int, cell: int) -> Place:
        """Give the place nearest to a cell of a row; an empty row counts as the end of the passage above it."""
        row = self.row(number)
        if row is None:
            index = self.passage_at(min(number, self.rows - 1)) if self.rows else 0
            return Place(index, len(self.passages[index].text) if self.passages else 0)
        text = self.passages[row.passage].text
        cells = 0
        for offset, size in enumerate(cells_of(text[row.start : row.end]), row.start):
            cells += size
            if cells > cell:
                return Place(row.passage, offset)
        is_last = row.end == len(text)
        return Place(row.passage, row.end if is_last else max(row.end - 1, row.start))
