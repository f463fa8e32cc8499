"""The reader of books in EPUB 2 and 3."""

from __future__ import annotations

from docterm.errors import Code, ReadError
from docterm.library.model import Block, Role
from docterm.library.readers import Extract
from docterm.library.readers.epub_chapter import read_chapter
from docterm.library.readers.epub_contents import read_contents
from docterm.library.readers.epub_package import open_package
from docterm.library.readers.outline import EMPTY, Outline, one_line
from docterm.library.readers.xhtml import chapter
from docterm.library.readers.zipsafe import Archive, part_name


def read(data: bytes) -> Extract:
    """Give the blocks of a book, chapter by chapter in the order of its spine, and what it says of itself.

    The title of the book comes first. A chapter without headings of its own takes those of the table of contents.
    Blocks carry the printed page where the book marks them. List items, lines of code and rows of tables are
    paragraphs. A chapter that is missing or cannot be read is left out, and named in the notes. Raises ReadError
    for bytes that are no book, for a book under DRM, and when no chapter can be read.
    """
    archive = Archive(data)
    package = open_package(archive)
    contents = read_contents(archive, package)
    outline = Outline()
    failed: list[ReadError] = []
    page = ""
    for item in package.texts:
        try:
            name = part_name(package.name, item.href)
            page = read_chapter(chapter(archive.read(name)), outline, contents.get(name, {}), page)
        except ReadError as error:
            failed.append(error)
    if len(failed) == len(package.texts):
        nothing = ReadError("The book has no text to read.", "It may be made of pictures alone.", Code.NO_TEXT)
        raise failed[0] if failed else nothing
    notes = [] if outline.blocks else [EMPTY]
    notes += [f"A chapter was left out. {error.message}" for error in failed]
    return Extract(tuple(_titled(outline.blocks, package.meta.get("title", ""))), package.meta, tuple(notes))


def _titled(blocks: list[Block], title: str) -> list[Block]:
    """Give the blocks with the title of the book before them."""
    return [Block(Role.TITLE, one_line(title)), *blocks] if title else blocks
