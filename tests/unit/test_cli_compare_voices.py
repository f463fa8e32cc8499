"""The voices and the certainty of `docterm compare`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from docterm.quotes.notebook import Notebook

if TYPE_CHECKING:
    from conftest import Run

LEFT = [
    "“The ferries of Lindvik are safe,” said Mayor Ruth Adeyemi. Officials said that one may leak.",
    "“They are totally safe,” she added. The Port Office did not respond to a request for comment.",
]
RIGHT = ["Barley was dear in the “poor” harbour.", "Perhaps barley is dear, if the ferries are late."]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, paragraphs in (("left", LEFT), ("right", RIGHT)):
        (tmp_path / f"{name}.md").write_text(f"# {name}\n\n" + "\n\n".join(paragraphs), "utf-8")
    return tmp_path


def shown(docterm: Run, folder: Path) -> list[str]:
    """The lines from the voices on."""
    text = docterm("compare", "left", "right", "--library", folder).stdout
    return text[text.index("Voices in left") :].splitlines()


def test_voices_are_tables_and_certainty_is_rates(docterm: Run, folder: Path) -> None:
    lines = shown(docterm, folder)
    assert lines[0] == "Voices in left: 2; 33 % of what is said has no name to it"
    assert [line.split() for line in lines[1:4]] == [
        "voice quoted told words verbs where".split(),
        "Ruth Adeyemi 2 0 10 say, add left:1, left:2".split(),
        "officials 0 1 3 say left:1".split(),
    ]
    assert lines[4] == "  Asked, and did not answer: Port Office (left:2)"
    assert "Voices in right: none was found." in lines
    rates = lines[lines.index("Certainty: uses, and uses in 1,000 words") + 1 :]
    assert [line.split() for line in rates[:3]] == [
        ["left", "right"], "hedges 1 (30.3) 2 (125.0)".split(), "hedge 1 (30.3) 1 (62.5)".split(),
    ]  # fmt: skip
    assert "  Boosters in left: totally" in rates
    assert "  Boosters in right: none was found" in rates


def test_what_the_reader_decided_about_names_holds(docterm: Run, folder: Path) -> None:
    notebook = Notebook(folder / "notebook.jsonl")
    notebook.keep("voice", "Ruth Adeyemi", {"name": "The mayor"}, "renaming")
    notebook.keep("voice", "officials", {"wrong": True}, "marking wrong")
    assert shown(docterm, folder)[0] == "Voices in left: 1; 0 % of what is said has no name to it"
    answer = json.loads(docterm("compare", "left", "right", "--json", "--library", folder).stdout)
    assert [(each["speaker"], each["kind"], each["address"]) for each in answer["voices"]] == [
        ("The mayor", "direct", "left:1"), ("The mayor", "direct", "left:2"), ("Port Office", "no reply", "left:2"),
        ("", "scare", "right:1"),
    ]  # fmt: skip
    assert [(each["side"], each["address"], len(each["hedges"])) for each in answer["certainty"]] == [
        ("left", "left:1", 1), ("left", "left:2", 0), ("right", "right:2", 2),
    ]  # fmt: skip


def test_a_list_of_the_library_that_cannot_be_read_is_a_note(docterm: Run, folder: Path) -> None:
    (folder / "docterm-words").mkdir()
    (folder / "docterm-words" / "hedges.txt").mkdir()
    found = docterm("compare", "left", "right", "--library", folder)
    assert found.returncode == 0
    assert "docterm-words/hedges.txt is not used" in found.stdout


def test_of_many_scare_quotes_the_first_are_shown(docterm: Run, folder: Path) -> None:
    text = " ".join(f"The {name} harbour had “ferry {at}”." for at, name in enumerate(["old"] * 14))
    (folder / "right.md").write_text(f"# right\n\n{text}\n", "utf-8")
    (line,) = (line for line in shown(docterm, folder) if "said by nobody" in line)
    assert line.startswith("  In quotation marks, said by nobody: “ferry 0”, “ferry 1”")
    assert line.endswith("“ferry 11”, and 2 more")
