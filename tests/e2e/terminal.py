"""A terminal of one's own: the real program on a pseudo-terminal, with a screen that can be looked at."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from types import TracebackType

import pyte

DOCTERM = (sys.executable, "-m", "docterm")
PATIENCE = 30.0
"""Seconds to wait for anything; far more than it takes."""
KEYS = {"enter": "\r", "escape": "\x1b", "tab": "\t", "down": "\x1b[B", "up": "\x1b[A", "delete": "\x1b[3~"}


class Terminal:
    """docterm, or another program, on a pseudo-terminal. Use it as a context manager: it leaves nothing running."""

    def __init__(
        self,
        *arguments: object,
        environment: Mapping[str, str] | None = None,
        size: tuple[int, int] = (110, 32),
        program: Sequence[str] = DOCTERM,
    ) -> None:
        columns, rows = size
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = bytearray()
        """All that the program has sent."""
        self._controller, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.modes_before = termios.tcgetattr(self._controller)
        self.process = subprocess.Popen(
            [*program, *map(str, arguments)],
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            env={**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(environment or {})},
            start_new_session=True,
        )
        os.close(terminal)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(PATIENCE)
        os.close(self._controller)

    # --- doing -----------------------------------------------------------------------------------

    def send(self, text: str) -> None:
        """Type `text`."""
        os.write(self._controller, text.encode())

    def press(self, *keys: str) -> None:
        """Press keys by name, each when the screen is still after the one before."""
        for key in keys:
            self.send(KEYS.get(key, key))
            self._rest()

    def _rest(self) -> None:
        """Wait until the program has answered and then sends no more for a moment."""
        deadline = time.monotonic() + 2
        length = len(self.raw)
        while time.monotonic() < deadline:
            before = len(self.raw)
            if not self._read(0.1) or before == len(self.raw) > length:
                return

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size."""
        self.screen.resize(rows, columns)
        fcntl.ioctl(self._controller, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process.send_signal(signal.SIGWINCH)

    # --- looking ---------------------------------------------------------------------------------

    @property
    def lines(self) -> Sequence[str]:
        """The rows of the screen."""
        return [line.rstrip() for line in self.screen.display]

    @property
    def text(self) -> str:
        """The screen in one single-spaced line."""
        return " ".join(" ".join(self.lines).split())

    def wait_for(self, *texts: str) -> None:
        """Wait until all `texts` are on the screen."""
        deadline = time.monotonic() + PATIENCE
        while not all(text in self.text for text in texts):
            if time.monotonic() > deadline or not self._read(0.2):
                missing = [text for text in texts if text not in self.text]
                raise AssertionError(f"Not on the screen: {missing}\n" + "\n".join(self.lines))

    def wait_until_gone(self, text: str) -> None:
        """Wait until `text` is on the screen no more."""
        deadline = time.monotonic() + PATIENCE
        while text in self.text:
            if time.monotonic() > deadline or not self._read(0.2):
                raise AssertionError(f"Still on the screen: {text}\n" + "\n".join(self.lines))

    def wait_for_exit(self) -> int:
        """Wait until the program has ended; give its exit code."""
        deadline = time.monotonic() + PATIENCE
        while self._read(0.2) and time.monotonic() < deadline:
            pass
        return self.process.wait(PATIENCE)

    def _read(self, seconds: float) -> bool:
        """Take what the program sends within some time; give False when it will send no more."""
        ready, _, _ = select.select([self._controller], [], [], seconds)
        if not ready:
            return self.process.poll() is None
        with contextlib.suppress(OSError):  # Linux says so when the last writer is gone
            if piece := os.read(self._controller, 65_536):
                self.raw += piece
                self._stream.feed(piece)
                return True
        return False

    @property
    def restored(self) -> bool:
        """Whether the terminal is as the program found it: the screen, the cursor, the mouse, the line discipline."""
        raw = bytes(self.raw)
        return (
            raw.rfind(b"\x1b[?1049l") > raw.rfind(b"\x1b[?1049h")
            and raw.rfind(b"\x1b[?25h") > raw.rfind(b"\x1b[?25l")
            and raw.rfind(b"\x1b[?1000l") >= raw.rfind(b"\x1b[?1000h")
            and termios.tcgetattr(self._controller)[3] == self.modes_before[3]
        )
