"""The keys that files of a library have had: kept in the cache, so that a key that was shown stays with its file.

Most keys are made of what a document says of itself, and two documents may say the same. Which of them has the key
without a number behind it must not change when a third file comes, or when the library is read anew.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable
from pathlib import Path

from docterm.config.paths import private_folder
from docterm.config.writing import put
from docterm.errors import ReadError, StorageError
from docterm.library.bibliography.keys import is_valid
from docterm.library.file_row import FileRow
from docterm.library.files import open_regular

FILE_NAME = "keys.json"
VERSION = 1
Kept = dict[str, tuple[str, str]]
"""By the path of each file: its SHA-256, and its key."""


def load(folder: Path) -> Kept:
    """Give what a cache folder has; nothing where there is no such file, or a damaged one, and no key that is none."""
    try:
        with os.fdopen(open_regular(folder / FILE_NAME), "rb") as file:
            data = json.load(file)
        if data["version"] != VERSION:
            return {}
        return {path: (str(sha256), str(key)) for path, (sha256, key) in data["keys"].items() if is_valid(str(key))}
    except (OSError, ReadError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def save(folder: Path, kept: Kept, given: Kept) -> None:
    """Keep the keys that files have now beside those `kept`, in a cache folder that can be written.

    Files that are not there stay known, since they may only not be read yet; but not if another has their key now.
    """
    used = {key for _, key in given.values()}
    now = {path: each for path, each in kept.items() if path not in given and each[1] not in used} | given
    if now == kept:
        return
    data = json.dumps({"version": VERSION, "keys": now}).encode()
    with contextlib.suppress(OSError, StorageError):
        put(private_folder(folder) / FILE_NAME, data)


def keys_of(rows: Iterable[FileRow], kept: Kept) -> dict[str, str]:
    """Give the keys that files have had, by path: a file under a new name has that of its old one, if that is gone."""
    rows = list(rows)
    here = {row.path for row in rows}
    moved = {sha256: key for path, (sha256, key) in kept.items() if path not in here}
    found: dict[str, str] = {}
    for row in rows:
        if row.path in kept:
            found[row.path] = kept[row.path][1]
        elif row.sha256 in moved:
            found[row.path] = moved.pop(row.sha256)
    return found
