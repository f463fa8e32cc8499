"""The reader of Word documents (.docx, ECMA-376 part 1, usual and strict)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from docterm.library.model import Block, Role
from docterm.library.readers import Extract
from docterm.library.readers.docx_numbering import Numbering
from docterm.library.readers.docx_package import Package, W
from docterm.library.readers.docx_styles import Look, Styles
from docterm.library.readers.office_meta import describe
from docterm.library.readers.outline import EMPTY, Outline, Paragraph, Step, name_title, walk

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}t",
    "{http://purl.oclc.org/ooxml/officeDocument/math}t",
)
_LONGEST_HEADING = 400
"""Characters: what is longer was made a heading for its looks."""
_PASSED_OVER = frozenset(
    W + name
    for name in (
        "del delInstrText delText instrText moveFrom pPr rPr rt sdtPr sectPr tblGrid tblPr tcPr tblPrEx trPr".split()
    )
) | {f"{_MC}Fallback"}
"""Properties, codes of fields, and what a tracked change took away."""
_CHARACTERS = {
    f"{W}tab": " ",
    f"{W}ptab": " ",
    f"{W}br": " ",
    f"{W}cr": " ",
    f"{W}noBreakHyphen": "\u2011",
}
_NO_NOTES = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def read(data: bytes) -> Extract:
    """Give the blocks of a Word document and its properties.

    Paragraphs carry the number that Word shows before them (bullets are left out) and the headings above them; a row
    of a table is one paragraph, its cells parted by " | ", unless a cell holds several. Tracked insertions are
    kept and deletions left out. A text box follows the paragraph in which it is anchored, a foot- or endnote the
    one that refers to it. Headers and footers are furniture, at the end. Pages are those on which Word last laid
    the text out, and None where it left no trace of them. Raises ReadError for bytes that are no Word document.
    """
    package = Package(data)
    reading = _Reading(package)
    reading.document()
    blocks = name_title(reading.outline.blocks)
    meta = describe(package.properties())
    if title := " ".join(block.text for block in blocks if block.role is Role.TITLE):
        meta["title"] = title  # on the page, where the author saw it; the property may be that of a template
    return Extract(tuple(blocks), meta, tuple(_notes(package, blocks)))


def _notes(package: Package, blocks: Sequence[Block]) -> list[str]:
    notes = [] if blocks else [EMPTY]
    if any(block.page is not None for block in blocks):
        notes.append("Page numbers are those of the last time Word laid the document out; they may be off by a little.")
    if any(len(comments) for comments in package.related("comments")):
        notes.append("The comments in the margin were left out.")
    if package.has("aFChunk"):
        notes.append("Files that are set into the document were left out.")
    return notes


@dataclass(slots=True)
class _Open:
    """A paragraph that is being read."""

    look: Look
    label: str
    is_initial: bool = False
    """Whether it is the large first letter of the next paragraph, which Word keeps as one of its own."""
    pieces: list[str] = field(default_factory=list)
    page: int = 0
    """On which its first letter stands; 0 before there is one."""
    after: list[Step] = field(default_factory=list)
    """Text boxes and notes, to be walked when the paragraph is done."""


class _Reading:
    """One walk over a document."""

    def __init__(self, package: Package) -> None:
        self.outline = Outline()
        self._package = package
        self._styles = Styles(next(package.related("styles"), None))
        self._numbering = Numbering(next(package.related("numbering"), None))
        self._has_pages = package.document.find(f".//{W}lastRenderedPageBreak") is not None
        self._paragraphs: list[_Open] = []
        self._initial = ""
        self._role: Role | None = None
        """Of everything in the part that is being walked, where it is no running text."""
        self._notes_by_kind = {kind: self._notes(kind) for kind in ("footnote", "endnote")}
        self._handlers = self._make_handlers()

    def _make_handlers(self) -> dict[str, Callable[[Element], Sequence[Step]]]:
        handlers: dict[str, Callable[[Element], Sequence[Step]]] = dict.fromkeys(_PASSED_OVER, _nothing)
        handlers |= dict.fromkeys((f"{W}t", *_MATH), _text)
        handlers |= {name: _constant(text) for name, text in _CHARACTERS.items()}
        handlers |= {
            f"{W}p": self._paragraph,
            f"{W}sym": _symbol,
            f"{W}tr": self._row,
            f"{W}tc": self._cell,
            f"{W}txbxContent": self._text_box,
            f"{W}lastRenderedPageBreak": self._page_break,
            f"{W}footnoteReference": self._note,
            f"{W}endnoteReference": self._note,
            f"{_MC}AlternateContent": _alternative,
        }
        return handlers

    def _notes(self, kind: str) -> dict[str, Element]:
        part = next(self._package.related(f"{kind}s"), None)
        found = [] if part is None else part.findall(f"{W}{kind}")
        return {note.get(f"{W}id", ""): note for note in found if note.get(f"{W}type") not in _NO_NOTES}

    def document(self) -> None:
        """Walk the text, then the notes to which nothing refers, then headers and footers."""
        self._walk(self._package.document)
        self.outline.leave_headings()
        for notes in self._notes_by_kind.values():
            for note in list(notes.values()):
                self._walk(note, Role.FOOTNOTE)
        self._has_pages = False
        shown = len(self.outline.blocks)
        for kind in ("header", "footer"):
            for part in self._package.related(kind):
                self._walk(part, Role.FURNITURE)
        furniture = dict.fromkeys(self.outline.blocks[shown:])  # each section may repeat them
        self.outline.blocks[shown:] = furniture

    def _walk(self, root: Element, role: Role | None = None) -> None:
        self._role = role
        walk(root, self._enter, self._take)

    def _enter(self, element: Element) -> Sequence[Step]:
        handler = self._handlers.get(element.tag)
        return list(element) if handler is None else handler(element)

    def _take(self, text: str) -> None:
        if not self._paragraphs:
            return
        paragraph = self._paragraphs[-1]
        paragraph.pieces.append(text)
        if not paragraph.page and text.strip():
            paragraph.page = self.outline.page

    # --- paragraphs ------------------------------------------------------------------------------

    def _paragraph(self, element: Element) -> Sequence[Step]:
        properties = element.find(f"{W}pPr")
        look = self._styles.look(properties)
        style = properties.find(f"{W}pStyle") if properties is not None else None
        name = "" if style is None else style.get(f"{W}val", "")
        label = self._numbering.label(look.list_id, look.list_level, name)
        frame = None if properties is None else properties.find(f"{W}framePr")
        is_initial = frame is not None and frame.get(f"{W}dropCap", "none") != "none"
        self._paragraphs.append(_Open(look if self._role is None else Look(self._role), label, is_initial))
        return [*element, self._close]

    def _close(self) -> Sequence[Step]:
        paragraph = self._paragraphs.pop()
        text = "".join(paragraph.pieces)
        if paragraph.is_initial:
            self._initial = text.strip()
        elif text.strip():
            text, self._initial = self._initial + text, ""
            look = self._fitting(paragraph.look, text)
            page = paragraph.page if self._has_pages else None
            self.outline.put(Paragraph(f"{paragraph.label} {text}", look.role, look.level, page))
        return paragraph.after

    def _fitting(self, look: Look, text: str) -> Look:
        """Give the look that a paragraph can have here: a title only at the head, a heading only if it is short."""
        if look.role is Role.TITLE and not self.outline.is_at_head:
            look = replace(look, role=Role.SUBHEAD, level=1)
        if look.level and len(text) > _LONGEST_HEADING:
            look = Look()
        return look

    def _text_box(self, element: Element) -> Sequence[Step]:
        return self._later(element, self._role)

    def _note(self, element: Element) -> Sequence[Step]:
        notes = self._notes_by_kind["endnote" if element.tag == f"{W}endnoteReference" else "footnote"]
        note = notes.pop(element.get(f"{W}id", ""), None)  # once, however often it is referred to
        return () if note is None else self._later(note, Role.FOOTNOTE)

    def _later(self, element: Element, role: Role | None) -> Sequence[Step]:
        """Have the content of an element walked after the outermost paragraph that is open, as a role."""
        before = self._role

        def change(to: Role | None) -> Callable[[], Sequence[Step]]:
            def set_role() -> Sequence[Step]:
                self._role = to
                return ()

            return set_role

        steps: list[Step] = [change(role), *element, change(before)]
        if not self._paragraphs:
            return steps
        self._paragraphs[0].after += steps
        return ()

    def _page_break(self, _: Element) -> Sequence[Step]:
        self.outline.page += 1
        return ()

    # --- tables ----------------------------------------------------------------------------------

    def _row(self, element: Element) -> Sequence[Step]:
        if element.find(f"{W}trPr/{W}del") is not None:
            return ()
        self.outline.open_row()
        return [*element, self.outline.close_row]

    def _cell(self, element: Element) -> Sequence[Step]:
        self.outline.open_cell()
        return list(element)


def _nothing(_: Element) -> Sequence[Step]:
    return ()


def _text(element: Element) -> Sequence[Step]:
    return [element.text or ""]


def _constant(text: str) -> Callable[[Element], Sequence[Step]]:
    return lambda _: [text]


def _symbol(element: Element) -> Sequence[Step]:
    """Give a letter of a symbol font: its code means what the font makes of it, where it is a private one."""
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return ()
    private = 0xE000 <= code < 0xF900 or not 0x20 < code < 0x110000
    return ["\ufffd" if private else chr(code)]


def _alternative(element: Element) -> Sequence[Step]:
    """Give the first choice of the ways in which a thing is written: all of them say the same."""
    choice = element.find(f"{_MC}Choice")
    other = element.find(f"{_MC}Fallback") if choice is None else choice
    return () if other is None else list(other)
