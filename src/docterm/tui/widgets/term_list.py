"""A list of terms as a butterfly: the term in the middle, beside it a bar for each side."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.strip import Strip

from docterm.blocks import bar, bar_leftward
from docterm.compare.lists import TermList, is_few
from docterm.compare.terms import shown
from docterm.compare.vocabulary import TermRow
from docterm.tui.widgets.row_list import ListRow, RowList

WIDEST_TERM = 30
ROOM_FOR_RATIO = 90
"""Cells from which on the log ratio is shown too."""
RATIO = 13
FEW = "few"
LOOKED_AT = 500
"""By how many rows the room for the terms is measured: a longer one further down is cut."""


class TermRows(RowList):
    """Draws each term at the width that there is; rows that few passages bear are dimmed, and say so at their end."""

    def __init__(self, *, empty: str) -> None:
        super().__init__(empty=empty)
        self._terms: dict[str, tuple[TermRow, bool]] = {}
        """Each term by the id of its row, and whether few passages bear it."""
        self._most = 1.0
        self._term_width = 0
        self._count_width = 1

    def show_terms(self, terms: TermList) -> None:
        """Show a list from its first row on."""
        rows = [(str(at), row) for at, row in enumerate(terms.rows)]
        self._terms = {row_id: (row, is_few(row, terms.usage)) for row_id, row in rows}
        self._most = max((max(row.left_per_1000, row.right_per_1000) for row in terms.rows), default=1.0)
        self._term_width = min(
            max((cell_len(shown(row.forms)) for row in terms.rows[:LOOKED_AT]), default=0), WIDEST_TERM
        )
        self._count_width = max((len(f"{max(row.left, row.right):,}") for row in terms.rows), default=1)
        self.start_with([ListRow(row_id, [[(row.term, "")]], " ".join(row.forms)) for row_id, row in rows])

    @property
    def term(self) -> TermRow | None:
        """The highlighted term, or None."""
        return self._terms[self.row_id][0] if self.row_id in self._terms else None

    def _strip(self, index: int, part: int, state: str, _has_focus: bool) -> Strip:
        known = self._terms.get(self._shown[index].id)
        if known is None or self._shown[index].is_heading:
            return super()._strip(index, part, state, _has_focus)
        row, few = known
        base = self.get_component_rich_style(state) if state else self.ground
        dimmed = base + self.get_component_rich_style("row--quiet", partial=True) if few else base
        name = base + self.get_component_rich_style("row--title", partial=True) if not few else dimmed
        strip = Strip([Segment(text, name if is_term else dimmed) for text, is_term in self._parts(row, few)])
        return strip.extend_cell_length(self._width + 2, base).crop(0, self._width + 2)

    def _parts(self, row: TermRow, few: bool) -> Sequence[tuple[str, bool]]:
        """Give the pieces of a row, and whether each is the term itself."""
        ratio = f"{row.log_ratio:+.1f} ±{row.interval[1] - row.log_ratio:.1f}" if self._width >= ROOM_FOR_RATIO else ""
        end = f" {ratio:>{RATIO if ratio else 0}} {FEW if few else '':<{len(FEW)}}"
        number = self._count_width + 7
        room = max(self._width - self._term_width - 2 - 2 * number - len(end), 0) // 2
        left_share, right_share = (rate / self._most for rate in (row.left_per_1000, row.right_per_1000))
        left = f" {row.left:>{self._count_width},} {row.left_per_1000:>5,.1f} {bar_leftward(left_share, room)} "
        right = f" {bar(right_share, room)} {row.right_per_1000:>5,.1f} {row.right:>{self._count_width},}"
        return [(left, False), (_centred(shown(row.forms), self._term_width), True), (f"{right}{end}", False)]


def _centred(text: str, width: int) -> str:
    """Give a text in the middle of `width` cells, cut where it is longer."""
    if cell_len(text) > width:
        return set_cell_size(text, max(width - 1, 0)) + "…"
    return set_cell_size(" " * ((width - cell_len(text)) // 2) + text, width)
