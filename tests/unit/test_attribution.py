"""Who says what: quotations and their speakers, told speech, sources without a name, and what nobody says."""

from __future__ import annotations

import os
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docterm.attribution.find import attributions, speaker_at
from docterm.attribution.lexicon import lexicon
from docterm.attribution.model import Attribution, Kind, Sort
from docterm.attribution.quotations import quotations
from docterm.library.model import Block, Role
from docterm.library.readers.plain import read
from docterm.text import Span

ORIGINALS = os.environ.get("DOCTERM_ORIGINALS", "")


def found(*texts: str) -> list[tuple[str, str, str]]:
    """Give kind, speaker and content of everything said in the passages."""
    return [
        (each.kind.value, each.speaker, text[slice(*each.content)].strip(",. "))
        for text, passage in zip(texts, attributions(texts), strict=True)
        for each in passage
    ]


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("“The bridge is unsafe,” Ines Okafor said.", "Ines Okafor", ["The bridge is unsafe"]),
        ("“The bridge is unsafe,” said Ines Okafor, an engineer.", "Ines Okafor", ["The bridge is unsafe"]),
        ("“It shook. It shook twice,” Okafor told the Courier.", "Okafor", ["It shook. It shook twice"]),
        ("“It shook,” Okafor said. “It shook twice.”", "Okafor", ["It shook", "It shook twice"]),
        ("“It shook,” Okafor said, “and it shook twice.”", "Okafor", ["It shook", "and it shook twice"]),
        ("“Who will pay?” Tomas Lind asked.", "Tomas Lind", ["Who will pay?"]),
        ("Tomas Lind: “Nobody will pay.”", "Tomas Lind", ["Nobody will pay"]),
        ("Tomas Lind was blunt: “Nobody will pay.”", "Tomas Lind", ["Nobody will pay"]),
        ('"Nobody will pay," Mayor Tomas Lind replied.', "Tomas Lind", ["Nobody will pay"]),
        ("‘Nobody’s going to pay,’ said Mr. Lind.", "Lind", ["Nobody’s going to pay"]),
        ("„Nobody will pay“, Lind said.", "Lind", ["Nobody will pay"]),
        ("Lind, who runs the port, said: “Nobody will pay.”", "Lind", ["Nobody will pay"]),
        ("Lind told reporters on Monday that “nobody will pay”.", "Lind", ["nobody will pay"]),
        ("“Quite,” the critic Bob Ray (1920–1999) said.", "Bob Ray", ["Quite"]),
        ("“It holds,” a spokesman for the port, Jon Berg, said in May.", "Jon Berg", ["It holds"]),
        ("“It holds,” said one pilot, Lina Haddad, 24, as others left.", "Lina Haddad", ["It holds"]),
        ("A port official, who spoke on condition of anonymity, told the Courier it was “dead on arrival.”", "official",
         ["dead on arrival"]),
    ],
)  # fmt: skip
def test_a_quotation_has_its_speaker(text: str, speaker: str, words: list[str]) -> None:
    assert found(text) == [("direct", speaker, each) for each in words]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Ruth Adeyemi said the lights would stay dark.", "Ruth Adeyemi", "the lights would stay dark"),
        ("Adeyemi, the mayor of Lindvik, has warned of long nights.", "Adeyemi", "of long nights"),
        ("The lights will stay dark, according to Ruth Adeyemi, the mayor.", "Ruth Adeyemi",
         "The lights will stay dark"),
        ("According to the Port Office, the lights stay dark.", "Port Office", "the lights stay dark"),
        ("The lights stay dark, Adeyemi pointed out.", "Adeyemi", "The lights stay dark"),
        ("As Adeyemi put it, the tide waits for nobody.", "Adeyemi", "the tide waits for nobody"),
        ("In Adeyemi's words, the tide waits for nobody.", "Adeyemi", "the tide waits for nobody"),
        ("Adeyemi declared in 2019 that the lights were lit.", "Adeyemi", "the lights were lit"),
        ("Ann Lee, head of the port, who regularly voices concerns about it, left.", "Ann Lee",
         "concerns about it, left"),
        ("Adeyemi was quoted as saying that it was over.", "Adeyemi", "it was over"),
        ("Lindvik asked the council of the next town to lend a ferry.", "Lindvik",
         "the council of the next town to lend a ferry"),
        ("Joe Lind's spokesman, Karl Heinz, said Lind was ill.", "Karl Heinz", "Lind was ill"),
        ("During a meeting in May, Lind, who had come back as mayor, ordered the port to close.", "Lind",
         "the port to close"),
        ("The Ministry of Ports (MoP) said it had no plans.", "Ministry of Ports", "it had no plans"),
        ("The lights were described by Lind as feeble.", "Lind", "The lights"),
        ("Lind called the report “a fabrication”.", "Lind", "the report “a fabrication”"),
        ("The mayor's office said the lights were out.", "mayor's office", "the lights were out"),
    ],
)  # fmt: skip
def test_told_speech_has_its_speaker(text: str, speaker: str, content: str) -> None:
    ((kind, who, what),) = found(text)
    assert (who, what.removesuffix(" were")) == (speaker, content)
    assert kind in ("indirect", "passive")


