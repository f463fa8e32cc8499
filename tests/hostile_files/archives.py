"""Books and office documents that flood, lie, nest, spy, and point elsewhere."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from functools import partial

from office_files import CONTAINER, archive, book, odf, odf_root, page, paragraph, style, word, word_part

_LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]><a>&a11;</a>"
)
_SPY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
_CALL = '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]><a/>'


def good_files() -> dict[str, bytes]:
    """Give a good file of each format, by suffix."""
    body = "".join(paragraph(f"Paragraph {n} of a document says what it says. " * 3) for n in range(40))
    texts = "".join(f"<text:p>Paragraph {n} of a text says what it says.</text:p>" for n in range(40))
    chapter = page("<h1>One</h1>" + "".join(f"<p>Paragraph {n} of a chapter.</p>" for n in range(40)))
    return {
        ".docx": word(
            paragraph("One", "heading1") + body,
            styles=style("Title") + style("heading 1"),
            footnotes='<w:footnote w:id="2"><w:p/></w:footnote>',
            core="<dc:title>T</dc:title>",
        ),
        ".odt": odf("<text:h>One</text:h>" + texts, meta="<dc:title>T</dc:title>"),
        ".epub": book({"a.xhtml": chapter, "b.xhtml": page("<p>More</p>")}, meta="<dc:title>T</dc:title>"),
    }


def _in(kind: str, xml: bytes) -> bytes:
    """Give a document of a kind whose main part is `xml`."""
    if kind == "docx":
        return archive({"word/document.xml": xml, "[Content_Types].xml": "<Types/>"})
    if kind == "odt":
        return archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": xml})
    return book({"a.xhtml": xml})


def _xml(text: str, encoding: str) -> bytes:
    return f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)


def _declaring(kind: str, text: str, encoding: str, _: float) -> bytes:
    return _in(kind, _xml(text, encoding))


def _flood(kind: str, weight: float) -> bytes:
    """A part of 1 GiB that packs to 1 MB; a tenth of it is still over the limit."""
    return _in(kind, b" " * int((1 << 30) * weight))


def _lie(weight: float, claim: int) -> bytes:
    """The same, with a size that it does not have."""
    data = bytearray(_flood("docx", weight))
    for signature, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.find(signature) + place, claim)
    return bytes(data)


def _overlapping(_: float) -> bytes:
    """Entries that all stand for one and the same packed megabyte."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        names = ["word/document.xml", *(f"word/{number}.xml" for number in range(2000))]
        made.writestr(names[0], b" " * (1 << 20))
        first = made.getinfo(names[0])
        for name in names[1:]:
            made.writestr(name, b"")
            info = made.getinfo(name)
            info.header_offset, info.file_size, info.compress_size = 0, first.file_size, first.compress_size
            info.CRC, info.compress_type = first.CRC, first.compress_type
    return target.getvalue()


def _entries(count: int, claim: int) -> bytes:
    """A directory of very many entries; the number that it gives of them is `claim`."""
    entry = b"PK\x01\x02" + bytes(24) + struct.pack("<HHHHHII", 1, 0, 0, 0, 0, 0, 0) + b"a"
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, claim, claim, count * len(entry), 0, 0)
    head = archive({"mimetype": "application/epub+zip"})[:60]
    return head + entry * count + end


def _nested(weight: float) -> bytes:
    data = b"nothing"
    for depth in range(10):
        data = archive({f"{depth}/word/document.xml": data, "word/document.xml": data})
        if len(data) > 1_000_000 * weight:
            break
    return data


def _protected(_: float) -> bytes:
    encryption = (
        '<encryption><EncryptedData><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>'
    )
    encryption += '<CipherData><CipherReference URI="OEBPS/a.xhtml"/></CipherData></EncryptedData></encryption>'
    return book(
        {"a.xhtml": b"\x8b" * 999}, others={"META-INF/encryption.xml": encryption, "META-INF/rights.xml": "<a/>"}
    )


def _escaping(_: float) -> bytes:
    """Parts and links whose names lead out of the archive."""
    names = ["../../../../tmp/owned.txt", "/etc/owned", "..\\..\\owned.txt", "c:/owned", "\x1b]0;owned\x07"]
    return book({"../../../../etc/passwd": page("<p>a</p>")}, others=dict.fromkeys(names, "owned"))


def _encrypted_entry(_: float) -> bytes:
    data = bytearray(word(paragraph("secret")))
    place = -1
    while (place := data.find(b"PK\x01\x02", place + 1)) >= 0:
        data[place + 8] |= 1
    return bytes(data)


def _nested_xml(kind: str, weight: float) -> bytes:
    depth = int(1_000_000 * weight)
    if kind == "docx":
        return word("<w:sdt>" * depth + "</w:sdt>" * depth)
    if kind == "odt":
        return odf("<text:section>" * depth + "</text:section>" * depth)
    return book({"a.xhtml": page("<div>" * depth + "</div>" * depth)})


def _many_elements(weight: float) -> bytes:
    return _in("docx", b"<a>" + b"<p/>" * int(15_000_000 * min(weight, 1.0)) + b"</a>")


def _attributes(weight: float) -> bytes:
    return book({"a.xhtml": page("<p " + " ".join(f"a{n}='x'" for n in range(int(500_000 * weight))) + ">a</p>")})


def _self_closed(_: float) -> bytes:
    """Elements that the HTML parser would take to be open to the end of the chapter."""
    head = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script/><style/></head><body>'
    return book({"a.xhtml": head + '<a id="x"/><iframe/><textarea/><p>The chapter is still there.</p></body></html>'})


