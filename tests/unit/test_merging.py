"""Which segments are joined: few are left, none is joined again and again, and full ones are left alone."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from docterm.search.whoosh_engine.merging import FULL, MOST, to_merge


@dataclass
class Segment:
    live: int
    every: int

    def doc_count(self) -> int:
        return self.live

    def doc_count_all(self) -> int:
        return self.every


def tidied(segments: list[Segment]) -> tuple[list[Segment], int]:
    """Join until there is nothing left to do; give what is left and how many passages were copied."""
    copied = 0
    while chosen := to_merge(segments):
        joined = sum(segments[place].live for place in chosen)
        copied += joined
        segments = [each for place, each in enumerate(segments) if place not in chosen] + [Segment(joined, joined)] * (
            joined > 0
        )
    return segments, copied


@given(
    st.lists(st.integers(1, 300_000).flatmap(lambda n: st.builds(Segment, st.integers(0, n), st.just(n))), max_size=60)
)
def test_what_is_left_is_few_segments_of_passages_that_are_there(segments: list[Segment]) -> None:
    wanted = sum(each.live for each in segments)
    left, _ = tidied(segments)
    assert sum(each.live for each in left) == wanted
    assert len([each for each in left if each.live < FULL]) <= MOST
    assert all(each.live > each.every / 2 for each in left)


def test_a_passage_is_copied_few_times_while_documents_are_added_one_by_one() -> None:
    segments: list[Segment] = []
    copied = 0
    for _ in range(4000):
        segments, more = tidied([*segments, Segment(50, 50)])
        copied += more
    assert len(segments) <= MOST + 200_000 // FULL
    assert copied < 12 * 200_000


def test_few_segments_are_left_alone() -> None:
    assert to_merge([Segment(50, 50)] * MOST) == []
    assert to_merge([Segment(FULL, FULL)] * 30) == []
    assert to_merge([Segment(40, 100), Segment(50, 50)]) == [0]