@pytest.mark.parametrize(
    ("text", "speaker", "sort"),
    [
        ("Officials said that nobody was hurt.", "officials", Sort.UNNAMED),
        ("Senior Norwegian officials said that nobody was hurt.", "Norwegian officials", Sort.UNNAMED),
        ("According to three people familiar with the talks, nobody was hurt.", "people", Sort.UNNAMED),
        ("Interviews reveal that nobody was hurt.", "interviews", Sort.UNNAMED),
        ("Pressure grew, leading some Western analysts to warn of war.", "Western analysts", Sort.UNNAMED),
        ("Leaked documents show that nobody was hurt.", "documents", Sort.DOCUMENT),
        ("The letters reveal the depth of the quarrel.", "letters", Sort.DOCUMENT),
        ("According to BBC estimates, nobody was hurt.", "BBC", Sort.NAME),
        ("The company told investors that nobody was hurt.", "company", Sort.NAME),
        ("Dr. Lind claimed that nobody was hurt.", "Lind", Sort.PERSON),
    ],
)
def test_sources_are_people_names_papers_or_unnamed(text: str, speaker: str, sort: Sort) -> None:
    ((attribution,),) = attributions([text])
    assert (attribution.speaker, attribution.sort) == (speaker, sort)
    assert attribution.unnamed is (sort is Sort.UNNAMED)


def test_the_article_a_is_no_name_where_a_letter_is_one_and_an_initial_is_part_of_one() -> None:
    assert found("The key A opens it. A passage with no counterpart says that the quay is deep.") == []
    assert found("A. Berg said that the port was shut.") == [("indirect", "A. Berg", "the port was shut")]


def test_what_is_said_by_nobody_is_passive() -> None:
    assert found("It was reported that the ferry sank. The ferry was reportedly full.") == [
        ("passive", "", "It was reported that the ferry sank"),
        ("passive", "", "The ferry was reportedly full"),
    ]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Neither the Port Office nor the Pilots Union in Lindvik responded to emails requesting comment.",
         ["Port Office", "Pilots Union"]),
        ("The Port Office did not immediately respond to a request for comment.", ["Port Office"]),
        ("Lind declined to comment.", ["Lind"]),
    ],
)  # fmt: skip
def test_who_did_not_answer(text: str, speakers: list[str]) -> None:
    assert [(kind, speaker) for kind, speaker, _ in found(text)] == [("no reply", each) for each in speakers]


def test_a_few_quoted_words_that_nobody_said_are_scare_quotes() -> None:
    assert found("The port closed for “technical reasons” in May.") == [("scare", "", "technical reasons")]


def test_quoted_words_inside_told_speech_are_no_scare_quotes() -> None:
    assert found("Lind said the port, which had “technical reasons” to close, would open.") == [
        ("indirect", "Lind", "the port, which had “technical reasons” to close, would open")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The report was long, and its claims are many.",
        "Residents read the reports that are sent by post.",
        "Nobody said anything.",
        "No country ever admits it.",
        "The port added thirty ferries in May.",
        "Lindvik called the ferries back.",
        "China found oil. The state holds the shares.",
        "Headlines such as Pilots Warn Council are common.",
        "",
        "…",
    ],
)
def test_what_nobody_says_is_not_attributed(text: str) -> None:
    assert found(text) == []


