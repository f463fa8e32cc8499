"""The library that ships: its form, and that no sentence of the originals is in it."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from docterm.actions import ACTIONS, key_name
from docterm.library.readers import READERS

LIBRARY = Path(__file__).parents[2] / "library"
ORIGINALS = {"voa2023": "voa.txt", "gabuev2021": "carnegie.txt"}
BODY_PARAGRAPHS = {"voa2023": 22, "gabuev2021": 49}
"""Counted by hand in the originals: a digest has one paragraph for each."""
DOCUMENTS = (*ORIGINALS, "guide")
SHARED_RUN = 8
"""This many words in a row, the same as in an original, would be copying."""

CSL_VARIABLES = {
    *("id", "type", "title", "title-short", "author", "issued", "container-title", "publisher"),
    *("genre", "language", "note", "custom"),
}
GUIDE_KEYS = {key_name(key) for action in ACTIONS for key in action.keys}
GUIDE_WORDS = {
    *("like this", "read as:", "great firewall", '"information operations"', "censor*"),
    *("voa2023", "gabuev2021", "--json", "--style", "--help", "references.json", "notebook.jsonl"),
}
GUIDE_VERBS = set("search show list add record index kwic compare quote quotes doctor FOLDER".split())


def blocks(key: str) -> list[str]:
    return (LIBRARY / f"{key}.md").read_text("utf-8").strip().split("\n\n")


def is_deck(block: str) -> bool:
    return re.fullmatch(r"\*[^*]+\*", block) is not None


def body(key: str) -> list[str]:
    return [block for block in blocks(key) if not block.startswith("#") and not is_deck(block)]


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def shared_runs(text: str, original: str, length: int) -> list[str]:
    """Give every run of `length` words that stands in both texts, whatever parts the words."""
    ours, theirs = words(text), words(original)
    known = {tuple(theirs[place : place + length]) for place in range(len(theirs) - length + 1)}
    runs = (tuple(ours[place : place + length]) for place in range(len(ours) - length + 1))
    return [" ".join(run) for run in runs if run in known]


def records() -> dict[str, dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads((LIBRARY / "references.json").read_text("utf-8"))
    return {item["id"]: item for item in items}


@pytest.mark.parametrize("key", DOCUMENTS)
def test_a_shipped_document_is_plain_paragraphs_under_one_title(key: str) -> None:
    found = blocks(key)
    assert found[0] == f"# {records()[key]['title']}"
    assert not any(block.startswith("# ") for block in found[1:])
    assert all(block and "\n" not in block and block == block.strip() for block in found)
    assert all(block.startswith("## ") for block in found[1:] if block.startswith("#"))
    assert not any(re.match(r"[-+>*] |\d+[.)] |```", block) for block in found)
    assert not re.search(r"https?:|\]\(|<\w", "\n".join(found))
    assert found[-1] in body(key)


@pytest.mark.parametrize("key", ORIGINALS)
def test_a_digest_says_that_it_is_one(key: str) -> None:
    found = blocks(key)
    assert [place for place, block in enumerate(found) if is_deck(block)] == [1]
    assert all(word in found[1] for word in ("docterm's digest", "own words", "numbered", "paraphrase"))
    authors = [name.get("literal") or f"{name['given']} {name['family']}" for name in records()[key]["author"]]
    assert all(author in found[1] for author in authors)


@pytest.mark.parametrize("key", ORIGINALS)
def test_a_digest_quotes_terms_only(key: str) -> None:
    assert all(len(words(quoted)) <= 2 for block in blocks(key) for quoted in re.findall(r'["“]([^"”]*)["”]', block))


@pytest.mark.parametrize("key", ORIGINALS)
def test_a_digest_has_a_paragraph_for_each_of_the_original(key: str) -> None:
    assert len(body(key)) == BODY_PARAGRAPHS[key]


def test_every_document_has_a_record_and_every_record_a_document() -> None:
    assert set(records()) == {path.stem for path in LIBRARY.glob("*.md")} == set(DOCUMENTS)


@pytest.mark.parametrize("key", DOCUMENTS)
def test_a_record_keeps_private_data_under_custom_only(key: str) -> None:
    record = records()[key]
    assert set(record) <= CSL_VARIABLES
    assert set(record["custom"]) == {"docterm"}
    assert set(record["custom"]["docterm"]) <= {"kind", "source", "fingerprint"}
    assert record["custom"]["docterm"].get("kind") == ("digest" if key in ORIGINALS else None)
    assert record["custom"]["docterm"]["source"]


def test_a_record_claims_no_more_of_a_date_than_is_known() -> None:
    issued = {key: record.get("issued", {}).get("date-parts") for key, record in records().items()}
    assert issued == {"voa2023": [[2023]], "gabuev2021": [[2021, 6, 3]], "guide": None}


def test_the_guide_is_short_enough_to_read_at_one_sitting() -> None:
    assert 25 <= len(body("guide")) <= 40


def test_the_guide_names_only_keys_and_commands_that_exist() -> None:
    for term in re.findall(r"`([^`]+)`", "\n\n".join(body("guide"))):
        if term.startswith("docterm "):
            assert term.split()[1] in GUIDE_VERBS
        elif address := re.fullmatch(r"(\w+):(\d+)(?:-(\d+))?", term):
            assert int(address[3] or address[2]) <= BODY_PARAGRAPHS[address[1]]
        else:
            assert term == "docterm" or term in GUIDE_KEYS | GUIDE_WORDS


def test_the_guide_names_every_format_that_is_read() -> None:
    named = " ".join(body("guide")).casefold()
    shown = {"plain": "plain text", "docx": "word", "odt": "opendocument"}
    assert not [spec.name for spec in READERS if shown.get(spec.name, spec.name) not in named]


def test_what_the_guide_promises_of_the_digests_is_true() -> None:
    report, analysis = (" ".join(words("\n".join(body(key)))) for key in ORIGINALS)
    assert "great firewall" in " ".join(words(body("voa2023")[11]))
    assert "information operations" in analysis
    assert "information operations" not in report
    assert {word for word in report.split() if word.startswith("censor")} == {"censor", "censorship"}
    assert not re.search(r"\bcensor", analysis)


def test_a_shared_run_is_found_across_case_marks_and_lines() -> None:
    assert shared_runs("He said: the old Cat's on\nthe mat", "Now the “old” cat’s on the\n\nmat.", 4) == [
        "the old cat s",
        "old cat s on",
        "cat s on the",
        "s on the mat",
    ]
    assert shared_runs("one two three", "one two four three", 3) == []


@pytest.mark.parametrize("name", ORIGINALS.values())
@pytest.mark.parametrize("key", DOCUMENTS)
def test_a_shipped_document_shares_no_run_of_words_with_an_original(key: str, name: str) -> None:
    folder = os.environ.get("DOCTERM_ORIGINALS")
    if not folder:
        pytest.skip("DOCTERM_ORIGINALS names no folder with the originals")
    original = (Path(folder) / name).read_text("utf-8")
    assert shared_runs("\n".join(blocks(key)), original, SHARED_RUN) == []
