"""The real program on a real terminal."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from terminal import PATIENCE, Terminal

from docterm.config.paths import cache_for, shipped_library

FORBIDDEN = re.compile("[\x80-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep clipboards and multiplexers of the machine out of it."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "TMUX", "SSH_TTY", "SSH_CONNECTION", "TERM_PROGRAM"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def digests(tmp_path: Path) -> Path:
    """Give a copy of the two shipped digests."""
    root = tmp_path / "digests"
    root.mkdir()
    for name in ("voa2023.md", "gabuev2021.md", "references.json"):
        shutil.copy(shipped_library() / name, root / name)
    return root


def quotes(notebook: Path) -> list[str]:
    """Give the texts of the quotes in a notebook's file; every line of it is whole."""
    events = [json.loads(line) for line in notebook.read_text("utf-8").splitlines()]
    return [event["quote"]["text"] for event in events if "quote" in event]


def test_start_search_read_compare_quote_and_quit(digests: Path) -> None:
    with Terminal(digests, size=(140, 32)) as terminal:
        terminal.wait_for("China and Russia collaborate", "2 documents")
        terminal.press("s")
        terminal.wait_for("search the library")
        terminal.send("great firewall ")
        terminal.wait_for("read as: great", "voa2023:12")
        terminal.press("enter")
        terminal.wait_for("hit 1/", "A digest: docterm’s own words")
        terminal.press("v", "a", "s", "y")
        terminal.wait_for("Saved the paraphrase from voa2023, para. 12", "does not confirm")
        terminal.send("4D")
        terminal.wait_for("inside quotation marks", "linked · ")
        terminal.press("]", "tab", "5")
        terminal.wait_for("1 quote", "paraphrase · ok")
        terminal.resize(70, 20)
        terminal.wait_for("1 quote")
        terminal.send("Q")
        assert terminal.wait_for_exit() == 0
        assert terminal.restored
    (text,) = quotes(digests / "notebook.jsonl")
    assert "Great Firewall" in text
    assert b"\x1b]52;c;" in terminal.raw, "the quote was sent to the terminal's clipboard"


def test_killed_in_the_middle_it_starts_again_with_every_quote(digests: Path) -> None:
    notebook = digests / "notebook.jsonl"
    with Terminal(digests) as terminal:
        terminal.wait_for("2 documents")
        terminal.press("enter")
        terminal.wait_for("Carnegie")
        terminal.press("}", "}", "}", "a", "s", "y")
        terminal.wait_for("Saved the paraphrase")
        saved = quotes(notebook)
        assert len(saved) == 1
        terminal.press("}", "a", "s")
        terminal.send("y")
        terminal.process.send_signal(signal.SIGKILL)
        terminal.process.wait(PATIENCE)
    with Terminal(digests) as terminal:
        terminal.wait_for("2 documents")
        terminal.send("5")
        terminal.wait_for("paraphrase · ok")
        terminal.send("Q")
        assert terminal.wait_for_exit() == 0
    assert quotes(notebook)[:1] == saved


@pytest.mark.parametrize("signal_name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_signal_leaves_the_terminal_as_it_was(digests: Path, signal_name: str) -> None:
    with Terminal(digests) as terminal:
        terminal.wait_for("2 documents")
        terminal.process.send_signal(getattr(signal, signal_name))
        terminal.wait_for_exit()
        assert terminal.restored
        assert b"Traceback" not in terminal.raw


def test_a_damaged_cache_is_made_anew_and_said_in_one_line(digests: Path) -> None:
    with Terminal(digests) as terminal:
        terminal.wait_for("2 documents")
        terminal.press("s")
        terminal.wait_for("search the library")
        terminal.send("wuzhen ")
        terminal.wait_for("read as: wuzhen.")
        terminal.press("escape")
        terminal.send("Q")
        assert terminal.wait_for_exit() == 0
    damaged = [path for path in cache_for(digests.resolve()).rglob("*") if path.is_file()]
    assert damaged
    for path in damaged:
        path.write_bytes(b"not what it was\n" * 300)
    with Terminal(digests) as terminal:
        terminal.wait_for("2 documents", "made anew")
        terminal.press("s")
        terminal.wait_for("search the library")
        terminal.send("wuzhen ")
        terminal.wait_for("read as: wuzhen.", "voa2023:14")
        terminal.press("escape")
        terminal.send("Q")
        assert terminal.wait_for_exit() == 0


def test_no_byte_of_a_hostile_document_reaches_the_terminal(tmp_path: Path) -> None:
    root = tmp_path / "hostile"
    root.mkdir()
    evil = "\x1b]0;owned\x07\x1b[2Jred\x1b[31m \x9b31m \u202egpj.exe\u202c \x1b]52;c;b3duZWQ=\x07 [@click=app.quit]x[/]"
    (root / "evil\x1b[7mname.md").write_text(f"# Evil {evil}\n\nThe evil paragraph {evil} goes on.\n", "utf-8")
    (root / "second.txt").write_text(f"Second {evil}\n\nThe evil twin {evil}.\n", "utf-8")
    with Terminal(root, size=(150, 40)) as terminal:
        terminal.wait_for("2 documents", "[@click=app.quit]x[/]")
        terminal.press("s")
        terminal.wait_for("search the library")
        terminal.send("evil ")
        terminal.wait_for("read as: evil.")
        terminal.press("enter")
        terminal.wait_for("hit 1/")
        terminal.send("4D")
        terminal.wait_for("inside quotation marks")
        terminal.send("5")
        terminal.wait_for("No quote is saved yet")
        terminal.send("Q")
        assert terminal.wait_for_exit() == 0
    raw = bytes(terminal.raw)
    for piece in (b"\x1b[31m", b"\x1b]52", b"\x1b]0;owned", b"b3duZWQ=\x07", b"\x1b[7mname"):
        assert piece not in raw
    assert FORBIDDEN.search(raw.decode("utf-8")) is None


@pytest.mark.parametrize("size", [(20, 5), (1, 1), (250, 80)])
def test_terminals_of_unusual_size(digests: Path, size: tuple[int, int]) -> None:
    with Terminal(digests, size=size) as terminal:
        terminal.resize(100, 30)
        terminal.wait_for("2 documents", "China and Russia collaborate")
        terminal.resize(*size)
        terminal.resize(100, 30)
        terminal.wait_for("2 documents")
        terminal.send("Q")
        assert terminal.wait_for_exit() == 0


def test_without_a_terminal_it_says_what_to_do_instead(digests: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "docterm", str(digests)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env=dict(os.environ),
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert "needs a terminal" in done.stderr
    assert "docterm search" in done.stderr