def test_surnames_pronouns_and_acronyms_mean_who_was_named_before() -> None:
    texts = (
        "The news came from Harbour Radio and Tidal Press. Mayor Ruth Adeyemi said the lights were out.",
        "“They stay out,” she added. HR and TP said that was wrong.",
        "Tomas Lind disagreed. “They burn,” he said. Adeyemi answered that they did not, and she insisted on it.",
        "Pilots of the port complained about it. They warned that ships would wait; one of them said “we wait”.",
    )
    assert [speaker for _, speaker, _ in found(*texts)] == [
        "Ruth Adeyemi", "Ruth Adeyemi", "Harbour Radio and Tidal Press", "Tomas Lind", "Ruth Adeyemi", "Ruth Adeyemi",
        "pilots", "pilots", "pilots",
    ]  # fmt: skip


def test_he_and_she_are_different_people_once_that_is_known() -> None:
    texts = ("Mr. Piet Hansen came. Mrs. Ann Lee came too. He said it was late.",)
    assert found(*texts) == [("indirect", "Piet Hansen", "it was late")]


def test_a_pronoun_that_means_nobody_known_stays_one() -> None:
    assert found("“I was there,” he told the paper.") == [("direct", "he", "I was there")]


def test_a_bare_report_is_that_of_the_institution_that_spoke_last() -> None:
    texts = ("The Audit Office said the bridge was safe.", "Nobody had looked at it, the report found.")
    assert [speaker for _, speaker, _ in found(*texts)] == ["Audit Office", "Audit Office"]
    later = (*texts[:1], "The tide rose.", "The tide fell.", "The tide rose.", *texts[1:])
    assert [speaker for _, speaker, _ in found(*later)] == ["Audit Office", "report"]


def test_a_quotation_of_several_paragraphs_has_one_speaker() -> None:
    texts = ("“First I saw the wave.", "“Then I ran,” said Lena Aho. “I ran far.", "“Nobody followed.”")
    assert [speaker for _, speaker, _ in found(*texts)] == ["Lena Aho"] * 4


def test_each_clause_has_what_its_own_speaker_says() -> None:
    assert found("Okafor argued the lights were needed, but Lind said they were not, adding that he was tired.") == [
        ("indirect", "Okafor", "the lights were needed"),
        ("indirect", "Lind", "they were not"),
        ("indirect", "Lind", "he was tired"),
    ]


def test_what_a_paper_shows_in_another_mouth_is_not_counted_twice() -> None:
    assert found("The Lindvik report confirms how deep the water is, Lind pointed out.") == [
        ("indirect", "Lind", "The Lindvik report confirms how deep the water is")
    ]


# --- who speaks at a place -----------------------------------------------------------------------


def test_the_speaker_of_a_selection_is_who_says_the_words_in_quotation_marks() -> None:
    before = "Ruth Adeyemi opened the bridge."
    text = "“It holds,” Adeyemi said. The bridge is long. The council called it “a jewel”, and “cheap” it was."
    said = speaker_at(text, Span(3, 5), [before])
    assert said is not None
    assert (said.speaker, text[slice(*said.content)]) == ("Ruth Adeyemi", "It holds,")
    assert speaker_at(text, Span(text.index("bridge"), text.index("long"))) is None
    assert speaker_at("The port closed for “technical reasons”.", Span(22, 25)) is None


def test_words_quoted_inside_told_speech_have_a_speaker_too() -> None:
    text = "Lind said the port had “technical reasons” to close."
    at = text.index("technical")
    said = speaker_at(text, Span(at, at + 4))
    assert said is not None
    assert (said.speaker, said.kind) == ("Lind", Kind.INDIRECT)


# --- lists of one's own ---------------------------------------------------------------------------


def test_a_library_can_add_verbs_and_sources_and_take_them_away() -> None:
    own = lexicon(
        {"reporting.txt": "murmur murmurs murmured\n- tell", "sources.txt": "[people]\nkobold kobolds\n- some"}
    )
    texts = ["Kobolds murmured it was late.", "Lind told us that it was late."]
    assert [[each.speaker for each in passage] for passage in attributions(texts, own)] == [["kobolds"], []]
    assert [[each.speaker for each in passage] for passage in attributions(texts)] == [[], ["Lind"]]


@pytest.mark.parametrize("text", ["[", "[]", ":", "- :", "-", "[any]\n:::\n- \n", "\x1b[31m", "# nothing", "[x]\nodd"])
def test_an_odd_list_does_no_harm(text: str) -> None:
    own = lexicon({"reporting.txt": text, "sources.txt": text, "titles.txt": text})
    assert [each.speaker for passage in attributions(["Lind said it was late."], own) for each in passage] == ["Lind"]


