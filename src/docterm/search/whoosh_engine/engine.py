"""The search engine on Whoosh's stock codec, for libraries of up to some thousand passages."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import whoosh
from whoosh import index, query
from whoosh.searching import Searcher
from whoosh.writing import LockError

from docterm.config.paths import private_folder
from docterm.library.model import Passage, Role
from docterm.search.engine import EngineBusy, EngineDamaged, Found, Ranked
from docterm.search.query import AnyOf, Leaf, Node, Phrase, Prefix, Term
from docterm.search.whoosh_engine.schema import SCHEMA_VERSION, make_schema
from docterm.text import stem

T = TypeVar("T")
STAMPS = "stamps.json"
ENGINE = f"{SCHEMA_VERSION}/{whoosh.versionstring()}"
LOCK_SECONDS = 5.0


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
            if existed and _read_stamps(self._folder)["engine"] == ENGINE:
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
            if self._searcher is not None:
                self._searcher.close()
                self._searcher = None
            self._index.close()

    def stamps(self) -> Mapping[str, str]:
        """Give the stamp of each indexed document by key."""
        try:
            stamps: dict[str, str] = _read_stamps(self._folder)["documents"]
        except (OSError, ValueError, KeyError) as error:
            raise EngineDamaged(str(error)) from error
        return stamps

    def update(self, added: Iterable[tuple[str, str, Iterable[Passage]]], removed: Iterable[str]) -> None:
        """Index documents in place of what was indexed under their keys, and forget `removed`, in one commit.

        The stamps are written after the commit: a process that is killed between the two indexes the same
        documents again, in place of the first time.
        """
        with self._writing:
            try:
                writer = self._index.writer(timeout=LOCK_SECONDS)
            except LockError as error:
                raise EngineBusy from error
            try:
                stamps = dict(self.stamps())
                for key in removed:
                    writer.delete_by_term("document", key)
                    stamps.pop(key, None)
                for key, stamp, passages in added:
                    writer.delete_by_term("document", key)
                    _add(writer, key, passages)
                    stamps[key] = stamp
            except BaseException:
                writer.cancel()
                raise
            writer.commit()
            _write_stamps(self._folder, stamps)

    def search(self, node: Node, limit: int | None) -> Found:
        """Give the passages that answer `node`, the best `limit` of them ranked by BM25F (None: all)."""
        return self._run(lambda searcher: _search(searcher, _translate(node), limit))

    def count(self, leaf: Leaf) -> int:
        """Give the number of passages in which one part of a query is found."""
        return self._run(lambda searcher: _count(searcher, _translate_leaf(leaf)))

    def _run(self, work: Callable[[Searcher], T]) -> T:
        with self._lock:
            try:
                return work(self._current_searcher())
            except Exception as error:  # a damaged segment can raise anything
                self._searcher = None
                raise EngineDamaged(str(error)) from error

    def _current_searcher(self) -> Searcher:
        # Searcher.refresh is of no use: it goes on finding what stood in segments that were merged since.
        if self._searcher is not None and self._index.latest_generation() != self._searcher.reader().generation():
            self._searcher.close()
            self._searcher = None
        if self._searcher is None:
            self._searcher = self._index.searcher()
        return self._searcher


def _add(writer: Any, key: str, passages: Iterable[Passage]) -> None:  # noqa: ANN401
    for passage in passages:
        if passage.role is Role.BODY:
            writer.add_document(document=key, index=passage.index, stems=passage.text, words=passage.text)


def _search(searcher: Searcher, translated: query.Query, limit: int | None) -> Found:
    if not searcher.doc_count():  # an empty index has no columns to read
        return Found((), {})
    counts: Counter[str] = Counter()
    for leaf_searcher, _ in searcher.leaf_searchers():
        keys = leaf_searcher.reader().column_reader("document")
        counts.update(keys[number] for number in translated.docs(leaf_searcher))
    results = searcher.search(translated, limit=limit)
    ranked = tuple(Ranked(hit["document"], hit["index"], hit.score) for hit in results)
    return Found(ranked, counts)


def _count(searcher: Searcher, translated: query.Query) -> int:
    return sum(1 for _ in translated.docs(searcher)) if searcher.doc_count() else 0


def _translate(node: Node) -> query.Query:
    parts = [_translate_leaf(part) for part in node.parts]
    return query.Or(parts) if isinstance(node, AnyOf) else query.And(parts)


def _translate_leaf(leaf: Leaf) -> query.Query:
    match leaf:
        case Term(word):
            return query.Term("stems", stem(word))
        case Prefix(start):
            return query.Prefix("words", start, constantscore=False)
        case Phrase(words):
            return query.Phrase("stems", [stem(word) for word in words])


def _read_stamps(folder: Path) -> dict[str, Any]:
    stamps: dict[str, Any] = json.loads((folder / STAMPS).read_bytes())
    return stamps


def _write_stamps(folder: Path, stamps: Mapping[str, str]) -> None:
    scratch = folder / f"{STAMPS}.new"
    scratch.write_text(json.dumps({"engine": ENGINE, "documents": stamps}), "utf-8")
    os.replace(scratch, folder / STAMPS)
