"""How docterm starts, what it makes of its arguments, and how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import docterm as package
from docterm.cli import main
from docterm.cli.group import VERBS
from docterm.config.paths import state_folder

if TYPE_CHECKING:
    from conftest import Run


def test_version(program: Run) -> None:
    answer = program("--version")
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, f"docterm {package.__version__}\n", "")


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_names_every_verb(docterm: Run, option: str) -> None:
    answer = docterm(option)
    assert answer.returncode == 0
    for verb in VERBS:
        assert f"\n  {verb} " in answer.stdout
    assert "..." not in answer.stdout.partition("Commands:")[2], "the short helps fit in 80 columns"


@pytest.mark.parametrize("verb", [*VERBS, "quotes list", "quotes copy", "quotes export"])
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_of_every_verb(docterm: Run, verb: str, option: str) -> None:
    answer = docterm(*verb.split(), option)
    assert answer.returncode == 0
    assert answer.stdout.startswith(f"Usage: docterm {verb} ")
    assert "--library PATH" in answer.stdout
    assert not answer.stderr


def test_unknown_word_names_the_nearest_verb(docterm: Run) -> None:
    answer = docterm("serch", "harbour")
    assert answer.returncode == 2
    assert answer.stderr == (
        "“serch” is no command of docterm and no folder.\n"
        "Did you mean `docterm search`? `docterm --help` lists the commands.\n"
    )
    assert not answer.stdout


def test_unknown_word_without_a_near_verb(docterm: Run) -> None:
    answer = docterm("zzzqqq")
    assert answer.returncode == 2
    assert "`docterm search zzzqqq`" in answer.stderr


@pytest.mark.parametrize(
    "arguments",
    ["search", "show", "show a b", "search --lmit 3 x", "search --limit 0 x", "search --sort size x", "--nonsense",
     "kwic --width 1 x", "quotes copy --form docx", "list extra"],
)  # fmt: skip
def test_usage_errors_are_two_lines(docterm: Run, arguments: str) -> None:
    answer = docterm(*arguments.split())
    assert answer.returncode == 2
    assert answer.stderr.count("\n") == 2
    assert "--help`" in answer.stderr
    assert not answer.stdout


@pytest.mark.parametrize("order", ["before", "after", "environment"])
def test_where_the_library_can_be_named(
    docterm: Run, library_folder: Path, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    named = ["--library", str(library_folder)]
    if order == "environment":
        monkeypatch.setenv("DOCTERM_LIBRARY", str(library_folder))
    before, after = named if order == "before" else [], named if order == "after" else []
    assert "storm" in docterm(*before, "list", *after).stdout


def test_library_without_a_place(docterm: Run) -> None:
    answer = docterm("list", "--library", "")
    assert answer.returncode == 2
    assert answer.stderr.startswith("--library names no place.")


# --- the explorer --------------------------------------------------------------------------------


@pytest.mark.parametrize("named", ["nothing", "path", "option"])
def test_explorer_needs_a_terminal(program: Run, library_folder: Path, named: str) -> None:
    folder = str(library_folder)
    arguments = {"nothing": [], "path": [folder], "option": ["--library", folder]}[named]
    answer = program(*arguments)
    assert answer.returncode == 2
    assert "`docterm search WORDS`" in answer.stderr
    assert "`docterm --help`" in answer.stderr
    assert not answer.stdout


def test_explorer_refuses_a_dumb_terminal(on_terminal: Callable[..., tuple[int, str]], library_folder: Path) -> None:
    code, written = on_terminal(library_folder, TERM="dumb")
    assert code == 2
    assert "needs a terminal" in written


def test_file_is_no_library(docterm: Run, library_folder: Path) -> None:
    answer = docterm(library_folder / "storm.txt")
    assert answer.returncode == 2
    assert f"`docterm add {library_folder / 'storm.txt'}`" in answer.stderr
    assert f"`docterm {library_folder}`" in answer.stderr


def test_two_libraries(docterm: Run, library_folder: Path) -> None:
    answer = docterm(library_folder, "--library", library_folder)
    assert answer.returncode == 2
    assert answer.stderr.startswith("Two libraries are named.")


# --- how it ends ---------------------------------------------------------------------------------


def test_fault_of_docterms_own(docterm: Run, monkeypatch: pytest.MonkeyPatch, library_folder: Path) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("a \x1b[31mred\x1b[0m secret")

    monkeypatch.setattr("docterm.library.library.Library.refresh", fail)
    answer = docterm("list", "--library", library_folder)
    report = state_folder() / "last-error.txt"
    assert answer.returncode == 3
    assert "Traceback" not in answer.stderr
    assert "\x1b" not in answer.stderr
    assert answer.stderr.count("\n") == 2
    assert str(report) in answer.stderr
    written = report.read_text("utf-8")
    assert "Traceback" in written
    assert "in fail" in written
    assert "\x1b" not in written
    assert report.parent.stat().st_mode & 0o777 == 0o700


def test_fault_that_cannot_be_written_down(
    docterm: Run, monkeypatch: pytest.MonkeyPatch, library_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr("docterm.library.library.Library.refresh", lambda *_: 1 // 0)
    answer = docterm("list", "--library", library_folder)
    assert answer.returncode == 3
    assert "ZeroDivisionError" in answer.stderr
    assert "could not be written down" in answer.stderr


def test_ctrl_c_is_quiet(docterm: Run, monkeypatch: pytest.MonkeyPatch, library_folder: Path) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("docterm.library.library.Library.refresh", interrupt)
    answer = docterm("list", "--library", library_folder)
    assert (answer.returncode, answer.stdout, answer.stderr) == (130, "", "")


SLOW_REFRESH = """
import sys, time
from docterm.cli import main
from docterm.library.library import Library

def refresh(*_):
    print("reading", flush=True)
    time.sleep(60)

Library.refresh = refresh
sys.exit(main(["list", "--library", sys.argv[1]]))
"""


@pytest.mark.skipif(os.name != "posix", reason="signals are sent the POSIX way")
def test_ctrl_c_of_a_process(library_folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW_REFRESH, str(library_folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"reading\n"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (130, b"", b"")


@pytest.mark.skipif(os.name != "posix", reason="pipes break the POSIX way")
def test_broken_pipe_is_quiet(library_folder: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    process = subprocess.Popen(
        [sys.executable, "-m", "docterm", "list", "--library", str(library_folder)],
        stdout=writer,
        stderr=subprocess.PIPE,
    )
    os.close(writer)
    _, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_full_disk(program: Run, library_folder: Path) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        answer = program("list", "--library", library_folder, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert answer.returncode == 3
    assert answer.stderr.startswith("The answer cannot be written")
    assert answer.stderr.count("\n") == 2


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams(library_folder: Path, closed: str) -> None:
    command = f'"$0" -m docterm list --library "$1" {closed}'
    assert subprocess.run(["sh", "-c", command, sys.executable, str(library_folder)], check=False).returncode == 0


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_other_encodings_do_not_crash(
    program: Run, library_folder: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    for form in ([], ["--json"]):
        answer = program("search", "buoys", "Ω", "--library", library_folder, *form)
        assert answer.returncode == 0, answer.stderr
        assert "count the buoys" in answer.stdout


def test_main_takes_the_arguments_of_the_process(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["docterm", "--version"])
    assert main() == 0
    assert capsys.readouterr().out.startswith("docterm ")
