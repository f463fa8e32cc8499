"""Pandoc formats citations and references in any style; without it, and when it dies, docterm still cites."""

from __future__ import annotations

import os
import signal
import stat
import time
from pathlib import Path

import pytest

from docterm.errors import ProgramError
from docterm.quotes.pandoc import Pandoc, Refused, programs, shared
from docterm.quotes.processor import Rendered, rendered
from docterm.quotes.runs import text_of
from docterm.quotes.styles import find
from docterm.quotes.works import Cite, Place, Work
from quote_samples import HOSTILE, RECORDS

PARAGRAPH = Place("paragraph", "4")
WORKS = [Work(record["id"], record) for record in RECORDS]


def citations(style: str, *places: Place | None, work: int = 0, language: str = "") -> list[str]:
    done = rendered(find(style), WORKS, [Cite(work, place) for place in places], language)
    return [text_of(runs) for runs in done.citations]


def references(done: Rendered) -> list[str]:
    return [text_of(runs) for _, runs in done.references]


# --- places --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("style", "place", "citation"),
    [
        ("apa", PARAGRAPH, "(Okafor, 2024, para. 4)"),
        ("apa", Place("paragraph", "4–6"), "(Okafor, 2024, paras. 4–6)"),
        ("apa", Place("page", "12"), "(Okafor, 2024, p. 12)"),
        ("apa", Place("page", "viii"), "(Okafor, 2024, p. viii)"),
        ("apa", Place("paragraph", "4", "The strike"), "(Okafor, 2024, “The strike,” para. 4)"),
        ("mla", PARAGRAPH, "(Okafor, par. 4)"),
        ("mla", Place("page", "12"), "(Okafor 12)"),
        ("ieee", PARAGRAPH, "[1, Para. 4]"),
        ("ama", PARAGRAPH, "1(para4)"),
        ("apa", None, "(Okafor, 2024)"),
    ],
)
def test_a_place_is_named_as_the_style_does(style: str, place: Place | None, citation: str) -> None:
    assert citations(style, place) == [citation]


@pytest.mark.parametrize(
    ("language", "citation"),
    [
        ("de", "(Okafor, 2024, Abs. 4)"),
        ("fr", "(Okafor, 2024, paragr. 4)"),
        ("sv", "(Okafor, 2024, st. 4)"),
        ("en-GB", "(Okafor, 2024, para. 4)"),
    ],
)
def test_a_place_is_named_in_the_language_of_the_manuscript(language: str, citation: str) -> None:
    assert citations("apa", PARAGRAPH, language=language) == [citation]


@pytest.mark.parametrize(
    ("language", "marks", "inside"),
    [
        ("en-US", "“”‘’", True),
        ("en-GB", "‘’“”", False),
        ("de", "„“‚‘", False),
        ("sv", "””’’", False),
        ("pl", "„”«»", False),
        ("ja", "「」『』", False),
    ],
)
def test_quotation_marks_are_those_of_the_language(language: str, marks: str, inside: bool) -> None:
    found = rendered(find("apa"), WORKS, [Cite(0, None)], language).language
    assert found.opening + found.closing + found.inner_opening + found.inner_closing == marks
    assert found.stop_inside is inside


def test_a_style_without_places_says_so() -> None:
    done = rendered(find("nature"), WORKS, [Cite(0, PARAGRAPH)])
    assert text_of(done.citations[0]) == "1"
    assert done.notes == ("The style Nature prints no paragraph or page; --locators adds it in brackets.",)
    assert not rendered(find("nature"), WORKS, [Cite(0, None)]).notes


# --- several citations ---------------------------------------------------------------------------


def test_later_citations_of_a_work_are_short_or_ibid_as_the_style_has_it() -> None:
    first, second = citations("chicago-notes-bibliography", PARAGRAPH, Place("paragraph", "7"))
    assert first.startswith(
        "Ngozi A. Okafor, “Dockers Walk Out over ‘Unsafe’ Cranes,” The Guardian, March 7, 2024, para"
    )
    assert second == "Okafor, “Dockers Walk Out over ‘Unsafe’ Cranes,” para. 7."
    assert citations("oscola", PARAGRAPH, PARAGRAPH, Place("paragraph", "7"))[1:] == ["Ibid.", "Ibid 7."]


