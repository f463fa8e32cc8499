"""A manuscript: a file, the form it is written in, and the paragraphs in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from importlib import import_module
from pathlib import Path

from docterm.errors import ReadError
from docterm.library.files import read_file
from docterm.quotes.check.prose import Paragraph
from docterm.text import sanitise


class DraftForm(StrEnum):
    """What a manuscript is written in."""

    MARKDOWN = "markdown"
    LATEX = "latex"
    ORG = "org"
    TYPST = "typst"
    DOCX = "docx"
    TEXT = "text"


_SUFFIXES = {
    ".md": DraftForm.MARKDOWN, ".markdown": DraftForm.MARKDOWN, ".mkd": DraftForm.MARKDOWN,
    ".qmd": DraftForm.MARKDOWN, ".rmd": DraftForm.MARKDOWN, ".pandoc": DraftForm.MARKDOWN,
    ".tex": DraftForm.LATEX, ".ltx": DraftForm.LATEX, ".latex": DraftForm.LATEX, ".org": DraftForm.ORG,
    ".typ": DraftForm.TYPST, ".docx": DraftForm.DOCX, ".docm": DraftForm.DOCX,
    ".txt": DraftForm.TEXT, ".text": DraftForm.TEXT, ".fountain": DraftForm.TEXT, "": DraftForm.TEXT,
}  # fmt: skip
_MODULES = {DraftForm.TEXT: "plain", DraftForm.DOCX: "word"}


@dataclass(frozen=True)
class Draft:
    """A manuscript that was read. Of a Word document the text is one line a paragraph."""

    form: DraftForm
    text: str
    paragraphs: tuple[Paragraph, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(place + 1 for place, char in enumerate(self.text) if char == "\n")]

    def line(self, place: int) -> int:
        """Give the line, from 1, of a place in the text; of a Word document the paragraph."""
        return bisect_right(self._starts, place)


def open_draft(path: Path, form: DraftForm | None = None) -> Draft:
    """Read a manuscript; its form is that of its suffix unless one is named.

    Raises ReadError for what is no regular file, is larger than 32 MiB or no text, or has a suffix of another format.
    """
    found = form or _SUFFIXES.get(path.suffix.lower())
    if found is None:
        raise ReadError(
            f"Manuscripts of the form {path.suffix} are not read.",
            "Give a file in Markdown, LaTeX, Org, Typst, plain text or Word's .docx, or name its form with --form.",
        )
    return parse(read_file(path).data, found)


def parse(data: bytes, form: DraftForm) -> Draft:
    """Read the bytes of a manuscript; raises ReadError for what is none of that form."""
    if form is DraftForm.DOCX:
        from docterm.quotes.check.forms import word

        return Draft(form, *word.read(data))
    from docterm.library.readers.decode import decode

    text = sanitise(decode(data))
    return Draft(form, text, tuple(_reader(form)(text)))


def _reader(form: DraftForm) -> Callable[[str], Iterator[Paragraph]]:
    module = import_module(f"docterm.quotes.check.forms.{_MODULES.get(form, form.value)}")
    reader: Callable[[str], Iterator[Paragraph]] = module.paragraphs
    return reader