# --- what holds for any text -----------------------------------------------------------------------

PIECES = st.sampled_from(
    'Lind Ruth Adeyemi she they officials report said says told that according to was reported “ ” ‘ ’ " ( ) , . : ; — '
    "? the not respond comment and adding U.S. harbour's Neither nor one of them in words put it is as saying".split()
)


def check_spans(text: str, passage: list[Attribution]) -> None:
    for each in passage:
        for span in filter(None, (each.source, each.cue, each.content)):
            assert 0 <= span.start < span.end <= len(text)
            assert text[slice(*span)].strip()
        if each.kind is Kind.DIRECT:
            assert any(each.content == mark.inner for mark in quotations(text))
        if each.cue is not None and each.kind is not Kind.PASSIVE and each.source is None:
            assert each.speaker


@given(st.lists(PIECES, max_size=60).map(" ".join))
def test_spans_lie_in_the_text_and_cut_words(text: str) -> None:
    ((passage),) = attributions([text])
    check_spans(text, passage)


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    ((passage),) = attributions([text])
    check_spans(text, passage)


@given(st.lists(st.lists(PIECES, max_size=12).map(" ".join), max_size=6))
def test_every_passage_gets_an_answer_in_order(texts: list[str]) -> None:
    answers = list(attributions(texts))
    assert len(answers) == len(texts)
    for text, passage in zip(texts, answers, strict=True):
        check_spans(text, passage)


@given(st.text(alphabet='“”„‘’«»"ab .', max_size=60))
def test_quotations_stand_apart_and_in_order(text: str) -> None:
    end = 0
    for each in quotations(text):
        assert end <= each.outer.start <= each.inner.start < each.inner.end <= each.outer.end <= len(text)
        end = each.outer.end


# --- the example pair ------------------------------------------------------------------------------


@cache
def original(name: str) -> list[Block]:
    kept = (Role.TITLE, Role.DECK, Role.BODY)
    return [each for each in read(Path(ORIGINALS, f"{name}.txt").read_bytes()).blocks if each.role in kept]


def in_original(name: str) -> list[tuple[Block, Attribution]]:
    blocks = original(name)
    answers = attributions(block.text for block in blocks)
    return [(block, each) for block, passage in zip(blocks, answers, strict=True) for each in passage]


needs_originals = pytest.mark.skipif(not ORIGINALS, reason="DOCTERM_ORIGINALS names no folder with voa.txt")


@needs_originals
def test_the_voices_of_the_voa_report() -> None:
    voices = Counter(each.speaker for _, each in in_original("voa"))
    expected = {"Yaxue Cao": 3, "Eto Buziashvili": 4, "Radio Free Europe and Radio Liberty": 3, "documents": 4}
    assert {name: voices[name] for name in expected} == expected
    kinds = Counter(each.kind for _, each in in_original("voa"))
    assert (kinds[Kind.SCARE], kinds[Kind.PASSIVE], kinds[Kind.NO_REPLY]) == (2, 1, 2)  # two embassies, one sentence


@needs_originals
def test_every_direct_quotation_of_the_voa_report_has_its_speaker() -> None:
    direct = [(each.speaker, each.content.end - each.content.start) for _, each in in_original("voa")
              if each.kind is Kind.DIRECT]  # fmt: skip
    assert [speaker for speaker, _ in direct] == ["Yaxue Cao"] * 2 + ["Eto Buziashvili"] * 2
    assert all(length > 100 for _, length in direct)


@needs_originals
def test_the_voices_of_the_carnegie_analysis() -> None:
    voices = Counter(each.speaker for _, each in in_original("carnegie"))
    expected = {"Maria Zakharova": 2, "Vladimir Putin": 2, "Nikolai Patrushev": 1}
    assert {name: voices[name] for name in expected} == expected
    assert not [each for _, each in in_original("carnegie") if each.kind is Kind.DIRECT and each.speaker]


@needs_originals
def test_the_interviews_of_the_carnegie_analysis_are_unnamed() -> None:
    told = [each for block, each in in_original("carnegie") if "interview" in block.text and each.unnamed]
    by_name = Counter(each.speaker for each in told if each.speaker.startswith("interview"))
    assert by_name == {"interviews": 3, "interviewees": 1}
    assert len([each for each in told if each.speaker]) >= 6  # with what people and journalists say in them
