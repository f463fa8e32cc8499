"""`docterm themes`."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from docterm.quotes.themes.codebook import ENTMAN

if TYPE_CHECKING:
    from conftest import Run


@pytest.fixture
def coded(docterm: Run, library_folder: Path) -> dict[str, Any]:
    """Code some words of the small library, and give the answer."""
    arguments = ["themes", "code", "storm:2", "no pilot was asked", "p", "--memo", "Nobody asked.", "--json"]
    answer: dict[str, Any] = json.loads(docterm(*arguments, "--library", library_folder).stdout)
    return answer


def test_words_are_coded_by_the_key_or_the_name_of_a_code(
    docterm: Run, library_folder: Path, coded: dict[str, Any]
) -> None:
    (coding,) = coded["codings"]
    assert set(coding) == {"id", "code", "memo", "document", "address", "text", "span", "created"}
    assert (coding["code"], coding["address"], coding["text"]) == ("problem", "storm:2", "No pilot was asked")
    answer = docterm("themes", "code", "harbour:1", "pilots protested", "cause", "--library", library_folder)
    assert "coded as cause" in answer.stdout
    answer = docterm("themes", "code", "harbour:1", "pilots protested", "blame", "--library", library_folder)
    assert answer.returncode == 2
    assert "No code is called “blame”" in answer.stderr


def test_the_grid_sets_codes_against_documents(docterm: Run, library_folder: Path, coded: dict[str, Any]) -> None:
    docterm("themes", "code", "harbour:1", "pilots protested", "p", "--library", library_folder)
    lines = docterm("themes", "--library", library_folder).stdout.splitlines()
    assert [line.split() for line in lines[:3]] == [
        ["code", "harbour", "storm"],
        ["problem", "1", "1"],
        ["cause", "0", "0"],
    ]
    assert "  memo: Nobody asked." in lines
    one = json.loads(docterm("themes", "storm", "--json", "--library", library_folder).stdout)
    assert one["schema"] == "docterm.themes/1"
    assert [coding["id"] for coding in one["codings"]] == [coded["codings"][0]["id"]]
    assert [code["code"] for code in one["codes"]] == [code.name for code in ENTMAN]


def test_nothing_coded_is_said(docterm: Run, library_folder: Path) -> None:
    answer = docterm("themes", "--library", library_folder)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert "Nothing was coded yet" in answer.stderr


def test_a_code_is_taken_off_again(docterm: Run, library_folder: Path, coded: dict[str, Any]) -> None:
    identity = coded["codings"][0]["id"]
    answer = docterm("themes", "remove", identity[:20], "--library", library_folder)
    assert answer.stdout == "problem taken off storm:2\n"
    assert docterm("themes", "remove", identity, "--library", library_folder).returncode == 2
    assert docterm("themes", "--library", library_folder).returncode == 1


def test_a_codebook_is_given_on_and_taken_over(docterm: Run, library_folder: Path, tmp_path: Path) -> None:
    table, other = tmp_path / "codes.csv", tmp_path / "other.jsonl"
    first = ["themes", "codebook", "--library", library_folder]
    assert docterm(*first, "--add", "law", "--key", "l", "--meaning", "What the law says.").returncode == 0
    assert docterm(*first, "--remove", "remedy", "--export", table).returncode == 0
    answer = docterm(*first, "--notebook", other, "--import", table, "--json")
    codes = {code["code"]: code["key"] for code in json.loads(answer.stdout)["codes"]}
    assert codes == {"problem": "p", "cause": "c", "judgement": "m", "remedy": "r", "law": "l"}


@pytest.mark.parametrize(
    "arguments",
    [("--import", "nowhere.csv"), ("--import", "."), ("--key", "x"), ("--export", "nowhere/x.csv"), ("--remove", "x")],
)
def test_what_cannot_be_done_with_a_codebook_is_said(
    docterm: Run, library_folder: Path, arguments: tuple[str, ...]
) -> None:
    answer = docterm("themes", "codebook", *arguments, "--library", library_folder)
    assert answer.returncode in (2, 3)
    assert answer.stderr.count("\n") <= 2


def test_two_coders_agree_so_far(docterm: Run, library_folder: Path, coded: dict[str, Any], tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    theirs = ["--library", library_folder, "--notebook", other]
    docterm("themes", "code", "storm:2", "No pilot", "problem", *theirs)
    docterm("themes", "code", "storm:3", "nets", "problem", *theirs)
    docterm("themes", "code", "harbour:1", "pilots", "problem", *theirs)
    answer = docterm("themes", "agreement", other, "--json", "--library", library_folder)
    found = json.loads(answer.stdout)
    assert (found["schema"], found["documents"], found["paragraphs"]) == ("docterm.agreement/1", ["storm"], 3)
    (code,) = found["codes"]
    assert code == {
        **{"code": "problem", "both": 1, "only_first": 0, "only_second": 1, "neither": 1},
        **{"observed": 0.6667, "kappa": 0.4},
    }
    assert "0.40" in docterm("themes", "agreement", other, "--library", library_folder).stdout
    assert docterm("themes", "agreement", tmp_path / "none", "--library", library_folder).returncode == 2


def test_a_pipe_is_no_codebook(docterm: Run, library_folder: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    answer = docterm("themes", "codebook", "--import", tmp_path / "pipe.csv", "--library", library_folder)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "named pipe" in answer.stderr
