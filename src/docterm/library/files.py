"""Reading a file whole, without being blocked, misled or flooded by what stands at its path."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from docterm.errors import Code, ReadError

MAX_BYTES = 32 * 1024 * 1024
"""The largest text file docterm reads."""
TRIES = 3
"""How often a file is read that changes meanwhile."""
_PIECE = 1 << 20
_CHANGED = ReadError("The file kept changing while it was read.", "It is read again when it has settled.", Code.CHANGED)

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

    path: Path
    data: bytes
    """All of them; or the first, where no more were to be held."""
    sha256: str
    size: int
    mtime_ns: int

    def pieces(self) -> Iterator[bytes]:
        """Give all the bytes; those that are not held from the file again, which raises ReadError if it has changed."""
        if len(self.data) == self.size:
            yield self.data
            return
        digest, left = hashlib.sha256(), self.size
        with os.fdopen(open_regular(self.path), "rb") as file:
            while left and (piece := _read_piece(file, min(_PIECE, left))):
                digest.update(piece)
                left -= len(piece)
                yield piece
        if left or digest.hexdigest() != self.sha256:
            raise _CHANGED


def read_file(path: Path, limit: int = MAX_BYTES, held: int | None = None) -> FileContent:
    """Give the content of a regular file of at most `limit` bytes, as it stood at one moment.

    Of a file of more than `held` bytes only the first are kept in memory. A file that changes meanwhile is read again,
    TRIES times in all. Raises ReadError with a sentence for anything else: a pipe, a device, a file that may not be
    read, one that keeps changing.
    """
    for _ in range(TRIES):
        content = _read_once(path, limit, limit if held is None else held)
        if content is not None:
            return content
    raise _CHANGED


def _read_once(path: Path, limit: int, held: int) -> FileContent | None:
    """Give the content of a file, or None when it was not the same before and after."""
    descriptor = open_regular(path)
    with os.fdopen(descriptor, "rb") as file:
        before = os.fstat(descriptor)
        if before.st_size > limit:
            size = -(-before.st_size >> 20)
            raise ReadError(f"The file is {size} MiB; the limit is {limit >> 20} MiB.", "Split the file.", Code.TOO_BIG)
        if before.st_size > held:
            data = _read_piece(file, held)
            digest, size = hashlib.sha256(data), len(data)
            while size <= limit and (piece := _read_piece(file, _PIECE)):
                digest.update(piece)
                size += len(piece)
        else:
            data = _read_piece(file, limit + 1)
            digest, size = hashlib.sha256(data), len(data)
        after = os.fstat(descriptor)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or size < after.st_size:
        return None
    if size > limit:  # some systems' own files state no size
        raise ReadError(f"The file is larger than the limit of {limit >> 20} MiB.", "Split the file.", Code.TOO_BIG)
    return FileContent(path, data, digest.hexdigest(), size, after.st_mtime_ns)


def _read_piece(file: BinaryIO, size: int) -> bytes:
    try:
        return file.read(size)
    except OSError as error:
        raise ReadError(f"The file cannot be read: {error.strerror}.", "Check the disk.", Code.DISK) from error


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
