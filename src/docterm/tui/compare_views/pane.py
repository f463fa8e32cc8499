"""The text of one side, in the side by side view."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from docterm.compare.sides import Side
from docterm.library.model import Document
from docterm.tui.compare_views.view import Which
from docterm.tui.widgets.reader import Reader


class WheelReader(Reader):
    """A reader that takes the focus when its text is scrolled with the mouse: the side that is scrolled leads."""

    def on_mouse_scroll_down(self) -> None:
        """Take the focus."""
        self.focus(scroll_visible=False)

    def on_mouse_scroll_up(self) -> None:
        """Take the focus."""
        self.focus(scroll_visible=False)


class Pane(Vertical):
    """One document of a side in full; above it, where the side is a group, which of them it is."""

    def __init__(self, which: Which) -> None:
        super().__init__(id=which, classes="side")
        self.which = which
        self.heading = Static("", classes="column-heading", markup=False)
        self.reader = WheelReader()
        self.document: Document | None = None
        self._side: Side | None = None

    def compose(self) -> ComposeResult:
        yield self.heading
        yield self.reader

    def show(self, side: Side) -> None:
        """Show the first document of a side from its start."""
        self._side, self.document = side, None
        self.heading.display = side.is_group
        if side.documents:
            self.open(side.documents[0].key)

    def open(self, key: str) -> bool:
        """Show a document of the side by its key, unless it is shown already; say whether it was not."""
        if self._side is None or (self.document is not None and self.document.key == key):
            return False
        position = self._side.keys.index(key)
        self.document = self._side.documents[position]
        self.heading.update(Content(f"{position + 1}/{len(self._side.documents)}  {self.document.title}"))
        self.reader.show(self._side.passages[position])
        return True

    def beside(self, step: int) -> str | None:
        """Give the key of the document that stands `step` after the one that is shown, or None."""
        if self._side is None or self.document is None:
            return None
        position = self._side.keys.index(self.document.key) + step
        return self._side.keys[position] if 0 <= position < len(self._side.keys) else None
