"""One module a format. A reader turns the bytes of a file into blocks; it knows no library and no screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import PurePath
from typing import NamedTuple

from docterm.library.model import Block


class Clue(NamedTuple):
    """Where in a file something was found that describes it, and how sure that is, from 0 to 1."""

    place: str
    sure: float


@dataclass(frozen=True, slots=True)
class Extract:
    """What a reader found in a file: its blocks in reading order and what it says of itself."""

    blocks: tuple[Block, ...]
    meta: dict[str, str] = field(default_factory=dict)
    """Front matter and the like, by lower-case name: title, author, date, source, url, key, ..."""
    notes: tuple[str, ...] = ()
    """Sentences on what the reader had to guess or leave out."""
    clues: dict[str, Clue] = field(default_factory=dict)
    """By the names of `meta`, those fields that are surer or less sure than what the reader finds in general."""


@dataclass(frozen=True, slots=True)
class ReaderSpec:
    """A reader that can be chosen by file name; its module is imported when it is first used."""

    name: str
    version: int
    """Raised when the reader gives other blocks for the same bytes: documents are then read again."""
    suffixes: tuple[str, ...]
    module: str
    inline_bytes: int = 0
    """Up to this size a file is read in docterm's own process; a larger one in a worker, under limits."""
    largest: int = 32 << 20
    """The largest file that is read, in bytes."""
    confidence: float = 0.5
    """How far what the reader finds of a document's author, date and title can be trusted, from 0 to 1."""

    @property
    def stamp(self) -> str:
        """`name/version`, kept with every document that was read."""
        return f"{self.name}/{self.version}"

    def load(self) -> Callable[[bytes], Extract]:
        """Give the module's `read`, which raises ReadError for bytes that are not of the format."""
        read: Callable[[bytes], Extract] = import_module(self.module).read
        return read


_HERE = "docterm.library.readers"
_MIB = 1 << 20
READERS = (
    ReaderSpec("plain", 4, (".txt", ".text"), f"{_HERE}.plain", inline_bytes=64 << 10, confidence=0.9),
    ReaderSpec("markdown", 2, (".md", ".markdown"), f"{_HERE}.markdown", inline_bytes=64 << 10, confidence=1.0),
    ReaderSpec("html", 2, (".html", ".htm", ".xhtml"), f"{_HERE}.html", largest=20 * _MIB, confidence=0.8),
    ReaderSpec("epub", 2, (".epub",), f"{_HERE}.epub", largest=200 * _MIB, confidence=0.9),
    ReaderSpec("docx", 1, (".docx",), f"{_HERE}.docx", largest=200 * _MIB, confidence=0.7),
    ReaderSpec("odt", 1, (".odt",), f"{_HERE}.odt", largest=200 * _MIB, confidence=0.7),
    ReaderSpec("rtf", 1, (".rtf",), f"{_HERE}.rtf", largest=64 * _MIB),
    ReaderSpec("mail", 3, (".eml", ".mbox"), f"{_HERE}.mail", largest=64 * _MIB, confidence=0.9),
    ReaderSpec("pdf", 3, (".pdf",), f"{_HERE}.pdf", largest=200 * _MIB),
)
_BY_NAME = {spec.name: spec for spec in READERS}
_MAGIC = ((b"%PDF-", "pdf"), (b"{\\rtf", "rtf"))
_ARCHIVES = (
    (b"mimetypeapplication/epub+zip", "epub"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
    (b"word/document.xml", "docx"),
)
# Quantifiers that give nothing back, or a file of comments would be looked at for ever.
_HTML = re.compile(rb"\s*+(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_HEAD = 4096


def readers() -> tuple[ReaderSpec, ...]:
    """Give docterm's own readers and those of other packages (entry points in the group `docterm.readers`).

    An entry point names a ReaderSpec; docterm's own readers come first for the suffixes they know.
    """
    return READERS + _foreign()


@cache
def _foreign() -> tuple[ReaderSpec, ...]:
    from importlib.metadata import entry_points  # costs 30 ms: asked only for a suffix that is not docterm's own

    found = (point.load() for point in entry_points(group="docterm.readers"))
    return tuple(spec for spec in found if isinstance(spec, ReaderSpec))


def reader_for(path: PurePath) -> ReaderSpec | None:
    """Give the reader for a file name, or None when there is none for its suffix."""
    suffix = path.suffix.lower()
    own = next((spec for spec in READERS if suffix in spec.suffixes), None)
    if own is not None or not suffix:
        return own
    return next((spec for spec in _foreign() if suffix in spec.suffixes), None)


def reader_of(data: bytes) -> ReaderSpec | None:
    """Give the reader for what a file holds, where that shows in its first bytes; None for any plain text."""
    head = data[:_HEAD]
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return _BY_NAME[name]
    if head.startswith(b"PK\x03\x04"):
        return next((_BY_NAME[name] for mark, name in _ARCHIVES if mark in head), None)
    return _BY_NAME["html"] if _HTML.match(head) else None


def confidence(stamp: str) -> float:
    """Give how far what a reader says of a document can be trusted, by the stamp it left."""
    name = stamp.partition("/")[0]
    spec = _BY_NAME.get(name)
    if spec is None and name:
        spec = next((each for each in _foreign() if each.name == name), None)
    return 0.0 if spec is None else spec.confidence


def largest(path: PurePath) -> int:
    """Give the size, in bytes, up to which a file of this name is read."""
    spec = reader_for(path)
    return max(each.largest for each in READERS) if spec is None else spec.largest
