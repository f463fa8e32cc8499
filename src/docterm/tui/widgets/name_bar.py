"""A line that names places to go to, with their keys."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from docterm.actions import Action, key_name

LEAST = 8
"""Cells that what stands at the end of the line is worth showing in."""


class NameBar(Widget):
    """Names actions with their keys, the current one lit up; a click on one does it.

    Where the names do not fit, only the current one is spelt out. `at_end` stands at the end of the line, in what room
    there is.
    """

    ALLOW_SELECT = False

    class Chosen(Message):
        """The reader clicked on a name."""

        def __init__(self, bar: NameBar, name: str) -> None:
            super().__init__()
            self.bar = bar
            self.name = name

        @property
        def control(self) -> NameBar:
            """The line that was clicked on."""
            return self.bar

    def __init__(self, actions: Sequence[Action], at_end: str = "") -> None:
        super().__init__()
        self._actions = actions
        self._at_end = at_end
        self._current = ""

    def show(self, name: str) -> None:
        """Light up the action whose method this is."""
        self._current = name
        self.refresh()

    def _labels(self) -> list[tuple[str, str]]:
        """Give the name of each action, and what is shown of it."""
        full = [(action.method, f" {key_name(action.keys[0])} {action.title} ") for action in self._actions]
        if sum(len(label) + 1 for _, label in full) <= self.size.width:
            return full
        return [
            (name, label if name == self._current else f" {key_name(action.keys[0])} ")
            for action, (name, label) in zip(self._actions, full, strict=True)
        ]

    def render(self) -> Content:
        """Give the line."""
        parts: list[tuple[str, str] | str] = []
        used = 0
        for name, label in self._labels():
            parts += [(label, "bold $text on $primary" if name == self._current else "dim"), " "]
            used += len(label) + 1
        room = self.size.width - used - 1
        if self._at_end and room >= LEAST:
            shown = self._at_end if len(self._at_end) <= room else f"…{self._at_end[1 - room :]}"
            parts.append((shown.rjust(room), "dim"))
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        """Choose the name under the mouse."""
        start = 0
        for name, label in self._labels():
            start += len(label) + 1
            if event.x < start:
                self.post_message(self.Chosen(self, name))
                return
