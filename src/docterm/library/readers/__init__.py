"""One module a format. A reader turns the bytes of a file into blocks; it knows no library and no screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import PurePath

from docterm.library.model import Block


@dataclass(frozen=True, slots=True)
class Extract:
    """What a reader found in a file: its blocks in reading order and what it says of itself."""

    blocks: tuple[Block, ...]
    meta: dict[str, str] = field(default_factory=dict)
    """Front matter and the like, by lower-case name: title, author, date, source, url, key, ..."""
    notes: tuple[str, ...] = ()
    """Sentences on what the reader had to guess or leave out."""


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

    @property
    def stamp(self) -> str:
        """`name/version`, kept with every document that was read."""
        return f"{self.name}/{self.version}"

    def load(self) -> Callable[[bytes], Extract]:
        """Give the module's `read`, which raises ReadError for bytes that are not of the format."""
        read: Callable[[bytes], Extract] = import_module(self.module).read
        return read


READERS = (
    ReaderSpec("plain", 1, (".txt", ".text"), "docterm.library.readers.plain", inline_bytes=1 << 20),
    ReaderSpec("markdown", 1, (".md", ".markdown"), "docterm.library.readers.markdown", inline_bytes=1 << 16),
)


def reader_for(path: PurePath) -> ReaderSpec | None:
    """Give the reader for a file name, or None when there is none for its suffix."""
    suffix = path.suffix.lower()
    return next((spec for spec in READERS if suffix in spec.suffixes), None)
