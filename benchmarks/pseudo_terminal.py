"""The explorer on a pseudo-terminal: keys are written to it, and what it paints is read, as a terminal would. Linux."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

COLUMNS, LINES = 120, 40
PATIENCE = 20.0
"""Seconds to wait for a text before the measurement is given up."""
_CONTROL = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|P[^\x1b]*\x1b\\|[=>()][0-9A-B]?)")


class Explorer:
    """A running explorer; leaves with `Q` when the block ends."""

    def __init__(self, command: Sequence[str]) -> None:
        self.started = time.perf_counter()
        self.pid, self._terminal = pty.fork()
        if not self.pid:
            os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
            os.execv(command[0], list(command))
        self._painted = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.write("Q")
        give_up = time.monotonic() + PATIENCE
        while not os.waitpid(self.pid, os.WNOHANG)[0]:
            self.rest(0.1)
            if time.monotonic() > give_up:
                os.kill(self.pid, signal.SIGKILL)
        os.close(self._terminal)

    def write(self, keys: str) -> None:
        """Press keys."""
        os.write(self._terminal, keys.encode())

    def press(self, keys: str, text: str) -> float:
        """Press keys and wait until `text` is painted; give the seconds that took."""
        self._painted = ""
        begun = time.perf_counter()
        self.write(keys)
        self.wait_for(text)
        return time.perf_counter() - begun

    def wait_for(self, text: str) -> None:
        """Wait until `text` has been painted since keys were last pressed."""
        give_up = time.monotonic() + PATIENCE
        while text not in self._painted:
            self._read(0.5)
            if time.monotonic() > give_up:
                raise TimeoutError(f"“{text}” was not painted; the last was: {self._painted[-400:]!r}")

    def rest(self, seconds: float) -> None:
        """Press nothing for so long, and read what is painted."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._read(left)

    def _read(self, seconds: float) -> None:
        if not select.select([self._terminal], [], [], seconds)[0]:
            return
        try:
            piece = os.read(self._terminal, 1 << 16)
        except OSError:  # the explorer has left
            time.sleep(seconds)
            return
        self._painted = _CONTROL.sub("", self._painted + piece.decode("utf-8", "replace"))

    @property
    def cpu(self) -> float:
        """The processor time the process has used, all threads, in seconds."""
        return time.clock_gettime((~self.pid << 3) | 2)  # the clock that clock_getcpuclockid(3) gives

    def memory(self, name: str = "VmRSS") -> float:
        """Give the memory in use in MB (VmRSS), or the most there has been (VmHWM)."""
        status = Path(f"/proc/{self.pid}/status").read_text("ascii")
        found = re.search(rf"^{name}:\s+(\d+) kB", status, re.MULTILINE)
        assert found is not None
        return int(found[1]) * 1024 / 1e6
