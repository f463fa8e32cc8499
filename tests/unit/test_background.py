"""How rare a word is."""

from __future__ import annotations

import math
import random

import pytest

from docterm.compare.background import (
    ENOUGH_DOCUMENTS,
    LEAST_WEIGHT,
    DocumentFrequencies,
    EnglishBackground,
    LibraryBackground,
    _counts,
    background_for,
    document_frequencies,
)
from docterm.library.model import Locator, Passage, Role


def document(*texts: str, role: Role = Role.BODY) -> list[Passage]:
    return [Passage("k", index, role, text, Locator(None)) for index, text in enumerate(texts)]


@pytest.fixture(scope="module")
def english() -> EnglishBackground:
    return EnglishBackground("the people walks walking walk zither roskomnadzor don't zither's".split())


def test_documents_are_counted_once_for_each_stem_of_their_bodies() -> None:
    library = [
        document("A ferry sank.", "Two ferries were late."),
        document("The ferry's captain slept."),
        document("Ferry timetable", role=Role.CAPTION),
    ]
    found = document_frequencies(library)
    assert found.documents == 3
    assert found.by_stem["ferri"] == 2
    assert found.by_stem["captain"] == 1
    assert "timet" not in found.by_stem


def test_no_documents() -> None:
    assert document_frequencies([]) == DocumentFrequencies(0, {})


def test_in_a_library_the_rarer_word_weighs_more() -> None:
    background = LibraryBackground(DocumentFrequencies(40, {"the": 40, "ferri": 10, "captain": 1}))
    assert background.idf("the") == LEAST_WEIGHT
    assert background.idf("ferries") == pytest.approx(math.log(41 / 10.5))
    assert background.idf("captain") < background.idf("barometer") == pytest.approx(math.log(82))


def test_in_english_the_rarer_word_weighs_more(english: EnglishBackground) -> None:
    weights = [english.idf(word) for word in ("the", "people", "zither", "roskomnadzor")]
    assert weights == sorted(weights)
    assert weights[0] < 1
    assert weights[-1] == 7.0


def test_the_forms_of_a_stem_weigh_the_same(english: EnglishBackground) -> None:
    assert english.idf("walks") == english.idf("walking") == english.idf("walk")
    assert english.idf("zither's") == english.idf("zither")


def test_a_stem_weighs_as_its_commonest_form() -> None:
    both = EnglishBackground(["walk", "walks"])
    assert both.idf("walks") == EnglishBackground(["walk"]).idf("walk") < EnglishBackground(["walks"]).idf("walks")


def test_the_library_is_asked_once_it_is_large_enough() -> None:
    left, right = document("The ferry sank."), document("It was late.")
    small = DocumentFrequencies(ENOUGH_DOCUMENTS - 1, {})
    large = DocumentFrequencies(ENOUGH_DOCUMENTS, {})
    assert isinstance(background_for(left, right, large), LibraryBackground)
    assert background_for(left, right, large).origin == "the library's own 20 documents"
    background = background_for(left, right, small)
    assert isinstance(background, EnglishBackground)
    assert background.origin == "a list of English word frequencies"
    assert background.idf("sank") < background.idf("unseen")


def test_the_word_list_says_what_its_package_says() -> None:
    from spellchecker import SpellChecker

    listed = SpellChecker(language="en").word_frequency
    wanted = {*random.Random(1).sample(sorted(listed.dictionary), 500), "abbé's", "nosuchword"}
    counts, total = _counts(wanted)
    assert total == listed.total_words
    assert counts == {word: listed.dictionary[word] for word in wanted if word in listed.dictionary}
