"""Finding the files of a library folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docterm.config.paths import NOTEBOOK, PARAGRAPHS, REFERENCES
from docterm.errors import LibraryError
from docterm.text import label

MAX_DEPTH = 32
_RECORD_SUFFIXES = (".bib", ".csl.json", ".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Found:
    """A file of the library folder, as the directory lists it."""

    path: str
    """Relative to the folder, with forward slashes, as the file system spells it."""
    size: int
    mtime_ns: int


def require_folder(root: Path) -> Path:
    """Give the folder `root` with every link followed; raise LibraryError when it cannot be listed."""
    try:
        folder = root.expanduser().resolve()
        os.scandir(folder).close()
    except FileNotFoundError as error:
        raise LibraryError(f"There is no folder {label(root)}.", "Check the path given as library.") from error
    except NotADirectoryError as error:
        raise LibraryError(
            f"{label(root)} is not a folder.", "A library is a folder; use `docterm add FILE` for a file."
        ) from error
    except (OSError, RuntimeError, ValueError) as error:  # a loop of links, a user nobody knows, a NUL
        reason = label(error.strerror if isinstance(error, OSError) else error)
        raise LibraryError(
            f"The folder {label(root)} cannot be listed: {reason}.",
            "Change its permissions, or open another folder.",
        ) from error
    return folder


def scan(root: Path, *, records: bool = False) -> list[Found]:
    """Give every document below `root`, or with `records` every file of records, in the order of their paths.

    Hidden files, docterm's own files and links that leave the folder are passed over, and so is a folder inside
    that cannot be listed. Raises LibraryError when `root` itself cannot be.
    """
    folder = require_folder(root)
    return sorted(_walk(folder, folder, "", 0, records=records), key=lambda found: found.path)


def holds_records(path: str) -> bool:
    """Say whether a file of the library holds records, by its path from the top: these are no documents."""
    return path == REFERENCES or path.lower().endswith(_RECORD_SUFFIXES)


def _walk(folder: Path, root: Path, prefix: str, depth: int, *, records: bool) -> Iterator[Found]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(".") or (not prefix and is_own(entry.name)):
            continue
        try:
            if entry.is_dir(follow_symlinks=False):
                if depth < MAX_DEPTH:
                    yield from _walk(Path(entry.path), root, f"{prefix}{entry.name}/", depth + 1, records=records)
                continue
            if holds_records(prefix + entry.name) != records:
                continue
            if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(root):
                continue
            status = entry.stat()
        except (OSError, RuntimeError):  # vanished, or a link that leads to itself
            continue
        if not stat.S_ISDIR(status.st_mode):
            yield Found(prefix + entry.name, status.st_size, status.st_mtime_ns)


def is_own(name: str) -> bool:
    """Say whether a file at the top of a library is docterm's own and no part of the library: a notebook, say."""
    return name == PARAGRAPHS or (name.startswith(NOTEBOOK.removesuffix("jsonl")) and name.endswith(".jsonl"))
