"""Adding files and folders to a library: as copies, or as links that are followed from then on."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

from docterm.config.paths import own_library, shipped_library
from docterm.config.writing import put
from docterm.errors import Code, LibraryError, ReadError
from docterm.library.bibliography.files import read_records
from docterm.library.bibliography.records import MAX_REFERENCES_BYTES
from docterm.library.bibliography.shelf import without_suffix
from docterm.library.extract import require_reader
from docterm.library.files import FileContent, read_file
from docterm.library.links import trust
from docterm.library.readers import largest, reader_for
from docterm.library.scan import SIDECAR, holds_records, is_mounted_in, require_folder, scan
from docterm.text import label

if TYPE_CHECKING:
    from docterm.library.refresh import Progress


class Placed(NamedTuple):
    """What stands in the library now, under `name`; `new` is False when the same was there before."""

    name: str
    new: bool


@dataclass(slots=True)
class Brought:
    """What came of a path that was to be added."""

    documents: dict[str, bool] = field(default_factory=dict)
    """Files in the library, by their paths in it, and whether they are new there."""
    folder: str = ""
    """The folder of the library that holds them, or nothing for a file at its top."""
    link: Placed | None = None
    """The link to a folder outside, in place of its files."""
    records: int = 0
    """Files of records that are in the library now."""
    left_out: Counter[str] = field(default_factory=Counter)
    """Files that docterm has no reader for, by suffix."""
    failures: dict[str, ReadError] = field(default_factory=dict)
    """Files that could not be added, by their paths in the folder that was."""


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


def add_file(root: Path, path: Path, link: bool) -> Brought:
    """Bring a file into the top of the library folder, or leave it where it is when it is there.

    Raises ReadError when docterm cannot read such a file, LibraryError when the folder cannot be written.
    """
    here = Path(os.path.realpath(path.parent)) / path.name
    if here.is_relative_to(root):
        return Brought({here.relative_to(root).as_posix(): False})
    if holds_records(path.name):
        _copy_records(root, path, path.name)
        return Brought(records=1)
    placed = link_in(root, path) if link else copy_in(root, path)
    brought = Brought({placed.name: placed.new})
    for name in (path.name, path.stem):
        sidecar = path.with_name(f"{name}{SIDECAR}")
        if sidecar.is_file():
            _bring_records(root, sidecar, f"{placed.name}{SIDECAR}", brought)
            break
    return brought


def add_folder(root: Path, folder: Path, link: bool, progress: Progress) -> Brought:
    """Bring a folder into the library under its name: what docterm can read of it, and the records beside.

    A folder of that name is completed. Raises ReadError when the one folder lies in the other, LibraryError when
    either cannot be used.
    """
    given, folder = Path(os.path.abspath(folder)), require_folder(folder)
    if link and is_mounted_in(root, folder):
        name = folder.relative_to(root).as_posix()
        trust(root, name, folder)
        return _linked(Placed(name, True))
    if folder.is_relative_to(root):
        raise ReadError("This folder is in the library.", "`docterm list` lists what it holds.", Code.NOT_REGULAR)
    if root.is_relative_to(folder):
        raise ReadError("The library lies in this folder.", "Add the other folders in it by name.", Code.NOT_REGULAR)
    if link:
        return _linked(link_in(root, given))
    name = _name_for(root, given)
    if (root / name).is_symlink():
        return _linked(Placed(name, False))
    brought = Brought(folder=name)
    places = _copy_documents(root, folder, brought, progress)
    _copy_every_record(root, folder, brought, places)
    return brought


def _linked(link: Placed) -> Brought:
    return Brought(folder=link.name, link=link)


def _copy_documents(root: Path, folder: Path, brought: Brought, progress: Progress) -> dict[str, str]:
    """Copy the documents of a folder; give where in the library each stands now, by its path in the folder."""
    places: dict[str, str] = {}
    every = scan(folder)
    for done, found in enumerate(every):
        progress(done, len(every))
        path = folder / found.path
        if found.refusal is None and path.suffix and reader_for(path) is None:
            brought.left_out[path.suffix.lower()] += 1
            continue
        try:
            if found.refusal is not None:
                raise found.refusal
            placed = copy_in(root, path, _below(brought.folder, found.path).rpartition("/")[0])
        except ReadError as error:
            brought.failures[found.path] = error
        else:
            brought.documents[placed.name] = placed.new
            places[found.path] = placed.name
    return places


def _copy_every_record(root: Path, folder: Path, brought: Brought, places: dict[str, str]) -> None:
    owners: dict[str, list[str]] = {}
    for path in places:
        for base in {path, without_suffix(path)}:  # either names a sidecar of the document
            owners.setdefault(base, []).append(path)
    for found in scan(folder, records=True):
        file = read_records(folder, found)
        if not file.entries and not file.notes:  # YAML of another program
            brought.left_out[PurePath(found.path).suffix.lower()] += 1
            continue
        own = _below(brought.folder, found.path)
        theirs = owners.get(found.path[: -len(SIDECAR)], []) if found.path.lower().endswith(SIDECAR) else []
        renamed = [each for each in theirs if places[each] != _below(brought.folder, each)]
        names = [f"{places[each]}{SIDECAR}" for each in renamed]
        for name in names if theirs and len(renamed) == len(theirs) else [own, *names]:
            _bring_records(root, folder / found.path, name, brought, found.refusal)


def _bring_records(root: Path, path: Path, name: str, brought: Brought, refusal: ReadError | None = None) -> None:
    try:
        if refusal is not None:
            raise refusal
        _copy_records(root, path, name)
    except ReadError as error:
        brought.failures[name.removeprefix(f"{brought.folder}/")] = error
    else:
        brought.records += 1


def _copy_records(root: Path, path: Path, name: str) -> None:
    """Copy a file of records under its own name, which says what it is and whose records it holds."""
    data = read_file(path, MAX_REFERENCES_BYTES).data
    folder, _, base = name.rpartition("/")
    place = _folder_in(root, folder) / base
    try:
        if not os.path.lexists(place):
            put(place, data, mode=0o644, replace=False)
            return
    except OSError as error:
        raise _not_written(root, name, error) from error
    if place.is_symlink() or read_file(place, MAX_REFERENCES_BYTES).data != data:
        raise ReadError(f"The library has another {label(name)}.", "Join the two in an editor.", Code.NOT_REGULAR)


def copy_in(root: Path, path: Path, folder: str = "") -> Placed:
    """Copy a readable file into a folder of the library, durably and under a name that is free.

    Raises ReadError when docterm cannot read such a file, LibraryError when the folder cannot be written.
    """
    content = _readable(path)
    place, names = _folder_in(root, folder), _names(path)
    while True:
        name = next(names)
        try:
            if not os.path.lexists(place / name):
                put(place / name, content.data, mode=0o644, replace=False)
                return Placed(_below(folder, name), True)
        except FileExistsError:
            pass  # another docterm has taken the name meanwhile
        except OSError as error:
            raise _not_written(root, name, error) from error
        with contextlib.suppress(ReadError):  # something else stands there; it keeps its name
            if read_file(place / name).sha256 == content.sha256:
                return Placed(_below(folder, name), False)


def link_in(root: Path, path: Path) -> Placed:
    """Link a readable file, or a folder, into the top of the library; the link is followed from now on.

    Raises ReadError when docterm cannot read such a file, LibraryError when no link can be made.
    """
    target = Path(os.path.realpath(path))
    if not target.is_dir():
        _readable(path)
    names = _names(path)
    while True:
        name = next(names)
        there = os.path.realpath(root / name) == str(target)
        if os.path.lexists(root / name) and not there:
            continue
        trust(root, name, target)
        if there:
            return Placed(name, False)
        try:
            os.symlink(target, root / name)
        except FileExistsError:
            continue  # another docterm has taken the name meanwhile
        except OSError as error:
            raise LibraryError(
                f"No link to {label(path.name)} can be made: {error.strerror}.", "Add it without --link."
            ) from error
        return Placed(name, True)


def _readable(path: Path) -> FileContent:
    """Give the content of a file that has a reader; raise ReadError when it has none, or is no file."""
    if path.suffix:
        require_reader(path)
    content = read_file(path, largest(path))
    require_reader(path, content.data)
    return content


def _names(path: Path) -> Iterator[str]:
    """Give the names that a file can have in the library, the best first: hidden files come out of hiding."""
    base = PurePath(path.name.lstrip(".") or "document.txt")
    yield base.name
    yield from (f"{base.stem}-{number}{base.suffix}" for number in count(2))


def _name_for(root: Path, folder: Path) -> str:
    """Give the name of a folder in the library: that of one to complete, of a link to it, or one that is free."""
    real = os.path.realpath(folder)
    return next(name for name in _names(folder) if _is_open_to(root / name, real))


def _is_open_to(place: Path, folder: str) -> bool:
    if place.is_symlink():
        return os.path.realpath(place) == folder
    return place.is_dir() or not os.path.lexists(place)


def _folder_in(root: Path, folder: str) -> Path:
    """Give a folder of the library, made if need be. Raises LibraryError when it cannot be, or a link leads out."""
    place = root / folder
    if folder and os.path.realpath(place) != str(place):
        raise LibraryError(
            f"{label(folder, 1000)} of the library is a link, and docterm writes no file elsewhere.", "Rename one."
        )
    try:
        if folder:
            place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_written(root, folder, error) from error
    return place


def _below(folder: str, path: str) -> str:
    return f"{folder}/{path}" if folder else path


def _not_written(root: Path, name: str, error: OSError) -> LibraryError:
    return LibraryError(
        f"{label(name)} cannot be written into {label(root, 1000)}: {error.strerror}.", "Check the folder."
    )
