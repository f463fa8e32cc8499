"""Reading: the cursor, the hits, finding, selecting."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.geometry import Offset

from docterm.library.model import Place
from docterm.tui.widgets.text_view import TextView
from tui.support import Desk, Sit, passages_of

TEXT = """# Four small paragraphs

The first one is short. It has two sentences.

The second paragraph is a little longer than the first, so that it takes more than one row on a narrow screen. \
It has two sentences as well, and a word at its end.

## A subhead

The third has U.S. officials in it, who said: “Never.” Then it ends.

The fourth one is the last.
"""


@pytest.fixture
def small(make_library: Callable[..., Path]) -> Path:
    """Give a library of two documents that is quickly read."""
    return make_library({"small.md": TEXT, "other.md": "# Another\n\nA paragraph with the word short in it.\n"})


async def _open_small(desk: Desk) -> None:
    await desk.open("small")
    assert [passage.role.value for passage in desk.reader.passages] == [
        "title",
        "body",
        "body",
        "subhead",
        "body",
        "body",
    ]


# --- the cursor ----------------------------------------------------------------------------------


async def test_the_cursor_moves_by_rows_words_and_paragraphs(sit: Sit, small: Path) -> None:
    async with sit(60, 24, small) as desk:
        await _open_small(desk)

        async def at(*keys: str) -> tuple[int, int]:
            await desk.press(*keys)
            assert desk.reader.is_in_sight(desk.reader.cursor)
            return desk.reader.cursor

        assert await at("j") == (1, 0)
        assert await at("j") == (2, 0), "empty rows are passed over"
        second_row = await at("j")
        assert second_row[0] == 2
        assert second_row[1] > 0
        assert await at("k") == (2, 0)
        assert await at("l", "l") == (2, 2)
        assert await at("h") == (2, 1)
        assert await at("0") == (2, 0)
        assert await at("w") == (2, 4)
        assert await at("e") == (2, 9)
        assert await at("w", "w") == (2, 21)
        last = len(desk.reader.passages[2].text) - 1
        assert await at("dollar_sign") == (2, last)
        assert (await at("j"))[0] == 3
        assert await at("right_curly_bracket") == (4, 0)
        assert await at("left_curly_bracket") == (3, 0)
        assert await at("l", "left_curly_bracket") == (3, 0), "first to the start of this one"
        assert await at("h") == (2, last + 1), "from the start of a passage to the end of the one before"
        assert await at("l") == (3, 0)
        assert await at("G") == (5, len(desk.reader.passages[5].text))
        assert await at("l") == (5, len(desk.reader.passages[5].text))
        assert await at("right_curly_bracket") == (5, 0)
        assert await at("g", "g") == (0, 0)
        assert await at("k", "h", "left_curly_bracket") == (0, 0)


async def test_the_cursor_keeps_its_column_over_shorter_rows(sit: Sit, small: Path) -> None:
    async with sit(80, 24, small) as desk:
        await _open_small(desk)
        await desk.press("j", "j", *["l"] * 40)
        assert desk.reader.cursor == (2, 40)
        await desk.press("j", "j", "j")
        assert desk.reader.cursor.passage >= 3
        await desk.press("k", "k", "k")
        assert desk.reader.cursor == (2, 40)


async def test_pages_and_half_pages(sit: Sit) -> None:
    async with sit(80, 24) as desk:
        await desk.open("gabuev2021")
        height = desk.reader.scrollable_content_region.height
        top = desk.reader.top_row
        await desk.press("space")
        assert top + height - 4 <= desk.reader.top_row <= top + height
        assert desk.reader.is_in_sight(desk.reader.cursor)
        first_page = desk.reader.top_row
        await desk.press("ctrl+d")
        assert first_page < desk.reader.top_row <= first_page + height // 2
        await desk.press("ctrl+u")
        assert desk.reader.top_row == first_page
        await desk.press("b")
        assert desk.reader.top_row == top
        await desk.press("end")
        assert desk.reader.top_row + height >= desk.reader.rows.rows
        await desk.press("space")
        assert desk.reader.is_in_sight(desk.reader.cursor)
        await desk.press("home")
        assert desk.reader.top_row == 0


async def test_a_click_puts_the_cursor_there(sit: Sit, small: Path) -> None:
    async with sit(80, 24, small) as desk:
        await _open_small(desk)
        row, cell = _find(desk, "second paragraph")
        await desk.pilot.click(offset=(cell, row))
        await desk.settle()
        assert desk.reader.cursor == (2, 4)


# --- hits ----------------------------------------------------------------------------------------


async def test_n_walks_all_hits_and_on_into_the_next_document_and_back(sit: Sit) -> None:
    async with sit() as desk:
        await desk.search("moscow ")
        results = desk.app.search_area.results
        assert results is not None
        assert len(results.documents) == 2
        await desk.press("enter")
        read = desk.app.read_area
        seen: list[tuple[str, Place]] = []
        assert read.document is not None
        await desk.press("g", "g")
        start = read.document.key
        for _ in range(60):
            await desk.press("n")
            assert read.document is not None
            place = (read.document.key, desk.reader.cursor)
            if seen and seen[-1] == place:
                break
            text = desk.reader.passages[place[1].passage].text[place[1].offset :]
            assert text.casefold().startswith("moscow")
            assert desk.reader.is_in_sight(place[1])
            seen.append(place)
        assert desk.toasts[-1] == "No more hits."
        keys = [key for key, _ in seen]
        assert list(dict.fromkeys(keys)) == list(results.documents[results.documents.index(start) :])
        for expected in reversed(seen[:-1]):
            await desk.press("N")
            assert read.document is not None
            assert (read.document.key, desk.reader.cursor) == expected


async def test_the_status_counts_hits_and_documents(sit: Sit) -> None:
    async with sit() as desk:
        await desk.search("moscow ")
        await desk.press("enter", "g", "g", "n")
        assert desk.status.startswith("hit 1/")
        assert "document 1/2" in desk.status
        assert "para. " in desk.status


async def test_documents_of_the_result_follow_each_other(sit: Sit) -> None:
    async with sit() as desk:
        await desk.search("moscow ")
        results = desk.app.search_area.results
        assert results is not None
        await desk.press("enter")
        read = desk.app.read_area
        first, second = results.documents
        assert read.document is not None
        if read.document.key != first:
            await desk.press("K")
        await desk.press("J")
        assert desk.app.read_area.document is not None
        assert desk.app.read_area.document.key == second
        await desk.press("J")
        assert "no further document" in desk.toasts[-1]
        await desk.press("K")
        assert desk.app.read_area.document.key == first


async def test_without_a_search_n_says_so_and_j_goes_through_the_library(sit: Sit) -> None:
    async with sit() as desk:
        await desk.open("gabuev2021")
        await desk.press("n")
        assert "Nothing is being searched for" in desk.toasts[-1]
        await desk.press("J")
        assert desk.app.read_area.document is not None
        assert desk.app.read_area.document.key == "voa2023"


async def test_finding_in_the_document_marks_and_steps(sit: Sit) -> None:
    async with sit() as desk:
        await desk.open("voa2023")
        await desk.press("slash")
        await desk.type("moscow")
        assert desk.status.startswith("hit 1/")
        await desk.press("enter")
        assert desk.reader.has_focus
        first = desk.reader.cursor
        text = desk.reader.passages[first.passage].text
        assert text[first.offset :].startswith("Moscow")
        await desk.press("n")
        assert desk.reader.cursor > first
        await desk.press("N")
        assert desk.reader.cursor == first
        await desk.press("slash", "escape")
        assert not desk.reader._marks, "leaving the find line lets go of what was found"


async def test_the_find_line_gives_the_search_back(sit: Sit) -> None:
    async with sit() as desk:
        await desk.search("moscow ")
        await desk.press("enter")
        marks, cursor, results = desk.reader._marks, desk.reader.cursor, desk.app.read_area.results
        assert marks
        await desk.press("slash", "escape")
        assert (desk.reader._marks, desk.reader.cursor) == (marks, cursor)
        await desk.press("slash")
        await desk.type("the")
        assert desk.reader._marks != marks
        await desk.press("enter", "G", "N", "n", "n")
        assert desk.toasts[-1] == "No more hits.", "what was found here ends here"
        await desk.press("slash", "escape")
        assert desk.reader._marks == marks
        assert desk.app.read_area.results is results


async def test_finding_nothing_and_nonsense(sit: Sit) -> None:
    async with sit() as desk:
        await desk.open("voa2023")
        for text in ("zzqq", '"', "(", "*", "[/b]", "-"):
            await desk.press("slash")
            await desk.type(text)
            await desk.press("enter", "n", "N")
            assert desk.reader.has_focus
        assert not desk.errors


# --- selecting -----------------------------------------------------------------------------------


async def test_v_selects_from_the_cursor_on_and_both_ends_count(sit: Sit, small: Path) -> None:
    async with sit(80, 24, small) as desk:
        await _open_small(desk)
        await desk.press("j", "v")
        assert desk.selected() == "T"
        await desk.press("w", "w")
        assert desk.selected() == "The first o"
        await desk.press("e")
        assert desk.selected() == "The first one"
        await desk.press("b", "b")
        assert desk.selected() == "The f", "b is a word back while selecting"
        await desk.press("dollar_sign")
        assert desk.selected() == "The first one is short. It has two sentences."
        await desk.press("right_curly_bracket")
        assert desk.selected() == "The first one is short. It has two sentences.\nT"
        await desk.press("v")
        assert desk.selected() is None
        assert not desk.reader.is_selecting


async def test_keys_that_arrive_in_one_piece_are_taken_in_order(sit: Sit, small: Path) -> None:
    async with sit(80, 24, small) as desk:
        await _open_small(desk)
        await desk.type("jvas")
        assert desk.selected() == "The first one is short."


async def test_what_is_typed_ahead_waits_for_the_document_to_open(sit: Sit, small: Path) -> None:
    """The keys after `enter` are for the reader, though it is not there yet when they arrive."""
    async with sit(80, 24, small) as desk:
        desk.app.library_area.list.highlight("small")
        for key in ("enter", "j", "v", "a", "s"):
            desk._send(key)
        await desk.settle()
        assert desk.area == "read"
        assert desk.selected() == "The first one is short."


async def test_a_selection_may_run_backwards(sit: Sit, small: Path) -> None:
    async with sit(80, 24, small) as desk:
        await _open_small(desk)
        await desk.press("j", "w", "w", "v", "b")
        assert desk.selected() == "first o"


async def test_the_sentence_and_the_paragraph(sit: Sit, small: Path) -> None:
    async with sit(80, 24, small) as desk:
        await _open_small(desk)
        await desk.press("j", "a", "s")
        assert desk.selected() == "The first one is short."
        await desk.press("escape", "w", "w", "w", "a", "s")
        assert desk.selected() == "It has two sentences."
        await desk.press("escape", "v", "a", "p")
        assert desk.selected() == "The first one is short. It has two sentences."
        await desk.press("escape", *["right_curly_bracket"] * 3, "v", "a", "s")
        assert desk.selected() == "The third has U.S. officials in it, who said: “Never.”"


async def test_the_selection_is_always_visible(sit: Sit, small: Path) -> None:
    async with sit(80, 24, small) as desk:
        await _open_small(desk)
        await desk.press("j", "a", "s")
        plain = desk.app.screen.get_style_at(40, 20).bgcolor
        row, cell = _find(desk, "first one")
        assert desk.app.screen.get_style_at(cell, row).bgcolor != plain


async def test_opening_another_document_lets_go_of_the_selection(sit: Sit, small: Path) -> None:
    async with sit(80, 24, small) as desk:
        await _open_small(desk)
        await desk.press("j", "v", "w", "K")
        assert desk.app.read_area.document is not None
        assert desk.app.read_area.document.key == "other"
        assert not desk.reader.is_selecting
        assert desk.selected() is None
        await desk.press("J")
        assert desk.selected() is None


async def test_the_mouse_selects_in_the_text_not_on_the_screen(sit: Sit, small: Path) -> None:
    async with sit(60, 24, small) as desk:
        await _open_small(desk)
        row, cell = _find(desk, "The second")
        end_row, end_cell = _find(desk, "two sentences as")
        await desk.drag(Offset(cell + 4, row), Offset(end_cell + 3, end_row))
        chosen = desk.selected()
        assert chosen is not None
        assert chosen in desk.reader.passages[2].text
        assert "\n" not in chosen
        assert chosen.startswith("second paragraph")
        assert chosen.endswith(("two", "tw", "two "))


async def test_the_mouse_selects_over_paragraphs(sit: Sit, small: Path) -> None:
    async with sit(80, 24, small) as desk:
        await _open_small(desk)
        row, cell = _find(desk, "first one")
        end_row, end_cell = _find(desk, "third has")
        await desk.drag(Offset(cell, row), Offset(end_cell + 5, end_row))
        places = desk.reader.selected()
        assert places is not None
        assert places[0] == (1, 4)
        assert places[1].passage == 4


def _find(desk: Desk, text: str) -> tuple[int, int]:
    """Give the row and the cell where `text` stands on the screen."""
    return next((row, line.index(text)) for row, line in enumerate(desk.lines) if text in line)


# --- size ----------------------------------------------------------------------------------------


async def test_resizing_keeps_the_passage_at_the_top_and_the_cursor(sit: Sit) -> None:
    async with sit(120, 30) as desk:
        await desk.open("gabuev2021")
        for _ in range(12):
            await desk.press("right_curly_bracket")
        await desk.press("ctrl+d")
        top, cursor = desk.reader.top_passage, desk.reader.cursor
        for width, height in ((60, 20), (30, 12), (200, 50), (120, 30)):
            await desk.resize(width, height)
            assert desk.reader.top_passage == top
            assert desk.reader.cursor == cursor


async def test_only_the_rows_in_sight_are_rendered(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    """100,000 passages: opening, jumping to the end and searching back cost a screenful, not the document."""
    passages = passages_of([f"Passage {number} of a long document, with some words." for number in range(100_000)])
    rendered: list[int] = []
    render_row = TextView._render_row

    def counting(view: TextView, row: object, *rest: object) -> object:
        rendered.append(1)
        return render_row(view, row, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(TextView, "_render_row", counting)
    async with sit(100, 30) as desk:
        await desk.press("3")
        desk.reader.show(passages)
        await desk.settle()
        assert "Passage 0 of" in desk.text
        assert desk.reader.rows.rows == 199_999
        await desk.press("G")
        assert "Passage 99999 of" in desk.text
        assert desk.reader.cursor.passage == 99_999
        await desk.press("b", "g", "g")
        assert "Passage 0 of" in desk.text
        desk.reader.go_to(Place(50_000, 8))
        await desk.settle()
        assert "Passage 50000 of" in desk.text
        await desk.resize(61, 20)
        assert 0 < len(rendered) < 1_000


async def test_one_passage_of_a_million_characters(sit: Sit) -> None:
    async with sit(80, 24) as desk:
        await desk.press("3")
        desk.reader.show(passages_of(["word " * 200_000 + "end", "after"]))
        await desk.settle()
        await desk.press("dollar_sign")
        assert "end" in desk.text
        await desk.press("j", "k", "space", "b", "a", "s", "escape", "g", "g")
        assert desk.reader.cursor == (0, 0)
