"""`docterm index`: what is new is read, what is known is not, and --rebuild does it all again."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Run

Counts = Callable[..., dict[str, int]]


@pytest.fixture
def counts(docterm: Run, library_folder: Path) -> Counts:
    def run(*arguments: str) -> dict[str, int]:
        answer: dict[str, int] = json.loads(docterm("index", "--json", "--library", library_folder, *arguments).stdout)
        return answer

    return run


def test_only_what_is_new_is_read(counts: Counts, library_folder: Path) -> None:
    first = counts()
    assert (first["documents"], first["read"], first["indexed"], first["problems"]) == (3, 3, 3, 0)
    assert (counts()["read"], counts()["indexed"]) == (0, 0)
    (library_folder / "new.txt").write_text("A new paragraph.\n", "utf-8")
    (library_folder / "ledger.txt").unlink()
    after = counts()
    assert (after["documents"], after["read"], after["gone"], after["indexed"]) == (3, 1, 1, 2)


def test_rebuild_reads_and_indexes_everything_again(counts: Counts, docterm: Run, library_folder: Path) -> None:
    counts()
    again = counts("--rebuild", "--workers", "2")
    assert (again["read"], again["indexed"]) == (3, 3)
    assert "storm" in docterm("search", "nets", "--library", library_folder).stdout


def test_a_renamed_file_and_a_copy_keep_their_text(counts: Counts, docterm: Run, library_folder: Path) -> None:
    counts()
    (library_folder / "storm.txt").rename(library_folder / "tempest.txt")
    (library_folder / "copy.txt").write_bytes((library_folder / "ledger.txt").read_bytes())
    assert counts()["documents"] == 4
    assert "closed the harbour" in docterm("show", "tempest.txt", "--library", library_folder).stdout
    assert "Forty crossings" in docterm("show", "copy.txt", "--library", library_folder).stdout


@pytest.mark.skipif(os.name != "posix", reason="needs links")
def test_a_link_that_is_not_followed_is_named_and_no_failure(
    docterm: Run, counts: Counts, library_folder: Path
) -> None:
    (library_folder / "out.txt").symlink_to("/etc/hostname")
    result = docterm("index", "--library", library_folder)
    assert result.returncode == 0
    assert "1 passed over, no file to read; `docterm list --problems` says why." in result.stderr
    assert (counts()["documents"], counts()["problems"], counts()["passed_over"]) == (3, 0, 1)
    named = docterm("list", "--problems", "--library", library_folder)
    assert named.returncode == 0
    assert "Every file of the library can be read." in named.stdout
    assert "out.txt: This link leads out of the library." in named.stdout
    assert "cannot be read" not in docterm("list", "--library", library_folder).stderr


def test_a_file_that_cannot_be_read_makes_exit_code_1(docterm: Run, library_folder: Path) -> None:
    (library_folder / "noise.txt").write_bytes(bytes(range(256)) * 40)
    result = docterm("index", "--library", library_folder)
    assert result.returncode == 1
    assert "list --problems" in result.stderr
