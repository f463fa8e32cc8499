"""A chapter of a book as a tree: XHTML as the XML it should be, or what a browser would make of it."""

from __future__ import annotations

import codecs
import re
from html.entities import html5
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from docterm.errors import Code, ReadError
from docterm.library.readers.outline import local
from docterm.library.readers.xmlsafe import check_prologue, parse

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_LARGEST = 20 * 1024 * 1024
_DEEPEST = 1000
"""Open tags: the time of the HTML parser grows with the square of the depth."""
_LONGEST_TAG = 2000
"""Characters: it grows with the square of the number of attributes too. Longer tags lose them."""
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARATION = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_STATED = re.compile(r"""\s*<\?xml[^>]{0,400}\?>""")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_TAG = re.compile(r"<(/?)([A-Za-z][^\s<>/]*+)([^<>]*+)>")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())


def chapter(data: bytes) -> Element:
    """Give the root of an XHTML chapter, its tags in lower case without namespace.

    What is not well formed is read as HTML. Raises ReadError for what declares entities, is over 20 MiB, or is too
    deep.
    """
    if len(data) > _LARGEST:
        raise ReadError(f"A chapter is larger than {_LARGEST // 2**20} MiB.", "Split it into several.", Code.TOO_BIG)
    check_prologue(data, document_type=True)
    text = _decode(data)
    try:
        root = parse(_plain_xml(text), document_type=True)
    except ReadError:
        return _as_html(text)
    for element in root.iter():
        element.tag = local(element.tag).lower()
    return root


def _decode(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if data[:2] in (b"<\0", b"\0<"):
        return data.decode("utf-16-le" if data[0] else "utf-16-be", errors="replace")
    declared = _DECLARATION.match(data)
    try:
        return data.decode(declared[1].decode() if declared else "utf-8")
    except (LookupError, ValueError):
        return data.decode("utf-8" if declared else "cp1252", errors="replace")


def _plain_xml(text: str) -> bytes:
    """Give a text as XML in UTF-8, the entities of HTML (which XML does not know) as their characters."""

    def character(match: re.Match[str]) -> str:
        name = match[1]
        return match[0] if name in _XML_ENTITIES else html5.get(f"{name};", match[0])

    return _ENTITY.sub(character, _STATED.sub("", text, count=1)).encode("utf-8", errors="replace")


# --- what is not well formed ---------------------------------------------------------------------


def _as_html(text: str) -> Element:
    from selectolax.lexbor import LexborHTMLParser

    _check_depth(text)
    # An HTML parser does not know <title/>: to it the tag stays open, and swallows the chapter.
    tree = LexborHTMLParser(_TAG.sub(_close_itself, text.replace("\0", "")))
    root = Element("html")
    if tree.root is not None:
        _copy(tree.root, root)
    return root


def _check_depth(text: str) -> None:
    depth = 0
    for tag in _TAG.finditer(text):
        if tag[1]:
            depth = max(0, depth - 1)
        elif not tag[3].endswith("/") and tag[2].lower() not in _VOID:
            depth += 1
        if depth > _DEEPEST:
            raise ReadError(f"A chapter is nested more than {_DEEPEST} deep.", "Split it into several.", Code.TOO_BIG)


def _close_itself(tag: re.Match[str]) -> str:
    attributes = "" if len(tag[3]) > _LONGEST_TAG else tag[3].removesuffix("/")
    end = f"</{tag[2]}>" if tag[3].endswith("/") and tag[2].lower() not in _VOID and not tag[1] else ""
    return f"<{tag[1]}{tag[2]}{attributes}>{end}"


def _copy(source: LexborNode, target: Element) -> None:
    """Copy the children of a node of the HTML parser below an element."""
    todo: list[tuple[LexborNode | None, Element]] = [(source.child, target)]
    while todo:
        node, parent = todo.pop()
        if node is None:
            continue
        todo.append((node.next, parent))
        if node.is_text_node:
            _append(parent, node.text_content or "")
        elif node.is_element_node:
            names = {name: value or "" for name, value in node.attributes.items()}
            todo.append((node.child, SubElement(parent, local(node.tag or "").lower(), names)))


def _append(parent: Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
