"""Finding the files of a library folder."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docterm.config.paths import NOTEBOOK, OWN_WORDS, PARAGRAPHS, REFERENCES
from docterm.errors import Code, LibraryError, ReadError
from docterm.library.files import read_file, refusal
from docterm.library.ignore import FILE_NAME as IGNORE
from docterm.library.ignore import LARGEST, Ignore
from docterm.library.links import trusted
from docterm.text import label

MAX_DEPTH = 32
UNREAD = -1
"""The time of what could not be read, so that it is looked at again once it can be."""
SIDECAR = ".csl.json"
_RECORD_SUFFIXES = (".bib", ".ris", SIDECAR, ".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Found:
    """A file of the library folder, as the directory lists it."""

    path: str
    """Relative to the folder, with forward slashes, as the file system spells it."""
    size: int
    mtime_ns: int
    refusal: ReadError | None = None
    """Why it is not to be opened."""


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

    Hidden files, docterm's own and what `.doctermignore` names are passed over in silence. What cannot be looked
    into is given with a refusal: links that lead out of the folder, unless the user made them with docterm; folders
    that cannot be listed, lie too deep, on another file system, or were met before. Raises LibraryError when `root`
    itself cannot be listed.
    """
    return sorted(_Walk(require_folder(root), records).whole(), key=lambda found: found.path)


def holds_records(path: str) -> bool:
    """Say whether a file of the library holds records, by its path from the top: these are no documents."""
    name = path.lower()
    return name.endswith(_RECORD_SUFFIXES) or path.rpartition("/")[2] == REFERENCES


def is_mounted_in(root: Path, folder: Path) -> bool:
    """Say whether a folder of the library is on another file system than the folder that holds it."""
    inside = folder != root and folder.is_relative_to(root)
    return inside and os.stat(folder).st_dev != os.stat(folder.parent).st_dev


class _Walk:
    """One way through a library folder."""

    def __init__(self, root: Path, records: bool) -> None:
        self._root = root
        self._records = records
        self._links = trusted(root)
        self._seen: set[tuple[int, int]] = set()
        self._ignore = Ignore("")

    def whole(self) -> Iterator[Found]:
        """Give everything that is found."""
        patterns = self._root / IGNORE
        if patterns.exists():
            try:
                self._ignore = Ignore(read_file(patterns, LARGEST).data.decode("utf-8-sig", "replace"))
            except ReadError as error:
                yield from self._passed_over(IGNORE, error)
        yield from self._folder(str(self._root), "", 0, _Home(str(self._root)))

    def _folder(self, folder: str, path: str, depth: int, home: _Home) -> Iterator[Found]:
        """Give what a folder holds, or why it is not looked into."""
        if depth > MAX_DEPTH:
            yield from self._passed_over(path, _TOO_DEEP)
            return
        try:
            status = os.stat(folder)
            entries = list(os.scandir(folder))
        except FileNotFoundError:  # it has vanished meanwhile
            return
        except OSError as error:
            yield from self._passed_over(path, _not_listed(error))
            return
        identity = (status.st_dev, status.st_ino)
        if identity in self._seen:
            yield from self._passed_over(path, _SEEN)
            return
        if status.st_dev != home.device and self._links.get(path) != folder:
            yield from self._passed_over(path, _ELSEWHERE)
            return
        home = home if status.st_dev == home.device else _Home(folder)
        self._seen.add(identity)
        for entry in entries:
            yield from self._entry(entry, f"{path}/{entry.name}" if path else entry.name, depth, home)

    def _entry(self, entry: os.DirEntry[str], path: str, depth: int, home: _Home) -> Iterator[Found]:
        if entry.name.startswith(".") or is_own(path):
            return
        try:
            is_folder = entry.is_dir(follow_symlinks=False)
            if self._ignore.passes_over(path, is_folder):
                return
            if entry.is_symlink():
                yield from self._link(entry, path, depth, home)
            elif is_folder:
                yield from self._folder(entry.path, path, depth + 1, home)
            else:
                yield from self._file(path, entry.stat())
        except (OSError, RuntimeError):  # it has vanished meanwhile
            return

    def _file(self, path: str, status: os.stat_result) -> Iterator[Found]:
        if holds_records(path) == self._records:
            yield Found(path, status.st_size, status.st_mtime_ns)

    def _link(self, entry: os.DirEntry[str], path: str, depth: int, home: _Home) -> Iterator[Found]:
        """Follow a link to a file of the library, or one that the user made; other folders are found by themselves."""
        target = os.path.realpath(entry.path)
        inside = Path(target).is_relative_to(home.path)
        if not inside and self._links.get(path) != target:
            yield from self._passed_over(path, _LEAVES)
            return
        try:
            status = entry.stat()
        except OSError as error:
            yield from self._passed_over(path, _DANGLING if error.errno == errno.ENOENT else refusal(error))
            return
        if not stat.S_ISDIR(status.st_mode):
            yield from self._file(path, status)
        elif not inside:
            yield from self._folder(target, path, depth + 1, _Home(target))

    def _passed_over(self, path: str, why: ReadError) -> Iterator[Found]:
        if holds_records(path) == self._records:
            yield Found(path, 0, UNREAD, why)


class _Home:
    """The folder that nothing found in it may leave: the library, or what the user has linked into it."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.device = os.stat(path).st_dev


_LEAVES = ReadError(
    "This link leads out of the library.",
    "`docterm add --link` makes links that are followed; or put the file itself there.",
    Code.NOT_REGULAR,
)
_DANGLING = ReadError("This link leads to nothing.", "Remove it, or put back what it leads to.", Code.MISSING)
_TOO_DEEP = ReadError(
    f"This folder lies more than {MAX_DEPTH} folders deep.", "Move it up, or open it by itself.", Code.TOO_BIG
)
_SEEN = ReadError("This folder stands in the library at another place too.", "Nothing is lost.", Code.NOT_REGULAR)
_ELSEWHERE = ReadError(
    "This folder is on another file system.",
    "`docterm add --link` of it lets docterm read it; or open it by itself.",
    Code.NOT_REGULAR,
)


def _not_listed(error: OSError) -> ReadError:
    return ReadError(
        f"This folder cannot be listed: {error.strerror}.",
        "Change its permissions.",
        Code.PERMISSION if error.errno in (errno.EACCES, errno.EPERM) else Code.DISK,
    )


def is_own(path: str) -> bool:
    """Say whether a path of a library is that of something at its top that is docterm's own and no part of it."""
    notebook = path.startswith(NOTEBOOK.removesuffix("jsonl")) and path.endswith(".jsonl") and "/" not in path
    return path in (PARAGRAPHS, OWN_WORDS) or notebook
