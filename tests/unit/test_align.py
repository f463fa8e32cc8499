"""Links between the passages of two documents."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docterm.compare.align import BEST, CLOSE, NEAR, SHARED, Alignment, Level, Link, align
from docterm.compare.background import Background, EnglishBackground
from docterm.compare.cancel import Cancelled
from docterm.compare.judgement import Judgement, Relation, Verdict
from docterm.compare.scoring import CANDIDATES
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
    return replace(link, left=link.right, right=link.left)


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


def test_a_link_says_which_parts_made_it() -> None:
    parts = align(passages("a", "The censors came."), passages("b", "Censorship came."), english()).links[0].score.parts
    words, letters = parts["words"], parts["letters"]
    assert 0 < words < letters < 1  # the letters see that both begin with censor
    same = align(passages("a", *STORM), passages("b", STORM[1]), english()).links[0]
    assert same.score.parts == pytest.approx({"words": 1.0, "letters": 1.0})
    assert same.strength == pytest.approx(sum(same.score.parts.values()) / 2)


def test_long_sides_are_linked_as_short_ones_are() -> None:
    """With more passages than are weighed for each, the best is still the one that says the same."""
    names = [f"{chr(97 + n % 26)}{chr(97 + n // 26)}{'xyz'[n % 3]}ium" for n in range(3 * CANDIDATES)]
    left = passages("a", *(f"The price of {name} rose in the harbour of {name}." for name in names))
    right = passages("b", *(f"In the harbour {name} rose in price." for name in reversed(names)))
    found = align(left, right, Even())
    best = {(link.left.index, link.right.index) for link in found.links if link.mutual}
    assert best == {(n, len(names) - 1 - n) for n in range(len(names))}


def test_progress_is_told_from_nothing_to_all() -> None:
    parts: list[float] = []
    align(passages("a", *STORM), passages("b", *STORM_RETOLD), Even(), progress=parts.append)
    assert parts == sorted(parts)
    assert 0 <= parts[0] < 0.5 < parts[-1] <= 1


# --- what the reader decided ---------------------------------------------------------------------


def judged(left: list[Passage], right: list[Passage], *judgements: Judgement) -> Alignment:
    return align(left, right, english(), judgements=judgements)


def test_a_rejected_link_is_gone_and_the_next_takes_its_place() -> None:
    left = passages("a", STORM[0])
    right = passages("b", *(f"{STORM[0]} {' '.join(CAKE[:extra])}" for extra in range(4)))
    no = Judgement.of(left[0], right[0], Verdict.REJECT)
    found = judged(left, right, no)
    assert [link.right.number for link in found.of_left(left[0])] == [2, 3, 4]
    assert found.of_left(left[0])[0].mutual
    assert found.only_right == (right[0],)


def test_kept_and_pinned_links_stand_before_stronger_ones() -> None:
    left = passages("a", STORM[0])
    right = passages("b", *(f"{STORM[0]} {' '.join(CAKE[:extra])}" for extra in range(4)), CAKE[2])
    keep = Judgement.of(left[0], right[3], Verdict.KEEP, Relation.DIFFERS, "weaker, but the one")
    pin = Judgement.of(left[0], right[4], Verdict.PIN)
    found = judged(left, right, keep, pin)
    own = found.of_left(left[0])
    assert [(link.right.number, link.judgement) for link in own] == [(5, pin), (4, keep), (1, None)]
    assert own[0].level is Level.WEAK
    assert own[0].strength < NEAR
    assert found.links[:3] == own
    assert found.of_right(right[4]) == own[:1]
    assert found.only_right == ()


def test_all_that_was_kept_is_shown_be_it_more_than_three() -> None:
    left, right = passages("a", STORM[0]), passages("b", *CAKE, *STORM)
    kept = [Judgement.of(left[0], passage, Verdict.KEEP) for passage in right]
    found = judged(left, right, *kept)
    assert len(found.of_left(left[0])) == len(right) > BEST


def test_judgements_hold_when_the_sides_are_swapped() -> None:
    left, right = passages("a", *STORM), passages("b", *STORM_RETOLD)
    no = Judgement.of(left[0], right[1], Verdict.REJECT)
    assert (2, 1) not in pairs(judged(right, left, no))
    assert (2, 1) in pairs(judged(right, left))


def test_judgements_of_other_documents_do_nothing() -> None:
    left, right = passages("a", *STORM), passages("b", *STORM_RETOLD)
    other = Judgement.of(passages("c", *STORM)[0], right[1], Verdict.REJECT)
    assert judged(left, right, other) == judged(left, right)


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
        assert [link for link in own if is_best_for_both(link, found)] == [link for link in own if link.mutual]
