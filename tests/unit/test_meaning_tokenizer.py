"""Texts as the pieces that the model knows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docterm.meaning.tokenizer import LONGEST_WORD, Tokenizer, words

PIECES = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "the",
    "har",
    "##bour",
    "##s",
    "harbours",
    "un",
    "##aff",
    "##able",
    "cafe",
]
PIECES += [".", ",", "'", "$", "-", "海", "港", "a", "##a"]
TOKENIZER = Tokenizer(PIECES)


def pieces(text: str, longest: int = 1000) -> list[str]:
    return [PIECES[number] for number in TOKENIZER.numbers(text, longest)][1:-1]


def test_a_text_begins_and_ends_with_its_marks() -> None:
    assert TOKENIZER.numbers("", 8) == [2, 3]


def test_the_longest_piece_from_the_beginning_is_taken() -> None:
    assert pieces("The harbour, the harbours.") == ["the", "har", "##bour", ",", "the", "harbours", "."]
    assert pieces("unaffable") == ["un", "##aff", "##able"]


def test_a_word_of_which_a_part_is_not_known_is_unknown_as_a_whole() -> None:
    assert pieces("unaffix the") == ["[UNK]", "the"]
    assert pieces("a" * LONGEST_WORD) == ["a", *["##a"] * (LONGEST_WORD - 1)]
    assert pieces("a" * (LONGEST_WORD + 1)) == ["[UNK]"]


def test_accents_and_capitals_do_not_count() -> None:
    assert pieces("CAFÉ café cafe\u0301") == ["cafe"] * 3


def test_each_chinese_character_is_a_word() -> None:
    assert pieces("the海港the") == ["the", "海", "港", "the"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("$5", ["$", "5"]),
        ("it's", ["it", "'", "s"]),
        ("well-known", ["well", "-", "known"]),
        ("“so”…", ["“", "so", "”", "…"]),
        ("a\u200bb\x00c\ufffd", ["abc"]),
        ("a\u00a0b\tc\u3000d", ["a", "b", "c", "d"]),
        ("İstanbul ß", ["istanbul", "ß"]),
    ],
)
def test_words_are_parted_as_the_model_was_taught(text: str, parts: list[str]) -> None:
    assert list(words(text)) == parts


@given(st.text(max_size=200), st.integers(2, 40))
def test_any_text_has_numbers_of_the_vocabulary_and_no_more_than_are_asked_for(text: str, longest: int) -> None:
    numbers = TOKENIZER.numbers(text, longest)
    assert len(numbers) <= longest
    assert numbers[0] == 2
    assert numbers[-1] == 3
    assert all(0 <= number < len(PIECES) for number in numbers)


@given(st.text(max_size=60), st.integers(2, 20))
def test_a_cut_text_begins_as_the_whole(text: str, longest: int) -> None:
    assert TOKENIZER.numbers(text, longest)[:-1] == TOKENIZER.numbers(text, 1000)[:-1][: longest - 1]


@given(st.text(alphabet="the harbours unaffable.,", max_size=60))
def test_known_pieces_put_together_are_the_words(text: str) -> None:
    for word in words(text):
        found = pieces(word)
        if "[UNK]" not in found:
            assert "".join(piece.removeprefix("##") for piece in found) == word


@given(st.text(max_size=100))
def test_words_have_no_space_and_lose_nothing_of_ascii(text: str) -> None:
    found = list(words(text))
    assert all(word and not any(character.isspace() for character in word) for word in found)
    plain = "".join(character for character in text if character.isascii() and character.isalnum())
    if text.isascii():
        assert plain.lower() == "".join(c for word in found for c in word if c.isalnum())
