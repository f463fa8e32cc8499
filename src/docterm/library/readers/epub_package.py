"""What the package document of a book says: its parts, their order, its description (EPUB 3.3, 5; OPF 2.0.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docterm.errors import Code, ReadError
from docterm.library.readers.outline import local, one_line
from docterm.library.readers.xmlsafe import parse
from docterm.library.readers.zipsafe import Archive, part_name

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONT_OBFUSCATION = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_NCX = "application/x-dtbncx+xml"
_TEXTS = frozenset(
    {
        "application/xhtml+xml",
        "application/x-dtbook+xml",
        "application/xml",
        "image/svg+xml",
        "text/html",
        "text/x-oeb1-document",
        "text/xml",
    }
)
_DC = "{http://purl.org/dc/elements/1.1/}"
_LONGEST = 1000
_MOST_VALUES = 50
_ROLES = {"aut": "author", "edt": "editor", "trl": "translator", "ill": "illustrator", "": "author"}
"""By MARC relator; a creator of another role is an author, a contributor of another role is left out."""
_NAMES = {
    "title": "title",
    "publisher": "publisher",
    "language": "language",
    "subject": "subject",
    "description": "description",
    "rights": "rights",
}


@dataclass(frozen=True, slots=True)
class Item:
    """A part of the book as its manifest lists it."""

    href: str
    media_type: str
    properties: tuple[str, ...]
    fallback: str
    """The id of the item to be read in its place by who cannot show it, or the empty string."""


@dataclass(slots=True)
class Package:
    """The package document of a book."""

    name: str
    """Of the part of the archive that it is; links start from it."""
    texts: list[Item] = field(default_factory=list)
    """The texts of the spine, in its order."""
    navigation: Item | None = None
    """The table of contents of EPUB 3."""
    ncx: Item | None = None
    """That of EPUB 2."""
    meta: dict[str, str] = field(default_factory=dict)


def open_package(archive: Archive) -> Package:
    """Give the package document of a book. Raises ReadError when there is none, or the book is protected by DRM."""
    if _CONTAINER not in archive:
        raise ReadError(
            "The file is an archive, but no EPUB book is in it.", "Give it the suffix of what it is.", Code.MALFORMED
        )
    _refuse_drm(archive)
    container = parse(archive.read(_CONTAINER), document_type=True)
    paths = (element.get("full-path", "") for element in container.iter() if local(element.tag) == "rootfile")
    name = part_name("", next(paths, ""))
    root = parse(archive.read(name), document_type=True)
    package = Package(name, meta=_describe(root))
    items: dict[str, Item] = {}
    for identity, item in _items(root):
        items.setdefault(identity, item)
        if "nav" in item.properties:
            package.navigation = item
        elif item.media_type == _NCX:
            package.ncx = item
    listed = dict.fromkeys(element.get("idref", "") for element in root.iter() if local(element.tag) == "itemref")
    package.texts = [text for identity in listed if (text := _text(items, identity)) is not None]
    return package


def _text(items: dict[str, Item], identity: str) -> Item | None:
    """Give the item of an id, or the first of those that may be read in its place, that is a text; else None."""
    seen: set[str] = set()
    while identity in items and identity not in seen:
        seen.add(identity)
        item = items[identity]
        if item.media_type in _TEXTS:
            return item
        identity = item.fallback
    return None


def _refuse_drm(archive: Archive) -> None:
    if _ENCRYPTION not in archive:
        return
    for element in parse(archive.read(_ENCRYPTION), document_type=True).iter():
        if local(element.tag) == "EncryptedData":
            methods = (each.get("Algorithm") for each in element if local(each.tag) == "EncryptionMethod")
            if next(methods, "") not in _FONT_OBFUSCATION:
                raise ReadError(
                    "The book is protected by DRM.",
                    "Read it in the program of its seller, or get a copy without DRM.",
                    Code.DRM,
                )


def _items(root: Element) -> Iterator[tuple[str, Item]]:
    """Give the items of the manifest by their ids."""
    for element in root.iter():
        if local(element.tag) == "item" and element.get("href"):
            properties = tuple(element.get("properties", "").split())
            media_type = element.get("media-type", "").lower()
            item = Item(element.get("href", ""), media_type, properties, element.get("fallback", ""))
            yield element.get("id", ""), item


# --- the description -----------------------------------------------------------------------------


def _describe(root: Element) -> dict[str, str]:
    """Give title, author, editor, translator, date, isbn, ...; several values are joined by "; "."""
    found: dict[str, list[str]] = {}
    refined = _refinements(root)
    for element in root.iter():
        text = one_line((element.text or "")[:_LONGEST])
        if element.tag.startswith(_DC) and text:
            name, value = _entry(element, text, refined)
            values = found.setdefault(name, [])
            if value not in values and len(values) < _MOST_VALUES:
                values.append(value)
    found.pop("", None)
    for name in ("title", "date", "publisher", "language"):
        found[name] = found.get(name, [])[:1]
    return {"type": "book"} | {name: "; ".join(values)[:_LONGEST] for name, values in found.items() if values}


def _refinements(root: Element) -> dict[tuple[str, str], str]:
    """Give what `meta refines="#id" property="..."` says, by id and property."""
    return {
        (element.get("refines", "").removeprefix("#"), element.get("property", "")): one_line(element.text or "")
        for element in root.iter()
        if local(element.tag) == "meta" and element.get("refines")
    }


def _entry(element: Element, text: str, refined: dict[tuple[str, str], str]) -> tuple[str, str]:
    """Give the name and the value of a piece of Dublin Core; the name is empty for what is not kept."""
    kind = local(element.tag)
    said = {local(name): value for name, value in element.items()}
    identity = said.get("id", "")
    if kind in ("creator", "contributor"):
        role = said.get("role") or refined.get((identity, "role"), "")
        name = _ROLES.get(role, "author" if kind == "creator" else "")
        return ("" if kind == "contributor" and not role else name), _person(text)
    if kind == "title" and refined.get((identity, "title-type"), "main") != "main":
        return "", text
    if kind == "date":
        return ("date" if said.get("event", "publication") == "publication" else ""), text
    if kind == "identifier":
        return _identifier(text)
    return _NAMES.get(kind, ""), text


def _person(name: str) -> str:
    """Give a name as it is spoken: `Roe, Jane` is Jane Roe."""
    last, comma, first = name.partition(", ")
    one = comma and "," not in first and ";" not in name and " " not in last and len(first.split()) <= 3
    return f"{first} {last}" if one else name


def _identifier(text: str) -> tuple[str, str]:
    plain = re.sub(r"^(?:urn:)?(?:isbn|doi)[: ]*|https?://(?:dx\.)?doi\.org/", "", text, flags=re.IGNORECASE)
    digits = plain.replace("-", "").replace(" ", "")
    if re.fullmatch(r"97[89]\d{10}|\d{9}[\dXx]", digits, re.ASCII):
        return "isbn", digits
    if re.fullmatch(r"10\.\d{4,9}/\S+", plain):
        return "doi", plain
    return ("url" if re.match(r"https?://", text) else ""), text
