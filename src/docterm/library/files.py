"""Reading a file whole, without being blocked, misled or flooded by what stands at its path."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from docterm.errors import Code, ReadError

MAX_BYTES = 32 * 1024 * 1024
"""The largest text file docterm reads."""
TRIES = 3
"""How often a file is read that changes meanwhile."""

_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFLNK: "a link",
}


@dataclass(frozen=True, slots=True)
class FileContent:
    """The bytes of a file and what identifies them."""

    data: bytes
    sha256: str
    size: int
    mtime_ns: int


def read_file(path: Path, limit: int = MAX_BYTES) -> FileContent:
    """Give the content of a regular file of at most `limit` bytes, as it stood at one moment.

    A file that changes meanwhile is read again, TRIES times in all. Raises ReadError with a sentence for anything
    else: a pipe, a device, a file that may not be read, one that keeps changing.
    """
    for _ in range(TRIES):
        content = _read_once(path, limit)
        if content is not None:
            return content
    raise ReadError("The file kept changing while it was read.", "It is read again when it has settled.", Code.CHANGED)


def _read_once(path: Path, limit: int) -> FileContent | None:
    """Give the content of a file, or None when it was not the same before and after."""
    descriptor = open_regular(path)
    with os.fdopen(descriptor, "rb") as file:
        before = os.fstat(descriptor)
        if before.st_size > limit:
            size = -(-before.st_size >> 20)
            raise ReadError(f"The file is {size} MiB; the limit is {limit >> 20} MiB.", "Split the file.", Code.TOO_BIG)
        try:
            data = file.read(limit + 1)
        except OSError as error:
            raise ReadError(f"The file cannot be read: {error.strerror}.", "Check the disk.", Code.DISK) from error
        after = os.fstat(descriptor)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(data) < after.st_size:
        return None
    if len(data) > limit:  # some systems' own files state no size
        raise ReadError(f"The file is larger than the limit of {limit >> 20} MiB.", "Split the file.", Code.TOO_BIG)
    return FileContent(data, hashlib.sha256(data).hexdigest(), after.st_size, after.st_mtime_ns)


def open_regular(path: Path) -> int:
    """Open a regular file to read, without waiting, and give its descriptor. Raises ReadError for anything else."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        raise refusal(error) from error
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        raise ReadError(f"This is {kind_of(mode)}, not a file.", "Name a file.", Code.NOT_REGULAR)
    return descriptor


def kind_of(mode: int) -> str:
    """Give what stands at a path instead of a file, by its mode: `a folder`, `a named pipe`."""
    return _KINDS.get(stat.S_IFMT(mode), "something else")


def refusal(error: OSError) -> ReadError:
    """Give what to tell the user when the system does not open a file."""
    match error.errno:
        case errno.ENOENT | errno.ENOTDIR:
            return ReadError("There is no such file.", "Check the path.", Code.MISSING)
        case errno.EACCES | errno.EPERM:
            return ReadError("The file may not be read.", "Change its permissions.", Code.PERMISSION)
        case errno.ENXIO:
            return ReadError("This is a socket, not a file.", "Name a file.", Code.NOT_REGULAR)
        case errno.ELOOP:
            return ReadError("This is a link that leads to itself.", "Remove it.", Code.NOT_REGULAR)
        case _:
            return ReadError(f"The file cannot be opened: {error.strerror}.", "Check the path.", Code.DISK)
