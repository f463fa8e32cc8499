"""Key bindings, made from the table of actions."""

from __future__ import annotations

from collections.abc import Mapping

from textual.binding import Binding, BindingType

from docterm.actions import ACTIONS, Action, key_name


def bindings(*prefixes: str) -> list[BindingType]:
    """Give the bindings of all actions whose ids begin with one of `prefixes`; keys of two strokes are left out."""
    return [_binding(action) for action in ACTIONS if action.id.startswith(prefixes) and _single(action)]


def strokes(*prefixes: str) -> Mapping[str, str]:
    """Give, for the keys of two strokes, the method of their action: `{"g g": "first"}`."""
    return {
        keys: action.method
        for action in ACTIONS
        if action.id.startswith(prefixes)
        for keys in action.keys
        if " " in keys
    }


def _single(action: Action) -> list[str]:
    return [key for key in action.keys if " " not in key]


def _binding(action: Action) -> Binding:
    keys = _single(action)
    return Binding(
        ",".join(keys),
        action.method,
        action.title,
        show=action.footer,
        key_display=key_name(keys[0]),
        id=action.id,
        tooltip=action.help,
    )


class Strokes:
    """Collects keys of two strokes for a widget: feed it each key, and it gives the method when one is complete."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self._table = table
        self._pending = ""

    def feed(self, key: str) -> str | None:
        """Take a key. Give the method of the pair it completes, "" when it begins one, None when it does neither."""
        first, self._pending = self._pending, ""
        if first and (method := self._table.get(f"{first} {key}")):
            return method
        if any(keys.startswith(f"{key} ") for keys in self._table):
            self._pending = key
            return ""
        return None
