"""The parts of a Word document (ECMA-376, part 2): what they are called, how they refer to each other."""

from __future__ import annotations

from posixpath import basename, dirname, join
from typing import TYPE_CHECKING

from docterm.errors import Code, ReadError
from docterm.library.readers.xmlsafe import parse
from docterm.library.readers.zipsafe import Archive, part_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of words, styles and numbers in what Word writes by default."""
_STRICT_W = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
"""The same in the strict form of the format."""


class Package:
    """A Word document as its parts, each found by its relation to the main one."""

    def __init__(self, data: bytes) -> None:
        """Open a document. Raises ReadError when it is no zip archive or holds no Word document."""
        self._archive = Archive(data)
        self._main = next(self._targets("", "officeDocument"), "word/document.xml")
        if self._main not in self._archive:
            raise ReadError(
                "The file is an archive, but no Word document is in it.",
                "Give it the suffix of what it is.",
                Code.MALFORMED,
            )
        self.document = self._part(self._main)
        if self.document.tag != f"{W}document":
            raise ReadError(
                "The file is an office document, but not one of Word.", "Save it as .docx.", Code.UNSUPPORTED
            )

    def related(self, kind: str) -> Iterator[Element]:
        """Give the parts to which the document has a relation of a kind: `styles`, `footnotes`, `header`, ..."""
        for name in self._targets(self._main, kind):
            if name in self._archive:
                yield self._part(name)

    def has(self, kind: str) -> bool:
        """Say whether the document has a relation of a kind."""
        return any(True for _ in self._targets(self._main, kind))

    def properties(self) -> Element | None:
        """Give what the document says of itself, None where it says nothing or nothing that can be read."""
        name = next(self._targets("", "core-properties"), "docProps/core.xml")
        try:
            return self._part(name) if name in self._archive else None
        except ReadError:
            return None

    def _targets(self, source: str, kind: str) -> Iterator[str]:
        """Give the names of the parts to which the part `source`, or the package itself, has a relation of a kind."""
        relations = join(dirname(source), "_rels", f"{basename(source)}.rels")
        if relations not in self._archive:
            return
        for relation in parse(self._archive.read(relations)):
            inside = relation.get("TargetMode") != "External"
            if inside and relation.get("Type", "").rpartition("/")[2] == kind:
                target = relation.get("Target", "")
                yield part_name("", target[1:]) if target.startswith("/") else part_name(source, target)

    def _part(self, name: str) -> Element:
        root = parse(self._archive.read(name))
        if root.tag.startswith(_STRICT_W):
            _loosen(root)
        return root


def _loosen(root: Element) -> None:
    """Give the elements and attributes of the strict form the names that they have in the usual one."""
    for element in root.iter():
        if element.tag.startswith(_STRICT_W):
            element.tag = W + element.tag[len(_STRICT_W) :]
        for name in [name for name in dict(element.items()) if name.startswith(_STRICT_W)]:
            element.set(W + name[len(_STRICT_W) :], element.get(name, ""))


def value(parent: Element | None, name: str) -> str | None:
    """Give the `w:val` of the child `w:NAME`, None where there is no such child or value."""
    child = None if parent is None else parent.find(W + name)
    return None if child is None else child.get(f"{W}val")


def number(parent: Element | None, name: str) -> int | None:
    """Give the `w:val` of the child `w:NAME` as a number, None where it is none that Word could have written."""
    text = value(parent, name) or ""
    return int(text) if text.isascii() and text.removeprefix("-").isdigit() and len(text) < 10 else None
