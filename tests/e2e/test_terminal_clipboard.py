"""What reaches the terminal when a quote is copied: alone, and under tmux as it is configured by default."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest
from terminal import Terminal

from docterm.config.paths import state_folder

SENTENCE = "The last keeper left in 1998."
COPIED = "“The last keeper left in 1998” (Penhallow, 2020, para. 1).\n\nReferences\n\nPenhallow, A. (2020). Lamps."


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep clipboards and multiplexers of the machine out of it."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "TMUX", "SSH_TTY", "SSH_CONNECTION", "TERM_PROGRAM", "VTE_VERSION"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Give a library with one quote."""
    folder = tmp_path / "library"
    folder.mkdir()
    front = "---\nkey: lamps\ntitle: Lamps\nauthor: Ada Penhallow\ndate: 2020\n---\n\n"
    (folder / "lamps.md").write_text(f"{front}# Lamps\n\n{SENTENCE} Nobody came after.\n")
    command = [sys.executable, "-m", "docterm", "quote", "lamps:1", SENTENCE, "--library", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def taken(raw: bytes) -> list[str]:
    """Give the texts that a terminal was asked to take to its clipboard."""
    return [b64decode(found).decode() for found in re.findall(rb"\x1b\]52;c?;([A-Za-z0-9+/=]+)(?:\x07|\x1b\\)", raw)]


def test_a_terminal_is_sent_the_text(library: Path) -> None:
    with Terminal("quotes", "copy", "--clipboard", "--library", library) as terminal:
        terminal.wait_for("Sent to the terminal (it does not confirm).")
        assert terminal.wait_for_exit() == 0
    assert taken(bytes(terminal.raw)) == [COPIED]
    assert (state_folder() / "last-copy.txt").read_text("utf-8") == COPIED
    assert "<i>Lamps</i>" in (state_folder() / "last-copy.html").read_text("utf-8")


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[list[str]]:
    """Give the command of a tmux without configuration, with a server of its own that is ended."""
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    command = ["tmux", "-S", str(tmp_path / "s"), "-f", os.devnull]
    yield command
    subprocess.run([*command, "kill-server"], check=False, capture_output=True, timeout=10)


def test_under_tmux_the_text_reaches_the_terminal_around_it(library: Path, tmux: list[str]) -> None:
    inside = f"{sys.executable} -m docterm quotes copy --clipboard --library {library}; exec sleep 60"
    with Terminal("new-session", inside, program=tmux) as terminal:
        terminal.wait_for("Held by tmux, and sent to the terminal (it does not confirm).")
        assert taken(bytes(terminal.raw)) == [COPIED]
        shown = subprocess.run([*tmux, "show-buffer"], check=True, capture_output=True, timeout=10)
        assert shown.stdout.decode() == COPIED


def test_from_the_explorer_under_tmux_a_quote_reaches_the_terminal(library: Path, tmux: list[str]) -> None:
    inside = f"{sys.executable} -m docterm {library}"
    with Terminal("new-session", inside, program=tmux, size=(120, 32)) as terminal:
        terminal.wait_for("1 document")
        terminal.press("5")
        terminal.wait_for("1 quote")
        terminal.press("y")
        terminal.wait_for("held by tmux")
        (text,) = taken(bytes(terminal.raw))
        assert text.startswith("“The last keeper left in 1998” (Penhallow, 2020, para. 1).")
        terminal.press("Q")
