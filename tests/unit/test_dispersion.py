"""Where in a document hits stand: counts by slice, and the strip of blocks that shows them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from docterm.search.dispersion import dispersion


def test_places_are_counted_where_they_stand() -> None:
    assert dispersion([0, 1, 99, 50], 100, 4) == (2, 0, 1, 1)
    assert dispersion([], 100, 4) == (0, 0, 0, 0)
    assert dispersion([0, 2, 2], 3, 16) == (1, 0, 2)
    assert dispersion([], 0) == (0,)


@given(length=st.integers(1, 500), data=st.data(), slices=st.integers(1, 40))
def test_every_place_is_in_one_slice_and_slices_are_of_nearly_one_length(
    length: int, data: st.DataObject, slices: int
) -> None:
    places = data.draw(st.lists(st.integers(0, length - 1)))
    assert sum(dispersion(places, length, slices)) == len(places)
    sizes = dispersion(range(length), length, slices)
    assert max(sizes) - min(sizes) <= 1
