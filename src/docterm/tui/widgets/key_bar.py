"""The last line of the screen: the keys that are worth knowing where the reader is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from docterm.actions import key_name

GAP = 2
"""Cells between two keys."""


class Hint(NamedTuple):
    """A key, as it is named for the reader and for Textual, and what it does."""

    shown: str
    key: str
    title: str

    @property
    def cells(self) -> int:
        """The width it takes: key, space and title are docterm's own words, a cell a character."""
        return len(self.shown) + 1 + len(self.title)


def _is_text(focused: Widget | None, key: str) -> bool:
    """Say whether a key is typed into the focused view instead of doing something."""
    name = key_name(key)
    return focused is not None and len(name) == 1 and focused.check_consume_key(key, name)


class KeyBar(Widget):
    """Names keys, those of the focused view first; a click on one presses it."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"keys--key"}  # noqa: RUF012 - Textual declares it so

    def __init__(self) -> None:
        super().__init__()
        self._hints: Sequence[Hint] = ()

    def on_mount(self) -> None:
        """Follow the focus."""
        self.screen.bindings_updated_signal.subscribe(self, self._look)

    def _look(self, screen: Screen[object]) -> None:
        shown: dict[str, Hint] = {}
        for active in screen.active_bindings.values():
            binding = active.binding
            if not binding.show or not active.enabled or _is_text(screen.focused, binding.key):
                continue
            first = binding.key_display or binding.key
            name = key_name(binding.key) if _is_text(screen.focused, first) else first
            shown.setdefault(binding.action, Hint(name, binding.key, binding.description))
        hints = tuple(shown.values())
        if hints != self._hints:
            self._hints = hints
            self.refresh()

    def hints(self) -> Sequence[Hint]:
        """Give the keys that fit: the last one, which is help, always; of the others the first."""
        room = self.size.width - sum(hint.cells for hint in self._hints[-1:])
        fitting: list[Hint] = []
        for hint in self._hints[:-1]:
            room -= hint.cells + GAP
            if room < 0:
                break
            fitting.append(hint)
        return [*fitting, *self._hints[-1:]]

    def render(self) -> Content:
        """Give the line."""
        style = self.get_visual_style("keys--key")
        named = [Content.assemble((hint.shown, style), f" {hint.title}") for hint in self.hints()]
        return Content(" " * GAP).join(named)

    def on_click(self, event: events.Click) -> None:
        """Press the key under the mouse."""
        start = 0
        for hint in self.hints():
            if start <= event.x < start + hint.cells:
                self.app.simulate_key(hint.key)
            start += hint.cells + GAP
