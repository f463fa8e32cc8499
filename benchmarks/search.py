"""Measures searching and indexing: docterm beside SQLite FTS5 and stock Whoosh, on the same passages, in one run.

    python benchmarks/search_corpus.py FOLDER
    python benchmarks/search.py FOLDER [--passages 100000] [--numpy] [--stock 100000] [--only build|typing|...]

Times are processor time of the thread that searches, in one process, with the page cache warm: what the clock would
show on a machine with nothing else to do. Of each keystroke the best of three turns counts, for every engine alike;
nothing is remembered from one keystroke to the next. What replacing a document takes is by the clock, disk included.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from docterm.library.model import Locator, Passage, Role
from docterm.search.engine import Entry
from docterm.search.facts import Facts
from docterm.search.matcher import Matcher
from docterm.search.snippet import snippet
from docterm.search.tree import And, DateRange, Fuzzy, Near, Node, Or, Phrase, Prefix, Term, Wildcard
from docterm.search.whoosh_engine import WhooshEngine
from docterm.text import words

SESSIONS = (
    "kernel module memory",
    "configuration file option",
    "king of israel",
    "transaction isolation level",
    "she was not handsome",
    "regular expression match",
    "python string method",
    "linux device driver",
)
RESULTS = 20
BATCH = 50_000
T = Term


def passages(folder: Path, count: int) -> Iterator[dict[str, str]]:
    """Give the first passages of the corpus."""
    with (folder / "passages.jsonl").open(encoding="utf-8") as file:
        for line in islice(file, count):
            yield json.loads(line)


def documents(folder: Path, count: int) -> Iterator[tuple[Facts, list[str]]]:
    """Give documents with their texts."""
    for name, group in groupby(passages(folder, count), key=lambda each: each["document"]):
        run = list(group)
        yield Facts(name, title=run[0]["title"], date=run[0]["date"]), [each["text"] for each in run]


def as_passages(key: str, texts: list[str]) -> list[Passage]:
    """Give texts as the passages of a document."""
    return [Passage(key, index, Role.BODY, text, Locator(index + 1)) for index, text in enumerate(texts)]


def size_of(path: Path) -> int:
    """Give the bytes of a file or a folder."""
    return sum(each.stat().st_size for each in path.rglob("*")) if path.is_dir() else path.stat().st_size


def percentile(values: list[float], share: float) -> float:
    """Give a percentile."""
    return sorted(values)[min(len(values) - 1, round(share * (len(values) - 1)))]


def spread(values: list[float]) -> str:
    """Give the middle, the 95th percentile and the greatest of some times, in ms."""
    return f"p50 {percentile(values, 0.5):.1f}  p95 {percentile(values, 0.95):.1f}  max {max(values):.1f} ms"


def keystrokes() -> Iterator[tuple[list[str], str]]:
    """Give the whole words and the one that is being typed, for each letter of each session."""
    for session in SESSIONS:
        for end in range(1, len(session) + 1):
            if session[end - 1] != " ":
                *whole, last = session[:end].split()
                yield whole, last


class Docterm:
    """docterm's engine, matcher and snippets."""

    def __init__(self, folder: Path, corpus: Path, count: int, numpy: bool) -> None:
        self.folder = folder / f"docterm-{count}"
        self.name = "docterm, numpy" if numpy else "docterm"
        self._corpus, self._count, self._numpy = corpus, count, numpy
        self.texts: dict[tuple[str, int], str] = {}

    def build(self) -> None:
        """Index the corpus in commits as long as the service makes them, and put the index in order."""
        shutil.rmtree(self.folder, ignore_errors=True)
        engine = WhooshEngine(self.folder, numpy=self._numpy)
        batch: list[Entry] = []
        waiting = 0
        for facts, texts in documents(self._corpus, self._count):
            batch.append(Entry(facts, "1", as_passages(facts.key, texts)))
            waiting += len(texts)
            if waiting >= BATCH:
                engine.update(batch, ())
                batch, waiting = [], 0
        engine.update(batch, ())
        engine.tidy()
        engine.close()

    def open(self) -> None:
        """Open the index and load the texts, which docterm has in its catalogue."""
        self.engine = WhooshEngine(self.folder, numpy=self._numpy)
        for facts, texts in documents(self._corpus, self._count):
            self.texts.update({(facts.key, index): text for index, text in enumerate(texts)})

    def show(self, node: Node) -> int:
        """Search, and cut and mark the passages that are shown."""
        found = self.engine.search(node, RESULTS)
        matcher = Matcher(node)
        for hit in found.ranked:
            text = self.texts[hit.key, hit.index]
            snippet(text, matcher.spans(text), 240)
        return found.total

    def type(self, whole: list[str], last: str) -> int:
        """Answer a keystroke."""
        return self.show(And((*map(Term, whole), Prefix(last))))


