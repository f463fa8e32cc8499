"""What the five areas have in common."""

from __future__ import annotations

from collections.abc import Collection

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from docterm.tui.session import Session
from docterm.tui.widgets.row_list import RowList


class Area(Vertical):
    """One of the five areas: it shows a part of the session and says in its status line where the reader is."""

    NAME = ""

    def __init__(self, session: Session) -> None:
        super().__init__(id=self.NAME, classes="area")
        self.session = session
        self.status = Static("", classes="status", markup=False)

    def say(self, text: str) -> None:
        """Show a line of plain text in the status line."""
        self.status.update(Content(text), layout=False)

    @property
    def current_key(self) -> str | None:
        """The key of the document that the reader is at, or None."""
        return None

    @property
    def found(self) -> tuple[Collection[str], str]:
        """The keys of the documents that a search in sight has found, and its query; nothing in most areas."""
        return (), ""

    def focus_main(self) -> None:
        """Put the focus where reading goes on."""

    def enter(self) -> None:
        """Bring what is shown up to date: the reader has come to this area."""

    def back(self) -> bool:
        """Leave one level inside the area; give False when there is none to leave."""
        return False

    async def jump(self, *, back: bool) -> bool:
        """Go to the place before the last jump inside the area, or forward again; give False when there is none."""
        return False

    def find(self, text: str) -> None:
        """Find `text` in what is shown, while it is typed; an empty text ends finding."""

    def library_changed(self) -> None:
        """Take up what changed in the library."""

    def notebook_changed(self) -> None:
        """Take up what changed in the notebook."""


class ListArea(Area):
    """An area whose main part is a list."""

    list: RowList

    def focus_main(self) -> None:
        self.list.focus()

    def find(self, text: str) -> None:
        self.list.narrow(text)

    def back(self) -> bool:
        if self.list.narrowed:
            self.find("")
            return True
        return False
