"""How well the article of a page is found, how much of what the page says of itself, and how fast.

    python benchmarks/html_reader.py FOLDER [TEXTS]

FOLDER is `test/test-pages` of github.com/mozilla/readability: in each folder a `source.html`, the article as
`expected.html`, and `expected-metadata.json`. Pages whose article has less than 2,000 characters test single rules
and are passed over. TEXTS is `tests/data` of the newspaper4k source package: `html/NAME.html` and `txt/NAME.txt`.

A paragraph is right when its letters and digits are those of one in the gold; P, R and F1 are means over pages,
for all paragraphs and for those of at least 20 letters. The rules were made with the even pages in view; the odd
ones were held out. Title, author and publication are right when one of the two holds the other, a date when it is
the day. Of TEXTS the F1 of sequences of 8 letters is given. Times are of the processor, with parsing.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from docterm.errors import ReadError
from docterm.library.model import Block, Role
from docterm.library.readers import Extract
from docterm.library.readers.html import read

ARTICLE = (Role.BODY, Role.SUBHEAD, Role.CAPTION, Role.DECK, Role.FOOTNOTE, Role.LINKS, Role.BOILERPLATE)
SHORTEST_ARTICLE = 2_000
LETTERS = 20
_BREAK = "\x00"
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_SKIPPED = frozenset("script style template noscript svg iframe video object".split())


class Score(NamedTuple):
    """Precision, recall and their mean."""

    precision: float
    recall: float
    f1: float


class Result(NamedTuple):
    """What came of a page."""

    every: Score
    long: Score
    hits: dict[str, bool]
    seconds: float


def letters(text: str) -> str:
    """Give the letters and digits of a text in lower case."""
    return "".join(char for char in text.casefold() if char.isalnum())


def gold_paragraphs(html: str) -> list[str]:
    """Give the paragraphs of a clean article; written apart from the reader, so as not to share its faults."""
    from selectolax.lexbor import LexborHTMLParser, LexborNode

    found: list[str] = []
    pieces: list[str] = []
    body = LexborHTMLParser(html).body
    todo: list[tuple[LexborNode, bool, bool]] = [] if body is None else [(body, False, False)]
    while todo:
        node, typed, leaving = todo.pop()
        if node.is_text_node:
            pieces.append(node.text_content or "")
        elif node.tag == "br":
            pieces.append(_BREAK)
        elif node.tag not in _SKIPPED:
            if node.tag in _BLOCKS:
                text, pieces = "".join(pieces), []
                found += re.split(rf"[\n{_BREAK}]" if typed else rf"(?:{_BREAK}\s*){{2,}}", text)
            if not leaving:
                within = typed or node.tag == "pre"
                todo.append((node, within, True))
                todo += [(child, within, False) for child in reversed(list(node.iter(include_text=True)))]
    return [text for text in (*found, "".join(pieces)) if text.strip(f" \t\n{_BREAK}")]


def score(gold: Counter[str], found: Counter[str]) -> Score:
    """Compare what was found with what is there."""
    hits = (gold & found).total()
    precision, recall = hits / max(1, found.total()), hits / max(1, gold.total())
    return Score(precision, recall, 2 * precision * recall / max(1e-9, precision + recall))


def _article(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if block.role in ARTICLE:
            yield from filter(None, map(letters, block.text.split(" | ")))


def _hits(meta: dict[str, str], gold: dict[str, str | None]) -> dict[str, bool]:
    """Say of everything the gold knows whether it was found."""
    hits: dict[str, bool] = {}
    for name, gold_name in (("title", "title"), ("author", "byline"), ("source", "siteName")):
        if right := letters(gold.get(gold_name) or ""):
            found = letters(meta.get(name, ""))
            hits[name] = bool(found) and (right in found or found in right)
    if day := gold.get("publishedTime"):
        hits["date"] = meta.get("date", "") == day[:10]
    return hits


def measure(page: Path) -> Result | None:
    """Read a page and compare; None where the article is too short to count."""
    gold = gold_paragraphs((page / "expected.html").read_text(encoding="utf-8"))
    if sum(map(len, gold)) < SHORTEST_ARTICLE:
        return None
    right = list(filter(None, map(letters, gold)))
    data = (page / "source.html").read_bytes()
    start = time.process_time()
    extract = read(data)
    taken = time.process_time() - start
    found = list(_article(extract.blocks))
    long = [Counter(text for text in texts if len(text) >= LETTERS) for texts in (right, found)]
    known = json.loads((page / "expected-metadata.json").read_text(encoding="utf-8"))
    return Result(score(Counter(right), Counter(found)), score(long[0], long[1]), _hits(extract.meta, known), taken)


def report(name: str, results: Sequence[Result]) -> None:
    """Print the figures of some pages."""
    if not results:
        return
    print(f"{name}: {len(results)} pages")
    for what, scores in (
        ("every paragraph", [r.every for r in results]),
        ("20 letters or more", [r.long for r in results]),
    ):
        figures = [statistics.mean(figure) for figure in zip(*scores, strict=True)]
        print(f"  {what:20} P {figures[0]:.3f}  R {figures[1]:.3f}  F1 {figures[2]:.3f}")
    for field in ("title", "author", "date", "source"):
        known = [result.hits[field] for result in results if field in result.hits]
        print(f"  {field:20} {sum(known)} of {len(known)}")
    times = sorted(1000 * result.seconds for result in results)
    mean, median = statistics.mean(times), statistics.median(times)
    print(f"  {'ms a page':20} mean {mean:.0f}  median {median:.0f}  worst {times[-1]:.0f}")


def _grams(text: str) -> Counter[str]:
    folded = letters(text)
    return Counter(folded[start : start + 8] for start in range(max(1, len(folded) - 7)))


def texts(folder: Path) -> None:
    """Print the F1 of letter sequences for the pages of a folder that have a text."""
    scores: list[float] = []
    for page in sorted((folder / "html").glob("*.html")):
        gold = folder / "txt" / f"{page.stem}.txt"
        if gold.exists():
            extract: Extract | None = None
            try:
                extract = read(page.read_bytes())
            except ReadError as error:
                print(f"  {page.name}: {error}")
            body = "" if extract is None else "\n".join(b.text for b in extract.blocks if b.role in ARTICLE)
            scores.append(score(_grams(gold.read_text(encoding="utf-8")), _grams(body)).f1)
            print(f"  {page.name:28} {scores[-1]:.3f}")
    if scores:
        print(f"texts: {len(scores)} pages, F1 {statistics.mean(scores):.3f}")


def main(folder: Path) -> None:
    """Print the figures of both halves of the pages and of all."""
    results = [result for page in sorted(folder.iterdir()) if page.is_dir() and (result := measure(page)) is not None]
    report("in view", results[0::2])
    report("held out", results[1::2])
    report("all", results)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
    if len(sys.argv) > 2:
        texts(Path(sys.argv[2]))
