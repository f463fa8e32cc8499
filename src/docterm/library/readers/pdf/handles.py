"""What the reader asks of pypdfium2, which has no types of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol


class TextPage(Protocol):
    """The characters of a page."""

    raw: Any
    """pdfium's own handle, for the calls that pypdfium2 does not wrap."""

    def close(self) -> None:
        """Give back its memory."""
        ...


class PdfPage(Protocol):
    """A page."""

    def get_cropbox(self) -> tuple[float, float, float, float]:
        """Give the left, bottom, right and top edges of what is seen, in points."""
        ...

    def get_textpage(self) -> TextPage:
        """Find the characters."""
        ...

    def close(self) -> None:
        """Give back its memory."""
        ...


class Destination(Protocol):
    """Where a link leads."""

    def get_index(self) -> int | None:
        """Give the page, from 0."""
        ...


class Bookmark(Protocol):
    """An entry of the outline."""

    level: int

    def get_title(self) -> str:
        """Give what it says; raise UnicodeError when that is broken."""
        ...

    def get_dest(self) -> Destination | None:
        """Give where it leads."""
        ...


class PdfDocument(Protocol):
    """An open file."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: int, /) -> PdfPage:
        """Give a page, from 0; raise PdfiumError when it is broken."""
        ...

    def get_page_label(self, index: int) -> str:
        """Give what a page, from 0, calls itself; raise UnicodeError when that is broken."""
        ...

    def get_metadata_value(self, key: str) -> str:
        """Give a value of the Info dictionary; raise UnicodeError when it is broken."""
        ...

    def get_toc(self, max_depth: int) -> Iterator[Bookmark]:
        """Give the outline, depth first."""
        ...

    def close(self) -> None:
        """Give back its memory."""
        ...
