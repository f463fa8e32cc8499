"""Who is who: giving each file of a library its record, its key, its kind and its status."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from docterm.library.bibliography.entry import Entries, Entry
from docterm.library.bibliography.files import RecordFile
from docterm.library.bibliography.keys import Taken, is_citable, is_valid, key_from_name, make_key
from docterm.library.bibliography.origin import Origin, Source
from docterm.library.bibliography.provenance import Described, describe
from docterm.library.bibliography.records import (
    fingerprint,
    is_digest,
    issued,
    meta_name,
    own_list,
    record_from_meta,
    source,
)
from docterm.library.bibliography.references import Pin, layers
from docterm.library.bibliography.shelf import Facts, Shelf, Shelved, without_suffix
from docterm.library.file_row import FileRow
from docterm.library.fingerprint import SAME_TEXT, resemblance
from docterm.library.model import Document, Kind, Record, Status
from docterm.library.readers import confidence
from docterm.text import label

_KEYED = (Origin.SIDECAR, Origin.REFERENCES, Origin.BIB, Origin.YAML, Origin.KNOWN)


@dataclass(slots=True)
class _File:
    """What is found out about one file, step by step."""

    row: FileRow
    found: list[Shelved] = field(default_factory=list)
    pinned: str = ""
    work: str = ""
    """The key of the known work that this file is a copy of."""

    @property
    def named(self) -> str:
        """The key that the file gives itself, or the empty string."""
        said = self.row.meta.get("key") or self.row.meta.get("citekey", "")
        return said if not said or is_valid(said) else key_from_name(said)

    @property
    def stem(self) -> str:
        """The name of the file without its suffix."""
        return without_suffix(self.row.path.rpartition("/")[2])

    def facts(self) -> Facts:
        """Give what records of the document can be found by."""
        meta = self.row.meta
        keys = tuple(key for key in (self.pinned, meta.get("key", ""), self.named, self.stem) if key)
        return Facts(
            self.row.path, keys, meta.get("doi", ""), meta.get("isbn", ""), meta.get("url", ""), meta.get("title", "")
        )


def identify(
    rows: Iterable[FileRow], files: Iterable[RecordFile], known: Mapping[str, Record], had: Mapping[str, str]
) -> dict[str, Document]:
    """Give the documents of a library by path: dated ones first, by date, then by key.

    `files` are the library's files of records; `known` are works that docterm recognises by fingerprint in any
    library. The first copy of a known work takes its record and key, and the digest of it steps aside under the key
    `KEY-digest`. Keys that are pinned or that records have are given first, so that those docterm makes give way; of
    the others a file keeps the key that it `had`, by its path, and those that are new here get what is left.
    """
    everything = [_File(row) for row in rows]
    shelf = Shelf(files, [each.facts() for each in everything])
    _find_pinned(everything, shelf)
    _find_originals(everything, shelf, known)
    for each in everything:
        each.found += shelf.of(each.facts()) if not each.work else _of_work(shelf, each.work, known)
    works = {each.work for each in everything if each.work}
    taken = Taken(works | {each.pinned for each in everything if each.pinned})
    made: list[tuple[_File, Described]] = []
    documents: dict[str, Document] = {}
    for each in sorted(everything, key=lambda each: each.row.path not in had):
        described = describe(_layers(each))
        if each.work or each.pinned or described.provenance["id"].kind in _KEYED or each.named:
            documents[each.row.path] = _keyed(each, described, works, taken, had.get(each.row.path, ""))
        else:
            made.append((each, described))
    taken.add(shelf.keys())  # of works that are not in the library too: a draft may cite them
    for each, described in made:
        key = had.get(each.row.path, "")
        if not key or key in taken:
            key = make_key(_without_file_name(described)) or key_from_name(each.stem)
        documents[each.row.path] = _document(each.row, taken.unique(key), described, Kind.DOCUMENT)
    by_date = sorted(documents.items(), key=lambda item: (not item[1].date, item[1].date, item[1].key))
    return dict(by_date)


# --- finding -------------------------------------------------------------------------------------


def _find_pinned(files: Sequence[_File], shelf: Shelf) -> None:
    """Give each pinned key to its file: the one with its path and content, else with its content, else its path."""
    ways: tuple[Callable[[Pin], object], ...] = (lambda file: file, lambda file: file.sha256, lambda file: file.path)
    waiting = shelf.pins
    for way in ways:
        free: dict[object, list[_File]] = {}
        for each in files:
            if not each.pinned:
                free.setdefault(way(Pin(label(each.row.path, 1000), each.row.sha256)), []).append(each)
        missed: list[tuple[Pin, Shelved]] = []
        for pin, shelved in waiting:
            owners = free.get(way(pin)) if way(pin) else None
            if owners:
                owner = owners.pop(0)
                owner.pinned = shelved.entry.id
                owner.found.append(shelved)
            else:
                missed.append((pin, shelved))
        waiting = missed


def _find_originals(files: Sequence[_File], shelf: Shelf, known: Mapping[str, Record]) -> None:
    """Find, for each known work, the one file that is a copy of it."""
    works = {key: fingerprint(record) for key, record in known.items()} | shelf.fingerprints
    marks = {key: mark for key, mark in works.items() if mark}
    numbers = {number for mark in marks.values() for number in mark}
    candidates = [each for each in files if not numbers.isdisjoint(each.row.sketch)]  # of thousands of files a few
    for key, mark in marks.items():
        likeness = [(resemblance(mark, each.row.sketch), each) for each in candidates if not each.work]
        best, copy = max(likeness, key=lambda pair: pair[0], default=(0.0, None))
        if copy is not None and best >= SAME_TEXT:
            copy.work = key


def _of_work(shelf: Shelf, key: str, known: Mapping[str, Record]) -> list[Shelved]:
    found = shelf.named(key)
    if any(each.file.origin is Origin.REFERENCES for each in found):
        return found
    return [*found, Shelved(RecordFile("", 0, 0, Origin.KNOWN, Entries.of([Entry(known[key])]), ()), 0)]


def _layers(file: _File) -> Iterator[tuple[Source, Record]]:
    """Give every record of a file with its source; the last give every document a key, a type and a title."""
    for each in file.found:
        yield from layers(Source(each.file.origin, each.file.path), each.entry.record)
    row, path = file.row, label(file.row.path, 1000)
    reader = row.reader.partition("/")[0]
    kind = Origin.FRONT_MATTER if reader == "markdown" else Origin.EXTRACTED
    yield from _told(file, Source(kind, path, confidence(row.reader)))
    if file.named:
        yield Source(kind, path), {"id": file.named}
    yield Source(Origin.FILE_NAME, path, 0.1), {"title": label(file.stem)}
    yield Source(Origin.MADE), {"id": "", "type": "document"}


def _told(file: _File, source: Source) -> Iterator[tuple[Source, Record]]:
    """Give what a file tells of itself, by where in it that was found; `source` stands for the file as a whole."""
    parts: dict[Source, dict[str, Any]] = {}
    for name, value in record_from_meta(file.row.meta).items():
        clue = file.row.clues.get(meta_name(name))
        found = source if clue is None else Source(Origin.EXTRACTED, source.path, clue.sure, clue.place)
        parts.setdefault(found, {})[name] = value
    yield from parts.items()


def _without_file_name(described: Described) -> Record:
    guessed = described.provenance["title"].kind is Origin.FILE_NAME
    return {name: value for name, value in described.record.items() if not (guessed and name == "title")}


def is_settled(document: Document) -> bool:
    """Say whether the key of a document stands in a record or in the file itself, and not only in docterm's mind."""
    made = document.provenance.get("id", Source(Origin.MADE)).kind is Origin.MADE
    return document.kind is not Kind.DOCUMENT or not (made or document.key != document.record["id"])


