"""Reading files: small and harmless ones here, the others in worker processes that can be stopped.

A worker is started when it is first needed, and again after a crash, a time-out or RETIRE_AFTER files.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar, cast

from docterm.errors import Code, ReadError
from docterm.library.bibliography.entry import Entries, entry_from_json
from docterm.library.extract import Text, extract, require_reader, text_from_json
from docterm.library.files import FileContent
from docterm.library.worker import receive, send
from docterm.text import label, sanitise

if TYPE_CHECKING:
    import subprocess

T = TypeVar("T")
COMMAND = (sys.executable, "-I", "-m", "docterm.library.worker")
SECONDS = 45.0
SECONDS_A_MEGABYTE = 10.0
"""A megabyte of PDF can hold the text of 200 pages, which take 5 to 50 ms each."""
MOST_SECONDS = 120.0
ANSWER_BYTES = 128 * 1024 * 1024
RETIRE_AFTER = 200
MOST_WORKERS = 4

_LATE_HINT = "Split the file; if the machine was busy, `docterm index --rebuild` reads it again."
_CRASHED = "The reader stopped while reading this file."
_CRASH_HINT = "The file may be damaged or made to do harm; the other files are not concerned."
_DEEPEST_RECORD = 100
_decoding = threading.Lock()
"""One answer is taken apart at a time: that is Python's work alone, so that two at once would only take more memory."""


class Worker:
    """One process that reads one file at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._count = 0

    def read(self, path: PurePath, data: bytes | FileContent) -> Text:
        """Read the bytes of a file. Raises ReadError when the reader refuses it, fails, or takes too long."""
        return self._ask({"name": label(path.name, 255), "records": ""}, data, text_from_json)

    def records(self, origin: str, data: bytes) -> tuple[Entries, list[str]]:
        """Give the entries of a file of records, and what is wrong with it. Raises ReadError as `read` does."""
        return self._ask({"name": "", "records": origin}, data, _records)

    def _ask(
        self, request: dict[str, Any], data: bytes | FileContent, take: Callable[[dict[str, Any], Iterator[Any]], T]
    ) -> T:
        size = _size(data)
        seconds = min(SECONDS + SECONDS_A_MEGABYTE * size / 1e6, MOST_SECONDS)
        process = self._running()
        late = threading.Event()
        timer = threading.Timer(seconds, _stop_late, (process, late))
        timer.start()
        try:
            head = json.dumps({"seconds": seconds + 1, **request}).encode() + b"\n"
            send(cast(BinaryIO, process.stdin), len(head) + size, chain([head], _pieces(data)))
            answer = receive(cast(BinaryIO, process.stdout), ANSWER_BYTES)
        except (OSError, ValueError):
            answer = None
        except ReadError:  # the file is another now, and the worker waits for the rest of what it was
            self.stop()
            raise
        finally:
            timer.cancel()
        if answer is None:
            self.stop()
            if late.is_set():
                raise ReadError(f"Reading it took more than {seconds:.0f} seconds.", _LATE_HINT, Code.TIMEOUT)
            raise ReadError(_CRASHED, _CRASH_HINT, Code.CRASHED)
        try:
            with _decoding:
                return _taken(answer, take)
        except ReadError as error:
            if error.code in (Code.CRASHED, Code.MEMORY):
                self.stop()  # who knows what it has left open or half done
            raise

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._count >= RETIRE_AFTER:
            self.stop()
        if self._process is None:
            import subprocess  # costs 10 ms, and a library of small texts needs no worker

            self._process = subprocess.Popen(  # noqa: S603 - docterm's own command
                COMMAND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # what native parsers write there is the file's word as much as theirs
            )
            self._count = 0
        self._count += 1
        return self._process

    def stop(self) -> None:
        """End the process; a file that it is reading fails."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):  # what was left to write has no reader any more
                    cast(BinaryIO, stream).close()
            process.wait()


def _size(data: bytes | FileContent) -> int:
    return len(data) if isinstance(data, bytes) else data.size


def _pieces(data: bytes | FileContent) -> Iterable[bytes]:
    return [data] if isinstance(data, bytes) else data.pieces()


def _stop_late(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _taken(answer: bytes, take: Callable[[dict[str, Any], Iterator[Any]], T]) -> T:
    try:
        lines = map(json.loads, _lines(answer))
        said: dict[str, Any] = next(lines, {})
        if "problem" not in said:
            return take(said, lines)
        refusal = ReadError(label(said["problem"], 400), label(said["hint"], 400), Code(said["code"]))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ReadError(_CRASHED, _CRASH_HINT, Code.CRASHED) from error
    raise refusal


def _lines(answer: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(answer):
        end = answer.index(b"\n", start) + 1
        yield answer[start:end]
        start = end


def _records(said: dict[str, Any], entries: Iterator[Any]) -> tuple[Entries, list[str]]:
    notes = [label(note, 400) for note in said["notes"]]
    return Entries.of(entry_from_json(_clean(each)) for each in entries), notes


def _clean(said: Any, depth: int = 0) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Sanitise every string of an answer again: the sender read a foreign file."""
    if depth > _DEEPEST_RECORD:
        raise ValueError("nested too deep")
    match said:
        case str():
            return sanitise(said)
        case list():
            return [_clean(each, depth + 1) for each in said]
        case dict():
            return {sanitise(name): _clean(value, depth + 1) for name, value in said.items()}
        case _:
            return said


class Reading:
    """Reads files from several threads at once, each with a worker of its own when it needs one."""

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or min(os.cpu_count() or 1, MOST_WORKERS)
        self._all = [Worker() for _ in range(self.workers)]
        self._idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        for worker in self._all:
            self._idle.put(worker)

    def read(self, path: PurePath, data: bytes | FileContent) -> Text:
        """Give the text of a file; raise ReadError when it cannot be read."""
        head = data if isinstance(data, bytes) else data.data
        if _size(data) <= require_reader(path, head).inline_bytes:
            return extract(path, b"".join(_pieces(data)))
        with self._worker() as worker:
            return worker.read(path, data)

    def records(self, origin: str, data: bytes) -> tuple[Entries, list[str]]:
        """Give what `Worker.records` gives; raise ReadError when the file of records cannot be read."""
        with self._worker() as worker:
            return worker.records(origin, data)

    @contextlib.contextmanager
    def _worker(self) -> Iterator[Worker]:
        worker = self._idle.get()
        try:
            yield worker
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """End the worker processes; files that are being read fail."""
        for worker in self._all:
            worker.stop()
