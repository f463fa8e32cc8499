"""Finding the records of a document among those that the library's files hold."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from docterm.library.bibliography.entry import Entry
from docterm.library.bibliography.files import RecordFile
from docterm.library.bibliography.origin import Origin
from docterm.library.bibliography.records import fingerprint
from docterm.library.bibliography.references import Pin, is_pinned, pin_of
from docterm.library.fingerprint import Sketch
from docterm.text import words

_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+", re.ASCII)
_ISBN = re.compile(r"\d[\d -]{8,15}[\dXx]", re.ASCII)
_SHORTEST_TITLE = 12
"""Letters: a shorter title, such as “Introduction”, could be that of another work."""
_LIBRARY_WIDE = (Origin.REFERENCES, Origin.BIB, Origin.YAML, Origin.RIS)


class Shelved(NamedTuple):
    """An entry by the file of records that it stands in, and its place there."""

    file: RecordFile
    place: int

    @property
    def entry(self) -> Entry:
        """The entry itself, which is taken out of the file each time."""
        return self.file.entries[self.place]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a document that records can be found by."""

    path: str
    keys: tuple[str, ...]
    """Keys that it may have: the one it names, and its file's name."""
    doi: str = ""
    isbn: str = ""
    url: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What entries can be found by in a library: what no document of it has need not be remembered of them."""

    names: Counter[str]
    """The base names of the documents, and how many have each."""
    marks: frozenset[str]
    titles: frozenset[str]

    @classmethod
    def by(cls, documents: Sequence[Facts]) -> _Wanted:
        return cls(
            Counter(_parts(each.path)[0] for each in documents),
            frozenset(mark for each in documents for mark in _marks(each.doi, each.isbn, each.url)),
            frozenset(title_mark(each.title) for each in documents) - {""},
        )


@dataclass(slots=True)
class _Index:
    """The entries of one kind of source, by everything that can lead to one. Of two with the same, the first counts."""

    by_id: dict[str, Shelved] = field(default_factory=dict)
    by_name: dict[str, list[tuple[tuple[str, ...], Shelved]]] = field(default_factory=dict)
    """By the base name of each attached file: the parts of its path, from the last."""
    by_mark: dict[str, Shelved] = field(default_factory=dict)
    by_title: dict[str, list[Shelved]] = field(default_factory=dict)

    def add(self, shelved: Shelved, entry: Entry, wanted: _Wanted) -> None:
        record = entry.record
        self.by_id.setdefault(entry.id, shelved)
        for parts in map(_parts, entry.files):
            if parts and parts[0] in wanted.names:
                self.by_name.setdefault(parts[0], []).append((parts, shelved))
        for mark in _marks(record.get("DOI", ""), record.get("ISBN", ""), record.get("URL", "")):
            if mark in wanted.marks:
                self.by_mark.setdefault(mark, shelved)
        title = title_mark(record.get("title", "")) if wanted.titles else ""
        if title in wanted.titles:
            self.by_title.setdefault(title, []).append(shelved)


class Shelf:
    """All entries of a library's files of records, and the ways to find those of a document."""

    def __init__(self, files: Iterable[RecordFile], documents: Sequence[Facts]) -> None:
        """Index the entries of `files` for documents of which this is known, their pinned keys apart."""
        self._index = {origin: _Index() for origin in _LIBRARY_WIDE}
        self._sidecars: dict[str, Shelved] = {}
        self.pins: list[tuple[Pin, Shelved]] = []
        self.fingerprints: dict[str, Sketch] = {}
        """Of the works that references.json tells of, by key: the sketch of each, empty where it keeps none of it."""
        self._wanted = _Wanted.by(documents) if any(file.entries for file in files) else _Wanted.by(())
        for file in sorted(files, key=lambda file: file.path.count("/")):  # those at the top count for more
            for place, entry in enumerate(file.entries):
                self._put(Shelved(file, place), entry)

    def _put(self, shelved: Shelved, entry: Entry) -> None:
        path, origin = shelved.file.path, shelved.file.origin
        if origin is Origin.SIDECAR:
            self._sidecars[path[: -len(".csl.json")]] = shelved
        elif is_pinned(entry.record):
            pin, folder = pin_of(entry.record), path.rpartition("/")[0]
            self.pins.append((pin._replace(path=f"{folder}/{pin.path}" if folder else pin.path), shelved))
        else:
            if origin is Origin.REFERENCES:
                self.fingerprints.setdefault(entry.id, fingerprint(entry.record))
            self._index[origin].add(shelved, entry, self._wanted)

    def keys(self) -> set[str]:
        """Give every key that an entry has, be its work in the library or not."""
        ids = {key for index in self._index.values() for key in index.by_id}
        return ids | {shelved.entry.id for _, shelved in self.pins}

    def named(self, key: str) -> list[Shelved]:
        """Give the entries with a key, of each kind of source at most one."""
        return [found for index in self._index.values() if (found := index.by_id.get(key))]

    def of(self, facts: Facts) -> list[Shelved]:
        """Give the entries of a document: its sidecar, and of each kind of source at most one.

        An entry is the document's when it names its file; else by the key, DOI, ISBN, URL or title, in that order.
        What one source finds by those, another may have under the same key.
        """
        sidecar = self._sidecars.get(facts.path) or self._sidecars.get(without_suffix(facts.path))
        found = [sidecar] if sidecar else []
        missing: list[_Index] = []
        for index in self._index.values():
            entry = self._in(index, facts)
            found += [entry] if entry else []
            missing += [] if entry else [index]
        ids = {each.entry.id for each in found}
        found += [entry for index in missing for key in ids if key and (entry := index.by_id.get(key))]
        return found

    def _in(self, index: _Index, facts: Facts) -> Shelved | None:
        if not index.by_id:
            return None
        if attached := self._attached(index, facts.path):
            return attached
        for key in facts.keys:
            if key in index.by_id:
                return index.by_id[key]
        for mark in _marks(facts.doi, facts.isbn, facts.url):
            if mark in index.by_mark:
                return index.by_mark[mark]
        titled = index.by_title.get(title_mark(facts.title), [])
        return titled[0] if len(titled) == 1 else None

    def _attached(self, index: _Index, path: str) -> Shelved | None:
        """Give the entry to which a file is attached: the one that names most of the file's path, from its end.

        The base name alone will do, since exports carry the paths of the machine they were made on; unless two
        documents or two entries have it.
        """
        parts = _parts(path)
        scored = [(_agreement(parts, named), entry) for named, entry in index.by_name.get(parts[0], ())]
        best = max((score for score, _ in scored), default=0)
        entries = {entry.entry.id: entry for score, entry in scored if score == best}
        if not best or (best == 1 and len(parts) > 1 and self._wanted.names[parts[0]] > 1):
            return None
        return next(iter(entries.values())) if len(entries) == 1 else None