def _ring(_: float) -> bytes:
    """A contents page and a spine that name themselves, twice the same chapters, and parts that are not there."""
    items = '<item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
    items += "".join(f'<item id="c0" href="gone{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(50))
    nav = page(
        '<nav epub:type="toc"><ol>' + '<li><a href="nav.xhtml">x</a><ol>' * 400 + "</ol></li>" * 400 + "</ol></nav>"
    )
    return book({"a.xhtml": page("<p>a</p>")}, items=items, others={"OEBPS/nav.xhtml": nav})


def _container_ring(_: float) -> bytes:
    container = CONTAINER.replace("OEBPS/book.opf", "META-INF/container.xml")
    return archive({"mimetype": "application/epub+zip", "META-INF/container.xml": container})


def _styles_in_a_ring(_: float) -> bytes:
    ring = style("a", "b") + style("b", "a") + style("c", "c")
    return word(paragraph("One", "a") + paragraph("Two", "c"), styles=ring)


def _spaces(weight: float) -> bytes:
    """A document of text in which one short element stands for two thousand million spaces."""
    return odf('<text:p>a<text:s text:c="2000000000"/>b<text:s text:c="-5"/></text:p>' * int(100 * weight + 1))


def _columns(_: float) -> bytes:
    cell = '<table:table-cell table:number-columns-repeated="16777216"><text:p>x</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="16777216">{cell}</table:table-row>'
    return odf(f"<table:table>{row}</table:table>")


def _notes(weight: float) -> bytes:
    notes = f'<w:footnote w:id="1">{paragraph("note " * 1000)}</w:footnote>'
    return word("<w:p>" + '<w:footnoteReference w:id="1"/>' * int(1_000_000 * weight) + "</w:p>", footnotes=notes)


def _numbering(_: float) -> bytes:
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="999999999"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1%9"/></w:lvl>'
    )
    numbering = f'<w:abstractNum w:abstractNumId="x">{level * 100}</w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="x"/></w:num>'
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    return word(paragraph("a", "", listed) * 2000, numbering=numbering)


def _escapes(kind: str, _: float) -> bytes:
    text = "&#x9b;2J &#x202e;txet&#x202c; [@click=app.quit]press[/] [/etc/passwd] [sic] zero&#x200b;width &#x85;"
    if kind == "docx":
        return word(paragraph(text), core=f"<dc:title>{text}</dc:title>")
    if kind == "odt":
        return odf(f"<text:p>{text}</text:p>", meta=f"<dc:title>{text}</dc:title>")
    return book({"a.xhtml": page(f"<p>{text}</p>")}, meta=f"<dc:title>{text}</dc:title>")


KINDS: dict[str, Callable[[float], bytes]] = {
    "zip/flood.docx": lambda weight: _flood("docx", weight),
    "zip/flood.odt": lambda weight: _flood("odt", weight),
    "zip/flood.epub": lambda weight: _flood("epub", weight),
    "zip/lies-small.docx": lambda weight: _lie(weight, 1000),
    "zip/lies-nothing.docx": lambda weight: _lie(weight, 0),
    "zip/lies-large.docx": lambda weight: _lie(weight, 2**31),
    "zip/overlapping.docx": _overlapping,
    "zip/entries.epub": lambda _: _entries(200_000, 0xFFFF),
    "zip/entries-said-to-be-one.epub": lambda _: _entries(200_000, 1),
    "zip/nested.docx": _nested,
    "zip/encrypted-part.docx": _encrypted_entry,
    "zip/old-office.docx": lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096),
    "zip/cut.docx": lambda _: good_files()[".docx"][:-100],
    "zip/only-a-head.epub": lambda _: b"PK\x03\x04",
    "zip/nothing-in-it.odt": lambda _: archive({}),
    "zip/comment.docx": lambda _: good_files()[".docx"][:-2] + b"\xff\xff" + b"PK\x05\x06" * 16_000,
    "epub/protected.epub": _protected,
    "epub/escaping.epub": _escaping,
    "epub/self-closed.epub": _self_closed,
    "epub/contents-in-a-ring.epub": _ring,
    "epub/container-in-a-ring.epub": _container_ring,
    "epub/attributes.epub": _attributes,
    "epub/chapter-of-brackets.epub": lambda weight: book({"a.xhtml": page("<" * int(10_000_000 * weight))}),
    "docx/elements.docx": _many_elements,
    "docx/styles-in-a-ring.docx": _styles_in_a_ring,
    "docx/notes.docx": _notes,
    "docx/numbering.docx": _numbering,
    "docx/not-xml.docx": lambda _: _in("docx", b"\xff\xfe" * 999),
    "docx/a-picture.docx": lambda _: word_part("document", "<w:body/>").encode(),
    "odt/spaces.odt": _spaces,
    "odt/columns.odt": _columns,
    "odt/two-roots.odt": lambda _: _in("odt", (odf_root("document-content", "") * 2).encode()),
    **{
        f"{kind}/{name}-{encoding}.{kind}": partial(_declaring, kind, text, encoding)
        for kind in ("docx", "odt", "epub")
        for name, text in (("laughs", _LAUGHS), ("spy", _SPY), ("call", _CALL))
        for encoding in ("utf-8", "utf-16")
    },
    **{
        f"{kind}/deep.{kind}": partial(_nested_xml, kind)
        for kind in ("docx", "odt", "epub")
    },
    **{f"{kind}/escapes.{kind}": partial(_escapes, kind) for kind in ("docx", "odt", "epub")},
}  # fmt: skip
