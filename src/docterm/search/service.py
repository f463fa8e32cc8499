"""Searching a library: keeping the index up to date with it, and answering queries with marked passages."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from docterm.config.paths import cache_for
from docterm.errors import StorageError
from docterm.library.duplicates import groups_of_one_text
from docterm.library.library import Library
from docterm.library.model import Document, Passage
from docterm.search.alike import alike
from docterm.search.dispersion import dispersion
from docterm.search.engine import Cancelled, Engine, EngineBusy, EngineDamaged, Entry, Found, never
from docterm.search.explain import Explanation, explain
from docterm.search.facts import facts_of
from docterm.search.indexing import Progress, index_apart
from docterm.search.live import joined, scan
from docterm.search.nothing import Advice, advise
from docterm.search.passages import PassageMatcher
from docterm.search.query import Query, parse
from docterm.search.results import Hit, Results, Sort, facets, in_order
from docterm.search.spelling import completions
from docterm.search.tree import Node, asks, conjuncts, describe
from docterm.text import ENGLISH, tokens

T = TypeVar("T")
INDEX_FOLDER = "index"
BATCH = 2000
"""Paragraphs indexed in the first commit: a fraction of a second's work, after which they can be found."""
LONGEST_BATCH = 16_000
"""Paragraphs indexed in a commit when there are many: it takes a second, and memory of four times their text."""
APART_FROM = 4000
"""Paragraphs from which on a process of its own, which takes 0.2 s to start, is worth it: half a second's work."""
COMPLETED_FROM = 2
"""Letters of a word from which its completions are looked up: fewer begin too many."""
LONGEST_WORD = 60
READ_EACH_TIME = 2000
"""Paragraphs that are read for each search while they are not indexed: about 0.1 s."""
BUSY = "Another docterm is indexing this library; the newest documents may be missing here."
UNINDEXED = "The index is still being made: not every document is searched yet."


