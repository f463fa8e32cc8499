"""XML from strangers: parsed without entities, without document types where they have no place, and not too deep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docterm.errors import Code, ReadError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DEEPEST = 500
"""Elements within each other."""
MOST_MARKS = 3_000_000
"""Opening angle brackets in a part: 20 times those of a book of 200 pages, and less than 1 GiB of elements."""
_HINT = "Open it in the program that made it, and save it again."


def parse(data: bytes, document_type: bool = False) -> Element:
    """Give the root element of an XML document in UTF-8, UTF-16 or what its declaration names.

    A document type is refused unless `document_type` allows it; the declaration of an entity is refused always,
    and nothing outside `data` is ever fetched. Raises ReadError for these, for XML that is not well formed, that has
    more than 3,000,000 tags, or elements deeper than 500.
    """
    from xml.etree import ElementTree

    check_prologue(data, document_type)
    if data.count(b"<") > MOST_MARKS:
        raise ReadError("The file has more XML elements than docterm reads.", "Save it in several files.", Code.TOO_BIG)
    try:
        root = ElementTree.fromstring(data)  # noqa: S314  # the prologue declares no entities
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise ReadError(f"The XML of the file is damaged ({error}).", _HINT, Code.MALFORMED) from error
    _check_depth(root)
    return root


class _RootReached(Exception):
    """What comes before the root element has been seen."""


def check_prologue(data: bytes, document_type: bool = False) -> None:
    """Raise ReadError when what stands before the root element declares entities, or a type where none may be.

    What is damaged is passed: the parser says so.
    """
    from xml.parsers import expat

    def refuse_type(*_: object) -> None:
        raise ReadError(
            "The file declares an XML document type, which office programs never write.", _HINT, Code.XML_ENTITIES
        )

    def refuse_entity(*_: object) -> None:
        raise ReadError(
            "The file declares XML entities, which can be made to flood or to spy.", _HINT, Code.XML_ENTITIES
        )

    def stop(*_: object) -> None:
        raise _RootReached

    parser = expat.ParserCreate()
    if not document_type:
        parser.StartDoctypeDeclHandler = refuse_type
    parser.EntityDeclHandler = refuse_entity
    parser.StartElementHandler = stop
    try:
        parser.Parse(data, True)
    except (_RootReached, expat.ExpatError, ValueError, LookupError):
        return


def _check_depth(root: Element) -> None:
    depth, level = 1, [root]
    while level := [child for element in level for child in element]:
        depth += 1
        if depth > DEEPEST:
            raise ReadError(f"The XML of the file is nested more than {DEEPEST} deep.", _HINT, Code.TOO_BIG)
