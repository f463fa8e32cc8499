"""Wrapping, and the way between places in the text and cells on the screen."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, split_graphemes

from docterm.library.model import Place
from docterm.text import sanitise
from docterm.tui.widgets import motions
from docterm.tui.widgets.layout import Layout, cells_of, wrap
from tui.support import passages_of

PIECES = st.sampled_from(
    [
        *("a", "word", "longer-word", "é", "ﬁ", "漢字", "仮名", "각", "ไทย", "🙂", "🇩🇪", "─", "…", "。", "،"),
        *("e\u0301", "\u0301", "👩\u200d👩\u200d👧", "✈\ufe0f", "\u200b", "\u00ad", " ", "  ", "\u3000"),
    ]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=40).map("".join),
    st.text(max_size=80).map(sanitise).map(lambda text: text.replace("\n", " ")),
)
WIDTHS = st.integers(1, 30)


def layout(texts: list[str], width: int) -> Layout:
    return Layout(passages_of(texts), width)


@given(TEXTS, WIDTHS)
def test_rows_cover_the_text_once_and_in_order(text: str, width: int) -> None:
    starts = wrap(text, width)
    assert starts[0] == 0
    assert starts == sorted(set(starts))
    assert all(start < len(text) for start in starts[1:])


@given(TEXTS, WIDTHS)
def test_rows_fit_the_width(text: str, width: int) -> None:
    """But for one sign that is wider than the screen, and spaces that hang over the edge unseen."""
    starts = [*wrap(text, width), len(text)]
    for start, end in pairwise(starts):
        row = text[start:end].rstrip(" ")
        widest = max((size for _, _, size in split_graphemes(row)[0]), default=0)
        assert cell_len(row) <= max(width, widest)


@given(TEXTS)
def test_the_cells_of_a_text_add_up(text: str) -> None:
    assert sum(cells_of(text)) == cell_len(text)


@given(st.lists(TEXTS, min_size=1, max_size=5), WIDTHS)
def test_every_row_belongs_to_one_passage_or_is_empty(texts: list[str], width: int) -> None:
    rows = layout(texts, width)
    seen = dict.fromkeys(range(len(texts)), "")
    for number in range(rows.rows):
        row = rows.row(number)
        if row is None:
            continue
        assert rows.passage_at(number) == row.passage
        assert row.first == (number == rows.first_row(row.passage))
        assert rows.first_row(row.passage) <= number
        assert row.passage + 1 == len(texts) or number < rows.first_row(row.passage + 1)
        seen[row.passage] += texts[row.passage][row.start : row.end]
    assert [seen[index] for index in range(len(texts))] == texts
    assert rows.row(-1) is None
    assert rows.row(rows.rows) is None


@given(st.lists(TEXTS, min_size=1, max_size=4), WIDTHS)
def test_the_cell_of_a_place_leads_back_to_it(texts: list[str], width: int) -> None:
    """To the place itself, or where it takes no cell of its own to the character that shares its cell."""
    rows = layout(texts, width)
    for index, text in enumerate(texts):
        for offset in range(len(text) + 1):
            place = Place(index, offset)
            number, cell = rows.row_of(place), rows.cell_of(place)
            row = rows.row(number)
            assert row is not None
            assert row.start <= offset <= row.end
            back = rows.place_at(number, cell)
            assert rows.row_of(back) == number
            if offset < row.end and cells_of(text[row.start : row.end])[offset - row.start]:
                assert back == place


@given(st.lists(TEXTS, min_size=1, max_size=4), WIDTHS, st.integers(-5, 200), st.integers(0, 60))
def test_any_cell_of_any_row_is_some_place(texts: list[str], width: int, number: int, cell: int) -> None:
    place = layout(texts, width).place_at(number, cell)
    assert 0 <= place.passage < len(texts)
    assert 0 <= place.offset <= len(texts[place.passage])


@given(st.lists(TEXTS, min_size=1, max_size=4), st.data())
def test_motions_stay_in_the_text_and_get_on(texts: list[str], data: st.DataObject) -> None:
    passages = passages_of(texts)
    index = data.draw(st.integers(0, len(texts) - 1))
    place = Place(index, data.draw(st.integers(0, len(texts[index]))))
    for motion, ahead in (
        (motions.right, True),
        (motions.word_forward, True),
        (motions.word_end, True),
        (motions.left, False),
        (motions.word_back, False),
    ):
        there = motion(passages, place)
        assert 0 <= there.passage < len(texts)
        assert 0 <= there.offset <= len(texts[there.passage])
        assert there >= place if ahead else there <= place
    span = motions.sentence_at(texts[index], place.offset)
    assert 0 <= span.start <= span.end <= len(texts[index])


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_going_right_through_the_text_and_back_passes_every_place(texts: list[str]) -> None:
    passages = passages_of(texts)
    place, path = Place(0, 0), [Place(0, 0)]
    while (following := motions.right(passages, place)) != place:
        place = following
        path.append(place)
    assert path == [Place(index, offset) for index, text in enumerate(texts) for offset in range(len(text) + 1)]
    for expected in reversed(path[:-1]):
        place = motions.left(passages, place)
        assert place == expected


def test_no_passages_are_no_rows() -> None:
    rows = layout([], 10)
    assert rows.rows == 0
    assert rows.row(0) is None
    assert rows.place_at(3, 3) == (0, 0)
    assert rows.row_of(Place(0, 0)) == 0
    assert rows.cell_of(Place(0, 0)) == 0


@pytest.mark.parametrize(
    ("text", "width", "rows"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 8, ["one two", "three"]),
        ("unbreakable", 4, ["unbr", "eaka", "ble"]),
        ("漢字漢字漢字", 4, ["漢字", "漢字", "漢字"]),
        ("漢字漢字漢字", 5, ["漢字", "漢字", "漢字"]),
        ("a 漢字", 3, ["a", "漢", "字"]),
        ("", 4, [""]),
    ],
)
def test_where_rows_are_cut(text: str, width: int, rows: list[str]) -> None:
    starts = [*wrap(text, width), len(text)]
    assert [text[start:end].rstrip() for start, end in pairwise(starts)] == rows
