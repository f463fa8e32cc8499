"""How long comparing two groups of documents takes, and what not weighing every pair costs in links.

    python benchmarks/groups.py [DOCUMENTS]            made-up texts of the length of news, 200 a side
    python benchmarks/groups.py DOCUMENTS ARTICLES     news: ARTICLES as for alignment.py, all outlets in turn

With ARTICLES it also weighs every pair of the first QUARTER of both sides, and gives the links that are missed.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from alignment import english, passages
from corpus import Writer

from docterm.compare import scoring
from docterm.compare.align import CLOSE, align
from docterm.compare.comparison import compare
from docterm.compare.sides import Side
from docterm.library.model import Document, Kind, Status

LENGTH = 4_200
"""Characters of a made-up document: some 700 words."""
QUARTER = 0.25


def made_up(documents: int) -> list[list[str]]:
    """Give the paragraphs of made-up documents."""
    writer = Writer(11)
    return [writer.paragraphs(LENGTH) for _ in range(documents)]


def news(folder: Path, documents: int) -> list[list[str]]:
    """Give the paragraphs of articles; where there are fewer, paragraphs of different articles make more."""
    articles = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.rglob("*.json"))]
    texts = [[" ".join(paragraph) for paragraph in article["body-paragraphs"]] for article in articles]
    for number in range(documents - len(texts)):
        first, second = texts[number], texts[-number - 1]
        texts.append([*first[::2], *second[1::2]])
    return texts[:documents]


def side(label: str, texts: Sequence[Sequence[str]]) -> Side:
    """Make a side of texts."""
    documents: list[Document] = []
    for number, text in enumerate(texts):
        key = f"{label}{number}"
        words = sum(len(paragraph.split()) for paragraph in text)
        documents.append(Document(key, key, "", "", Kind.DOCUMENT, f"{key}.txt", words, len(text), Status.READY))
    parts = zip(documents, texts, strict=True)
    return Side(label, tuple(documents), tuple(passages(document.key, text) for document, text in parts))


def missed(left: Side, right: Side) -> None:
    """Print how many links are missed among those that weighing every pair finds."""
    lefts, rights = left.body(), right.body()
    background = english(lefts, rights)
    here = {(link.left, link.right) for link in align(lefts, rights, background).links}
    scoring.LEAST_WORDS, scoring.CANDIDATES = 1e-9, len(lefts) + len(rights)
    every = align(lefts, rights, background).links
    gone = [link for link in every if (link.left, link.right) not in here]
    close = sum(link.strength >= CLOSE for link in gone)
    print(f"{len(lefts)} x {len(rights)} passages: {len(gone)} of {len(every)} links are missed, {close} of them close")


def main(documents: int, folder: Path | None) -> None:
    """Print the figures."""
    texts = news(folder, 2 * documents) if folder else made_up(2 * documents)
    left, right = side("l", texts[::2]), side("r", texts[1::2])
    start = time.process_time()
    comparison = compare(left, right, english(left.body(), right.body()))
    taken = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(
        f"{documents} x {documents} documents, {len(left.body())} x {len(right.body())} passages, "
        f"{comparison.left_facts.words} x {comparison.right_facts.words} words: {taken:.1f} CPU-s, {memory} MB, "
        f"{len(comparison.links)} links, {len(comparison.alignment.shared_quotations)} shared quotations"
    )
    if folder:
        part = round(QUARTER * documents)
        missed(side("l", texts[0 : 2 * part : 2]), side("r", texts[1 : 2 * part : 2]))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200, Path(sys.argv[2]) if len(sys.argv) > 2 else None)
