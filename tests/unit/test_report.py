"""The report of a comparison: a page that stands alone, and its other forms."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from docterm.library.readers import docx

if TYPE_CHECKING:
    from conftest import Run


class Page(HTMLParser):
    """What a page has: the ids of its elements, what it links to, what it would fetch, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.fetched: list[str] = []
        self.tags: set[str] = set()
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name == "href":
                self.targets.append(value or "")
            elif name in ("src", "srcset", "data", "action", "poster"):
                self.fetched.append(value or "")

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.fixture
def report(docterm: Run, library_folder: Path, tmp_path: Path) -> Path:
    """Compare two documents of the small library, one of them coded, and give the page."""
    folder = ("--library", library_folder)
    docterm("themes", "code", "storm:1", "the council kept the lights dimmed", "cause", "--memo", "Who?", *folder)
    page = tmp_path / "report.html"
    answer = docterm("compare", "storm", "harbour", "--report", page, *folder)
    assert (answer.returncode, answer.stdout) == (0, ""), answer.stderr
    assert str(page) in answer.stderr
    return page


def test_every_address_on_the_page_leads_to_its_paragraph_and_nothing_is_fetched(report: Path) -> None:
    page = Page(report.read_text("utf-8"))
    assert len(page.ids) == len(set(page.ids))
    assert {target.removeprefix("#") for target in page.targets} <= set(page.ids)
    assert {f"storm:{number}" for number in (1, 2, 3)} <= set(page.ids)
    assert page.fetched == []
    assert "script" not in page.tags
    assert "http" not in report.read_text("utf-8")


def test_the_page_has_both_texts_the_facts_links_charts_and_what_was_coded(report: Path) -> None:
    page = Page(report.read_text("utf-8"))
    words = " ".join(page.words.split())
    for said in ("Island Courier", "Tidewater Review", "No pilot was asked.", "the order would stand until spring"):
        assert said in words
    assert "svg" in page.tags
    assert "mark" in page.tags
    assert "cause" in words
    assert "Who?" in words
    assert words.count("nothing coded") == 7


@pytest.mark.parametrize("text", ["<script>alert(1)</script> lights", "“lights” & <b>council</b> {{ 7 * 7 }} {% x %}"])
def test_what_documents_say_is_no_markup_on_the_page(docterm: Run, library_folder: Path, text: str) -> None:
    (library_folder / "wild.txt").write_text(f"{text}\n\nThe council dimmed {text} twice.\n\n{text}\n", "utf-8")
    page = library_folder.parent / "report.html"
    docterm("compare", "wild", "storm", "--report", page, "--library", library_folder)
    shown = Page(page.read_text("utf-8"))
    assert not {"script", "b"} & shown.tags
    assert text in shown.words


def test_the_same_report_as_markdown_word_table_and_json(docterm: Run, library_folder: Path, tmp_path: Path) -> None:
    for words in ("council", "lights"):
        docterm("themes", "code", "storm:1", words, "cause", "--memo", "Who?", "--library", library_folder)
    for suffix in ("md", "docx", "csv", "json"):
        answer = docterm(
            "compare", "storm", "harbour", "--report", tmp_path / f"r.{suffix}", "--library", library_folder
        )
        assert answer.returncode == 0, answer.stderr
    markdown = (tmp_path / "r.md").read_text("utf-8")
    assert markdown.startswith("# storm and harbour compared\n")
    assert not re.search(r"</?(div|span|a|table|p)\b", markdown)
    assert "[TABLE]" not in markdown
    assert "| storm:1 " in markdown
    assert "**lights**" in markdown
    rows = list(csv.DictReader(io.StringIO((tmp_path / "r.csv").read_text("utf-8-sig"))))
    assert {"side", "length", "link", "word"} <= {row["statement"] for row in rows}
    assert any((row["left"], row["statement"]) == ("storm:1", "link") for row in rows)
    assert json.loads((tmp_path / "r.json").read_text("utf-8"))["schema"] == "docterm.compare/1"
    assert "No pilot was asked." in repr(docx.read((tmp_path / "r.docx").read_bytes()))


@pytest.mark.parametrize("option", [("--subject", "lights"), ("--against", "library")])
def test_what_a_report_would_pass_over_is_refused(
    docterm: Run, library_folder: Path, tmp_path: Path, option: tuple[str, str]
) -> None:
    page = tmp_path / "r.html"
    answer = docterm("compare", "storm", "harbour", *option, "--report", page, "--library", library_folder)
    assert (answer.returncode, page.exists()) == (2, False)
    assert "--subject and --against are not for it" in answer.stderr


def test_a_report_in_a_folder_that_is_not_there_is_refused_with_what_to_do(
    docterm: Run, library_folder: Path, tmp_path: Path
) -> None:
    name = tmp_path / "none" / "r.html"
    answer = docterm("compare", "storm", "harbour", "--report", name, "--library", library_folder)
    assert answer.returncode == 2
    assert answer.stderr == f"There is no folder {name.parent}.\nMake it, or name another file.\n"


@pytest.mark.parametrize("name", ["report.txt", "report", "storm.txt", "harbour.md", "references.json"])
def test_a_file_that_cannot_be_the_report_is_refused(docterm: Run, library_folder: Path, name: str) -> None:
    before = {path.name: path.read_bytes() for path in library_folder.iterdir() if path.is_file()}
    answer = docterm("compare", "storm", "harbour", "--report", library_folder / name, "--library", library_folder)
    assert answer.returncode == 2
    assert answer.stderr.count("\n") == 2
    assert before == {path.name: path.read_bytes() for path in library_folder.iterdir() if path.name in before}


def test_a_report_takes_the_place_of_no_notebook_and_no_pipe(
    docterm: Run, library_folder: Path, tmp_path: Path
) -> None:
    notebook = tmp_path / "quotes.json"
    folder = ("--library", library_folder, "--notebook", notebook)
    docterm("themes", "code", "storm:1", "the council kept the lights dimmed", "cause", *folder)
    before = notebook.read_bytes()
    pipe = tmp_path / "pipe.html"
    os.mkfifo(pipe)
    for place in (notebook, pipe):
        answer = docterm("compare", "storm", "harbour", "--report", place, *folder)
        assert (answer.returncode, answer.stdout) == (2, ""), answer.stderr
    assert before
    assert notebook.read_bytes() == before
    assert pipe.is_fifo()


def test_a_codebook_takes_the_place_of_no_document_and_no_notebook(
    docterm: Run, library_folder: Path, tmp_path: Path
) -> None:
    notebook = tmp_path / "quotes.jsonl"
    folder = ("--library", library_folder, "--notebook", notebook)
    docterm("themes", "codebook", "--add", "hope", *folder)
    for place in (notebook, library_folder / "storm.txt"):
        before = place.read_bytes()
        answer = docterm("themes", "codebook", "--export", place, *folder)
        assert (answer.returncode, answer.stdout) == (2, ""), answer.stderr
        assert place.read_bytes() == before
