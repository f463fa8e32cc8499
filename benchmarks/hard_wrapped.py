"""How well the paragraphs of hard-wrapped text are found: `python benchmarks/hard_wrapped.py PAGES`.

PAGES is `test/test-pages` of github.com/mozilla/readability. Each article is rendered with the faults that saved texts
have; F1 is that of paragraphs of 8 words and more that come out exactly, all of the articles together. The even
articles may be looked at, the odd ones are held out.
"""

from __future__ import annotations

import random
import re
import resource
import sys
import textwrap
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from reader_texts import Article, pages, prose

from docterm.library.model import Role
from docterm.library.readers.plain import read
from docterm.text import normalise, words

PAGE = 55
"""Lines."""
SHORTEST = 8
"""Words."""
BYLINE, DATE = "By Ada Lind and Tomas Okafor", "March 4, 2021"
_ASIDES = (
    "Related article: What the river towns remember of the flood",
    "Photo: A heron on the weir at dawn / Getty Images",
    "Advertisement",
    "Read more: The harbour that moved twice",
)
_LINKS = ("https://www.example.com/stories/2021/03/harbour", "https://example.org/archive?id=1871")
_LONG_WORD = re.compile(r"[a-z]{6,}")


@dataclass(frozen=True)
class Rendering:
    """How a text is wrapped, and with which faults."""

    name: str
    width: int
    blank: bool = True
    indent: str = ""
    noise: bool = False
    """Pages with running heads, form feeds, links at their ends; asides and captions inside paragraphs."""
    hyphenated: float = 0.0
    """The share of the lines that end in the middle of a word, where the next has one long enough."""


RENDERINGS = (
    Rendering("wrapped at 95, with faults", 95, noise=True),
    Rendering("the same, 35 % of the lines hyphenated", 95, noise=True, hyphenated=0.35),
    Rendering("wrapped at 72, with faults", 72, noise=True),
    Rendering("wrapped at 60, 40 % hyphenated, with faults", 60, noise=True, hyphenated=0.4),
    Rendering("indents, no blank lines", 80, blank=False, indent="    "),
    Rendering("no indents, no blank lines", 80, blank=False),
    Rendering("wrapped at 80, clean", 80),
)


class Figures(NamedTuple):
    """What came out of the texts of a rendering."""

    precision: float
    recall: float
    f1: float
    bylines: int
    dates: int
    texts: int


def _lines(text: str, rendering: Rendering, chance: random.Random) -> list[str]:
    """Wrap a paragraph, words parted at line ends as a typesetter parts them where that is asked for."""
    lines = textwrap.wrap(
        text, rendering.width, initial_indent=rendering.indent, break_long_words=False, break_on_hyphens=True
    )
    for place in range(len(lines) - 1):
        head, space, rest = lines[place + 1].partition(" ")
        room = rendering.width - len(lines[place]) - 2
        parted = _LONG_WORD.fullmatch(head) and room >= 2 and chance.random() < rendering.hyphenated
        if parted and not lines[place].endswith("-"):
            cut = min(room, len(head) - 3)
            lines[place] += f" {head[:cut]}-"
            lines[place + 1] = head[cut:] + space + rest
    return lines


def render(article: Article, rendering: Rendering, seed: int) -> str:
    """Give an article as a saved text."""
    chance = random.Random(seed)
    lines = [article.title, "", BYLINE, DATE, ""]
    for text in article.paragraphs:
        wrapped = _lines(text, rendering, chance)
        if rendering.noise and len(wrapped) > 3 and chance.random() < 0.06:
            place = chance.randrange(1, len(wrapped) - 1)
            wrapped[place:place] = ["", chance.choice(_ASIDES), ""]
        lines += wrapped
        if rendering.blank:
            lines.append("")
    return "\n".join(_paged(lines, article.title, chance) if rendering.noise else lines) + "\n"


def _paged(lines: Sequence[str], head: str, chance: random.Random) -> Iterable[str]:
    """Give the lines on pages with heads and feet, now and then with links at the end and a stray space after it."""
    for number, start in enumerate(range(0, len(lines), PAGE), 1):
        page = list(lines[start : start + PAGE])
        if number > 1 and page and page[0]:
            page[0] = f" {page[0]}"
        begin = "\f" if number > 1 else ""
        yield f"{begin}The River Review - {head[:40]}"
        yield ""
        yield from page
        if chance.random() < 0.3:
            yield from ("", *_LINKS)
        yield from ("", f"{number}/{len(lines) // PAGE + 1}")


def folded(text: str) -> str:
    """Give a text as paragraphs are compared."""
    return " ".join(normalise(text).text.split())


def measure(articles: Sequence[Article], rendering: Rendering) -> Figures:
    """Read every article in a rendering, and compare."""
    right = given = wanted = bylines = dates = 0
    for seed, article in enumerate(articles):
        gold = Counter(folded(text) for text in article.paragraphs if len(words(text)) >= SHORTEST)
        blocks = read(render(article, rendering, seed).encode()).blocks
        found = Counter(
            folded(block.text)
            for block in blocks
            if block.role not in (Role.FURNITURE, Role.TITLE, Role.RELATED) and len(words(block.text)) >= SHORTEST
        )
        found -= Counter(map(folded, _ASIDES))
        right, given, wanted = right + (gold & found).total(), given + found.total(), wanted + gold.total()
        bylines += any(block.role is Role.BYLINE and block.text == BYLINE for block in blocks)
        dates += any(block.role is Role.DATE and block.text == DATE for block in blocks)
    precision, recall = right / max(1, given), right / max(1, wanted)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return Figures(precision, recall, f1, bylines, dates, len(articles))


def cost(articles: Sequence[Article], megabytes: int = 20) -> tuple[float, float]:
    """Give the processor seconds and the megabytes that reading so much wrapped text takes."""
    text = "".join(render(article, RENDERINGS[0], seed) for seed, article in enumerate(articles))
    data = (text.encode() * (megabytes * 1_000_000 // len(text) + 1))[: megabytes * 1_000_000]
    start = time.process_time()
    read(data)
    taken = time.process_time() - start
    return taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(folder: Path) -> None:
    """Print the figures."""
    articles = prose(pages(folder))
    for rendering in RENDERINGS:
        for name, part in (("in view", articles[0::2]), ("held out", articles[1::2])):
            found = measure(part, rendering)
            print(
                f"{rendering.name:<46} {name:<9} P {found.precision:.3f} R {found.recall:.3f} F1 {found.f1:.3f} "
                f"bylines {found.bylines} dates {found.dates} of {found.texts}"
            )
    seconds, megabytes = cost(articles)
    print(f"20 MB: {seconds:.1f} s, {megabytes:.0f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
