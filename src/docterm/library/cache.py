"""Where docterm keeps what it derives from a library: the user's cache, else a scratch folder."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from docterm.config.locking import lock
from docterm.config.paths import private_folder
from docterm.errors import StorageError
from docterm.text import label

ROOM = 64 << 20
"""Bytes that a scratch folder should have free."""
LOCK_SECONDS = 10.0
RECORDS_CACHE = "records.json"
"""The file of the cache folder that keeps the library's records as they were last read."""
NO_FILE = "none"
"""The stamp of a file that is not there."""
_MEMORY = "/dev/shm"  # noqa: S108 - where Linux keeps files in memory: there is room when the disks are full


class CacheBusy(StorageError):
    """Another docterm has kept a file of the cache to itself for too long."""


class Cache:
    """The folder of one library's cache. It can be deleted at any time, and need not be there at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.note = ""
        """Why docterm works without a cache, if it does."""
        self._scratch: Path | None = None

    def leave(self, error: StorageError) -> None:
        """Go on in a scratch folder, which is gone when docterm ends; raise `error` when there is none either."""
        if self.note:
            raise error
        self.folder = self.scratch(error)
        self.note = f"docterm works without a cache, and reads every document again next time. {label(error, 1000)}"

    def scratch(self, error: Exception) -> Path:
        """Give a private folder that is gone when docterm ends; raise `error` when there is no room for one."""
        if self._scratch is None:
            import tempfile  # here, as below: it takes long to load, and is hardly ever needed

            try:
                self._scratch = Path(tempfile.mkdtemp(prefix="docterm-", dir=_roomy_folder()))
            except OSError:
                raise error from None
        return self._scratch

    def close(self) -> None:
        """Take the scratch folder away, if there is one."""
        if self._scratch is not None:
            import shutil

            shutil.rmtree(self._scratch, ignore_errors=True)
            self._scratch = None


def _roomy_folder() -> str:
    import shutil
    import tempfile

    folders = []
    with contextlib.suppress(FileNotFoundError):  # there is not a single one to write in
        folders.append(tempfile.gettempdir())
    folders += [_MEMORY] if os.access(_MEMORY, os.W_OK) else []
    if not folders:
        raise FileNotFoundError(_MEMORY)
    return next((folder for folder in folders if shutil.disk_usage(folder).free >= ROOM), folders[0])


@contextlib.contextmanager
def locked(folder: Path, name: str) -> Iterator[None]:
    """Keep other docterms from doing meanwhile what they too do under this lock of a cache folder.

    Where there is no lock to be had nothing is locked: docterm then has no cache that others could share. Raises
    CacheBusy when another one holds it for more than LOCK_SECONDS.
    """
    descriptor = _open_lock(folder, name)
    try:
        if descriptor is not None:
            _wait_for(descriptor, folder / name)
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)  # which also gives the lock back


def _open_lock(folder: Path, name: str) -> int | None:
    if sys.platform == "win32":
        return None
    try:
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
        descriptor = os.open(private_folder(folder) / name, flags, 0o600)
    except (OSError, StorageError):
        return None
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return descriptor
    os.close(descriptor)
    return None


def _wait_for(descriptor: int, path: Path) -> None:
    try:
        lock(descriptor, LOCK_SECONDS)
    except BlockingIOError:
        raise CacheBusy(f"Another docterm keeps {path} locked.", "End it, or try again when it has ended.") from None
    except OSError:  # a file system without locks
        return


def stamp(file: Path | int) -> str:
    """Give what tells a file, by path or descriptor, from what it was before it was replaced; NO_FILE without one."""
    try:
        return stamp_of(os.stat(file))
    except OSError:
        return NO_FILE


def stamp_of(status: os.stat_result) -> str:
    """Give the same from the state of a file."""
    return f"{status.st_ino}:{status.st_size}:{status.st_mtime_ns}"
