"""Measure how well docterm ranks, over test collections in TREC form.

    python benchmarks/relevance.py DIR...     measures every collection in the folders, and prints a table

A collection is a folder with three files, or folders of files, whose names begin so:

    documents    <DOC> <DOCNO>id</DOCNO> text </DOC>, as in TREC, or a JSON object a line: _id, title, text
                 (the title is that of the document, and stands before its text)
    topics       <top> <num> Number: id <title> text ... </top>, or a line each: id, tab, text
    qrels        a line each: topic, anything, document, relevance; above 0 is relevant

Each document is one passage, each topic is typed as a reader would type it, and what is shown in place of a query that
nothing answers counts as its answer. The figure is nDCG@10 with relevance taken as yes or no, the mean over topics
that have a relevant document, and beside it what the same words find when a passage must have all of them.
"""

from __future__ import annotations

import json
import math
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from docterm.errors import QueryError
from docterm.library.model import Locator, Passage, Role
from docterm.search.engine import Engine, Entry
from docterm.search.facts import Facts
from docterm.search.nothing import advise
from docterm.search.query import parse
from docterm.search.tree import And, Node, Term
from docterm.search.whoosh_engine import WhooshEngine
from docterm.text import sanitise, words

DEPTH = 10
_DOC = re.compile(r"<DOC>(.*?)</DOC>", re.DOTALL | re.IGNORECASE)
_NUMBER = re.compile(r"<DOCNO>\s*(.*?)\s*</DOCNO>", re.DOTALL | re.IGNORECASE)
_HEADER = re.compile(r"<(DOCNO|DOCID|FILEID|DATE)>.*?</\1>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]{1,40}>")
_TOP = re.compile(r"<top>(.*?)</top>", re.DOTALL | re.IGNORECASE)
_TOPIC = re.compile(
    r"<num>\s*(?:Number:)?\s*(\S+).*?<title>\s*(?:Topic:)?\s*(.*?)\s*(?=<|$)", re.DOTALL | re.IGNORECASE
)


class Collection(NamedTuple):
    """Documents, titles and topics by id, and for each topic the documents that are relevant."""

    name: str
    documents: Mapping[str, str]
    titles: Mapping[str, str]
    topics: Mapping[str, str]
    relevant: Mapping[str, set[str]]


class Result(NamedTuple):
    """The figures of one collection."""

    name: str
    documents: int
    topics: int
    ndcg: float
    ndcg_of_all: float
    """With all of the words in a passage, as they are typed."""


def collections(folder: Path) -> Iterator[Path]:
    """Give the folders that hold a collection: this one, or those in it."""
    if list(folder.glob("qrels*")):
        yield folder
    else:
        yield from sorted(path.parent for path in folder.glob("*/qrels*"))


def read(folder: Path) -> Collection:
    """Read a collection."""
    relevant: dict[str, set[str]] = {}
    for line in _text(folder, "qrels").splitlines():
        fields = line.split()
        if len(fields) == 4 and float(fields[3]) > 0:
            relevant.setdefault(fields[0], set()).add(fields[2])
    documents = list(_documents(_text(folder, "documents")))
    return Collection(
        folder.name,
        {number: text for number, _, text in documents},
        {number: title for number, title, _ in documents},
        dict(_topics(_text(folder, "topics"))),
        relevant,
    )


def _text(folder: Path, start: str) -> str:
    paths = [
        path
        for found in sorted(folder.glob(f"{start}*"))
        for path in ([found] if found.is_file() else sorted(found.rglob("*")))
    ]
    return "\n".join(path.read_text("utf-8", "replace") for path in paths if path.is_file())


def _documents(text: str) -> Iterator[tuple[str, str, str]]:
    for match in _DOC.finditer(text):
        number = _NUMBER.search(match[1])
        if number is not None:
            yield number[1], "", _TAG.sub(" ", _HEADER.sub(" ", match[1]))
    for line in text.splitlines():
        if line.startswith("{"):
            held = json.loads(line)
            title = " ".join(held.get("title", "").split())
            yield str(held["_id"]), title, f"{title}\n{held['text']}"


def _topics(text: str) -> Iterator[tuple[str, str]]:
    for top in _TOP.finditer(text):
        if found := _TOPIC.search(top[1]):
            yield found[1].lstrip("0") or found[1], " ".join(found[2].split())
    if "<top>" not in text.lower():
        for line in text.splitlines():
            number, tab, asked = line.partition("\t")
            if tab:
                yield number, asked


def fill(engine: Engine, documents: Mapping[str, str], titles: Mapping[str, str]) -> None:
    """Index documents, each as one passage."""
    entries = []
    for key, text in documents.items():
        canonical = " ".join(sanitise(text).split())
        entries.append(Entry(Facts(key, titles.get(key, "")), "1", [Passage(key, 0, Role.BODY, canonical, Locator(1))]))
    engine.update(entries, ())


def as_read(engine: Engine, text: str) -> list[str]:
    """Give the best documents for a topic as docterm reads it."""
    node = parse(text).node
    found = engine.search(node, DEPTH)
    if not found.total:
        instead = advise(node, found.parts, 0, engine.count, lambda _: {}).instead
        return [] if instead is None else _best(engine, instead)
    return [each.key for each in found.ranked]


def all_words(engine: Engine, text: str) -> list[str]:
    """Give the best documents that have all words of a topic."""
    return _best(engine, And(tuple(map(Term, dict.fromkeys(words(text))))))


def _best(engine: Engine, node: Node) -> list[str]:
    return [each.key for each in engine.search(node, DEPTH).ranked]


def ndcg(found: Sequence[str], relevant: set[str]) -> float:
    """Give the normalised discounted cumulative gain of the first DEPTH documents, each relevant or not."""
    gain = sum(1 / math.log2(place + 2) for place, key in enumerate(found[:DEPTH]) if key in relevant)
    return gain / sum(1 / math.log2(place + 2) for place in range(min(len(relevant), DEPTH)))


def measure(collection: Collection) -> Result:
    """Index a collection in a folder of its own, and ask every topic."""
    asked = {number: text for number, text in collection.topics.items() if collection.relevant.get(number)}

    def mean(ask: Callable[[Engine, str], list[str]]) -> float:
        return sum(_scored(ask, engine, text, collection.relevant[number]) for number, text in asked.items()) / max(
            len(asked), 1
        )

    with tempfile.TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder) / "index")
        fill(engine, collection.documents, collection.titles)
        result = Result(collection.name, len(collection.documents), len(asked), mean(as_read), mean(all_words))
        engine.close()
    return result


def _scored(ask: Callable[[Engine, str], list[str]], engine: Engine, text: str, relevant: set[str]) -> float:
    try:
        return ndcg(ask(engine, text), relevant)
    except QueryError:
        return 0.0


def main(folders: Sequence[str]) -> int:
    """Print the figures of every collection in some folders."""
    results = [measure(read(path)) for folder in folders for path in collections(Path(folder))]
    if not results:
        print(__doc__)
        return 2
    print("| collection | documents | topics | nDCG@10 | all words in a passage |\n|---|---|---|---|---|")
    for result in results:
        print(
            f"| {result.name} | {result.documents:,} | {result.topics} | {result.ndcg:.3f} | {result.ndcg_of_all:.3f} |"
        )
    if len(results) > 1:
        means = [sum(each) / len(results) for each in zip(*((r.ndcg, r.ndcg_of_all) for r in results), strict=True)]
        print(f"| mean | | | {means[0]:.3f} | {means[1]:.3f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
