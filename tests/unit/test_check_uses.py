"""Which quotes of a notebook a manuscript uses, and the manuscripts that are linked to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from docterm.quotes.check.draft import Draft, DraftForm, parse
from docterm.quotes.check.uses import uses
from docterm.quotes.notebook import Notebook

if TYPE_CHECKING:
    from conftest import Run
    from docterm.quotes.model import Quote

QUOTES = [
    (
        "harbour:2",
        "Pilots said that dimmed lights made every crossing slower. “We count the buoys by ear,” one of them",
    ),
    ("storm:2", "No pilot was asked."),
    ("storm:3", "Fishermen counted their losses in nets rather than in boats."),
]


@pytest.fixture
def quotes(docterm: Run, library_folder: Path) -> list[Quote]:
    for address, text in QUOTES:
        docterm("quote", address, text, "--library", library_folder)
    return list(Notebook(library_folder / "notebook.jsonl").quotes())


def drafted(text: str) -> Draft:
    return parse(text.encode(), DraftForm.MARKDOWN)


def lines(text: str, quotes: list[Quote]) -> list[list[int]]:
    return list(uses(drafted(text), quotes).values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [[], [], []]),
        ("“No pilot was asked” and\nonce more:\n\n> No pilot was asked.\n", [[], [1, 4], []]),
        ("“dimmed lights made every crossing slower”", [[1], [], []]),
        ("“dimmed lights … slower. ‘We count the buoys by ear’”", [[1], [], []]),
        ("“Fishermen counted their losses in nets and not in boats”", [[], [], [1]]),
        ("The “dimmed lights” shone, and no pilot was asked.", [[], [], []]),
        ("“dimmed lights” [@harbour]", [[1], [], []]),
        ("“Words that stand nowhere in the notebook at all”", [[], [], []]),
    ],
)
def test_a_quote_is_used_where_its_words_are_quoted(quotes: list[Quote], text: str, expected: list[list[int]]) -> None:
    assert lines(text, quotes) == expected


def test_a_paraphrase_is_used_where_it_stands(docterm: Run, tmp_path: Path, shipped: Path) -> None:
    notebook = tmp_path / "notebook.jsonl"
    text = "They wanted to study the Great Firewall"
    docterm("quote", "voa2023:12", text, "--library", shipped, "--notebook", notebook)
    (quote,) = Notebook(notebook).quotes()
    draft = drafted(f"Nothing.\n\n{text}, the *report* says [@voa2023, para. 12].\n")
    assert uses(draft, [quote]) == {quote.id: [3]}
    assert uses(drafted("They wanted to study."), [quote]) == {quote.id: []}


def test_a_linked_manuscript_is_checked_without_being_named(
    docterm: Run, tmp_path: Path, library_folder: Path, quotes: list[Quote]
) -> None:
    where = ("--library", library_folder)
    draft = tmp_path / "paper.md"
    draft.write_text("“No pilot was asked” [@storm, para. 2].\n\n“No pilot was asked” [@storm].\n", "utf-8")
    assert docterm("check", *where).returncode == 2
    assert json.loads(docterm("quotes", "--json", *where).stdout)["quotes"][0]["used"] is None
    linked = docterm("check", draft, "--link", *where)
    assert linked.returncode == 0
    assert "paper.md is linked: " in linked.stderr
    again = docterm("check", *where)
    assert (again.returncode, again.stdout) == (0, "2 quotations: 2 verbatim.\n")

    found = json.loads(docterm("quotes", "--json", *where).stdout)["quotes"]
    assert [[use["line"] for use in each["used"]] for each in found] == [[], [1, 3], []]
    assert {use["path"] for each in found for use in each["used"]} == {str(draft)}
    listed = docterm("quotes", *where).stdout
    assert "  used 2x: paper.md:1,3\n" in listed
    assert listed.count("  unused\n") == 2

    draft.unlink()
    answer = docterm("quotes", *where)
    assert "paper.md is not read. There is no such file." in answer.stderr
    assert docterm("check", *where).returncode == 2
    assert docterm("check", "--unlink", draft, *where).returncode == 0
    assert docterm("check", "--unlink", draft, *where).returncode == 2
    assert "unused" not in docterm("quotes", *where).stdout


def test_library_and_manuscript_can_be_moved_together(docterm: Run, tmp_path: Path, library_folder: Path) -> None:
    (tmp_path / "paper.txt").write_text("Said “No pilot was asked” (Lind, 2021).", "utf-8")
    docterm("check", tmp_path / "paper.txt", "--link", "--form", "markdown", "--library", library_folder)
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    library_folder.rename(moved / "library")
    (tmp_path / "paper.txt").rename(moved / "paper.txt")
    answer = docterm("check", "--json", "--library", moved / "library")
    assert answer.returncode == 0
    assert json.loads(answer.stdout)["files"][0]["path"] == str(moved / "paper.txt")


def test_what_is_not_there_is_not_linked(docterm: Run, tmp_path: Path, library_folder: Path) -> None:
    answer = docterm("check", tmp_path / "none.md", "--link", "--library", library_folder)
    assert answer.returncode == 2
    assert "Nothing was linked." in answer.stderr
    assert not (library_folder / "notebook.jsonl").exists()
