"""PDF: what typesetters do to a page, and that the text comes out as if they had not."""

from __future__ import annotations

import pytest
from pdf_files import BOLD, MONO, PdfPage, pdf
from test_pdf_reader import CLERKS, LEFT, PILOTS, RIGHT, TIDES, TOP, texts, wrapped

from docterm.library.model import Role
from docterm.library.readers.pdf import read
from docterm.library.readers.typeset import vocabulary_of
from docterm.library.readers.word_list import language_of, listed

WORD = 6
"""Points: the width of a sign of the typewriter font at 10 points."""


def test_a_paragraph_goes_on_behind_a_note_and_under_a_title_across_the_columns() -> None:
    lines = wrapped(f"{TIDES[:-1]}, {PILOTS[0].lower()}{PILOTS[1:-1]}, {CLERKS[0].lower()}{CLERKS[1:]}")
    first, second = PdfPage(), PdfPage()
    first.lines(LEFT, TOP, wrapped(TIDES.upper()))
    first.lines(RIGHT, TOP, lines[:6])
    first.text(RIGHT, 80, "1 The second lamp was sold.", 7)
    second.text(LEFT, TOP, "The Long Book of All the Tides of the Two Islands", 16, BOLD)
    second.lines(LEFT, TOP - 30, lines[6:])
    second.lines(RIGHT, TOP - 30, wrapped(TIDES.upper()))
    found = read(pdf([first, second]))
    assert texts(found) == [TIDES.upper(), " ".join(lines), TIDES.upper()]
    assert texts(found, Role.FOOTNOTE) == ["1 The second lamp was sold."]


def test_a_caption_across_two_columns_parts_them_from_nothing() -> None:
    page = PdfPage()
    page.text(200, TOP + 30, "Figure 2: The mole at low water, seen from the north.", 7)
    page.lines(LEFT, TOP, [*wrapped(TIDES), *wrapped(PILOTS)])
    page.lines(RIGHT, TOP, [*wrapped(CLERKS), *wrapped(TIDES.upper())])
    found = read(pdf([page]))
    assert texts(found) == [TIDES, PILOTS, CLERKS, TIDES.upper()]
    assert texts(found, Role.CAPTION) == ["Figure 2: The mole at low water, seen from the north."]


def test_small_gaps_mark_paragraphs_where_sentences_end_above_them() -> None:
    page, y = PdfPage(), float(TOP)
    said = [TIDES, PILOTS, CLERKS, TIDES.upper(), PILOTS.upper(), CLERKS.upper(), TIDES]
    for text in said:
        y = page.lines(LEFT, y, wrapped(text)) - 2.2
    assert texts(read(pdf([page]))) == said


def test_indented_paragraphs_of_one_line_are_several() -> None:
    page = PdfPage()
    y = page.lines(LEFT, TOP, wrapped(TIDES))
    page.text(LEFT + 15, y, "“The lamp is out,” she said at last.", font=MONO)
    page.text(LEFT + 15, y - 12, "“It is not,” said the clerk in the door.", font=MONO)
    page.lines(LEFT, y - 24, ["He lit it, and wrote down the hour."])
    found = texts(read(pdf([page])))
    assert found[1:] == [
        "“The lamp is out,” she said at last.",
        "“It is not,” said the clerk in the door. He lit it, and wrote down the hour.",
    ]


def test_what_stands_left_of_an_item_is_no_part_of_it() -> None:
    page = PdfPage()
    page.text(LEFT, TOP, "• The first bell is rung by hand, twice,", font=MONO)
    page.text(LEFT + 12, TOP - 12, "whatever the wind says about the tide.", font=MONO)
    page.lines(LEFT, TOP - 24, wrapped(TIDES))
    first, *others = texts(read(pdf([page])))
    assert first.endswith("about the tide.")
    assert others == [TIDES]


def test_a_bold_font_is_known_by_its_name_where_its_weight_is_not_told() -> None:
    page = PdfPage()
    page.text(LEFT, TOP, "The book of tides", 10, BOLD)
    page.lines(LEFT, TOP - 12, wrapped(TIDES))
    assert texts(read(pdf([page])), Role.SUBHEAD) == ["The book of tides"]


def test_text_that_is_scaled_has_the_size_in_which_it_is_drawn() -> None:
    page, y = PdfPage(), TOP
    for line in [*wrapped(TIDES), *wrapped(PILOTS)]:
        page.text(LEFT, y, line, 20, MONO, turn="0.5 0 0 0.5")
        y -= 12
    page.text(LEFT, 80, "1 The second lamp was sold.", 14, MONO, turn="0.5 0 0 0.5")
    found = read(pdf([page]))
    assert texts(found) == [TIDES, PILOTS]
    assert texts(found, Role.FOOTNOTE) == ["1 The second lamp was sold."]


