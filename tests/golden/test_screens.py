"""Golden screens. `pytest tests/golden --update-golden` writes them anew; look at them before they are committed."""

from __future__ import annotations

import difflib
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

import pytest

from docterm.quotes import capture
from tui.support import Desk, Sit

FOLDER = Path(__file__).parent


class Noon(datetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz: object = None) -> Noon:
        return cls.fromisoformat("2024-05-06T12:00:00+00:00")


async def library(desk: Desk) -> None:
    await desk.press("j")


async def search(desk: Desk) -> None:
    await desk.search("censorship ")
    await desk.press("down")


async def fallback(desk: Desk) -> None:
    await desk.search("wuzhen tweets ")


async def read(desk: Desk) -> None:
    await desk.search("moscow ")
    await desk.press("enter")


async def selecting(desk: Desk) -> None:
    await desk.search("firewall ")
    await desk.press("enter", "v", "a", "s")


async def compare(desk: Desk) -> None:
    await desk.press("4", "D", "right_square_bracket")


async def subjects(desk: Desk) -> None:
    await desk.press("4", "I")
    await desk.type("firewall")
    await desk.press("enter", "plus")
    desk.app.clear_notifications()
    await desk.settle()


async def only_in(desk: Desk) -> None:
    await desk.press("4", "O", "j")


async def vocabulary(desk: Desk) -> None:
    await desk.press("4", "V", "p", "tab")


async def concordance(desk: Desk) -> None:
    await desk.press("4", "V", "l", "enter", "z", "j")


async def quotes(desk: Desk) -> None:
    for word in ("firewall ", "wuzhen ", "twitter "):
        await desk.search(word)
        await desk.press("enter", "a", "s", "y")
    await desk.press("5", "t")
    await desk.type("walls, trade")
    await desk.press("enter", "a")
    await desk.type("Compare with the other one.")
    await desk.press("enter")
    desk.app.clear_notifications()
    await desk.settle()


async def help_page(desk: Desk) -> None:
    await desk.press("question_mark")


SCREENS: list[tuple[str, int, int, Callable[[Desk], Awaitable[None]]]] = [
    ("library", 80, 24, library),
    ("search", 120, 36, search),
    ("search-fallback", 80, 24, fallback),
    ("read", 80, 24, read),
    ("read-selecting", 80, 24, selecting),
    ("compare", 120, 36, compare),
    ("vocabulary", 120, 36, vocabulary),
    ("concordance", 120, 36, concordance),
    ("subjects", 120, 36, subjects),
    ("only-in", 120, 36, only_in),
    ("wide-compare", 200, 50, compare),
    ("quotes", 120, 36, quotes),
    ("help", 80, 24, help_page),
    ("narrow-search", 60, 20, search),
    ("narrow-read", 60, 20, read),
    ("narrow-compare", 60, 20, compare),
    ("narrow-vocabulary", 60, 20, vocabulary),
    ("narrow-subjects", 60, 20, subjects),
    ("narrow-quotes", 60, 20, quotes),
]


@pytest.mark.parametrize(("name", "width", "height", "act"), SCREENS, ids=[name for name, *_ in SCREENS])
async def test_golden_screen(
    name: str,
    width: int,
    height: int,
    act: Callable[[Desk], Awaitable[None]],
    sit: Sit,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(capture, "datetime", Noon)
    async with sit(width, height) as desk:
        desk.app.bar._at_end = "~/library"
        desk.app.bar.refresh()
        await act(desk)
        found = "".join(f"{line}\n" for line in desk.lines)
    path = FOLDER / f"{name}.txt"
    if request.config.getoption("--update-golden"):
        path.write_text(found, "utf-8")
        return
    expected = path.read_text("utf-8")
    difference = difflib.unified_diff(
        expected.splitlines(), found.splitlines(), f"{path.name} (golden)", f"{path.name} (now)", lineterm=""
    )
    assert found == expected, "\n".join(["The screen has changed:", *difference])
