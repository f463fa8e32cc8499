"""The palette: by name, the actions of the table that can be done where the reader is."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from functools import partial
from typing import Any

from textual.binding import Binding
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.dom import DOMNode
from textual.widgets import OptionList

from docterm.actions import ACTIONS, Action, key_name

UNLISTED = {"app.palette", "app.back"}
UNLISTED_KINDS = ("list.", "text.")  # moving is done by keys


class Palette(CommandPalette):
    """Textual's palette with docterm's actions in it."""

    def __init__(self) -> None:
        super().__init__(providers=[ActionCommands], placeholder="command")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the list alone until it has room on the screen: Textual's fails when it is moved before that."""
        if action == "command_list" and not self.query_one(OptionList).scrollable_content_region:
            return False
        return super().check_action(action, parameters)


class ActionCommands(Provider):
    """Offers actions. Their titles are docterm's own words, so the stock matcher may have them."""

    async def discover(self) -> Hits:
        """Give every command, before anything is typed."""
        for action, run in self._offered():
            yield DiscoveryHit(action.title, run, help=_help(action))

    async def search(self, query: str) -> Hits:
        """Give the commands that match what is typed."""
        matcher = self.matcher(query)
        for action, run in self._offered():
            score = matcher.match(action.title)
            if score > 0:
                yield Hit(score, matcher.highlight(action.title), run, help=_help(action))

    def _offered(self) -> Iterator[tuple[Action, Callable[[], Coroutine[Any, Any, bool]]]]:
        """Give the actions that the focus, or what it is in, can do, each with the call that does it."""
        nodes: list[DOMNode] = [*(self.focused.ancestors_with_self if self.focused is not None else (self.app,))]
        for action in ACTIONS:
            if action.id in UNLISTED or action.id.startswith(UNLISTED_KINDS):
                continue
            node = next((node for node in nodes if _can(node, action)), None)
            if node is not None:
                yield action, partial(self.app.run_action, action.method, default_namespace=node)


def _can(node: DOMNode, action: Action) -> bool:
    """Say whether a key of a node does this action: its name alone would find Textual's actions too."""
    return any(isinstance(each, Binding) and each.id == action.id for each in _own_bindings(node))


def _own_bindings(node: DOMNode) -> Iterator[object]:
    for kind in type(node).__mro__:
        yield from vars(kind).get("BINDINGS", ())


def _help(action: Action) -> str:
    return f"{key_name(action.keys[0])}: {action.help}"
