"""Pictures of the explorer: colours and styles that plain text does not show.

`pytest tests/tui/test_snapshots.py --snapshot-update` draws them anew; look at them before they are committed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from docterm.library.library import Library
from docterm.tui.app import Explorer
from docterm.tui.session import Session
from tui.support import Desk

Compare = Callable[..., bool]


@pytest.fixture
def app(digests: Path, notebook: Path) -> Iterator[Explorer]:
    """Give an explorer on the two digests that shows no path."""
    session = Session(Library(digests), notebook)
    explorer = Explorer(session)
    explorer.animation_level = "none"
    explorer.bar._at_end = "~/library"
    yield explorer
    session.close()


def acting(app: Explorer, *keys: str, words: str = "") -> Callable[[Pilot[None]], object]:
    """Give what is done before the picture is taken: search for `words`, then press keys."""

    async def act(pilot: Pilot[None]) -> None:
        desk = Desk(app, pilot)
        await desk.settle()
        if words:
            await desk.search(words)
        await desk.press(*keys)

    return act


def test_library(snap_compare: Compare, app: Explorer) -> None:
    assert snap_compare(app, terminal_size=(90, 20), run_before=acting(app, "j"))


def test_search(snap_compare: Compare, app: Explorer) -> None:
    assert snap_compare(app, terminal_size=(120, 30), run_before=acting(app, "down", words="censorship "))


def test_read_selecting(snap_compare: Compare, app: Explorer) -> None:
    before = acting(app, "enter", "v", "a", "s", words="great firewall ")
    assert snap_compare(app, terminal_size=(90, 24), run_before=before)


def test_compare(snap_compare: Compare, app: Explorer) -> None:
    before = acting(app, "4", "D", "right_square_bracket")
    assert snap_compare(app, terminal_size=(120, 30), run_before=before)


def test_light(snap_compare: Compare, app: Explorer) -> None:
    app.theme = "textual-light"
    assert snap_compare(app, terminal_size=(90, 24), run_before=acting(app, "enter", words="moscow "))