def without_suffix(path: str) -> str:
    """Give a path without the suffix of its file, as `pathlib` does; libraries have many, and that costs ten times."""
    name = path.rpartition("/")[2]
    dot = name.rfind(".")
    return path[: len(path) - len(name) + dot] if 0 < dot < len(name) - 1 else path


def _parts(path: str) -> tuple[str, ...]:
    """Give the parts of a path from the last to the first, in the one form that file systems spell differently."""
    spelled = path if path.isascii() else unicodedata.normalize("NFC", path)
    return tuple(part for part in reversed(spelled.split("/")) if part not in ("", "."))


def _agreement(left: Sequence[str], right: Sequence[str]) -> int:
    same = (one == other for one, other in zip(left, right, strict=False))
    return next((count for count, equal in enumerate(same) if not equal), min(len(left), len(right)))


def _marks(doi: object, isbn: object, url: object) -> Iterator[str]:
    """Give what identifies a work, surest first; each with a letter before it that says what it is."""
    for match in _DOI.finditer(f"{doi} {url}"[:2000]) if doi or url else ():
        yield f"doi:{match[0].rstrip('.,;').lower()}"
    for match in _ISBN.finditer(str(isbn)[:200]) if isbn else ():
        yield f"isbn:{_isbn(match[0])}"
    address = re.sub(r"^https?://(?:www\.)?", "", str(url).strip().lower()) if url else ""
    if "/" in address.rstrip("/"):  # a bare host is that of many works
        yield f"url:{address.partition('#')[0].rstrip('/')}"


def _isbn(text: str) -> str:
    """Give an ISBN as its nine digits of group, publisher and title, which both lengths have."""
    digits = re.sub(r"[^\dX]", "", text.upper())
    return digits[3:12] if len(digits) == 13 else digits[:9]


def title_mark(title: object) -> str:
    """Give a title as it is compared, or nothing when it is too short to tell works apart."""
    folded = " ".join(words(str(title)[:1000]))
    return folded if len(folded) >= _SHORTEST_TITLE and " " in folded else ""
