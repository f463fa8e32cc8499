"""Two documents side by side."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from docterm.library.model import Passage, Place
from docterm.tui.areas.compare import LINKED, UNLINKED, CompareArea
from docterm.tui.dialogs.pick import Pick
from tui.support import Desk, Sit


async def _compare(desk: Desk) -> CompareArea:
    await desk.press("4")
    area = desk.app.compare_area
    assert area.comparison is not None
    return area


def linked(area: CompareArea) -> list[Passage]:
    """Give the passages of the leading side that have a counterpart."""
    side = area._leading
    return [passage for passage in side.reader.passages if area._links(side, passage)]


async def test_area_4_compares_and_tells_the_facts_first(sit: Sit) -> None:
    async with sit(140, 40) as desk:
        area = await _compare(desk)
        assert area.left.document is not None
        assert area.right.document is not None
        assert {area.left.document.key, area.right.document.key} == {"voa2023", "gabuev2021"}
        for fact in ("Voice of America", "Carnegie", "paragraphs", "inside quotation marks"):
            assert fact in desk.flat
        assert area.left.has_class("-leading")
        assert LINKED in desk.text
        notes = area.left.reader._notes
        for passage in area.left.reader.passages:
            expected = LINKED if area._links(area.left, passage) else UNLINKED
            assert notes.get(passage.index) == (expected if passage.number else None)


async def test_the_counterpart_of_a_linked_passage_is_brought_into_sight(sit: Sit) -> None:
    async with sit(110, 18) as desk:
        area = await _compare(desk)
        passages = linked(area)
        assert len(passages) >= 3
        for passage in passages:
            area.left.reader.go_to(Place(passage.index, 0))
            await desk.settle()
            target = area._target(area.left, area._links(area.left, passage)[0])
            assert area.right.reader.is_in_sight(Place(target.index, 0)), passage.address
            assert f"↔ para. {target.number}" in desk.status
            assert area.right.reader._marks, "what they share is marked on both sides"
            assert area.left.reader._marks


async def test_a_passage_without_a_counterpart_says_so(sit: Sit) -> None:
    async with sit(110, 18) as desk:
        area = await _compare(desk)
        alone = next(
            passage for passage in area.left.reader.passages if passage.number and not area._links(area.left, passage)
        )
        area.left.reader.go_to(Place(alone.index, 0))
        await desk.settle()
        assert f"{alone.key}, para. {alone.number}: no close passage found" in desk.status
        assert not area.left.reader._marks
        assert not area.right.reader._marks


async def test_brackets_step_from_link_to_link(sit: Sit) -> None:
    async with sit(110, 18) as desk:
        area = await _compare(desk)
        area.left.reader.go_to(Place(0, 0))
        await desk.settle()
        expected = [passage.index for passage in linked(area)]
        seen: list[int] = []
        for _ in expected:
            await desk.press("right_square_bracket")
            seen.append(area.left.reader.cursor.passage)
        assert seen == expected
        await desk.press("right_square_bracket")
        assert desk.toasts[-1] == "No further linked passage."
        await desk.press("left_square_bracket")
        assert area.left.reader.cursor.passage == expected[-2]


async def test_linked_scrolling_can_be_turned_off(sit: Sit) -> None:
    async with sit(110, 18) as desk:
        area = await _compare(desk)
        await desk.press("equals_sign")
        assert "not linked" in desk.status
        top = area.right.reader.top_row
        for _ in range(4):
            await desk.press("right_square_bracket")
        assert area.right.reader.top_row == top
        await desk.press("equals_sign")
        assert "linked" in desk.status
        target = area._target(area.left, area._links(area.left, linked(area)[3])[0])
        assert target is not None


async def test_tab_goes_to_the_counterpart_and_back(sit: Sit) -> None:
    async with sit(110, 18) as desk:
        area = await _compare(desk)
        passage = linked(area)[0]
        area.left.reader.go_to(Place(passage.index, 0))
        await desk.settle()
        target = area._target(area.left, area._links(area.left, passage)[0])
        await desk.press("tab")
        assert area.right.reader.has_focus
        assert area.right.has_class("-leading")
        assert not area.left.has_class("-leading")
        assert area.right.reader.cursor == (target.index, 0)
        await desk.press("tab")
        assert area.left.reader.has_focus
        assert area.left.has_class("-leading")


async def test_the_wheel_is_followed_too(sit: Sit) -> None:
    async with sit(110, 18) as desk:
        area = await _compare(desk)
        area.left.reader.scroll_to(y=60, animate=False, force=True)
        await desk.settle()
        passage = area.left.reader.passages[area.left.reader.top_passage]
        assert desk.status.startswith(
            (f"linked · {passage.key}, para. {passage.number}", f"linked · {passage.role.value}")
        )


async def test_y_saves_from_the_leading_side(sit: Sit) -> None:
    async with sit(110, 18) as desk:
        area = await _compare(desk)
        passage = linked(area)[0]
        area.left.reader.go_to(Place(passage.index, 0))
        await desk.press("tab", "v", "a", "s", "y")
        assert area.right.document is not None
        (quote,) = desk.app.session.notebook.quotes()
        assert quote.key == area.right.document.key
        assert desk.toasts[-1].startswith(f"Saved the paraphrase from {quote.key}, para. {quote.address.first}")


async def test_c_picks_the_other_document(sit: Sit, library_folder: Path) -> None:
    async with sit(120, 30, library_folder) as desk:
        await desk.open("storm")
        await desk.press("c")
        assert isinstance(desk.app.screen, Pick)
        assert "Compare storm with" in desk.flat
        await desk.type("harb")
        await desk.press("down", "ctrl+p", "escape")
        assert desk.area == "read", "escape compares nothing"
        await desk.press("c")
        await desk.type("night")
        await desk.press("enter")
        area = desk.app.compare_area
        assert desk.area == "compare"
        assert area.left.document is not None
        assert area.right.document is not None
        assert (area.left.document.key, area.right.document.title) == ("storm", "The harbour at night")
        assert area.comparison is not None
        assert area.left.reader.has_focus


async def test_comparing_takes_two_documents(sit: Sit, make_library: Callable[..., Path]) -> None:
    async with sit(root=make_library({"one.txt": "Only one document is here.\n"})) as desk:
        await desk.press("c")
        assert desk.toasts[-1] == "Comparing takes two documents."
        await desk.press("4")
        assert desk.status == "Comparing takes two documents, and this library has fewer."


async def test_documents_without_anything_in_common(sit: Sit, make_library: Callable[..., Path]) -> None:
    root = make_library({"a.txt": "Whales sing under water.\n", "b.txt": "Trams run along the quay.\n", "c.txt": ""})
    async with sit(120, 30, root) as desk:
        area = await _compare(desk)
        assert not linked(area)
        await desk.press("j", "right_square_bracket", "tab", "j", "equals_sign", "G", "g", "g")
        assert "no close passage found" in desk.status
        assert not desk.errors


async def test_a_narrow_screen_shows_the_leading_side_only(sit: Sit) -> None:
    async with sit(70, 24) as desk:
        area = await _compare(desk)
        assert area.left.size.width > 60
        assert not area.right.size.width
        await desk.press("tab")
        assert area.right.size.width > 60
        await desk.resize(140, 24)
        assert area.left.size.width > 60


async def test_finding_goes_from_place_to_place(sit: Sit) -> None:
    async with sit(110, 18) as desk:
        area = await _compare(desk)
        await desk.press("slash")
        await desk.type("beijing")
        await desk.press("enter")
        cursor = area.left.reader.cursor
        assert area.left.reader.passages[cursor.passage].text[cursor.offset :].startswith("Beijing")
        found = area._hits.marks
        assert area.left.reader._current in found
        assert sum(map(len, area.left.reader._marks.values())) == len(found)
        await desk.press("j", "j")
        assert sum(map(len, area.left.reader._marks.values())) == len(found), "the marks stay"
        await desk.press("escape")
        assert desk.area == "compare"
        assert not area._hits


async def test_finding_counts_in_the_text_itself(sit: Sit, make_library: Callable[..., Path]) -> None:
    root = make_library({"one.txt": "First\n\nİİİ and then a gull.\n", "two.txt": "Second\n\nNothing here.\n"})
    async with sit(110, 18, root) as desk:
        area = await _compare(desk)
        await desk.press("slash")
        await desk.type("gull")
        await desk.press("enter")
        cursor = area.left.reader.cursor
        assert area.left.reader.passages[cursor.passage].text[cursor.offset :] == "gull."
