"""Sides of which little or nothing can be said: it is said, and no figure pretends otherwise."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Mapping
from typing import Any

import pytest

from docterm.compare.background import background_for
from docterm.compare.comparison import Comparison, compare
from docterm.compare.sides import Side
from docterm.library.model import Document, Kind, Locator, Passage, Role, Status

STORM = (
    "The harbour master closed the port of Lindvik on Tuesday after a storm tore two ferries from their moorings.",
    "“We shall not open the port before the spring,” said the mayor, Anna Berg, to the Courier and to the crews.",
    "Nobody was hurt, the coast guard said, but a grain warehouse lost its roof and forty tonnes of barley in 1931.",
)
STURM = (
    "Der Hafen von Lindvik war am Dienstag geschlossen, und nicht nur die Fähren mit den Namen der Stadt litten.",
    "Die Preise sind in der Stadt nicht mit dem Sturm gestiegen, und das ist den Leuten von der Küste ein Trost.",
    "Anna Berg, die mit der Zeitung sprach, hat 1931 nicht erlebt und ist von der Stadt und den Leuten gewählt.",
)
NUMBERS = ("1931 1932 40 2 17.5", "12 13 14", "3 1931")


def side(key: str, *texts: str, record: Mapping[str, Any] | None = None) -> Side:
    document = Document(key, key, "", "", Kind.DOCUMENT, f"{key}.txt", 9, len(texts), Status.READY, None, record or {})
    return Side.of(document, [Passage(key, n, Role.BODY, text, Locator(n + 1)) for n, text in enumerate(texts)])


def set_beside(left: Side, right: Side) -> Comparison:
    found = compare(left, right, background_for(left.body(), right.body()))
    assert_no_nonsense(json.loads(json.dumps(found.as_json(), allow_nan=False)))
    return found


def assert_no_nonsense(value: object) -> None:
    """No figure is infinite or no number; json refuses them too."""
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        assert not isinstance(each, float) or math.isfinite(each)
        assert_no_nonsense(each)


def pairs(found: Comparison) -> list[tuple[str | None, str | None]]:
    return [(link.left.address, link.right.address) for link in found.links]


@pytest.mark.parametrize("texts", [(), ("—",), ("", "…")])
def test_an_empty_side(texts: tuple[str, ...]) -> None:
    found = set_beside(side("storm", *STORM), side("void", *texts))
    assert "void has no body paragraphs to compare." in found.notes
    assert (found.links, found.vocabulary, found.subjects) == ((), (), ())
    assert found.alignment.shared_quotations == ()


def test_both_sides_empty() -> None:
    found = set_beside(side("a"), side("b"))
    assert [note for note in found.notes if "no body paragraphs" in note] == [
        "a has no body paragraphs to compare.",
        "b has no body paragraphs to compare.",
    ]


def test_a_document_against_itself() -> None:
    found = set_beside(side("storm", *STORM), side("storm", *STORM))
    assert found.notes[0] == "storm is on both sides, and left out of both."
    assert (found.links, found.vocabulary, found.only_left, found.only_right) == ((), (), (), ())
    assert found.left.documents == found.right.documents == ()


def test_a_document_of_one_sentence() -> None:
    found = set_beside(side("storm", *STORM), side("line", "The storm closed the port of Lindvik."))
    assert "line has only 7 words: what it does not have says nothing." in found.notes
    assert pairs(found) == [("storm:1", "line:1")]
    assert not any(row.lrc for row in found.vocabulary)


def test_two_languages_share_names_numbers_and_quotations() -> None:
    found = set_beside(side("storm", *STORM), side("sturm", *STURM))
    assert (found.left_facts.languages, found.right_facts.languages) == (("en",), ("de",))
    (note,) = (note for note in found.notes if "German" in note)
    assert note == (
        "storm is in English, sturm is in German: only names, numbers and quotations that both have are compared, "
        "and no words counted."
    )
    assert found.vocabulary == ()
    assert found.links
    assert {word for link in found.links for word in link.shared} <= {"Lindvik", "Anna", "Berg", "1931"}
    assert {offer.text for offer in found.subjects} <= {"Lindvik", "Anna Berg"}


def test_a_quotation_is_found_in_a_text_of_another_language() -> None:
    line = "„We shall not open the port before the spring“, sagte sie, und das ist nicht der Anfang von dem Streit."
    found = set_beside(side("storm", *STORM), side("sturm", *STURM, line))
    assert [one.text for one in found.alignment.shared_quotations] == ["We shall not open the port before the spring"]


def test_what_is_a_word_in_one_language_is_no_name_in_the_other() -> None:
    left = side("en", "War broke the port, and the people of that town die of it in the storm, as it was with them.")
    right = side("de", "War das nicht der Sturm von 1931? Es war die Stadt, und die Leute sind nicht mit ihm fort.")
    assert set_beside(left, right).links == ()


def test_one_foreign_language_on_both_sides_is_named() -> None:
    found = set_beside(side("a", *STURM), side("b", *STURM[1:]))
    assert [note for note in found.notes if note.startswith("a is in German: ")]
    assert found.links
    assert found.vocabulary


@pytest.mark.parametrize(
    ("texts", "told", "languages"),
    [
        (("Hafen.",), "de-AT", ("de",)),
        (("Hafen.",), "en_GB", ("en",)),
        (STURM, "en-US", ("de",)),  # a program's own language, written into the file
        (("Hafen.",), "German", ()),
        (("Hafen.",), None, ()),
    ],
)
def test_the_text_tells_its_language_and_the_record_that_of_a_short_one(
    texts: tuple[str, ...], told: str | None, languages: tuple[str, ...]
) -> None:
    found = set_beside(side("a", *texts, record={"language": told}), side("b", *STORM))
    assert found.left_facts.languages == languages


def test_nothing_but_numbers() -> None:
    found = set_beside(side("storm", *STORM), side("table", *NUMBERS))
    assert "table has numbers and no words: only numbers that both have can link them." in found.notes
    assert (found.vocabulary, found.subjects) == ((), ())
    assert {word for link in found.links for word in link.shared} <= {"1931"}


def test_two_tables_of_numbers() -> None:
    found = set_beside(side("a", *NUMBERS), side("b", *NUMBERS[1:]))
    assert found.vocabulary == ()
    assert ("a:2", "b:1") in pairs(found)


def prose(words: int, seed: int) -> str:
    chance = random.Random(seed)
    lexicon = [f"{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}ling" for n in range(4000)]
    weights = [1 / (rank + 1) for rank in range(len(lexicon))]
    return " ".join(chance.choices(lexicon, weights, k=words))


def test_a_passage_of_five_thousand_words() -> None:
    long = f"{prose(2500, 1)} {STORM[1]} {prose(2500, 2)}"
    found = set_beside(side("storm", *STORM), side("long", long, STORM[0]))
    assert "long:1: of more than 1,000 words, so a link does not say where in it the likeness is." in found.notes
    assert pairs(found)[0] == ("storm:1", "long:2")
    assert [(one.left.address, one.right.address) for one in found.alignment.shared_quotations] == [
        ("storm:1", "long:2"),
        ("storm:2", "long:1"),
    ]


def test_a_document_of_a_hundred_thousand_words() -> None:
    texts = [prose(50, seed) for seed in range(2000)]
    texts[1234] = f"{STORM[0]} {texts[1234]}"
    found = set_beside(side("storm", *STORM), side("book", *texts))
    assert found.right_facts.words > 100_000
    assert ("storm:1", "book:1235") in pairs(found)
    assert [one.right.address for one in found.alignment.shared_quotations] == ["book:1235"]
    assert len(found.links) <= 3 * (3 + 2000)
