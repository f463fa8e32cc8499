"""How well the words called typical of an article hold in a part of it that was not looked at.

    DOCTERM_ORIGINALS=FOLDER python benchmarks/keyness.py

The paragraphs of both articles are parted at random into two halves, forty times. A list is made of the first halves;
a word of its top fifteen holds when the same side uses it more in the second halves too. For the left (shorter) and
the right article and several orders the table gives how many words there are, the share of them that holds, and the
share of those that occur in the second halves at all: one that is in neither holds in no direction. A second part
times the vocabulary of two groups of 200 documents each, made of the paragraphs of the shipped library.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from shutil import copy

from docterm.compare.sides import Side
from docterm.compare.terms import body
from docterm.compare.vocabulary import Kind, Support, TermRow, vocabulary
from docterm.library.library import Library
from docterm.library.model import Document, Locator, Passage, Role, Status
from docterm.library.model import Kind as DocumentKind

SPLITS = 40
TOP = 15
GROUP = 200
PARAGRAPHS = 15

Pick = Callable[[Sequence[TermRow]], list[TermRow]]


def main() -> None:
    """Print the table."""
    folder = os.environ.get("DOCTERM_ORIGINALS")
    if folder:
        replication(Path(folder))
    else:
        sys.stderr.write("DOCTERM_ORIGINALS names no folder: the articles are left out.\n")
    groups()


def replication(folder: Path) -> None:
    """Print the shares of top words that hold in the other half."""
    texts = articles(folder)
    orders: dict[str, Pick] = {
        "docterm: G2, in 3 paragraphs": lambda rows: [row for row in rows if row.support is Support.ENOUGH],
        "docterm, words alone": lambda rows: [row for row in words(rows) if row.support is Support.ENOUGH],
        "G2, in 2 paragraphs": lambda rows: by_g2([row for row in rows if row.support > Support.ALONE]),
        "G2 alone": by_g2,
        "log ratio, 3 times": lambda rows: sorted(
            [row for row in rows if row.left + row.right >= 3], key=lambda row: -abs(row.log_ratio)
        ),
    }
    found: dict[str, list[list[tuple[int, int, int]]]] = {name: [[], []] for name in orders}
    for split in range(SPLITS):
        first, second = zip(*(halves(text, random.Random(split)) for text in texts), strict=True)
        rows = [row for row in vocabulary(*first) if row.kind is not Kind.PHRASE]
        unseen = [row for row in vocabulary(*second) if row.kind is not Kind.PHRASE]
        seen = {form.lower(): row for row in unseen for form in row.forms}
        for name, order in orders.items():
            ordered = order(rows)
            for side in (0, 1):
                found[name][side].append(tested([row for row in ordered if leans(row, side)][:TOP], seen, side))
    print(f"top {TOP}, {SPLITS} splits             left: words  hold  of met   right: words  hold  of met")
    for name, sides in found.items():
        print(f"{name:<32}" + "".join(f"{shares(tests):>26}" for tests in sides))


def tested(top: Sequence[TermRow], seen: dict[str, TermRow], side: int) -> tuple[int, int, int]:
    """Count the words of a list, those met in the other halves, and those that hold there."""
    others = [next((seen[form.lower()] for form in row.forms if form.lower() in seen), None) for row in top]
    met = [row for row in others if row is not None]
    return len(top), len(met), sum(leans(row, side) for row in met)


def leans(row: TermRow, side: int) -> bool:
    """Say whether a side uses a term more."""
    return row.is_more_right if side else row.is_more_left


def shares(tests: Sequence[tuple[int, int, int]]) -> str:
    """Give the mean number of words and the mean shares that hold."""
    known = [(words, met, held) for words, met, held in tests if words]
    hold = sum(held / words for words, _, held in known) / max(len(known), 1)
    of_met = sum(held / met for _, met, held in known if met) / max(sum(met > 0 for _, met, _ in known), 1)
    return f"{sum(words for words, _, _ in tests) / len(tests):.1f}  {hold:.2f}    {of_met:.2f}"


def words(rows: Sequence[TermRow]) -> list[TermRow]:
    """Give the rows of words, without names."""
    return [row for row in rows if row.kind is Kind.WORD]


def by_g2(rows: Sequence[TermRow]) -> list[TermRow]:
    """Put rows in the order of G2 alone."""
    return sorted(rows, key=lambda row: (-row.g2, row.term))


def articles(folder: Path) -> list[Side]:
    """Read the two articles, the shorter one first."""
    with tempfile.TemporaryDirectory() as name:
        for file in ("voa.txt", "carnegie.txt"):
            copy(folder / file, name)
        library = Library(Path(name))
        library.refresh()
        documents = sorted(library.documents(), key=lambda document: document.words)
        sides = [Side.of(document, tuple(library.passages(document))) for document in documents]
        library.close()
    return sides


def halves(side: Side, order: random.Random) -> tuple[Side, Side]:
    """Part the paragraphs of a document into two halves."""
    passages = body(side.passages[0])
    order.shuffle(passages)
    middle = len(passages) // 2
    (document,) = side.documents
    return Side.of(document, passages[:middle]), Side.of(document, passages[middle:])


def groups() -> None:
    """Print how long two groups of documents take."""
    library = Library(Path(__file__).parents[1] / "library")
    library.refresh()
    texts = [passage.text for document in library.documents() for passage in body(library.passages(document))]
    library.close()
    order = random.Random(6)
    left, right = (group(label, texts, order) for label in ("left", "right"))
    began = time.process_time()
    rows = vocabulary(left, right)
    print(f"{GROUP} x {GROUP} documents, {sum(map(size, (left, right))):,} words: {len(rows):,} terms,"
          f" {time.process_time() - began:.1f} s of CPU")  # fmt: skip


def group(label: str, texts: Sequence[str], order: random.Random) -> Side:
    """Make documents of paragraphs drawn at random, with a few words of their own in each."""
    documents, passages = [], []
    for number in range(GROUP):
        key = f"{label}{number}"
        drawn = [order.choice(texts).split() for _ in range(PARAGRAPHS)]
        made = [" ".join([f"{label}word{order.randrange(4000)}", *words]) for words in drawn]
        passages.append([Passage(key, at, Role.BODY, text, Locator(at + 1)) for at, text in enumerate(made)])
        documents.append(Document(key, key, "", "", DocumentKind.DOCUMENT, key, 0, PARAGRAPHS, Status.READY))
    return Side(label, tuple(documents), tuple(passages))


def size(side: Side) -> int:
    """Count the words of a side, roughly."""
    return sum(len(passage.text.split()) for passage in side.body())


if __name__ == "__main__":
    main()
