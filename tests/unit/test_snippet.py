"""The part of a passage that a list of hits shows."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docterm.search.snippet import ELLIPSIS, snippet
from docterm.text import Span, tokens

TEXT = st.lists(
    st.sampled_from(["harbour", "a", "lights,", "北京", "self-evident", "x" * 30, "“no”"]), max_size=30
).map(" ".join)


@st.composite
def passages(draw: st.DrawFn) -> tuple[str, list[Span]]:
    """A text and the spans of some of its words, as a matcher gives them."""
    text = draw(TEXT)
    found = [Span(token.start, token.end) for token in tokens(text)]
    kept = draw(st.lists(st.booleans(), min_size=len(found), max_size=len(found)))
    return text, [span for span, keep in zip(found, kept, strict=True) if keep]


@given(passages(), st.integers(3, 120))
@example(("harbour " * 20, [Span(80, 87)]), 3)
def test_it_fits_and_what_is_marked_was_marked(passage: tuple[str, list[Span]], width: int) -> None:
    text, spans = passage
    piece = snippet(text, spans, width)
    assert len(piece.text) <= width
    inner = piece.text.removeprefix(ELLIPSIS).removesuffix(ELLIPSIS)
    assert inner in text
    whole = {text[span.start : span.end] for span in spans}
    end = 0
    for span in piece.spans:
        assert end <= span.start < span.end <= len(piece.text)
        end = span.end
        assert any(piece.text[span.start : span.end] in word for word in whole)
    if len(text) <= width:
        assert piece == (text, tuple(spans))


@given(passages(), st.integers(40, 120))
def test_the_first_hit_is_in_it_whole(passage: tuple[str, list[Span]], width: int) -> None:
    text, spans = passage
    piece = snippet(text, spans, width)
    if spans:
        first = piece.spans[0]
        assert piece.text[first.start : first.end] == text[spans[0].start : spans[0].end]


@given(st.lists(st.sampled_from(["harbour", "a", "lights", "crossing"]), min_size=1, max_size=40), st.data())
def test_words_are_not_cut(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    found = [Span(token.start, token.end) for token in tokens(text)]
    span = data.draw(st.sampled_from(found))
    piece = snippet(text, [span], data.draw(st.integers(30, 80)))
    assert set(piece.text.replace(ELLIPSIS, "").split()) <= set(words)
    assert piece.text.startswith(ELLIPSIS) == (
        not text.startswith(piece.text.strip(ELLIPSIS)) or piece.text[0] == ELLIPSIS
    )


@pytest.mark.parametrize(
    ("text", "spans", "width", "expected", "marked"),
    [
        ("short", [Span(0, 5)], 40, "short", ["short"]),
        ("", [], 40, "", []),
        ("one two three four five six seven", [], 20, "one two three four…", []),
        ("one two three four five six seven", [Span(28, 33)], 20, "…five six seven", ["seven"]),
        ("one two three four five six seven", [Span(0, 3), Span(28, 33)], 20, "one two three four…", ["one"]),
        ("x" * 100, [Span(0, 100)], 10, "x" * 8 + "…", ["x" * 8]),
    ],
)
def test_snippets(text: str, spans: list[Span], width: int, expected: str, marked: list[str]) -> None:
    piece = snippet(text, spans, width)
    assert piece.text == expected
    assert [piece.text[span.start : span.end] for span in piece.spans] == marked
