"""A file of the library as the catalogue knows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docterm.errors import Code, ReadError
from docterm.library.readers import Clue

if TYPE_CHECKING:
    from docterm.library.extract import Text


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file as the catalogue knows it."""

    path: str
    size: int
    mtime_ns: int
    sha256: str
    reader: str
    problem: str | None
    meta: dict[str, str]
    sketch: Sequence[int]
    words: int
    paragraphs: int
    code: Code | None = None
    """Why it could not be read, in a word."""
    notes: tuple[str, ...] = ()
    """What the reader guessed or left out, in sentences."""
    mark: str = ""
    """A hash of the words of its text."""
    clues: dict[str, Clue] = field(default_factory=dict)
    """Where some of `meta` was found, and how sure it is."""


def text_row(path: str, size: int, mtime_ns: int, sha256: str, text: Text) -> FileRow:
    """Give the row of a file that was read."""
    return FileRow(
        path, size, mtime_ns, sha256, text.reader, None, text.meta, text.sketch, text.words, text.paragraphs,
        notes=text.notes, mark=text.mark, clues=text.clues,
    )  # fmt: skip


def problem_row(path: str, size: int, mtime_ns: int, reader: str, error: ReadError) -> FileRow:
    """Give the row of a file that could not be read, and why."""
    return FileRow(path, size, mtime_ns, "", reader, str(error), {}, (), 0, 0, error.code)
