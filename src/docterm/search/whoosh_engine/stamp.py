"""The seal of an index: which version wrote it, and a checksum of each of its files.

Whoosh writes a file once, under a name of its own, and does not notice when its bytes change later. A file whose size
and time are those it was sealed with is taken to be as it was; of another one the checksum is reckoned.
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any
from zlib import crc32

import whoosh

from docterm.search.whoosh_engine.codec import EXTENSION
from docterm.search.whoosh_engine.layout import BYTE_ORDER
from docterm.search.whoosh_engine.schema import SCHEMA_VERSION
from docterm.text import stemmers

SEAL = "seal.json"
ENGINE = f"{SCHEMA_VERSION}/{whoosh.versionstring()}/{stemmers()}/{BYTE_ORDER}"
_LASTING = (EXTENSION, ".toc")
_CHUNK = 1 << 20


def is_sound(folder: Path) -> bool:
    """Say whether the index is of this version and no file of it was changed since it was sealed.

    Files that are not in the seal, or not there any more, belong to a commit that was not acknowledged, or is going
    on. Raises OSError, ValueError or KeyError when there is no seal or it is damaged.
    """
    seal = json.loads((folder / SEAL).read_bytes())
    return seal["engine"] == ENGINE and all(
        _is_unchanged(folder / name, size, time, checksum) for name, (size, time, checksum) in seal["files"].items()
    )


def seal(folder: Path) -> None:
    """Write down what the index's files are now."""
    known: dict[str, Any] = {}
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):  # there is none yet, or it is damaged
        known = dict(json.loads((folder / SEAL).read_bytes())["files"])
    files = {}
    for path in folder.iterdir():
        if path.suffix in _LASTING:
            with contextlib.suppress(FileNotFoundError):  # another process has just merged it into a new one
                files[path.name] = known.get(path.name) or _state(path)
    scratch = folder / f"{SEAL}.new"
    scratch.write_text(json.dumps({"engine": ENGINE, "files": files}), "utf-8")
    os.replace(scratch, folder / SEAL)


def _state(path: Path) -> tuple[int, int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns, _checksum(path)


def _is_unchanged(path: Path, size: int, time: int, checksum: int) -> bool:
    try:
        status = path.stat()
        if status.st_size != size:
            return False
        return status.st_mtime_ns == time or _checksum(path) == checksum
    except FileNotFoundError:
        return True


def _checksum(path: Path) -> int:
    checksum = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            checksum = crc32(chunk, checksum)
    return checksum
