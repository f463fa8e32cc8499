"""A Word document as a package of parts, made anew or taken as it is; docterm's blocks in it are content controls.

A control is tagged with the quote's id and the sum of what docterm wrote. Only their bytes are replaced: whatever else
is in the document, and every part but the text and its notes, stays byte for byte.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from docterm.errors import ReadError
from docterm.library.readers.xmlsafe import check_prologue
from docterm.library.readers.zipsafe import Archive
from docterm.quotes.export.blocks import checksum

DOCUMENT, NOTES = "word/document.xml", "word/footnotes.xml"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TAG = re.compile(r"docterm:([\w-]+):([0-9a-f]{12})")
_UTF_8 = re.compile(rb"(?:\xef\xbb\xbf)?<(?:\?xml(?![^>]*encoding=[\"'](?!utf-8[\"']))|\w)", re.IGNORECASE)
_EMPTY_BODY = b"<w:sectPr/></w:body></w:document>"


class Control(NamedTuple):
    """A block of docterm's in a document: where its bytes are, and what is in it."""

    name: str
    sum: str
    start: int
    end: int
    words: str
    """Its text outside fields, and the places its citations name: what tells whether a person changed it."""


@dataclass(slots=True)
class Package:
    """The parts of a Word document."""

    parts: dict[str, bytes]
    infos: dict[str, zipfile.ZipInfo] = field(default_factory=dict)

    @property
    def document(self) -> bytes:
        """The part that holds the text."""
        return self.parts[DOCUMENT]

    def add_note(self, runs: str) -> str:
        """Put a footnote behind the others and give the run that refers to it."""
        notes = self.parts[NOTES]
        used = [int(number) for number in re.findall(rb'<w:footnote\b[^>]*\bw:id="(-?\d+)"', notes)]
        number = max(used, default=0) + 1
        mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        space = '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
        note = f'<w:footnote w:id="{number}"><w:p>{mark}{space}{runs}</w:p></w:footnote>'
        before, end, after = notes.rpartition(b"</w:footnotes>")
        self.parts[NOTES] = before + note.encode() + end + after
        reference = f'<w:footnoteReference w:id="{number}"/>'
        return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>{reference}</w:r>'

    def packed(self) -> bytes:
        """Give the document as a file."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.parts.items():
                info = self.infos.get(name) or zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                archive.writestr(info, data, zipfile.ZIP_DEFLATED)
        return packed.getvalue()


def opened(data: bytes) -> Package:
    """Take a document apart; raises ReadError when it is none, or none that can be written to safely."""
    archive = Archive(data)
    if DOCUMENT not in archive:
        raise ReadError("It is no Word document.", "Name another file with -o.")
    with zipfile.ZipFile(io.BytesIO(data)) as listed:
        infos = {info.filename: info for info in listed.infolist()}
    package = Package({name: archive.read(name) for name in infos}, infos)
    check_prologue(package.document)
    if _UTF_8.match(package.document) is None:
        raise ReadError("Its text is not in UTF-8.", "Open it in Word and save it again.")
    return package


def controls(document: bytes) -> list[Control]:
    """Give docterm's blocks in the text of a document; raises ReadError when its XML is damaged."""
    return _Finder(document).found


def control(name: str, content: str, words: str) -> bytes:
    """Give a block of docterm's as bytes to put into a document, with the sum of `words`."""
    properties = f'<w:sdtPr><w:alias w:val="docterm"/><w:tag w:val="docterm:{name}:{checksum(words)}"/></w:sdtPr>'
    return f"<w:sdt>{properties}<w:sdtContent>{content}</w:sdtContent></w:sdt>".encode()


def words_of(content: str) -> str:
    """Give what the sum of a block is taken of."""
    whole = f'<w:sdt xmlns:w="{_W}"><w:sdtPr><w:tag w:val="docterm:x:{"0" * 12}"/></w:sdtPr>{content}</w:sdt>'
    return _Finder(whole.encode()).found[0].words


