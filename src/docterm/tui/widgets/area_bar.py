"""The first line of the screen: the five areas, and which library is open."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from docterm.actions import ACTIONS

AREAS = tuple(action for action in ACTIONS if action.id.startswith("area."))


class AreaBar(Widget):
    """Names the areas with their keys; a click on one goes there."""

    ALLOW_SELECT = False

    class Chosen(Message):
        """The reader clicked on an area."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, library: str) -> None:
        super().__init__()
        self._library = library
        self._current = ""

    def show(self, name: str) -> None:
        """Light up an area."""
        self._current = name
        self.refresh()

    def render(self) -> Content:
        """Give the line: as much of it as fits."""
        parts: list[tuple[str, str] | str] = []
        for action in AREAS:
            name = action.method
            style = "bold $text on $primary" if name == self._current else "dim"
            parts += [(self._label(name), style), " "]
        used = sum(len(self._label(action.method)) + 1 for action in AREAS)
        room = self.size.width - used - 1
        if room >= 8:
            shown = self._library if len(self._library) <= room else f"…{self._library[1 - room :]}"
            parts.append((shown.rjust(room), "dim"))
        return Content.assemble(*parts)

    def _label(self, name: str) -> str:
        action = next(action for action in AREAS if action.method == name)
        return f" {action.keys[0]} {action.title} " if self.size.width >= 60 else f" {action.keys[0]} "

    def on_click(self, event: events.Click) -> None:
        """Go to the area under the mouse."""
        start = 0
        for action in AREAS:
            start += len(self._label(action.method)) + 1
            if event.x < start:
                self.post_message(self.Chosen(action.method))
                return
