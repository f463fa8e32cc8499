"""An append-only file of JSON objects, one a line, each with a checksum.

A line is `{..., "crc": "0123abcd"}`: crc32, as 8 hexadecimal digits, over the UTF-8 of the rest as canonical
JSON (keys sorted, no spaces, no escapes beyond JSON's own). A line is on the disk before `append` returns.
"""

from __future__ import annotations

import errno
import json
import os
import re
import stat
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, NoReturn

from docterm.config.locking import lock
from docterm.config.writing import sync_folder
from docterm.library.files import kind_of

LONGEST_LINE = 1 << 20
LARGEST_FILE = 256 << 20
_SUM = re.compile(rb'"crc":"[0-9a-f]{8}",')
# A library can come from anyone: its notebook must not be a link out of it, nor a pipe that makes us wait.
_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Signature(NamedTuple):
    """What tells one state of a file from the next."""

    inode: int
    size: int
    modified: int


class Line(NamedTuple):
    """A line of the file: its number from 1, and its object, or None and the reason why it is damaged."""

    number: int
    data: dict[str, Any] | None
    problem: str = ""


class Locked(Exception):
    """Another program kept the file locked for the whole wait, or the file system knows no locks."""


def encode(data: Mapping[str, Any]) -> bytes:
    """Give an object as a line, with its checksum; raise ValueError when it is no JSON or has no UTF-8."""
    return (_canonical({**data, "crc": _checksum(data)}) + "\n").encode()


def decode(line: bytes) -> dict[str, Any]:
    """Read a line; raise ValueError with the reason when it is not an object with its right checksum."""
    if len(line) > LONGEST_LINE:
        raise ValueError("it is longer than a megabyte")
    try:
        data = _DECODER.decode(line.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):  # RecursionError: a million opening brackets
        raise ValueError("it is not JSON") from None
    if not isinstance(data, dict):
        raise ValueError("it is not a JSON object")
    given = data.pop("crc", None)
    try:
        if _fits(line, given) or given == _checksum(data):
            return data
    except (ValueError, RecursionError):
        pass  # a lone surrogate has no UTF-8, so it had no checksum either
    raise ValueError("its checksum does not fit")


def append(path: Path, line: bytes, lock_seconds: float | None) -> tuple[Signature, Signature]:
    """Write a line at the end of the file and wait until it is on the disk.

    Gives the file's signature before and after. A tail without a line feed (a writer was stopped in the
    middle) is closed first. `lock_seconds` bounds the wait for other writers; None takes no lock. Raises
    Locked, or OSError.
    """
    descriptor = _open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT)
    try:
        if lock_seconds is not None:
            _lock(descriptor, lock_seconds)
        before = _signature(os.fstat(descriptor))
        if before.size:
            os.lseek(descriptor, -1, os.SEEK_END)
            line = line if os.read(descriptor, 1) == b"\n" else b"\n" + line
        while line:
            line = line[os.write(descriptor, line) :]
        getattr(os, "fdatasync", os.fsync)(descriptor)
        if not before.size:
            sync_folder(path.parent)
        return before, _signature(os.fstat(descriptor))
    finally:
        os.close(descriptor)  # which also gives the lock back


def read(path: Path) -> Iterator[Line]:
    """Give every line of the file, good or damaged, blank ones aside; raise OSError when it cannot be read."""
    with open(_open(path, os.O_RDONLY), "rb") as file:
        _signature(os.fstat(file.fileno()))
        yield from (_line(number, raw) for number, raw in _raw_lines(file) if raw.strip())


def signature(path: Path) -> Signature | None:
    """Give the state of the file, None when there is none; raise OSError when it is no regular file."""
    try:
        return _signature(os.stat(path, follow_symlinks=False))
    except FileNotFoundError:
        return None


def _open(path: Path, flags: int) -> int:
    try:
        return os.open(path, flags | _FLAGS, 0o600)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.EISDIR, errno.ENXIO):  # a link, a folder, a pipe nobody reads
            signature(path)
        raise


def _signature(state: os.stat_result) -> Signature:
    if not stat.S_ISREG(state.st_mode):
        raise OSError(f"it is {kind_of(state.st_mode)}, not a file")
    if state.st_size > LARGEST_FILE:
        raise OSError(f"it is larger than {LARGEST_FILE >> 20} megabytes")
    return Signature(state.st_ino, state.st_size, state.st_mtime_ns)


def _raw_lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Give the lines without ever holding more than one megabyte: an overlong line comes cut, still too long."""
    number = 0
    while raw := file.readline(LONGEST_LINE + 1):
        number += 1
        rest = raw
        while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):
            rest = file.readline(LONGEST_LINE + 1)
        yield number, raw


def _line(number: int, raw: bytes) -> Line:
    try:
        return Line(number, decode(raw))
    except ValueError as error:
        return Line(number, None, str(error))


def _lock(descriptor: int, seconds: float) -> None:
    try:
        lock(descriptor, seconds)
    except OSError:
        raise Locked from None


def _fits(line: bytes, given: object) -> bool:
    """Say whether the checksum is that of the line's own bytes without it, as of every line that docterm wrote.

    Writing the object out again to find its checksum takes as long as reading it.
    """
    rest, found = _SUM.subn(b"", line.rstrip(b"\n"), count=1)
    return found == 1 and isinstance(given, str) and f"{zlib.crc32(rest):08x}" == given


def _checksum(data: Mapping[str, Any]) -> str:
    return f"{zlib.crc32(_canonical(data).encode()):08x}"


def _canonical(data: Mapping[str, Any]) -> str:
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)
