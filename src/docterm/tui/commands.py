"""The palette: the actions of the table that make sense from anywhere, by name."""

from __future__ import annotations

from collections.abc import Coroutine
from functools import partial
from typing import Any

from textual.command import DiscoveryHit, Hit, Hits, Provider

from docterm.actions import ACTIONS, Action, key_name

UNLISTED = {"app.palette", "app.back"}


class ActionCommands(Provider):
    """Offers the actions that work anywhere. Titles are docterm's own words, so the stock matcher may have them."""

    async def discover(self) -> Hits:
        """Give every command, before anything is typed."""
        for action in _offered():
            yield DiscoveryHit(action.title, self._run(action), help=_help(action))

    async def search(self, query: str) -> Hits:
        """Give the commands that match what is typed."""
        matcher = self.matcher(query)
        for action in _offered():
            score = matcher.match(action.title)
            if score > 0:
                yield Hit(score, matcher.highlight(action.title), self._run(action), help=_help(action))

    def _run(self, action: Action) -> partial[Coroutine[Any, Any, bool]]:
        return partial(self.app.run_action, action.method)


def _offered() -> list[Action]:
    return [each for each in ACTIONS if each.id.startswith(("area.", "app.")) and each.id not in UNLISTED]


def _help(action: Action) -> str:
    return f"{key_name(action.keys[0])}: {action.help}"
