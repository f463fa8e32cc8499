"""The search engine on Whoosh's stock codec, for libraries of up to some thousand passages."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

import whoosh
from whoosh import index, query
from whoosh.searching import Searcher
from whoosh.util.filelock import try_for
from whoosh.writing import LockError

from docterm.config.paths import private_folder
from docterm.library.model import Passage, Role
from docterm.search.engine import EngineBusy, EngineDamaged, Found, Ranked
from docterm.search.tree import And, Node, Or, Phrase, Prefix, Term
from docterm.search.whoosh_engine.schema import SCHEMA_VERSION, make_schema
from docterm.text import stem

T = TypeVar("T")
STAMPS = "stamps.json"
LOCK = "update.lock"
ENGINE = f"{SCHEMA_VERSION}/{whoosh.versionstring()}"
LOCK_SECONDS = 5.0
RANKED_PREFIX = 3
"""Letters from which a prefix ranks by the words it stands for: a shorter one stands for hundreds."""
_LASTING = (".seg", ".toc")
_GONE = -1


class WhooshEngine:
    """An index of passages in a private folder (a Whoosh index unpickles, so it is never read from elsewhere)."""

    def __init__(self, folder: Path) -> None:
        """Open the index in `folder`, or start one. `fresh` tells that there was one that had to be thrown away."""
        self._folder = folder
        self._lock = threading.RLock()
        self._writing = threading.Lock()  # apart from the other one, so that searching goes on while this holds it
        self._searcher: Searcher | None = None
        private_folder(folder)
        self.fresh = False
        self._index = self._open()

    def _open(self) -> Any:  # noqa: ANN401 - whoosh's types are only partly given
        existed = any(self._folder.iterdir())
        try:
            if existed and _is_sound(self._folder):
                return index.open_dir(str(self._folder))
        except Exception:  # noqa: S110 - unpickling a damaged index can raise anything; the answer is the same
            pass
        self.fresh = existed
        return self._create()

    def _create(self) -> Any:  # noqa: ANN401
        shutil.rmtree(self._folder, ignore_errors=True)
        private_folder(self._folder)
        created = index.create_in(str(self._folder), make_schema())
        _write_stamps(self._folder, {})
        return created

    def reset(self) -> None:
        """Throw the index away and start an empty one."""
        with self._writing, self._lock:
            self.close()
            self._index = self._create()

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._drop_searcher()
            self._index.close()

    def _drop_searcher(self) -> None:
        if self._searcher is not None:
            with contextlib.suppress(Exception):  # that of a damaged index
                self._searcher.close()
            self._searcher = None

    def stamps(self) -> Mapping[str, str]:
        """Give the stamp of each indexed document by key."""
        try:
            with self._lock:  # for a moment of `reset` there is no file
                stamps: dict[str, str] = _read_stamps(self._folder)["documents"]
            return dict(stamps)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise EngineDamaged(str(error)) from error

    def update(self, added: Iterable[tuple[str, str, Iterable[Passage]]], removed: Iterable[str]) -> None:
        """Index documents in place of what was indexed under their keys, and forget `removed`, in one commit.

        The stamps are written after the commit: a process that is killed between the two indexes the same
        documents again, in place of the first time.
        """
        with self._writing, _held(self._index.storage.lock(LOCK)):
            try:
                with _damage_told():
                    writer = self._index.writer(timeout=LOCK_SECONDS)
            except LockError as error:
                raise EngineBusy from error
            try:
                stamps = dict(self.stamps())
                for key in removed:
                    with _damage_told():
                        writer.delete_by_term("document", key)
                    stamps.pop(key, None)
                for key, stamp, passages in added:
                    texts = [(passage.index, passage.text) for passage in passages if passage.role is Role.BODY]
                    with _damage_told():
                        _replace(writer, key, texts)
                    stamps[key] = stamp
                with _damage_told():
                    writer.commit()
            except BaseException:
                with contextlib.suppress(Exception):  # the first failure is the one to tell
                    writer.cancel()
                raise
            _write_stamps(self._folder, stamps)

    def search(self, node: Node, limit: int | None) -> Found:
        """Give the passages that answer `node`, the best `limit` of them ranked by BM25F (None: all)."""
        return self._run(lambda searcher: _search(searcher, _translate(node), limit))

    def count(self, node: Node) -> int:
        """Give the number of passages in which a part of a query is found."""
        return self._run(lambda searcher: _count(searcher, _translate(node)))

    def _run(self, work: Callable[[Searcher], T]) -> T:
        with self._lock:
            try:
                return work(self._current_searcher())
            except Exception as error:  # a damaged segment can raise anything
                self._drop_searcher()
                raise EngineDamaged(str(error)) from error

    def _current_searcher(self) -> Searcher:
        # Searcher.refresh is of no use: it goes on finding what stood in segments that were merged since.
        if self._searcher is not None and self._index.latest_generation() != self._searcher.reader().generation():
            self._drop_searcher()
        if self._searcher is None:
            self._searcher = self._index.searcher()
        return self._searcher


@contextlib.contextmanager
def _held(lock: Any) -> Iterator[None]:  # noqa: ANN401
    """Keep other processes from updating, the stamps included: Whoosh's own lock ends with the commit."""
    if not try_for(lock.acquire, timeout=LOCK_SECONDS):
        raise EngineBusy
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def _damage_told() -> Iterator[None]:
    """Turn whatever reading a damaged index raises into EngineDamaged."""
    try:
        yield
    except LockError:
        raise
    except Exception as error:
        raise EngineDamaged(str(error)) from error


