"""Subjects: what both sides share, and what they have on one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docterm.compare.anchor import Anchor
from docterm.compare.background import EnglishBackground
from docterm.compare.cancel import Cancelled
from docterm.compare.offers import Kind, offers
from docterm.compare.sides import Side
from docterm.compare.subjects import BothOnSubject, OnSubject, Subject, on_subject, subject_from_json, subjects_from
from docterm.errors import QueryError
from docterm.library.model import Document, Locator, Passage, Role, Status
from docterm.library.model import Kind as DocumentKind
from docterm.text import words

PORT = (
    "The Great Firewall of Lindvik blocks foreign news, and the censors of the port read every letter.",
    "Censorship began in 1931, the harbour master said.",
    "Forty tonnes of barley were lost in the storm.",
)
TOWN = (
    "Nobody has seen the Great Firewall, but censoring letters is the custom of the town.",
    "The storm took barley and a censor's hat.",
    "Prices rose.",
)


class Even:
    """Every word as rare as every other."""

    origin = "nowhere"

    def idf(self, word: str) -> float:
        return 1.0


def side(key: str, *texts: str) -> Side:
    document = Document(key, key, "", "", DocumentKind.DOCUMENT, f"{key}.txt", 9, len(texts), Status.READY)
    return Side.of(document, [Passage(key, n, Role.BODY, text, Locator(n + 1)) for n, text in enumerate(texts)])


LEFT, RIGHT = side("port", *PORT), side("town", *TOWN)
ENGLISH = EnglishBackground(word for text in (*PORT, *TOWN) for word in words(text))


def found(subject: str | Subject) -> BothOnSubject:
    return on_subject(Subject.typed(subject) if isinstance(subject, str) else subject, LEFT, RIGHT, ENGLISH)


def numbers(passages: Iterable[OnSubject]) -> list[int | None]:
    return [each.passage.number for each in passages]


def test_a_subject_is_found_in_any_form_of_its_words_on_both_sides() -> None:
    both = found("censors")
    assert (numbers(both.left), numbers(both.right)) == ([1], [2, 1])
    assert [PORT[0][span.start : span.end] for span in both.left[0].spans] == ["censors"]


def test_the_passage_that_is_most_about_it_comes_first() -> None:
    both = found("barley storm")
    assert (numbers(both.left), numbers(both.right)) == ([3], [2])
    ranked = found("storm OR letters OR barley").right
    assert [each.score for each in ranked] == sorted((each.score for each in ranked), reverse=True)
    assert numbers(ranked) == [2, 1]


def test_half_of_what_the_words_weigh_is_enough_and_less_is_not() -> None:
    even = on_subject(Subject.typed("firewall barley letters storm"), LEFT, RIGHT, Even())
    assert (numbers(even.left), numbers(even.right)) == ([3, 1], [2, 1])
    assert numbers(on_subject(Subject.typed("firewall barley storm"), LEFT, RIGHT, Even()).left) == [3]


def test_a_word_that_neither_side_has_counts_for_nothing() -> None:
    assert numbers(found("zeppelin airship barley").right) == [2]


def test_either_of_two_will_do_where_the_reader_says_so() -> None:
    assert sorted(each.passage.index for each in found("Great Firewall OR barley").left) == [0, 2]


def test_function_words_count_only_where_there_is_nothing_else() -> None:
    assert numbers(found("the barley").right) == [2]
    assert numbers(found("nobody").right) == [1]


@pytest.mark.parametrize("query", ["", "  ", "—", " OR "])
def test_a_subject_needs_a_word(query: str) -> None:
    with pytest.raises(QueryError):
        Subject.typed(query)


def test_what_is_not_found_is_nothing() -> None:
    assert found("zeppelin") == BothOnSubject(Subject.typed("zeppelin"), (), ())


# --- by hand -------------------------------------------------------------------------------------


def test_passages_are_put_in_and_taken_out_by_hand() -> None:
    subject = Subject.typed("barley").with_passage(RIGHT.body()[2]).without_passage(LEFT.body()[2])
    both = found(subject)
    assert both.left == ()
    assert [(each.passage.number, each.by_hand) for each in both.right] == [(2, False), (3, True)]
    assert found(subject.without_passage(RIGHT.body()[2])).right == found("barley").right
    assert numbers(found(subject.with_passage(LEFT.body()[2])).left) == [3]


def test_what_was_put_in_by_hand_is_found_again_when_the_numbers_have_moved() -> None:
    subject = Subject.typed("zeppelin").with_passage(LEFT.body()[1])
    moved = side("port", "A new first paragraph.", *PORT)
    assert numbers(on_subject(subject, moved, RIGHT, ENGLISH).left) == [3]


ANCHORS = st.builds(Anchor, st.text(min_size=1), st.just("2"), st.text(min_size=1))
SUBJECTS = st.builds(
    Subject, st.text(), st.text(), st.lists(ANCHORS, max_size=2).map(tuple), st.lists(ANCHORS, max_size=2).map(tuple)
)


@given(SUBJECTS)
def test_json_brings_back_what_was_kept(subject: Subject) -> None:
    assert subject_from_json(json.loads(json.dumps(subject.as_json()))) == subject


@pytest.mark.parametrize("field", ["name", "query", "added", "removed"])
@pytest.mark.parametrize("value", [None, 3, [3], {"key": "a"}])
def test_what_is_no_subject_is_passed_over(field: str, value: object) -> None:
    whole = Subject.typed("barley")
    assert subjects_from({"damaged": {**whole.as_json(), field: value}, "barley": whole.as_json()}) == {"barley": whole}


# --- offers --------------------------------------------------------------------------------------


def test_what_both_sides_share_is_offered_as_it_is_written() -> None:
    offered = {offer.text: (offer.kind, offer.left, offer.right) for offer in offers(LEFT, RIGHT, ENGLISH)}
    assert offered["Great Firewall"] == (Kind.NAME, 1, 1)
    assert offered["barley"] == (Kind.WORD, 1, 1)
    assert not offered.keys() & {"Firewall", "Great", "of", "Lindvik", "1931", "Prices"}


def test_what_stands_in_several_passages_of_both_is_offered_alone_where_there_is_any() -> None:
    left, right = side("a", *PORT, "A storm, and barley."), side("b", *TOWN, "A storm came.", "Barley again.")
    assert [offer.text for offer in offers(left, right, ENGLISH)] == ["barley", "storm"]


def test_words_that_are_frequent_everywhere_are_not_offered() -> None:
    texts = ("He said one more to people.", "People said that time.")
    background = EnglishBackground(word for text in texts for word in words(text))
    assert offers(side("a", *texts), side("b", *texts), background) == ()


def test_every_offer_finds_what_it_says_when_it_is_typed() -> None:
    for offer in offers(LEFT, RIGHT, ENGLISH):
        both = found(offer.text)
        assert len(both.left) >= offer.left
        assert len(both.right) >= offer.right


def test_empty_sides_have_no_subjects() -> None:
    assert offers(side("a"), RIGHT, ENGLISH) == ()
    assert on_subject(Subject.typed("barley"), side("a"), side("b"), ENGLISH).left == ()


def test_work_stops_when_it_is_cancelled() -> None:
    calls = count()
    with pytest.raises(Cancelled):
        offers(LEFT, RIGHT, ENGLISH, cancelled=lambda: next(calls) > 2)
    with pytest.raises(Cancelled):
        on_subject(Subject.typed("barley"), LEFT, RIGHT, ENGLISH, cancelled=lambda: True)
    assert next(calls) == 4
