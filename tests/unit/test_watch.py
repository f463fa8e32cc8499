"""Watching a library's folder: what is told of, and what is not."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from docterm.library import watch
from docterm.library.links import trust


@pytest.fixture
def outside(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder that the user has linked into the library."""
    outside = tmp_path_factory.mktemp("outside")
    (tmp_path / "linked").symlink_to(outside)
    trust(tmp_path, "linked", outside)
    return outside


@pytest.fixture
def told(tmp_path: Path, outside: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], bool]]:
    """Watch the folder; give a function that waits for the next change to be told and says whether one was."""
    monkeypatch.setattr(watch, "SETTLE_MS", 80)
    monkeypatch.setattr(watch, "STOP_MS", 50)
    stop, changed = threading.Event(), threading.Event()

    def listen() -> None:
        for _ in watch.changes(tmp_path, stop):
            changed.set()

    def wait(seconds: float = 20) -> bool:
        answer = changed.wait(seconds)
        changed.clear()
        return answer

    thread = threading.Thread(target=listen)
    thread.start()
    for number in range(200):  # until the watch stands
        (tmp_path / "first.txt").write_text(str(number))
        if wait(0.2):
            break
    wait(0.5)
    yield wait
    stop.set()
    thread.join(20)


@pytest.mark.parametrize("name", ["a.txt", "references.json", "list.bib", "a.csl.json"])
def test_documents_and_records_are_told_of(name: str, told: Callable[[], bool], tmp_path: Path) -> None:
    (tmp_path / name).write_text("[]")
    assert told()


def test_what_changes_in_a_linked_folder_is_told_of(told: Callable[[], bool], outside: Path) -> None:
    (outside / "a.txt").write_text("x")
    assert told()


def test_a_folder_that_is_linked_later_is_watched_too(
    told: Callable[..., bool], tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    later = tmp_path_factory.mktemp("later")
    trust(tmp_path, "later", later)
    (tmp_path / "later").symlink_to(later)
    assert told()
    for number in range(50):  # until the new watch stands
        (later / "a.txt").write_text(str(number))
        if told(0.3):
            return
    raise AssertionError


def test_a_change_of_what_is_ignored_is_told_of(told: Callable[[], bool], tmp_path: Path) -> None:
    (tmp_path / ".doctermignore").write_text("*.log")
    assert told()


@pytest.mark.parametrize("name", ["notebook.jsonl", ".hidden.txt"])
def test_other_files_are_not_told_of(name: str, told: Callable[[float], bool], tmp_path: Path) -> None:
    (tmp_path / name).write_text("[]")
    assert not told(0.5)


@pytest.mark.skipif(sys.platform != "linux", reason="only here are file names any bytes")
def test_a_name_that_is_no_utf8_does_not_end_the_watch(told: Callable[[], bool], tmp_path: Path) -> None:
    for _ in range(2):
        (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("Coffee.")
        assert told()
    (tmp_path / "a.txt").write_text("Tea.")
    assert told()
