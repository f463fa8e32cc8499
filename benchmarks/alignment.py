"""How well links are found, and how often they are found where there are none.

    python benchmarks/alignment.py GOLD.json [ARTICLES]

GOLD.json is the alignment of the gospels by the Eusebian canons: {"sections": {book: [{"n", "text"}]},
"gold": {"MAT-MRK": {n: [n, ...]}}}. It gives P@1 (of the Matthew sections with a counterpart in Mark, the share
whose strongest link is right) and F1 (of strongest links, at the best threshold), King James against World English.

ARTICLES is the folder `data/articles` of the BASIL corpus (github.com/marshallwhiteorg/emnlp19-media-bias): 100
events, each told by three outlets. It gives the share of New York Times paragraphs that find a link in Fox's
report of the same event, and in its report of another, which is false.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from docterm.compare import align as aligner
from docterm.compare.background import (
    Background,
    EnglishBackground,
    LibraryBackground,
    document_frequencies,
)
from docterm.library.model import Locator, Passage, Role
from docterm.text import words

Passages = list[Passage]
Best = dict[int, tuple[int, float]]
"""By the number of a left passage, the number of its strongest counterpart and the strength."""


def passages(key: str, texts: Sequence[str], numbers: Sequence[int] | None = None) -> Passages:
    """Make passages of texts."""
    numbered = numbers or range(1, len(texts) + 1)
    pairs = zip(numbered, texts, strict=True)
    return [Passage(key, index, Role.BODY, text, Locator(n)) for index, (n, text) in enumerate(pairs)]


def english(left: Passages, right: Passages) -> Background:
    """Give the background of a small library."""
    return EnglishBackground(word for passage in (*left, *right) for word in words(passage.text))


def strongest(left: Passages, right: Passages, background: Background) -> Best:
    """Give the strongest link of each left passage."""
    found = aligner.align(left, right, background)
    tops = {passage.number or 0: found.of_left(passage)[:1] for passage in left}
    return {number: (top[0].right.number or 0, top[0].strength) for number, top in tops.items() if top}


def gospels(gold_file: Path) -> None:
    """Print P@1 and F1 for each background."""
    data = json.loads(gold_file.read_text(encoding="utf-8"))
    books = {
        name: passages(name, [section["text"] for section in book], [section["n"] for section in book])
        for name, book in data["sections"].items()
    }
    gold = {int(number): set(right) for number, right in data["gold"]["MAT-MRK"].items()}
    left = [passage for passage in books["KJV-MAT"] if passage.number in gold]
    right = books["WEB-MRK"]
    sections = LibraryBackground(document_frequencies([passage] for book in books.values() for passage in book))
    for name, background in (("English list", english(left, right)), ("own sections", sections)):
        start = time.process_time()
        best = strongest(left, right, background)
        taken = time.process_time() - start
        having = sum(bool(gold[passage.number or 0]) for passage in left)
        hits = sorted(((strength, n in gold[number]) for number, (n, strength) in best.items()), reverse=True)
        good, f1 = 0, 0.0
        for rank, (_, right_one) in enumerate(hits, 1):
            good += right_one
            f1 = max(f1, 2 * good / (rank + having))
        print(f"gospels, {name}: P@1 {good / having:.3f}  F1 {f1:.3f}  {taken:.2f} CPU-s, {len(left)} x {len(right)}")


def news(folder: Path) -> None:
    """Print the share of paragraphs that are linked, rightly and falsely, for each background."""
    events: dict[str, dict[str, Passages]] = defaultdict(dict)
    for file in sorted(folder.rglob("*.json")):
        article = json.loads(file.read_text(encoding="utf-8"))
        texts = [" ".join(paragraph) for paragraph in article["body-paragraphs"]]
        events[article["triplet-uuid"]][article["source"].lower()] = passages(article["uuid"], texts)
    told = [events[name] for name in sorted(events)]
    library = LibraryBackground(document_frequencies(event["hpo"] for event in told))
    shelf = LibraryBackground(document_frequencies(event["hpo"] for event in told[::5]))
    choices: dict[str, Callable[[Passages, Passages], Background]] = {
        "English list": english,
        "20 documents": lambda left, right: shelf,
        "100 documents": lambda left, right: library,
    }
    for name, choose in choices.items():
        for kind, shift in (("same event", 0), ("another event (false)", 37)):
            strengths: list[float] = []
            for index, event in enumerate(told):
                left, right = event["nyt"], told[(index + shift) % len(told)]["fox"]
                best = strongest(left, right, choose(left, right))
                strengths += [best.get(passage.number or 0, (0, 0.0))[1] for passage in left]
            near, close = (
                sum(s >= least for s in strengths) / len(strengths) for least in (aligner.NEAR, aligner.CLOSE)
            )
            print(f"news, {name}, {kind}: near {near:.3f}  close {close:.3f}  of {len(strengths)}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    gospels(Path(sys.argv[1]))
    if len(sys.argv) > 2:
        news(Path(sys.argv[2]))
