"""Two documents set side by side, as a whole and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from docterm.compare.cancel import Cancelled
from docterm.compare.comparison import Comparison, compare
from docterm.compare.judgement import Judgement, Relation, Verdict
from docterm.compare.sides import Side
from docterm.library.model import Document, Kind, Locator, Passage, Role, Status
from docterm.text import words

STORM = ("The storm tore two ferries from their moorings in Lindvik.", "“Nobody was hurt,” the coast guard said.")
LINE = "We shall not close the port of Lindvik."
CALM = ("Copper and cobalt were sold in Antwerp.", "The council met at noon to plant lime trees.")
GALE = ("In Lindvik two ferries were torn from their moorings by a storm.", "Grain prices rose again in March.")


class Even:
    """Every word as rare as every other."""

    origin = "nowhere"

    def idf(self, word: str) -> float:
        return 1.0


def passages(key: str, *texts: str) -> list[Passage]:
    title = Passage(key, 0, Role.TITLE, "Storm", Locator(None))
    return [title] + [Passage(key, n, Role.BODY, text, Locator(n)) for n, text in enumerate(texts, 1)]


def document(key: str, kind: Kind = Kind.DOCUMENT, record: Mapping[str, Any] | None = None) -> Document:
    return Document(
        key, key.title(), "Harbour News", "2023-04", kind, f"{key}.md", 20, 2, Status.READY, None, record or {}
    )


def comparison(
    left: Document | None = None, right: Document | None = None, texts: tuple[tuple[str, ...], ...] = (STORM, GALE)
) -> Comparison:
    left, right = left or document("storm"), right or document("gale")
    return compare(Side.of(left, passages(left.key, *texts[0])), Side.of(right, passages(right.key, *texts[1])), Even())


def test_the_json_has_the_documented_shape() -> None:
    found = json.loads(json.dumps(comparison().as_json()))
    assert list(found) == [
        "schema", "left", "right", "notes", "subjects", "shared_quotations", "links", "only_left", "only_right",
        "vocabulary", "voices", "certainty",
    ]  # fmt: skip
    assert found["schema"] == "docterm.compare/1"
    assert found["left"] == document("storm").as_json() | {
        "label": "storm",
        "documents": ["storm"],
        "facts": found["left"]["facts"],
    }
    assert found["left"]["facts"].keys() == {
        "kind", "date", "source", "publisher", "type", "documents", "words", "paragraphs", "quoted",
        "languages",
    }  # fmt: skip
    (link,) = found["links"]
    assert link.keys() == {
        "left", "right", "strength", "shared", "level", "parts", "mutual", "verdict", "relation", "note",
    }  # fmt: skip
    assert link["strength"] == pytest.approx(sum(link["parts"].values()) / 2, abs=1e-3)
    assert (link["level"], link["mutual"], link["verdict"], link["relation"]) == ("close", True, None, None)
    assert (link["left"], link["right"]) == ("storm:1", "gale:1")
    assert 0.5 < link["strength"] < 1
    assert set(link["shared"]) <= {"storm", "two", "ferries", "moorings", "Lindvik", "tore", "torn"}
    assert found["only_left"] == ["storm:2"]
    assert found["only_right"] == ["gale:2"]
    for row in found["vocabulary"]:
        assert list(row) == [
            "term", "kind", "forms", "left", "right", "left_per_1000", "right_per_1000", "log_ratio", "interval", "lrc",
            "g2", "z", "passages", "few",
        ]  # fmt: skip
        assert len(row["interval"]) == 2
    (voice,) = found["voices"]
    assert voice == {
        "side": "left", "speaker": "coast guard", "sort": "name", "kind": "direct", "verb": "say", "words": 3,
        "quoted": 3, "address": "storm:2", "span": [1, 17], "source": [19, 34], "cue": [35, 39],
    }  # fmt: skip
    assert found["certainty"] == [
        {"side": "left", "address": "storm:2", "hedges": [], "boosters": [],
         "cues": [{"class": "negation", "cue": "nobody", "span": [1, 7]}]},
    ]  # fmt: skip


def test_the_json_has_what_the_reader_decided_and_what_is_quoted_on_both_sides() -> None:
    sides = [Side.of(document(key), passages(key, *texts, LINE)) for key, texts in (("storm", STORM), ("gale", GALE))]
    left, right = (side.body() for side in sides)
    pin = Judgement.of(left[1], right[1], Verdict.PIN, Relation.DIFFERS, "hm")
    found = compare(sides[0], sides[1], Even(), judgements=[pin]).as_json()
    pinned = next(link for link in found["links"] if link["left"] == "storm:2")
    assert (pinned["right"], pinned["level"]) == ("gale:2", "weak")
    assert (pinned["verdict"], pinned["relation"], pinned["note"]) == ("pin", "differs", "hm")
    (quotation,) = found["shared_quotations"]
    assert quotation == {
        "left": "storm:3", "left_span": [0, len(LINE) - 1], "left_rest": [[0, 0], [len(LINE) - 1, len(LINE)]],
        "right": "gale:3", "right_span": [0, len(LINE) - 1], "right_rest": [[0, 0], [len(LINE) - 1, len(LINE)]],
        "words": 8, "text": LINE.rstrip("."),
    }  # fmt: skip


def test_facts_come_from_the_body_and_the_record() -> None:
    record = {"type": "article-newspaper", "container-title": "Harbour News", "publisher": "Port Press"}
    facts = comparison(left=document("storm", record=record)).left_facts
    assert (facts.type, facts.publisher, facts.source, facts.date) == (
        "article-newspaper", "Port Press", "Harbour News", "2023-04",
    )  # fmt: skip
    assert (facts.words, facts.paragraphs) == (17, 2)
    assert facts.quoted == pytest.approx(3 / 17)


def test_without_a_publisher_the_container_is_named_and_odd_records_do_no_harm() -> None:
    found = comparison(
        left=document("storm", record={"container-title": "Tidings"}), right=document("gale", record={"type": ["x"]})
    )
    assert found.left_facts.publisher == "Tidings"
    assert (found.right_facts.publisher, found.right_facts.type) == ("", "")


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("No mark at all.", 0),
        ("“All of it is said,” “every word.”", 1),
        ('He said "four words in it" twice, "one" more.', 5 / 9),
        ("He said: “it goes on", 3 / 5),
        ("„Zwei Worte“ sagte er.", 2 / 4),
        ("«Deux mots» sont dits.", 2 / 4),
        ("It's 'not counted', that's all.", 0),
    ],
)
def test_the_share_of_quoted_words(text: str, share: float) -> None:
    assert comparison(texts=((text,), GALE)).left_facts.quoted == pytest.approx(share)


def test_the_notes_say_what_kind_of_suggestion_this_is() -> None:
    notes = comparison().notes
    assert notes[0] == "Suggestions from shared words and letters; 17 words against 18: absence means little."
    assert notes[1] == "How rare a word is was taken from nowhere."
    assert (
        notes[-1]
        == "Voices are found by the order of words, hedges and boosters by lists: look at each where it stands."
    )
    assert any("no difference in vocabulary is more than chance" in note for note in notes)
    assert not any("digest" in note or "mention" in note for note in notes)


def test_large_numbers_are_grouped() -> None:
    assert "1,000 words against 18" in comparison(texts=(("gale " * 1000,), GALE)).notes[0]


def test_a_difference_beyond_chance_is_not_called_chance() -> None:
    notes = comparison(texts=(("gale " * 300, "gale"), ("barley " * 300, "barley"))).notes
    assert not any("chance" in note for note in notes)


def test_a_digest_is_called_one() -> None:
    notes = comparison(right=document("gale", Kind.DIGEST)).notes
    assert [note for note in notes if "gale is a digest" in note]
    assert not [note for note in notes if "storm is a digest" in note]


def test_different_types_are_pointed_out() -> None:
    news, report = {"type": "article-newspaper"}, {"type": "report"}
    assert any(
        "newspaper article and report" in n
        for n in comparison(document("a", record=news), document("b", record=report)).notes
    )
    assert not any("types" in n for n in comparison(document("a", record=news), document("b", record=news)).notes)


def test_a_document_without_a_body_is_said_to_have_none() -> None:
    found = comparison(texts=(STORM, ()))
    assert "gale has no body paragraphs to compare." in found.notes
    assert found.vocabulary == ()
    assert found.links == ()
    assert len(found.only_left) == 2


def test_work_stops_when_it_is_cancelled() -> None:
    left, right = (Side.of(document(key), passages(key, *texts)) for key, texts in (("storm", STORM), ("gale", GALE)))
    with pytest.raises(Cancelled):
        compare(left, right, Even(), cancelled=lambda: True)


# --- groups --------------------------------------------------------------------------------------


def group(label: str, *texts: tuple[str, ...], date: str = "2023-04") -> Side:
    keys = [f"{label}{number}" for number in range(len(texts))]
    documents = tuple(replace(document(key), date=f"{date}-0{number}") for number, key in enumerate(keys, 1))
    return Side(label, documents, tuple(passages(key, *own) for key, own in zip(keys, texts, strict=True)))


def test_a_group_is_compared_as_one_side_and_its_documents_are_told_apart() -> None:
    found = compare(group("l", CALM, STORM), group("r", GALE, CALM), Even())
    best = {(link.left.address, link.right.address) for link in found.links}
    assert best == {("l0:1", "r1:1"), ("l0:2", "r1:2"), ("l1:1", "r0:1")}
    left, right = found.left.passages, found.right.passages
    assert [link.right.key for link in found.alignment.of_left(left[1][1])] == ["r0"]
    assert [link.left.key for link in found.alignment.of_right(right[1][1])] == ["l0"]
    assert [passage.address for passage in found.only_left] == ["l1:2"]


def test_the_facts_of_a_group_are_what_its_documents_have_in_common_and_their_sum() -> None:
    found = compare(group("l", CALM, STORM), group("r", GALE), Even())
    facts = found.left_facts
    assert (facts.documents, facts.paragraphs, facts.source) == (2, 4, "Harbour News")
    assert facts.date == "2023-04-01/2023-04-02"
    assert facts.words == sum(len(words(text)) for text in (*CALM, *STORM))
    shown = found.as_json()["left"]
    assert (shown["label"], shown["documents"]) == ("l", ["l0", "l1"])
    assert "key" not in shown


def test_an_empty_group_is_said_to_have_nothing() -> None:
    found = compare(group("l"), group("r", GALE), Even())
    assert "l has no body paragraphs to compare." in found.notes
    assert (found.links, found.vocabulary, len(found.only_right)) == ((), (), 2)


def test_documents_in_another_language_are_named_since_speech_is_found_in_english_alone() -> None:
    told = "Voices, hedges and boosters are found in English alone; not in English: gale."
    assert comparison(right=document("gale", record={"language": "de-AT"})).notes[-1] == told
    for record in ({"language": "en"}, {"language": ["de"]}, {}):
        assert told not in comparison(right=document("gale", record=record)).notes
