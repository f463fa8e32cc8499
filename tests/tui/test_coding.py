"""Coding words in the reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from docterm.quotes.themes.codebook import codes
from docterm.quotes.themes.coding import codings
from docterm.tui.dialogs.code_bar import CodeBar
from tui.support import Desk, Sit


def given(desk: Desk) -> list[tuple[str, str, str]]:
    """Give what was coded: address, code and memo."""
    return [(str(each.cut.address), each.code, each.memo) for each in codings(desk.app.session.notebook)]


async def test_a_selection_is_coded_by_one_key_and_the_next_one_with_a_dot(sit: Sit, library_folder: Path) -> None:
    async with sit(root=library_folder) as desk:
        await desk.open("storm")
        await desk.press("}", "}", "}", "v", "a", "s", "t")
        assert isinstance(desk.app.screen, CodeBar)
        await desk.press("c")
        await desk.press("}", "v", "a", "s", "full_stop")
        assert given(desk) == [("storm:1", "cause", ""), ("storm:2", "cause", "")]
        assert not desk.app.read_area.reader.is_selecting
        assert " 1 c " in desk.text
        await desk.press("u")
        assert given(desk) == [("storm:1", "cause", "")]
        await desk.press("3")
        assert desk.app.session.notebook.quotes() == ()


async def test_a_memo_is_asked_for_and_a_new_code_made(sit: Sit, library_folder: Path) -> None:
    async with sit(root=library_folder) as desk:
        await desk.open("storm")
        await desk.press("}", "}", "}", "v", "a", "s", "t", "tab", "plus")
        await desk.type("law of the sea")
        await desk.press("enter")
        await desk.type("so it says")
        await desk.press("enter")
        assert given(desk) == [("storm:1", "law of the sea", "so it says")]
        assert [(code.name, code.key) for code in codes(desk.app.session.notebook)][-1] == ("law of the sea", "1")


@pytest.mark.parametrize(
    "keys", [("t",), ("full_stop",), ("v", "a", "s", "t", "escape"), ("v", "a", "s", "t", "x", "escape")]
)
async def test_nothing_is_coded_without_words_or_a_code(sit: Sit, library_folder: Path, keys: tuple[str, ...]) -> None:
    async with sit(root=library_folder) as desk:
        await desk.open("storm")
        await desk.press("}", "}", "}", *keys)
        assert given(desk) == []
        assert not isinstance(desk.app.screen, CodeBar)


async def test_themes_stand_code_by_code_with_empty_ones_and_are_opened_quoted_and_taken_off(
    sit: Sit, library_folder: Path
) -> None:
    async with sit(root=library_folder, width=140) as desk:
        await desk.open("storm")
        await desk.press("}", "}", "}", "v", "a", "s", "t", "p", "c")
        await desk.type("harbour")
        await desk.press("enter", "F")
        assert "A: storm, 1 coding" in desk.text
        assert "B: harbour, 0 codings" in desk.text
        assert desk.text.count("nothing coded") == 7
        await desk.press("a")
        await desk.type("three days")
        await desk.press("enter")
        assert "storm:1 · three days" in desk.text
        await desk.press("y")
        assert [str(quote.address) for quote in desk.app.session.notebook.quotes()] == ["storm:1"]
        await desk.press("enter")
        assert desk.app.compare_area.view.NAME == "side-by-side"
        await desk.press("ctrl+o", "delete")
        assert given(desk) == []
        await desk.press("u")
        assert given(desk) == [("storm:1", "problem", "three days")]
