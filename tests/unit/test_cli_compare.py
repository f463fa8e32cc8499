"""`docterm compare`."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from docterm.compare.judgement import ABOUT, Judgement, Relation, Verdict
from docterm.compare.subjects import ABOUT as SUBJECT
from docterm.compare.subjects import Subject
from docterm.library.library import Library
from docterm.quotes.notebook import Notebook

if TYPE_CHECKING:
    from conftest import Run


def test_compare_text(docterm: Run, library_folder: Path) -> None:
    answer = docterm("compare", "harbour", "storm", "--library", library_folder)
    assert (answer.returncode, answer.stderr) == (0, "")
    facts, links, only, words = (
        answer.stdout.index(text)
        for text in ("50 words in 4", "harbour:1  ~ storm:1 (close, the best for both; ", "Only in", "log ratio")
    )
    assert facts < links < only < words


def test_compare_shows_the_best_links_of_a_passage_and_counts_the_others(docterm: Run, library_folder: Path) -> None:
    line = "The pilots of the harbour counted crossings by the dimmed lights of the council"
    for name, count in (("one", 1), ("many", 6)):
        text = "\n\n".join(f"{line}, {'so they said, ' * number}again." for number in range(count))
        (library_folder / f"{name}.txt").write_text(text, "utf-8")
    shown = docterm("compare", "one", "many", "--library", library_folder).stdout
    assert "Links: 6\nA ~ joins paragraphs" in shown
    assert shown.count("one:1  ~ ") == 3
    assert "    and 3 more, all in --json\n" in shown
    assert (
        len(json.loads(docterm("compare", "one", "many", "--library", library_folder, "--json").stdout)["links"]) == 6
    )


def test_compare_names_a_type_in_plain_words(docterm: Run, library_folder: Path) -> None:
    shown = docterm("compare", "harbour", "storm", "--library", library_folder).stdout
    assert "Island Courier, 2021-05-07, newspaper article" in shown


def test_compare_json(docterm: Run, library_folder: Path) -> None:
    answer = docterm("compare", "harbour", "storm", "--library", library_folder, "--json")
    found = json.loads(answer.stdout)
    assert found["schema"] == "docterm.compare/1"
    assert set(found) >= {"left", "right", "notes", "links", "only_left", "only_right", "vocabulary", "voices"}
    assert found["left"]["key"] == "harbour"
    assert found["links"][0]["left"] == "harbour:1"
    assert 0 < found["links"][0]["strength"] <= 1


def test_compare_with_itself(docterm: Run, library_folder: Path) -> None:
    answer = docterm("compare", "harb", "harbour", "--library", library_folder)
    assert answer.returncode == 2
    assert answer.stderr.startswith("Both sides name harbour.")


def test_compare_groups(docterm: Run, library_folder: Path) -> None:
    answer = docterm("compare", "--left", "storm OR ledger", "--right", "pilots", "--library", library_folder)
    assert (answer.returncode, answer.stderr) == (0, "")
    facts, left_out, links, only, words = (
        answer.stdout.index(text)
        for text in ("storm OR ledger  ", "- storm is on both sides", "Links: ", "Only in storm OR ledger", "log ratio")
    )
    assert facts < left_out < links < only < words


def test_compare_groups_json(docterm: Run, library_folder: Path) -> None:
    arguments = ("compare", "ledger", "--right", "harbour", "--library", library_folder, "--json")
    found = json.loads(docterm(*arguments).stdout)
    assert found["left"]["key"] == found["left"]["label"] == "ledger"
    assert (found["right"]["label"], found["right"]["documents"]) == ("harbour", ["harbour", "storm"])
    assert found["right"]["facts"]["documents"] == 2
    assert found["notes"][0] == "ledger is a side of its own, and left out of “harbour”."
    assert {link["right"].partition(":")[0] for link in found["links"]} <= {"harbour", "storm"}


def test_the_only_name_is_the_side_that_no_query_gives(docterm: Run, library_folder: Path) -> None:
    for option, sides in (("--left", ("harbour", "ledger")), ("--right", ("ledger", "harbour"))):
        answer = docterm("compare", "ledger", option, "key:harbour", "--library", library_folder, "--json")
        found = json.loads(answer.stdout)
        assert (found["left"]["documents"], found["right"]["documents"]) == ([sides[0]], [sides[1]])


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ("compare", 2, "Comparing takes two sides"),
        ("compare storm", 2, "Comparing takes two sides"),
        ("compare storm harbour --left ledger", 2, "Comparing takes two sides"),
        ("compare storm --right zeppelin", 1, "No document answers “zeppelin”."),
        ("compare storm --right zeppelin+harbour", 1, "No document answers"),
        ("compare --left crossing --right crossing", 2, "Both sides are the same documents."),
        ("compare storm --right fishermen", 2, "Both sides name storm."),
        ("compare storm --right", 2, ""),
    ],
)
def test_sides_that_cannot_be_compared(
    docterm: Run, library_folder: Path, arguments: str, code: int, said: str
) -> None:
    answer = docterm(*(part.replace("+", " ") for part in arguments.split()), "--library", library_folder)
    assert (answer.returncode, answer.stdout) == (code, "")
    assert said in answer.stderr


def test_compare_obeys_what_the_reader_decided(docterm: Run, library_folder: Path, tmp_path: Path) -> None:
    with closing(Library(library_folder)) as library:
        library.refresh()
        left, right = (
            {each.number: each for each in library.passages(library.document(key))} for key in ("harbour", "storm")
        )
    notebook = Notebook(tmp_path / "notebook.jsonl")
    no, pin = (
        Judgement.of(left[1], right[1], Verdict.REJECT),
        Judgement.of(left[2], right[3], Verdict.PIN, Relation.ADDS, "losses"),
    )
    for each in (no, pin):
        notebook.keep(ABOUT, each.name, each.as_json(), each.what)
    arguments = ("compare", "harbour", "storm", "--library", library_folder, "--notebook", notebook.path)
    shown = docterm(*arguments).stdout
    assert "harbour:1  ~ storm:1" not in shown
    assert "harbour:2  ~ storm:3 (weak, pinned, adds, note: losses; shared: count)" in shown


def test_compare_shows_what_both_quote(docterm: Run, library_folder: Path) -> None:
    for name in ("one", "two"):
        text = f"It begins with {name}. “We shall not close the port of Lindvik,” {name} said."
        (library_folder / f"{name}.txt").write_text(text, "utf-8")
    shown = docterm("compare", "one", "two", "--library", library_folder).stdout
    assert "Words that both have alike, six or more in a row: 1\n" in shown
    assert "  one:1  = two:1 (8 words): “We shall not close the port of Lindvik”" in shown


def test_compare_offers_subjects(docterm: Run, library_folder: Path) -> None:
    shown = docterm("compare", "harbour", "storm", "--library", library_folder).stdout
    assert "Subjects of both, with paragraphs: dimmed 2 | 1, " in shown
    found = json.loads(docterm("compare", "harbour", "storm", "--library", library_folder, "--json").stdout)
    assert {"text": "dimmed", "kind": "word", "left": 2, "right": 1} in found["subjects"]
    assert "subject" not in found


def test_compare_on_a_subject(docterm: Run, library_folder: Path) -> None:
    arguments = ("compare", "harbour", "storm", "--subject", "dimming", "--library", library_folder)
    answer = docterm(*arguments)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "On “dimming”: 2 | 1 paragraph\n\nharbour\n  harbour:" in answer.stdout
    assert "\nstorm\n  storm:1\n    A storm closed the harbour" in answer.stdout
    assert "Links" not in answer.stdout
    found = json.loads(docterm(*arguments, "--json").stdout)["subject"]
    assert (found["name"], found["query"]) == ("dimming", "dimming")
    assert [each["address"] for each in found["right"]] == ["storm:1"]
    assert found["right"][0].keys() == {"address", "score", "spans", "by_hand"}


def test_compare_on_a_subject_that_is_on_one_side_or_on_none(docterm: Run, library_folder: Path) -> None:
    arguments = ("compare", "harbour", "storm", "--library", library_folder, "--subject")
    one = docterm(*arguments, "fishermen")
    assert (one.returncode, one.stderr) == (0, "")
    assert "On “fishermen”: 0 | 1 paragraph\n" in one.stdout
    assert "No paragraph of harbour was found by these words." in one.stdout
    assert docterm(*arguments, "zeppelin").returncode == 1
    none = docterm(*arguments, "…")
    assert (none.returncode, none.stdout) == (2, "")
    assert none.stderr.startswith("A subject needs a word.")


def test_a_subject_that_was_kept_is_shown_as_it_was_changed(docterm: Run, library_folder: Path, tmp_path: Path) -> None:
    with closing(Library(library_folder)) as library:
        library.refresh()
        last = library.passages(library.document("storm"))[-1]
    notebook = Notebook(tmp_path / "notebook.jsonl")
    subject = Subject.typed("dimming").with_passage(last)
    notebook.keep(SUBJECT, subject.name, subject.as_json(), subject.what)
    arguments = ("compare", "harbour", "storm", "--library", library_folder, "--notebook", notebook.path)
    assert "storm:3, put in by hand\n" in docterm(*arguments, "--subject", "dimming").stdout


@pytest.mark.skipif(os.name != "posix", reason="signals and terminals are used the POSIX way")
def test_a_long_comparison_shows_progress_on_a_terminal_and_stops_with_ctrl_c(tmp_path: Path) -> None:
    chance = random.Random(3)
    for name in ("one", "two"):
        lines = (" ".join(f"w{chance.randrange(400)}ord" for _ in range(30)) for _ in range(2000))
        (tmp_path / f"{name}.txt").write_text("\n\n".join(lines), "utf-8")
    terminal, inside = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "docterm", "compare", "one", "two", "--library", str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=inside,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(inside)
    shown = b""
    while b"Comparing: " not in shown:
        shown += os.read(terminal, 1000)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    os.close(terminal)
    assert (process.returncode, out) == (130, b"")
