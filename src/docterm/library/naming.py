"""Finding the document that a person means by a name."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath

from docterm.errors import LibraryError
from docterm.library.model import Document
from docterm.text import label

Matches = Callable[[Document], bool]
_MOST_NAMED = 8


def find(name: str, documents: Sequence[Document], path_of: Callable[[Document], Path]) -> Document:
    """Find a document by path or file name, or by an unambiguous part of its key, title or source.

    Raises LibraryError when nothing or more than one thing answers to `name`.
    """
    for matches in (_by_path(name, path_of), _by_part_of_key(name), _by_part_of_name(name)):
        candidates = [document for document in documents if matches(document)]
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            listed = ", ".join(f"{document.key} ({document.title})" for document in candidates[:_MOST_NAMED])
            raise LibraryError(f"“{label(name)}” can mean more than one document: {listed}.", "Name one by its key.")
    key, _, paragraph = name.rpartition(":")
    if key in {document.key for document in documents}:
        raise LibraryError(
            f"“{label(paragraph)}” is no paragraph of {label(key)}.", f"Write {label(key)}:3 or {label(key)}:3-5."
        )
    raise LibraryError(f"No document is called “{label(name)}”.", "`docterm list` names them all.")


def _by_path(name: str, path_of: Callable[[Document], Path]) -> Matches:
    asked = Path(os.path.realpath(os.path.expanduser(name.replace("\0", "\N{REPLACEMENT CHARACTER}"))))
    return lambda document: (
        name in (document.path, PurePosixPath(document.path).stem) or _is_file(path_of(document), asked)
    )


def _is_file(path: Path, asked: Path) -> bool:
    """Say whether a file of the library is the one asked for, which may stand behind a link with the same name."""
    return path == asked or (path.name == asked.name and os.path.realpath(path) == str(asked))


def _by_part_of_key(name: str) -> Matches:
    part = name.casefold()
    return lambda document: bool(part) and part in document.key.casefold()


def _by_part_of_name(name: str) -> Matches:
    part = name.casefold()
    return lambda document: bool(part) and part in f"{document.title}\n{document.source}".casefold()
