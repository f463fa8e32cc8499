"""Pictures made of block characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docterm.blocks import bar, bar_leftward, cells, spark


@given(st.floats(-1, 2), st.integers(1, 30))
def test_bars_fill_their_width_and_grow_with_what_they_show(share: float, width: int) -> None:
    for draw in (bar, bar_leftward):
        assert len(draw(share, width)) == width
        assert draw(1, width) == "█" * width
        assert draw(share, width).count("█") <= draw(share + 0.5, width).count("█")
        assert draw(share, width).isspace() == (share <= 0)


def test_bars_grow_from_their_own_edge() -> None:
    assert bar(0.5, 4) == "██  "
    assert bar(5 / 32, 4) == "▋   "
    assert bar_leftward(0.5, 4) == "  ██"
    assert bar_leftward(3 / 8, 4) == "  ▐█"
    assert (bar(1e-9, 4), bar_leftward(1e-9, 4)) == ("▏   ", "   ▐")


@pytest.mark.parametrize(
    ("values", "picture"), [((), ""), ((0, 0), "··"), ((0, 1, 4, 8), "·▂▅█"), ((3,), "█"), ((0.01, 10), "▁█")]
)
def test_a_line_of_bars_ends_at_the_largest(values: tuple[float, ...], picture: str) -> None:
    assert spark(values) == picture


@given(st.lists(st.floats(0, 1)), st.integers(1, 20))
def test_every_place_is_in_a_cell(places: list[float], width: int) -> None:
    counts = cells(places, width)
    assert (len(counts), sum(counts)) == (width, len(places))


def test_places_are_in_the_cells_they_lie_in() -> None:
    assert cells([0, 0.1, 0.5, 1], 4) == [2, 0, 1, 1]
