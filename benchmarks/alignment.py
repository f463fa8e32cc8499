"""How well links are found, and how often they are found where there are none.

    python benchmarks/alignment.py GOLD.json [--articles ARTICLES] [--unrelated TEXTS] [--meaning]

GOLD.json is the alignment of the gospels by the Eusebian canons: {"sections": {book: [{"n", "text"}]},
"gold": {"MAT-MRK": {n: [n, ...]}}}. It gives P@1 (of the Matthew sections with a counterpart in Mark, the share
whose strongest link is right) and F1 (of strongest links, at the best threshold), King James against World English.

ARTICLES is the folder `data/articles` of the BASIL corpus (github.com/marshallwhiteorg/emnlp19-media-bias): 100
events, each told by three outlets. It gives the share of New York Times paragraphs that find a link in Fox's
report of the same event, and in its report of another, which is false.

TEXTS is a folder of texts that have nothing to do with each other, such as /usr/share/doc (README files, packed or
not). It gives the share of their paragraphs that find a link in the text half the list away, and of Matthew's sections
that find one in any of them; all are false, but for texts of one kind of program.

With --meaning all of it is done with the model that `docterm meaning import` has put in; what that costs is printed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from docterm.compare import align as aligner
from docterm.compare.background import (
    Background,
    EnglishBackground,
    LibraryBackground,
    document_frequencies,
)
from docterm.compare.meaning import Meaning
from docterm.library.model import Locator, Passage, Role
from docterm.meaning import store
from docterm.text import words

LEAST_WORDS, LEAST_PARAGRAPHS, MOST_PARAGRAPHS = 15, 8, 60
"""Words of a paragraph, and paragraphs of a text, that are taken for one of --unrelated."""

VECTORS = Path(tempfile.gettempdir()) / f"docterm-vectors-{os.getpid()}"
"""Where what the model reckons is kept for one run."""
METHOD: dict[str, Meaning] = {}
"""With --meaning the model."""
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
    found = aligner.align(left, right, background, meaning=METHOD.get("meaning"))
    tops = {passage.number or 0: found.of_left(passage)[:1] for passage in left}
    return {number: (top[0].right.number or 0, top[0].strength) for number, top in tops.items() if top}


class Gospels(NamedTuple):
    """Matthew, the sections of Mark, and which of these each of Matthew's tells."""

    left: Passages
    right: Passages
    gold: dict[int, set[int]]
    books: dict[str, Passages]


def read_gospels(gold_file: Path) -> Gospels:
    """Read the gold."""
    data = json.loads(gold_file.read_text(encoding="utf-8"))
    books = {
        name: passages(name, [section["text"] for section in book], [section["n"] for section in book])
        for name, book in data["sections"].items()
    }
    gold = {int(number): set(right) for number, right in data["gold"]["MAT-MRK"].items()}
    left = [passage for passage in books["KJV-MAT"] if passage.number in gold]
    return Gospels(left, books["WEB-MRK"], gold, books)


def precision_and_f1(texts: Gospels, background: Background) -> tuple[float, float]:
    """Give P@1, and F1 at the best threshold."""
    best = strongest(texts.left, texts.right, background)
    having = sum(bool(texts.gold[passage.number or 0]) for passage in texts.left)
    hits = sorted(((strength, n in texts.gold[number]) for number, (n, strength) in best.items()), reverse=True)
    good, f1 = 0, 0.0
    for rank, (_, right_one) in enumerate(hits, 1):
        good += right_one
        f1 = max(f1, 2 * good / (rank + having))
    return good / having, f1


def gospels(texts: Gospels) -> None:
    """Print P@1 and F1 for each background."""
    sections = LibraryBackground(document_frequencies([passage] for book in texts.books.values() for passage in book))
    for name, background in (("English list", english(texts.left, texts.right)), ("own sections", sections)):
        start = time.process_time()
        precision, f1 = precision_and_f1(texts, background)
        taken = time.process_time() - start
        size = f"{len(texts.left)} x {len(texts.right)}"
        print(f"gospels, {name}: P@1 {precision:.3f}  F1 {f1:.3f}  {taken:.2f} CPU-s, {size}")


def false_links(left: Passages, right: Passages, background: Background) -> tuple[int, int]:
    """Count the left passages that find a link that is near, and one that is close, where there is nothing to find."""
    strengths = [strength for _, strength in strongest(left, right, background).values()]
    near, close = levels()
    return sum(s >= near for s in strengths), sum(s >= close for s in strengths)


def levels() -> tuple[float, float]:
    """Give the least strength of a link that is near, and of one that is close."""
    return (aligner.NEAR_MEANT, aligner.CLOSE_MEANT) if METHOD else (aligner.NEAR, aligner.CLOSE)


def speed(texts: Gospels) -> None:
    """Print how long the model takes to load, and for a paragraph."""
    start = time.process_time()
    model = store.load()
    loaded = time.process_time()
    told = [passage.text for passage in texts.left]
    model.vectors(told)
    each = 1000 * (time.process_time() - loaded) / len(told)
    length = sum(len(words(text)) for text in told) / len(told)
    print(f"the model: {loaded - start:.2f} CPU-s to load, {each:.1f} CPU-ms a paragraph of {length:.0f} words")


def unrelated(texts: Gospels, folder: Path) -> None:
    """Print the share of paragraphs that are falsely linked."""
    told = list(_readmes(folder))
    half = len(told) // 2
    library = LibraryBackground(document_frequencies(told))
    backgrounds: dict[str, Callable[[Passages, Passages], Background]] = {
        "English list": english,
        "their own": lambda left, right: library,
    }
    sides = (("Matthew", [texts.left] * len(told)), ("each other", told[half:] + told[:half]))
    for name, lefts in sides:
        for origin, choose in backgrounds.items():
            near = close = total = 0
            for left, right in zip(lefts, told, strict=True):
                found = false_links(left, right, choose(left, right))
                near, close, total = near + found[0], close + found[1], total + len(left)
            shares = f"near {near / total:.3f}  close {close / total:.3f}"
            print(f"{len(told)} unrelated texts, {origin}, against {name}: {shares}  of {total}")


def _readmes(folder: Path) -> Iterator[Passages]:
    """Give the paragraphs of texts, of each folder one; a text that has a paragraph of an earlier one is related."""
    taken: set[Path] = set()
    known: set[str] = set()
    for file in sorted(folder.rglob("README*")):
        if not file.is_file() or file.parent in taken:
            continue
        data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        texts = [" ".join(part.split()) for part in data.decode("utf-8", "replace").split("\n\n")]
        prose = [text for text in texts if len(words(text)) >= LEAST_WORDS][:MOST_PARAGRAPHS]
        if len(prose) >= LEAST_PARAGRAPHS and known.isdisjoint(prose):
            known.update(prose)
            taken.add(file.parent)
            yield passages(file.parent.name, prose)


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
            near, close = (sum(s >= least for s in strengths) / len(strengths) for least in levels())
            print(f"news, {name}, {kind}: near {near:.3f}  close {close:.3f}  of {len(strengths)}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--unrelated", type=Path)
    parser.add_argument("--meaning", action="store_true")
    asked = parser.parse_args()
    read = read_gospels(asked.gold)
    if asked.meaning:
        METHOD["meaning"] = Meaning(VECTORS)
        speed(read)
    gospels(read)
    if asked.articles:
        news(asked.articles)
    if asked.unrelated:
        unrelated(read, asked.unrelated)
    shutil.rmtree(VECTORS, ignore_errors=True)
