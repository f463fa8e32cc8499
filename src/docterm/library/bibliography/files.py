"""The files of a library that hold records, read once and kept in the cache until they change."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from zlib import crc32

from docterm.config.paths import private_folder
from docterm.config.writing import put
from docterm.errors import ReadError, StorageError
from docterm.library.bibliography.entry import Entries
from docterm.library.bibliography.origin import Origin
from docterm.library.bibliography.parsing import parse_records
from docterm.library.bibliography.records import MAX_REFERENCES_BYTES
from docterm.library.cache import NO_FILE, RECORDS_CACHE, stamp, stamp_of
from docterm.library.files import open_regular, read_file
from docterm.library.scan import Found, scan
from docterm.text import label

if TYPE_CHECKING:
    from docterm.library.reading import Reading

VERSION = 2
INLINE_BYTES = 64 << 10
"""Up to this size a file is parsed in docterm's own process; a larger one in a worker, under limits."""


@dataclass(frozen=True, slots=True)
class RecordFile:
    """A file of records as it was read."""

    path: str
    size: int
    mtime_ns: int
    origin: Origin
    entries: Entries
    notes: tuple[str, ...]
    """What is wrong with it, in sentences."""


def origin_of(path: str) -> Origin:
    """Give the kind of source that a file of records is, by its name."""
    name = path.lower()
    if name.endswith(".csl.json"):
        return Origin.SIDECAR
    if name.endswith(".bib"):
        return Origin.BIB
    if name.endswith(".ris"):
        return Origin.RIS
    return Origin.REFERENCES if name.endswith(".json") else Origin.YAML


class RecordFiles:
    """The files of records of one library, as they were last read."""

    def __init__(self, root: Path, cache_folder: Path) -> None:
        """Take what the cache holds; `update` brings it up to date with the folder."""
        self._root = root
        self._cache = cache_folder / RECORDS_CACHE
        self.files, self.stamp = _load(self._cache)

    def forget(self) -> None:
        """Read every file again at the next update."""
        self.files, self.stamp = (), NO_FILE

    def update(self, reading: Reading) -> bool:
        """Read the files that are new or changed, forget those that are gone; say whether there were any."""
        found = scan(self._root, records=True)
        known = {(file.path, file.size, file.mtime_ns): file for file in self.files}
        files = tuple(known.get(_key(each)) or read_records(self._root, each, reading) for each in found)
        if files == self.files:
            return False
        self.files = files
        self.stamp = _save(self._cache, files)
        return True


def _key(found: Found) -> tuple[str, int, int]:
    return label(found.path, 1000), found.size, found.mtime_ns


def read_records(root: Path, found: Found, reading: Reading | None = None) -> RecordFile:
    """Read one file of records, with `reading` where it is large; what is wrong with it becomes a note."""
    path, size, mtime_ns = _key(found)
    origin = origin_of(path)
    try:
        if found.refusal is not None:
            raise found.refusal
        data = read_file(root / found.path, MAX_REFERENCES_BYTES).data
        if reading is None or len(data) <= INLINE_BYTES:
            found_here, notes = parse_records(origin, data)
            entries = Entries.of(found_here)
        else:
            entries, notes = reading.records(origin, data)
    except ReadError as error:
        entries, notes = Entries(), [label(error, 400)]
    return RecordFile(path, size, mtime_ns, origin, entries, tuple(notes))


# --- the cache -----------------------------------------------------------------------------------


def _load(path: Path) -> tuple[tuple[RecordFile, ...], str]:
    """Give what the cache holds, and its stamp."""
    try:
        with os.fdopen(open_regular(path), "rb") as file:
            return _decoded(file), stamp(file.fileno())
    except (OSError, ReadError, ValueError, KeyError, TypeError, RecursionError):
        return (), NO_FILE  # there is none yet, or it is damaged: it is made anew


def _decoded(file: BinaryIO) -> tuple[RecordFile, ...]:
    head = json.loads(file.readline())
    if head["version"] != VERSION:
        raise ValueError(head["version"])
    return tuple(
        RecordFile(
            each["path"], each["size"], each["mtime_ns"], Origin(each["origin"]),
            Entries(_sound(file.read(each["bytes"]), each["checksum"])), tuple(each["notes"]),
        )
        for each in head["files"]
    )  # fmt: skip


def _sound(data: bytes, checksum: int) -> bytes:
    if crc32(data) != checksum:
        raise ValueError(checksum)
    return data


def _save(path: Path, files: tuple[RecordFile, ...]) -> str:
    """Write the cache and give its stamp; where it cannot be kept, the files are read again next time.

    A line of JSON says which files there are and how long the entries of each are, which follow it as they are kept.
    """
    data = [
        {
            "path": each.path, "size": each.size, "mtime_ns": each.mtime_ns, "origin": each.origin.value,
            "notes": each.notes, "bytes": len(each.entries.lines), "checksum": crc32(each.entries.lines),
        }
        for each in files
    ]  # fmt: skip
    try:
        private_folder(path.parent)
        head = json.dumps({"version": VERSION, "files": data}).encode() + b"\n"
        written = put(path, head, *(each.entries.lines for each in files))
    except (OSError, StorageError):
        return NO_FILE
    return stamp_of(written)
