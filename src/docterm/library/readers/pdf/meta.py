"""What a PDF says of itself: its XMP packet, then its Info dictionary, without what programs fill in by themselves.

The date of a PDF is that of the making of the file. Only a date that the packet gives as that of publication, and
that no stamp of the file repeats, is one of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from docterm.library.readers.pdf.handles import PdfDocument

_LONGEST_PACKET = 256_000
_MOST_PACKETS = 8
_LONGEST_VALUE = 1_000
_PACKET_START, _PACKET_END = b"<x:xmpmeta", b"</x:xmpmeta>"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PRISM = "http://prismstandard.org/namespaces/"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_INFO_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?")
_ISO_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_LANGUAGE = re.compile(rb"/Lang\s*\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)\)")
_TITLE_JUNK = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)|powerpoint presentation|untitled|unbenannt|sans titre|sin título|"
    r"(?:new |word )?document ?\d*$|title$|slide \d+$|layout \d+$|presentation ?\d*$|book ?\d*$|none$|null$|unknown$|"
    r"\(?anonymous\)?$|\(?unspecified\)?$|about:blank|https?://|file:|[a-z]:\\|/)",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(
    r"\S+\.(?:pdf|docx?|odt|rtf|tex|dvi|p?s|eps|indd|qx[dp]|pptx?|xlsx?|html?|txt|pmd|fm|cdr|ai)$", re.IGNORECASE
)
_AUTHOR_JUNK = re.compile(
    r"(?:administrator|admin|user|owner|author|unknown|anonymous|root|none|null|default|"
    r"(?:microsoft )?office user|windows user|preferred customer|\(?unspecified\)?|hp|dell|pc)$",
    re.IGNORECASE,
)


def describe(document: PdfDocument, data: bytes) -> dict[str, str]:
    """Give what is known of an open PDF by the names of front matter: title, author, date, file-date, doi, ..."""
    info = {name: _value(_info(document, name)) for name in ("Title", "Author", "CreationDate")}
    packet = _best_packet(data)
    made = _info_date(info["CreationDate"])
    found = {
        "title": _title(packet.get("title", "")) or _title(info["Title"]),
        "author": _author(packet.get("author", "")) or _author(info["Author"]),
        "date": packet.get("date", ""),
        "file-date": made or packet.get("made", ""),
        "doi": packet.get("doi", ""),
        "publisher": packet.get("publisher", ""),
        "language": packet.get("language", "") or _language(data),
    }
    if found["date"] == made:
        found["date"] = ""
    return {name: value for name, value in found.items() if value}


# --- the Info dictionary -------------------------------------------------------------------------


def _info(document: PdfDocument, name: str) -> str:
    try:
        value: str = document.get_metadata_value(name)
    except UnicodeError:
        return ""
    return value


def _value(text: str) -> str:
    """Give a value as one line; what follows a NUL is rubbish that a program left there."""
    return " ".join(text.partition("\0")[0].split())[:_LONGEST_VALUE]


def _info_date(text: str) -> str:
    """Give `2021-06-03` for `D:20210603121314+02'00'`; nothing for what is no date."""
    match = _INFO_DATE.match(text)
    if match is None or not 1900 <= int(match[1]) <= 2200:
        return ""
    return "-".join(part for part in match.groups() if part)


def _title(text: str) -> str:
    """Give a title, or nothing for one that a program made up."""
    letters = sum(char.isalpha() for char in text)
    if letters < 3 or _TITLE_JUNK.match(text) or _FILE_NAME.fullmatch(text) or "�" in text:
        return ""
    return text


def _author(text: str) -> str:
    """Give the authors, or nothing for an account of a computer."""
    junk = sum(char.isalpha() for char in text) < 2 or _AUTHOR_JUNK.match(text) or "�" in text
    return "" if junk else text


def _language(data: bytes) -> str:
    match = _LANGUAGE.search(data)
    return "" if match is None else match[1].decode("ascii")


# --- XMP -----------------------------------------------------------------------------------------


def _best_packet(data: bytes) -> dict[str, str]:
    """Give the fields of the packet that describes the document: the last with a title, as pictures have theirs too."""
    best: dict[str, str] = {}
    for packet in _packets(data):
        fields = _fields(packet)
        if fields.get("title") or not best.get("title"):
            best = fields or best
    return best


def _packets(data: bytes) -> Iterator[bytes]:
    end = 0
    for _ in range(_MOST_PACKETS):
        start = data.find(_PACKET_START, end)
        if start < 0:
            return
        end = data.find(_PACKET_END, start, start + _LONGEST_PACKET)
        if end < 0:
            end = start + len(_PACKET_START)
            continue
        yield data[start : end + len(_PACKET_END)]


def _fields(packet: bytes) -> dict[str, str]:
    """Give the fields of a packet; none when it is not well-formed.

    A packet begins with its root element, so no entities can be declared in it.
    """
    try:
        root = ElementTree.fromstring(packet)  # noqa: S314 - see above
    except (ElementTree.ParseError, ValueError, LookupError):
        return {}
    values: dict[str, str] = {}
    for element in root.iter():
        for name, text in (*element.attrib.items(), (element.tag, _text(element))):
            if text and isinstance(name, str):
                values.setdefault(name, _value(text))
    made = {values.get(f"{_XMP}{name}", "")[:10] for name in ("CreateDate", "ModifyDate", "MetadataDate")}
    published = _prism(values, "publicationDate") or values.get(f"{_DC}date", "")
    date = _ISO_DATE.match(published[:10])
    creation = _ISO_DATE.match(values.get(f"{_XMP}CreateDate", "")[:10])
    return {
        "title": values.get(f"{_DC}title", ""),
        "author": values.get(f"{_DC}creator", ""),
        "publisher": values.get(f"{_DC}publisher", ""),
        "language": values.get(f"{_DC}language", ""),
        "doi": _prism(values, "doi"),
        "date": date[0] if date is not None and date[0] not in made else "",
        "made": "" if creation is None else creation[0],
    }


def _text(element: ElementTree.Element) -> str:
    """Give the text of an element: of the items of its list, or of its first translation."""
    items = [item.text.strip() for item in element.iterfind(f"./*/{_RDF}li") if item.text and item.text.strip()]
    if not items:
        return (element.text or "").strip()
    return items[0] if element.find(f"./{_RDF}Alt") is not None else "; ".join(items)


def _prism(values: dict[str, str], name: str) -> str:
    """Give a field of PRISM, of whichever version."""
    return next(
        (text for key, text in values.items() if key.startswith(f"{{{_PRISM}") and key.endswith(f"}}{name}")), ""
    )
