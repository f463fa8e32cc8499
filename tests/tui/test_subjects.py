"""Subjects of a comparison: the first view of area 4."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from docterm.library.model import Passage
from docterm.tui.compare_views.side_by_side import SideBySide
from docterm.tui.compare_views.subjects import Subjects
from docterm.tui.compare_views.view import Which
from docterm.tui.rows import spot_of
from docterm.tui.session import Group
from tui.support import Desk, Sit


async def _subjects(desk: Desk) -> Subjects:
    await desk.press("4")
    view = desk.app.compare_area.view
    assert isinstance(view, Subjects)
    assert view.comparison is not None
    return view


async def _type(desk: Desk, words: str) -> None:
    await desk.press("I")
    await desk.type(words)
    await desk.press("enter")


def passages(view: Subjects, which: Which) -> list[Passage]:
    """Give the passages that a column lists."""
    assert view.comparison is not None
    side = view.comparison.left if which is Which.LEFT else view.comparison.right
    spots = [spot_of(row_id) for row_id in view.columns.columns[which].list.row_ids]
    return [side.passages[side.keys.index(spot.key)][spot.place.passage] for spot in spots]


def named(view: Subjects) -> list[str]:
    """Give the names of the reader's own subjects in the list."""
    return [row_id.partition("\n")[2] for row_id in view.list.row_ids if row_id.startswith("own\n")]


async def test_comparing_begins_with_what_both_sides_share(sit: Sit) -> None:
    async with sit(140, 40) as desk:
        view = await _subjects(desk)
        assert view.list.has_focus
        assert view.comparison is not None
        assert [row.partition("\n")[2] for row in view.list.row_ids if row.startswith("offer\n")]
        assert len(view.list.row_ids) == len(view.comparison.subjects)
        for offer in view.comparison.subjects[:3]:
            assert f"{offer.left:>3} | {offer.right:>3}  {offer.text}" in desk.text
        assert "absence means little" in desk.status


async def test_the_highlighted_subject_shows_its_passages_on_both_sides(sit: Sit) -> None:
    async with sit(140, 40) as desk:
        view = await _subjects(desk)
        for _ in range(3):
            await desk.press("j")
            assert view.list.row_id is not None
            name = view.list.row_id.partition("\n")[2]
            for which in Which:
                found = passages(view, which)
                assert found
                assert all(name.casefold() in passage.text.casefold() for passage in found[:1])
                assert f"{which.letter}: {name}, {len(found)} of" in desk.flat


async def test_a_typed_subject_shows_what_both_sides_have_on_it(sit: Sit) -> None:
    async with sit(140, 40) as desk:
        view = await _subjects(desk)
        await _type(desk, "Great Firewall")
        assert view.list.row_id == "own\nGreat Firewall"
        right = passages(view, Which.RIGHT)
        assert any("Great Firewall" in passage.text for passage in right)
        assert f"|{len(right):>4}  Great Firewall" in desk.text
        await _type(desk, "walrus")
        assert view.list.row_id == "own\nwalrus"
        assert "Nothing found on this subject." in desk.text
        await _type(desk, "!!")
        assert desk.toasts[-1].startswith("A subject needs a word.")


async def test_enter_goes_to_the_passages_and_from_there_side_by_side(sit: Sit) -> None:
    for width in (140, 60):
        async with sit(width, 24) as desk:
            view = await _subjects(desk)
            await _type(desk, "firewall")
            await desk.press("enter", "tab", "tab")
            assert view.columns.columns[Which.LEFT].list.has_focus or view.columns.columns[Which.RIGHT].list.has_focus
            if not passages(view, view.columns.leading):
                await desk.press("tab")
            passage = passages(view, view.columns.leading)[0]
            await desk.press("enter")
            pair = desk.app.compare_area.view
            assert isinstance(pair, SideBySide)
            document, reader = pair.quoted_from()
            assert document is not None
            assert (document.key, reader.cursor.passage) == (passage.key, passage.index)
            assert any(
                passage.text[span.start : span.end].casefold() == "firewall" for span in reader._marks[passage.index]
            )
            await desk.press("q")
            assert desk.app.compare_area.view is view
            assert view.columns.list.has_focus
            await desk.press("q")
            assert view.list.has_focus
            await desk.press("q")
            assert desk.area == "library"


