"""The list: many rows, headings, any width, keys and mouse."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.strip import Strip

import docterm.tui
from docterm.text import sanitise
from docterm.tui.widgets.row_list import NO_MATCH, ListRow, RowList

LINES = st.lists(st.text(max_size=60).map(sanitise).map(lambda text: text.replace("\n", " ")), min_size=1, max_size=3)


class Board(App[None]):
    """A screen with nothing but a list."""

    CSS_PATH = Path(docterm.tui.__file__).with_name("docterm.tcss")

    def __init__(self, rows: Sequence[ListRow]) -> None:
        super().__init__()
        self.rows = rows
        self.list = RowList(empty="Nothing here.")
        self.chosen: list[str] = []
        self.highlighted: list[str | None] = []

    def compose(self) -> ComposeResult:
        yield self.list

    def on_mount(self) -> None:
        self.list.set_rows(self.rows)
        self.list.focus()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        self.chosen.append(event.row_id)

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        self.highlighted.append(event.row_id)

    @property
    def lines(self) -> list[str]:
        return [strip.text.rstrip() for strip in self.screen._compositor.render_strips()]


@asynccontextmanager
async def board(rows: Sequence[ListRow], width: int = 40, height: int = 10) -> AsyncIterator[tuple[Board, Pilot[None]]]:
    app = Board(rows)
    async with app.run_test(size=(width, height)) as pilot:
        await pilot.pause()
        yield app, pilot


def row(name: str, *lines: str) -> ListRow:
    return ListRow(name, [[(line, "")] for line in lines or (name,)], " ".join((name, *lines)))


def heading(text: str) -> ListRow:
    return ListRow("", [[(text, "heading")]], is_heading=True)


GROUPS = [heading("Fruit"), row("apple"), row("pear"), heading("Trees"), row("oak"), row("pear tree")]


async def test_only_rows_in_sight_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[object, ...]] = []
    draw = RowList._strip

    def count(self: RowList, *line: Any) -> Strip:
        drawn.append(line)
        return draw(self, *line)

    monkeypatch.setattr(RowList, "_strip", count)
    async with board([row(f"row {number}", f"row {number}", "about it") for number in range(5000)]) as (app, pilot):
        assert app.lines[:2] == [" row 0", " about it"]
        assert app.list.virtual_size.height == 10_000
        await pilot.press("G")
        assert [line[:10].rstrip() for line in app.lines[-2:]] == [" row 4999", " about it"]
        assert len(drawn) < 100


async def test_headings_are_passed_over_and_come_into_sight_with_their_first_row() -> None:
    async with board(GROUPS, height=3) as (app, pilot):
        assert app.list.row_id == "apple"
        assert app.lines[0] == " Fruit"
        seen = []
        for _ in range(5):
            await pilot.press("j")
            seen.append(app.list.row_id)
        assert seen == ["pear", "oak", "pear tree", "apple", "pear"]
        await pilot.press("g", "g")
        assert app.list.row_id == "apple"
        assert app.lines[0] == " Fruit"
        await pilot.press("k")
        assert app.list.row_id == "pear tree"
        for key, expected in (("home", "apple"), ("pagedown", "oak"), ("pagedown", "pear tree"), ("pageup", "pear")):
            await pilot.press(key)
            assert app.list.row_id == expected, key


async def test_narrowing_keeps_the_headings_of_what_is_found() -> None:
    async with board(GROUPS) as (app, pilot):
        assert app.list.narrow("pear") == 2
        await pilot.pause()
        assert [line for line in app.lines if line] == [" Fruit", " pear", " Trees", " pear tree"]
        assert app.list.narrow("oak") == 1
        await pilot.pause()
        assert [line for line in app.lines if line] == [" Trees", " oak"]
        assert app.list.narrow("nothing") == 0
        assert app.list.row_id is None
        await pilot.pause()
        assert [line for line in app.lines if line] == [f" {NO_MATCH}"]
        await pilot.press("j", "k", "G", "space", "b", "enter")
        assert app.list.narrow("") == 4
        assert app.list.row_ids == ["apple", "pear", "oak", "pear tree"]


async def test_the_highlighted_row_stays_highlighted_while_it_is_there() -> None:
    async with board(GROUPS) as (app, pilot):
        app.list.highlight("oak")
        app.list.set_rows([row("new"), *GROUPS])
        assert app.list.row_id == "oak"
        app.list.set_rows(GROUPS[:3])
        assert app.list.row_id == "apple"
        app.list.start_with(list(reversed(GROUPS)))
        assert app.list.row_id == "pear tree"
        app.list.set_rows([])
        await pilot.pause()
        assert app.list.highlighted is None
        assert app.lines[0] == " Nothing here."
        await pilot.press("j", "enter")
        assert app.chosen == []


async def test_choosing_by_key_and_by_mouse() -> None:
    async with board(GROUPS) as (app, pilot):
        await pilot.press("j", "enter")
        assert app.chosen == ["pear"]
        await pilot.click(RowList, offset=(3, 4))
        assert app.chosen == ["pear", "oak"]
        await pilot.click(RowList, offset=(3, 0))
        await pilot.click(RowList, offset=(3, 9))
        assert app.chosen == ["pear", "oak"], "a heading and the empty space below are not to be chosen"
        assert app.list.row_id == "oak"
        assert app.highlighted == ["apple", "pear", "oak"]


async def test_the_wheel_scrolls_and_leaves_the_highlight() -> None:
    async with board([row(f"row {number}") for number in range(100)]) as (app, pilot):
        wheel = events.MouseScrollDown(app.list, 3, 3, 0, 1, 0, False, False, False)
        app.list.post_message(wheel)
        await pilot.pause(0.2)
        scrolled = app.list.top_row
        assert scrolled > 1
        assert app.list.row_id == "row 0"
        await pilot.press("j")
        assert app.list.top_row < scrolled, "and the next key brings the highlighted row back into sight"


async def test_further_lines_of_a_long_line_are_indented_like_the_first() -> None:
    async with board([row("a", "  one two three four five six")], width=16) as (app, _):
        assert [line for line in app.lines if line] == ["   one two", "   three four", "   five six"]


@settings(max_examples=25)
@given(st.lists(LINES, max_size=6), st.lists(st.tuples(st.integers(1, 60), st.integers(1, 12)), min_size=1, max_size=4))
def test_any_rows_at_any_size(texts: list[list[str]], sizes: list[tuple[int, int]]) -> None:
    rows = [row(f"{index}", *lines) for index, lines in enumerate(texts)]

    async def look() -> None:
        async with board(rows, *sizes[0]) as (app, pilot):
            for width, height in sizes:
                await pilot.resize_terminal(width, height)
                await pilot.press("j", "G", "space", "k")
                assert all(cell_len(line) <= width for line in app.lines)

    asyncio.run(look())
