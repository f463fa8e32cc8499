"""`docterm add`."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from docterm.config.paths import own_library

if TYPE_CHECKING:
    from conftest import Run

ORIGINALS = os.environ.get("DOCTERM_ORIGINALS")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "buoys.txt"
    path.write_text("A list of the buoys.\n\nThe last one is lost.\n", "utf-8")
    return path


def test_add(docterm: Run, library_folder: Path, file: Path) -> None:
    answer = docterm("add", file, "--library", library_folder)
    assert answer.returncode == 0
    assert answer.stdout == f"{file}: added as buoys, 2 paragraphs.\n"
    assert answer.stderr == f"The library is {library_folder}.\n"
    assert (library_folder / "buoys.txt").read_bytes() == file.read_bytes()
    again = docterm("add", file, "--library", library_folder)
    assert again.stdout == f"{file}: is in the library already, as buoys, 2 paragraphs.\n"
    inside = docterm("add", library_folder / "storm.txt", "--library", library_folder)
    assert "is in the library already, as storm, 3 paragraphs." in inside.stdout


def test_add_json(docterm: Run, library_folder: Path, file: Path) -> None:
    answer = docterm("add", file, file.parent / "nothing.txt", "--library", library_folder, "--json")
    found = json.loads(answer.stdout)
    assert answer.returncode == 1
    assert not answer.stderr
    assert found["schema"] == "docterm.add/1"
    assert [document["key"] for document in found["added"]] == ["buoys"]
    assert found["failed"] == [
        {"path": str(file.parent / "nothing.txt"), "problem": "There is no such file.", "code": "missing"}
    ]


def test_files_that_fail_do_not_stop_the_others(docterm: Run, library_folder: Path, file: Path) -> None:
    picture = file.parent / "picture.png"
    picture.write_bytes(b"\x89PNG")
    broken = file.parent / "broken.txt"
    broken.write_bytes(b"\x00\x01\x02" * 100)
    answer = docterm("add", picture, broken, file, "--library", library_folder)
    assert answer.returncode == 1
    assert answer.stdout == f"{file}: added as buoys, 2 paragraphs.\n"
    assert f"{picture}: docterm has no reader for .png." in answer.stderr
    assert f"{broken}: " in answer.stderr


def test_a_file_that_cannot_be_read_is_not_left_in_the_library(
    docterm: Run, library_folder: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.txt"
    broken.write_bytes(b"\x00\x01\x02" * 1000)
    before = sorted(library_folder.iterdir())
    answer = docterm("add", broken, f"{broken.parent}/./broken.txt", "--library", library_folder)
    assert answer.returncode == 1
    assert broken.exists()
    assert sorted(library_folder.iterdir()) == before
    assert docterm("list", "--problems", "--library", library_folder).returncode == 0


def test_an_unreadable_file_of_the_library_itself_stays_where_it_is(docterm: Run, library_folder: Path) -> None:
    broken = library_folder / "broken.txt"
    broken.write_bytes(b"\x00\x01\x02" * 1000)
    assert docterm("add", broken, "--library", library_folder).returncode == 1
    assert broken.exists()


def test_add_nothing_that_exists(docterm: Run, library_folder: Path) -> None:
    answer = docterm("add", library_folder / "nothing.txt", "--library", library_folder)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert not own_library().exists()


def test_add_a_folder(docterm: Run, library_folder: Path, file: Path) -> None:
    answer = docterm("add", file.parent, "--library", library_folder)
    assert answer.returncode == 2
    assert answer.stderr.startswith(f"{file.parent}: The library lies in this folder.")


def test_add_to_the_shipped_library_makes_it_ones_own(docterm: Run, shipped: Path, file: Path) -> None:
    before = sorted(shipped.iterdir())
    answer = docterm("add", file)
    assert answer.returncode == 0
    assert "was copied into a folder of your own" in answer.stderr
    assert str(own_library()) in answer.stderr
    assert sorted(shipped.iterdir()) == before
    listed = docterm("list").stdout
    assert "buoys" in listed
    assert "voa2023" in listed
    assert "was copied" not in docterm("add", file).stderr


@pytest.mark.skipif(ORIGINALS is None, reason="DOCTERM_ORIGINALS names no folder with the two originals")
def test_an_original_takes_the_place_of_its_digest(docterm: Run) -> None:
    path = Path(str(ORIGINALS)) / "voa.txt"
    answer = docterm("add", path)
    assert answer.returncode == 0
    assert f"{path}: recognised as voa2023, " in answer.stdout
    assert "it takes the place of the digest." in answer.stdout
    assert "voa2023-digest" not in docterm("list").stdout
    assert "digest, replaced" in docterm("list", "--all").stdout
    kinds = {each["key"]: each["kind"] for each in json.loads(docterm("list", "--json").stdout)["documents"]}
    assert kinds["voa2023"] == "original"
