"""What no file of docterm's may be written onto: the sources themselves, what is known of them, and the notebook."""

from __future__ import annotations

import os
from pathlib import Path

from docterm.errors import CitationError, ReadError
from docterm.library.files import read_file
from docterm.library.library import Library
from docterm.library.scan import holds_records
from docterm.text import label

_ELSEWHERE = "Name another file, best outside the library."


def refuse_sources(path: Path, library: Library, notebook: Path, *, merged: bool = True) -> None:
    """Raise CitationError when a file is a document of the library, holds its records, or is the notebook.

    Where what is in the file is kept (`merged`), a document in which docterm's own blocks stand already is an export
    that was put into the library: it stays one.
    """
    shown = label(path, 1000)
    if _is_same(path, notebook):
        raise CitationError(f"{shown} is your notebook, and only quotes are kept in it.", _ELSEWHERE)
    place = Path(os.path.realpath(path))
    root = Path(os.path.realpath(library.root))
    if place.is_relative_to(root) and holds_records(place.relative_to(root).as_posix()):
        raise CitationError(f"{shown} holds records of your library, and stays as it is.", _ELSEWHERE)
    for document in library.documents(every=True):
        source = library.path_of(document)
        if _is_same(path, source) and not (merged and _has_blocks(source)):
            raise CitationError(
                f"{shown} is the document {document.key} of your library, and stays as it is.", _ELSEWHERE
            )


def _has_blocks(path: Path) -> bool:
    from docterm.quotes.export.package import controls, opened  # here: only an export over a document needs it

    try:
        data = read_file(path).data
        return b"docterm:begin " in data or bool(controls(opened(data).document))
    except ReadError:
        return False


def _is_same(one: Path, other: Path) -> bool:
    try:
        return os.path.samefile(one, other)
    except (OSError, ValueError):  # one of them is not there
        return False