def _replace(writer: Any, key: str, texts: Iterable[tuple[int, str]]) -> None:  # noqa: ANN401
    writer.delete_by_term("document", key)
    for number, text in texts:
        writer.add_document(document=key, index=number, stems=text, words=text)


def _search(searcher: Searcher, translated: query.Query, limit: int | None) -> Found:
    if not searcher.doc_count():  # an empty index has no columns to read
        return Found((), {})
    results = searcher.search(translated, limit=None)  # one pass for ranking and counting: two cost twice as much
    keys = searcher.reader().column_reader("document")
    counts = Counter(keys[results.docnum(place)] for place in range(results.scored_length()))
    ranked = tuple(Ranked(hit["document"], hit["index"], hit.score) for hit in islice(results, limit))
    return Found(ranked, counts)


def _count(searcher: Searcher, translated: query.Query) -> int:
    return sum(1 for _ in translated.docs(searcher)) if searcher.doc_count() else 0


def _translate(node: Node) -> query.Query:
    match node:
        case Or(parts):
            return query.Or([_translate(part) for part in parts])
        case And(parts):
            return query.And([_translate(part) for part in parts])
        case Term(word):
            return query.Term("stems", stem(word))
        case Prefix(start):
            return query.Prefix("words", start, constantscore=len(start) < RANKED_PREFIX)
        case Phrase(words):
            return query.Phrase("stems", [stem(word.word) for word in words if isinstance(word, Term)])
    raise NotImplementedError(node)


def _read_stamps(folder: Path) -> dict[str, Any]:
    stamps: dict[str, Any] = json.loads((folder / STAMPS).read_bytes())
    return stamps


def _write_stamps(folder: Path, stamps: Mapping[str, str]) -> None:
    known: dict[str, int] = {}
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):  # there is none yet, or it is damaged
        known = dict(_read_stamps(folder)["files"])
    files = {name: known[name] if name in known else checksum() for name, checksum in _checksums(folder).items()}
    scratch = folder / f"{STAMPS}.new"
    scratch.write_text(json.dumps({"engine": ENGINE, "files": files, "documents": stamps}), "utf-8")
    os.replace(scratch, folder / STAMPS)


def _is_sound(folder: Path) -> bool:
    """Say whether the index is of this version and no file of it was changed since it was written.

    Whoosh writes a file once, under a name of its own, and does not notice when its bytes change later. Files
    that are not listed or not there any more belong to a commit that was not acknowledged, or is going on.
    """
    stamps = _read_stamps(folder)
    present = _checksums(folder)
    return stamps["engine"] == ENGINE and all(
        present[name]() in (checksum, _GONE) for name, checksum in stamps["files"].items() if name in present
    )


def _checksums(folder: Path) -> dict[str, Callable[[], int]]:
    """Give how to reckon the checksum of each file of the index, by name."""
    return {path.name: partial(_checksum, path) for path in folder.iterdir() if path.suffix in _LASTING}


def _checksum(path: Path) -> int:
    try:
        return crc32(path.read_bytes())
    except FileNotFoundError:  # another process has just merged it into a new one
        return _GONE
