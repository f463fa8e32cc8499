"""The passages of each side for which no close passage was found on the other."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on

from docterm.compare.comparison import Comparison
from docterm.compare.sides import Side
from docterm.library.model import Passage
from docterm.text import counted
from docterm.tui.bindings import bindings
from docterm.tui.compare_views.candidates import Candidates
from docterm.tui.compare_views.passage_columns import ColumnsView, PassageColumns
from docterm.tui.compare_views.view import ShowPair, Which
from docterm.tui.rows import passage_row, spot_of
from docterm.tui.session import Session

NONE_ALONE = "A close passage was found for each."
CAUTION = "No close passage was found for these. It does not follow that the other side is silent on them."


class OnlyIn(ColumnsView):
    """Two lists of passages; `enter` opens one where it stands, beside the other text."""

    NAME = "only-in"
    BINDINGS = bindings("compare.other-side")

    def __init__(self, session: Session) -> None:
        super().__init__(session, NONE_ALONE)

    def begin(self, left: Side, right: Side) -> None:
        super().begin(left, right)
        for column in self.columns.columns.values():
            column.set_rows("", ())

    def show(self, comparison: Comparison) -> None:
        super().show(comparison)
        self._fill_both()
        self.say(CAUTION)

    def judge(self, candidates: Candidates) -> None:
        super().judge(candidates)
        self._fill_both()

    def _fill_both(self) -> None:
        if self.comparison is not None and self.candidates is not None:
            facts = {Which.LEFT: self.comparison.left_facts, Which.RIGHT: self.comparison.right_facts}
            for which in Which:
                self._fill(which, self.candidates.alone(which), facts[which].paragraphs)

    def _fill(self, which: Which, passages: Sequence[Passage], total: int) -> None:
        heading = f"Only in {which.letter}: {len(passages):,} of {counted(total, 'paragraph')}"
        rows = [passage_row(passage) for passage in passages]
        self.columns.columns[which].set_rows(heading, rows)

    @property
    def current_key(self) -> str | None:
        row_id = self.columns.list.row_id
        return None if row_id is None else spot_of(row_id).key

    @on(PassageColumns.Chosen)
    def _chosen(self, event: PassageColumns.Chosen) -> None:
        event.stop()
        self.post_message(ShowPair(event.which, spot_of(event.row_id)))
