"""The vocabulary of a comparison, in lines: for each kind of term a table whose bars grow to the left and right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docterm.blocks import bar, bar_leftward
from docterm.cli import output
from docterm.cli.layout import cells, fit, pad
from docterm.compare.lists import TermList, Usage, is_few, sizes, term_list, words_in
from docterm.compare.reference import Reference, against_library
from docterm.compare.terms import shown
from docterm.compare.vocabulary import Kind, TermRow

if TYPE_CHECKING:
    from docterm.compare.comparison import Comparison
    from docterm.compare.sides import Side
    from docterm.library.library import Library

UNEQUAL, SHARED = 8, 4
"""Rows of a list that are shown; JSON has them all."""
WIDEST_TERM, NARROWEST_TERM = 30, 12
BAR = 8
TITLES = {Kind.WORD: "Words", Kind.NAME: "Names", Kind.PHRASE: "Phrases"}


@dataclass(frozen=True, slots=True)
class _Columns:
    """How wide the columns of a table are; one that has no room has no width."""

    count: int
    rate: int
    bar: int
    term: int
    ratio: int
    spread: int

    @property
    def side(self) -> int:
        """The width of what stands beside the term."""
        return self.count + 1 + self.rate + (self.bar + 1 if self.bar else 0)


def references(library: Library, comparison: Comparison) -> tuple[Reference, ...]:
    """Hold the words of each side of a comparison against the rest of the library."""
    return tuple(against_library(library, side) for side in (comparison.left, comparison.right))


def as_json(references: Sequence[Reference]) -> dict[str, Any]:
    """Give what references add to the JSON of a comparison: nothing where there are none."""
    if not references:
        return {}
    return {
        "against_library": {
            name: {
                "documents": len(reference.rest.documents),
                "words": words_in(reference.rest),
                "vocabulary": [row.as_json() for row in reference.rows],
            }
            for name, reference in zip(("left", "right"), references, strict=True)
        }
    }


def write(comparison: Comparison, references: Sequence[Reference]) -> None:
    """Write the vocabulary of both sides against each other, or of each against the rest of the library."""
    if not references:
        _write_vocabulary(comparison.left, comparison.right, comparison.vocabulary)
    for reference in references:
        _write_vocabulary(reference.side, reference.rest, reference.rows)


def _write_vocabulary(left: Side, right: Side, rows: Sequence[TermRow]) -> None:
    output.line()
    output.paragraph(f"Vocabulary: {left.label} and {right.label}. {sizes(left, right)}")
    if not rows:
        output.paragraph(_nothing(left, right), indent="  ")
        return
    for kind in Kind:
        lists = [term_list(rows, kind, usage) for usage in (Usage.LEFT, Usage.SHARED, Usage.RIGHT)]
        if any(each.rows or each.alone for each in lists):
            output.line()
            _write_kind(kind, left, right, lists)
    output.line()
    unit = "documents" if left.is_group or right.is_group else "paragraphs"
    output.paragraph(
        f"Counts stand at the edges, uses in 1,000 words beside the bars. Log ratio: +1 is twice as often in "
        f"{left.label}, -1 in {right.label}, ± its 95 % interval. Few: in too few {unit} to say that it is typical."
    )


def _nothing(left: Side, right: Side) -> str:
    empty = [side.label for side in (left, right) if not words_in(side)]
    if empty:
        return f"There are no words in {' and '.join(empty)}."
    return "There is nothing but numbers and function words, which are left out."


def _write_kind(kind: Kind, left: Side, right: Side, lists: Sequence[TermList]) -> None:
    parts = [(each, each.rows[: SHARED if each.usage is Usage.SHARED else UNEQUAL]) for each in lists]
    rows = [row for _, part in parts for row in part]
    columns = _columns(rows)
    spread = "docs" if left.is_group or right.is_group else "paras"
    title = pad(fit(left.label, columns.side), columns.side, right=True)
    ratio = f"  {pad('log ratio', columns.ratio)}" if columns.ratio else ""
    last = f"  {pad(spread, columns.spread, right=True)}" if columns.spread else ""
    output.paragraph(TITLES[kind])
    if rows:
        output.line(f"{title} {' ' * columns.term} {pad(fit(right.label, columns.side), columns.side)}{ratio}{last}")
    most = max((max(row.left_per_1000, row.right_per_1000) for row in rows), default=1.0)
    names = {Usage.LEFT: f"more in {left.label}", Usage.RIGHT: f"more in {right.label}", Usage.SHARED: "in both"}
    for each, part in parts:
        output.paragraph(f"{names[each.usage]}: {_told(each, len(part))}", indent="  ")
        for row in part:
            few = is_few(row, each.usage)
            line = _line(row, columns, most) + ("  few" if few else "")
            output.line(output.dim(line) if few else line)


def _told(each: TermList, first: int) -> str:
    why = "in too few places" if each.usage is Usage.SHARED else "in too few places, or hardly more"
    total, rest = len(each.rows), f"{each.alone:,} {why}"
    if not total:
        return f"none, but {rest}" if each.alone else "none"
    told = f"the first {first} of {total:,}" if total > first else f"{total:,}"
    return f"{told}, besides {rest}" if each.alone else told


def _columns(rows: Sequence[TermRow]) -> _Columns:
    """Give the widest layout that the terminal has room for."""
    count = max((len(f"{max(row.left, row.right):,}") for row in rows), default=1)
    rate = max((len(f"{max(row.left_per_1000, row.right_per_1000):,.1f}") for row in rows), default=1)
    ratio = max((cells(_ratio(row)) for row in rows), default=0)
    spread = max((cells(_spread(row)) for row in rows), default=0)
    wanted = min(max((cells(shown(row.forms)) for row in rows), default=0), WIDEST_TERM)
    width = output.terminal_width()
    for columns in _layouts(count, rate, max(ratio, len("log ratio")), max(spread, len("paras"))):
        used = 2 * columns.side + 2 + sum(part + 2 for part in (columns.ratio, columns.spread) if part) + len("  few")
        room = wanted if width is None else width - used
        if room >= min(wanted, NARROWEST_TERM):
            break
    return _Columns(columns.count, columns.rate, columns.bar, max(min(wanted, room), 1), columns.ratio, columns.spread)


def _layouts(count: int, rate: int, ratio: int, spread: int) -> Iterator[_Columns]:
    yield _Columns(count, rate, BAR, 0, ratio, spread)
    yield _Columns(count, rate, BAR // 2, 0, ratio, spread)
    yield _Columns(count, rate, BAR // 2, 0, ratio, 0)
    yield _Columns(count, rate, BAR // 2, 0, 0, 0)
    yield _Columns(count, rate, 0, 0, 0, 0)


def _line(row: TermRow, columns: _Columns, most: float) -> str:
    left = [f"{row.left:>{columns.count},}", f"{row.left_per_1000:>{columns.rate},.1f}"]
    right = [f"{row.right_per_1000:>{columns.rate},.1f}", f"{row.right:>{columns.count},}"]
    if columns.bar:
        left.append(bar_leftward(row.left_per_1000 / most, columns.bar))
        right.insert(0, bar(row.right_per_1000 / most, columns.bar))
    line = " ".join([*left, _centred(fit(shown(row.forms), columns.term), columns.term), *right])
    if columns.ratio:
        line += f"  {pad(_ratio(row), columns.ratio)}"
    if columns.spread:
        line += f"  {pad(_spread(row), columns.spread, right=True)}"
    return line


def _centred(text: str, width: int) -> str:
    return pad(pad(text, (width + cells(text) + 1) // 2, right=True), width)


def _ratio(row: TermRow) -> str:
    return f"{row.log_ratio:+.1f} ±{row.interval[1] - row.log_ratio:.1f}"


def _spread(row: TermRow) -> str:
    return f"{row.left_passages:,}|{row.right_passages:,}"
