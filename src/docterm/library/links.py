"""The links that may lead out of a library: those that the user made with `docterm add --link`, and no others.

A folder of documents often comes from someone else, and a link in it could bring any file of the user's into the
library. So a link is followed only when the user's own data folder says that it was made here and leads where it
led then.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from docterm.config.paths import links_file
from docterm.config.writing import put
from docterm.errors import StorageError
from docterm.library.cache import locked

VERSION = 1
LOCK = "links.lock"


def trusted(root: Path) -> dict[str, str]:
    """Give the links of the library `root` that may be followed: by their paths in it, where they lead."""
    return _load().get(os.path.realpath(root), {})


def linked(root: Path) -> list[Path]:
    """Give the files and folders outside that are linked into the library now."""
    return [
        Path(target)
        for path, target in trusted(root).items()
        if os.path.realpath(root / path) == target and os.path.exists(target)
    ]


def trust(root: Path, path: str, target: Path) -> None:
    """Let the link at `path` of a library lead to `target`. Raises StorageError when that cannot be kept."""
    file = links_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with locked(file.parent, LOCK):  # of two that link at once, none may write what the other has not read
            libraries = _load()
            libraries.setdefault(os.path.realpath(root), {})[path] = str(target)
            put(file, json.dumps({"version": VERSION, "libraries": libraries}, indent=2).encode())
    except OSError as error:
        raise StorageError(f"{file} cannot be written: {error.strerror}.", "Free space there.") from error


def _load() -> dict[str, dict[str, str]]:
    """Give the links of every library; none where the file is missing or damaged, which only keeps links out."""
    try:
        libraries = json.loads(links_file().read_bytes())["libraries"]
        return {
            str(root): {str(path): str(target) for path, target in links.items()} for root, links in libraries.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
