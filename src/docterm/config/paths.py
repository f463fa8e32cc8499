"""Where things are on disk. Nothing here creates a folder: whoever writes does.

Each place can be moved by an environment variable, which the tests and shared machines need:
DOCTERM_LIBRARY, DOCTERM_NOTEBOOK, and the XDG folders that platformdirs honours.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import docterm
from docterm.errors import StorageError

REFERENCES = "references.json"
NOTEBOOK = "notebook.jsonl"
PARAGRAPHS = "paragraphs.jsonl"
OWN_WORDS = "docterm-words"
"""The folder in a library for its own lists of words."""


def shipped_library() -> Path:
    """Give the folder of the library that comes with docterm: in the wheel, or at the top of a checkout."""
    package = Path(docterm.__file__).parent
    packed = package / "shipped"
    return packed if packed.is_dir() else package.parents[1] / "library"


def own_library() -> Path:
    """Give the folder where documents go that are added before the user has named a library."""
    return _platform_folder("data") / "library"


def default_library() -> Path:
    """Give the library to open when none is named: DOCTERM_LIBRARY, the user's own, else the shipped one."""
    if named := os.environ.get("DOCTERM_LIBRARY"):
        return Path(named)
    own = own_library()
    return own if own.is_dir() else shipped_library()


def notebook_for(library: Path) -> Path:
    """Give the notebook's path: DOCTERM_NOTEBOOK, in the library where it can be written, else in the data folder.

    The shipped library and the user's own copy of it share the one in the data folder, so that no quote is left
    behind when the first document is added.
    """
    if named := os.environ.get("DOCTERM_NOTEBOOK"):
        return Path(named)
    library = library.resolve()
    if library not in (shipped_library().resolve(), own_library().resolve()) and os.access(library, os.W_OK):
        return library / NOTEBOOK
    return _platform_folder("data") / NOTEBOOK


def paragraphs_for(library: Path) -> Path:
    """Give the path of the numbers that paragraphs keep: in the library where it can be written, else in the data
    folder, in a file of its own for each library.
    """
    library = library.resolve()
    if library != shipped_library().resolve() and os.access(library, os.W_OK):
        return library / PARAGRAPHS
    return _platform_folder("data") / "paragraphs" / f"{_hashed(library)}.jsonl"


def cache_for(library: Path) -> Path:
    """Give the folder of everything that is derived from a library and can be deleted at any time."""
    return _platform_folder("cache") / "libraries" / _hashed(library)


def _hashed(library: Path) -> str:
    return hashlib.sha256(os.fsencode(library)).hexdigest()[:16]


def state_folder() -> Path:
    """Give the folder for the last copy, the last error and the saved searches."""
    return _platform_folder("state")


def last_copy_file() -> Path:
    """Give the file that holds what was copied last, whatever became of the clipboard."""
    return state_folder() / "last-copy.txt"


def links_file() -> Path:
    """Give the file that says which links may lead out of a library."""
    return _platform_folder("data") / "links.json"


def meaning_file() -> Path:
    """Give the file that holds the model for `docterm meaning`, where the user has put one in."""
    return _platform_folder("data") / "meaning" / "minilm-l6.safetensors"


def private_folder(path: Path) -> Path:
    """Create `path` for the user alone (mode 0700) and give it back, without what is neither file nor folder in it.

    A named pipe or a device in the place of a file would make whoever opens it wait. Raises StorageError when the
    folder cannot be made, belongs to someone else or is a link: what is kept there is trusted.
    """
    if path.is_symlink():
        raise StorageError(f"The folder {path} is a link.", "Remove it; to keep caches elsewhere set XDG_CACHE_HOME.")
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        status = path.stat()
        if hasattr(os, "geteuid") and status.st_uid != os.geteuid():
            raise StorageError(f"The folder {path} belongs to another user.", "Remove it, or set XDG_CACHE_HOME.")
        if status.st_mode & 0o077 and os.name == "posix":
            path.chmod(0o700)
        for entry in os.scandir(path):
            if not entry.is_file(follow_symlinks=False) and not entry.is_dir(follow_symlinks=False):
                Path(entry.path).unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            f"The folder {path} cannot be used: {error.strerror}.",
            "Free space or set XDG_CACHE_HOME to another folder.",
        ) from error
    return path


def is_private(path: Path) -> bool:
    """Say whether nobody but the user could write into a folder: what stands in any other may be anybody's."""
    return os.name != "posix" or not path.stat().st_mode & 0o022


def _platform_folder(kind: str) -> Path:
    import platformdirs  # costs 20 ms, and `--help` needs no folder

    folders = platformdirs.PlatformDirs("docterm", appauthor=False)
    return Path({"cache": folders.user_cache_dir, "data": folders.user_data_dir, "state": folders.user_state_dir}[kind])
