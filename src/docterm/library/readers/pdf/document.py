"""A PDF opened: its pages, what they call themselves, and its outline. Everything here asks pdfium.

pdfium is not safe in threads, and a broken file can end the process: whoever reads PDFs of others does it in a
process apart. Forms and scripts are never loaded, so nothing in a file is run.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice

from docterm.errors import Code, ReadError
from docterm.library.readers.pdf.columns import in_columns, mark_columns
from docterm.library.readers.pdf.handles import PdfDocument
from docterm.library.readers.pdf.line import Page
from docterm.library.readers.pdf.pages import LONGEST_PAGE, read_page
from docterm.text import counted

MOST_PAGES = 5_000
LONGEST_TEXT = 32_000_000
"""Characters of a document."""
_MOST_ENTRIES = 20_000
_DEEPEST = 15
_LONGEST_TITLE = 500
_PASSWORD, _SECURITY = 4, 5
"""pdfium's numbers for a password that is missing and for an encryption that it does not know."""
_NAMED = 8
"""A note names so many pages at most."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the outline: a heading, the page it stands on, and its depth from 0."""

    title: str
    page: int
    level: int


@dataclass(slots=True)
class Contents:
    """The pages of a document, its outline, and what had to be left out."""

    pages: list[Page] = field(default_factory=list)
    outline: list[Entry] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@contextmanager
def opened(data: bytes) -> Iterator[PdfDocument]:
    """Open a PDF with pypdfium2, and close it in the end. Raises ReadError with the reason and what to do."""
    import pypdfium2  # type: ignore[import-untyped]

    with suppress(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(b"none")  # else pdfium can give, for a broken file, the reason of an earlier one
    try:
        document: PdfDocument = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refusal(error.err_code) from error
    try:
        yield document
    finally:
        document.close()


def _refusal(code: int | None) -> ReadError:
    if code == _PASSWORD:
        return ReadError("This PDF asks for a password.", "Save a copy without one, and add that.", Code.PASSWORD)
    if code == _SECURITY:
        return ReadError(
            "This PDF is encrypted in a way that docterm cannot read.", "Save a copy without encryption.", Code.PASSWORD
        )
    return ReadError(
        "This is no PDF, or it is too broken to be read.",
        "Open it in a viewer and print it to a new PDF.",
        Code.MALFORMED,
    )


def contents(document: PdfDocument) -> Contents:
    """Give the pages, with their lines in reading order, and the outline of an open PDF.

    Raises ReadError when no page has text.
    """
    found = Contents()
    total = len(document)
    if total > MOST_PAGES:
        found.notes.append(f"The PDF has {total:,} pages: the first {MOST_PAGES:,} were read.")
    _add_pages(found, document, min(total, MOST_PAGES))
    if not any(page.lines for page in found.pages):
        raise ReadError(
            "There is no text in this PDF: perhaps its pages are scans.",
            "Run ocrmypdf on it, and add the result.",
            Code.NO_TEXT,
        )
    found.outline = list(_outline(document, len(found.pages)))
    found.notes += _page_notes(found.pages)
    return found


def _add_pages(found: Contents, document: PdfDocument, count: int) -> None:
    """Read the pages one at a time; each is closed before the next is opened."""
    import pypdfium2

    failed: list[int] = []
    length = 0
    for index in range(count):
        if length > LONGEST_TEXT:
            found.notes.append(f"The text is too long: it was read to page {index}.")
            break
        try:
            handle = document[index]
        except pypdfium2.PdfiumError:
            failed.append(index + 1)
            continue
        try:
            page = read_page(handle, index + 1)
        except pypdfium2.PdfiumError:
            failed.append(index + 1)
            continue
        finally:
            handle.close()
        page.lines = in_columns(page)
        mark_columns(page)
        page.label = _label(document, index)
        length += sum(len(line.text) for line in page.lines)
        found.pages.append(page)
    if failed:
        found.notes.append(f"{_counted(failed)} could not be read.")


def _label(document: PdfDocument, index: int) -> str:
    """Give what a page calls itself, or nothing when that is its number."""
    try:
        label: str = document.get_page_label(index).strip()
    except UnicodeError:
        return ""
    return "" if label == str(index + 1) else label


def _outline(document: PdfDocument, pages: int) -> Iterator[Entry]:
    """Give the entries of the outline that lead to a page, in order."""
    for bookmark in islice(document.get_toc(max_depth=_DEEPEST), _MOST_ENTRIES):
        try:
            title = " ".join(bookmark.get_title().split())[:_LONGEST_TITLE]
        except UnicodeError:
            continue
        target = bookmark.get_dest()
        index = None if target is None else target.get_index()
        if title and index is not None and index < pages:
            yield Entry(title, index + 1, bookmark.level)


def _page_notes(pages: list[Page]) -> list[str]:
    """Say which pages have no text and which too much; a blank page among many is nothing to speak of."""
    notes: list[str] = []
    empty = [page.number for page in pages if not page.lines]
    if len(empty) > 1 and len(empty) >= 0.1 * len(pages):
        notes.append(f"{_counted(empty)} of {len(pages)} without text: perhaps scans.")
    if cut := [page.number for page in pages if page.cut]:
        notes.append(f"{_counted(cut)} read only to {LONGEST_PAGE:,} characters.")
    return notes


def _counted(numbers: list[int]) -> str:
    """Give `2 pages (3, 17)`."""
    named = ", ".join(map(str, numbers[:_NAMED])) + (", …" if len(numbers) > _NAMED else "")
    return f"{counted(len(numbers), 'page')} ({named})"
