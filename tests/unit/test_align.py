"""Links between the passages of two documents."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docterm.compare.align import BEST, CLOSE, NEAR, SHARED, Alignment, Level, Link, align
from docterm.compare.background import Background, EnglishBackground
from docterm.compare.cancel import Cancelled
from docterm.library.model import Locator, Passage, Role
from docterm.text import words

STORM = (
    "The harbour master closed the port of Lindvik on Tuesday after a storm tore two ferries from their moorings.",
    "Nobody was hurt, the coast guard said, but a grain warehouse lost its roof and forty tonnes of barley.",
    "The mayor promised that the breakwater, built in 1931, will be raised before the next winter.",
)
STORM_RETOLD = (
    "Before next winter the old breakwater of 1931 has to be higher, says the mayor.",
    "A gale ripped a pair of ferries off their moorings, and Lindvik's harbour was shut from Tuesday.",
    "Forty tonnes of barley were soaked when the roof of a warehouse blew away; the coast guard counts no injured.",
)
CAKE = (
    "Whisk the eggs with the sugar until they are pale, then fold in the sifted flour.",
    "Bake for half an hour, and leave the sponge in its tin to cool.",
    "Spread it with apricot jam while it is warm.",
)


def passages(key: str, *texts: str) -> list[Passage]:
    return [Passage(key, number, Role.BODY, text, Locator(number + 1)) for number, text in enumerate(texts)]


class Even:
    """Every word as rare as every other."""

    origin = "nowhere"

    def idf(self, word: str) -> float:
        return 1.0


@functools.cache
def english() -> Background:
    return EnglishBackground(word for text in (*STORM, *STORM_RETOLD, *CAKE) for word in words(text))


def pairs(alignment: Alignment) -> set[tuple[int | None, int | None]]:
    return {(link.left.number, link.right.number) for link in alignment.links}


def swapped(link: Link) -> Link:
    return Link(link.right, link.left, link.strength, link.level, link.shared)


def is_best_for_both(link: Link, found: Alignment) -> bool:
    return found.of_left(link.left)[0] == link == found.of_right(link.right)[0]


def test_the_same_events_in_other_words_are_linked() -> None:
    found = align(passages("a", *STORM), passages("b", *STORM_RETOLD), english())
    best = {(link.left.number, link.right.number) for link in found.links if is_best_for_both(link, found)}
    assert best == {(1, 2), (2, 3), (3, 1)}
    assert not found.only_left
    assert not found.only_right


def test_unrelated_texts_are_not_linked() -> None:
    left, right = passages("a", *STORM), passages("b", *CAKE)
    found = align(left, right, english())
    assert found.links == ()
    assert found.only_left == tuple(left)
    assert found.only_right == tuple(right)
    assert found.of_left(left[0]) == found.of_right(right[0]) == ()


def test_identical_passages_are_as_strong_as_can_be() -> None:
    found = align(passages("a", *STORM), passages("b", *STORM), english())
    same = [link for link in found.links if link.left.number == link.right.number]
    assert [link.strength for link in same] == pytest.approx([1.0, 1.0, 1.0])
    assert all(link.level is Level.CLOSE for link in same)


def test_shared_words_are_shown_as_read_rarest_first_and_without_function_words() -> None:
    link = align(passages("a", STORM[0]), passages("b", STORM_RETOLD[1]), english()).links[0]
    assert set(link.shared) == {"Lindvik", "moorings", "ferries", "harbour", "Tuesday"}
    weights = [english().idf(word.lower()) for word in link.shared]
    assert weights == sorted(weights, reverse=True)


def test_shared_words_are_at_most_six() -> None:
    text = "Copper, nickel, cobalt, zinc, lithium, manganese, graphite and platinum were weighed."
    assert len(align(passages("a", text), passages("b", text), Even()).links[0].shared) == SHARED


def test_words_that_stand_nearly_everywhere_are_shown_only_where_nothing_else_is_shared() -> None:
    left = passages("a", "China bought barley.", "China sold copper.", "China has spoken.")
    right = passages("b", "Barley went to China.", "Copper came from China.", "China was asked.")
    found = align(left, right, Even())
    shown = {(link.left.number, link.right.number): link.shared for link in found.links}
    assert shown[1, 1] == ("barley",)
    assert shown[2, 2] == ("copper",)
    assert shown[3, 3] == ("China",)


def test_function_words_alone_make_no_link() -> None:
    text = "It was what they had been, and so it is with all of them."
    assert align(passages("a", text), passages("b", text), Even()).links == ()


def test_a_word_in_capitals_is_not_taken_for_a_function_word() -> None:
    found = align(passages("a", "The US said so."), passages("b", "So said the US."), Even())
    assert "US" in found.links[0].shared


@pytest.mark.parametrize(("left", "right"), [((), ()), (STORM, ()), ((), STORM), (("—",), STORM)])
def test_a_side_without_words_has_no_links(left: tuple[str, ...], right: tuple[str, ...]) -> None:
    found = align(passages("a", *left), passages("b", *right), Even())
    assert found.links == ()
    assert (len(found.only_left), len(found.only_right)) == (len(left), len(right))


def test_one_word_passages() -> None:
    found = align(passages("a", "Storm.", "Barley"), passages("b", "barley!", "Ferry"), Even())
    assert pairs(found) == {(2, 1)}
    assert found.links[0].shared == ("barley",)
    assert [passage.text for passage in found.only_left] == ["Storm."]


def test_only_body_passages_take_part() -> None:
    caption = Passage("a", 0, Role.CAPTION, STORM[0], Locator(None))
    found = align([caption], passages("b", *STORM), Even())
    assert found.links == ()
    assert found.only_left == ()


def test_a_passage_has_its_own_best_three_strongest_first() -> None:
    left = passages("a", STORM[0])
    right = passages("b", *(f"{STORM[0]} {' '.join(CAKE[:extra])}" for extra in range(4)), STORM[0])
    found = align(left, right, english())
    own = found.of_left(left[0])
    assert [link.right.number for link in own] == [1, 5, 2]
    assert len(own) == BEST
    assert len(found.links) == len(right)  # each right passage still has its own best
    assert [is_best_for_both(found.of_right(passage)[0], found) for passage in right] == [
        True,
        False,
        False,
        False,
        False,
    ]
    assert [link.strength for link in found.links] == sorted((link.strength for link in found.links), reverse=True)


def test_the_level_follows_the_strength() -> None:
    found = align(passages("a", *STORM, *CAKE), passages("b", *STORM_RETOLD, *CAKE), english())
    assert {link.level for link in found.links if link.strength >= CLOSE} == {Level.CLOSE}
    assert {link.level for link in found.links if link.strength < CLOSE} <= {Level.NEAR}


def test_work_stops_when_it_is_cancelled() -> None:
    calls: Iterator[int] = itertools.count()
    with pytest.raises(Cancelled):
        align(passages("a", *STORM), passages("b", *STORM), Even(), cancelled=lambda: next(calls) >= 4)
    assert next(calls) == 5  # asked again and again, and obeyed at once


TEXTS = st.lists(
    st.lists(
        st.sampled_from("The the US us storm Storm's ferry ferries, — Lindvik 1931 and 40 é".split()), max_size=8
    ).map(" ".join),
    max_size=6,
)


@settings(deadline=None, max_examples=60)
@given(TEXTS, TEXTS)
def test_swapping_the_sides_swaps_the_links_and_nothing_else(first: list[str], second: list[str]) -> None:
    left, right = passages("a", *first), passages("b", *second)
    one, other = align(left, right, Even()), align(right, left, Even())
    assert set(one.links) == {swapped(link) for link in other.links}
    assert (one.only_left, one.only_right) == (other.only_right, other.only_left)
    for passage in left:
        assert one.of_left(passage) == tuple(swapped(link) for link in other.of_right(passage))


@settings(deadline=None, max_examples=60)
@given(TEXTS, TEXTS)
def test_links_keep_their_bounds(first: list[str], second: list[str]) -> None:
    left, right = passages("a", *first), passages("b", *second)
    found = align(left, right, Even())
    assert all(NEAR <= link.strength <= 1 and link.shared for link in found.links)
    assert {link.left for link in found.links}.isdisjoint(found.only_left)
    assert {link.left for link in found.links} | set(found.only_left) == set(left)
    assert {link.right for link in found.links} | set(found.only_right) == set(right)
    for passage in left:
        own = found.of_left(passage)
        assert len(own) <= BEST
        assert set(own) <= set(found.links)
        assert [link.strength for link in own] == sorted((link.strength for link in own), reverse=True)
        assert sum(is_best_for_both(link, found) for link in own) <= 1