def test_two_works_of_one_author_and_year_are_told_apart() -> None:
    twins = [Work(key, RECORDS[0] | {"id": key, "title": key.title()}) for key in ("alpha", "beta")]
    done = rendered(find("apa"), twins, [Cite(0, PARAGRAPH), Cite(1, PARAGRAPH)])
    assert [text_of(runs) for runs in done.citations] == ["(Okafor, 2024a, para. 4)", "(Okafor, 2024b, para. 4)"]


def test_references_are_those_of_all_works_in_the_order_of_the_style() -> None:
    assert [index for index, _ in rendered(find("ieee"), WORKS, [Cite(2, None), Cite(0, None)]).references][:2] == [
        2,
        0,
    ]
    found = references(rendered(find("apa"), WORKS, []))
    assert len(found) == len(WORKS)
    assert found == sorted(found, key=str.casefold)


def test_who_republished_a_work_is_said_where_the_style_leaves_it_out() -> None:
    republished = next(text for text in references(rendered(find("apa"), WORKS, [])) if "Two censors" in text)
    assert republished == "Voice of Tide. (2023). Two censors. Tide Factor. Republished by Tide Factor."
    said = next(text for text in references(rendered(find("tgm-wien-diplom"), WORKS, [])) if "Two censors" in text)
    assert said.count("Republished") == 1


# --- odd records ---------------------------------------------------------------------------------


@pytest.mark.parametrize("style", ["apa", "ieee", "chicago-notes-bibliography"])
def test_a_record_with_nothing_is_cited_and_listed(style: str) -> None:
    done = rendered(find(style), [Work("x", {})], [Cite(0, PARAGRAPH)])
    assert len(done.citations) == len(done.references) == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_record_says_is_text_and_nothing_else(text: str) -> None:
    work = Work("x", {"type": "book", "title": text, "author": [{"family": text}], "URL": text, "publisher": text})
    (reference,) = references(rendered(find("ieee"), [work], []))
    letters = [char for char in text if char.isalnum()]
    assert "".join(letters).lower() in "".join(char for char in reference if char.isalnum()).lower()


@pytest.mark.parametrize(
    "record",
    [
        {"author": "A Name", "issued": "2020", "volume": [1], "page": None, "title": {"x": 1}},
        {"issued": {"date-parts": [["x", None]]}, "author": [None, 5, {}], "custom": {"a": [1, {"b": None}]}},
        {"issued": {"date-parts": [[99999, 13, 45]]}, "type": "no-such-type", "id": ["x"]},
        {"issued": {"literal": "spring"}, "author": [{"literal": ""}, {"given": "Only"}]},
        {"title": "x" * 100_000},
    ],
)
def test_no_record_keeps_pandoc_from_citing(record: dict[str, object]) -> None:
    done = rendered(find("apa"), [Work("x", record), WORKS[0]], [Cite(0, PARAGRAPH), Cite(1, PARAGRAPH)])
    assert text_of(done.citations[1]) == "(Okafor, 2024, para. 4)"
    assert not done.notes


# --- the program ---------------------------------------------------------------------------------


def without_pandoc(monkeypatch: pytest.MonkeyPatch, program: str = "") -> None:
    monkeypatch.setenv("DOCTERM_PANDOC", program)
    shared().close()


def test_without_pandoc_citations_are_plain_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    without_pandoc(monkeypatch)
    done = rendered(find("ieee"), WORKS, [Cite(0, PARAGRAPH)])
    assert text_of(done.citations[0]) == "(Okafor, 2024, para. 4)"
    assert len(done.references) == len(WORKS)
    assert done.notes[0].startswith("Plain author-date citations, not IEEE")
    assert "There is no Pandoc here" in done.notes[0]
    assert "Install pandoc" in done.notes[0]


