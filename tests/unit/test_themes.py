"""Codes, codings, the grid of them by sides, and how far two coders agree."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docterm.errors import QuoteError
from docterm.library.model import Address, Number
from docterm.quotes.model import Quote
from docterm.quotes.notebook import Notebook
from docterm.quotes.themes import codebook
from docterm.quotes.themes.agreement import Agreement, agreement
from docterm.quotes.themes.codebook import ENTMAN, Code
from docterm.quotes.themes.coding import Coding, code_words, codings, named, set_memo, uncode
from docterm.quotes.themes.grid import grid
from docterm.quotes.ulid import new_ulid
from docterm.text import label
from quote_samples import quote


def cut(key: str, first: int, last: int = 0) -> Quote:
    return quote(address=Address(key, first, last or first))


@pytest.fixture
def book(tmp_path: Path) -> Notebook:
    return Notebook(tmp_path / "notebook.jsonl")


# --- the codebook --------------------------------------------------------------------------------


def test_a_notebook_begins_with_the_four_elements_of_a_frame(book: Notebook) -> None:
    assert codebook.codes(book) == list(ENTMAN)
    assert [code.key for code in ENTMAN] == ["p", "c", "m", "r"]


def test_own_codes_get_the_first_free_digit_and_last(book: Notebook) -> None:
    codebook.add(book, "law", "What the law says.")
    codebook.add(book, "money", key="2")
    codebook.add(book, "history")
    own = codebook.codes(Notebook(book.path))[4:]
    assert own == [Code("law", "1", "What the law says."), Code("money", "2"), Code("history", "3")]


def test_a_code_changed_keeps_what_was_not_changed(book: Notebook) -> None:
    codebook.add(book, "law", "What the law says.", "l")
    assert codebook.add(book, "law", key="x") == Code("law", "x", "What the law says.")
    assert codebook.add(book, "law", "Statutes.") == Code("law", "x", "Statutes.")


@pytest.mark.parametrize(("name", "key"), [("", ""), ("law", "p"), ("law", "ab"), ("law", "-")])
def test_a_code_without_a_name_or_with_a_useless_key_is_refused(book: Notebook, name: str, key: str) -> None:
    with pytest.raises(QuoteError):
        codebook.add(book, name, key=key)
    assert codebook.codes(book) == list(ENTMAN)


def test_one_of_the_four_can_be_taken_away_and_that_undone(book: Notebook) -> None:
    codebook.remove(book, "remedy")
    assert [code.name for code in codebook.codes(book)] == ["problem", "cause", "judgement"]
    book.undo()
    assert codebook.codes(book) == list(ENTMAN)
    with pytest.raises(QuoteError, match="No code is called"):
        codebook.remove(book, "nothing")


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20).filter(
    lambda text: label(text) == text
)


@given(
    st.lists(st.builds(Code, NAMES, st.sampled_from(["", *"abcdef"]), NAMES), max_size=6, unique_by=lambda c: c.name)
)
def test_a_codebook_written_as_a_table_is_read_back(book: list[Code]) -> None:
    taken: set[str] = set()
    expected = []
    for code in book:
        expected.append(replace(code, key="") if code.key in taken else code)
        taken.add(code.key)
    taken.discard("")
    assert [(code.name, code.meaning) for code in codebook.read(codebook.write(book))] == [
        (code.name, code.meaning) for code in expected
    ]


def test_no_cell_of_a_codebook_is_a_formula_and_it_is_read_back_as_it_was() -> None:
    book = [Code("=cmd|x", "q", "=1+1"), Code("'quoted'", "", "@SUM(A1)")]
    table = codebook.write(book)
    assert "'=cmd|x,q,'=1+1" in table
    assert codebook.read(table) == book


@pytest.mark.parametrize("text", ["", "name,key\na,b\n", '"code\n', "code\n" + "".join(f"c{n}\n" for n in range(300))])
def test_what_is_no_codebook_is_named(text: str) -> None:
    with pytest.raises(QuoteError, match="no codebook"):
        codebook.read(text)


# --- codings -------------------------------------------------------------------------------------


def test_words_have_a_code_once_and_are_no_quotes(book: Notebook) -> None:
    words = cut("storm", 2)
    first = code_words(book, words, "problem")
    again = code_words(book, replace(words, id=new_ulid()), "problem", "It says so.")
    assert (again.id, again.memo) == (first.id, "It says so.")
    code_words(book, replace(words, id=new_ulid()), "cause")
    reloaded = Notebook(book.path)
    assert [(coding.code, coding.memo) for coding in codings(reloaded)] == [("problem", "It says so."), ("cause", "")]
    assert reloaded.quotes() == ()


def test_a_coding_is_found_by_its_id_taken_off_and_put_back(book: Notebook) -> None:
    coding = code_words(book, cut("storm", 2), "problem")
    assert named(codings(book), coding.id[:25].lower()).id == coding.id
    set_memo(book, coding, "Why?")
    uncode(book, coding)
    assert codings(book) == []
    book.undo()
    assert [each.memo for each in codings(book)] == ["Why?"]
    for name in ("", "ZZZ"):
        with pytest.raises(QuoteError, match="No coding"):
            named(codings(book), name)


def test_a_damaged_coding_is_left_out(book: Notebook) -> None:
    code_words(book, cut("storm", 2), "problem")
    book.keep("coding", "x", {"code": "problem", "cut": {"text": 3}}, "damage")
    assert len(codings(book)) == 1


# --- the grid ------------------------------------------------------------------------------------


def test_the_grid_has_a_row_a_code_with_empty_cells_and_codes_that_are_gone() -> None:
    found = [
        Coding(cut("b", 3), "problem"),
        Coding(cut("a", 9), "problem"),
        Coding(cut("a", 2), "problem"),
        Coding(cut("a", 1), "gone"),
        Coding(cut("c", 1), "cause"),
    ]
    rows = grid(ENTMAN[:2], found, [["a"], ["b"]])
    assert [(row.code.name, [[str(each.cut.address) for each in cell] for cell in row.cells]) for row in rows] == [
        ("problem", [["a:2", "a:9"], ["b:3"]]),
        ("cause", [[], []]),
        ("gone", [["a:1"], []]),
    ]


# --- agreement -----------------------------------------------------------------------------------

PARAGRAPHS = {"a": [Number(1), *(Number(count) for count in range(2, 10)), Number(9, "a")]}


def test_kappa_is_that_of_the_textbook() -> None:
    # 20 both, 5 and 10 one, 15 neither: observed .7, by chance .5, kappa .4
    assert Agreement("x", 20, 5, 10, 15).kappa == pytest.approx(0.4)


def test_agreement_counts_paragraphs_and_a_coding_across_several_in_each() -> None:
    mine = [Coding(cut("a", 1, 3), "x"), Coding(cut("a", 3), "x"), Coding(cut("b", 1), "x")]
    theirs = [Coding(cut("a", 2, 4), "x"), Coding(cut("a", 5), "y"), Coding(cut("a", 77), "y")]
    assert agreement(mine, theirs, PARAGRAPHS) == [Agreement("x", 2, 1, 1, 6), Agreement("y", 0, 0, 1, 9)]


def test_kappa_is_none_where_chance_explains_everything() -> None:
    assert Agreement("x", 0, 0, 0, 0).kappa is None
    assert Agreement("x", 7, 0, 0, 0).kappa is None
    assert agreement([], [], PARAGRAPHS) == []


CODED = st.lists(st.tuples(st.integers(1, 10), st.sampled_from("xy")), max_size=8).map(
    lambda pairs: [Coding(cut("a", number), code) for number, code in pairs]
)


@given(CODED, CODED)
def test_kappa_does_not_depend_on_who_is_first_and_is_one_for_the_same_codings(
    mine: list[Coding], theirs: list[Coding]
) -> None:
    one = {each.code: each.kappa for each in agreement(mine, theirs, PARAGRAPHS)}
    assert one == pytest.approx({each.code: each.kappa for each in agreement(theirs, mine, PARAGRAPHS)})
    assert all(kappa is None or -1 <= kappa <= 1 for kappa in one.values())
    assert all(each.kappa in (1.0, None) for each in agreement(mine, mine, PARAGRAPHS))
