"""`docterm cite`, and the style of `docterm quotes copy`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from docterm.quotes.pandoc import shared

if TYPE_CHECKING:
    from conftest import Run


@pytest.mark.parametrize(
    ("style", "reference"),
    [
        ("apa", "Lind, T. (2021, May 7). Storm over the harbour. Island Courier."),
        ("MLA", "Lind, Tomas. “Storm over the Harbour.” Island Courier, 7 May 2021."),
        ("ieee", "[1] T. Lind, “Storm over the harbour,” Island Courier, May 07, 2021."),
    ],
)
def test_references_in_a_style(docterm: Run, library_folder: Path, style: str, reference: str) -> None:
    answer = docterm("cite", "storm", "--style", style, "--library", library_folder)
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, f"{reference}\n", "")


def test_references_as_json(docterm: Run, library_folder: Path) -> None:
    found = json.loads(docterm("cite", "storm", "harb", "storm", "--json", "--library", library_folder).stdout)
    assert (found["schema"], found["style"], found["title"]) == ("docterm.cite/1", "apa", "APA Style 7th edition")
    assert [each["key"] for each in found["references"]] == ["storm", "harbour"]
    assert found["references"][0]["html"] == "Lind, T. (2021, May 7). Storm over the harbour. <i>Island Courier</i>."
    assert found["references"][0]["citation"] == "(Lind, 2021)"


def test_a_style_without_a_list_gives_its_notes(docterm: Run, library_folder: Path) -> None:
    answer = docterm("cite", "storm", "--style", "chicago-notes", "--library", library_folder)
    assert answer.stdout == "Tomas Lind, “Storm over the Harbour,” Island Courier, May 7, 2021.\n"
    assert "has no list of references" in answer.stderr


def test_what_cannot_be_cited(docterm: Run, library_folder: Path) -> None:
    for arguments, said in (
        (["storm", "--style", "apq"], "Near it: apa "),
        (["zebra"], "No document is called"),
        ([], "No document is named."),
    ):
        answer = docterm("cite", *arguments, "--library", library_folder)
        assert (answer.returncode, answer.stdout) == (2, "")
        assert said in answer.stderr


def test_styles_are_listed_by_words_of_their_names(docterm: Run) -> None:
    answer = docterm("cite", "--styles", "oscola ibid")
    assert answer.returncode == 0
    assert "oscola-no-ibid  OSCOLA 4th edition (no ibid.)" in answer.stdout
    assert answer.stderr == "Citation styles by the CSL project, https://citationstyles.org, CC BY-SA 3.0.\n"
    found = json.loads(docterm("cite", "--styles", "oscola ibid", "--json").stdout)
    assert found["styles"] == [{"id": "oscola-no-ibid", "title": "OSCOLA 4th edition (no ibid.)"}]
    assert docterm("cite", "--styles", "zzzz").returncode == 1


@pytest.fixture
def quoted(docterm: Run, library_folder: Path) -> Path:
    """Save three quotes in the small library and give it."""
    for place, words in (
        ("harbour:2", "We count the buoys by ear"),
        ("storm:2", "No pilot was asked."),
        ("storm:3", "nets"),
    ):
        assert docterm("quote", place, words, "--library", library_folder).returncode == 0
    return library_folder


def test_quotes_in_a_style_that_cites_in_notes(docterm: Run, quoted: Path) -> None:
    answer = docterm("quotes", "copy", "--style", "chicago-notes-bibliography", "--library", quoted)
    assert "“No pilot was asked.” [Tomas Lind, “Storm over the Harbour,” Island Courier, May 7, 2021, para. 2.]\n" in (
        answer.stdout
    )
    assert "“nets” [Lind, “Storm over the Harbour,” para. 3.]\n" in answer.stdout
    marked = docterm(
        "quotes", "copy", "--style", "chicago-notes-bibliography", "--form", "markdown", "--library", quoted
    )
    assert "“No pilot was asked.”[^q" in marked.stdout


def test_a_place_that_the_style_leaves_out_is_said_or_added(docterm: Run, quoted: Path) -> None:
    answer = docterm("quotes", "copy", "--style", "nature", "--library", quoted)
    assert "‘No pilot was asked’.²" in answer.stdout
    assert "prints no paragraph or page; --locators adds it" in answer.stderr
    answer = docterm("quotes", "copy", "--style", "nature", "--locators", "--library", quoted)
    assert "‘No pilot was asked’² (para. 2)." in answer.stdout
    assert not answer.stderr


def test_the_language_of_the_manuscript(docterm: Run, quoted: Path) -> None:
    answer = docterm("quotes", "copy", "--language", "de", "--library", quoted)
    assert "„No pilot was asked“ (Lind, 2021, Abs. 2)." in answer.stdout
    for wrong in ("klingon", 'de"<x>', "../de"):
        answer = docterm("quotes", "copy", "--language", wrong, "--library", quoted)
        assert answer.returncode == 2
        assert "is no language." in answer.stderr


def test_a_place_by_its_heading(docterm: Run, quoted: Path) -> None:
    answer = docterm("quotes", "copy", "--by", "heading", "--library", quoted)
    assert "“We count the buoys by ear” (Okafor, 2019, “The pilots,” para. 2)" in answer.stdout
    assert "(Lind, 2021, para. 2)" in answer.stdout


def test_without_pandoc_quotes_are_cited_and_it_is_said(
    docterm: Run, quoted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCTERM_PANDOC", "")
    shared().close()
    answer = docterm("quotes", "copy", "--style", "mla", "--library", quoted)
    assert answer.returncode == 0
    assert "“No pilot was asked” (Lind, 2021, para. 2)." in answer.stdout
    assert "There is no Pandoc here" in answer.stderr
    keyed = docterm("quotes", "copy", "--form", "pandoc", "--library", quoted)
    assert "[@storm, para. 2]" in keyed.stdout
    assert not keyed.stderr
    assert docterm("doctor", "--library", quoted).returncode == 1


def test_an_export_says_what_it_did(docterm: Run, quoted: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.md"
    arguments = ["quotes", "export", "--form", "markdown", "-o", path, "--library", quoted]
    assert docterm(*arguments).stdout == f"{path}: 3 new\n"
    found = json.loads(docterm(*arguments, "--json").stdout)
    assert (found["schema"], found["form"], len(found["unchanged"])) == ("docterm.export/1", "markdown", 3)
    path.write_text(path.read_text("utf-8").replace("No pilot", "A pilot"), "utf-8")
    assert docterm(*arguments).stdout == f"{path}: 2 unchanged, 1 changed by hand and left alone\n"
    answer = docterm(*arguments[:-1], quoted.parent)
    assert answer.returncode == 1, "another library has no quotes"


def test_no_export_goes_into_the_notebook(docterm: Run, quoted: Path, tmp_path: Path) -> None:
    notebook = quoted / "notebook.jsonl"
    before = notebook.read_bytes()
    link = tmp_path / "out.md"
    link.symlink_to(notebook)
    for place in (notebook, link):
        answer = docterm("quotes", "export", "--form", "markdown", "-o", place, "--library", quoted)
        assert answer.returncode == 2
        assert "is your notebook, and only quotes are kept in it" in answer.stderr
    assert notebook.read_bytes() == before


def test_an_export_without_a_place_to_write_is_said(docterm: Run, quoted: Path, tmp_path: Path) -> None:
    answer = docterm("quotes", "export", "--form", "csv", "-o", tmp_path / "no" / "x.csv", "--library", quoted)
    assert answer.returncode == 2
    assert "cannot be written: No such file or directory." in answer.stderr
    assert docterm("quotes", "export", "--form", "csv", "--library", quoted).returncode == 2
    printed = docterm("quotes", "export", "--form", "csv", "-o", "-", "--library", quoted)
    assert "`docterm quotes copy` prints." in printed.stderr
    assert docterm("quotes", "export", "--form", "zip", "-o", "x", "--library", quoted).returncode == 2
