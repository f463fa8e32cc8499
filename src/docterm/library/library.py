"""A library: a folder of documents, opened in place, with the catalogue of what was read of it."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from docterm.config.paths import REFERENCES, cache_for, shipped_library
from docterm.errors import LibraryError
from docterm.library.catalogue import Catalogue
from docterm.library.identity import identify
from docterm.library.model import Address, Document, Passage, Record, Status
from docterm.library.records import load_records
from docterm.library.scan import require_folder
from docterm.text import label

if TYPE_CHECKING:
    from docterm.library.refresh import Changes, Progress

T = TypeVar("T")
CACHED_TEXTS = 16
NAMING_SECONDS = 3.0
"""Between two times that documents are named while others are still read."""


class Library:
    """A folder of documents. Methods may be called from any thread."""

    def __init__(self, root: Path) -> None:
        """Open the library in folder `root`, as it was last read; `refresh` brings it up to date.

        Raises LibraryError when the folder cannot be listed, StorageError when the cache cannot be kept.
        """
        self.root = require_folder(root)
        self.notes: list[str] = []
        """Sentences on what was repaired or left out while the library was opened."""
        self.cache_folder = cache_for(self.root)
        self._catalogue = Catalogue(self.cache_folder, str(self.root))
        if self._catalogue.fresh:
            self._note_rebuild()
        self._documents: dict[str, Document] = {}
        self._paths: dict[str, str] = {}
        self._references: tuple[int, int] | None = None
        self._foreign_changes = 0
        self._load_passages = lru_cache(maxsize=CACHED_TEXTS)(self._read_passages)
        self._healing(self._identify)

    def close(self) -> None:
        """Close the catalogue."""
        self._catalogue.close()

    def _note_rebuild(self) -> None:
        self.notes.append("The cache of this library was damaged or of another version; it was made anew.")

    def _healing(self, work: Callable[[], T]) -> T:
        """Run `work`; when the catalogue proves damaged, throw it away, read the folder again and run it once more."""
        try:
            return work()
        except sqlite3.DatabaseError:
            self._catalogue.reset()
            self._note_rebuild()
            self._refresh(lambda done, total: None, lambda: False)
            return work()

    # --- keeping up with the folder --------------------------------------------------------------

    def refresh(
        self,
        progress: Progress = lambda done, total: None,
        cancelled: Callable[[], bool] = lambda: False,
        workers: int | None = None,
    ) -> Changes:
        """Read what is new or changed in the folder, forget what is gone, and name the documents.

        `workers` is the number of files read at once; by default one a processor. While many files are read,
        those that are there already are named every few seconds. A refresh that is cancelled or killed goes on
        where it stopped. Raises LibraryError when the folder cannot be listed.
        """
        return self._healing(lambda: self._refresh(progress, cancelled, workers))

    def forget(self) -> None:
        """Throw away what was read, so that the next refresh reads every file again."""
        self._catalogue.reset()
        self._identify()

    def _refresh(self, progress: Progress, cancelled: Callable[[], bool], workers: int | None = None) -> Changes:
        from docterm.library.reading import Reading
        from docterm.library.refresh import refresh

        named = time.monotonic()

        def went_on(done: int, total: int) -> None:
            nonlocal named
            if time.monotonic() - named > NAMING_SECONDS:
                self._identify()
                named = time.monotonic()
            progress(done, total)

        reading = Reading(workers)
        try:
            changes = refresh(self.root, self._catalogue, reading, went_on, cancelled)
        finally:
            reading.close()
        seen = self._references, self._foreign_changes
        if changes or seen != (_signature(self.root / REFERENCES), self._catalogue.foreign_changes()):
            self._identify()
        return changes

    def _identify(self) -> None:
        self._references = _signature(self.root / REFERENCES)
        self._foreign_changes = self._catalogue.foreign_changes()
        try:
            records = load_records(self.root / REFERENCES)
        except LibraryError as error:
            records = {}
            if str(error) not in self.notes:
                self.notes.append(str(error))
        by_path = identify(self._catalogue.files(), records, known_works())
        self._documents = {document.key: document for document in by_path.values()}
        self._paths = {document.key: path for path, document in by_path.items()}
        self._load_passages.cache_clear()

    # --- asking ----------------------------------------------------------------------------------

    def documents(self, *, every: bool = False) -> tuple[Document, ...]:
        """Give the documents that can be read, by date; with `every`, also replaced digests and unreadable files."""
        return tuple(each for each in self._documents.values() if every or each.status is Status.READY)

    def document(self, name: str) -> Document:
        """Find a document by key, by path, or by an unambiguous part of its key, title or source.

        Raises LibraryError when nothing or more than one thing answers to `name`.
        """
        if name in self._documents:
            return self._documents[name]
        for matches in (self._by_path(name), _by_part_of_key(name), _by_part_of_name(name)):
            candidates = [document for document in self.documents() if matches(document)]
            if len(candidates) == 1:
                return candidates[0]
            if candidates:
                listed = ", ".join(f"{document.key} ({document.title})" for document in candidates[:8])
                raise LibraryError(
                    f"“{label(name)}” can mean more than one document: {listed}.", "Name one by its key."
                )
        raise LibraryError(f"No document is called “{label(name)}”.", "`docterm list` names them all.")

    def _by_path(self, name: str) -> Callable[[Document], bool]:
        asked = Path(os.path.realpath(os.path.expanduser(name.replace("\0", "\N{REPLACEMENT CHARACTER}"))))
        return lambda document: name == document.path or asked == self.path_of(document)

    def passages(self, document: Document) -> tuple[Passage, ...]:
        """Give every passage of a document, in order; none when it could not be read."""
        return self._healing(lambda: self._load_passages(document.key))

    def _read_passages(self, key: str) -> tuple[Passage, ...]:
        path = self._paths.get(key)
        return () if path is None else self._catalogue.passages(path, key)

    def passage(self, key: str, index: int) -> Passage | None:
        """Give one passage by its document's key and its index, or None when it is not there any more."""
        path = self._paths.get(key)
        return None if path is None else self._healing(lambda: self._catalogue.passage(path, key, index))

    def paragraphs(self, address: Address) -> tuple[Passage, ...]:
        """Give the body paragraphs an address names; raise LibraryError when the document has not all of them."""
        document = self.document(address.key)
        wanted = range(address.first, address.last + 1)
        passages = self.passages(document)
        found = tuple(each for each in passages if each.number is not None and each.number in wanted)
        if len(found) != len(wanted):
            raise LibraryError(
                f"{document.key} has no paragraph {max(address.last, 1)}.",
                f"Its paragraphs are 1 to {document.paragraphs}.",
            )
        return found

    def path_of(self, document: Document) -> Path:
        """Give the file of a document."""
        return self.root / self._paths[document.key]


def known_works() -> dict[str, Record]:
    """Give the records of the works that docterm recognises in any library: those of the shipped digests."""
    return load_records(shipped_library() / REFERENCES)


def _signature(path: Path) -> tuple[int, int] | None:
    """Give the size and time of a file, None when there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _by_part_of_key(name: str) -> Callable[[Document], bool]:
    part = name.casefold()
    return lambda document: bool(part) and part in document.key.casefold()


def _by_part_of_name(name: str) -> Callable[[Document], bool]:
    part = name.casefold()
    return lambda document: bool(part) and part in f"{document.title}\n{document.source}".casefold()
