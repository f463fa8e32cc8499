"""What vocabulary counts: words, names and phrases, and what is counted as one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docterm.compare.cancel import checking, never
from docterm.compare.countries import LIST, country_stems
from docterm.compare.sides import Side
from docterm.compare.tally import finders_for, tally
from docterm.compare.vocabulary import Kind, vocabulary
from docterm.compare.wording import Wording, Writer
from docterm.library.model import Document, Locator, Passage, Role, Status
from docterm.library.model import Kind as DocumentKind
from docterm.text import fold, stem, words

CHECK = checking(never)


def wording(*texts: str) -> Wording:
    document = Document("k", "k", "", "", DocumentKind.DOCUMENT, "k", 0, 0, Status.READY)
    passages = [Passage("k", at, Role.BODY, text, Locator(at + 1)) for at, text in enumerate(texts)]
    return Writer().wording(Side.of(document, passages), CHECK)


def counted(kind: Kind, *texts: str) -> dict[str, int]:
    """The terms of one kind in some paragraphs, in their usual form, with their counts."""
    read = wording(*texts)
    finders = finders_for([read], CHECK)
    finder = {Kind.WORD: finders.words, Kind.NAME: finders.names, Kind.PHRASE: finders.phrases}[kind]
    found = tally(read.units, finder, CHECK)
    return {found.forms[key].most_common(1)[0][0]: count for key, count in found.counts.items()}


# --- clauses -------------------------------------------------------------------------------------


def test_clauses_end_at_marks_and_know_whether_they_begin_a_sentence() -> None:
    read = wording("The state-run press, he said, lied. “It did.” So: All of it.")
    told = [(clause.opens, [word.form for word in clause.words]) for clause in read.units[0]]
    assert told == [
        (True, ["The", "state", "run", "press"]),
        (False, ["he", "said"]),
        (False, ["lied"]),
        (True, ["It", "did"]),
        (True, ["So"]),
        (True, ["All", "of", "it"]),
    ]


@settings(deadline=None)
@given(st.lists(st.text(max_size=80), max_size=4))
def test_the_words_of_the_clauses_are_the_words_of_the_text(texts: list[str]) -> None:
    read = wording(*texts)
    forms = [word.word for unit in read.units for clause in unit for word in clause.words]
    assert forms == [word for text in texts for word in words(text)]
    assert read.words == len(forms)


# --- countries -----------------------------------------------------------------------------------


def test_a_country_and_its_people_are_counted_as_one() -> None:
    assert counted(Kind.NAME, "In Russia the Russians met the Chinese.", "China's envoys saw Russian ones.") == {
        "Russia": 3,
        "Chinese": 2,
    }


def test_what_only_looks_like_a_country_is_not_one() -> None:
    assert counted(Kind.NAME, "They ate turkey with us, in Turkey and in the US.") == {"Turkey": 1, "US": 1}
    assert counted(Kind.WORD, "They ate turkey with us, in Turkey and in the US.")["turkey"] == 1


def test_the_list_of_countries_has_each_word_once() -> None:
    lines = [line.split() for line in LIST.read_text("utf-8").splitlines() if not line.startswith("#")]
    written = [fold(word) for line in lines for word in line]
    assert len(written) == len(set(written))
    assert [line[0] for line in lines] == sorted((line[0] for line in lines), key=fold)
    assert country_stems()[stem("ukrainians")] == stem("ukraine")


# --- names ---------------------------------------------------------------------------------------


def test_what_has_a_capital_inside_sentences_is_a_name() -> None:
    texts = ("Storms came. The mayor Ilse Brandt met Brandt's brother.", "Storms and Brandt left Lindvik in June.")
    assert counted(Kind.NAME, *texts) == {"Ilse": 1, "Brandt": 3, "Lindvik": 1}
    assert "Storms" in counted(Kind.WORD, *texts)
    assert "June" in counted(Kind.WORD, *texts)


def test_capitals_alone_are_a_name_even_at_the_beginning() -> None:
    assert counted(Kind.NAME, "RFE said so.") == {"RFE": 1}


def test_a_name_of_several_words_counts_as_one_and_its_words_only_where_they_stand_alone() -> None:
    texts = ("He joined the Ministry of Fisheries.", "At the Ministry of Fisheries he met Ilse Brandt.",
             "Then Ilse Brandt left; so Brandt said.")  # fmt: skip
    assert counted(Kind.NAME, *texts) == {"Ministry of Fisheries": 2, "Ilse Brandt": 2, "Brandt": 3}


def test_a_long_name_that_occurs_once_is_no_row_of_its_own() -> None:
    assert counted(Kind.NAME, "He saw the North Harbour Light.") == {"North": 1, "Harbour": 1, "Light": 1}


# --- phrases -------------------------------------------------------------------------------------


def test_words_that_stand_together_twice_are_a_phrase() -> None:
    texts = ("We saw the tide table.", "The tide tables, and a tide, table it.")
    assert counted(Kind.PHRASE, *texts) == {"tide table": 2}


def test_a_part_of_a_longer_phrase_is_none() -> None:
    texts = ("They shared a source of inspiration.", "It was a source of inspiration.")
    assert counted(Kind.PHRASE, *texts) == {"source of inspiration": 2}
    assert counted(Kind.PHRASE, *texts, "It was a source.", "Any source of pride?") == {"source of inspiration": 2}


def test_a_part_that_stands_alone_as_well_is_one() -> None:
    texts = ("A public tide table hung there.", "The public tide table is wet.", "My tide table is dry.",
             "Your tide table is lost.")  # fmt: skip
    assert counted(Kind.PHRASE, *texts) == {"public tide table": 2, "tide table": 4}


def test_two_words_joined_by_and_are_one_phrase_in_either_order() -> None:
    assert counted(Kind.PHRASE, "He saw storms and gales.", "We saw gales and storms.") == {"storms and gales": 2}
    assert counted(Kind.PHRASE, "In Lindvik and Marvik.", "In Marvik and Lindvik.") == {"Lindvik and Marvik": 2}


@pytest.mark.parametrize("text", ["The Tide Table Office", "the 12 of 14", "of the and"])
def test_names_numbers_and_function_words_are_no_phrases(text: str) -> None:
    assert counted(Kind.PHRASE, f"In {text}.", f"At {text}.") == {}


def test_every_phrase_is_counted_in_both_texts() -> None:
    def of(*texts: str) -> Side:
        document = Document("k", "k", "", "", DocumentKind.DOCUMENT, "k", 0, 0, Status.READY)
        return Side.of(document, [Passage("k", at, Role.BODY, each, Locator(at + 1)) for at, each in enumerate(texts)])

    rows = {row.term: row for row in vocabulary(of("A tide table."), of("Our tide table.", "No tide."))}
    assert (rows["tide table"].left, rows["tide table"].right, rows["tide table"].kind) == (1, 1, Kind.PHRASE)
