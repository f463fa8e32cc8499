"""The one way in which docterm writes a whole file: beside its place, to the disk, then into its place in one step."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path


def put(path: Path, *parts: bytes, mode: int = 0o600, replace: bool = True) -> os.stat_result:
    """Write the file `path`, part by part, so that after a crash the old file or the new one is there, whole.

    Gives the state of the file as it was written. With `replace` off, a file that is there already stays. Raises
    FileExistsError for that, OSError when the folder cannot be written; then nothing has changed.
    """
    import tempfile  # here: it takes long to load

    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".docterm-")
    scratch = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(descriptor)
            written = os.fstat(descriptor)
        scratch.chmod(mode)
        if replace:
            os.replace(scratch, path)
        else:
            _put_where_nothing_is(scratch, path)
    finally:
        scratch.unlink(missing_ok=True)
    sync_folder(path.parent)
    return written


def replace_file(path: Path, data: bytes) -> None:
    """Write `data` as a file of the user's, with the permissions that the old one has. Raises OSError."""
    put(path, data, mode=stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o644)


def _put_where_nothing_is(scratch: Path, path: Path) -> None:
    """Give a file a name that is free; unlike a renaming, a link never puts one file in place of another."""
    try:
        os.link(scratch, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        os.rename(scratch, path)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; where folders cannot be opened there is nothing to do."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
