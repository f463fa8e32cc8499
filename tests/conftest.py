"""What all tests share: a home of their own, a small library, and docterm to run in this process or in another."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import settings

from docterm.config.paths import shipped_library

settings.register_profile("docterm", settings.default, deadline=None)  # a busy machine is no fault of a test
settings.load_profile("docterm")

Run = Callable[..., "subprocess.CompletedProcess[str]"]
"""Called with the arguments of docterm; gives the exit code and what was written."""

HARBOUR = """---
key: harbour
title: The harbour at night
author: Ines Okafor
date: 2019-04-02
source: Tidewater Review
---

# The harbour at night

The harbour lights were dimmed by order of the council, and the pilots protested.

## The pilots

Pilots said that dimmed lights made every crossing slower. “We count the buoys by ear,” one of them said.

> A quoted line of the order itself.

The council answered that the *order* would stand until spring.
"""

STORM = """Storm over the harbour

By Tomas Lind

May 7, 2021

A storm closed the harbour for three days, and the council kept the lights dimmed all the same.

No pilot was asked. The ferries stayed in port, and the crossing to the islands was given up.

Fishermen counted their losses in nets rather than in boats.
"""

LEDGER = """Ledger of the harbour office, kept by hand.

Forty crossings were entered in March, and none in the week of the storm.
"""

RECORDS = [
    {
        "id": "storm",
        "type": "article-newspaper",
        "title": "Storm over the harbour",
        "author": [{"family": "Lind", "given": "Tomas"}],
        "container-title": "Island Courier",
        "issued": {"date-parts": [[2021, 5, 7]]},
    },
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes the golden screens anew, and the one that makes more damaged files."""
    parser.addoption("--update-golden", action="store_true", help="Write the golden screens of tests/golden anew.")
    parser.addoption(
        "--mutants", type=int, default=40, help="Damaged files a format that are read (200 before a release)."
    )


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give every test a home of its own, beside `tmp_path`, and an environment without the user's settings."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("CACHE", "CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    for name in list(os.environ):
        if (name.startswith("DOCTERM_") and name not in ("DOCTERM_ORIGINALS", "DOCTERM_MEANING")) or name in (
            "NO_COLOR",
            "COLUMNS",
            "LINES",
        ):
            monkeypatch.delenv(name)
    return home


@pytest.fixture
def library_folder(tmp_path: Path) -> Path:
    """Give a small library: three documents, one of them with a record in references.json."""
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "harbour.md").write_text(HARBOUR, "utf-8")
    (folder / "storm.txt").write_text(STORM, "utf-8")
    (folder / "ledger.txt").write_text(LEDGER, "utf-8")
    (folder / "references.json").write_text(json.dumps(RECORDS), "utf-8")
    return folder


@pytest.fixture
def shipped() -> Path:
    """Give the library that comes with docterm."""
    return shipped_library()


@pytest.fixture
def docterm(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run docterm's `main` in this process."""
    from docterm.cli import main

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        given = list(map(str, arguments))
        capsys.readouterr()
        code = main(given)
        written = capsys.readouterr()
        return subprocess.CompletedProcess(given, code, written.out, written.err)

    return run


@pytest.fixture
def program() -> Run:
    """Run docterm as a program of its own; options of `subprocess.run` are passed on."""

    def run(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
        settings: dict[str, object] = {"capture_output": True, "stdin": subprocess.DEVNULL, "timeout": 60}
        if "input" in options:
            del settings["stdin"]
        answer: subprocess.CompletedProcess[str] = subprocess.run(
            _command(arguments),
            text=True,
            encoding="utf-8",
            errors="surrogateescape",
            check=False,
            **settings | options,  # type: ignore[call-overload]
        )
        return answer

    return run


@pytest.fixture
def on_terminal() -> Callable[..., tuple[int, str]]:
    """Run docterm on a terminal of a given width; gives the exit code and what the terminal was sent."""
    pty = pytest.importorskip("pty", reason="needs pseudo-terminals")

    def run(*arguments: object, columns: int = 80, **environment: str) -> tuple[int, str]:
        controller, terminal = pty.openpty()
        process = subprocess.Popen(
            _command(arguments),
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            env={**os.environ, "TERM": "xterm-256color", "COLUMNS": str(columns), "LINES": "40", **environment},
        )
        os.close(terminal)
        written = bytearray()
        while True:
            try:
                piece = os.read(controller, 65_536)
            except OSError:  # Linux says so when the last writer is gone
                break
            if not piece:
                break
            written += piece
        os.close(controller)
        return process.wait(60), written.decode("utf-8").replace("\r\n", "\n")

    return run


def _command(arguments: Sequence[object]) -> list[str]:
    return [sys.executable, "-W", "error", "-m", "docterm", *map(str, arguments)]