# --- documents -----------------------------------------------------------------------------------


def _keyed(file: _File, described: Described, works: set[str], taken: Taken, had: str) -> Document:
    """Give the document of a file whose key is not docterm's to make; but for a number behind it, as it `had` one."""
    row, key = file.row, str(described.record["id"])
    key = key if is_citable(key) else key_from_name(key)
    if file.work:
        return _document(row, file.work, described, Kind.ORIGINAL, cited=file.work)
    if is_digest(described.record):
        replaced = key in works
        status = Status.REPLACED if replaced else Status.READY
        key = taken.unique(f"{key}-digest" if replaced else key)
        return _document(row, key, described, Kind.DIGEST, status)
    if not file.pinned:
        key = had if re.fullmatch(rf"{re.escape(key)}-\d+", had) and had not in taken else key
        return _document(row, taken.unique(key), described, Kind.DOCUMENT)
    ids = {each.entry.id for each in file.found if each.entry.id}
    shared = next((other for other in ids if re.fullmatch(rf"{re.escape(other)}-\d+", file.pinned)), "")
    return _document(row, file.pinned, described, Kind.DOCUMENT, cited=shared or file.pinned)


def _document(
    row: FileRow, key: str, described: Described, kind: Kind, status: Status = Status.READY, *, cited: str = ""
) -> Document:
    """Give a document. Its record's `id` is its key, but for a further file of a work that is in the library."""
    record = {**described.record, "id": cited or described.record["id"] or key}
    return Document(
        key=key,
        title=label(record["title"]),
        source=source(record),
        date=issued(record),
        kind=kind,
        path=label(row.path, 1000),
        words=row.words,
        paragraphs=row.paragraphs,
        status=Status.UNREADABLE if row.problem else status,
        problem=row.problem,
        record=record,
        stamp=f"{row.sha256}:{row.reader}",
        provenance=described.provenance,
        tags=own_list(record, "tags"),
        groups=own_list(record, "groups"),
        code=row.code,
        notes=row.notes,
        mark=row.mark,
    )