def program(path: Path, script: str) -> str:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.mark.parametrize("script", ["exit 1", 'echo \'{"version":"2.17"}\'; cat', "echo pandoc 3.1", "cat"])
def test_a_program_that_is_no_new_pandoc_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    monkeypatch.setenv("DOCTERM_PANDOC", program(tmp_path / "pandoc", script))
    pandoc = Pandoc(limit_seconds=0.5)
    with pytest.raises(ProgramError, match="no Pandoc that docterm can use"):
        pandoc.start()
    pandoc.close()


def test_a_pandoc_on_path_comes_before_docterms_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (own,) = (found for found in programs() if "pypandoc" in found)
    other = program(tmp_path / "pandoc", f'exec "{own}" "$@"')
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert list(programs()) == [other, own]
    program(tmp_path / "pandoc", "exit 1")
    pandoc = Pandoc()
    assert pandoc.start() >= "3.1"
    pandoc.close()


def ask(pandoc: Pandoc) -> str:
    return pandoc.convert("*x*", "commonmark", "html").strip()


def test_a_pandoc_that_dies_is_started_again() -> None:
    pandoc = Pandoc()
    assert ask(pandoc) == "<p><em>x</em></p>"
    assert pandoc._process is not None
    os.kill(pandoc._process.pid, signal.SIGKILL)
    assert ask(pandoc) == "<p><em>x</em></p>"
    pandoc.close()


def test_a_pandoc_that_hangs_is_ended_when_its_time_is_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCTERM_PANDOC", program(tmp_path / "pandoc", 'echo \'{"version":"3.9"}\'; exec sleep 60'))
    pandoc = Pandoc(limit_seconds=0.3)
    began = time.monotonic()
    with pytest.raises(ProgramError, match="ended or hung twice"):
        ask(pandoc)
    assert time.monotonic() - began < 30
    pandoc.close()


def test_a_pandoc_that_is_stopped_in_the_middle_is_replaced() -> None:
    pandoc = Pandoc(limit_seconds=1)
    ask(pandoc)
    assert pandoc._process is not None
    os.kill(pandoc._process.pid, signal.SIGSTOP)
    assert ask(pandoc) == "<p><em>x</em></p>"
    pandoc.close()


def test_what_pandoc_cannot_do_is_refused_and_the_next_question_answered() -> None:
    with pytest.raises(Refused):
        shared().convert("x", "no-such-format", "html")
    assert ask(shared()) == "<p><em>x</em></p>"


def test_no_file_is_read_for_a_text_that_names_one(tmp_path: Path) -> None:
    (tmp_path / "secret.tex").write_text("secret words")
    text = rf"a \input{{{tmp_path}/secret.tex}} b"
    assert "secret words" not in shared().convert(text, "latex", "html")


# --- every style ---------------------------------------------------------------------------------

SAMPLE = sorted(path.stem for path in find("apa").path.parent.glob("*.csl"))[::120]
"""One style in a hundred and twenty; `benchmarks/citations.py --styles` takes them all."""
ODD = ["wetlands", "isara-iso-690", "uniwersytet-im-adama-mickiewicza-w-poznaniu-wydzial-anglistyki"]
"""One that prints nothing of an unsigned work without a date, one with a question mark, one with a locale left out."""


@pytest.mark.parametrize("style", [*SAMPLE, *ODD])
def test_a_style_cites_twelve_places_of_ten_kinds_of_works(style: str) -> None:
    cites = [
        *(Cite(index, Place("paragraph", str(index + 1))) for index in range(len(WORKS))),
        Cite(4, PARAGRAPH),
        Cite(4, PARAGRAPH),
    ]
    done = rendered(find(style), WORKS, cites)
    assert len(done.citations) == 12
    assert all(text_of(runs) for runs in done.citations)
    assert all(text for text in references(done))
    assert not [note for note in done.notes if note.startswith("Plain")]
