"""A line that names places to go to, with their keys."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from docterm.actions import Action, key_name

SHORTEST = 4
"""Cells that a title is cut to before it is left out."""
LEAST = 8
"""Cells that what stands at the end of the line is worth showing in."""


class NameBar(Widget):
    """Names actions with their keys, the current one lit up; a click on one does it.

    Where the names do not fit they are cut, and where there is no room for that only the current one is spelt out.
    `at_end` stands at the end of the line, in what room there is.
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
        """Give the name of each action, and what is shown of it: all of its title, or as much as there is room for."""
        longest = max(len(action.title) for action in self._actions)
        for most in range(longest, SHORTEST - 1, -1):
            labels = [(action.method, _label(action, most)) for action in self._actions]
            if sum(len(label) + 1 for _, label in labels) <= self.size.width:
                return labels
        return [
            (action.method, _label(action, longest if action.method == self._current else 0))
            for action in self._actions
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


def _label(action: Action, most: int) -> str:
    """Give the key of an action and at most so many cells of its title."""
    title = action.title if len(action.title) <= most else f"{action.title[: most - 1].rstrip()}…" if most else ""
    return f" {key_name(action.keys[0])} {title} " if title else f" {key_name(action.keys[0])} "
