"""What `docterm terms` shows: a matrix, a timeline, or strips, in lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docterm.blocks import cells as counted_in_cells
from docterm.blocks import spark
from docterm.cli import output
from docterm.cli.layout import cells, fit, pad
from docterm.compare.matrix import Cell, MatrixRow
from docterm.compare.terms import shown
from docterm.library.grouping import Group
from docterm.library.model import Document
from docterm.text import counted

WIDEST_TERM, WIDEST_GROUP = 24, 18
STRIP = 60
NARROWEST_STRIP = 10
MOST_YEARS = 150
"""Between years further apart those without documents are left out."""


@dataclass(frozen=True, slots=True)
class Strip:
    """Where one word stands in one document."""

    term: str
    document: Document
    places: tuple[float, ...]

    def as_json(self) -> dict[str, Any]:
        """Give the strip for the command line's JSON."""
        count = len(self.places)
        return {
            "term": self.term,
            "key": self.document.key,
            "count": count,
            "per_1000": round(1000 * count / max(self.document.words, 1), 4),
            "places": [round(place, 4) for place in self.places],
        }


def write_matrix(groups: Sequence[Group], rows: Sequence[MatrixRow]) -> None:
    """Write terms by groups: uses in 1,000 words, a block for their height in the row, and the documents."""
    if not rows:
        return
    terms = _terms(rows)
    texts = [[_cell(cell, group) for cell, group in zip(row.cells, groups, strict=True)] for row in rows]
    sizes = [counted(len(group.documents), "doc") for group in groups]
    widths = [
        max(min(cells(group.label), WIDEST_GROUP), len(size), max(len(line[column]) for line in texts) + 2)
        for column, (group, size) in enumerate(zip(groups, sizes, strict=True))
    ]
    term = max(map(cells, terms))
    widths = widths[: _fitting(term, widths)]
    _write_line("", [group.label for group in groups], term, widths)
    _write_line("", sizes, term, widths)
    for name, row, line in zip(terms, rows, texts, strict=True):
        heights = spark([cell.per_1000 for cell in row.cells])
        parts = [f"{text} {height}" for text, height in zip(line, heights, strict=True)]
        _write_line(name, parts, term, widths)
    if len(widths) < len(groups):
        output.paragraph(f"{len(groups) - len(widths):,} more columns are in --json.")
    output.line()
    output.paragraph(
        "Uses in 1,000 words, and in how many documents where there are several; a block shows each beside the "
        "highest of its row."
    )


def _write_line(name: str, parts: Sequence[str], term: int, widths: Sequence[int]) -> None:
    """Write a name and as many parts as there are columns."""
    columns = (pad(fit(part, width), width, right=True) for part, width in zip(parts, widths, strict=False))
    output.line("  ".join([pad(name, term), *columns]).rstrip())


def _terms(rows: Sequence[MatrixRow]) -> list[str]:
    return [fit(shown(row.forms), WIDEST_TERM) for row in rows]


def _cell(cell: Cell, group: Group) -> str:
    rate = f"{cell.per_1000:,.1f}" if cell.count else "-"
    return f"{rate} ({cell.documents:,})" if len(group.documents) > 1 and cell.count else rate


def _fitting(term: int, widths: Sequence[int]) -> int:
    """Give how many columns there is room for, at least one."""
    room = output.terminal_width()
    if room is None:
        return len(widths)
    used, shown = term, 0
    for width in widths:
        used += 2 + width
        if used > room:
            break
        shown += 1
    return max(shown, 1)


def write_timeline(groups: Sequence[Group], rows: Sequence[MatrixRow]) -> None:
    """Write a line of blocks a term, one block a year; a year without documents is left blank."""
    columns = {int(group.label): at for at, group in enumerate(groups) if group.label.isdecimal()}
    if not rows:
        return
    if not columns:
        output.note("No document has a date, so there are no years to show.")
        return
    first, last = min(columns), max(columns)
    every = last - first < MOST_YEARS
    years = range(first, last + 1) if every else sorted(columns)
    terms = _terms(rows)
    term = max(map(cells, terms))
    count = max(*(len(f"{row.count:,}") for row in rows), len("uses"))
    output.line(f"{' ' * term}  {'uses':>{count}}  {first}{f' to {last}' if last > first else ''}")
    for name, row in zip(terms, rows, strict=True):
        heights = spark([row.cells[columns[year]].per_1000 if year in columns else 0 for year in years])
        line = "".join(height if year in columns else " " for year, height in zip(years, heights, strict=True))
        output.line(f"{pad(name, term)}  {row.count:>{count},}  {line}".rstrip())
    output.line()
    output.paragraph(
        f"One block a year{'' if every else ' that has documents'}, the highest for the one with the most uses in "
        f"1,000 words; · is a year whose documents have none{', a blank one without documents' if every else ''}."
    )
    undated = sum(len(group.documents) for group in groups if not group.label.isdecimal())
    if undated:
        output.paragraph(f"{counted(undated, 'document')} without a year: counted among the uses alone.")


def write_strips(strips: Sequence[Strip]) -> None:
    """Write a line of blocks a word and document, from the document's beginning to its end."""
    key = max(cells(strip.document.key) for strip in strips)
    count = max(len(f"{len(strip.places):,}") for strip in strips)
    room = output.terminal_width()
    width = STRIP if room is None else max(min(STRIP, room - key - count - 6), NARROWEST_STRIP)
    lines = [counted_in_cells(strip.places, width) for strip in strips]
    most = max(max(line) for line in lines)
    term = None
    for strip, line in zip(strips, lines, strict=True):
        if strip.term != term:
            term = strip.term
            output.paragraph(term)
        blocks = spark([*line, most])[:-1]
        output.line(f"  {pad(strip.document.key, key)}  {len(strip.places):>{count},}  {blocks}")
    output.line()
    output.paragraph(f"Each line is a document from beginning to end; the highest block is {counted(most, 'use')}.")
