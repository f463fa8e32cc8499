"""What the PDF reader makes of real documents: `python benchmarks/pdf_reader.py FOLDER`.

For every `NAME.pdf` of the folder that has a `NAME.json` beside it (its texts as `[role, text]`) it prints

- verbatim: the share of the paragraphs of 8 words and more that stand whole in one block,
- F1 of the paragraphs of 8 words and more that come out exactly,
- hyphens: words of the blocks that only a wrong hyphen keeps from being words of the reference,
- heads: running heads, feet and page numbers left in the text, as a share of all of them,
- roles: the share of the captions and footnotes of 8 words and more, where the reference tells them, that are such,
- milliseconds a page and the greatest memory of the process so far, in megabytes.

A PDF without a reference is timed only.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from docterm.library.model import Role
from docterm.library.readers import Extract
from docterm.library.readers.pdf import read
from docterm.text import normalise, words

SHORTEST = 8
"""Words; shorter paragraphs are headings, cells and entries of a table of contents."""
OFTEN = 4
ASIDE = (Role.CAPTION, Role.FOOTNOTE)
Piece = tuple[str, str]
"""A role and a text."""
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
    heads: float
    roles: float | None


class Figures(NamedTuple):
    """What was measured of one document."""

    name: str
    score: Score | None
    pages: int
    milliseconds: float
    """Of the processor, a page."""
    megabytes: float
    """The greatest memory of the process so far."""


def folded(text: str) -> str:
    """Give a text without case, kinds of quotation marks and spacing, nor the bullet or number it begins with."""
    return _MARK.sub("", " ".join(_DASHES.sub("-", normalise(text).text).split()), count=1)


def is_long(text: str) -> bool:
    """Say whether a paragraph is counted."""
    return len(words(text)) >= SHORTEST


def score(blocks: list[Piece], reference: list[Piece]) -> Score:
    """Compare the blocks of a document with its texts, all of them folded."""
    texts = [text for role, text in blocks if role != Role.FURNITURE]
    right_texts = [text for role, text in reference if role != Role.FURNITURE]
    wanted = Counter(filter(is_long, right_texts))
    given = Counter(filter(is_long, texts))
    whole = "\n".join(texts)
    total = max(1, wanted.total())
    right = (wanted & given).total()
    return Score(
        verbatim=sum(count for text, count in wanted.items() if text in whole) / total,
        f1=2 * right / max(1, wanted.total() + given.total()),
        hyphens=wrong_hyphens(texts, right_texts),
        heads=heads_left(blocks, reference),
        roles=roles_right(blocks, reference),
    )


def roles_right(blocks: list[Piece], reference: list[Piece]) -> float | None:
    """Give the share of the captions and footnotes that come out as such, None where the reference has none."""
    given = {piece for piece in blocks if piece[0] in ASIDE}
    wanted = [piece for piece in reference if piece[0] in ASIDE and is_long(piece[1])]
    return sum(piece in given for piece in wanted) / len(wanted) if wanted else None


def wrong_hyphens(blocks: list[str], reference: list[str]) -> int:
    """Count the words that are no word of the reference, but would be with another hyphen."""
    known = {word for text in reference for word in _WORD.findall(text)}
    bare = {word.replace("-", "") for word in known}
    found = Counter(word for text in blocks for word in _WORD.findall(text))
    wrong = sum(count for word, count in found.items() if word not in known and word.replace("-", "") in bare)
    torn = sum(len(re.findall(r"[^\W\d_]- [^\W\d_]|[\ufffe\x02\u00ad]", text)) for text in blocks)
    return wrong + max(0, torn - sum(len(re.findall(r"[^\W\d_]- [^\W\d_]", text)) for text in reference))


def heads_left(blocks: list[Piece], reference: list[Piece]) -> float:
    """Give the share of the running heads that stand in the text: as a block, but for figures, or inside of one."""
    furniture = Counter(_NUMBER.sub("#", text) for role, text in blocks if role == Role.FURNITURE)
    texts = [_NUMBER.sub("#", text) for role, text in blocks if role != Role.FURNITURE]
    known = Counter(_NUMBER.sub("#", text) for role, text in reference if role != Role.FURNITURE)
    sure = {_NUMBER.sub("#", text) for role, text in reference if role == Role.FURNITURE}
    often = {text for text, count in furniture.items() if count >= OFTEN} | sure
    left = sum(len(text) > 3 and text in often and text not in known for text in texts)
    left += sum(text.count(head) for head in sure for text in texts if text != head)
    return left / max(1, left + sum(count for text, count in furniture.items() if text in often))


def blocks_of(extract: Extract) -> list[Piece]:
    """Give the folded blocks of a document with their roles."""
    return [(str(block.role), text) for block in extract.blocks if (text := folded(block.text))]


def reference_of(path: Path) -> list[Piece]:
    """Give the folded texts that a PDF should give, nothing where they are not known."""
    beside = path.with_suffix(".json")
    pieces = json.loads(beside.read_text("utf-8")) if beside.exists() else []
    return [(role, text) for role, raw in pieces if (text := folded(raw))]


def measure(path: Path) -> Figures:
    """Read one PDF and give its figures."""
    data = path.read_bytes()
    start = time.process_time()
    extract = read(data)
    taken = time.process_time() - start
    pages = max((block.page or 1 for block in extract.blocks), default=1)
    reference = reference_of(path)
    found = score(blocks_of(extract), reference) if reference else None
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Figures(path.stem, found, pages, 1000 * taken / pages, memory)


def main(folder: Path) -> None:
    """Print a line for every PDF of a folder."""
    print(f"{'document':<24} verbatim     F1  hyphens  heads  roles  pages  ms/page      MB")
    for path in sorted(folder.glob("*.pdf")):
        name, found, pages, milliseconds, memory = measure(path)
        line = f"{name:<24} " + " " * 39
        if found is not None:
            roles = "" if found.roles is None else f"{found.roles:.3f}"
            line = (
                f"{name:<24} {found.verbatim:>8.3f} {found.f1:>6.3f} {found.hyphens:>8} {found.heads:>6.3f} {roles:>6}"
            )
        print(f"{line} {pages:>6} {milliseconds:>8.1f} {memory:>7.0f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
