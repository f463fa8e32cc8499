"""Choosing one row of a list, narrowed by typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from docterm.tui.widgets.row_list import NO_MATCH, ListRow, RowList


class Pick(ModalScreen[str | None]):
    """Gives the id of the chosen row, or None. `question` is in docterm's own words.

    `find` gives the rows for what is typed, where there are too many to have them all.
    """

    BINDINGS = [  # noqa: RUF012 - Textual declares it so
        Binding("escape", "dismiss(None)", "Cancel"),
        Binding("down,ctrl+n", "move(1)", show=False),
        Binding("up,ctrl+p", "move(-1)", show=False),
    ]

    def __init__(
        self, question: str, rows: Sequence[ListRow], find: Callable[[str], Sequence[ListRow]] | None = None
    ) -> None:
        super().__init__()
        self._question = question
        self._rows = rows
        self._find = find
        self._list = RowList(empty=NO_MATCH)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -tall"):
            yield Label(self._question, markup=False)
            yield Input(placeholder="type to narrow the list")
            yield self._list

    def on_mount(self) -> None:
        """Show all rows; the focus is in the field."""
        self._list.can_focus = False
        self._list.set_rows(self._rows)

    def action_move(self, rows: int) -> None:
        if rows > 0:
            self._list.action_down()
        else:
            self._list.action_up()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        if self._find is None:
            self._list.narrow(event.value)
        else:
            self._list.set_rows(self._find(event.value))

    @on(Input.Submitted)
    def _submitted(self) -> None:
        if self._list.row_id is not None:
            self.dismiss(self._list.row_id)

    @on(RowList.Chosen)
    def _selected(self, event: RowList.Chosen) -> None:
        self.dismiss(event.row_id)