def test_a_raised_mark_parts_no_row() -> None:
    page = PdfPage()
    page.text(LEFT, TOP, "The lamp on the mole,", font=MONO)
    page.text(LEFT + 21 * WORD, TOP + 4, "3", 5, MONO)
    page.text(LEFT + 21 * WORD + 9, TOP, "sold in the year of the ice,", font=MONO)
    page.lines(LEFT, TOP - 12, wrapped("was never lit again, although the clerks have asked for it in every book.", 48))
    assert len(texts(read(pdf([page])))) == 1


def test_a_close_mark_at_the_beginning_of_a_line_stays_close() -> None:
    page = PdfPage()
    page.lines(
        LEFT,
        TOP,
        [
            "The book is old.[1] Nobody knows how old it",
            "is, and the lamp older.[2] A clerk asked it,",
            "[3] and was sent home without an answer.",
        ],
    )
    assert "A clerk asked it,[3] and was" in texts(read(pdf([page])))[0]


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("a wonder-", "ful year", True),
        ("an unex-", "plained lamp", True),
        ("the high-", "priority bell", False),
        ("a state-of-", "the-art mole", False),
        ("an x-", "axis", False),
        ("a PC-", "based book", False),
        ("they did-", "n’t cross", True),
        ("a three-", "masted boat", False),
        ("un-", "released eels", True),
        ("the black-", "listed clerks", True),
        ("by minister Malcolm Turn-", "bull of the harbour", True),
        ("by the Harbour-", "owned mole", False),
        ("a re-", "moored boat", True),
        ("FROM THE HAR-", "BOUR OF TIDES", True),
        ("the Anglo-", "French mole", False),
        ("the TrustedUser-", "CAKeys of ssh", True),
        ("the tide-", "watchd of the mole", False),
    ],
)
def test_the_words_of_english_judge_a_hyphen_that_the_document_does_not_know(
    before: str, after: str, whole: bool
) -> None:
    prose = "the keeper of the tide-gauge and the Harbour of the islands said that it was for all to see"
    lines = [prose, before, after, "a beauti-", "ful and imagi-", "native harbour", prose]
    assert vocabulary_of(lines).is_one_word(before, after) is whole


def test_a_word_with_an_ending_is_known_by_the_word_without_it() -> None:
    lines = [
        "a quaymoot of the clerks was for all",
        "and the quay-",
        "moots are in the harbour",
        "a beauti-",
        "ful mole",
    ]
    assert vocabulary_of([*lines, "imagi-", "native"]).is_one_word("and the quay-", "moots are in the harbour")


@pytest.mark.parametrize(
    ("before", "after", "suspended"),
    [
        ("the short-", "and long-term tides", True),
        ("the dem-", "and for eels", False),
        ("the precursz-", "or of the mole", False),
        ("the boats aro-", "und the mole", False),
    ],
)
def test_what_looks_like_and_may_be_the_rest_of_a_word(before: str, after: str, suspended: bool) -> None:
    prose = "the keeper of the tides and the harbour of the islands said that it was for all to see in a short time"
    assert vocabulary_of([prose, before, after, prose]).is_suspended(before, after) is suspended


def test_the_document_knows_better_than_the_list() -> None:
    lines = ["the co-worker of the clerk", "is in the house that", "was for the co-", "worker and the tide"]
    assert not vocabulary_of(lines).is_one_word("was for the co-", "worker and the tide")


@pytest.mark.parametrize(
    ("language", "known", "unknown"),
    [
        ("en", "harbor", "harborr"), ("de", "straße", "strasze"), ("fr", "rivière", "riviere"), ("es", "río", "rrío"),
        ("it", "fiume", "fiumme"), ("pt", "coração", "coraçaão"), ("nl", "rivier", "rivierr"), ("ru", "река", "рекаа"),
    ],
)  # fmt: skip
def test_words_are_found_in_the_list_of_their_language(language: str, known: str, unknown: str) -> None:
    found = listed({known, unknown, "", "zzzzzz", "\U0001f9a6"}, language)
    assert list(found) == [known]
    assert found[known] > 0


def test_the_language_of_a_text_shows_in_its_small_words() -> None:
    from collections import Counter

    said = {"en": "the lamp of the mole is in the sea", "de": "die Lampe ist nicht auf der Mole und das Meer ist weit"}
    assert {name: language_of(Counter(text.lower().split())) for name, text in said.items()} == {"en": "en", "de": "de"}
    assert language_of(Counter("lampi moli mari".split())) is None
