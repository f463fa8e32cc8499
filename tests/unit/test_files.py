"""Reading a file whole."""

from __future__ import annotations

import hashlib
import os
import socket
import time
from pathlib import Path

import pytest

from docterm.errors import Code, ReadError
from docterm.library.files import TRIES, read_file

POSIX = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX file system")


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\x00\xffabc")
    content = read_file(path)
    assert content.data == b"\x00\xffabc"
    assert content.sha256 == hashlib.sha256(b"\x00\xffabc").hexdigest()
    assert content.size == 5
    assert content.mtime_ns == path.stat().st_mtime_ns


def test_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 1000)
    assert len(read_file(path, limit=1000).data) == 1000
    with pytest.raises(ReadError, match="limit"):
        read_file(path, limit=999)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(1 << 40)  # a hole, which takes no room on the disk
    started = time.perf_counter()
    with pytest.raises(ReadError, match="1048576 MiB"):
        read_file(path)
    assert time.perf_counter() - started < 20


@POSIX
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
def test_a_file_whose_size_is_a_lie(tmp_path: Path) -> None:
    assert read_file(Path("/proc/self/status")).data
    with pytest.raises(ReadError, match="limit"):
        read_file(Path("/proc/self/status"), limit=10)


@POSIX
def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "to-pipe").symlink_to(tmp_path / "pipe")
    bound = socket.socket(socket.AF_UNIX)
    started = time.perf_counter()
    try:
        here = Path.cwd()
        os.chdir(tmp_path)  # the address of a socket may not be long
        bound.bind("socket")
        os.chdir(here)
        for name in ("pipe", "folder", "loop", "to-pipe", "socket", "nothing", "folder/nothing/at/all"):
            with pytest.raises(ReadError) as caught:
                read_file(tmp_path / name)
            assert caught.value.hint
            assert str(tmp_path) not in str(caught.value)
        for device in ("/dev/zero", "/dev/tty", "/dev/null"):
            with pytest.raises(ReadError):
                read_file(Path(device))
    finally:
        bound.close()
    assert time.perf_counter() - started < 20


@POSIX
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(ReadError, match="may not be read"):
        read_file(path)


@POSIX
def test_a_file_that_changes_while_it_is_read_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"half")
    original = os.fstat
    asked = 0

    def changing(descriptor: int) -> os.stat_result:
        nonlocal asked
        asked += 1
        status = original(descriptor)
        if asked == 2:  # between opening it and reading it
            path.write_bytes(b"half, and the rest")
        return status

    monkeypatch.setattr(os, "fstat", changing)
    assert read_file(path).data == b"half, and the rest"


@POSIX
def test_a_file_that_keeps_changing_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a")
    original = os.fstat
    asked = 0

    def changing(descriptor: int) -> os.stat_result:
        nonlocal asked
        asked += 1
        status = original(descriptor)
        with path.open("ab") as file:
            file.write(b"more")
        return status

    monkeypatch.setattr(os, "fstat", changing)
    with pytest.raises(ReadError, match="kept changing") as caught:
        read_file(path)
    assert caught.value.code is Code.CHANGED
    assert asked == 3 * TRIES


def test_a_size_is_never_said_to_be_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(bytes((1 << 20) + 1))
    with pytest.raises(ReadError, match="The file is 2 MiB; the limit is 1 MiB"):
        read_file(path, 1 << 20)


def test_what_is_not_held_is_read_again_and_must_be_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(bytes(range(256)) * 10_000)
    content = read_file(path, held=1000)
    assert (len(content.data), content.size) == (1000, 2_560_000)
    assert content.sha256 == read_file(path).sha256
    assert b"".join(content.pieces()) == b"".join(read_file(path).pieces()) == path.read_bytes()
    with pytest.raises(ReadError, match="limit"):
        read_file(path, limit=2_559_999, held=1000)
    for other in (bytes(range(255)) * 12_000, b"short"):
        path.write_bytes(other)
        with pytest.raises(ReadError) as caught:
            list(content.pieces())
        assert caught.value.code is Code.CHANGED