def end_of_body(document: bytes) -> int:
    """Give where new paragraphs go: before the settings of the last section."""
    section, body = document.rfind(b"<w:sectPr"), document.rfind(b"</w:body>")
    last_paragraph = document.rfind(b"</w:p>")
    return section if last_paragraph < section < body else body


class _Finder:
    """Walks through the XML of a document and notes docterm's controls, by the bytes they begin and end at."""

    def __init__(self, document: bytes) -> None:
        self.found: list[Control] = []
        self._document = document
        self._open: list[tuple[int, list[str]]] = []
        self._field = 0
        self._text: list[str] = []
        self._code: list[str] = []
        self._into: list[str] | None = None
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        try:
            self._parser.Parse(document, True)
        except expat.ExpatError as error:
            raise ReadError(f"Its XML is damaged ({error}).", "Open it in Word and save it again.") from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.removeprefix(f"{_W} ")
        if local == "sdt":
            self._open.append((self._parser.CurrentByteIndex, []))
        elif local == "tag" and self._open and not self._open[-1][1]:
            tag = _TAG.fullmatch(attributes.get(f"{_W} val", ""))
            if tag is not None:
                self._open[-1][1].extend(tag.groups())
                self._text = []
        elif local == "fldChar":
            self._field += {"begin": 1, "end": -1}.get(attributes.get(f"{_W} fldCharType", ""), 0)
        elif local == "t" and not self._field:
            self._into = self._text
        elif local == "instrText":
            self._into = self._code = []

    def _characters(self, text: str) -> None:
        if self._into is not None:
            self._into.append(text)

    def _end(self, name: str) -> None:
        local = name.removeprefix(f"{_W} ")
        if local == "instrText":
            self._text += re.findall(r'"locator": ?"[^"]*"', "".join(self._code))
        if local in ("t", "instrText"):
            self._into = None
        if local == "sdt" and self._open:
            start, tag = self._open.pop()
            if tag:
                end = self._document.index(b">", self._parser.CurrentByteIndex) + 1
                self.found.append(Control(tag[0], tag[1], start, end, "".join(self._text)))


# --- a new document ------------------------------------------------------------------------------

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def new_package() -> Package:
    """Give an empty document with styles for quotes, headings and references, and room for footnotes."""
    kinds = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}.{kind}+xml"/>'
        for name, kind in (("document", "document.main"), ("styles", "styles"), ("footnotes", "footnotes"))
    )
    return Package(
        {
            "[Content_Types].xml": _part(
                '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Default Extension="xml" ContentType="application/xml"/>{kinds}</Types>'
            ),
            "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
            "word/_rels/document.xml.rels": _relations({"styles": "styles.xml", "footnotes": "footnotes.xml"}),
            "word/styles.xml": _part(_styles()),
            NOTES: _part(
                f'<w:footnotes xmlns:w="{_W}"><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r>'
                '</w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r>'
                "<w:continuationSeparator/></w:r></w:p></w:footnote></w:footnotes>"
            ),
            DOCUMENT: _part(f'<w:document xmlns:w="{_W}"><w:body>') + _EMPTY_BODY,
        }
    )


def _part(xml: str) -> bytes:
    return f"{_XML}{xml}".encode()


def _relations(targets: dict[str, str]) -> bytes:
    listed = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), 1)
    )
    return _part(f'<Relationships xmlns="{_RELATIONS}">{listed}</Relationships>')


def _styles() -> str:
    def style(name: str, shown: str, properties: str) -> str:
        return (
            f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/><w:basedOn w:val="Normal"/>'
            f"<w:pPr>{properties}</w:pPr></w:style>"
        )

    return (
        f'<w:styles xmlns:w="{_W}"><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/><w:pPr><w:spacing w:after="160"/></w:pPr></w:style>'
        + style("Quote", "Quote", '<w:ind w:left="720" w:right="720"/>')
        + style("Heading1", "heading 1", '<w:keepNext/><w:outlineLvl w:val="0"/>')
        + style("Bibliography", "Bibliography", '<w:ind w:left="720" w:hanging="720"/>')
        + "</w:styles>"
    )
