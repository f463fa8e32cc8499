"""A folder in which every file is made to do harm is read in one go: each ends in an import or in a sentence."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hostile_files import KINDS, write
from hostile_files.reading import outside

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="watches the process in Linux's ways")
WEIGHT = 0.03
SECONDS = 4.0
"""Given to one file: what draws for ever takes all of it."""
READING = Path(__file__).resolve().parents[1] / "hostile_files" / "reading.py"
CLEAN = re.compile(r"[^\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]*")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """Give the folder and the names of what should be found in it."""
    folder = tmp_path_factory.mktemp("hostile")
    documents, _ = write(folder, WEIGHT)
    return folder, documents


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reader")


@pytest.fixture(scope="module")
def said(made: tuple[Path, list[str]], home: Path) -> dict[str, Any]:
    """Read the folder once, in a process that is watched; give what it says of it."""
    folder, _ = made
    before = snapshot(folder)
    command = [sys.executable, str(READING), str(folder), str(SECONDS)]
    if tracer := shutil.which("strace"):
        trace = str(home / "trace")
        command = [tracer, "-f", "--seccomp-bpf", "-qq", "-e", "trace=open,openat,creat,connect", "-o", trace, *command]
    answer = subprocess.run(
        command,
        env={**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stderr == "", "nothing is said past the sentences"
    assert snapshot(folder) == before, "the folder is as it was"
    result: dict[str, Any] = json.loads(answer.stdout)
    return result


def snapshot(folder: Path) -> dict[bytes, tuple[int, int]]:
    """Give size and time of everything in a folder."""
    found = {}
    for where, folders, files in os.walk(folder):
        for name in (*folders, *files):
            status = os.lstat(path := os.path.join(where, name))
            found[os.fsencode(path)] = (status.st_size, status.st_mtime_ns)
    return found


def test_there_are_enough_kinds_of_harm() -> None:
    assert len(KINDS) >= 78
    suffixes = {name.rpartition(".")[2] for name in KINDS}
    assert suffixes == {"pdf", "epub", "docx", "odt", "html", "txt", "md", "rtf", "eml", "mbox"}


def test_every_file_ends_in_an_import_or_in_one_sentence(made: tuple[Path, list[str]], said: dict[str, Any]) -> None:
    _, documents = made
    expected = {os.fsencode(name).decode("utf-8", "backslashreplace") for name in documents}
    passed_over = set(said["files"]) - expected
    assert not expected - set(said["files"])
    assert {name: said["files"][name]["code"] for name in passed_over} == {
        "device.txt": "not-regular", "out.txt": "not-regular", "itself.txt": "not-regular", "nowhere.txt": "missing",
        "/".join("d" * 33): "too-big",
    }, "what a link leads to and what is too deep is named, and not read"  # fmt: skip
    for name, file in said["files"].items():
        problem = file["problem"]
        assert (problem is None) == (file["code"] is None), name
        if problem is not None:
            assert CLEAN.fullmatch(problem), name
            assert re.fullmatch(r"\S.{20,600}\.", problem), (name, problem)
            assert "Error" not in problem, (name, problem)
            assert "Traceback" not in problem, name


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("zip/flood.docx", "zip-bomb"), ("zip/flood.epub", "zip-bomb"), ("zip/overlapping.docx", "zip-bomb"),
        ("zip/entries-said-to-be-one.epub", "zip-bomb"), ("epub/laughs-utf-16.epub", "xml-entities"),
        ("docx/spy-utf-8.docx", "xml-entities"), ("odt/call-utf-16.odt", "xml-entities"),
        ("epub/protected.epub", "drm"),
        ("docx/deep.docx", "too-big"), ("html/too-large.html", "too-big"), ("txt/lines.txt", "too-big"),
        ("txt/random.txt", "binary"), ("pdf/encrypted.pdf", "password"), ("zip/encrypted-part.docx", "password"),
        ("pipe.txt", "not-regular"), ("pdf/empty.pdf", "malformed"),
    ],
)  # fmt: skip
def test_what_is_refused_is_refused_for_what_it_is(said: dict[str, Any], name: str, code: str) -> None:
    assert said["files"][name]["code"] == code, said["files"][name]["problem"]


def test_what_only_looks_bad_is_imported(said: dict[str, Any]) -> None:
    for name in (
        "epub/self-closed.epub", "pdf/active.pdf", "pdf/count-lies.pdf", "txt/heap.txt", "txt/escapes.txt",
        "md/brackets.md", "html/calls.html", "html/escapes.html", "[@click=app.quit]press[.txt", "-rf --help.txt",
        "eml/escapes.eml", "rtf/objects.rtf", "txt/utf-16-without-mark.txt",
    ):  # fmt: skip
        assert said["files"][name]["problem"] is None, (name, said["files"][name])


def test_no_file_is_given_more_than_its_time(said: dict[str, Any]) -> None:
    seconds, name = said["slowest"][0]
    assert seconds < SECONDS + 8, f"{name}: the limit, the workers before it in the queue, and a busy machine"


def test_docterms_own_process_stays_small(said: dict[str, Any]) -> None:
    memory = said["memory"]
    assert memory["most"] - memory["before"] < 100


def test_nothing_is_written_but_the_cache_and_nothing_is_asked_or_started(said: dict[str, Any], home: Path) -> None:
    assert outside(said["written"], home) == []
    assert said["network"] == []
    assert {command.partition(" -I ")[2] for command in said["started"]} == {"-m docterm.library.worker"}
    assert said["threads"] == ["MainThread"]


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_the_system_saw_no_more_either_in_the_workers_too(said: dict[str, Any], home: Path) -> None:
    trace = (home / "trace").read_text("utf-8", "replace").splitlines()
    if not any("openat(" in line for line in trace):
        pytest.skip("strace may not trace here")
    assert not [line for line in trace if "connect(" in line]
    writing = [line for line in trace if re.search(r"O_(WRONLY|RDWR|CREAT)", line) and "= -1" not in line]
    assert writing, "the catalogue was written"
    assert not [line for line in writing if f'"{home}' not in line and "/dev/null" not in line]
    assert not [line for line in trace if '"/etc/passwd"' in line]


def test_records_that_are_bombs_become_notes(said: dict[str, Any]) -> None:
    notes = "\n".join(said["notes"])
    for name in ("laughs.yaml", "tags.yaml", "deep.yaml", "deep.csl.json", "number.csl.json", "braces.bib"):
        assert f"The records in {name}: " in notes
    assert CLEAN.fullmatch(notes.replace("\n", ""))
