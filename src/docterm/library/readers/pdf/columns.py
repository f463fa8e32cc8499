"""The columns of a page: which line stands in which, and the order of reading where a page was drawn row by row."""

from __future__ import annotations

from itertools import accumulate, pairwise
from statistics import fmean

from docterm.library.readers.pdf.line import Line, Page

ACROSS = -1
"""The column of a line that goes over several."""
_SHORTEST = 3
_CROSSING = 0.2
"""Of the lines of a page in columns go so many over a gutter at most: titles, captions, wide tables."""
_NARROWEST = 0.15
"""Lines of text are as wide, in widths of the page."""
_FEWEST_ROWS = 4
_NEAR = 12.0
"""Points: how far apart the left edges of the lines of one column may stand."""
_AGREE = 0.7
"""So many of the rows must have their gap at the same places."""
_PROSE = 12
"""Cells with fewer characters on average are those of a table or a form."""
_FULL = 0.6
_INNER = (0.12, 0.88)
"""A gutter stands between these shares of the page's width."""


def mark_columns(page: Page) -> None:
    """Tell every line of a page the column in which it stands, from 0, or that it goes over several."""
    lines = [line for line in page.lines if not line.turned and len(line.text) >= _SHORTEST]
    edges = _gaps(lines, page)
    if not edges:
        return
    for line in page.lines:
        column = sum(line.left >= edge for edge in edges)
        line.column = ACROSS if column < len(edges) and line.right > edges[column] + 1 else column


def _gaps(lines: list[Line], page: Page) -> list[float]:
    """Give the places, from left to right, over which few lines of a page go while lines stand on both sides."""
    steps = [0] * (int(page.width) + 2)
    for line in lines:
        start, end = (min(max(0, int(edge)), len(steps) - 1) for edge in (line.left + 1, line.right))
        steps[start] += 1
        steps[end] -= 1
    low, high = (int(share * page.width) for share in _INNER)
    most = min(_CROSSING * len(lines), len(lines) - 2 * _FEWEST_ROWS)
    found: list[float] = []
    run: list[int] = []
    for place, crossing in enumerate(accumulate(steps)):
        if low < place < high and crossing <= most:
            run.append(place)
        elif run:
            found += [float(run[-1])] if _parts_columns(lines, run, page.width) else []
            run = []
    return found


def _parts_columns(lines: list[Line], run: list[int], width: float) -> bool:
    """Say whether lines long enough for text stand on both sides of a gap, at the same heights."""
    left = [line for line in lines if line.right <= run[0] + 1 and line.right - line.left > _NARROWEST * width]
    right = [line for line in lines if line.left >= run[-1] - 1 and line.right - line.left > _NARROWEST * width]
    if min(len(left), len(right)) < _FEWEST_ROWS:
        return False
    top = min(max(line.baseline for line in side) for side in (left, right))
    bottom = max(min(line.baseline for line in side) for side in (left, right))
    return top > bottom


def in_columns(page: Page) -> list[Line]:
    """Give the lines of a page in reading order, the rows of tables whole.

    pdfium gives a row that goes over two columns as one line with a wide gap. When such gaps stand one above
    the other, between lines that fill what would be columns, the page has columns; else its rows are put
    together again.
    """
    rows = [(a, b) for a, b in pairwise(page.lines) if _is_beside(a, b)]
    gutters = _gutters(rows, page) if len(rows) >= _FEWEST_ROWS else []
    if not gutters or not _is_prose(page.lines, gutters):
        return _whole_rows(page.lines)
    return _by_column(page.lines, gutters)


def _is_beside(left: Line, right: Line) -> bool:
    """Say whether a line stands on the same row as the one before it and a gap to its right."""
    same_row = abs(left.baseline - right.baseline) < 0.5 * max(left.size, right.size)
    return same_row and right.left - left.right > 0.8 * left.size and not (left.turned or right.turned)


def _gutters(rows: list[tuple[Line, Line]], page: Page) -> list[float]:
    """Give the left edges of the columns but the first, from left to right; nothing when the rows disagree."""
    edges = sorted(right.left for _, right in rows)
    groups: list[list[float]] = []
    for edge in edges:
        if groups and edge - groups[-1][0] <= _NEAR:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    many = [group for group in groups if len(group) >= max(_FEWEST_ROWS, 0.25 * len(edges))]
    if sum(map(len, many)) < _AGREE * len(edges):
        return []
    low, high = (share * page.width for share in _INNER)
    return [group[0] for group in many if low < group[0] < high]


def _column(line: Line, gutters: list[float]) -> int | None:
    """Give the column of a line, from 0; None when it goes over a gutter."""
    column = sum(line.left >= gutter - _NEAR / 2 for gutter in gutters)
    crosses = column < len(gutters) and line.right > gutters[column] + 1
    return None if crosses else column


def _is_prose(lines: list[Line], gutters: list[float]) -> bool:
    """Say whether the lines of each column are long and most of them fill it."""
    columns: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]
    for line in lines:
        column = _column(line, gutters)
        if column is not None and not line.turned:
            columns[column].append(line)
    for column_lines in columns:
        if len(column_lines) < _FEWEST_ROWS or fmean(len(line.text) for line in column_lines) < _PROSE:
            return False
        left, right = min(line.left for line in column_lines), max(line.right for line in column_lines)
        full = sum(line.right > right - 0.2 * (right - left) for line in column_lines)
        if full < _FULL * len(column_lines):
            return False
    return True


def _by_column(lines: list[Line], gutters: list[float]) -> list[Line]:
    """Give the lines column by column, between those that go over all of the page."""
    found: list[Line] = []
    columns: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]
    for line in sorted(lines, key=lambda line: (-round(line.baseline), line.left)):
        column = _column(line, gutters)
        if column is None:
            found += [member for members in columns for member in members] + [line]
            columns = [[] for _ in columns]
        else:
            columns[column].append(line)
    return found + [member for members in columns for member in members]


def _whole_rows(lines: list[Line]) -> list[Line]:
    """Put together again what was one row."""
    found: list[Line] = []
    for line in lines:
        if line.cell > 1 and found and found[-1].cell == line.cell - 1:
            row = found[-1]
            row.text = f"{row.text} {line.text}"
            row.right = max(row.right, line.right)
            row.broken, row.cell = line.broken, line.cell
        else:
            found.append(line)
    return found
