"""What the PDF reader makes of real documents: `python benchmarks/pdf_reader.py FOLDER`.

For every `NAME.pdf` of the folder that has a `NAME.txt` beside it (its paragraphs, parted by blank lines) it prints

- verbatim: the share of the paragraphs of 8 words and more that stand whole in one block,
- F1 of the paragraphs of 8 words and more that come out exactly,
- hyphens: words of the blocks that only a wrong hyphen keeps from being words of the reference,
- heads: running heads, feet and page numbers left in the text,
- milliseconds a page and the greatest memory of the process so far, in megabytes.

A PDF without a reference is timed only.
"""

from __future__ import annotations

import re
import resource
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from docterm.library.model import Role
from docterm.library.readers import Extract
from docterm.library.readers.pdf import read
from docterm.text import normalise, words

SHORTEST = 8
"""Words; shorter paragraphs are headings, cells and entries of a table of contents."""
OFTEN = 4
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_DASHES = re.compile(r"-{2,}")
_NUMBER = re.compile(r"\d+")
_MARK = re.compile(r"^(?:[^\w\s\"'(\[$/<-]+|[(\[]?\d+(?:\.\d+)*[.)\]]*|\(?[a-z][.)]) +")


@dataclass(frozen=True, slots=True)
class Score:
    """How near a reading comes to its reference."""

    verbatim: float
    f1: float
    hyphens: int
    heads: int


def folded(text: str) -> str:
    """Give a text without case, kinds of quotation marks and spacing, nor the bullet or number it begins with."""
    return _MARK.sub("", " ".join(_DASHES.sub("-", normalise(text).text).split()), count=1)


def is_long(text: str) -> bool:
    """Say whether a paragraph is counted."""
    return len(words(text)) >= SHORTEST


def score(blocks: list[str], furniture: list[str], reference: list[str]) -> Score:
    """Compare the blocks of a document with its paragraphs, all of them folded."""
    wanted = Counter(filter(is_long, reference))
    given = Counter(filter(is_long, blocks))
    whole = "\n".join(blocks)
    total = max(1, wanted.total())
    right = (wanted & given).total()
    return Score(
        verbatim=sum(count for text, count in wanted.items() if text in whole) / total,
        f1=2 * right / max(1, wanted.total() + given.total()),
        hyphens=wrong_hyphens(blocks, reference),
        heads=heads_left(blocks, furniture, reference),
    )


def wrong_hyphens(blocks: list[str], reference: list[str]) -> int:
    """Count the words that are no word of the reference, but would be with another hyphen."""
    known = {word for text in reference for word in _WORD.findall(text)}
    bare = {word.replace("-", "") for word in known}
    found = Counter(word for text in blocks for word in _WORD.findall(text))
    wrong = sum(count for word, count in found.items() if word not in known and word.replace("-", "") in bare)
    torn = sum(len(re.findall(r"[^\W\d_]- [^\W\d_]|[\ufffe\x02\u00ad]", text)) for text in blocks)
    return wrong + max(0, torn - sum(len(re.findall(r"[^\W\d_]- [^\W\d_]", text)) for text in reference))


def heads_left(blocks: list[str], furniture: list[str], reference: list[str]) -> int:
    """Count the blocks that say, but for figures, what often is a running head, and that the reference has not."""
    often = {text for text, count in Counter(_NUMBER.sub("#", text) for text in furniture).items() if count >= OFTEN}
    known = {_NUMBER.sub("#", text) for text in reference}
    return sum(len(text) > 3 and _NUMBER.sub("#", text) in often - known for text in blocks)


def blocks_of(extract: Extract) -> tuple[list[str], list[str]]:
    """Give the folded blocks of a document and, apart, those that are furniture."""
    body = [folded(block.text) for block in extract.blocks if block.role is not Role.FURNITURE]
    furniture = [folded(block.text) for block in extract.blocks if block.role is Role.FURNITURE]
    return list(filter(None, body)), list(filter(None, furniture))


def measure(path: Path) -> str:
    """Read one PDF and give its figures as a line."""
    data = path.read_bytes()
    start = time.process_time()
    extract = read(data)
    taken = time.process_time() - start
    pages = max((block.page or 1 for block in extract.blocks), default=1)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cost = f"{pages:>6} {1000 * taken / pages:>8.1f} {memory:>7.0f}"
    beside = path.with_suffix(".txt")
    if not beside.exists():
        return f"{path.stem:<24} {'-':>8} {'-':>6} {'-':>8} {'-':>6} {cost}"
    reference = [text for text in map(folded, beside.read_text("utf-8").split("\n\n")) if text]
    found = score(*blocks_of(extract), reference)
    return f"{path.stem:<24} {found.verbatim:>8.3f} {found.f1:>6.3f} {found.hyphens:>8} {found.heads:>6} {cost}"


def main(folder: Path) -> None:
    """Print a line for every PDF of a folder."""
    print(
        f"{'document':<24} {'verbatim':>8} {'F1':>6} {'hyphens':>8} {'heads':>6} {'pages':>6} {'ms/page':>8} {'MB':>7}"
    )
    for path in sorted(folder.glob("*.pdf")):
        print(measure(path))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
