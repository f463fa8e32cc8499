"""Voices and certainty of a comparison, and what the reader and the library change about them."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docterm.attribution.lexicon import lexicon
from docterm.attribution.model import Kind, Sort
from docterm.compare.cancel import Cancelled
from docterm.compare.certainty import BOOSTERS, HEDGES, MARKERS, Certainty, CueClass, certainty_of, cue_lists
from docterm.compare.sides import Side
from docterm.compare.voices import NOBODY, Entry, Voices, entries_of, voices
from docterm.library.library import Library
from docterm.library.model import Locator, Passage, Role
from docterm.library.own_words import own_words
from docterm.library.readers.plain import read
from docterm.library.scan import scan
from docterm.text import words

TEXTS = (
    "“The bridge is unsafe,” said Mayor Ruth Adeyemi, “and it shook.” She warned of a long winter.",
    "Officials said that the ferry runs. According to interviews, the “old boat” is late.",
    "Leaked letters show that Adeyemi knew. It is said to be true. Tomas Lind declined to comment on “rumours”.",
)


def side(*texts: str, key: str = "storm") -> Side:
    passages = [Passage(key, at, Role.BODY, text, Locator(at + 1)) for at, text in enumerate(texts)]
    return Side(key, (), (passages,))


def entries(*texts: str) -> tuple[Entry, ...]:
    return entries_of(side(*texts), lexicon())


def told(found: Voices) -> dict[str, tuple[int, int, int]]:
    return {voice.name: (voice.direct, voice.indirect, voice.words) for voice in found.every}


def test_voices_have_their_quotations_told_speech_and_words() -> None:
    found = voices(entries(*TEXTS))
    assert told(found) == {
        "Ruth Adeyemi": (1, 1, 11), "letters": (0, 1, 2), "interviews": (0, 1, 5), NOBODY: (0, 1, 6),
        "officials": (0, 1, 3),
    }  # fmt: skip
    adeyemi = found.named[0]
    assert (adeyemi.sort, adeyemi.quoted, adeyemi.verbs) == (Sort.PERSON, 7, [("say", 2), ("warn", 1)])
    assert [voice.name for voice in found.unnamed] == [NOBODY, "interviews", "officials"]
    assert found.unnamed_share == pytest.approx(3 / 6)
    assert [entry.name for entry in found.no_reply] == ["Tomas Lind"]
    assert [entry.found.kind for entry in found.scare] == [Kind.SCARE]


def test_words_quoted_inside_told_speech_are_counted_as_quoted() -> None:
    (entry,) = (entry for entry in entries(*TEXTS) if entry.name == "interviews")
    assert (entry.words, entry.quoted) == (5, 2)


def test_every_entry_has_its_address_and_spans_that_cut_its_words() -> None:
    for entry in entries(*TEXTS):
        assert entry.passage.address is not None
        assert entry.whole.start <= entry.found.content.start < entry.found.content.end <= entry.whole.end
        assert entry.words == len(words(entry.passage.text[slice(*entry.found.content)]))
        assert set(entry.as_json("left")) >= {"side", "speaker", "kind", "verb", "words", "address", "span"}


def test_names_are_merged_renamed_and_marked_wrong() -> None:
    found = entries(*TEXTS)
    decisions: dict[str, dict[str, Any]] = {
        "letters": {"name": "The Adeyemi letters"},
        "officials": {"name": "interviews"},
        "interviews": {"name": "Interviews of the Courier"},
        NOBODY: {"wrong": True},
    }
    after = voices(found, decisions)
    assert told(after) == {
        "Ruth Adeyemi": (1, 1, 11), "The Adeyemi letters": (0, 1, 2), "Interviews of the Courier": (0, 2, 8),
    }  # fmt: skip
    assert [entry.found.kind for entry in after.wrong] == [Kind.PASSIVE]
    assert voices(found) == voices(found, {})


def test_a_decision_on_one_entry_stands_above_that_on_its_voice() -> None:
    found = entries("Lind said it was late.", "Lind said it was early.")
    name = found[1].id
    assert name == "storm:2 it was early"
    assert told(voices(found, {name: {"name": "Piet Hansen"}, "Lind": {"name": "Tomas Lind"}})) == {
        "Tomas Lind": (0, 1, 3), "Piet Hansen": (0, 1, 3),
    }  # fmt: skip
    assert told(voices(found, {name: {"wrong": True}})) == {"Lind": (0, 1, 3)}


@pytest.mark.parametrize(
    "decisions",
    [{"Lind": {"name": "Lund"}, "Lund": {"name": "Lind"}}, {"Lind": {"name": "Lind"}}, {"Lind": {"name": ["x"]}},
     {"Lind": {}}, {"Lind": {"wrong": "yes"}}],
)  # fmt: skip
def test_odd_decisions_do_no_harm(decisions: dict[str, dict[str, Any]]) -> None:
    (voice,) = voices(entries("Lind said it was late."), decisions).every
    assert voice.words == 3


def test_finding_voices_and_certainty_stops_when_it_is_cancelled() -> None:
    with pytest.raises(Cancelled):
        entries_of(side(*TEXTS), lexicon(), cancelled=lambda: True)
    with pytest.raises(Cancelled):
        certainty_of(side(*TEXTS), cue_lists({}), cancelled=lambda: True)


def test_nothing_said_gives_no_voices_and_no_share() -> None:
    found = voices(entries("The bridge is long.", ""))
    assert (found.every, found.unnamed_share) == ((), None)


# --- certainty -----------------------------------------------------------------------------------


def cues(text: str, own: dict[str, str] | None = None) -> Certainty:
    return certainty_of(side(text), cue_lists(own or {}))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It may be late, perhaps.", [("may", "hedge"), ("perhaps", "hedge")]),
        ("It is not clear whether it can.", [("not clear", "hedge"), ("not", "negation"), ("whether", "condition")]),
        ("It is clear that it shook.", [("clear that", "booster")]),
        ("Clearly this cannot be ruled out.", [("clearly", "booster"), ("cannot be ruled out", "hedge"),
                                               ("cannot", "negation")]),
        ("A well-documented case.", [("well documented", "booster")]),
        ("They believe it; rather than that, it is total.", [("believe", "belief"), ("rather than", "contrast"),
                                                             ("total", "booster")]),
        ("In May and in Total the port closed. May 2021 was cold.", []),
        ("May it hold.", [("may", "hedge")]),
        ("It could, would and can be about ten.", []),
        ("It is hard. To say more is vain.", []),
        ("", []),
    ],
)  # fmt: skip
def test_hedges_boosters_and_markers_are_found_where_they_stand(text: str, found: list[tuple[str, str]]) -> None:
    assert sorted((cue.cue, cue.kind.value) for cue in cues(text).cues) == sorted(found)


def test_rates_are_per_1000_words() -> None:
    found = cues("It may be late. It may be early. It is total. Why not?")
    assert found.words == 13
    assert found.per_1000(HEDGES) == pytest.approx(2000 / 13)
    assert found.per_1000(BOOSTERS) == pytest.approx(1000 / 13)
    assert found.per_1000([CueClass.NEGATION]) == pytest.approx(1000 / 13)
    assert found.most_frequent(HEDGES) == [("may", 2)]
    assert cues("").per_1000(HEDGES) == 0.0


def test_the_json_has_the_documented_shape() -> None:
    assert cues("It may be total, but no.").as_json("right") == [
        {
            "side": "right", "address": "storm:1", "hedges": [[3, 6]], "boosters": [[10, 15]],
            "cues": [
                {"class": "hedge", "cue": "may", "span": [3, 6]},
                {"class": "booster", "cue": "total", "span": [10, 15]},
                {"class": "contrast", "cue": "but", "span": [17, 20]},
                {"class": "negation", "cue": "no", "span": [21, 23]},
            ],
        }
    ]  # fmt: skip


@given(
    st.text(max_size=120)
    | st.lists(st.sampled_from("it may not clear that be ruled out . May If".split())).map(" ".join)
)
def test_spans_cut_the_words_that_are_reported(text: str) -> None:
    for kinds in (HEDGES + BOOSTERS, MARKERS):
        end = 0
        for cue in cues(text).of(kinds):
            assert end <= cue.span.start < cue.span.end
            assert words(text[slice(*cue.span)]) == cue.cue.split()
            end = cue.span.end


# --- lists of the library ----------------------------------------------------------------------------


@pytest.fixture
def with_words(library_folder: Path) -> Path:
    folder = library_folder / "docterm-words"
    folder.mkdir()
    (folder / "hedges.txt").write_text("iffy\n- may\n[condition]\nas long as\n", "utf-8")
    (folder / "reporting.txt").write_text("murmur murmurs murmured\n", "utf-8")
    return library_folder


def test_a_library_changes_the_lists_in_its_own_folder(with_words: Path) -> None:
    own = own_words(with_words).lists
    found = cues("It may be iffy as long as it is late.", own)
    assert [(cue.cue, cue.kind) for cue in found.cues] == [("iffy", CueClass.HEDGE), ("as long as", CueClass.CONDITION)]
    ((entry),) = entries_of(side("Lind murmured that it was late."), lexicon(own))
    assert entry.name == "Lind"


def test_the_lists_of_a_library_are_no_documents(with_words: Path) -> None:
    assert not [found.path for found in scan(with_words) if "docterm-words" in found.path]
    with closing(Library(with_words)) as library:
        library.refresh()
        assert not [document for document in library.documents(every=True) if "words" in document.path]


def test_a_list_that_cannot_be_read_is_said_to_be_and_the_others_are_used(with_words: Path) -> None:
    folder = with_words / "docterm-words"
    os.symlink("/etc/hostname", folder / "boosters.txt")
    (folder / "contrast.txt").write_bytes(b"x" * (1 << 20))
    found = own_words(with_words)
    assert set(found.lists) == {"hedges.txt", "reporting.txt"}
    assert [fault.partition(" is not used: ")[0] for fault in found.faults] == [
        "docterm-words/boosters.txt", "docterm-words/contrast.txt",
    ]  # fmt: skip


def test_without_such_a_folder_or_with_a_link_in_its_place_nothing_is_changed(
    library_folder: Path, tmp_path: Path
) -> None:
    assert own_words(library_folder).lists == {}
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "hedges.txt").write_text("iffy\n", "utf-8")
    os.symlink(tmp_path / "elsewhere", library_folder / "docterm-words")
    assert own_words(library_folder).lists == {}


# --- the example pair ------------------------------------------------------------------------------

ORIGINALS = os.environ.get("DOCTERM_ORIGINALS", "")


@pytest.mark.skipif(not ORIGINALS, reason="DOCTERM_ORIGINALS names no folder with voa.txt and carnegie.txt")
def test_the_report_stresses_more_and_the_analysis_hedges_more() -> None:
    found = {}
    for name in ("voa", "carnegie"):
        blocks = read(Path(ORIGINALS, f"{name}.txt").read_bytes()).blocks
        found[name] = certainty_of(side(*(each.text for each in blocks if each.role is Role.BODY)), cue_lists({}))
    assert found["voa"].per_1000(HEDGES) < found["carnegie"].per_1000(HEDGES)
    assert found["voa"].per_1000(BOOSTERS) > 2 * found["carnegie"].per_1000(BOOSTERS)
