"""Two documents compared: side by side, and in the other views."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.events import MouseScrollDown

from docterm.actions import key_name
from docterm.library.model import Passage, Place
from docterm.tui.compare_views.candidates import KEPT, LINKED, PINNED, UNLINKED, Candidate
from docterm.tui.compare_views.only_in import OnlyIn
from docterm.tui.compare_views.pane import Pane
from docterm.tui.compare_views.side_by_side import SideBySide
from docterm.tui.compare_views.table import VIEWS
from docterm.tui.compare_views.view import Which, action_of
from docterm.tui.dialogs.pick import Pick
from docterm.tui.rows import spot_of
from docterm.tui.session import Group
from docterm.tui.widgets.row_list import RowList
from tui.support import Desk, Sit


async def _compare(desk: Desk) -> SideBySide:
    await desk.press("4", "D")
    view = desk.app.compare_area.view
    assert isinstance(view, SideBySide)
    assert view.comparison is not None
    return view


def shown(desk: Desk) -> str:
    """Give the name of the view in sight."""
    return desk.app.compare_area.view.NAME


def of(view: SideBySide, pane: Pane, passage: Passage) -> list[Candidate]:
    """Give the candidates of a passage."""
    assert view.candidates is not None
    return view.candidates.of(pane.which, passage)


def linked(area: SideBySide) -> list[Passage]:
    """Give the passages of the leading side that have a counterpart."""
    side = area._leading
    return [passage for passage in side.reader.passages if of(area, side, passage)]


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
            expected = LINKED if of(area, area.left, passage) else UNLINKED
            assert notes.get(passage.index) == (expected if passage.number else None)


async def test_the_counterpart_of_a_linked_passage_is_brought_into_sight(sit: Sit) -> None:
    async with sit(110, 18) as desk:
        area = await _compare(desk)
        passages = linked(area)
        assert len(passages) >= 3
        for passage in passages:
            area.left.reader.go_to(Place(passage.index, 0))
            await desk.settle()
            target = of(area, area.left, passage)[0].passage
            assert area.right.reader.is_in_sight(Place(target.index, 0)), passage.address
            assert f"↔ para. {target.number}" in desk.status
            assert area.right.reader._marks, "what they share is marked on both sides"
            assert area.left.reader._marks


async def test_a_passage_without_a_counterpart_says_so(sit: Sit) -> None:
    async with sit(110, 18) as desk:
        area = await _compare(desk)
        alone = next(
            passage for passage in area.left.reader.passages if passage.number and not of(area, area.left, passage)
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


async def test_scrolling_is_linked_unlocked_or_slid(sit: Sit) -> None:
    async with sit(110, 24) as desk:
        area = await _compare(desk)
        left, right = area.left.reader, area.right.reader
        await desk.press("right_square_bracket", "equals_sign")
        assert desk.status.startswith("unlocked")
        top = right.top_row
        for _ in range(4):
            await desk.press("right_square_bracket")
        assert right.top_row == top
        right.scroll_to_line(7)
        left.scroll_to_line(20)
        await desk.settle()
        await desk.press("equals_sign")
        assert desk.status.startswith("slid")
        distance = right.top_row - left.top_row
        await desk.press("space")
        assert left.top_row != 20
        assert right.top_row - left.top_row == distance
        await desk.press("tab")
        assert right.has_focus
        await desk.press("space", "k", "b")
        assert right.top_row - left.top_row == distance, "the other side leads as well"
        await desk.press("equals_sign", "tab", "right_square_bracket")
        assert desk.status.startswith("linked")
        target = of(area, area.left, left.passages[left.cursor.passage])[0].passage
        assert right.is_in_sight(Place(target.index, 0))


async def test_angle_brackets_step_through_the_candidates_and_move_the_other_side(sit: Sit) -> None:
    async with sit(110, 30) as desk:
        area = await _compare(desk)
        passage = next(each for each in linked(area) if len(of(area, area.left, each)) == 3)
        area.left.reader.go_to(Place(passage.index, 0))
        await desk.settle()
        found = of(area, area.left, passage)
        assert len({each.passage.index for each in found}) == 3
        for number, candidate in [*enumerate(found, 1), (1, found[0])]:
            strip = [line for line in desk.lines if "/3  " in line]
            assert len(strip) == 3
            assert f"› {number}/3  {candidate.passage.address}  {candidate.said}" in strip[number - 1]
            assert f"↔ para. {candidate.passage.number}" in desk.status
            assert area.right.reader.is_in_sight(Place(candidate.passage.index, 0))
            lit = area.right.reader._marks[candidate.passage.index]
            assert {candidate.passage.text[span.start : span.end] for span in lit} >= set(candidate.shared[:1])
            await desk.press("greater_than_sign")
        await desk.press("less_than_sign", "j")
        assert "› 1/3" in desk.text, "the choice stays while the cursor is in the passage"
        line = next(index for index, each in enumerate(desk.lines) if "3/3  " in each)
        await desk.pilot.click(offset=(10, line))
        await desk.settle()
        assert "› 3/3" in desk.text


async def test_tab_keeps_the_pair_that_is_looked_at(sit: Sit) -> None:
    async with sit(110, 30) as desk:
        area = await _compare(desk)
        pairs = [(each, found) for each in linked(area) for found in of(area, area.left, each)[1:]]
        back = [each for each in pairs if each[0] in [other.passage for other in of(area, area.right, each[1].passage)]]
        passage, candidate = back[0]
        area.left.reader.go_to(Place(passage.index, 0))
        await desk.settle()
        for _ in of(area, area.left, passage)[: of(area, area.left, passage).index(candidate)]:
            await desk.press("greater_than_sign")
        await desk.press("tab")
        assert area.right.reader.cursor == Place(candidate.passage.index, 0)
        assert f"para. {candidate.passage.number} ↔ para. {passage.number}" in desk.status


async def test_the_wheel_leads_on_either_side(sit: Sit) -> None:
    async with sit(110, 24) as desk:
        area = await _compare(desk)
        await desk.pilot.hover(area.right.reader)
        area.right.reader.post_message(
            MouseScrollDown(area.right.reader, 5, 5, 0, 1, 0, shift=False, meta=False, ctrl=False)
        )
        await desk.settle()
        assert area.right.reader.has_focus
        assert area.right.has_class("-leading")


async def test_n_goes_from_hit_to_hit(sit: Sit) -> None:
    async with sit(110, 24) as desk:
        area = await _compare(desk)
        await desk.press("slash")
        await desk.type("beijing")
        await desk.press("enter", "n", "n", "N")
        assert area._hits.at(area.left.reader.cursor) == 1
        await desk.press("escape", "n")
        assert desk.toasts[-1] == "Nothing is being searched for here."


async def test_tab_goes_to_the_counterpart_and_back(sit: Sit) -> None:
    async with sit(110, 18) as desk:
        area = await _compare(desk)
        passage = linked(area)[0]
        area.left.reader.go_to(Place(passage.index, 0))
        await desk.settle()
        target = of(area, area.left, passage)[0].passage
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
        await desk.press("D")
        area = desk.app.compare_area.view
        assert desk.area == "compare"
        assert isinstance(area, SideBySide)
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


# --- views ---------------------------------------------------------------------------------------


async def _only_in(desk: Desk) -> OnlyIn:
    await desk.press("4", "O")
    view = desk.app.compare_area.view
    assert isinstance(view, OnlyIn)
    return view


async def test_the_line_of_views_names_each_with_its_key_and_a_click_goes_there(sit: Sit) -> None:
    async with sit(140, 40) as desk:
        await desk.press("4")
        area = desk.app.compare_area
        for view in VIEWS:
            action = action_of(view.NAME)
            assert f"{key_name(action.keys[0])} {action.title}" in desk.lines[1]
            await desk.pilot.click(area.names, offset=(desk.lines[1].index(action.title), 0))
            await desk.settle()
            assert area.view.NAME == view.NAME
            assert area.view.size.height > 10


async def test_views_are_built_when_they_are_first_come_to(sit: Sit) -> None:
    async with sit(140, 40) as desk:
        await desk.press("4")
        assert list(desk.app.compare_area.views) == [VIEWS[0].NAME]
        await desk.press("O")
        assert set(desk.app.compare_area.views) == {VIEWS[0].NAME, OnlyIn.NAME}


async def test_the_facts_of_both_sides_stand_above_every_view(sit: Sit) -> None:
    for width, height in ((140, 40), (60, 20)):
        async with sit(width, height) as desk:
            await desk.press("4")
            for view in VIEWS:
                await desk.press(action_of(view.NAME).keys[0])
                for fact in ("digest · Voice of America", "digest · Carnegie", "790 words", "3,865 word"):
                    assert fact in desk.flat, (view.NAME, width)


async def test_only_in_lists_what_has_no_close_passage_on_each_side(sit: Sit) -> None:
    async with sit(140, 40) as desk:
        view = await _only_in(desk)
        comparison = desk.app.compare_area.comparison
        assert comparison is not None
        for which, passages in ((Which.LEFT, comparison.only_left), (Which.RIGHT, comparison.only_right)):
            column = view.columns.columns[which]
            assert [spot_of(row).place.passage for row in column.list.row_ids] == [each.index for each in passages]
            assert f"Only in {which.letter}: {len(passages)} of" in str(column.heading.content)
        assert "It does not follow" in desk.status


async def test_enter_opens_a_passage_beside_the_other_text_and_ctrl_o_comes_back(sit: Sit) -> None:
    async with sit(140, 40) as desk:
        view = await _only_in(desk)
        await desk.press("j", "j")
        row = view.columns.list.row_id
        assert row is not None
        await desk.press("enter")
        area = desk.app.compare_area
        pair = area.views[SideBySide.NAME]
        assert isinstance(pair, SideBySide)
        assert shown(desk) == pair.NAME
        assert pair.left.reader.has_focus
        assert pair.left.reader.cursor == spot_of(row).place
        assert "no close passage found" in desk.status
        await desk.press("ctrl+o")
        assert shown(desk) == view.NAME
        assert view.columns.list.has_focus
        assert view.columns.list.row_id == row
        await desk.press("alt+right")
        assert shown(desk) == pair.NAME
        assert pair.left.reader.cursor == spot_of(row).place


async def test_q_leaves_an_opened_passage_for_the_list_it_was_opened_from(sit: Sit) -> None:
    async with sit(140, 40) as desk:
        view = await _only_in(desk)
        await desk.press("enter", "q")
        assert desk.app.compare_area.view is view
        await desk.press("q")
        assert desk.area == "library"


async def test_tab_goes_over_to_the_list_of_the_other_side(sit: Sit) -> None:
    for width in (140, 60):
        async with sit(width, 24) as desk:
            view = await _only_in(desk)
            assert (view.columns.columns[Which.RIGHT].size.width == 0) == (width < 100)
            await desk.press("tab")
            assert view.columns.columns[Which.RIGHT].size.width
            row = view.columns.list.row_id
            assert row is not None
            await desk.press("enter")
            pair = desk.app.compare_area.view
            assert isinstance(pair, SideBySide)
            assert pair.right.reader.has_focus
            assert pair.right.reader.cursor == spot_of(row).place


async def test_finding_narrows_the_list_of_what_stands_alone(sit: Sit) -> None:
    async with sit(140, 40) as desk:
        view = await _only_in(desk)
        before = view.columns.list.row_count
        await desk.press("slash")
        await desk.type("leaders")
        await desk.press("enter")
        assert 0 < view.columns.list.row_count < before
        await desk.press("escape")
        assert view.columns.list.row_count == before
        assert desk.app.compare_area.view is view


# --- judging -------------------------------------------------------------------------------------


def note(view: SideBySide, passage: Passage) -> str | None:
    """Give what the gutter of the left side says of a passage."""
    return view.left.reader._notes.get(passage.index)


async def _at(desk: Desk, view: SideBySide, passage: Passage) -> None:
    view.left.reader.go_to(Place(passage.index, 0))
    await desk.settle()


async def test_a_link_is_kept_and_no_longer_kept_and_that_is_undone(sit: Sit) -> None:
    async with sit(110, 30) as desk:
        view = await _compare(desk)
        passage = next(each for each in linked(view) if len(of(view, view.left, each)) > 1)
        await _at(desk, view, passage)
        second = of(view, view.left, passage)[1].passage
        await desk.press("greater_than_sign", "plus")
        assert of(view, view.left, passage)[0].passage == second, "what was kept stands before what is suggested"
        assert note(view, passage) == KEPT
        assert "kept" in desk.status
        assert desk.toasts[-1].startswith(f"Keeping the link from {passage.address} to {second.address}")
        await desk.press("plus")
        assert note(view, passage) == LINKED
        assert of(view, view.left, passage)[1].passage == second
        await desk.press("u")
        assert note(view, passage) == KEPT


async def test_a_rejected_candidate_is_offered_no_more_after_another_start_either(sit: Sit) -> None:
    async with sit(110, 30) as desk:
        view = await _compare(desk)
        passage = next(each for each in linked(view) if len(of(view, view.left, each)) == 1)
        target = of(view, view.left, passage)[0].passage
        await _at(desk, view, passage)
        await desk.press("minus")
        assert target not in [each.passage for each in of(view, view.left, passage)]
        assert note(view, passage) == UNLINKED
        assert "no close passage found" in desk.status
        await desk.press("O")
        assert (
            f"{passage.key}\n{passage.index}" in desk.app.compare_area.view.query_one("#left RowList", RowList).row_ids
        )
    async with sit(110, 30) as desk:
        view = await _compare(desk)
        assert target not in [each.passage for each in of(view, view.left, passage)]


async def test_a_pin_joins_the_passages_at_both_cursors(sit: Sit) -> None:
    async with sit(110, 30) as desk:
        view = await _compare(desk)
        alone = next(each for each in view.left.reader.passages if each.number and not of(view, view.left, each))
        await _at(desk, view, alone)
        await desk.press("P")
        assert desk.toasts[-1].startswith("There is no candidate here.")
        await desk.press("equals_sign", "tab", "g", "g", "right_curly_bracket", "right_curly_bracket")
        there = view.right.reader.passages[view.right.reader.cursor.passage]
        assert there.number
        await desk.press("tab")
        assert f"| there {there.key}, para. {there.number}" in desk.status
        await desk.press("P")
        assert note(view, alone) == PINNED
        assert [each.passage for each in of(view, view.left, alone)] == [there]
        await desk.press("P")
        assert note(view, alone) == UNLINKED, "a second time takes it back, and nothing else speaks for it"


async def test_the_reader_says_how_two_passages_stand_to_each_other(sit: Sit) -> None:
    async with sit(110, 30) as desk:
        view = await _compare(desk)
        passage = linked(view)[0]
        await _at(desk, view, passage)
        await desk.press("R")
        await desk.type("differs")
        await desk.press("enter")
        assert "kept, differs" in desk.status
        assert desk.events_on_disk()[-1]["value"]["relation"] == "differs"


async def test_shared_quotations_come_first_and_are_lit_as_a_whole(sit: Sit, make_library: Callable[..., Path]) -> None:
    quoted = "the ferry will sail at dawn whatever the wind"
    root = make_library(
        {
            "a.md": f"# A\n\nOn Monday the mayor said that {quoted}.\n\nGulls gather at the harbour, and terns.\n",
            "b.md": "# B\n\nMonday: mayor, mayor, mayor, said the mayor.\n\n"
            f"Terns and gulls gather at the harbour, and {quoted}, a poster reads.\n",
        }
    )
    async with sit(120, 30, root) as desk:
        view = await _compare(desk)
        first = next(each for each in view.left.reader.passages if each.number)
        await _at(desk, view, first)
        found = of(view, view.left, first)[0]
        assert "words alike" in found.said
        assert found.passage.text.startswith("Terns")
        lit = {found.passage.text[each.start : each.end] for each in view.right.reader._marks[found.passage.index]}
        assert quoted in lit


async def test_comparing_says_how_far_it_is_and_can_be_stopped(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(SideBySide, "say", lambda view, text: said.append(text))
    async with sit(110, 30) as desk:
        await _compare(desk)
        area = desk.app.compare_area
        assert area.wanted is not None
        area.compare(*area.wanted)
        await desk.settle()
        assert any(text.startswith("Comparing… ") and "% · q stops" in text for text in said)
        area.compare(*area.wanted)
        assert area.back(), "q stops the comparing and stays"
        await desk.settle()
        assert area.comparison is None
        assert said[-1].startswith("Stopped comparing.")
        await desk.press("4")
        assert area.comparison is not None


# --- groups --------------------------------------------------------------------------------------

GROUPED = {
    "first.md": "# The lighthouse\n\nThe lighthouse keeper counted forty gulls.\n\nNothing else is said.\n",
    "second.md": "# The quay\n\nTrams run along the quay until midnight.\n\nThe harbour office closes early.\n",
    "third.md": "# A letter\n\nForty gulls, the lighthouse keeper said.\n\nNo tram leaves the quay after midnight.\n",
}


async def _grouped(desk: Desk) -> SideBySide:
    """Compare a group of two documents with one."""
    view = await _compare(desk)
    documents = {document.key: document for document in desk.app.session.library.documents()}
    group = Group((documents["first"], documents["second"]), "the old ones")
    desk.app.compare_area.compare(group, Group.of(documents["third"]))
    await desk.settle()
    assert view.comparison is not None
    return view


async def test_a_group_shows_one_document_at_a_time_and_names_it(sit: Sit, make_library: Callable[..., Path]) -> None:
    async with sit(120, 30, make_library(GROUPED)) as desk:
        view = await _grouped(desk)
        assert "A  the old ones" in desk.text
        assert "2 documents" in desk.text
        assert "1/2  The lighthouse" in desk.text
        await desk.press("J")
        assert "2/2  The quay" in desk.text
        assert "Trams run along" in desk.text
        assert view.left.reader.has_focus
        await desk.press("J")
        assert desk.toasts[-1] == "There is no further document on this side."
        await desk.press("K", "K")
        assert "1/2  The lighthouse" in desk.text


async def test_a_candidate_in_another_document_of_the_group_is_opened(
    sit: Sit, make_library: Callable[..., Path]
) -> None:
    async with sit(120, 30, make_library(GROUPED)) as desk:
        view = await _grouped(desk)
        await desk.press("tab", "g", "g", "right_square_bracket")
        assert view.left.document is not None
        for passage in linked(view):
            view.right.reader.go_to(Place(passage.index, 0))
            await desk.settle()
            assert view.left.document.key == of(view, view.right, passage)[0].passage.key
        assert {of(view, view.right, each)[0].passage.key for each in linked(view)} == {"first", "second"}


async def test_only_in_opens_the_right_document_of_a_group(sit: Sit, make_library: Callable[..., Path]) -> None:
    async with sit(120, 30, make_library(GROUPED)) as desk:
        view = await _grouped(desk)
        await desk.press("O", "G", "enter")
        assert view.left.document is not None
        assert view.left.document.key == "second"
        assert view.left.reader.passages[view.left.reader.cursor.passage].text.startswith("The harbour office")


async def test_x_writes_the_report(sit: Sit, library_folder: Path, tmp_path: Path) -> None:
    async with sit(root=library_folder) as desk:
        await desk.open("storm")
        await desk.press("c")
        await desk.type("harbour")
        await desk.press("enter", "x")
        await desk.press("ctrl+u")
        await desk.type(str(tmp_path / "r.html"))
        await desk.press("enter")
        assert [toast for toast in desk.toasts if "The report is in" in toast]
        assert "storm and harbour compared" in (tmp_path / "r.html").read_text("utf-8")
        await desk.press("x", "ctrl+u")
        await desk.type(str(library_folder / "storm.txt"))
        await desk.press("enter")
        assert [error for error in desk.errors if "does not say what the report is to be" in error]


SOURCED = {
    **{
        name: text.replace("# ", f"---\nsource: {source}\n---\n# ", 1)
        for (name, text), source in zip(GROUPED.items(), ("Gazette", "Gazette", "Herald"), strict=True)
    },
}


async def test_c_offers_the_results_of_a_search_against_the_rest(sit: Sit, make_library: Callable[..., Path]) -> None:
    async with sit(120, 30, make_library(GROUPED)) as desk:
        await desk.search("lighthouse keeper ")
        await desk.press("enter", "2", "c")
        await desk.type("results")
        assert "the results of this search against the rest" in desk.flat
        await desk.press("enter")
        area = desk.app.compare_area
        assert area.comparison is not None
        assert area.comparison.left.keys == ("first", "third")
        assert area.comparison.right.keys == ("second",)
        assert area.comparison.left.label == "lighthouse keeper"


async def test_c_offers_sources_of_several_documents(sit: Sit, make_library: Callable[..., Path]) -> None:
    async with sit(120, 30, make_library(SOURCED)) as desk:
        keys = {document.path: document.key for document in desk.app.session.library.documents()}
        first, second, third = (keys[name] for name in GROUPED)
        await desk.open(third)
        await desk.press("c")
        await desk.type("source gaz")
        await desk.press("enter")
        comparison = desk.app.compare_area.comparison
        assert comparison is not None
        assert comparison.left.keys == (third,)
        assert (comparison.right.label, set(comparison.right.keys)) == ("source: Gazette", {first, second})
        await desk.open(first)
        await desk.press("c")
        await desk.type("against")
        await desk.press("enter")
        comparison = desk.app.compare_area.comparison
        assert comparison is not None
        assert (set(comparison.left.keys), comparison.right.keys) == ({first, second}, (third,))


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (
            120,
            " B Subjects   D Side by side   V Vocabulary   * Concordance"
            "   F Themes   W Voices   C Certainty   O Only in",
        ),
        (100, " B Subjects   D Side by…   V Vocabul…   * Concord…   F Themes   W Voices   C Certain…   O Only in"),
        (60, " B Subjects   D   V   *   F   W   C   O"),
    ],
)
async def test_the_views_are_named_as_far_as_there_is_room(sit: Sit, width: int, line: str) -> None:
    async with sit(width, 30) as desk:
        await desk.press("4")
        assert desk.lines[1] == line
