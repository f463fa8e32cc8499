"""Pandoc, run as one process of its own for all questions: the only place that knows where it is and how it answers.

A start costs 0.1 to 0.2 s and a question a few milliseconds, so the process stays until docterm ends. It is never
linked to: text goes in and text comes out. One that dies or hangs is started again, once for each question.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docterm.errors import ProgramError
from docterm.text import label

LIMIT_SECONDS = 30.0
"""How long a question may take; 300 citations take half a second."""
OLDEST = (3, 1)
"""The first version whose Lua can do what is asked of it here."""
_HINT = "Install pandoc 3.1 or newer (pandoc.org), or docterm anew: it brings one along. DOCTERM_PANDOC names another."


class Refused(Exception):
    """Pandoc answered that it cannot do what was asked; the text is its own."""


class Pandoc:
    """One process of Pandoc, started with the first question. Can be asked from any thread, one question at a time."""

    def __init__(self, limit_seconds: float = LIMIT_SECONDS) -> None:
        self._limit = limit_seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self.version = ""
        self.program = ""
        """Where the Pandoc that runs was found."""

    def cite(self, document: dict[str, Any], items: list[dict[str, Any]]) -> dict[str, Any]:
        """Give a document (Pandoc's JSON) with its citations processed; its metadata names the style.

        Raises Refused when Pandoc finds fault with the question, ProgramError when there is no Pandoc to answer.
        """
        texts = {"document": json.dumps(document), "items": json.dumps(items)}
        answer: dict[str, Any] = json.loads(self._ask({"task": "cite", **texts}))
        return answer

    def convert(self, text: str, source: str, target: str) -> str:
        """Give text in Pandoc's format `source` as text in its format `target`; raises as `cite` does."""
        return self._ask({"task": "convert", "text": text, "from": source, "to": target})

    def convert_to_file(self, text: str, source: str, target: str) -> bytes:
        """Give text in Pandoc's format `source` as a file of its format `target`; raises as `cite` does.

        It runs a process of its own, since what it gives is bytes, and one that reads and fetches nothing else.
        """
        self.start()
        command = [self.program, "--sandbox", "--from", source, "--to", target, "--output", "-"]
        try:
            done = subprocess.run(  # noqa: S603 - as in _try
                command, input=text.encode(), capture_output=True, timeout=self._limit, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ProgramError(f"Pandoc {self.version} ended or hung without an answer.", _HINT) from error
        if done.returncode:
            raise Refused(done.stderr.decode("utf-8", "replace"))
        return done.stdout

    def close(self) -> None:
        """End the process; the next question starts another."""
        with self._lock:
            self._end()

    def start(self) -> str:
        """Start the process if it does not run, and give the version of Pandoc; raises ProgramError without one."""
        with self._lock:
            self._started()
            return self.version

    def _ask(self, question: dict[str, str]) -> str:
        line = json.dumps(question)
        with self._lock:
            for _ in range(2):
                answer = self._exchange(self._started(), line)
                if answer is not None:
                    break
                self._end()
        if answer is None:
            raise ProgramError(f"Pandoc {self.version} ended or hung twice without an answer.", _HINT)
        if "error" in answer:
            raise Refused(str(answer["error"]))
        return str(answer["answer"])

    def _exchange(self, process: subprocess.Popen[str], line: str | None) -> dict[str, Any] | None:
        """Send a line, unless None, and read one; None when the process ended, or was ended when its time was up."""
        assert process.stdin is not None
        assert process.stdout is not None
        watchdog = threading.Timer(self._limit, _kill, [process])
        watchdog.daemon = True
        watchdog.start()
        try:
            if line is not None:
                process.stdin.write(f"{line}\n")
                process.stdin.flush()
            answer = json.loads(process.stdout.readline())
        except (OSError, ValueError):
            return None
        finally:
            watchdog.cancel()
        return answer if isinstance(answer, dict) else None

    def _started(self) -> subprocess.Popen[str]:
        """Give the running process; start the first Pandoc that is new enough."""
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._end()
        found: list[str] = []
        for program in programs():
            version = self._try(program)
            if version >= OLDEST and self._process is not None:
                self.version, self.program = ".".join(map(str, version)), program
                return self._process
            self._end()
            found.append(program)
        if found:
            raise ProgramError(f"{label(found[0], 200)} is no Pandoc that docterm can use.", _HINT)
        raise ProgramError("There is no Pandoc here, which citations in a style need.", _HINT)

    def _try(self, program: str) -> tuple[int, ...]:
        """Start a program; give its version, or nothing when it does not answer as Pandoc's Lua does."""
        script = Path(__file__).with_name("pandoc.lua")
        try:
            self._process = subprocess.Popen(  # noqa: S603 - an absolute path and a script of docterm's own
                [program, "lua", str(script)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
                errors="replace",
                start_new_session=True,
            )
        except OSError:
            return ()
        hello = self._exchange(self._process, None) or {}
        numbers = str(hello.get("version", "")).split(".")
        return tuple(int(number) for number in numbers if number.isdecimal())

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        _kill(process)
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):  # what was not sent cannot be
                    stream.close()


def _kill(process: subprocess.Popen[str]) -> None:
    """End a process and what it started: the Pandoc on PATH may be a script that runs another."""
    if hasattr(os, "killpg") and process.poll() is None:
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def programs() -> Iterator[str]:
    """Give the Pandocs to try, best first: that of DOCTERM_PANDOC alone, else the one on PATH and docterm's own."""
    named = os.environ.get("DOCTERM_PANDOC")
    if named is not None:
        if named:
            yield named
        return
    on_path = shutil.which("pandoc")
    if on_path is not None and os.path.isabs(on_path):
        yield on_path
    package = importlib.util.find_spec("pypandoc")
    for folder in (package.submodule_search_locations or []) if package else []:
        for name in ("pandoc", "pandoc.exe"):
            if (program := Path(folder, "files", name)).is_file():
                yield str(program)


_shared = Pandoc()
atexit.register(_shared.close)


def shared() -> Pandoc:
    """Give the one Pandoc of this process of docterm."""
    return _shared
