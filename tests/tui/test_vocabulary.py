"""The vocabulary of a comparison, and both sides' lines of a word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from docterm.compare.lists import Usage, is_few
from docterm.compare.vocabulary import Kind
from docterm.library.model import Place
from docterm.search.concordance import KwicSort
from docterm.text import words
from docterm.tui.compare_views.concordance import ASK, Concordance
from docterm.tui.compare_views.side_by_side import SideBySide
from docterm.tui.compare_views.view import Which
from docterm.tui.compare_views.vocabulary import Vocabulary
from docterm.tui.widgets.kwic_list import Context, KwicRows
from tui.support import Desk, Sit

LEFT = "The storm tore the ferries.\n\nA storm came. It was a storm of sand.\n\nOne more storm, said Brandt.\n"
RIGHT = "Barley was dear to us in the US.\n\nThe barley of the US.\n\nAny barley, and flour in Lindvik.\n"


async def _vocabulary(desk: Desk) -> Vocabulary:
    await desk.press("4", "V")
    view = desk.app.compare_area.view
    assert isinstance(view, Vocabulary)
    return view


def concordance(desk: Desk) -> Concordance:
    view = desk.app.compare_area.view
    assert isinstance(view, Concordance)
    return view


def shown_view(desk: Desk) -> str:
    return desk.app.compare_area.view.NAME


def rows(view: Concordance, which: Which) -> KwicRows:
    found = view.columns.columns[which].list
    assert isinstance(found, KwicRows)
    return found


def nodes(view: Concordance, which: Which) -> list[str]:
    return [line.node for line in rows(view, which)._lines.values()]


# --- vocabulary ----------------------------------------------------------------------------------


async def test_bars_grow_from_the_term_to_both_sides(sit: Sit) -> None:
    async with sit(120, 36) as desk:
        view = await _vocabulary(desk)
        assert "3,865 words against 790 words. This describes them." in desk.flat
        assert view.list.term is not None
        line = next(line for line in desk.lines if f" {view.list.term.term} " in line)
        before, after = line.split(view.list.term.term)
        assert "█" in before
        assert "█" not in after
        assert len(before) < 70


async def test_keys_go_through_the_kinds_and_the_lists(sit: Sit) -> None:
    async with sit(120, 36) as desk:
        view = await _vocabulary(desk)
        seen = []
        for key in ("p", "p", "p", "l", "right", "right", "h", "tab", "tab"):
            await desk.press(key)
            seen.append((view.kind, view.usage))
        assert seen == [
            (Kind.NAME, Usage.LEFT),
            (Kind.PHRASE, Usage.LEFT),
            (Kind.WORD, Usage.LEFT),
            (Kind.WORD, Usage.SHARED),
            (Kind.WORD, Usage.RIGHT),
            (Kind.WORD, Usage.RIGHT),
            (Kind.WORD, Usage.SHARED),
            (Kind.WORD, Usage.RIGHT),
            (Kind.WORD, Usage.LEFT),
        ]


async def test_what_few_passages_bear_is_dimmed_and_called_few(sit: Sit) -> None:
    async with sit(120, 36) as desk:
        view = await _vocabulary(desk)
        await desk.press("tab", "p", "G")
        row = view.list.term
        assert row is not None
        assert is_few(row, view.usage)
        assert "in few passages" in desk.status
        assert any(line.rstrip(" ▁▂▃▄▅▆▇█").endswith("few") for line in desk.lines)


async def test_the_list_is_narrowed_while_typing(sit: Sit) -> None:
    async with sit(120, 36) as desk:
        view = await _vocabulary(desk)
        every = view.list.row_count
        await desk.press("slash")
        await desk.type("diplom")
        assert 0 < view.list.row_count < every
        await desk.press("escape")
        assert view.list.row_count == every


async def test_it_fits_a_narrow_screen(sit: Sit) -> None:
    async with sit(60, 20) as desk:
        view = await _vocabulary(desk)
        assert view.list.term is not None
        assert any(view.list.term.term in line for line in desk.lines)
        for width in (40, 20, 12, 100):
            await desk.resize(width, 20)


async def test_texts_of_numbers_say_that_there_is_nothing_to_list(
    sit: Sit, make_library: Callable[[dict[str, str]], Path]
) -> None:
    root = make_library({"one.txt": "1 2 3.\n\n4 5 6.\n", "two.txt": "7 8.\n\n9 10.\n"})
    async with sit(120, 30, root) as desk:
        view = await _vocabulary(desk)
        assert "nothing but numbers and function words" in desk.flat
        await desk.press("enter", "p", "l", "tab", "asterisk")
        assert view.list.row_count == 0
        assert desk.errors == []


# --- the dual concordance ------------------------------------------------------------------------


async def test_a_term_opens_the_lines_of_both_sides(sit: Sit, make_library: Callable[[dict[str, str]], Path]) -> None:
    root = make_library({"left.txt": LEFT, "right.txt": RIGHT})
    async with sit(120, 30, root) as desk:
        view = await _vocabulary(desk)
        assert view.list.term is not None
        assert view.list.term.term == "storm"
        await desk.press("enter")
        lines = concordance(desk)
        assert nodes(lines, Which.LEFT) == ["storm"] * 4
        assert nodes(lines, Which.RIGHT) == []
        assert "A left: 4 lines" in desk.flat
        assert "B right: no line in B" in desk.flat
        await desk.press("q")
        assert desk.app.compare_area.view is view


async def test_lines_are_aligned_on_the_word(sit: Sit) -> None:
    async with sit(140, 36) as desk:
        await _vocabulary(desk)
        await desk.press("l", "enter")
        view = concordance(desk)
        node = nodes(view, Which.LEFT)[0]
        columns = {line.find(node) for line in desk.lines[7:15] if node in line[:70]}
        assert len(columns) == 1


async def test_every_row_of_the_vocabulary_has_as_many_lines_as_it_counts(sit: Sit) -> None:
    async with sit(120, 36) as desk:
        view = await _vocabulary(desk)
        for _ in range(3):
            await desk.press("p", "l")
            for _ in range(3):
                await desk.press("j")
                row = view.list.term
                if row is None:
                    continue
                await desk.press("enter")
                found = concordance(desk)
                assert [len(nodes(found, which)) for which in Which] == [row.left, row.right], row.forms
                await desk.press("q")


async def test_a_country_counts_in_capitals_and_not_as_a_pronoun(
    sit: Sit, make_library: Callable[[dict[str, str]], Path]
) -> None:
    root = make_library({"left.txt": LEFT, "right.txt": RIGHT})
    async with sit(120, 30, root) as desk:
        view = await _vocabulary(desk)
        await desk.press("p", "tab")
        assert view.list.term is not None
        assert view.list.term.forms == ("US",)
        await desk.press("enter")
        assert nodes(concordance(desk), Which.RIGHT) == ["US", "US"]


async def test_lines_are_put_in_order_and_widened(sit: Sit) -> None:
    async with sit(140, 40) as desk:
        await _vocabulary(desk)
        await desk.press("l", "enter")
        view = concordance(desk)
        await desk.press("z")
        assert view.sort is KwicSort.LEFT
        await desk.press("z")
        after = [words(line.right) for line in rows(view, Which.LEFT)._lines.values()]
        assert after == sorted(after)
        assert "by the words after" in desk.status
        tops = rows(view, Which.LEFT)._tops[-1]
        shown = []
        for _ in range(3):
            await desk.press(")")
            shown.append((view.context, rows(view, Which.LEFT)._tops[-1] > tops))
        assert shown == [(Context.SENTENCE, True), (Context.PASSAGE, True), (Context.PASSAGE, True)]
        await desk.press("(", "(", "(")
        assert rows(view, Which.LEFT)._tops[-1] == tops


async def test_y_takes_the_sentence_of_a_line_as_a_quote(
    sit: Sit, make_library: Callable[[dict[str, str]], Path]
) -> None:
    root = make_library({"left.txt": LEFT, "right.txt": RIGHT})
    async with sit(120, 30, root) as desk:
        await _vocabulary(desk)
        await desk.press("enter", "j", "j", "y")
        (quote,) = desk.app.session.notebook.quotes()
        assert (quote.text, str(quote.address)) == ("It was a storm of sand.", "left:2")
        assert "Saved the quote from left, para. 2" in desk.toasts[-1]


async def test_enter_shows_a_line_side_by_side_and_a_jump_back_returns_to_it(sit: Sit) -> None:
    async with sit(120, 36) as desk:
        await _vocabulary(desk)
        await desk.press("l", "enter", "j")
        view = concordance(desk)
        line = rows(view, Which.LEFT).line
        assert line is not None
        await desk.press("enter")
        shown = desk.app.compare_area.view
        assert isinstance(shown, SideBySide)
        assert shown.stand[1] is not None
        assert shown.stand[1].place == Place(line.passage.index, line.span.start)
        await desk.press("ctrl+o")
        assert shown_view(desk) == Concordance.NAME
        assert rows(view, Which.LEFT).line == line
        await desk.press("q")
        assert shown_view(desk) == Vocabulary.NAME


async def test_a_word_of_the_text_is_looked_at_with_an_asterisk(sit: Sit) -> None:
    async with sit(120, 36) as desk:
        await desk.press("4", "D", "asterisk")
        view = concordance(desk)
        assert view.forms
        assert any(nodes(view, which) for which in Which)
        await desk.press("tab", "q")
        assert isinstance(desk.app.compare_area.view, SideBySide)


async def test_without_a_word_it_says_how_to_name_one(sit: Sit, make_library: Callable[[dict[str, str]], Path]) -> None:
    root = make_library({"one.txt": "Storm.\n", "two.txt": "Calm.\n"})
    async with sit(120, 30, root) as desk:
        await desk.press("4", "O", "asterisk")
        assert desk.status == ASK
        await desk.press("y", "enter", "z", ")", "tab")
        assert desk.toasts[-1] == "There is no line to take a quote from."


async def test_the_same_text_on_both_sides_has_the_same_lines(
    sit: Sit, make_library: Callable[[dict[str, str]], Path]
) -> None:
    root = make_library({"one.txt": LEFT, "two.txt": LEFT + "\nNew.\n"})
    async with sit(120, 30, root) as desk:
        view = await _vocabulary(desk)
        assert view.list.row_count == 0
        await desk.press("l", "enter")
        found = concordance(desk)
        assert nodes(found, Which.LEFT) == nodes(found, Which.RIGHT) == ["storm"] * 4
