"""The file that an export goes to: read whole, and replaced in one step, so that it is the old or the new one."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from docterm.config.writing import put
from docterm.errors import CitationError, ReadError
from docterm.library.files import read_file
from docterm.text import label


def read(path: Path) -> bytes | None:
    """Give what stands in the file, None when there is none; raises CitationError when it is no file to write to."""
    if not os.path.lexists(path):
        return None
    try:
        return read_file(path).data
    except ReadError as error:
        raise CitationError(f"{label(path, 1000)} cannot be exported to. {error.message}", error.hint) from error


def read_text(path: Path) -> str | None:
    """Give the text in the file; raises CitationError when it is not in UTF-8, since writing it back would spoil it."""
    data = read(path)
    try:
        return None if data is None else data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CitationError(
            f"{label(path, 1000)} is not text in UTF-8, and docterm leaves it as it is.", "Name another file with -o."
        ) from error


def write(path: Path, data: bytes) -> None:
    """Put `data` in the file's place, durably and with the mode it had; raises CitationError when that cannot be."""
    place = Path(os.path.realpath(path))
    try:
        mode = stat.S_IMODE(place.stat().st_mode) if place.exists() else 0o666 & ~_umask()
        if place.exists() and not os.access(place, os.W_OK):
            raise PermissionError(13, "Permission denied")
        put(place, data, mode=mode)
    except OSError as error:
        still = " It is as it was." if os.path.exists(place) else ""  # Path.exists raises for a name that is too long
        raise CitationError(
            f"{label(path, 1000)} cannot be written: {error.strerror}.{still}",
            "Name a place that can be written with -o.",
        ) from error


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
