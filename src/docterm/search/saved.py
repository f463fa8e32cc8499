"""Saved searches, and what is new among their answers since they were last looked at."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docterm.config.paths import private_folder
from docterm.config.writing import put
from docterm.errors import StorageError
from docterm.library.cache import locked
from docterm.search.results import Hit

SCHEMA = "docterm.searches/1"
LOCK = "searches.lock"
MOST_SEEN = 5000
"""Passages of a search that are remembered as seen: of what is found beyond them nothing is called new."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query with a name, and the passages that were found when it was last looked at."""

    name: str
    query: str
    looked: str
    """When that was, to the minute, in UTC: `2026-11-24 14:03`."""
    seen: frozenset[str]

    def new(self, hits: Iterable[Hit]) -> list[Hit]:
        """Give the hits whose words were in no passage that was found then."""
        return [hit for hit in hits if fingerprint(hit) not in self.seen]


def fingerprint(hit: Hit) -> str:
    """Give what a passage is known by: its document and its words, wherever in the document they stand."""
    return hashlib.blake2b(f"{hit.document.key}\n{hit.passage.text}".encode(), digest_size=8).hexdigest()


class SavedSearches:
    """The saved searches of one library, in a file of the state folder."""

    def __init__(self, folder: Path, library: Path) -> None:
        """Take the state folder, which need not exist, and the library's."""
        self._file = folder / "searches.json"
        self._library = str(library)

    def all(self) -> list[SavedSearch]:
        """Give the saved searches by name. Raises StorageError when the file cannot be read."""
        try:
            return [_search(**each) for each in self._read().get(self._library, [])]
        except (TypeError, ValueError) as error:
            raise self._unreadable() from error

    def find(self, name: str) -> SavedSearch | None:
        """Give a saved search by its name, or None."""
        return next((each for each in self.all() if each.name == name), None)

    def save(self, name: str, query: str, hits: Iterable[Hit]) -> SavedSearch:
        """Keep a search under a name, in place of one that has it, with `hits` as seen.

        Raises StorageError when it cannot be written.
        """
        seen = [fingerprint(hit) for hit in hits][:MOST_SEEN]
        saved = SavedSearch(name, query, f"{datetime.now(UTC):%Y-%m-%d %H:%M}", frozenset(seen))
        with locked(self._file.parent, LOCK):
            self._write([*(each for each in self.all() if each.name != name), saved])
        return saved

    def forget(self, name: str) -> bool:
        """Remove a saved search; say whether there was one."""
        with locked(self._file.parent, LOCK):
            before = self.all()
            kept = [each for each in before if each.name != name]
            if len(kept) < len(before):
                self._write(kept)
            return len(kept) < len(before)

    def _read(self) -> Mapping[str, list[dict[str, Any]]]:
        try:
            held = json.loads(self._file.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError) as error:
            raise self._unreadable() from error
        if not isinstance(held, dict) or held.get("schema") != SCHEMA or not isinstance(held.get("libraries"), dict):
            raise self._unreadable()
        libraries: dict[str, list[dict[str, Any]]] = held["libraries"]
        return libraries

    def _unreadable(self) -> StorageError:
        return StorageError(f"The saved searches in {self._file} cannot be read.", "Move the file away to begin anew.")

    def _write(self, searches: Iterable[SavedSearch]) -> None:
        ordered = sorted(searches, key=lambda each: each.name)
        own = [
            {"name": each.name, "query": each.query, "looked": each.looked, "seen": sorted(each.seen)}
            for each in ordered
        ]
        held = {"schema": SCHEMA, "libraries": {**self._read(), self._library: own}}
        private_folder(self._file.parent)
        try:
            put(self._file, json.dumps(held, ensure_ascii=False, indent=1).encode())
        except OSError as error:
            raise StorageError(
                f"The saved searches in {self._file} cannot be written: {error.strerror}.", "Free space."
            ) from error


def _search(name: str, query: str, looked: str, seen: list[str]) -> SavedSearch:
    """Give a saved search as the file has it. Raises ValueError or TypeError when it is none."""
    if not all(isinstance(each, str) for each in (name, query, looked, *seen)):
        raise ValueError("it is no saved search")
    return SavedSearch(name, query, looked, frozenset(seen))