async def test_a_subject_is_kept_for_later_and_for_other_comparisons(sit: Sit) -> None:
    async with sit(140, 40) as desk:
        view = await _subjects(desk)
        await _type(desk, "firewall")
        await desk.press("plus")
        assert "firewall  kept" in desk.text
        await desk.press("plus")
        assert "firewall  kept" not in desk.text
        assert named(view) == ["firewall"], "it is still there, but not kept"
        await desk.press("u")
        assert "firewall  kept" in desk.text
    async with sit(140, 40) as desk:
        view = await _subjects(desk)
        assert named(view) == ["firewall"]
        assert view.list.row_id == "own\nfirewall"


async def test_an_offered_subject_that_is_kept_moves_to_the_readers_own(sit: Sit) -> None:
    async with sit(140, 40) as desk:
        view = await _subjects(desk)
        await desk.press("j", "j")
        assert view.list.row_id is not None
        name = view.list.row_id.partition("\n")[2]
        await desk.press("plus")
        assert view.list.row_id == f"own\n{name}"
        assert f"offer\n{name}" not in view.list.row_ids


async def test_a_subject_gets_another_name_and_other_words(sit: Sit) -> None:
    async with sit(140, 40) as desk:
        view = await _subjects(desk)
        await _type(desk, "firewall")
        await desk.press("E")
        await desk.type("The wall")
        await desk.press("enter", "end")
        await desk.type(" OR blocking")
        await desk.press("enter")
        assert named(view) == ["The wall"]
        assert view.list.row_id == "own\nThe wall"
        assert desk.app.session.notebook.kept("subject")["The wall"]["query"] == "firewall OR blocking"
        await desk.press("delete")
        assert named(view) == []
        assert not desk.app.session.notebook.kept("subject")


async def test_a_passage_is_put_in_and_taken_out_by_hand(sit: Sit) -> None:
    async with sit(140, 40) as desk:
        view = await _subjects(desk)
        await desk.press("D", "A")
        assert desk.toasts[-1].startswith("No subject is kept yet.")
        await desk.press("B")
        await _type(desk, "firewall")
        await desk.press("plus", "D", "right_square_bracket", "right_square_bracket")
        pair = desk.app.compare_area.views[SideBySide.NAME]
        assert isinstance(pair, SideBySide)
        passage = pair.left.reader.passages[pair.left.reader.cursor.passage]
        assert passage not in passages(view, Which.LEFT)
        await desk.press("A", "enter")
        assert desk.toasts[-1] == f"{passage.address} is put into the subject “firewall”. `u` undoes it."
        await desk.press("B")
        assert passage in passages(view, Which.LEFT)
        assert f"{passage.address}  put in by hand" in desk.text
        await desk.press("enter")
        view.columns.columns[Which.LEFT].list.highlight(f"{passage.key}\n{passage.index}")
        await desk.press("delete")
        assert passage not in passages(view, Which.LEFT)
        await desk.press("u")
        assert passage in passages(view, Which.LEFT)


async def test_finding_narrows_the_list_that_has_the_focus(sit: Sit) -> None:
    async with sit(140, 40) as desk:
        view = await _subjects(desk)
        before = view.list.row_count
        await desk.press("slash")
        await desk.type("rus")
        await desk.press("enter")
        assert 0 < view.list.row_count < before
        await desk.press("q")
        assert view.list.row_count == before


async def test_sides_that_share_no_word_say_how_to_go_on(sit: Sit, make_library: Callable[..., Path]) -> None:
    root = make_library({"a.txt": "Whales sing under water.\n", "b.txt": "Trams run along the quay.\n"})
    async with sit(120, 30, root) as desk:
        view = await _subjects(desk)
        assert "`I` takes a subject that you type." in desk.flat
        await desk.press("plus", "delete", "E", "enter", "tab", "delete", "q")
        await _type(desk, "whales")
        assert [passage.text for passage in passages(view, Which.LEFT)] == ["Whales sing under water."]
        assert passages(view, Which.RIGHT) == []
        assert not desk.errors


async def test_a_document_against_itself_says_that_nothing_is_left(sit: Sit, make_library: Callable[..., Path]) -> None:
    root = make_library({"a.txt": "Whales sing under water.\n", "b.txt": "Trams run along the quay.\n"})
    async with sit(120, 30, root) as desk:
        await _subjects(desk)
        document = desk.app.session.library.documents()[0]
        desk.app.compare_area.compare(Group.of(document), Group.of(document))
        await desk.settle()
        assert desk.toasts[-1] == f"{document.key} is on both sides, and left out of both."
        await desk.press(
            "D", "j", "right_square_bracket", "greater_than_sign", "tab", "P", "equals_sign", "J", "O", "B"
        )
        assert not desk.errors
