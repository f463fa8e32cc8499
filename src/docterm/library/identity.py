"""Who is who: giving each file of a library its key, its record, its kind and its status."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from docterm.library.catalogue import FileRow
from docterm.library.fingerprint import SAME_TEXT, resemblance
from docterm.library.model import Document, Kind, Record, Status
from docterm.library.records import fingerprint, is_digest, issued, record_from_meta, source
from docterm.text import label

_KEY = re.compile(r"\w+(?:[.-]\w+)*")
"""The ids of records that can be keys as they are; Pandoc ends a key at a space, and an address at a colon."""
_NOT_IN_KEY = re.compile(r"[^a-z0-9]+")


def identify(
    rows: Iterable[FileRow], records: Mapping[str, Record], known: Mapping[str, Record]
) -> dict[str, Document]:
    """Give the documents of a library by path: dated ones first, by date, then by key.

    `records` are the library's own and are found by file name or by the key in the front matter; `known`
    are works that docterm recognises by fingerprint in any library. The first copy of a known work takes its
    record and key, and the digest of it steps aside under the key `KEY-digest`.
    """
    everything = {**known, **records}
    rows = list(rows)
    originals = _originals(rows, everything)
    taken = set(originals.values())
    documents: dict[str, Document] = {}
    for row in rows:
        if key := originals.get(row.path):
            documents[row.path] = _document(row, key, everything[key], Kind.ORIGINAL)
            continue
        claimed = row.meta.get("key") or PurePosixPath(row.path).stem
        record = records.get(claimed)
        if record is not None and is_digest(record):
            replaced = claimed in originals.values()
            key = _unique(f"{claimed}-digest" if replaced else claimed, taken)
            status = Status.REPLACED if replaced else Status.READY
            documents[row.path] = _document(row, key, record, Kind.DIGEST, status)
        else:
            key = _unique(claimed if record is not None and _KEY.fullmatch(claimed) else make_key(claimed), taken)
            documents[row.path] = _document(row, key, record, Kind.DOCUMENT)
    by_date = sorted(documents.items(), key=lambda item: (not item[1].date, item[1].date, item[1].key))
    return dict(by_date)


def _originals(rows: list[FileRow], records: Mapping[str, Record]) -> dict[str, str]:
    """Give, by path, the key of the known work that a file is a copy of: one file for each work."""
    found: dict[str, str] = {}
    for key, record in records.items():
        mark = fingerprint(record)
        if not mark:
            continue
        likeness = {row.path: resemblance(mark, row.sketch) for row in rows if row.path not in found}
        best = max(likeness, key=likeness.__getitem__, default=None)
        if best is not None and likeness[best] >= SAME_TEXT:
            found[best] = key
    return found


def make_key(name: str) -> str:
    """Give a citation key, valid in Pandoc and BibLaTeX, from a file name: ASCII letters, digits and hyphens."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _NOT_IN_KEY.sub("-", ascii_name).strip("-")[:60] or "document"


def _unique(key: str, taken: set[str]) -> str:
    candidate, number = key, 2
    while candidate in taken:
        candidate, number = f"{key}-{number}", number + 1
    taken.add(candidate)
    return candidate


def _document(row: FileRow, key: str, record: Record | None, kind: Kind, status: Status = Status.READY) -> Document:
    title = label((record or {}).get("title") or row.meta.get("title") or PurePosixPath(row.path).stem)
    if record is None:
        record = record_from_meta(key, title, row.meta)
    return Document(
        key=key,
        title=title,
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
    )
