"""What a worker may not do it cannot do: each limit is gone past by a reader made for it, and only one file fails."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath

import pytest

from docterm.errors import Code, ReadError
from docterm.library import reading
from docterm.library.reading import COMMAND, Reading, Worker

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the limits are Linux's")
FILE = PurePath("a.txt")
GOOD = b"A good file.\n"
Reader = Callable[[str], Worker]


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    """Give a worker whose reader runs some code first, unless the file is the good one."""
    workers: list[Worker] = []

    def make(code: str) -> Worker:
        body = "\n    ".join(code.splitlines())
        program = (
            "import ctypes, os, signal, socket, subprocess, sys, time\n"
            "from docterm.library import worker\n"
            "original = worker.extract\n"
            "def extract(path, data):\n"
            f"    if data == {GOOD!r}:\n"
            "        return original(path, data)\n"
            f"    {body}\n"
            "    return original(path, b'It was done.')\n"
            "worker.extract = extract\n"
            "worker.main()\n"
        )
        monkeypatch.setattr(reading, "COMMAND", (sys.executable, "-I", "-c", program))
        workers.append(Worker())
        return workers[-1]

    yield make
    for worker in workers:
        worker.stop()


def refused(worker: Worker) -> ReadError:
    """Read the file that does harm; what comes after it is read all the same."""
    with pytest.raises(ReadError) as caught:
        worker.read(FILE, b"harm")
    assert caught.value.message.endswith(".")
    assert caught.value.hint.endswith(".")
    assert worker.read(FILE, GOOD).paragraphs == 1
    return caught.value


def test_memory_is_limited(reader: Reader) -> None:
    error = refused(reader("held = [bytearray(1 << 20) for _ in range(4000)]"))
    assert error.code is Code.MEMORY
    assert "1024 MiB" in error.message


def test_memory_that_a_native_parser_asks_for_is_limited(reader: Reader) -> None:
    error = refused(reader("assert ctypes.CDLL(None).malloc(1 << 31)"))
    assert error.code is Code.CRASHED, "malloc gave nothing"


def test_processor_time_is_limited_even_where_nobody_looks_at_the_clock(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = reader("worker.allow_seconds(1)\nwhile True: pass")
    began = time.monotonic()
    assert refused(worker).code is Code.CRASHED
    assert time.monotonic() - began < reading.SECONDS, "before the clock did it"


def test_a_crash_is_one_files(reader: Reader) -> None:
    assert refused(reader("os.abort()")).code is Code.CRASHED
    assert refused(reader("ctypes.string_at(0)")).code is Code.CRASHED


def test_an_answer_that_is_too_long_is_not_taken(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "ANSWER_BYTES", 10_000)
    assert refused(reader("return original(path, b'word ' * 10_000)")).code is Code.CRASHED


def test_open_files_are_limited(reader: Reader) -> None:
    assert "OSError" in refused(reader("held = [os.dup(0) for _ in range(100)]")).message


@pytest.mark.parametrize(
    "code",
    [
        "open({marker!r}, 'w')",
        "os.open({marker!r}, os.O_WRONLY | os.O_CREAT)",
        "os.mkdir({marker!r})",
        "os.symlink('/etc', {marker!r})",
        "os.system('touch {marker}')",
        "subprocess.run(['touch', {marker!r}])",
        "os.posix_spawn('/bin/sh', ['sh', '-c', 'touch {marker}'], {{}})",
        "os.fork() or open({marker!r}, 'w')",
        "os.execv('/bin/sh', ['sh', '-c', 'touch {marker}'])",
        "socket.socket().connect(('127.0.0.1', 9))",
        "socket.getaddrinfo('example.org', 80)",
        "os.kill(os.getppid(), 0)",
        "os.remove({there!r})",
        "os.rename({there!r}, {marker!r})",
        "os.chmod({there!r}, 0)",
        "open({there!r})",
        "open('/etc/passwd', 'rb')",
        "open(sys.prefix + '/../../../../../../etc/passwd')",
    ],
)
def test_nothing_is_opened_written_started_or_asked(reader: Reader, tmp_path: Path, code: str) -> None:
    marker, there = tmp_path / "made", tmp_path / "there.txt"
    there.write_text("The user's own.", "utf-8")
    error = refused(reader(code.format(marker=str(marker), there=str(there))))
    assert error.message == "The reader failed: PermissionError."
    assert not marker.is_symlink()
    assert not marker.exists()
    assert there.read_text("utf-8") == "The user's own."
    assert there.stat().st_mode & 0o400


def test_a_native_parser_cannot_fill_a_file_either(reader: Reader, tmp_path: Path) -> None:
    path = str(tmp_path / "made").encode()
    code = (
        "libc = ctypes.CDLL(None)\n"
        f"file = libc.open({path!r}, os.O_WRONLY | os.O_CREAT, 0o600)\n"
        "assert file >= 0 and libc.write(file, b'x', 1) == 1"
    )
    refused(reader(code))
    assert not (tmp_path / "made").exists() or (tmp_path / "made").stat().st_size == 0


def test_what_a_parser_prints_does_not_come_between(reader: Reader, capfd: pytest.CaptureFixture[str]) -> None:
    worker = reader("print('\\x1b[2J', flush=True)\nos.write(1, b'\\x1b[31m')\nos.write(2, b'\\x1b[31m')")
    assert worker.read(FILE, b"harm").passages[0].text == "It was done."
    assert capfd.readouterr() == ("", "")


def test_good_files_of_every_format_are_read_under_all_this() -> None:
    from hostile_files import good_files

    worker = Worker()
    try:
        for suffix, data in good_files().items():
            assert worker.read(PurePath(f"good{suffix}"), data).paragraphs, suffix
    finally:
        worker.stop()


# --- records -------------------------------------------------------------------------------------


def test_records_are_read_as_they_are_here() -> None:
    from docterm.library.bibliography.parsing import parse_records

    data = b"@book{a, title={One}, author={B, C}, file={:a.pdf:PDF}}\n@book{a, title={Two}}"
    entries, notes = parse_records("bib", data)
    pool = Reading(1)
    try:
        read, said = pool.records("bib", data)
    finally:
        pool.close()
    assert list(read) == entries
    assert said == notes
    assert len(notes) == 1


def test_records_that_take_too_long_become_a_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from docterm.library.library import Library

    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a.txt").write_bytes(GOOD)
    (tmp_path / "papers" / "many.bib").write_text("@book{a, title={T}}\n" * 40_000, "utf-8")
    monkeypatch.setattr(reading, "SECONDS", 0.3)
    monkeypatch.setattr(reading, "SECONDS_A_MEGABYTE", 0.0)
    library = Library(tmp_path / "papers")
    try:
        library.refresh()
        assert [document.key for document in library.documents()] == ["a"]
        (note,) = library.notes
        assert note.startswith("The records in many.bib: Reading it took more than")
        monkeypatch.undo()
        library.forget()
        library.refresh()
        assert "took more than" not in "".join(library.notes), "`docterm index --rebuild` tries again"
    finally:
        library.close()


# --- the end -------------------------------------------------------------------------------------


def is_running(process: int) -> bool:
    try:
        return "zombie" not in Path(f"/proc/{process}/status").read_text("utf-8")
    except OSError:
        return False


@pytest.mark.parametrize("file", [GOOD, b"harm"], ids=["idle", "busy"])
def test_a_worker_ends_with_the_docterm_that_started_it(file: bytes) -> None:
    slow = (
        "import time; from docterm.library import worker; original = worker.extract; "
        f"worker.extract = lambda path, data: original(path, data) if data == {GOOD!r} else time.sleep(600); "
        "worker.main()"
    )
    program = (
        "import sys, threading, time\n"
        "from pathlib import PurePath\n"
        "from docterm.library import reading\n"
        f"reading.COMMAND = (sys.executable, '-I', '-c', {slow!r})\n"
        "worker = reading.Worker()\n"
        f"threading.Thread(target=worker.read, args=(PurePath('a.txt'), {file!r}), daemon=True).start()\n"
        "while worker._process is None: time.sleep(0.01)\n"
        "print(worker._process.pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    docterm = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert docterm.stdout is not None
    process = int(docterm.stdout.readline())
    time.sleep(0.5)  # until the worker has begun to read
    assert is_running(process)
    docterm.send_signal(signal.SIGKILL)
    docterm.wait()
    docterm.stdout.close()
    deadline = time.monotonic() + 20
    while is_running(process) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(process)


def test_the_command_takes_nothing_from_the_environment() -> None:
    assert "-I" in COMMAND, "no PYTHONPATH, no module beside the library, no user's site"
    assert os.path.isabs(COMMAND[0])
