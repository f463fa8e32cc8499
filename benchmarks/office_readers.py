"""How much of office documents and books the readers give back, and how fast.

    python benchmarks/office_readers.py FOLDER [PANDOC]

FOLDER is walked for .docx, .odt and .epub. Of DOCX and ODT the words are held against all text of their own XML, and
the paragraphs that stand in no table against those of the XML, character for character but for white space. Where
PANDOC (the path of the program) is given, the words of all three are held against what it reads. Recall is the share
of the reference's words that the reader gives, each counted as often as it occurs. Nothing of the files is kept.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from html import unescape
from importlib import import_module
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from docterm.errors import ReadError
from docterm.library.readers import Extract

_WORD = re.compile(r"\w+")
_TEXT_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_PASSED_OVER = {
    *("del", "moveFrom", "Fallback", "instrText", "rt"),
    *("tracked-changes", "annotation", "note-citation", "ruby-text", "title", "desc", "forms"),
}
"""By both readers, on purpose: they are no text of the document."""


class Figures(NamedTuple):
    """What was measured of one file."""

    words: int
    found: int
    paragraphs: int
    exact: int
    seconds: float


def local(element: Element) -> str:
    """Give the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def spaced(text: str) -> str:
    """Give a text with its white space as the readers have it."""
    return " ".join(text.replace("\u00ad", "").split())


def own_paragraphs(root: Element, tags: tuple[str, ...], depth: int = 0) -> Iterator[tuple[str, bool]]:
    """Give the text of each paragraph below `root`, and whether it stands in a table. Recursive: for sane files."""
    for child in root:
        if local(child) in _PASSED_OVER:
            continue
        if local(child) in tags:
            pieces: list[str] = []
            inner: list[Element] = []
            collect(child, pieces, inner)
            yield "".join(pieces), depth > 0
            for box in inner:
                yield from own_paragraphs(box, tags, depth)
        else:
            yield from own_paragraphs(child, tags, depth + (local(child) in ("tbl", "table")))


def collect(element: Element, pieces: list[str], inner: list[Element]) -> None:
    """Collect the text of a paragraph, and the boxes and notes in it."""
    office = element.tag.startswith(_TEXT_NAMESPACE)
    if office or local(element) == "t":
        pieces.append(element.text or "")
    for child in element:
        name = local(child)
        if name in ("txbxContent", "text-box", "note-body"):
            inner.append(child)
        elif name in ("tab", "br", "cr", "ptab", "s", "line-break"):
            pieces.append(" ")
        elif name == "noBreakHyphen":
            pieces.append("\u2011")
        elif name not in _PASSED_OVER:
            collect(child, pieces, inner)
        if office:
            pieces.append(child.tail or "")


def references(path: Path) -> tuple[str, list[str]]:
    """Give all text of a DOCX or ODT, and those of its paragraphs that stand in no table."""
    parts: tuple[str, ...] = ("content.xml",)
    tags: tuple[str, ...] = ("p", "h")
    if path.suffix == ".docx":
        parts, tags = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"), ("p",)
    found: list[tuple[str, bool]] = []
    with zipfile.ZipFile(path) as archive:
        for part in parts:
            if part in archive.namelist():
                found += own_paragraphs(ElementTree.fromstring(archive.read(part)), tags)
    plain = [spaced(text) for text, in_table in found if not in_table and text.strip()]
    return "\n".join(text for text, _ in found), plain


def pandoc_text(pandoc: str, path: Path) -> str:
    """Give the text of what pandoc makes of a document in HTML: so the names of pictures and list numbers are none."""
    command = [pandoc, "--from", path.suffix[1:], "--to", "html", "--wrap", "none", str(path)]
    made = subprocess.run(command, capture_output=True, check=True, timeout=300).stdout.decode()
    blocks = re.sub(r"<(?:/?(?:p|li|h\d|d[tdl]|t[hdr]|div|figure|figcaption|pre|section)\b|br)[^>]*>", " ", made)
    return unescape(re.sub(r"<[^>]*>", "", blocks).replace("\u00ad", ""))


def measure(path: Path, reference: Callable[[Path], tuple[str, list[str]]]) -> Figures | None:
    """Measure one file; None for one that the reader refuses, which is printed."""
    read: Callable[[bytes], Extract] = import_module(f"docterm.library.readers.{path.suffix[1:]}").read
    data = path.read_bytes()
    start = time.perf_counter()
    try:
        extract = read(data)
    except ReadError as error:
        print(f"  refused {path.name}: {error.message}")
        return None
    seconds = time.perf_counter() - start
    try:
        text, paragraphs = reference(path)
    except (KeyError, zipfile.BadZipFile, ElementTree.ParseError, subprocess.SubprocessError) as error:
        print(f"  no reference for {path.name}: {type(error).__name__}")
        return Figures(0, 0, 0, 0, seconds)
    given = Counter(_WORD.findall(" ".join(block.text for block in extract.blocks)))
    wanted = Counter(_WORD.findall(text))
    lost = wanted - given
    if lost.total() > 0.01 * wanted.total():
        print(f"  {path.name}: {lost.total()} of {wanted.total()} words lost: {' '.join(list(lost)[:12])}")
    blocks = [block.text for block in extract.blocks]
    exact = Counter(blocks) + Counter(text.partition(" ")[2] for text in blocks)  # a number may stand before it
    missing = Counter(paragraphs) - exact
    return Figures(
        wanted.total(), wanted.total() - lost.total(), len(paragraphs), len(paragraphs) - missing.total(), seconds
    )


def report(folder: Path, suffix: str, reference: Callable[[Path], tuple[str, list[str]]]) -> None:
    """Measure the files of a suffix and print the sums."""
    files = sorted(folder.rglob(f"*{suffix}"))
    if not files:
        return
    figures = [found for path in files if (found := measure(path, reference)) is not None]
    words, found, paragraphs, exact, seconds = (sum(each) for each in zip(*figures, strict=True))
    slowest = max(each.seconds for each in figures)
    print(f"{suffix}: {len(figures)} of {len(files)} files, {seconds:.2f} s, the slowest {slowest:.2f} s")
    if words:
        print(f"  recall of words {found / words:.4f} ({words:,} words)")
    if paragraphs:
        print(f"  exact paragraphs {exact / paragraphs:.4f} ({exact:,} of {paragraphs:,})")


def main() -> None:
    """Measure what the command line names."""
    folder = Path(sys.argv[1])
    for suffix in (".docx", ".odt"):
        print(f"-- {suffix} against its own XML")
        report(folder, suffix, references)
    if len(sys.argv) > 2:
        for suffix in (".docx", ".odt", ".epub"):
            print(f"-- {suffix} against pandoc")
            report(folder, suffix, lambda path: (pandoc_text(sys.argv[2], path), []))


if __name__ == "__main__":
    main()
