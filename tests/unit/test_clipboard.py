"""The clipboard: real helper programs (stand-ins on PATH), a real tmux, and honest sentences."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import time
from pathlib import Path

import pytest

from docterm.quotes.clipboard import OSC52_LIMIT, copy, helpers

TEXT = "“quoted words” (Gabuev & Kovachich, 2021, para. 9) — 互联网\n"
X11 = {"DISPLAY": ":0"}
WAYLAND = {"WAYLAND_DISPLAY": "wayland-0"}
TMUX = {"TMUX": "/nowhere/s,1,0"}
SSH = {"SSH_CONNECTION": "1.2.3.4 5 6.7.8.9 22"}
TAKES = 'cat > "$TOOK/${0##*/}"'


class Desk:
    """A folder of helper programs, what they took, and the file for the last copy."""

    def __init__(self, folder: Path) -> None:
        self.bin, self.took, self.last = folder / "bin", folder / "took", folder / "state" / "last-copy.txt"
        self.bin.mkdir()
        self.took.mkdir()
        for needed in ("cat", "sleep"):
            (self.bin / needed).symlink_to(str(shutil.which(needed)))

    def helper(self, name: str, script: str = TAKES) -> None:
        program = self.bin / name
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)

    def environment(self, *parts: dict[str, str]) -> dict[str, str]:
        return {"PATH": str(self.bin), "TOOK": str(self.took)} | {
            name: value for part in parts for name, value in part.items()
        }

    def copied(self) -> dict[str, bytes]:
        return {found.name: found.read_bytes() for found in self.took.iterdir()}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.mark.parametrize(
    ("environment", "platform", "names"),
    [
        ({}, "linux", []),
        (X11, "linux", ["xclip", "xsel"]),
        (WAYLAND | X11, "linux", ["wl-copy", "xclip", "xsel"]),
        (TMUX, "linux", ["tmux"]),
        (TMUX | WAYLAND, "linux", ["tmux", "wl-copy"]),
        (SSH | X11 | WAYLAND, "linux", []),
        (SSH | TMUX | X11, "linux", ["tmux"]),
        ({"WSL_DISTRO_NAME": "Ubuntu", **X11}, "linux", ["clip.exe", "xclip", "xsel"]),
        ({}, "darwin", ["pbcopy"]),
        (TMUX, "darwin", ["pbcopy", "tmux"]),
        (SSH, "darwin", []),
        ({}, "win32", ["clip.exe"]),
    ],
)
def test_the_routes_of_an_environment(environment: dict[str, str], platform: str, names: list[str]) -> None:
    assert [helper.name for helper in helpers(environment, platform)] == names


def test_on_windows_the_helper_is_named_by_its_full_path() -> None:
    (helper,) = helpers({"SystemRoot": r"D:\Win"}, "win32")
    assert helper.command == (r"D:\Win\System32\clip.exe",)


@pytest.mark.parametrize(
    ("name", "environment"),
    [("wl-copy", WAYLAND), ("xclip", X11), ("xsel", X11)],
)
def test_a_helper_gets_the_exact_bytes_and_so_does_the_file(desk: Desk, name: str, environment: dict[str, str]) -> None:
    desk.helper(name)
    result = copy(TEXT, desk.environment(environment), None, desk.last)
    assert result == (name, True, f"copied by {name}")
    assert desk.copied() == {name: TEXT.encode()}
    assert desk.last.read_bytes() == TEXT.encode()
    assert stat.S_IMODE(desk.last.stat().st_mode) == 0o600


def test_windows_gets_utf_16(desk: Desk) -> None:
    desk.helper("clip.exe")
    assert copy(TEXT, desk.environment({"WSL_DISTRO_NAME": "U"}), None, desk.last).route == "clip.exe"
    assert desk.copied() == {"clip.exe": TEXT.encode("utf-16-le")}


@pytest.mark.parametrize("environment", [TMUX, SSH | TMUX])
def test_tmux_holds_the_text_and_cannot_say_whether_the_terminal_took_it(
    desk: Desk, environment: dict[str, str]
) -> None:
    desk.helper("tmux")
    result = copy(TEXT, desk.environment(environment), None, desk.last)
    assert result == ("tmux", False, "held by tmux, and sent to the terminal (it does not confirm)")
    assert desk.copied() == {"tmux": TEXT.encode()}


@pytest.mark.parametrize("terminal", [{"VTE_VERSION": "7600"}, {"TERM_PROGRAM": "Apple_Terminal"}])
def test_a_terminal_that_takes_nothing_is_sent_nothing_and_the_file_is_named(
    desk: Desk, terminal: dict[str, str]
) -> None:
    sent: list[str] = []
    result = copy(TEXT, desk.environment(terminal), sent.append, desk.last)
    assert result == ("file", False, f"saved in {desk.last}; this terminal takes no text from programs")
    assert not sent


ECHO = 'echo "$@" > "$TOOK/arguments"; cat > "$TOOK/${0##*/}"'


@pytest.mark.parametrize(("name", "environment"), [("wl-copy", WAYLAND), ("xclip", X11)])
def test_formatted_text_goes_where_it_can_be_carried(desk: Desk, name: str, environment: dict[str, str]) -> None:
    desk.helper(name, ECHO)
    result = copy(TEXT, desk.environment(environment), None, desk.last, "<p>x</p>", formatted=True)
    assert result == (name, True, f"copied by {name} as formatted text")
    assert desk.copied()[name] == b"<p>x</p>"
    assert b"text/html" in desk.copied()["arguments"]


def test_where_formatted_text_cannot_be_carried_it_is_plain(desk: Desk) -> None:
    desk.helper("xsel")
    result = copy(TEXT, desk.environment(X11), None, desk.last, "<p>x</p>", formatted=True)
    assert result == ("xsel", True, "copied by xsel")
    assert desk.copied() == {"xsel": TEXT.encode()}


def test_formatted_text_stands_in_a_file_of_its_own_that_is_never_older_than_the_other(desk: Desk) -> None:
    copy(TEXT, desk.environment(), None, desk.last, "<p>x</p>")
    assert desk.last.with_suffix(".html").read_text() == "<p>x</p>"
    copy("other", desk.environment(), None, desk.last)
    assert desk.last.read_text() == "other"
    assert not desk.last.with_suffix(".html").exists()


def test_large_text_goes_through_a_helper_whole(desk: Desk) -> None:
    desk.helper("xclip")
    large = "ü" * 1_000_000
    assert copy(large, desk.environment(X11), None, desk.last).confirmed
    assert desk.copied() == {"xclip": large.encode()}


def test_a_local_clipboard_gets_the_text_beside_tmux(desk: Desk) -> None:
    desk.helper("tmux")
    desk.helper("xclip")
    result = copy(TEXT, desk.environment(TMUX, X11), None, desk.last)
    assert result == ("tmux", True, "copied by tmux and xclip")
    assert set(desk.copied()) == {"tmux", "xclip"}


@pytest.mark.parametrize("script", ["exit 1", "kill -9 $$", "exec sleep 30"])
def test_a_helper_that_fails_gives_way_to_the_next(desk: Desk, script: str) -> None:
    desk.helper("wl-copy", script)
    desk.helper("xclip")
    begin = time.monotonic()
    assert copy(TEXT, desk.environment(WAYLAND, X11), None, desk.last).route == "xclip"
    assert time.monotonic() - begin < 15


def test_a_helper_that_does_not_read_or_leaves_a_child_does_not_block(desk: Desk) -> None:
    desk.helper("wl-copy", "sleep 3 & exit 0")
    begin = time.monotonic()
    assert copy("x" * 500_000, desk.environment(WAYLAND), None, desk.last).confirmed
    assert time.monotonic() - begin < 15


def test_helpers_that_all_hang_block_for_three_seconds_at_most(desk: Desk) -> None:
    for name in ("tmux", "wl-copy", "xclip", "xsel"):
        desk.helper(name, "exec sleep 30")
    sent: list[str] = []
    begin = time.monotonic()
    result = copy(TEXT, desk.environment(TMUX, WAYLAND, X11), sent.append, desk.last)
    assert time.monotonic() - begin < 15
    assert (result.route, sent) == ("osc52", [TEXT])


def test_a_program_of_a_relative_path_is_never_run(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.helper("xclip")
    monkeypatch.chdir(desk.bin)
    for path in (".", ""):
        assert copy(TEXT, desk.environment(X11, {"PATH": path}), None, desk.last).route == "file"
    assert desk.copied() == {}


def test_the_terminal_is_sent_the_text_and_cannot_confirm(desk: Desk) -> None:
    sent: list[str] = []
    result = copy(TEXT, desk.environment(SSH), sent.append, desk.last)
    assert result == ("osc52", False, "sent to the terminal (it does not confirm)")
    assert sent == [TEXT]
    assert desk.last.read_text() == TEXT


def test_the_terminal_gets_no_more_than_it_takes(desk: Desk) -> None:
    sent: list[str] = []
    assert copy("ü" * (OSC52_LIMIT // 2), desk.environment(), sent.append, desk.last).route == "osc52"
    long = "ü" * (OSC52_LIMIT // 2 + 1)
    result = copy(long, desk.environment(), sent.append, desk.last)
    assert result.sentence == f"saved in {desk.last}; it is too long to send to the terminal"
    assert len(sent) == 1
    assert desk.last.read_text() == long


def test_without_any_route_the_file_is_named(desk: Desk) -> None:
    result = copy(TEXT, desk.environment(), None, desk.last)
    assert result == ("file", False, f"saved in {desk.last}; no clipboard was found")


def test_a_terminal_that_is_gone_leaves_the_file(desk: Desk) -> None:
    def gone(_: str) -> None:
        raise BrokenPipeError

    assert copy(TEXT, desk.environment(), gone, desk.last).route == "file"


def test_a_file_that_cannot_be_written_is_said_and_does_not_hinder_a_copy(desk: Desk) -> None:
    desk.last.parent.write_text("in the way")
    result = copy(TEXT, desk.environment(), None, desk.last)
    assert result.route == "none"
    assert "cannot be written" in result.sentence
    desk.helper("xclip")
    assert copy(TEXT, desk.environment(X11), None, desk.last).confirmed


def test_the_file_is_replaced_in_one_step_and_leaves_nothing_behind(desk: Desk) -> None:
    desk.last.parent.mkdir()
    target = desk.last.parent / "elsewhere.txt"
    target.write_text("untouched")
    desk.last.symlink_to(target)
    copy(TEXT, desk.environment(), None, desk.last)
    assert target.read_text() == "untouched"
    assert sorted(found.name for found in desk.last.parent.iterdir()) == ["elsewhere.txt", "last-copy.txt"]


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
def test_a_real_tmux_holds_what_was_copied(desk: Desk) -> None:
    socket = str(desk.took / "s")
    tmux = ["tmux", "-S", socket]
    environment = os.environ | {"TERM": "xterm-256color", "TMUX": ""}
    subprocess.run([*tmux, "-f", "/dev/null", "new-session", "-d", "sleep 60"], check=True, env=environment, timeout=10)
    try:
        (desk.bin / "tmux").symlink_to(str(shutil.which("tmux")))
        result = copy(TEXT, desk.environment({"TMUX": f"{socket},0,0"}), None, desk.last)
        assert result == ("tmux", False, "held by tmux, and sent to the terminal (it does not confirm)")
        shown = subprocess.run([*tmux, "show-buffer"], check=True, capture_output=True, timeout=10)
        assert shown.stdout == TEXT.encode()
    finally:
        subprocess.run([*tmux, "kill-server"], check=False, timeout=10)
