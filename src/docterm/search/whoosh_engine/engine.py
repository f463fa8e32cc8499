"""The search engine: Whoosh's index, locks and commits, with a codec, a searcher and a document table of our own."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

from whoosh.index import FileIndex

from docterm.config.paths import is_private, private_folder
from docterm.errors import DoctermError
from docterm.library.model import Role
from docterm.search.engine import Cancelled, EngineBusy, EngineDamaged, Entry, Found, Known, never
from docterm.search.facts import Facts
from docterm.search.tree import Node
from docterm.search.whoosh_engine import unpickling
from docterm.search.whoosh_engine.plain import Plain
from docterm.search.whoosh_engine.schema import make_schema
from docterm.search.whoosh_engine.searcher import Searcher
from docterm.search.whoosh_engine.segment import OpenSegment
from docterm.search.whoosh_engine.stamp import is_sound
from docterm.search.whoosh_engine.storage import IndexStorage
from docterm.search.whoosh_engine.table import Table
from docterm.search.whoosh_engine.writer import Commit, lock_name, locked, make_empty, open_segments, remove

T = TypeVar("T")
NAME = "MAIN"
NUMPY_FROM = 20_000
"""Passages from which on numpy, where it is installed, saves more time than the 0.15 s that importing it takes."""
_TRIES = 10
unpickling.install()  # before any index is opened


class WhooshEngine:
    """An index of passages in a private folder (its table of contents is a pickle: it is never read from elsewhere)."""

    def __init__(self, folder: Path, *, numpy: bool | None = None) -> None:
        """Open the index in `folder`, or start one. `fresh` tells that there was one that had to be thrown away.

        `numpy` says whether to reckon with it; None: where it is installed and there are enough passages.
        """
        trusted = not folder.exists() or is_private(folder)
        self._folder = private_folder(folder)
        self._numpy = numpy
        self._lock = threading.RLock()
        self._writing = threading.Lock()  # apart from the other one, so that searching goes on while this holds it
        self._searcher: tuple[int, Searcher] | None = None
        self.fresh = False
        self._open(trusted=trusted)

    def _open(self, *, trusted: bool) -> None:
        existed = any(self._folder.iterdir())
        if not (existed and trusted and self._attached()):
            self._remove_false_lock()
            with locked(IndexStorage(self._folder), NAME):
                if trusted and self._attached():  # another docterm has made it meanwhile
                    return
                self.fresh = existed
                self._create()

    def _attached(self) -> bool:
        """Take the index that is there, and say whether it is sound."""
        try:
            if is_sound(self._folder):
                self._attach()
                return True
        except Exception:  # noqa: S110 - unpickling a damaged index can raise anything; the answer is the same
            pass
        return False

    def _attach(self) -> None:
        self._storage = IndexStorage(self._folder)
        self._index = FileIndex(self._storage, make_schema(), NAME)
        self._table = Table(self._folder)
        self._current()

    def _create(self) -> None:
        make_empty(IndexStorage(self._folder), NAME)
        self._attach()

    def _remove_false_lock(self) -> None:
        """Remove what stands where the lock should be and is no file: it could never be locked."""
        path = self._folder / lock_name(NAME)
        if path.is_dir():
            remove(path)

    def reset(self) -> None:
        """Throw the index away and start an empty one. Raises EngineBusy when another process is writing it."""
        with self._writing, self._lock:
            self.close()
            private_folder(self._folder)
            self._remove_false_lock()
            with locked(self._storage, NAME):
                self._create()

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._searcher = None
            self._storage.keep_only(set())

    def documents(self) -> Mapping[str, Known]:
        """Give what is known of each indexed document, by key."""
        with self._lock, _damage_told():
            self._current()
            return dict(self._table.known)

    def update(self, added: Iterable[Entry], removed: Iterable[str]) -> None:
        """Index documents and forget `removed`, in one commit; segments are not joined by it."""
        with self._writing, locked(self._storage, NAME):
            commit = self._commit()
            for key in removed:
                with _damage_told():
                    commit.remove(key)
            for entry in added:
                bodies = None if entry.passages is None else [each for each in entry.passages if each.role is Role.BODY]
                with _damage_told():
                    commit.put(entry.facts.key, Known(entry.stamp, entry.facts), bodies)
            with _damage_told():
                commit.make()

    def tidy(self, cancelled: Callable[[], bool] = lambda: False) -> bool:
        """Join segments where there are too many or too much of them is deleted."""
        done = False
        while not cancelled():
            with self._writing, locked(self._storage, NAME):
                commit = self._commit()
                with _damage_told():
                    if not commit.join(cancelled):
                        break
            done = True
        return done

    def _commit(self) -> Commit:
        with self._lock, _damage_told():
            return Commit(self._index, self._storage, self._table)

    def search(self, node: Node, limit: int | None, check: Callable[[], None] = never) -> Found:
        """Give the passages that answer `node`, the best `limit` of them ranked by BM25F (None: all)."""
        return self._run(lambda searcher: searcher.search(node, limit, check), check)

    def count(self, node: Node) -> int:
        """Give the number of passages that answer `node`."""
        return self._run(lambda searcher: searcher.count(node), never)

    def words(self, start: str = "") -> Mapping[str, int]:
        """Give the words that begin with `start`, with about the number of passages of each."""
        return self._run(lambda searcher: searcher.words(start), never)

    def _run(self, work: Callable[[Searcher], T], check: Callable[[], None]) -> T:
        with self._lock:
            check()  # it may have waited here
            try:
                return work(self._current())
            except (DoctermError, Cancelled):
                raise
            except Exception as error:  # a damaged segment can raise anything
                self._searcher = None
                raise EngineDamaged(str(error)) from error

    def _current(self) -> Searcher:
        """Give a searcher of the last commit, which another process may have made."""
        number = self._index.latest_generation()
        if self._searcher is None or self._searcher[0] != number:
            number, segments = self._read()
            searcher = Searcher(segments, self._facts_of, self._arithmetic(sum(map(len, segments))))
            self._searcher = number, searcher
        return self._searcher[1]

    def _read(self) -> tuple[int, list[OpenSegment]]:
        """Read the last commit. A writer may remove its files meanwhile, when it has made the next one."""
        for attempt in range(_TRIES):
            try:
                number, segments = open_segments(self._index, self._storage)
                self._table.follow(number)
                return number, segments
            except (OSError, ValueError):
                if attempt == _TRIES - 1 or self._index.latest_generation() < 0:
                    raise
                time.sleep(0.01 * attempt)
        raise AssertionError

    def _facts_of(self, key: str) -> Facts | None:
        known = self._table.known.get(key)
        return None if known is None else known.facts

    def _arithmetic(self, passages: int) -> Any:  # noqa: ANN401 - a class of `plain` or `dense`, which are alike
        wanted = self._numpy
        if wanted is None:
            wanted = "numpy" in sys.modules or (passages >= NUMPY_FROM and find_spec("numpy") is not None)
        if not wanted:
            return Plain
        from docterm.search.whoosh_engine.dense import Dense

        return Dense


@contextlib.contextmanager
def _damage_told() -> Iterator[None]:
    """Turn whatever reading a damaged index raises into EngineDamaged."""
    try:
        yield
    except (EngineBusy, DoctermError):
        raise
    except Exception as error:
        raise EngineDamaged(str(error)) from error
