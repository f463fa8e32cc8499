"""The paragraphs of a chapter of a book, with the roles that its elements give them (EPUB 3.3, XHTML content)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from docterm.library.model import Role
from docterm.library.readers.outline import Outline, Paragraph, Step, local, mixed, walk

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol p pre section summary table tbody text tfoot "
    "thead ul".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_PASSED_OVER = frozenset(
    "annotation annotation-xml audio canvas desc embed head iframe img input link map meta metadata noscript object "
    "param rp rt script select source style switch template textarea title track video".split()
)
_NOTES = frozenset(
    "footnote footnotes endnote endnotes rearnote rearnotes doc-footnote doc-endnote doc-endnotes".split()
)
_FRONT = {"titlepage": Role.FURNITURE, "halftitlepage": Role.FURNITURE, "copyright-page": Role.BOILERPLATE}
"""What a book prints about itself: nobody counts it among its paragraphs."""
_PAGE_BREAKS = frozenset({"pagebreak", "doc-pagebreak"})
_ROLES = {"figcaption": Role.CAPTION, "caption": Role.CAPTION, "nav": Role.LINKS}
_LONGEST_HEADING = 400
_LONGEST_PAGE = 20


class Entry(NamedTuple):
    """A line of the table of contents."""

    level: int
    """From 1."""
    title: str


def read_chapter(root: Element, outline: Outline, entries: Mapping[str, Entry], page: str = "") -> str:
    """Add the paragraphs of a chapter to an outline, and give the label of the printed page on which it ends.

    `entries` are the lines of the table of contents that point into the chapter, by fragment; they are its headings
    where it has none of its own. `page` is the printed page on which it begins.
    """
    reading = _Reading(outline, {} if _has_heading(root) else entries, page)
    reading.walk(root)
    return reading.page


def _has_heading(root: Element) -> bool:
    return any(element.tag in _HEADINGS and "".join(element.itertext()).strip() for element in root.iter())


class _Reading:
    """One walk over a chapter: the paragraph that is open, and what is said of it."""

    def __init__(self, outline: Outline, entries: Mapping[str, Entry], page: str) -> None:
        self.page = page
        self._outline = outline
        self._entries = dict(entries)
        self._pieces: list[str] = []
        self._page_of_piece = page
        self._roles: list[tuple[Role, int]] = [(Role.BODY, 0)]
        self._typed = 0
        """How many `pre` are open: there every line is a paragraph."""

    def walk(self, root: Element) -> None:
        self._head("")
        walk(root, self._enter, self._take)
        self._flush()

    def _take(self, text: str) -> None:
        if not self._pieces and text.strip():
            self._page_of_piece = self.page
        if self._pieces or text.strip():
            self._pieces.append(text)

    def _enter(self, element: Element) -> Sequence[Step]:
        tag = element.tag
        kinds = _kinds(element)
        self._head(element.get("id", ""))
        if kinds & _PAGE_BREAKS:
            return self._page_break(element)
        if tag in _PASSED_OVER or element.get("hidden") is not None:
            return ()
        if tag == "br":
            return ["\n" if self._typed else " "]
        if tag in ("tr", "td", "th"):
            return self._row(element) if tag == "tr" else self._cell(element)
        role = (Role.FOOTNOTE, 0) if kinds & _NOTES else self._named(tag, kinds)
        return self._block(element, role) if tag in _BLOCKS or role[0] is Role.FOOTNOTE else mixed(element)

    def _named(self, tag: str, kinds: set[str]) -> tuple[Role, int]:
        """Give role and level of a block: its own, else those of the one around it."""
        around = self._roles[-1]
        if around[0] is not Role.BODY:
            return around
        for kind in kinds & _FRONT.keys():
            return _FRONT[kind], 0
        if tag in _HEADINGS:
            return Role.SUBHEAD, _HEADINGS[tag]
        return _ROLES.get(tag, Role.BODY), 0

    def _block(self, element: Element, role: tuple[Role, int]) -> Sequence[Step]:
        self._flush()
        self._roles.append(role)
        self._typed += element.tag == "pre"

        def end() -> Sequence[Step]:
            self._flush()
            self._roles.pop()
            self._typed -= element.tag == "pre"
            return ()

        return [*mixed(element), end]

    def _row(self, element: Element) -> Sequence[Step]:
        self._flush()
        self._outline.open_row()
        return [*element, self._flush, self._outline.close_row]

    def _cell(self, element: Element) -> Sequence[Step]:
        self._flush()
        if not self._outline.open_cell():
            return mixed(element)
        return [*mixed(element), self._flush]

    def _flush(self) -> Sequence[Step]:
        """End the paragraph that is open."""
        role, level = self._roles[-1]
        text = "".join(self._pieces)
        self._pieces = []
        if level and len(text) > _LONGEST_HEADING:
            role, level = Role.BODY, 0
        for line in text.split("\n") if self._typed and role is Role.BODY else [text]:
            self._put(Paragraph(line, role, level))
        return ()

    def _put(self, paragraph: Paragraph) -> None:
        label = self._page_of_piece
        paragraph.page = int(label) if label.isascii() and label.isdigit() else None
        paragraph.page_label = "" if paragraph.page is not None else label
        self._outline.put(paragraph)

    def _head(self, fragment: str) -> None:
        """Set the heading that the table of contents gives to this point, if it gives one."""
        entry = self._entries.pop(fragment, None)
        if entry is not None:
            self._flush()
            self._page_of_piece = self.page
            self._put(Paragraph(entry.title, Role.SUBHEAD, entry.level))

    def _page_break(self, element: Element) -> Sequence[Step]:
        """Turn the printed page: its label is an attribute or, in older books, the text."""
        named = element.get("aria-label") or element.get("title") or "".join(element.itertext())
        self.page = " ".join(named.split()).lower().removeprefix("page").strip(" .:")[:_LONGEST_PAGE]
        return ()


def _kinds(element: Element) -> set[str]:
    """Give what `epub:type` and `role` say that an element is."""
    said = [value for name, value in element.items() if local(name) in ("type", "epub:type", "role")]
    return set(" ".join(said).split()) if said else set()