class Fts5:
    """SQLite FTS5 with the Porter stemmer."""

    name = "FTS5 porter"

    def __init__(self, folder: Path, corpus: Path, count: int) -> None:
        self.folder = folder / f"fts5-{count}.db"
        self._corpus, self._count = corpus, count

    def build(self) -> None:
        """Index the corpus."""
        self.folder.unlink(missing_ok=True)
        connection = sqlite3.connect(self.folder)
        connection.execute("create virtual table t using fts5(text, document unindexed, tokenize='porter unicode61')")
        rows = ((each["text"], each["document"]) for each in passages(self._corpus, self._count))
        connection.executemany("insert into t values (?, ?)", rows)
        connection.commit()
        connection.close()

    def open(self) -> None:
        """Open the index."""
        self._connection = sqlite3.connect(self.folder)

    def type(self, whole: list[str], last: str) -> int:
        """Answer a keystroke."""
        query = " AND ".join([*(f'"{word}"' for word in whole), f'"{last}"*'])
        sql = "select rowid, snippet(t, 0, '[', ']', '...', 40) from t where t match ? order by rank limit 20"
        return len(self._connection.execute(sql, (query,)).fetchall())


class StockWhoosh:
    """Whoosh as its documentation has it: a stemmed text field, the query parser, its own highlighter."""

    name = "stock Whoosh"

    def __init__(self, folder: Path, corpus: Path, count: int) -> None:
        self.folder = folder / f"whoosh-{count}"
        self._corpus, self._count = corpus, count

    def build(self) -> None:
        """Index the corpus in one commit."""
        from whoosh import fields, index
        from whoosh.analysis import StemmingAnalyzer

        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        text = fields.TEXT(analyzer=StemmingAnalyzer(), stored=True)
        schema = fields.Schema(document=fields.ID(stored=True), title=fields.TEXT(stored=True), text=text)
        writer = index.create_in(str(self.folder), schema).writer()
        for each in passages(self._corpus, self._count):
            writer.add_document(document=each["document"], title=each["title"], text=each["text"])
        writer.commit()

    def open(self) -> None:
        """Open the index."""
        from whoosh import index
        from whoosh.qparser import QueryParser

        opened = index.open_dir(str(self.folder))
        self._searcher = opened.searcher()
        self._parser = QueryParser("text", opened.schema)

    def type(self, whole: list[str], last: str) -> int:
        """Answer a keystroke."""
        results = self._searcher.search(self._parser.parse(" ".join([*whole, f"{last}*"])), limit=RESULTS)
        for hit in results:
            hit.highlights("text")
        return len(results)


def measure_build(engines: list[Any], corpus: Path, count: int) -> None:
    """Print how fast each engine indexes, and how large its index is."""
    text = sum(len(each["text"].encode()) for each in passages(corpus, count))
    print(f"\nindexing {count} passages, {text / 1e6:.0f} MB of text")
    started = time.process_time()
    for _ in passages(corpus, count):
        pass
    reading = time.process_time() - started
    for engine in engines:
        started = time.process_time()
        engine.build()
        seconds = time.process_time() - started - reading
        size = size_of(engine.folder) / text
        print(
            f"  {engine.name:16} {seconds:7.1f} s  {count / seconds:8,.0f} passages/s  index {size:.2f} x the text",
            flush=True,
        )
    print(f"  peak memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def measure_typing(
    engine: Docterm | Fts5 | StockWhoosh, most: int | None = None, *, best_of_three: bool = True
) -> None:
    """Print how long keystrokes take."""
    times, slow = [], []
    for whole, last in islice(keystrokes(), most):
        best = 1e9
        for _ in range(3 if best_of_three else 1):
            started = time.thread_time()
            engine.type(whole, last)
            best = min(best, (time.thread_time() - started) * 1000)
        times.append(best)
        slow.append((best, " ".join([*whole, last])))
    over = sum(each > 50 for each in times)
    worst = ", ".join(f"{text} {best:.0f}" for best, text in sorted(slow)[-4:])
    print(f"  {engine.name:16} {spread(times)}  over 50 ms: {over} of {len(times)}  slowest: {worst}", flush=True)


def queries(texts: list[str]) -> dict[str, list[Node]]:
    """Give queries of every kind, made from words of the passages."""
    chance = random.Random(5)
    common = [T(word) for word in "file system memory process kernel option function value".split()]
    rows = [
        row
        for row in (words(text) for text in chance.sample(texts, 400))
        if len(row) > 12 and all(map(str.isascii, row))
    ]
    pairs = [(T(row[at]), T(row[at + 1])) for row in rows for at in [chance.randrange(len(row) - 1)]]
    long_words = [word for row in rows for word in row if len(word) > 6 and word.isalpha()]
    return {
        "term": list(common),
        "and": [And((chance.choice(common), T(chance.choice(long_words)))) for _ in range(20)],
        "or of five": [Or(tuple(map(T, chance.sample(row, 5)))) for row in rows[:20]],
        "phrase": [Phrase(pair) for pair in pairs[:30]],
        "phrase of stop words": [
            Phrase((T(a), T(b))) for a, b in (("of", "the"), ("in", "the"), ("that", "the"), ("it", "is"))
        ],
        "near": [Near(pair, 5) for pair in pairs[:20]],
        "prefix": [Prefix(word[:4]) for word in long_words[:30]],
        "fuzzy": [Fuzzy(word, 1 + number % 2) for number, word in enumerate(long_words[30:60])],
        "wildcard": [Wildcard(pattern) for pattern in ("com*er", "*graph*", "m?n", "*ption", "s*d")],
        "dates": [And((word, DateRange("2010", "2014"))) for word in common],
    }


