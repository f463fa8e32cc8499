"""The texts of which the sets for the readers are made: articles of web pages, and the books of Debian packages.

Nothing of them is kept in the repository. `fetch_packages` brings the packages with apt; the pages are those of
github.com/mozilla/readability, in a folder that the caller names.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from html_reader import SHORTEST_ARTICLE, gold_paragraphs, letters

PACKAGES = (
    "debian-policy", "developers-reference", "maint-guide", "debmake-doc", "debian-handbook", "debian-reference-en",
    "debian-faq", "debian-faq-de",
)  # fmt: skip
_FEWEST = 12
_COMMON = frozenset("the of and to in that is was for it with as his on be at by had not are but from have".split())
_PARAGRAPH = re.compile(r'<div class="para">\s*(?P<text>[^<].*?)\s*</div>', re.DOTALL)
_TITLE = re.compile(r"<title[^>]*>(?P<text>.*?)</title>", re.DOTALL)
_CODE = re.compile(r"[{}<>=\\]|//|\(\)|;$|^\W+$|^[a-z]\S* *$")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b]")
_TAG = re.compile(r"<[^>]*>")


class Article(NamedTuple):
    """A text with a title."""

    name: str
    title: str
    paragraphs: tuple[str, ...]


def fetch_packages(folder: Path) -> None:
    """Download the packages into a folder and unpack each into a folder of its own name; what is there stays."""
    folder.mkdir(parents=True, exist_ok=True)
    for package in PACKAGES:
        if not (folder / package).exists():
            subprocess.run(["apt-get", "download", "-qq", package], cwd=folder, check=True)
            (archive,) = folder.glob(f"{package}_*.deb")
            subprocess.run(["dpkg-deb", "-x", archive, folder / package], check=True)


def spaced(text: str) -> str:
    """Give a text with single spaces."""
    return " ".join(_UNSEEN.sub("", text).split())


def is_english(text: str) -> bool:
    """Say whether a text has as many of the small words as English has."""
    found = text.lower().split()
    return sum(word in _COMMON for word in found) > 0.2 * len(found)


def prose(articles: list[Article]) -> list[Article]:
    """Give the English articles without lines of programs, those that have a dozen paragraphs left."""
    found = []
    for article in articles:
        texts = tuple(text for text in article.paragraphs if not _CODE.search(text))
        if len(texts) >= _FEWEST and len(texts) > 0.8 * len(article.paragraphs) and is_english(" ".join(texts)):
            found.append(article._replace(paragraphs=texts))
    return found


def pages(folder: Path) -> list[Article]:
    """Give the articles of the pages in `test/test-pages` of readability, those that `html_reader` measures."""
    found: list[Article] = []
    for page in sorted(folder.iterdir()):
        if not (page / "expected.html").exists():
            continue
        gold = gold_paragraphs((page / "expected.html").read_text(encoding="utf-8"))
        if sum(len(letters(text)) for text in gold) >= SHORTEST_ARTICLE:
            known = json.loads((page / "expected-metadata.json").read_text(encoding="utf-8"))
            texts = tuple(filter(None, map(spaced, gold)))
            found.append(Article(page.name, spaced(known.get("title") or page.name), texts))
    return found


def handbook(packages: Path, language: str) -> Iterator[Article]:
    """Give the chapters of the Debian Administrator's Handbook in a language, such as `en-US`."""
    from html import unescape

    folder = packages / f"debian-handbook/usr/share/doc/debian-handbook/html/{language}"
    for path in sorted(folder.glob("*.html")):
        page = path.read_text(encoding="utf-8")
        title = _TITLE.search(page)
        texts = (spaced(unescape(_TAG.sub("", match["text"]))) for match in _PARAGRAPH.finditer(page))
        found = tuple(text for text in texts if text)
        if title is not None and found:
            yield Article(path.stem, spaced(unescape(title["text"])), found)
