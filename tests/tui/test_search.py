"""Searching while typing."""

from __future__ import annotations

import asyncio

import pytest
from textual.command import CommandPalette

from tui.support import Desk, Sit


def hits(desk: Desk) -> list[str]:
    results = desk.app.search_area.results
    return [] if results is None else [str(hit.passage.address) for hit in results.hits]


async def test_results_come_while_one_types_and_say_how_the_words_were_read(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("s")
        assert desk.app.search_area.field.has_focus
        await desk.type("firew")
        assert "read as: firew*" in desk.flat
        assert hits(desk)
        await desk.type("all ")
        assert "read as: firewall" in desk.flat
        assert "voa2023:12" in hits(desk)
        assert "Great Firewall" in desk.text
        assert desk.app.search_area.field.has_focus
        assert desk.status.startswith(f"{len(hits(desk))} passage")


async def test_hits_are_marked_in_the_snippets_and_in_the_preview(sit: Sit) -> None:
    async with sit(140, 40) as desk:
        await desk.search("firewall ")
        marked = [segment.text for strip in desk.strips for segment in strip if segment.style and segment.style.bold]
        assert marked.count("Firewall") >= 2
        assert "voa2023:12" in desk.text


async def test_a_narrow_screen_has_no_preview(sit: Sit) -> None:
    async with sit(80, 24) as desk:
        await desk.search("firewall ")
        assert not desk.app.search_area.preview.display or not desk.app.search_area.preview.size
        await desk.resize(140, 30)
        assert desk.app.search_area.preview.size.width > 20
        assert "Firewall" in desk.text


async def test_words_that_no_passage_has_together_fall_back_with_a_note(sit: Sit) -> None:
    async with sit() as desk:
        await desk.search("wuzhen tweets ")
        results = desk.app.search_area.results
        assert results is not None
        assert results.hits
        assert results.notes
        assert " ".join(results.notes[0].split())[:20] in desk.flat


async def test_the_arrows_move_the_highlight_while_the_field_keeps_the_focus(sit: Sit) -> None:
    async with sit() as desk:
        await desk.search("censorship")
        area = desk.app.search_area
        assert area.list.highlighted == 0
        for key, row in (("down", 1), ("ctrl+n", 2), ("ctrl+p", 1), ("up", 0)):
            await desk.press(key)
            assert area.list.highlighted == row
            assert area.field.has_focus
            assert area.field.value == "censorship"
        assert not isinstance(desk.app.screen, CommandPalette), "ctrl+p moves in the field"
        await desk.press("escape", "ctrl+p")
        assert isinstance(desk.app.screen, CommandPalette), "and opens the palette everywhere else"


@pytest.mark.parametrize("downs", [0, 2])
async def test_enter_opens_the_highlighted_hit_with_the_hit_in_view(sit: Sit, downs: int) -> None:
    async with sit() as desk:
        await desk.search("censorship")
        results = desk.app.search_area.results
        assert results is not None
        hit = results.hits[downs]
        await desk.press(*["down"] * downs, "enter")
        assert desk.area == "read"
        assert desk.reader.has_focus
        assert desk.app.read_area.document == hit.document
        assert desk.reader.cursor == (hit.passage.index, hit.spans[0].start)
        assert desk.reader.is_in_sight(desk.reader.cursor)
        assert desk.status.startswith("hit ")
        assert f"para. {hit.passage.number}" in desk.status


async def test_escape_leaves_the_field_and_keeps_the_results(sit: Sit) -> None:
    async with sit() as desk:
        await desk.search("censorship")
        found = hits(desk)
        await desk.press("escape")
        assert desk.app.search_area.list.has_focus
        assert hits(desk) == found
        await desk.press("j", "enter")
        assert desk.app.read_area.document is not None
        await desk.press("2")
        assert hits(desk) == found
        assert desk.app.search_area.list.highlighted == 1


async def test_searching_again_starts_anew_with_the_old_words_selected(sit: Sit) -> None:
    async with sit() as desk:
        await desk.search("censorship")
        await desk.press("escape")
        await desk.search("moscow")
        assert desk.app.search_area.field.value == "moscow"


async def test_nothing_found_explains_itself(sit: Sit) -> None:
    async with sit() as desk:
        await desk.search("zzzzqqq ")
        assert not hits(desk)
        assert desk.status == "Nothing found."
        assert "read as: zzzzqqq" in desk.flat
        await desk.press("enter")
        assert desk.area == "search"
        assert "Nothing to open" in desk.toasts[-1]


@pytest.mark.parametrize("text", ['"', "(", "-", "*", "OR", "AND NOT", "a OR", '""', "[/b]", "\\", "NEAR/x", "~", ":"])
async def test_a_query_that_makes_no_sense_gets_a_sentence(sit: Sit, text: str) -> None:
    async with sit() as desk:
        await desk.search(text)
        assert str(desk.app.search_area.read_as.content).strip()
        assert not desk.errors


async def test_what_a_note_offers_is_not_cut_off_on_a_small_screen(sit: Sit) -> None:
    async with sit(80, 24) as desk:
        await desk.search("moscov censorshp kremln ")
        assert "The nearest word to “kremln” is “kremlin”." in desk.flat


async def test_an_emptied_field_explains_itself(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("s", "enter")
        assert desk.area == "search"
        await desk.type("mo")
        await desk.press("backspace", "backspace")
        assert not hits(desk)
        assert "type words" in desk.flat


async def test_typing_fast_ends_with_the_results_of_the_last_text(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("s")
        for character in "censorship ":
            desk._send(character)
            await asyncio.sleep(0)
        await desk.press("ctrl+u")  # while the search is still running
        await desk.type("wuzhen ")
        results = desk.app.search_area.results
        assert results is not None
        assert results.query == "wuzhen "
        assert "read as: wuzhen." in desk.flat
        assert desk.app.search_area.field.value == "wuzhen "


async def test_typing_ahead_loses_no_letter(sit: Sit) -> None:
    """All at once, as a script or a slow connection delivers it."""
    async with sit() as desk:
        await desk.type("swuzhen ")
        assert desk.area == "search"
        assert desk.app.search_area.field.value == "wuzhen "


@pytest.mark.parametrize("turns", range(0, 80, 8))
async def test_typing_ahead_loses_no_letter_whenever_the_next_one_comes(sit: Sit, turns: int) -> None:
    """The letters come while the area is being built for the first time, so many turns of the loop after the key."""
    async with sit() as desk:
        desk._send("s")
        for _ in range(turns):
            await asyncio.sleep(0)
        await desk.type("wuzhen ")
        assert desk.app.search_area.field.value == "wuzhen "


async def test_a_whole_way_may_be_typed_ahead(sit: Sit) -> None:
    """What follows `enter` is for the document, though neither the answer nor the document is there yet."""
    async with sit() as desk:
        for key in ("s", *"wuzhen agreement", "enter", "v", "a", "s"):
            desk._send(key)
        await desk.settle()
        assert desk.area == "read"
        assert desk.app.search_area.field.value == "wuzhen agreement"
        assert "Wuzhen" in (desk.selected() or "")


async def test_a_search_that_is_overtaken_leaves_nothing_behind(sit: Sit) -> None:
    """The words are taken away while they are still being searched for."""
    async with sit() as desk:
        await desk.press("s")
        desk._send("r")
        for _ in range(20):
            await asyncio.sleep(0)
        desk._send("backspace")
        await desk.settle()
        assert not hits(desk)
        assert "type words" in desk.flat


async def test_narrowing_the_results(sit: Sit) -> None:
    async with sit() as desk:
        await desk.search("censorship")
        every = desk.app.search_area.list.row_count
        await desk.press("escape", "slash")
        await desk.type("wuzhen")
        assert desk.app.search_area.list.row_count < every
        await desk.press("escape")
        assert desk.app.search_area.list.row_count == every
