"""The report of a comparison: which file it is, in which form, and what the reader's notebook adds to it.

It stands above `compare` and `quotes`, which do not know each other, and below the command line and the explorer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from docterm import __version__
from docterm.errors import ProgramError, RequestError, StorageError
from docterm.text import label

if TYPE_CHECKING:
    from docterm.compare.comparison import Comparison
    from docterm.compare.report.extras import Coded, Extras, Theme
    from docterm.library.library import Library
    from docterm.quotes.notebook import Notebook
    from docterm.quotes.themes.coding import Coding

SUFFIXES = (".html", ".md", ".docx", ".csv", ".json")


def target(name: str, library: Library, notebook: Notebook) -> Path:
    """Give the file of a report; raise RequestError where its name says no form, or what is there is not to be lost."""
    path = Path(name)
    if path.suffix.lower() not in SUFFIXES:
        raise RequestError(
            f"The name {label(name, 200)} does not say what the report is to be.",
            f"Let it end in one of {', '.join(SUFFIXES)}.",
        )
    if not path.parent.is_dir():
        raise RequestError(f"There is no folder {label(path.parent, 200)}.", "Make it, or name another file.")
    spare(path, library, notebook)
    return path


def spare(path: Path, library: Library, notebook: Notebook) -> None:
    """Raise RequestError where a file that is written anew would take the place of what the reader has there."""
    from docterm.quotes.export.guard import refuse_sources

    refuse_sources(path, library, notebook.path, merged=False)
    if path.exists() and not path.is_file():
        raise RequestError(f"{label(path, 200)} is a folder, a pipe or a device.", "Name a file.")


def write(path: Path, comparison: Comparison, notebook: Notebook) -> None:
    """Write the report in the form that the file's name ends in, in place of what was there."""
    from docterm.config.writing import replace_file

    data = _made(path.suffix.lower(), comparison, _extras(comparison, notebook))
    try:
        replace_file(path, data)
    except OSError as error:
        raise StorageError(f"{label(path, 200)} cannot be written: {error.strerror}.", "Name another file.") from None


def _made(suffix: str, comparison: Comparison, extras: Extras) -> bytes:
    from docterm.compare.report.page import page
    from docterm.compare.report.table import table

    if suffix == ".json":
        return f"{json.dumps(comparison.as_json(extras.names), ensure_ascii=False, indent=2)}\n".encode()
    if suffix == ".csv":
        return table(comparison, extras).encode()
    if suffix == ".html":
        return page(comparison, extras).encode()
    return _by_pandoc(suffix, page(comparison, extras, links=suffix == ".docx", charts=False))


def _by_pandoc(suffix: str, html: str) -> bytes:
    from docterm.quotes.pandoc import Refused, shared

    try:
        if suffix == ".docx":
            return shared().convert_to_file(html, "html", "docx")
        bold = html.replace("<mark>", "<strong>").replace("</mark>", "</strong>")  # Markdown has no marker of its own
        return f"{shared().convert(bold, 'html', MARKDOWN).rstrip()}\n".encode()
    except Refused as error:
        raise ProgramError(
            f"Pandoc cannot write this report: {label(error, 200)}.", "Let the file end in .html instead."
        ) from None


MARKDOWN = (
    "markdown-raw_html-native_divs-native_spans-fenced_divs-bracketed_spans-header_attributes-link_attributes"
    "-simple_tables-multiline_tables-grid_tables+pipe_tables-smart"
)
"""Markdown that every renderer can read: tables with bars, and no attributes."""


def _extras(comparison: Comparison, notebook: Notebook) -> Extras:
    from docterm.compare.report.extras import Extras
    from docterm.compare.subjects import ABOUT, subjects_from

    subjects = subjects_from(notebook.kept(ABOUT)).values()
    return Extras(
        subjects=tuple(comparison.on_subject(subject) for subject in subjects),
        themes=tuple(_themes(comparison, notebook)),
        names=notebook.kept("voice"),
        made=date.today().isoformat(),
        program=f"docterm {__version__}",
    )


def _themes(comparison: Comparison, notebook: Notebook) -> Iterator[Theme]:
    """Give the grid of codes, or nothing where nothing of the two sides is coded."""
    from docterm.compare.report.extras import Theme
    from docterm.quotes.themes.codebook import codes
    from docterm.quotes.themes.coding import codings
    from docterm.quotes.themes.grid import grid

    rows = grid(codes(notebook), codings(notebook), [comparison.left.keys, comparison.right.keys])
    if any(cell for row in rows for cell in row.cells):
        for row in rows:
            left, right = (tuple(map(_coded, cell)) for cell in row.cells)
            yield Theme(row.code.name, row.code.meaning, left, right)


def _coded(coding: Coding) -> Coded:
    from docterm.compare.report.extras import Coded

    cut = coding.cut
    return Coded(str(cut.address), f"{cut.key}:{cut.address.first}", cut.text, coding.memo)
