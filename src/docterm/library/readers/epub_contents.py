"""The table of contents of a book: what its lines are called and where they point (EPUB 3.3, 7; NCX of OPF 2.0.1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag

from docterm.errors import ReadError
from docterm.library.readers.epub_chapter import Entry
from docterm.library.readers.outline import local, one_line
from docterm.library.readers.xhtml import chapter
from docterm.library.readers.xmlsafe import parse
from docterm.library.readers.zipsafe import Archive, part_name

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from docterm.library.readers.epub_package import Package

Contents = dict[str, dict[str, Entry]]
"""The lines by the name of the part, and in it by the fragment at which they point."""

_LONGEST_TITLE = 300
_DEEPEST = 6


def read_contents(archive: Archive, package: Package) -> Contents:
    """Give the table of contents of a book; an empty one when it has none, or none that can be read."""
    item = package.navigation or package.ncx
    if item is None:
        return {}
    try:
        base = part_name(package.name, item.href)
        data = archive.read(base)
        lines = _ncx(parse(data, document_type=True)) if item is package.ncx else _navigation(chapter(data))
        return _by_place(base, lines)
    except ReadError:  # the text can be read without it
        return {}


def _by_place(base: str, lines: Iterator[tuple[str, Entry]]) -> Contents:
    contents: Contents = {}
    for link, entry in lines:
        try:
            name = part_name(base, link)
        except ReadError:  # the line of one chapter, not that of the others
            continue
        if entry.title:
            contents.setdefault(name, {}).setdefault(unquote(urldefrag(link)[1]), entry)
    return contents


def _navigation(root: Element) -> Iterator[tuple[str, Entry]]:
    """Give the links of the `nav` that is the table of contents: the one that says so, else the first."""
    navs = [element for element in root.iter() if element.tag == "nav"]
    tables = [
        nav for nav in navs if any(local(name).endswith("type") and value == "toc" for name, value in nav.items())
    ]
    for nav in (tables or navs)[:1]:
        todo: list[tuple[Element, int]] = [(nav, 0)]
        while todo:
            element, level = todo.pop()
            if element.tag == "a" and element.get("href"):
                yield element.get("href", ""), _entry(level, "".join(element.itertext()))
            inner = level + (element.tag == "ol")
            todo.extend((child, inner) for child in reversed(element))


def _ncx(root: Element) -> Iterator[tuple[str, Entry]]:
    todo: list[tuple[Element, int]] = [(root, 0)]
    while todo:
        element, level = todo.pop()
        point = local(element.tag) == "navPoint"
        if point:
            title = next((child for child in element if local(child.tag) == "navLabel"), None)
            target = next((child for child in element if local(child.tag) == "content"), None)
            if title is not None and target is not None:
                yield target.get("src", ""), _entry(level + 1, "".join(title.itertext()))
        if local(element.tag) != "pageList":
            todo.extend((child, level + point) for child in reversed(element))


def _entry(level: int, title: str) -> Entry:
    return Entry(min(max(level, 1), _DEEPEST), one_line(title)[:_LONGEST_TITLE])
