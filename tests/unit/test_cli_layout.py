"""Breaking text into lines by cells."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from docterm.cli.layout import cells, fit, lines, pad

TEXTS = st.text(alphabet=st.sampled_from("ab é中か́ \u200b—"), max_size=60)


def test_lines_break_between_words() -> None:
    text = "one two  three four"
    assert [text[start:end] for start, end in lines(text, 9)] == ["one two", "three", "four"]


def test_a_long_word_is_cut() -> None:
    text = "abcdefghij kl"
    assert [text[start:end] for start, end in lines(text, 4)] == ["abcd", "efgh", "ij", "kl"]


def test_wide_characters_take_two_cells() -> None:
    text = "中文字符 ab"
    assert cells(text) == 11
    assert [text[start:end] for start, end in lines(text, 4)] == ["中文", "字符", "ab"]


def test_combining_characters_take_none() -> None:
    assert cells("e\u0301") == 1


@given(TEXTS, st.integers(2, 20))
def test_no_line_is_too_wide_and_no_word_is_lost(text: str, width: int) -> None:
    spans = lines(text, width)
    assert all(cells(text[start:end]) <= width for start, end in spans)
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(first.end <= second.start for first, second in pairwise(spans))


@given(TEXTS, st.integers(1, 20))
def test_fit_fits(text: str, width: int) -> None:
    fitted = fit(text, width)
    assert cells(fitted) <= width
    assert fitted == text or fitted.endswith("…")


@given(TEXTS, st.integers(0, 20))
def test_pad_fills_to_the_width(text: str, width: int) -> None:
    assert cells(pad(text, width)) == cells(pad(text, width, right=True)) == max(width, cells(text))
