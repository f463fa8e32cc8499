"""The files of a library that hold records, read once and kept in the cache until they change."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docterm.config.paths import private_folder
from docterm.config.writing import put
from docterm.errors import Code, ReadError, StorageError
from docterm.library.bibliography.csl import read_item
from docterm.library.bibliography.entry import Entry
from docterm.library.bibliography.provenance import Origin
from docterm.library.bibliography.records import MAX_REFERENCES_BYTES, json_fault, read_items
from docterm.library.files import open_regular, read_file
from docterm.library.listing import RECORDS_CACHE, stamp, stamp_of
from docterm.library.scan import Found, scan
from docterm.text import label

VERSION = 1
_MOST_NOTES = 3
_LOOKS_LIKE_RECORDS = re.compile(r"^(?:references:|-\s+(?:id|type|author|title|issued)\s*:)", re.MULTILINE)

Read = tuple[list[Entry], list[str]]


@dataclass(frozen=True, slots=True)
class RecordFile:
    """A file of records as it was read."""

    path: str
    size: int
    mtime_ns: int
    origin: Origin
    entries: tuple[Entry, ...]
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

    def update(self) -> bool:
        """Read the files that are new or changed, forget those that are gone; say whether there were any."""
        found = scan(self._root, records=True)
        known = {(file.path, file.size, file.mtime_ns): file for file in self.files}
        files = tuple(known.get(_key(each)) or read_records(self._root, each) for each in found)
        if files == self.files:
            return False
        self.files = files
        self.stamp = _save(self._cache, files)
        return True


def _key(found: Found) -> tuple[str, int, int]:
    return label(found.path, 1000), found.size, found.mtime_ns


def read_records(root: Path, found: Found) -> RecordFile:
    """Read one file of records; what is wrong with it becomes a note."""
    path, size, mtime_ns = _key(found)
    origin = origin_of(path)
    try:
        if found.refusal is not None:
            raise found.refusal
        data = read_file(root / found.path, MAX_REFERENCES_BYTES).data
        entries, notes = _READERS[origin](data.decode("utf-8-sig", "replace"))
    except ReadError as error:
        entries, notes = [], [str(error)]
    except (ValueError, RecursionError) as error:
        entries, notes = [], [json_fault(error)]
    if len(notes) > _MOST_NOTES:
        notes = [*notes[:_MOST_NOTES], f"And {len(notes) - _MOST_NOTES:,} more places."]
    return RecordFile(path, size, mtime_ns, origin, tuple(entries), tuple(label(note, 400) for note in notes))


def _read_json(text: str) -> Read:
    return _filed(json.loads(text))


def _read_sidecar(text: str) -> Read:
    item = json.loads(text)
    if isinstance(item, list) and item:
        item = item[0]
    record = read_item(item)
    if not record:
        raise ReadError("It holds no record.", "A sidecar is one item of CSL-JSON.", Code.MALFORMED)
    return [Entry(record)], []


def _read_bib(text: str) -> Read:
    from docterm.library.bibliography.bibtex import read_bibtex  # here: most libraries have none, and a start pays

    return read_bibtex(text)


def _read_ris(text: str) -> Read:
    from docterm.library.bibliography.ris import read_ris  # here, as above

    return read_ris(text)


def _read_yaml(text: str) -> Read:
    if not _LOOKS_LIKE_RECORDS.search(text):
        return [], []  # the file of another program: settings, most of the time
    from docterm.library.bibliography.yaml import read_yaml  # here, as above

    found = read_yaml(text)
    items = found.get("references") if isinstance(found, dict) else found
    return _filed(items if isinstance(items, list) else [])


def _filed(items: object) -> Read:
    records, again = read_items(items)
    notes = [f"The key {label(key, 60)} stands there a second time." for key in again]
    return [Entry(record) for record in records.values()], notes


_READERS: dict[Origin, Callable[[str], Read]] = {
    Origin.REFERENCES: _read_json,
    Origin.SIDECAR: _read_sidecar,
    Origin.BIB: _read_bib,
    Origin.YAML: _read_yaml,
    Origin.RIS: _read_ris,
}


# --- the cache -----------------------------------------------------------------------------------


def _load(path: Path) -> tuple[tuple[RecordFile, ...], str]:
    """Give what the cache holds, and its stamp."""
    try:
        with os.fdopen(open_regular(path), "rb") as file:
            return _decoded(json.load(file)), stamp(file.fileno())
    except (OSError, ReadError, ValueError, KeyError, TypeError, RecursionError):
        return (), "none"  # there is none yet, or it is damaged: it is made anew


def _decoded(data: dict[str, Any]) -> tuple[RecordFile, ...]:
    if data["version"] != VERSION:
        raise ValueError(data["version"])
    return tuple(
        RecordFile(
            each["path"], each["size"], each["mtime_ns"], Origin(each["origin"]),
            tuple(Entry(record, tuple(files)) for record, files in each["entries"]), tuple(each["notes"]),
        )
        for each in data["files"]
    )  # fmt: skip


def _save(path: Path, files: tuple[RecordFile, ...]) -> str:
    """Write the cache and give its stamp; where it cannot be kept, the files are read again next time."""
    data = [
        {
            "path": each.path, "size": each.size, "mtime_ns": each.mtime_ns, "origin": each.origin.value,
            "entries": [[entry.record, entry.files] for entry in each.entries], "notes": each.notes,
        }
        for each in files
    ]  # fmt: skip
    try:
        private_folder(path.parent)
        written = put(path, json.dumps({"version": VERSION, "files": data}).encode())
    except (OSError, StorageError):
        return "none"
    return stamp_of(written)
