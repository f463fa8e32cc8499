"""Which documents a library holds. The catalogue keeps it, so that a start need not find it out anew."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from docterm import __version__
from docterm.config.paths import REFERENCES, shipped_library
from docterm.errors import Code
from docterm.library.bibliography.origin import Origin, Source
from docterm.library.cache import stamp
from docterm.library.model import Document, Kind, Record, Status
from docterm.text import label

if TYPE_CHECKING:
    from pathlib import Path

    from docterm.library.bibliography.files import RecordFile
    from docterm.library.file_row import FileRow

VERSION = 1
"""Raised when the same files and records give other documents: kept listings are then made anew."""


class Listing(NamedTuple):
    """The documents of a library by key, the path of each as the file system spells it, and what is wrong in it."""

    documents: Mapping[str, Document]
    paths: Mapping[str, str]
    faults: tuple[str, ...] = ()


def make(rows: Sequence[FileRow], files: Iterable[RecordFile], cache_folder: Path) -> Listing:
    """Give the listing of the files of a catalogue and of the library's files of records.

    The keys that files have had are kept in the cache folder.
    """
    from docterm.library import kept_keys
    from docterm.library.identity import identify  # here, as below: a kept listing needs no bibliography

    kept = kept_keys.load(cache_folder)
    by_path = identify(rows, files, known_works(), kept_keys.keys_of(rows, kept))
    given = {row.path: (row.sha256, by_path[row.path].key) for row in rows if not row.problem}
    kept_keys.save(cache_folder, kept, given)
    documents = {document.key: document for document in by_path.values()}
    paths = {document.key: path for path, document in by_path.items()}
    return Listing(documents, paths, tuple(_faults(documents, files)))


def _faults(keys: Iterable[str], files: Iterable[RecordFile]) -> list[str]:
    """Say what is wrong with the files of records and with the keys in them."""
    from docterm.library.bibliography.keys import is_valid

    faults = [f"The records in {file.path}: {note}" for file in files for note in file.notes]
    odd = [f"“{label(key, 60)}”" for key in keys if not is_valid(key)]
    if odd:
        faults.append(
            f"Pandoc reads some keys only in braces, as @{{KEY}}: {', '.join(odd[:5])}"
            f"{f' and {len(odd) - 5:,} more' if len(odd) > 5 else ''}."
        )
    return faults


@lru_cache(maxsize=1)
def known_works() -> dict[str, Record]:
    """Give the records of the works that docterm recognises in any library: those of the shipped digests."""
    from docterm.library.bibliography.files import read_records
    from docterm.library.scan import Found

    entries = read_records(shipped_library(), Found(REFERENCES, 0, 0)).entries
    return {entry.id: entry.record for entry in entries}


# --- keeping it ----------------------------------------------------------------------------------


def origin(revision: int, records: str) -> str:
    """Give what a listing was made from: a revision of the catalogue, the records (see `stamp`), docterm itself."""
    return f"{VERSION}/{__version__} {revision} {records} {stamp(shipped_library() / REFERENCES)}"


def encode(listing: Listing) -> str:
    """Give a listing as text."""
    documents = [
        {name: getattr(document, name) for name in Document.__slots__} for document in listing.documents.values()
    ]
    return json.dumps({"documents": documents, "paths": listing.paths, "faults": listing.faults})


def decode(text: str) -> Listing:
    """Give the listing that `encode` gave the text of; raise ValueError, TypeError or KeyError when it is none."""
    data = json.loads(text)
    documents = [_document(fields) for fields in data["documents"]]
    return Listing({document.key: document for document in documents}, data["paths"], tuple(data["faults"]))


def _document(fields: dict[str, Any]) -> Document:
    read = {
        "kind": Kind(fields["kind"]),
        "status": Status(fields["status"]),
        "provenance": {name: Source(Origin(kind), *rest) for name, (kind, *rest) in fields["provenance"].items()},
        "tags": tuple(fields["tags"]),
        "groups": tuple(fields["groups"]),
        "code": Code(fields["code"]) if fields["code"] else None,
        "notes": tuple(fields["notes"]),
    }
    return Document(**(fields | read))
