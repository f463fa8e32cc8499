"""Files that could harm their reader are read in a process that can be stopped, and only that file fails."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path, PurePath

import pytest

from docterm.errors import Code, ReadError
from docterm.library import reading
from docterm.library.files import read_file
from docterm.library.model import Role
from docterm.library.reading import Reading, Worker

LONG = ("A paragraph of a long document, which is read in a worker.\n\n" * 2000).encode()


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.stop()


def pid(worker: Worker) -> int:
    assert worker._process is not None
    return worker._process.pid


def test_a_worker_reads_one_file_after_another(worker: Worker) -> None:
    for _ in range(3):
        text = worker.read(PurePath("a.md"), LONG)
        assert text.paragraphs == 2000
        assert text.passages[0].role is Role.BODY


def test_what_the_worker_gives_is_what_reading_here_gives(worker: Worker) -> None:
    from docterm.library.extract import extract

    assert worker.read(PurePath("a.md"), LONG) == extract(PurePath("a.md"), LONG)


def test_a_refusal_is_a_sentence_with_a_hint(worker: Worker) -> None:
    with pytest.raises(ReadError) as caught:
        worker.read(PurePath("a.txt"), bytes(range(256)) * 5000)
    assert caught.value.message.endswith(".")
    assert caught.value.hint


def test_a_killed_worker_fails_one_file_and_the_next_one_is_read(worker: Worker) -> None:
    worker.read(PurePath("a.md"), LONG)
    os.kill(pid(worker), signal.SIGKILL)
    with pytest.raises(ReadError, match="stopped") as caught:
        worker.read(PurePath("a.md"), LONG)
    assert caught.value.code is Code.CRASHED
    assert worker.read(PurePath("a.md"), LONG).paragraphs == 2000


def test_a_file_that_takes_too_long_is_given_up(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    worker.read(PurePath("a.md"), LONG)
    monkeypatch.setattr(reading, "SECONDS", 0.2)
    monkeypatch.setattr(reading, "SECONDS_A_MEGABYTE", 0.0)
    os.kill(pid(worker), signal.SIGSTOP)  # a worker that does not answer
    with pytest.raises(ReadError, match="took more than") as caught:
        worker.read(PurePath("a.md"), LONG)
    assert caught.value.code is Code.TIMEOUT


def test_a_file_that_changes_while_it_is_sent_fails_and_the_next_one_is_read(worker: Worker, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(LONG)
    content = read_file(path, held=100)
    assert worker.read(PurePath("a.md"), content).paragraphs == 2000
    path.write_bytes(LONG[:5000])
    with pytest.raises(ReadError) as caught:
        worker.read(PurePath("a.md"), content)
    assert caught.value.code is Code.CHANGED
    assert worker.read(PurePath("a.md"), LONG).paragraphs == 2000


def test_a_worker_retires(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "RETIRE_AFTER", 1)
    worker.read(PurePath("a.md"), LONG)
    first = pid(worker)
    worker.read(PurePath("a.md"), LONG)
    assert pid(worker) != first


def test_closing_ends_what_is_being_read() -> None:
    pool = Reading(1)
    pool.read(PurePath("a.md"), LONG)
    (worker,) = pool._all
    os.kill(pid(worker), signal.SIGSTOP)
    failures: list[ReadError] = []

    def read() -> None:
        try:
            pool.read(PurePath("a.md"), LONG)
        except ReadError as error:
            failures.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    deadline = time.monotonic() + 10
    while worker._count < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    pool.close()
    thread.join(10)
    assert not thread.is_alive()
    assert failures


def test_hostile_strings_are_sanitised_again_on_this_side(worker: Worker) -> None:
    text = worker.read(PurePath("a.md"), b"# \x1b]0;title\x07\n\n" + LONG)
    assert not any(ord(char) < 32 for passage in text.passages for char in passage.text)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [("a.txt", b"\0\1\2", Code.BINARY), ("a.pdf", b"%PDF-1.7 ", Code.MALFORMED), ("a.png", b"x", Code.UNSUPPORTED)],
)
def test_a_refusal_keeps_its_code_on_the_way(worker: Worker, name: str, data: bytes, code: Code) -> None:
    with pytest.raises(ReadError) as caught:
        worker.read(PurePath(name), data * 1000)
    assert caught.value.code is code
