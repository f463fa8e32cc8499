"""Putting a new version of a file of the user's in the place of the old one, in one step."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def replace_file(path: Path, data: bytes) -> None:
    """Write `data` to the file at `path`, which is the old one or the new one at any moment. Raises OSError."""
    import tempfile  # here: it takes long to load

    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o644
    descriptor, scratch = tempfile.mkstemp(dir=path.parent, prefix=".docterm-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(scratch, mode)
        os.replace(scratch, path)
    except BaseException:
        Path(scratch).unlink(missing_ok=True)
        raise