def measure_queries(engine: Docterm) -> None:
    """Print how long each kind of query takes, 20 snippets included."""
    for kind, nodes in queries(list(engine.texts.values())).items():
        times = []
        for node in nodes:
            turns = []
            for _ in range(3):
                started = time.thread_time()
                engine.show(node)
                turns.append((time.thread_time() - started) * 1000)
            times.append(min(turns))
        print(f"  {engine.name:16} {kind:22} {spread(times)}", flush=True)


def measure_updates(engine: Docterm) -> None:
    """Print how long it takes until a document of 50 passages, replaced, is found as it is now."""
    copy = engine.folder.with_name("update")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(engine.folder, copy)
    index = WhooshEngine(copy, numpy=False)
    index.search(T("warm"), 1)
    texts = list(islice(engine.texts.values(), 50))
    key = next(iter(engine.texts))[0]
    times = []
    for turn in range(20):
        word = f"zq{chr(97 + turn)}word"
        started = time.perf_counter()
        index.update([Entry(Facts(key), str(turn), as_passages(key, [f"{text} {word}" for text in texts]))], ())
        assert index.search(T(word), RESULTS).total == len(texts)
        times.append((time.perf_counter() - started) * 1000)
    started = time.perf_counter()
    index.tidy()
    print(f"  {spread(times)}; joining the 21 segments afterwards {time.perf_counter() - started:.2f} s")


IDLE = """
import gc, sys, time
from pathlib import Path
started = time.perf_counter()
from docterm.search.whoosh_engine import WhooshEngine
from docterm.search.tree import And, Prefix, Term
imported = time.perf_counter()
engine = WhooshEngine(Path(sys.argv[1]), numpy=sys.argv[2] == "numpy")
opened = time.perf_counter()
engine.search(And((Term("kernel"), Prefix("mod"))), 20)
first = time.perf_counter()
for text in ("memory", "system", "option"):
    engine.search(Term(text), 20)
engine.search(Prefix("co"), 20)
gc.collect()
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
own = int(status["RssAnon"].split()[0]) / 1024
whole = int(status["VmRSS"].split()[0]) / 1024
print(f"import {1000 * (imported - started):.0f} ms, open {1000 * (opened - imported):.0f} ms, "
      f"first answer {1000 * (first - opened):.0f} ms, memory {whole:.0f} MB ({own:.0f} of its own)")
"""


def measure_start(engine: Docterm, numpy: bool) -> None:
    """Print what a new process pays for its first answer, and the memory it then has."""
    for _ in range(3):
        arguments = [sys.executable, "-c", IDLE, str(engine.folder), "numpy" if numpy else "plain"]
        answer = subprocess.run(arguments, capture_output=True, text=True, check=True)
        print(f"  {engine.name:16} {answer.stdout.strip()}")


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--stock", type=int, default=0, help="passages for stock Whoosh; 0 leaves it out")
    parser.add_argument("--numpy", action="store_true")
    parser.add_argument("--only", nargs="*", default=["build", "typing", "queries", "updates", "start"])
    options = parser.parse_args()
    place = options.folder / "indexes"
    place.mkdir(exist_ok=True)
    ours = Docterm(place, options.folder, options.passages, options.numpy)
    others: list[Any] = [Fts5(place, options.folder, options.passages)]
    stock = StockWhoosh(place, options.folder, options.stock)
    steps: dict[str, Callable[[], None]] = {
        "build": lambda: measure_build([ours, *others], options.folder, options.passages),
        "stock": lambda: measure_build([stock], options.folder, options.stock),
    }
    if "build" in options.only:
        steps["build"]()
        if options.stock:
            steps["stock"]()
    if "start" in options.only:
        print("\na new process")
        measure_start(ours, options.numpy)
    ours.open()
    gc.freeze()
    if "typing" in options.only:
        print(f"\nkeystroke to {RESULTS} marked passages, {options.passages} passages")
        for engine in [ours, *others]:
            if engine is not ours:
                engine.open()
            measure_typing(engine)
        if options.stock:
            stock.open()
            print(f"  (of {options.stock} passages, one session)")
            measure_typing(stock, len(SESSIONS[0].replace(" ", "")), best_of_three=False)
    if "queries" in options.only:
        print("\nwhole queries to marked passages")
        measure_queries(ours)
    if "updates" in options.only:
        print("\na document of 50 passages replaced and found")
        measure_updates(ours)


if __name__ == "__main__":
    main()
