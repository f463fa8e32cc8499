"""What the reader decided about links, and finding the passages again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docterm.compare.anchor import Anchor, Anchorage
from docterm.compare.judgement import ABOUT, Judgement, Relation, Verdict, judgement_from_json, judgements_from, settle
from docterm.library.model import Locator, Number, Passage, Role
from docterm.quotes.notebook import Notebook


def passages(key: str, *texts: str, first: int = 1) -> list[Passage]:
    return [Passage(key, number, Role.BODY, text, Locator(first + number)) for number, text in enumerate(texts)]


LEFT = passages("a", "The port was closed.", "Two ferries were torn off.", "Nobody was hurt.")
RIGHT = passages("b", "A gale took two ferries.", "It cost no life.")
JUDGED = Judgement.of(LEFT[1], RIGHT[0], Verdict.KEEP, Relation.ADDS, "a gale, not a storm")


def found(left: list[Passage], right: list[Passage], *judgements: Judgement) -> list[tuple[str, str, Verdict]]:
    by_place = {(each.key, each.index): each.text for each in (*left, *right)}
    settled = settle(judgements, left, right)
    return [(by_place[one], by_place[other], judgement.verdict) for (one, other), judgement in settled.items()]


def test_a_passage_is_found_by_its_words_when_the_numbers_have_moved() -> None:
    moved = passages("a", "A new first paragraph.", *(passage.text for passage in LEFT))
    assert found(moved, RIGHT, JUDGED) == [(LEFT[1].text, RIGHT[0].text, Verdict.KEEP)]


def test_a_passage_is_found_by_its_number_when_its_words_were_corrected() -> None:
    corrected = passages("a", LEFT[0].text, "Two ferry-boats were torn off.", LEFT[2].text)
    assert found(corrected, RIGHT, JUDGED) == [("Two ferry-boats were torn off.", RIGHT[0].text, Verdict.KEEP)]


def test_spaces_and_marks_make_no_other_passage() -> None:
    assert Anchor.of(passages("a", "“Two ferries”,  he said…")[0]) == Anchor.of(
        passages("a", '"Two ferries" he said.')[0]
    )


def test_of_passages_with_the_same_words_the_nearest_is_meant() -> None:
    twice = passages("a", "Nobody was hurt.", "It rained.", "It cleared.", "It froze.", "Nobody was hurt.")
    anchored = Anchorage(passages("a", "New.", *(each.text for each in twice)))
    assert [getattr(anchored.find(Anchor.of(each)), "number", None) for each in (twice[0], twice[4])] == [2, 6]


def test_a_paragraph_that_came_between_two_others_is_told_by_its_letter() -> None:
    between = Passage("a", 3, Role.BODY, "Put in later.", Locator(Number(2, "a")))
    anchored = Anchorage([*LEFT, between])
    assert anchored.find(Anchor("a", "2a", "other words")) is between
    assert anchored.find(Anchor("a", "2", "other words")) is LEFT[1]


def test_what_is_gone_is_not_found() -> None:
    assert found(LEFT[:1], RIGHT, JUDGED) == []
    assert found(LEFT, passages("c", RIGHT[0].text), JUDGED) == []


def test_it_is_the_same_judgement_whichever_document_is_on_the_left() -> None:
    assert found(RIGHT, LEFT, JUDGED) == [(RIGHT[0].text, LEFT[1].text, Verdict.KEEP)]
    assert Judgement.of(RIGHT[0], LEFT[1], Verdict.REJECT).name == JUDGED.name


def test_of_two_on_one_pair_that_on_todays_words_counts() -> None:
    stale = Judgement.of(passages("a", "x", "other words")[1], RIGHT[0], Verdict.REJECT)
    for order in ((stale, JUDGED), (JUDGED, stale)):
        assert [verdict for _, _, verdict in found(LEFT, RIGHT, *order)] == [Verdict.KEEP]


def test_judging_again_keeps_the_name() -> None:
    assert replace(JUDGED, verdict=Verdict.REJECT, note="").name == JUDGED.name


def test_a_judgement_outlives_the_process(tmp_path: Path) -> None:
    Notebook(tmp_path / "notebook.jsonl").keep(ABOUT, JUDGED.name, JUDGED.as_json(), JUDGED.what)
    notebook = Notebook(tmp_path / "notebook.jsonl")
    assert judgements_from(notebook.kept(ABOUT)) == (JUDGED,)
    notebook.keep(ABOUT, JUDGED.name, replace(JUDGED, verdict=Verdict.REJECT).as_json(), "rejecting the link")
    assert [each.verdict for each in judgements_from(notebook.kept(ABOUT))] == [Verdict.REJECT]
    assert notebook.undo() == "Undone: rejecting the link."
    assert judgements_from(notebook.kept(ABOUT)) == (JUDGED,)


def test_what_is_done_is_said_for_an_undo() -> None:
    assert JUDGED.what == "keeping the link from a:2 to b:1"
    assert replace(JUDGED, verdict=Verdict.PIN).what.startswith("pinning the link")


ANCHORS = st.builds(Anchor, st.text(min_size=1), st.just("12a"), st.text("0123456789abcdef", min_size=1))


@given(
    st.builds(Judgement, ANCHORS, ANCHORS, st.sampled_from(Verdict), st.none() | st.sampled_from(Relation), st.text())
)
def test_json_brings_back_what_was_kept(judgement: Judgement) -> None:
    assert judgement_from_json(json.loads(json.dumps(judgement.as_json()))) == judgement


@pytest.mark.parametrize("field", ["left", "right", "verdict"])
@pytest.mark.parametrize("value", [None, 3, "x", {}, {"key": "a", "number": 3, "words": "x"}, ["keep"]])
def test_what_is_no_judgement_is_passed_over(field: str, value: object) -> None:
    damaged = {**JUDGED.as_json(), field: value}
    assert judgements_from({"damaged": damaged, JUDGED.name: JUDGED.as_json()}) == (JUDGED,)
    with pytest.raises(ValueError, match=r"."):
        judgement_from_json(damaged)
