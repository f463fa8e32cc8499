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
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, cast

from docterm.errors import Code, ReadError
from docterm.library.extract import Text, extract, require_reader, text_from_json
from docterm.library.worker import receive, send
from docterm.text import label

if TYPE_CHECKING:
    import subprocess

SECONDS = 45.0
SECONDS_A_MEGABYTE = 2.0
MOST_SECONDS = 120.0
ANSWER_BYTES = 256 * 1024 * 1024
RETIRE_AFTER = 200
MOST_WORKERS = 4

_LATE_HINT = "Split the file; if the machine was busy, `docterm index --rebuild` reads it again."
_CRASHED = "The reader stopped while reading this file."
_CRASH_HINT = "The file may be damaged or made to do harm; the other files are not concerned."


class Worker:
    """One process that reads one file at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._count = 0

    def read(self, path: PurePath, data: bytes) -> Text:
        """Read the bytes of a file. Raises ReadError when the reader refuses it, fails, or takes too long."""
        seconds = min(SECONDS + SECONDS_A_MEGABYTE * len(data) / 1e6, MOST_SECONDS)
        process = self._running()
        late = threading.Event()
        timer = threading.Timer(seconds, _stop_late, (process, late))
        timer.start()
        try:
            name = label(path.name, 255).encode("utf-8", "replace")
            send(cast(BinaryIO, process.stdin), name + b"\n" + data)
            answer = receive(cast(BinaryIO, process.stdout), ANSWER_BYTES)
        except (OSError, ValueError):
            answer = None
        finally:
            timer.cancel()
        if answer is None:
            self.stop()
            if late.is_set():
                raise ReadError(f"Reading it took more than {seconds:.0f} seconds.", _LATE_HINT, Code.TIMEOUT)
            raise ReadError(_CRASHED, _CRASH_HINT, Code.CRASHED)
        return _text(answer)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._count >= RETIRE_AFTER:
            self.stop()
        if self._process is None:
            import subprocess  # costs 10 ms, and a library of small texts needs no worker

            self._process = subprocess.Popen(
                [sys.executable, "-I", "-m", "docterm.library.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
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


def _stop_late(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _text(answer: bytes) -> Text:
    try:
        data = json.loads(answer)
        if "problem" not in data:
            return text_from_json(data["text"])
        refusal = ReadError(label(data["problem"], 400), label(data["hint"], 400), Code(data["code"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReadError(_CRASHED, _CRASH_HINT, Code.CRASHED) from error
    raise refusal


class Reading:
    """Reads files from several threads at once, each with a worker of its own when it needs one."""

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or min(os.cpu_count() or 1, MOST_WORKERS)
        self._all = [Worker() for _ in range(self.workers)]
        self._idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        for worker in self._all:
            self._idle.put(worker)

    def read(self, path: PurePath, data: bytes) -> Text:
        """Give the text of a file; raise ReadError when it cannot be read."""
        if len(data) <= require_reader(path, data).inline_bytes:
            return extract(path, data)
        worker = self._idle.get()
        try:
            return worker.read(path, data)
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """End the worker processes; files that are being read fail."""
        for worker in self._all:
            worker.stop()
