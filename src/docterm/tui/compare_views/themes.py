"""What was coded on each side, code by code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from textual import on, work

from docterm.compare.comparison import Comparison
from docterm.compare.sides import Side
from docterm.errors import DoctermError
from docterm.quotes.themes.coding import Coding, codings, set_memo, uncode
from docterm.quotes.themes.grid import Row, grid
from docterm.quotes.ulid import new_ulid
from docterm.text import counted
from docterm.tui.bindings import bindings
from docterm.tui.compare_views.passage_columns import ColumnsView, PassageColumns
from docterm.tui.compare_views.view import ShowPair, Which
from docterm.tui.dialogs.ask import Ask
from docterm.tui.messages import CopyQuotes, NotebookChanged
from docterm.tui.rows import coding_row, theme_heading
from docterm.tui.session import Session
from docterm.tui.widgets.row_list import ListRow

NOTHING = "Nothing is coded here. Side by side or in a document, `v` selects, `t` and a key code the words."

EMPTY_CELL = ListRow("", [[("  nothing coded", "quiet")]])


class Themes(ColumnsView):
    """A column a side, with the same codes in both, so that what one side lacks is seen."""

    NAME = "themes"
    BINDINGS = bindings("compare.other-side", "themes.")

    def __init__(self, session: Session) -> None:
        super().__init__(session, NOTHING)
        self._sides: tuple[Side, ...] = ()
        self._codings: dict[str, Coding] = {}

    def begin(self, left: Side, right: Side) -> None:
        super().begin(left, right)
        self._sides = (left, right)
        self.notebook_changed()

    def show(self, comparison: Comparison) -> None:
        super().show(comparison)
        self._sides = (comparison.left, comparison.right)
        self.notebook_changed()

    def notebook_changed(self) -> None:
        if self._sides:
            self._read(self._sides)

    @work(thread=True, group="themes", exclusive=True)
    def _read(self, sides: Sequence[Side]) -> None:
        from docterm.quotes.themes.codebook import codes

        notebook = self.session.notebook
        found = codings(notebook)
        rows = grid(codes(notebook), found, [[document.key for document in side.documents] for side in sides])
        self.app.call_from_thread(self._fill, rows, found)

    def _fill(self, rows: Sequence[Row], found: Sequence[Coding]) -> None:
        self._codings = {coding.id: coding for coding in found}
        for place, (which, side) in enumerate(zip(Which, self._sides, strict=True)):
            cells = [(row.code, row.cells[place]) for row in rows]
            total = sum(len(cell) for _, cell in cells)
            listed: list[ListRow] = []
            for code, cell in cells:
                listed += [theme_heading(code, len(cell)), *(map(coding_row, cell) if cell else [EMPTY_CELL])]
            self.columns.columns[which].set_rows(f"{which.letter}: {side.label}, {counted(total, 'coding')}", listed)
        self.say("What you coded. An empty code says that you gave it to nothing there, not that nothing has it.")

    @property
    def current_key(self) -> str | None:
        coding = self._coding()
        return None if coding is None else coding.key

    def _coding(self) -> Coding | None:
        return self._codings.get(self.columns.list.row_id or "")

    # --- acting on the highlighted coding --------------------------------------------------------

    @on(PassageColumns.Chosen)
    def _chosen(self, event: PassageColumns.Chosen) -> None:
        event.stop()
        coding = self._codings.get(event.row_id)
        if coding is None:
            return
        _, spot = self.session.find_quote(coding.cut)
        if spot is None:
            self.notify(f"{coding.key} is not in this library any more.", severity="warning", markup=False)
        else:
            self.post_message(ShowPair(event.which, spot))

    def action_note(self) -> None:
        coding = self._coding()
        if coding is None:
            return

        def answered(memo: str | None) -> None:
            if memo is not None:
                self._change(lambda: set_memo(self.session.notebook, coding, memo))

        self.app.push_screen(Ask(f"Why {coding.code}?", coding.memo), answered)

    def action_remove(self) -> None:
        coding = self._coding()
        if coding is not None:
            self._change(lambda: uncode(self.session.notebook, coding), "Taken off; `u` puts it back.")

    def action_copy(self) -> None:
        """Take the coded words as a quote, and copy it."""
        coding = self._coding()
        if coding is not None:
            self._quote(coding)

    @work(thread=True, group="save")
    def _quote(self, coding: Coding) -> None:
        try:
            saved = self.session.notebook.capture(replace(coding.cut, id=new_ulid()))
        except DoctermError as error:
            self.app.notify(str(error), title="Not saved", severity="error", markup=False)
            return
        self.post_message(NotebookChanged())
        done = "Saved the quote from" if saved.new else "This quote was saved before, from"
        self.post_message(CopyQuotes([saved.quote], f"{done} {coding.cut.address}"))

    @work(thread=True, group="save")
    def _change(self, change: Callable[[], object], done: str = "") -> None:
        try:
            change()
        except DoctermError as error:
            self.app.notify(str(error), title="Not saved", severity="error", markup=False)
            return
        if done:
            self.app.notify(done, markup=False)
        self.post_message(NotebookChanged())
