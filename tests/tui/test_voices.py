"""The views of voices and of certainty."""

from __future__ import annotations

from pathlib import Path

import pytest

from docterm.tui.compare_views.certainty import CertaintyView
from docterm.tui.compare_views.side_by_side import SideBySide
from docterm.tui.compare_views.voices import VoicesView
from docterm.tui.dialogs.ask import Ask
from docterm.tui.dialogs.pick import Pick
from docterm.tui.widgets.reader import Reader
from tui.support import Desk, Sit

LEFT = [
    "“The ferries of Lindvik are safe,” said Mayor Ruth Adeyemi. Officials said that one may leak.",
    "“They are totally safe,” she added. The Port Office did not respond to a request for comment.",
]
RIGHT = ["Barley was dear in the “poor” harbour.", "Perhaps barley is dear, Adeyemi pointed out. Pilots said so."]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "voices"
    root.mkdir()
    for name, paragraphs in (("a-left", LEFT), ("b-right", RIGHT)):
        (root / f"{name}.md").write_text(f"# {name}\n\n" + "\n\n".join(paragraphs), "utf-8")
    return root


async def voices(desk: Desk) -> VoicesView:
    await desk.press("4", "W")
    view = desk.app.compare_area.view
    assert isinstance(view, VoicesView)
    return view


def rows(view: VoicesView) -> list[list[str]]:
    """Give the rows in words, headings included."""
    return ["".join(text for line in row.lines for text, _ in line).split() for row in view.list._shown]


def lit(reader: Reader) -> list[str]:
    """Give the words that are lit, in the order of the text."""
    return [
        reader.passages[index].text[slice(*span)] for index, spans in sorted(reader._marks.items()) for span in spans
    ]


def highlight(view: VoicesView, name: str) -> None:
    view.list.highlight(f"voice\n{name}")


async def test_voices_stand_in_columns_of_both_sides_those_without_a_name_apart(sit: Sit, folder: Path) -> None:
    async with sit(root=folder) as desk:
        view = await voices(desk)
        assert rows(view)[:8] == [
            "People, institutions, papers A quoted told words B quoted told words".split(),
            "Ruth Adeyemi 2 0 10".split(),
            "Adeyemi 0 1 4".split(),
            "Without a name A quoted told words B quoted told words".split(),
            "officials 0 1 3".split(),
            "pilots 0 1 1".split(),
            "Asked, and did not answer: 1".split(),
            rows(view)[7],
        ]
        assert "Port Office · no reply" in desk.flat
        assert "A: 2 voices, 33% of what is said without a name" in desk.flat


async def test_enter_lists_what_a_voice_says_and_opens_it_side_by_side(sit: Sit, folder: Path) -> None:
    async with sit(root=folder) as desk:
        view = await voices(desk)
        highlight(view, "Ruth Adeyemi")
        await desk.press("enter")
        assert [row.id.partition("\n")[0] for row in view.list._shown if not row.is_heading] == ["entry", "entry"]
        await desk.press("j", "enter")
        beside = desk.app.compare_area.view
        assert isinstance(beside, SideBySide)
        passage = beside.left.reader.passages[beside.left.reader.cursor.passage]
        assert passage.text == LEFT[1]
        assert lit(beside.left.reader) == ["They are totally safe,", "she"]
        await desk.press("ctrl+o")
        assert desk.app.compare_area.view is view
        assert "What it says: 2" in desk.flat
        await desk.press("q")
        assert "Without a name" in desk.flat
        assert view.list.row_id == "voice\nRuth Adeyemi"


async def test_voices_are_merged_renamed_and_marked_wrong_and_that_can_be_undone(sit: Sit, folder: Path) -> None:
    async with sit(root=folder) as desk:
        view = await voices(desk)
        highlight(view, "Adeyemi")
        await desk.press("i")
        assert Pick in map(type, desk.app.screen_stack)
        await desk.type("ruth")
        await desk.press("enter")
        assert "Ruth Adeyemi 2 0 10 0 1 4".split() in rows(view)
        highlight(view, "officials")
        await desk.press("r")
        assert Ask in map(type, desk.app.screen_stack)
        await desk.type("officials of Lindvik")
        await desk.press("enter")
        assert "officials of Lindvik 0 1 3".split() in rows(view)
        highlight(view, "pilots")
        await desk.press("delete")
        assert "Marked as wrong: 1".split() in rows(view)
        await desk.press("G", "delete")
        assert "Marked as wrong: 1".split() not in rows(view)
        await desk.press("u", "u", "u", "u")
        assert "Adeyemi 0 1 4".split() in rows(view)
        assert "officials 0 1 3".split() in rows(view)


async def test_one_entry_is_given_to_another_voice(sit: Sit, folder: Path) -> None:
    async with sit(root=folder) as desk:
        view = await voices(desk)
        highlight(view, "Ruth Adeyemi")
        await desk.press("enter", "r")
        await desk.press(*["backspace"] * 20)
        await desk.type("Lind")
        await desk.press("enter", "q")
        assert "Lind 1 0 6".split() in rows(view)
        assert "Ruth Adeyemi 1 0 4".split() in rows(view)


async def test_correcting_nothing_does_nothing(sit: Sit, folder: Path) -> None:
    async with sit(root=folder) as desk:
        view = await voices(desk)
        before = rows(view)
        highlight(view, "pilots")
        for keys in (("r", "escape"), ("i", "escape"), ("r", "enter")):
            await desk.press(*keys)
        assert rows(view) == before
        await desk.press("slash")
        await desk.type("nobodyatall")
        await desk.press("enter", "r", "i", "delete", "enter")
        assert desk.app.session.notebook.kept("voice") == {}


@pytest.mark.parametrize("size", [(60, 20), (140, 40)])
async def test_a_row_of_a_voice_takes_one_line(sit: Sit, folder: Path, size: tuple[int, int]) -> None:
    async with sit(*size, root=folder) as desk:
        view = await voices(desk)
        tops = view.list._tops
        for index, row in enumerate(view.list._shown):
            if row.id.startswith("voice"):
                assert tops[index + 1] - tops[index] == 1


async def test_certainty_tells_the_rates_and_lists_every_hit_in_its_sentence(sit: Sit, folder: Path) -> None:
    async with sit(140, 40, root=folder) as desk:
        await desk.press("4", "C")
        view = desk.app.compare_area.view
        assert isinstance(view, CertaintyView)
        for told in ("A: 30.3 hedges, 30.3 boosters", "Hedges: 1 may", "Boosters: 1 totally", "Negation: 1 not"):
            assert told in desk.flat
        assert "Officials said that one may leak." in desk.flat
        assert "hedge · may" in desk.flat
        await desk.press("j", "enter")
        beside = desk.app.compare_area.view
        assert isinstance(beside, SideBySide)
        assert lit(beside.left.reader) == ["totally"]
        await desk.press("ctrl+o", "tab", "enter")
        assert lit(beside.right.reader) == ["Perhaps"]


async def test_both_views_take_an_empty_side(sit: Sit, folder: Path) -> None:
    (folder / "a-left.md").write_text("# Left\n", "utf-8")
    async with sit(root=folder) as desk:
        await voices(desk)
        assert "A: 0 voices" in desk.flat
        await desk.press("C")
        assert "A: 0.0 hedges" in desk.flat
