"""Passages of both sides in two columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from docterm.tui.compare_views.view import View, Which
from docterm.tui.session import Session
from docterm.tui.widgets.row_list import ListRow, RowList


class Column(Vertical):
    """The list of one side, with a line above it."""

    def __init__(self, which: Which, rows: RowList) -> None:
        super().__init__(id=which, classes="side")
        self.which = which
        self.heading = Static("", classes="column-heading", markup=False)
        self.list = rows

    def compose(self) -> ComposeResult:
        yield self.heading
        yield self.list

    def set_heading(self, heading: str) -> None:
        """Show another line above the list."""
        self.heading.update(Content(heading))

    def set_rows(self, heading: str, rows: Sequence[ListRow]) -> None:
        """Show other rows."""
        self.set_heading(heading)
        self.list.set_rows(rows)


class PassageColumns(Horizontal):
    """Two lists, of which one leads: it has the focus, and on a narrow screen it alone is shown."""

    @dataclass
    class Chosen(Message):
        """The reader wants to open a row of a side."""

        which: Which
        row_id: str

    def __init__(self, empty: str, rows: type[RowList] = RowList) -> None:
        super().__init__()
        self.columns = {which: Column(which, rows(empty=empty)) for which in Which}
        self.leading = Which.LEFT

    def compose(self) -> ComposeResult:
        yield from self.columns.values()

    def on_mount(self) -> None:
        """Start with the left side."""
        self.lead(self.leading)

    @property
    def list(self) -> RowList:
        """The list of the leading side."""
        return self.columns[self.leading].list

    def lead(self, which: Which) -> None:
        """Let a side lead."""
        self.leading = which
        for column in self.columns.values():
            column.set_class(column.which is which, "-leading")

    def go_over(self) -> None:
        """Let the other side lead, with the focus."""
        self.lead(self.leading.other)
        self.list.focus()

    def on_descendant_focus(self) -> None:
        """The side that has the focus leads."""
        for which, column in self.columns.items():
            if column.list.has_focus:
                self.lead(which)

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.post_message(self.Chosen(self.leading, event.row_id))


class ColumnsView(View):
    """A view that is a list a side, with the same keys in each."""

    def __init__(self, session: Session, nothing: str) -> None:
        super().__init__(session)
        self.columns = PassageColumns(nothing)

    def compose(self) -> ComposeResult:
        yield self.columns

    def focus_main(self) -> None:
        self.columns.list.focus()

    def find(self, text: str) -> None:
        self.columns.list.narrow(text)

    def back(self) -> bool:
        if self.columns.list.narrowed:
            self.find("")
            return True
        return False

    def action_other_side(self) -> None:
        """Go over to the list of the other side."""
        self.columns.go_over()
