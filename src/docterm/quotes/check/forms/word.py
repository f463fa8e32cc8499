"""Word documents, with the live citations of Zotero and of other programs that write CSL fields.

Read with the parts of docterm's own reader of such files, and not by Pandoc: that reader has limits against archives
that flood, and the fields give the whole record of what is cited, by which its document is found in the library.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from docterm.library.readers.docx_package import Package, W, value
from docterm.quotes.check.prose import Paragraph, Weaver
from docterm.text import sanitise

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = frozenset(W + name for name in "del delText delInstrText moveFrom pPr rPr sectPr".split()) | {_FALLBACK}
"""Properties, what a tracked change took away, and what is there for old programs."""
_CHARACTERS = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-"}
_QUOTES = frozenset(
    (
        "quote",
        "intense quote",
        "block text",
        "block quotation",
        "quotations",
        "blockquote",
        "zitat",
        "blockzitat",
        "citation",
    )
)
"""Names of styles whose paragraphs are quotations."""
_LABELS = {"paragraph": "para.", "page": "p.", "": "p."}
_FIELD = "CSL_CITATION"


def read(data: bytes) -> tuple[str, tuple[Paragraph, ...]]:
    """Give the text of a Word document, one line a paragraph, and its paragraphs; those of notes come last.

    Raises ReadError for bytes that are no Word document, or one that does harm.
    """
    package = Package(data)
    reading = _Reading(_quote_styles(package))
    twice = {id(each) for old in package.document.iter(_FALLBACK) for each in old.iter(f"{W}p")}
    for paragraph in package.document.iter(f"{W}p"):
        if id(paragraph) not in twice:
            reading.take(paragraph)
    for kind in ("footnote", "endnote"):
        for part in package.related(f"{kind}s"):
            for note in part.findall(f"{W}{kind}"):
                for paragraph in note.iter(f"{W}p"):
                    reading.take(paragraph, f"{kind}{note.get(f'{W}id', '')}")
    return "\n".join(reading.lines), tuple(reading.paragraphs)


def _quote_styles(package: Package) -> frozenset[str]:
    """Give the ids of the styles whose names say that they are for quotations."""
    styles = [style for part in package.related("styles") for style in part.findall(f"{W}style")]
    found = (each.get(f"{W}styleId", "") for each in styles if (value(each, "name") or "").lower() in _QUOTES)
    return frozenset(found)


@dataclass(slots=True)
class _Field:
    """A field that is being read: first its code, then what it shows."""

    code: list[str] = field(default_factory=list)
    is_hidden: bool = False


class _Reading:
    """One walk over the paragraphs of a document."""

    def __init__(self, quote_styles: frozenset[str]) -> None:
        self.lines: list[str] = []
        self.paragraphs: list[Paragraph] = []
        self._styles = quote_styles
        self._length = 0
        self._block = self._blocks = 0
        self._fields: list[_Field] = []
        """Those that are open, the innermost last."""

    def take(self, element: Element, note: str = "") -> None:
        """Read a paragraph."""
        style = value(element.find(f"{W}pPr"), "pStyle") or ""
        quoted = style in self._styles or style.lower() in _QUOTES
        if quoted and not self._block:
            self._blocks += 1
        self._block = self._blocks if quoted else 0
        weaver = Weaver(self._block, note)
        length, texts = self._length, list[str]()
        for piece in self._pieces(element, weaver):
            shown = sanitise(piece.replace("\n", " "))
            weaver.take(shown, length)
            texts.append(shown)
            length += len(shown)
        self.lines.append("".join(texts))
        self._length = length + 1
        self.paragraphs.append(weaver.paragraph())

    def _pieces(self, paragraph: Element, weaver: Weaver) -> Iterator[str]:
        """Give the text of a paragraph, and take note of its citations."""
        stack = list(reversed(paragraph))
        while stack:
            element = stack.pop()
            if element.tag in _LEFT_OUT or element.tag == f"{W}p":  # a text box has paragraphs of its own
                continue
            if element.tag == f"{W}t":
                if not any(each.is_hidden for each in self._fields):
                    yield element.text or ""
            elif element.tag in _CHARACTERS:
                yield _CHARACTERS[element.tag]
            elif not self._takes(element, weaver):
                stack.extend(reversed(element))

    def _takes(self, element: Element, weaver: Weaver) -> bool:
        """Take what belongs to a field or refers to a note; say whether there is nothing more in it."""
        if element.tag == f"{W}fldChar":
            self._field(element.get(f"{W}fldCharType", ""), weaver)
        elif element.tag == f"{W}instrText":
            if self._fields:
                self._fields[-1].code.append(element.text or "")
        elif element.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            kind = element.tag.removeprefix(W).removesuffix("Reference")
            weaver.cite("", note=f"{kind}{element.get(f'{W}id', '')}")
        else:
            return element.tag == f"{W}fldSimple" and _cite(element.get(f"{W}instr", ""), weaver)
        return True

    def _field(self, kind: str, weaver: Weaver) -> None:
        """Go on in a field. What a citation shows is no text; what any other field shows is."""
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].is_hidden = _cite("".join(self._fields[-1].code), weaver)
            self._fields[-1].code.clear()
        elif kind == "end" and self._fields:
            _cite("".join(self._fields.pop().code), weaver)


def _cite(code: str, weaver: Weaver) -> bool:
    """Take note of the works in the code of a field; say whether it is a citation."""
    _, found, rest = code.partition(_FIELD)
    if not found:
        return False
    try:
        items = json.loads(rest.strip())["citationItems"]
        cited = [(item, item.get("itemData") or {}) for item in items]
        for item, record in cited:
            _cite_item(item, record, weaver)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return True  # a citation that cannot be read is still no text
    return True


def _cite_item(item: dict[str, Any], record: dict[str, Any], weaver: Weaver) -> None:
    place, kind = str(item.get("locator") or ""), str(item.get("label") or "")
    said = f"{_LABELS.get(kind, kind)} {place}" if place else str(item.get("suffix") or "")
    weaver.cite(str(record.get("citation-key") or item.get("id") or ""), said, item=record)
