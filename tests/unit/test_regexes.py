"""Regular expressions over passages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docterm.errors import QueryError
from docterm.search.regexes import MAX_PATTERN, Expression
from docterm.text import Span


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("harbou?r", "Harbor, harbour and HARBOUR", [(0, 6), (8, 15), (20, 27)]),
        (r"great\s+fire", "the great  firewall", [(4, 15)]),
        (r"\bÉt\w+", "été ÉTÉ", [(0, 3), (4, 7)]),
        ("x*", "axxb", [(1, 3)]),
        ("^", "a", []),
        (r"(?<=a)b", "ab b", [(1, 2)]),
    ],
)
def test_it_finds_whatever_the_case_and_never_no_characters(
    pattern: str, text: str, found: list[tuple[int, int]]
) -> None:
    assert Expression(pattern).spans(text) == [Span(*span) for span in found]


@pytest.mark.parametrize("pattern", [r"(a|aa)+$", r"(\w+\s?)*$", r"(x+x+)+y"])
def test_one_that_explodes_is_given_up(pattern: str) -> None:
    text = "a" * 60 + "b" + "x" * 3000 + " lorem" * 200 + "!"
    with pytest.raises(QueryError, match="takes too long"):
        Expression(pattern).spans(text)


@pytest.mark.parametrize("pattern", ["(", "[[:", "*a", r"\L<x>", "a" * (MAX_PATTERN + 1), "\\"])
def test_what_is_none_is_said_in_a_sentence(pattern: str) -> None:
    with pytest.raises(QueryError) as caught:
        Expression(pattern)
    assert caught.value.message.endswith(".")
    assert caught.value.hint.endswith(".")


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_pattern_ends_in_spans_or_a_query_error(pattern: str, text: str) -> None:
    try:
        spans = Expression(pattern).spans(text)
    except QueryError:
        return
    assert all(0 <= start < end <= len(text) for start, end in spans)
