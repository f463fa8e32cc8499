"""A library: a folder of documents, opened in place, with the catalogue of what was read of it."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from docterm.config.paths import cache_for
from docterm.errors import LibraryError, StorageError
from docterm.library import listing
from docterm.library.cache import RECORDS_CACHE, Cache, CacheBusy, stamp
from docterm.library.catalogue import Catalogue, is_damage, unusable
from docterm.library.duplicates import Twins, find_twins
from docterm.library.listing import Listing
from docterm.library.model import Address, Document, Kind, Passage, Status
from docterm.library.naming import find
from docterm.library.scan import require_folder

if TYPE_CHECKING:
    from docterm.library.bibliography.files import RecordFiles
    from docterm.library.bibliography.references import Pin
    from docterm.library.numbering import Whereabouts
    from docterm.library.numbers import Numbers
    from docterm.library.refresh import Changes, Progress

T = TypeVar("T")
CACHED_TEXTS = 16
NAMING_SECONDS = 3.0
"""Between two times that documents are named while others are still read, at least."""
NAMING_SHARE = 10
"""Of the time that naming takes, so much passes before the next."""


class Library:
    """A folder of documents. Methods may be called from any thread."""

    def __init__(self, root: Path) -> None:
        """Open the library in folder `root`, as it was last read; `refresh` brings it up to date.

        Raises LibraryError when the folder cannot be listed, StorageError when there is no room even for a scratch
        folder in place of a cache.
        """
        self.root = require_folder(root)
        self._repairs: list[str] = []
        self._number_notes: list[str] = []
        self._cache = Cache(cache_for(self.root))
        self._catalogue = self._open_catalogue()
        self._listing = Listing({}, {})
        self._twins: Twins | None = None
        self._origin = ""
        """What the listing was made from."""
        self._refreshing = threading.RLock()
        self._load_passages = lru_cache(maxsize=CACHED_TEXTS)(self._read_passages)
        self._healing(self._take_up)

    @cached_property
    def _records(self) -> RecordFiles:
        from docterm.library.bibliography.files import RecordFiles  # here: opening seldom needs records

        return RecordFiles(self.root, self.cache_folder)

    @cached_property
    def _numbers(self) -> Numbers:
        from docterm.library.numbers import Numbers  # here, as above

        return Numbers(self.root)

    def close(self) -> None:
        """Close the catalogue."""
        self._catalogue.close()
        self._cache.close()

    @property
    def cache_folder(self) -> Path:
        """The folder of what is derived from the library; a scratch folder where the cache cannot be used."""
        return self._cache.folder

    def scratch_folder(self, error: Exception) -> Path:
        """Give a private folder that is gone when the library is closed; raise `error` when there is none."""
        return self._cache.scratch(error)

    @property
    def notes(self) -> list[str]:
        """Sentences on what was repaired since the library was opened, and on what is wrong in it now."""
        found = [*self._repairs, *self._number_notes, *self._listing.faults]
        return [self._cache.note, *found] if self._cache.note else found

    def _open_catalogue(self) -> Catalogue:
        """Open the catalogue in the cache; where that is of no use, an empty one in a scratch folder."""
        try:
            catalogue = Catalogue(self.cache_folder, str(self.root))
        except CacheBusy:
            raise
        except StorageError as error:
            self._cache.leave(error)
            return Catalogue(self.cache_folder, str(self.root))
        if catalogue.fresh:
            self._note_rebuild()
        return catalogue

    def _note_rebuild(self) -> None:
        self._repairs.append("The cache of this library was damaged or of another version; it was made anew.")

    def _healing(self, work: Callable[[], T], *, reread: bool = True) -> T:
        """Run `work`; when the catalogue proves damaged, throw it away, read the folder again and run it once more.

        One that cannot be written, on a full disk say, is left for one in a scratch folder. One that another docterm
        keeps locked raises StorageError and stays as it is.
        """
        try:
            return work()
        except sqlite3.ProgrammingError:  # it is closed: a thread has outlived the library
            raise
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            self._mend(unusable(self._catalogue.path, error), damaged=is_damage(error))
        except StorageError as error:
            self._mend(error, damaged=False)
        if reread:
            self._refresh(lambda done, total: None, lambda: False)
        return work()

    def _mend(self, error: StorageError, *, damaged: bool) -> None:
        """Put an empty catalogue in the place of one that failed."""
        if isinstance(error, CacheBusy):
            raise error
        if damaged:
            try:
                self._catalogue.reset()
            except StorageError as failure:
                error = failure
            else:
                self._note_rebuild()
                return
        self._cache.leave(error)
        self._catalogue.close()
        self._catalogue = self._open_catalogue()

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
        where it stopped. A refresh waits for one that runs. Raises LibraryError when the folder cannot be listed.
        """
        return self._healing(lambda: self._refresh(progress, cancelled, workers), reread=False)

    def forget(self) -> None:
        """Throw away what was read, so that the next refresh reads every file again."""
        try:
            self._catalogue.reset()
        except StorageError as error:
            self._mend(error, damaged=False)
        self._records.forget()
        self._identify()

    def _refresh(self, progress: Progress, cancelled: Callable[[], bool], workers: int | None = None) -> Changes:
        with self._refreshing:
            return self._refresh_alone(progress, cancelled, workers)

    def _refresh_alone(self, progress: Progress, cancelled: Callable[[], bool], workers: int | None) -> Changes:
        from docterm.library.reading import Reading
        from docterm.library.refresh import refresh, renumber

        due = time.monotonic() + NAMING_SECONDS

        def went_on(done: int, total: int) -> None:
            nonlocal due
            begun = time.monotonic()
            if begun > due:
                self._keep_numbers()
                self._identify(keep=False)
                now = time.monotonic()
                due = now + max(NAMING_SECONDS, NAMING_SHARE * (now - begun))
            progress(done, total)

        try:
            with closing(Reading(workers)) as reading:
                described = self._records.update(reading)
                changes = refresh(
                    self.root, self._catalogue, self._numbers, reading, progress=went_on, cancelled=cancelled
                )
        finally:
            self._keep_numbers()
        renumbered = renumber(self._catalogue, self._numbers)
        self._number_notes = self._numbers.notes
        described = described or renumbered or (not changes and self._origin != self._origin_now())
        changes = replace(changes, described=described)
        if changes:
            self._identify()
        return changes

    def _keep_numbers(self) -> None:
        try:
            if self._numbers.save():
                self._catalogue.see_numbers(self._numbers.signature())
        except StorageError as error:
            self._repairs = [*dict.fromkeys([*self._repairs, str(error)])]

    def _take_up(self) -> None:
        """Take the listing that was kept, or make it where files or records have changed since."""
        records = stamp(self.cache_folder / RECORDS_CACHE)
        origin = listing.origin(self._catalogue.revision(), records)
        kept = self._catalogue.listing(origin)
        if kept is None:
            self._identify()
        else:
            self._origin, self._listing, self._twins = origin, kept, None

    def _identify(self, *, keep: bool = True) -> None:
        """Find out which documents there are, and keep that for the next start where it can be written."""
        self._origin = self._origin_now()  # before the files are asked for: what changes meanwhile is noticed
        self._listing = listing.make(self._catalogue.files(), self._records.files, self.cache_folder)
        self._twins = None
        self._load_passages.cache_clear()
        if keep:
            with contextlib.suppress(StorageError):
                self._catalogue.keep_listing(self._origin, self._listing)

    def _origin_now(self) -> str:
        return listing.origin(self._catalogue.revision(), self._records.stamp)

    # --- records ---------------------------------------------------------------------------------

    def pin(self, document: Document) -> None:
        """Keep the key of a document that is used now, if docterm made it, and the numbers of its paragraphs.

        Where the library cannot be written a note says so, and the key may change.
        """
        from docterm.library.bibliography import references
        from docterm.library.identity import is_settled

        path = self._listing.paths.get(document.key)
        if path is not None:
            self._numbers.keep(path, _pin(document).sha256, self.passages(document))
            self._keep_numbers()
        if is_settled(document):
            return
        try:
            references.pin(self.root, document.key, _pin(document))
        except (LibraryError, StorageError) as error:
            self._repairs.append(f"The key {document.key} is not kept for good: {error}")
        else:
            self._reread_records()

    def correct(self, document: Document, changes: Mapping[str, Any]) -> Document:
        """Write the user's values of fields into references.json; None takes a correction back. Gives the document.

        Raises RequestError when there is none to take back, LibraryError when the file cannot be changed.
        """
        from docterm.library.bibliography import references

        key = document.key if document.kind is Kind.DOCUMENT else str(document.record["id"])
        references.correct(self.root, key, _pin(document), changes)
        self._reread_records()
        return self._listing.documents[document.key]

    def _reread_records(self) -> None:
        from docterm.library.reading import Reading

        with closing(Reading(1)) as reading:
            self._records.update(reading)
        self._healing(self._identify)

    # --- asking ----------------------------------------------------------------------------------

    def documents(self, *, every: bool = False) -> tuple[Document, ...]:
        """Give the documents that can be read, by date; with `every`, also replaced digests and unreadable files."""
        return tuple(each for each in self._listing.documents.values() if every or each.status is Status.READY)

    def get(self, key: str) -> Document | None:
        """Give the document with a key, be it replaced or unreadable; None when there is none."""
        return self._listing.documents.get(key)

    def document(self, name: str) -> Document:
        """Find a document by key, by path or file name, or by an unambiguous part of its key, title or source.

        Raises LibraryError when nothing or more than one thing answers to `name`.
        """
        return self._listing.documents.get(name) or find(name, self.documents(), self.path_of)

    def passages(self, document: Document) -> Sequence[Passage]:
        """Give every passage of a document, in order; none when it could not be read."""
        return self._healing(lambda: self._load_passages(document.key, document.stamp))

    def _read_passages(self, key: str, _stamp: str) -> Sequence[Passage]:
        path = self._listing.paths.get(key)
        return () if path is None else self._catalogue.passages(path, key)

    def passage(self, key: str, index: int) -> Passage | None:
        """Give one passage by its document's key and its index, or None when it is not there any more."""
        path = self._listing.paths.get(key)
        return None if path is None else self._healing(lambda: self._catalogue.passage(path, key, index))

    def paragraphs(self, address: Address) -> Sequence[Passage]:
        """Give the body paragraphs an address names; raise LibraryError when the document has not all of them."""
        document = self.document(address.key)
        body = [each for each in self.passages(document) if each.number is not None]
        places = {each.number: place for place, each in enumerate(body)}
        for number in (address.first, address.last):
            if number not in places:
                from docterm.library.fates import missing

                hint = missing(document.key, self.whereabouts(document, number), [each.locator for each in body])
                raise LibraryError(f"{document.key} has no paragraph {number}.", hint)
        found = body[places[address.first] : places[address.last] + 1]
        if not found:
            raise LibraryError(f"{address} names no paragraphs.", f"{address.last} stands before {address.first}.")
        return found

    def whereabouts(self, document: Document, number: int) -> Whereabouts | None:
        """Say what became of a paragraph that was given `number`; None where nothing is recorded of it."""
        path = self._listing.paths.get(document.key)
        return None if path is None else self._numbers.whereabouts(path, number)

    def follow(self, address: Address) -> tuple[Sequence[Passage], list[str]]:
        """Give the paragraphs that an address named when it was written, and sentences on what became of them.

        Raises LibraryError when they are gone.
        """
        from docterm.library.fates import became

        document = self.document(address.key)
        found = self.whereabouts(document, address.first)
        if address.first == address.last and found is not None and found.numbers:
            now = Address(document.key, found.numbers[0], found.numbers[-1])
            return self.paragraphs(now), became(Address(document.key, address.first, address.last), found)
        passages = self.paragraphs(address)
        fates = ((each.number, self.whereabouts(document, each.number)) for each in passages if each.number is not None)
        changed = [str(number) for number, fate in fates if fate is not None and fate != ((number,), False)]
        return passages, [f"Changed since it was numbered: para. {', '.join(changed)}."] if changed else []

    def twins(self) -> Twins:
        """Give, for each document that is in the library more than once, the others; reckoned when first asked for."""
        if self._twins is None:
            self._twins = self._healing(self._find_twins)
        return self._twins

    @property
    def known_twins(self) -> Twins:
        """The same, as far as it was reckoned: for those who cannot wait."""
        return self._twins or {}

    def _find_twins(self) -> Twins:
        keys = {path: key for key, path in self._listing.paths.items()}
        sketches = {keys[row.path]: row.sketch for row in self._catalogue.files() if row.path in keys}
        return find_twins(self.documents(), sketches)

    def path_of(self, document: Document) -> Path:
        """Give the file of a document."""
        return self.root / self._listing.paths[document.key]


def _pin(document: Document) -> Pin:
    from docterm.library.bibliography.references import Pin

    return Pin(document.path, document.stamp.partition(":")[0])
