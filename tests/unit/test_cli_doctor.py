"""`docterm doctor`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Run


def test_all_well(docterm: Run, library_folder: Path) -> None:
    answer = docterm("doctor", "--library", library_folder)
    assert (answer.returncode, answer.stderr) == (0, "")
    lines = answer.stdout.splitlines()
    assert all(line.startswith("ok ") for line in lines)
    names = [line.split(": ")[0].removeprefix("ok").strip() for line in lines]
    assert names == ["docterm", "textual", "whoosh", "pandoc", "styles", "library", "catalogue", "index", "notebook",
                     "terminal", "clipboard", "meaning", "cache folder", "data folder", "state folder"]  # fmt: skip
    assert f"{library_folder}, documents: 3" in answer.stdout


def test_json(docterm: Run, library_folder: Path) -> None:
    found = json.loads(docterm("doctor", "--library", library_folder, "--json").stdout)
    assert found["schema"] == "docterm.doctor/1"
    assert all(set(check) == {"name", "text", "hint", "status"} for check in found["checks"])


def test_missing_library(docterm: Run, tmp_path: Path) -> None:
    answer = docterm("doctor", "--library", tmp_path / "nothing")
    assert answer.returncode == 1
    assert f"problem  library: There is no folder {tmp_path / 'nothing'}." in answer.stdout
    assert "ok       clipboard" in answer.stdout, "one fault does not stop the other checks"


def test_empty_library(docterm: Run, tmp_path: Path) -> None:
    answer = docterm("doctor", "--library", tmp_path)
    assert answer.returncode == 1
    assert "has no document to read" in answer.stdout


def test_files_and_notebook_to_mend(docterm: Run, library_folder: Path) -> None:
    (library_folder / "broken.txt").write_bytes(b"\x00\x01\x02" * 100)
    (library_folder / "picture.png").write_bytes(b"\x89PNG")
    (library_folder / "notebook.jsonl").write_text("{nonsense\n", "utf-8")
    answer = docterm("doctor", "--library", library_folder)
    assert answer.returncode == 1
    assert "problem  files: 1 cannot be read, 1 of other formats are passed over\n" in answer.stdout
    assert "         `docterm list --problems` says why.\n" in answer.stdout
    assert "lines that cannot be read: 1" in answer.stdout


def test_other_formats_are_no_problem(docterm: Run, library_folder: Path) -> None:
    (library_folder / "picture.png").write_bytes(b"\x89PNG")
    answer = docterm("doctor", "--library", library_folder)
    assert answer.returncode == 0
    assert "ok       files: 1 of other formats are passed over" in answer.stdout


def test_folders_that_cannot_be_written(
    docterm: Run, library_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file" / "state"))
    answer = docterm("doctor", "--library", library_folder, "--notebook", tmp_path / "file" / "notebook.jsonl")
    assert answer.returncode == 1
    assert "problem  state folder" in answer.stdout
    assert "problem  notebook" in answer.stdout


def test_health_of_catalogue_and_index(docterm: Run, library_folder: Path, own_home: Path) -> None:
    docterm("search", "harbour", "--library", library_folder)
    (index,) = own_home.glob("cache/docterm/libraries/*/index")
    for path in index.iterdir():
        path.write_bytes(b"nonsense")
    answer = docterm("doctor", "--library", library_folder)
    assert answer.returncode == 0
    assert "ok       index: 3 documents; The search index was damaged" in answer.stdout
