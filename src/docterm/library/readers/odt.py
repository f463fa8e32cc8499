"""The reader of OpenDocument texts (.odt, ODF 1.3 part 3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docterm.errors import Code, ReadError
from docterm.library.model import Role
from docterm.library.readers import Extract
from docterm.library.readers.odt_lists import STYLE, TEXT, Lists
from docterm.library.readers.office_meta import describe
from docterm.library.readers.outline import EMPTY, Outline, Paragraph, Step, local, mixed, name_title, walk
from docterm.library.readers.xmlsafe import parse
from docterm.library.readers.zipsafe import Archive

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_PASSED_OVER = frozenset(
    TEXT + name
    for name in (
        "alphabetical-index-source bibliography-source illustration-index-source note-citation object-index-source "
        "ruby-text sequence-decls table-index-source table-of-content-source tracked-changes user-field-decls "
        "user-index-source variable-decls".split()
    )
) | {_OFFICE + name for name in "annotation annotation-end event-listeners forms scripts".split()}
"""Declarations, marks of notes, comments, and what a tracked change took away."""
_INDEXES = ("table-of-content", "illustration-index", "table-index", "alphabetical-index", "object-index", "user-index")
_ROLES = {
    "title": Role.TITLE,
    "subtitle": Role.DECK,
    "author": Role.BYLINE,
    "date": Role.DATE,
    "caption": Role.CAPTION,
    "illustration": Role.CAPTION,
    "figure": Role.CAPTION,
    "drawing": Role.CAPTION,
    "header": Role.FURNITURE,
    "footer": Role.FURNITURE,
}
"""By the names that LibreOffice's own styles have in every language; a table's caption is of the style `Table`."""
_ESCAPED = re.compile(r"_([0-9a-f]{2})_")


def read(data: bytes) -> Extract:
    """Give the blocks of an ODF text and its properties.

    Paragraphs carry their numbers and the headings above them; rows of tables, text boxes, notes, headers and
    footers are as in Word documents. Deleted text and comments are left out. Pages are those on which the text was
    last laid out, and None where no trace is left of them. Raises ReadError for bytes that are no ODF text.
    """
    archive = Archive(data)
    if "content.xml" not in archive:
        raise ReadError(
            "The file is an archive, but no ODF text is in it.", "Give it the suffix of what it is.", Code.MALFORMED
        )
    manifest = "META-INF/manifest.xml"
    if manifest in archive and b":encryption-data" in archive.read(manifest):
        raise ReadError("The file needs a password.", "Save it without a password.", Code.PASSWORD)
    content = parse(archive.read("content.xml"))
    text = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if text is None:
        raise ReadError("The file is an ODF document, but not a text.", "Save it as .odt.", Code.UNSUPPORTED)
    styles = parse(archive.read("styles.xml")) if "styles.xml" in archive else None
    reading = _Reading([part for part in (styles, content) if part is not None])
    reading.document(text, styles)
    blocks = name_title(reading.outline.blocks)
    meta = _properties(archive)
    if title := " ".join(block.text for block in blocks if block.role is Role.TITLE):
        meta["title"] = title  # on the page, where the author saw it; the property may be that of a template
    notes = [] if blocks else [EMPTY]
    if any(block.page is not None for block in blocks):
        notes.append("Page numbers are those of the last time the text was laid out; they may be off by a little.")
    return Extract(tuple(blocks), meta, tuple(notes))


def _properties(archive: Archive) -> dict[str, str]:
    try:
        return describe(parse(archive.read("meta.xml")) if "meta.xml" in archive else None)
    except ReadError:  # a damaged description is no reason to refuse the text
        return {}


@dataclass(slots=True)
class _Open:
    """A paragraph that is being read."""

    role: Role
    level: int
    label: str
    pieces: list[str] = field(default_factory=list)
    page: int = 0
    """On which its first letter stands; 0 before there is one."""
    after: list[Step] = field(default_factory=list)
    """Text boxes and notes, to be walked when the paragraph is done."""


class _Reading:
    """One walk over a text."""

    def __init__(self, parts: list[Element]) -> None:
        self.outline = Outline()
        self._styles: dict[str, Element] = {}
        for part in parts:
            for style in part.iter(f"{STYLE}style"):
                if style.get(f"{STYLE}family") == "paragraph":
                    self._styles[style.get(f"{STYLE}name", "")] = style
        self._lists = Lists()
        self._lists.take_styles(parts)
        self._has_pages = False
        self._role: Role | None = None
        """Of everything that is being walked, where it is no running text."""
        self._paragraphs: list[_Open] = []
        self._handlers: dict[str, Callable[[Element], Sequence[Step]]] = {
            f"{TEXT}h": self._paragraph,
            f"{TEXT}p": self._paragraph,
            f"{TEXT}s": _spaces,
            f"{TEXT}tab": lambda _: [" "],
            f"{TEXT}line-break": lambda _: [" "],
            f"{TEXT}soft-page-break": self._page_break,
            f"{TEXT}note": self._note,
            f"{TEXT}list": self._list,
            f"{TEXT}list-item": self._item,
            f"{_TABLE}table-row": self._row,
            f"{_TABLE}table-cell": self._cell,
        }
        self._handlers |= {TEXT + name: self._index for name in _INDEXES}

    def document(self, text: Element, styles: Element | None) -> None:
        """Walk the text, then the headers and footers of its pages."""
        self._has_pages = text.find(f".//{TEXT}soft-page-break") is not None
        walk(text, self._enter, self._take)
        self.outline.leave_headings()
        self._has_pages, self._role = False, Role.FURNITURE
        shown = len(self.outline.blocks)
        for page in () if styles is None else styles.iter(f"{STYLE}master-page"):
            walk(page, self._enter, self._take)
        furniture = dict.fromkeys(self.outline.blocks[shown:])  # pages of several kinds may repeat them
        self.outline.blocks[shown:] = furniture

    def _enter(self, element: Element) -> Sequence[Step]:
        if element.tag in _PASSED_OVER or local(element.tag) in ("title", "desc"):  # those of pictures
            return ()
        handler = self._handlers.get(element.tag)
        if handler is not None:
            return handler(element)
        if self._paragraphs and local(element.tag) == "text-box":
            return self._later(list(element), self._role)
        return mixed(element)

    def _take(self, text: str) -> None:
        if not self._paragraphs:
            return  # the indentation of the XML
        paragraph = self._paragraphs[-1]
        paragraph.pieces.append(text)
        if not paragraph.page and text.strip():
            paragraph.page = self.outline.page

    # --- paragraphs ------------------------------------------------------------------------------

    def _paragraph(self, element: Element) -> Sequence[Step]:
        role, level = self._look(element)
        label = self._lists.label()
        if element.tag == f"{TEXT}h" and not label and element.get(f"{TEXT}is-list-header") != "true":
            start = element.get(f"{TEXT}start-value", "")
            restart = element.get(f"{TEXT}restart-numbering") == "true" and start.isdigit() and len(start) < 10
            label = self._lists.heading(level or 1, int(start) if restart else None)
        if self._role is not None:
            role, level = self._role, 0
        self._paragraphs.append(_Open(role, level, label))
        return [*mixed(element), self._close]

    def _look(self, element: Element) -> tuple[Role, int]:
        """Give role and level: of the element, else of the nearest of its styles that says them."""
        if element.tag == f"{TEXT}h":
            return Role.SUBHEAD, _level(element.get(f"{TEXT}outline-level")) or 1
        name, seen = element.get(f"{TEXT}style-name", ""), set[str]()
        while name and name not in seen:
            seen.add(name)
            plain = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), name).lower()
            if plain in _ROLES or (plain == "table" and name in self._styles):
                role = _ROLES.get(plain, Role.CAPTION)
                misplaced = role is Role.TITLE and not self.outline.is_at_head
                return (Role.SUBHEAD, 1) if misplaced else (role, 0)
            style = self._styles.get(name)
            name = "" if style is None else style.get(f"{STYLE}parent-style-name", "")
        return Role.BODY, 0

    def _close(self) -> Sequence[Step]:
        paragraph = self._paragraphs.pop()
        text = "".join(paragraph.pieces)
        if text.strip():
            page = paragraph.page if self._has_pages else None
            self.outline.put(Paragraph(f"{paragraph.label} {text}", paragraph.role, paragraph.level, page))
        return paragraph.after

    def _later(self, steps: list[Step], role: Role | None) -> Sequence[Step]:
        """Have something walked after the outermost paragraph that is open, as a role."""
        steps = [self._as(role), *steps, self._as(self._role)]
        if not self._paragraphs:
            return steps
        self._paragraphs[0].after += steps
        return ()

    def _as(self, role: Role | None) -> Callable[[], Sequence[Step]]:
        def set_role() -> Sequence[Step]:
            self._role = role
            return ()

        return set_role

    def _note(self, element: Element) -> Sequence[Step]:
        return self._later(list(element), Role.FOOTNOTE)

    def _index(self, element: Element) -> Sequence[Step]:
        return [self._as(Role.LINKS), *element, self._as(self._role)]

    def _page_break(self, _: Element) -> Sequence[Step]:
        self.outline.page += 1
        return ()

    # --- lists and tables ------------------------------------------------------------------------

    def _list(self, element: Element) -> Sequence[Step]:
        def end() -> Sequence[Step]:
            self._lists.end()
            return ()

        self._lists.begin(element)
        return [*element, end]

    def _item(self, element: Element) -> Sequence[Step]:
        self._lists.item(element)
        return list(element)

    def _row(self, element: Element) -> Sequence[Step]:
        self.outline.open_row()
        return [*element, self.outline.close_row]

    def _cell(self, element: Element) -> Sequence[Step]:
        self.outline.open_cell()
        return list(element)


def _spaces(_: Element) -> Sequence[Step]:
    """Give the spaces that `text:s` stands for: one is as good as many, as they become one."""
    return [" "]


def _level(text: str | None) -> int:
    return int(text) if text is not None and text.isdigit() and len(text) < 3 else 0
