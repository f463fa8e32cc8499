"""Adding files to a library."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePath

from docterm.config.paths import own_library, shipped_library
from docterm.config.writing import put
from docterm.errors import LibraryError, ReadError
from docterm.library.extract import require_reader
from docterm.library.files import FileContent, read_file
from docterm.library.readers import largest
from docterm.text import label


@dataclass(frozen=True, slots=True)
class Copied:
    """A file that stands in the library now, under `name`; `new` is False when the same file was there before."""

    name: str
    new: bool


def writable_root(root: Path) -> Path:
    """Give the library folder to add to: `root`, or for the shipped library the user's own copy of it, made now.

    Raises LibraryError when the folder cannot be written.
    """
    if root != shipped_library().resolve():
        return root
    own = own_library()
    try:
        own.parent.mkdir(parents=True, exist_ok=True)
        if not own.exists():
            with tempfile.TemporaryDirectory(dir=own.parent) as scratch:
                copy = Path(shutil.copytree(root, Path(scratch) / "library", copy_function=shutil.copyfile))
                copy.chmod(0o755)  # the shipped one may be write-protected
                os.replace(copy, own)
    except OSError as error:
        if own.is_dir() and any(own.iterdir()):  # another docterm has made it meanwhile
            return own
        raise LibraryError(
            f"Your library {own} cannot be made: {error.strerror}.", "Name a folder of your own with --library."
        ) from error
    return own


def copy_in(root: Path, path: Path) -> Copied:
    """Copy a readable file into the top of the library folder, durably and under a name that is free.

    Raises ReadError when docterm cannot read such a file, LibraryError when the folder cannot be written.
    """
    if path.suffix:
        require_reader(path)
    content = read_file(path, largest(path))
    require_reader(path, content.data)
    while True:
        name, new = _free_name(root, path, content)
        if not new:
            return Copied(name, False)
        try:
            put(root / name, content.data, mode=0o644, replace=False)
            return Copied(name, True)
        except FileExistsError:
            continue  # another docterm has taken the name meanwhile
        except OSError as error:
            raise LibraryError(
                f"{label(name)} cannot be written into {label(root)}: {error.strerror}.", "Check the folder."
            ) from error


def _free_name(root: Path, path: Path, content: FileContent) -> tuple[str, bool]:
    name, number = path.name.lstrip(".") or "document.txt", 2
    base = PurePath(name)
    while os.path.lexists(root / name):
        try:
            if read_file(root / name).sha256 == content.sha256:
                return name, False
        except ReadError:
            pass  # something else stands there; it keeps its name
        name, number = f"{base.stem}-{number}{base.suffix}", number + 1
    return name, True