class SearchService:
    """Answers queries over one library. Methods may be called from any thread; the newest query wins."""

    def __init__(self, library: Library) -> None:
        """Prepare to search; the engine is opened when it is first needed (importing Whoosh costs 80 ms)."""
        self.library = library
        self.notes: list[str] = []
        self._engine: Engine | None = None
        self._has_scratch = library.cache_folder != cache_for(library.root)
        """Whether the index is where no other process finds it."""
        self._lock = threading.RLock()
        self._indexing = threading.RLock()  # apart from the other one, so that searching goes on while this is held
        self._counting = threading.Lock()
        self._generation = 0
        self._stamps: Mapping[str, str] = {}
        """The stamps of the indexed documents, as they were when the index was last found to be behind."""

    def close(self) -> None:
        """Let go of the index."""
        with self._lock:
            if self._engine is not None:
                self._engine.close()
                self._engine = None

    @property
    def engine(self) -> Engine:
        """The engine, opened."""
        with self._lock:
            if self._engine is None:
                from docterm.search.whoosh_engine import WhooshEngine

                try:
                    engine = WhooshEngine(self.library.cache_folder / INDEX_FOLDER)
                except (
                    OSError,
                    StorageError,
                    EngineBusy,
                    EngineDamaged,
                ) as error:  # a full disk, say: it works for once without a cache
                    engine = WhooshEngine(self.library.scratch_folder(error) / INDEX_FOLDER)
                    self._has_scratch = True
                if engine.fresh:
                    self.notes.append("The search index was damaged or of another version; it was made anew.")
                self._engine = engine
            return self._engine

    def cancel(self) -> None:
        """Make the searches that are running now end with Cancelled."""
        self._overtake()

    def _overtake(self) -> int:
        """Give a number of its own to what runs from now on, which makes all that runs already out of date."""
        with self._counting:
            self._generation += 1
            return self._generation

    def synchronise(
        self,
        cancelled: Callable[[], bool] = lambda: False,
        progress: Progress = lambda done, total: None,
        *,
        apart: bool = False,
    ) -> int:
        """Index what is new or changed in the library and forget what is gone; give the number of documents touched.

        When `cancelled()` turns true, what is left is indexed by the next call. A call waits for one that runs.
        `progress` is told the paragraphs that are indexed and those there are to index. With `apart`, much is indexed
        in a process of its own, so that no other thread of this one is late.
        """
        with self._indexing:
            touched = self._synchronise_apart(cancelled, progress) if apart else 0
            return touched + self._healing(lambda: self._synchronise(cancelled, progress))

    def _synchronise_apart(self, cancelled: Callable[[], bool], progress: Progress) -> int:
        """Index in a process of its own, where that is worth its start; what fails there is left to do here."""
        behind = self._healing(self._behind)
        if self._has_scratch or sum(document.paragraphs for document in behind) < APART_FROM:
            return 0
        outcome = index_apart(self.library.root, cancelled, progress)
        self._stamps = {}
        if outcome is None:
            return 0
        self.notes += outcome.notes
        return outcome.touched

    def rebuild(self, progress: Progress = lambda done, total: None) -> int:
        """Throw the index away and make it anew; give the number of documents indexed."""
        with self._indexing:
            self._reset()
            return self.synchronise(progress=progress)

    def _reset(self, note: str = "") -> None:
        try:
            self.engine.reset()
        except EngineBusy:
            note = BUSY
        self.notes += [note] if note else []
        self._stamps = {}

    def _synchronise(
        self, cancelled: Callable[[], bool] = lambda: False, progress: Progress = lambda done, total: None
    ) -> int:
        wanted = {document.key: document for document in self.library.documents()}
        indexed = self.engine.documents()
        removed = indexed.keys() - wanted.keys()
        facts = {key: facts_of(document) for key, document in wanted.items()}
        settled = {
            key
            for key, known in indexed.items()
            if key in wanted
            and known.stamp == wanted[key].stamp
            and known.facts.stemmed_as == facts[key].stemmed_as  # in another language its words have other stems
        }
        changed = [document for key, document in wanted.items() if key not in settled]
        corrected = [Entry(facts[key], wanted[key].stamp, None) for key in settled if facts[key] != indexed[key].facts]
        done, self._stamps = 0, {}
        indexed_now, total = 0, sum(document.paragraphs for document in changed)
        try:
            if removed or corrected:
                self.engine.update(corrected, removed)
                done += len(removed) + len(corrected)
            for batch in _batches(changed):
                if cancelled():
                    break
                self.engine.update(
                    [Entry(facts[each.key], each.stamp, self.library.passages(each)) for each in batch], ()
                )
                done += len(batch)
                indexed_now += sum(document.paragraphs for document in batch)
                progress(indexed_now, total)
            else:
                if done:
                    self.engine.tidy(cancelled)
        except EngineBusy:
            self.notes.append(BUSY)
        return done

    def _behind(self) -> list[Document]:
        """Give the documents of the library that are not indexed as they are now."""
        documents = self.library.documents()
        if {document.key: document.stamp for document in documents}.items() <= self._stamps.items():
            return []
        self._stamps = {key: known.stamp for key, known in self.engine.documents().items()}
        return [document for document in documents if self._stamps.get(document.key) != document.stamp]

    def _few_behind(self) -> list[Document] | None:
        """Give the documents that are not indexed as they are, or None where they are too many to be read each time."""
        behind = self._behind()
        return behind if sum(document.paragraphs for document in behind) <= READ_EACH_TIME else None

    def _healing(self, work: Callable[[], T]) -> T:
        """Run `work`; when the index proves damaged, make it anew and run it once more."""
        try:
            return work()
        except EngineDamaged:
            with self._indexing:
                self._reset("The search index was damaged; it was made anew.")
                self._synchronise()
            return work()

    def search(
        self,
        text: str,
        *,
        limit: int | None = 50,
        sort: Sort = Sort.RELEVANCE,
        typing: bool = False,
        aside: bool = False,
    ) -> Results:
        """Answer a query with its best `limit` passages (None: all).

        When no passage has all of the words, those that have some are given, with notes on why. While a query is
        being typed, its last word stands for those that begin so, as long as it is not found as it is. Raises
        QueryError for a query without a word, Cancelled when a newer search was asked for meanwhile; one `aside` goes
        on to its end, and ends no other.
        """
        check = never if aside else partial(self._check, self._overtake())
        query = parse(text)
        ask = limit if sort in (Sort.RELEVANCE, Sort.DOCUMENT) else None

        def search() -> Results:
            behind = self._few_behind()
            found = self._find(query.node, ask, check, behind)
            asked = query
            if typing:
                begun = parse(text, typing=True)
                last = set(conjuncts(query.node)) - set(conjuncts(begun.node))
                if not found.total or any(not found.parts[part] for part in last):
                    asked, found = begun, self._find(begun.node, ask, check, behind)
            return self._results(asked, found, behind, limit=limit, sort=sort, check=check, typing=typing)

        return self._healing(search)

    def _results(
        self,
        query: Query,
        found: Found,
        behind: Sequence[Document] | None,
        *,
        limit: int | None,
        sort: Sort,
        check: Callable[[], None],
        typing: bool,
    ) -> Results:
        node, notes = query.node, list(query.notes)
        if behind is None:
            notes.append(UNINDEXED)
        check()
        terms = {describe(part): count for part, count in found.parts.items()}
        advice = self._advise(node, found)
        check()
        if advice.instead is not None:
            node = advice.instead
            found = self._find(node, limit if sort is Sort.RELEVANCE else None, check, behind)
            if found.total:
                notes.append("No passage has all of this; these have some of it.")
        notes += advice.notes
        notes += self._repetitions(found)
        check()
        hits = in_order(self._hits(found, node, check), sort)
        return Results(
            query=query.text,
            node=node,
            notes=tuple(notes),
            passages=found.total,
            terms=terms,
            facets=facets(self.library.documents(), found.documents),
            hits=tuple(hits if limit is None else hits[:limit]),
            documents=tuple(dict.fromkeys([hit.document.key for hit in hits] + sorted(found.documents))),
            suggestion=advice.suggestion,
            completions=self._completions(query.text) if typing else (),
        )

    def alike(self, passage: Passage) -> Node | None:
        """Give the query for passages like one, or None where no word of it says anything."""
        of = next((document for document in self.library.documents() if document.key == passage.key), None)
        language = ENGLISH if of is None else facts_of(of).stemmed_as
        return self._healing(lambda: alike(passage.text, self.engine.count, language))

    def dispersion(self, results: Results) -> dict[str, tuple[int, ...]]:
        """Count, for each document of the hits of `results`, the passages found in each slice of it."""
        documents = {hit.document.key: hit.document for hit in results.hits}
        found = self._healing(lambda: self._find(results.node, None, never, self._few_behind()))
        places: dict[str, list[int]] = {}
        for each in found.ranked:
            places.setdefault(each.key, []).append(each.index)
        return {
            key: dispersion(places.get(key, ()), len(self.library.passages(document)))
            for key, document in documents.items()
        }

    def explain(self, results: Results) -> Explanation:
        """Say what the query of `results` asks for, part by part, and what each part is worth in each hit."""

        def find(part: Node) -> Found:
            if asks(results.node, "role"):
                return scan(part, self.library.documents(), self.library.passages, every_role=True)
            return self.engine.search(part, None)

        return self._healing(lambda: explain(results.node, results.hits, find))

    def _find(
        self, node: Node, limit: int | None, check: Callable[[], None], behind: Sequence[Document] | None
    ) -> Found:
        """Find passages in the index, and by reading them: those `behind`, or all where roles are asked for."""
        if asks(node, "role"):
            found = scan(node, self.library.documents(), self.library.passages, check)
            return replace(found, ranked=found.ranked[:limit])
        found = self.engine.search(node, limit, check)
        return joined(found, scan(node, behind, self.library.passages, check), behind) if behind else found

    def _completions(self, text: str) -> tuple[str, ...]:
        """Give the most frequent words that the last one of a text may be the beginning of."""
        last = next(reversed(list(tokens(text[-LONGEST_WORD:]))), None)
        if last is None or last.end != len(text[-LONGEST_WORD:]) or len(last.word) < COMPLETED_FROM:
            return ()
        return tuple(word for word in completions(self.engine.words(last.word)) if word != last.word)

    def _advise(self, node: Node, found: Found) -> Advice:
        if asks(node, "role"):
            return Advice(None, (), "")
        return advise(node, found.parts, found.total, self.engine.count, self.engine.words)

    def _check(self, generation: int) -> None:
        if generation != self._generation:
            raise Cancelled

    def _hits(self, found: Found, node: Node, check: Callable[[], None]) -> list[Hit]:
        matcher = PassageMatcher(node)
        documents = {document.key: document for document in self.library.documents()}
        hits: list[Hit] = []
        for ranked in found.ranked:
            check()
            document = documents.get(ranked.key)
            passage = self.library.passage(ranked.key, ranked.index)
            if document is None or passage is None:  # gone since it was indexed
                continue
            spans = matcher.find(passage, facts_of(document))
            if spans is not None:  # else it says something else since it was indexed
                hits.append(Hit(document, passage, spans, ranked.score))
        return hits

    def _repetitions(self, found: Found) -> list[str]:
        """Say which of the documents found have one text: nothing is left out, and so each passage counts again."""
        groups = groups_of_one_text(each for each in self.library.documents() if each.key in found.documents)
        if not groups:
            return []
        named = "; ".join(" and ".join(document.key for document in group[:3]) for group in groups[:3])
        more = ", ..." if len(groups) > 3 or any(len(group) > 3 for group in groups) else ""
        return [f"The same text is found more than once: {named}{more}."]


def _batches(documents: list[Document]) -> Iterator[list[Document]]:
    """Part documents into runs of BATCH paragraphs or more, each run twice as long as the one before."""
    batch: list[Document] = []
    size, paragraphs = BATCH, 0
    for document in documents:
        batch.append(document)
        paragraphs += document.paragraphs
        if paragraphs >= size:
            yield batch
            batch, paragraphs, size = [], 0, min(2 * size, LONGEST_BATCH)
    if batch:
        yield batch
