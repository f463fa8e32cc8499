"""Writing: documents in place of others, in one commit, and segments joined in the background.

A commit is whole or is not: the segment's file and the lines of the table are on the disk before Whoosh's table of
contents, which names them, is renamed into place.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from whoosh.index import TOC, FileIndex, clean_files
from whoosh.util.filelock import try_for

from docterm.library.model import Passage
from docterm.search.engine import EngineBusy, EngineDamaged, Known
from docterm.search.whoosh_engine.codec import PassageSegment
from docterm.search.whoosh_engine.inversion import Inversion
from docterm.search.whoosh_engine.merging import to_merge
from docterm.search.whoosh_engine.schema import make_schema
from docterm.search.whoosh_engine.segment import OpenSegment
from docterm.search.whoosh_engine.stamp import seal
from docterm.search.whoosh_engine.storage import IndexStorage, sync
from docterm.search.whoosh_engine.table import Table, log_name

LOCK_SECONDS = 5.0


@contextlib.contextmanager
def locked(storage: IndexStorage, name: str) -> Iterator[None]:
    """Keep other processes from writing the index `name`; raise EngineBusy when one does for too long.

    Raises EngineDamaged when there is something that cannot be locked.
    """
    lock = storage.lock(lock_name(name))
    try:
        taken = try_for(lock.acquire, timeout=LOCK_SECONDS)
    except OSError as error:
        raise EngineDamaged(str(error)) from error
    if not taken:
        raise EngineBusy
    try:
        yield
    finally:
        lock.release()


def lock_name(name: str) -> str:
    """Give the name of the file that whoever writes an index keeps locked."""
    return f"{name}_WRITELOCK"


def make_empty(storage: IndexStorage, name: str) -> None:
    """Put an empty index in the place of whatever the folder holds. Whoever makes it must have it locked.

    It is the next commit after those that were there, so that other processes, which may be reading them, see it as
    such; and only then is the rest removed.
    """
    number = TOC._latest_generation(storage, name) + 1
    Table(storage.path).append(number, (), ())
    TOC(make_schema(), [], number).write(storage, name)
    staying = {lock_name(name), log_name(number), TOC._filename(name, number)}
    for path in [path for path in storage.path.iterdir() if path.name not in staying]:
        remove(path)
    seal(storage.path)


def remove(path: Path) -> None:
    """Remove what stands at a path, file or folder, as far as that can be done."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


class Commit:
    """The next commit of an index, which must be locked: what it adds and removes, until it is made."""

    def __init__(self, index: FileIndex, storage: IndexStorage, table: Table) -> None:
        self._index = index
        self._storage = storage
        self._table = table
        self._toc = TOC.read(storage, index.indexname, schema=index.schema)
        table.follow(self._toc.generation)
        self._number = self._toc.generation + 1
        self._segments: list[PassageSegment] = list(self._toc.segments)
        self._inversion = Inversion()
        self._changed: dict[str, Known] = {}
        self._gone: set[str] = set()

    def remove(self, key: str) -> None:
        """Forget a document."""
        self._delete(key)
        self._changed.pop(key, None)
        self._gone.add(key)

    def put(self, key: str, known: Known, passages: Iterable[Passage] | None) -> None:
        """Take in a document with the passages that are to be found; without any, those there are stay.

        These keep the stems they have: a document whose language is another one now needs its passages anew.
        Raises ValueError when the commit has taken it in already.
        """
        if passages is not None:
            self._delete(key)
            self._inversion.begin(key, known.facts.stemmed_as)
            for each in passages:
                self._inversion.add(each.index, each.locator.shown_page, each.locator.headings, each.text)
        self._changed[key] = known
        self._gone.discard(key)

    def _delete(self, key: str) -> None:
        for segment in self._segments:
            found = segment.opened(self._storage).live(key)
            if found is not None:
                segment.delete_passages(*found)

    def make(self) -> None:
        """Make the commit."""
        gone = [key for key in self._gone if key in self._table.known]
        if self._inversion.keys:
            self._segments.append(self._save(self._inversion))
        self._write(self._changed, gone)

    def join(self, cancelled: Callable[[], bool]) -> bool:
        """Make a commit that joins segments where there are too many; say whether there was something to do."""
        chosen = to_merge(self._segments)
        if not chosen:
            return False
        for place in chosen:
            self._inversion.absorb(self._segments[place].opened(self._storage))
            if cancelled():
                return False
        joined = [self._save(self._inversion)] if len(self._inversion) else []
        self._segments = [each for place, each in enumerate(self._segments) if place not in chosen] + joined
        self._write({}, ())
        return True

    def _save(self, inversion: Inversion) -> PassageSegment:
        segment = PassageSegment(self._index.indexname, len(inversion))
        path = self._storage.path / segment.file_name
        try:
            with path.open("wb") as file:
                inversion.save(file)
            sync(path)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return segment

    def _write(self, changed: dict[str, Known], gone: Iterable[str]) -> None:
        live = [segment for segment in self._segments if segment.doc_count()]
        self._table.append(self._number, changed.items(), gone)
        TOC(self._index.schema, live, self._number).write(self._storage, self._index.indexname)
        clean_files(self._storage, self._index.indexname, self._number, live)
        self._table.clean(self._number)
        seal(self._storage.path)


def open_segments(index: FileIndex, storage: IndexStorage) -> tuple[int, list[OpenSegment]]:
    """Give the number of the last commit and its segments; segments that were opened before are not opened again."""
    toc: Any = TOC.read(storage, index.indexname, schema=index.schema)
    segments = [segment.opened(storage) for segment in toc.segments]
    storage.keep_only({segment.name for segment in segments})
    return toc.generation, segments
