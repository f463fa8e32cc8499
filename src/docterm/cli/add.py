"""`docterm add`: copy files into the library."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docterm.cli import output
from docterm.cli.context import HELP, Options, form_options, library_root, opened, place_options
from docterm.errors import Code, ReadError
from docterm.text import counted, label

if TYPE_CHECKING:
    from docterm.library.library import Library
    from docterm.library.model import Document


@dataclass(frozen=True, slots=True)
class Failure:
    """A path that was not added, and why."""

    path: str
    problem: str
    code: Code | None


@dataclass(frozen=True, slots=True)
class Added:
    """A document that is in the library now; `new` is False when the same file was there before."""

    path: str
    document: Document
    new: bool


@click.command("add", context_settings=HELP)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@form_options()
@place_options
@click.pass_obj
def command(options: Options, paths: tuple[str, ...], form: str | None) -> int:
    """Copy files into the library.

    A folder is not copied: `docterm FOLDER` opens it where it is. The originals of the digests that come with
    docterm are recognised and take the digests' places.
    """
    refused = {path: why for path in paths if (why := _refuse(path))}
    failures = [Failure(label(path, 1000), str(why), why.code) for path, why in refused.items()]
    wanted = [path for path in dict.fromkeys(paths) if path not in refused]
    added: list[Added] = []
    notes: list[str] = []
    if wanted:
        root = _writable(library_root(options), notes)
        names, failed = _copy(root, wanted)
        with opened(root) as library:
            documents = _documents(library)
            _discard(library, [documents[name] for name, new in names.values() if new and documents[name].problem])
            notes += library.notes
        for path, (name, new) in names.items():
            document = documents[name]
            if document.problem:
                failed.append(Failure(label(path, 1000), document.problem, document.code))
            else:
                added.append(Added(label(path, 1000), document, new))
        failures += failed
        if added:
            notes.append(f"The library is {label(root, 1000)}.")
    _report(added, failures, notes, form)
    if not failures:
        return 0
    return 2 if refused and not added else 1


def _refuse(path: str) -> ReadError | None:
    """Say why a path cannot be added whatever it holds, or None."""
    if not os.path.lexists(path):
        return ReadError("There is no such file.", code=Code.MISSING)
    if os.path.isdir(path):
        return ReadError(
            "This is a folder.", f"Open it where it is with `docterm {label(path, 1000)}`.", Code.NOT_REGULAR
        )
    return None


def _writable(root: Path, notes: list[str]) -> Path:
    """Give the folder to add to; where that is a copy of the shipped library made just now, say so."""
    from docterm.config.paths import own_library
    from docterm.library.add import writable_root
    from docterm.library.scan import require_folder

    root = require_folder(root)
    existed = own_library().exists()
    writable = writable_root(root)
    if writable != root and not existed:
        notes.append("The library that comes with docterm was copied into a folder of your own, to hold what you add.")
    return writable


def _copy(root: Path, paths: Sequence[str]) -> tuple[dict[str, tuple[str, bool]], list[Failure]]:
    """Copy each file; give the name it has in the library and whether it is new there, and what failed."""
    from docterm.library.add import copy_in

    names: dict[str, tuple[str, bool]] = {}
    failures: list[Failure] = []
    for path in paths:
        here = Path(path).absolute()
        if here.is_relative_to(root):
            names[path] = (here.relative_to(root).as_posix(), False)
            continue
        try:
            copied = copy_in(root, here)
        except ReadError as error:
            failures.append(Failure(label(path, 1000), str(error), error.code))
        else:
            names[path] = (copied.name, copied.new)
    return names, failures


def _discard(library: Library, documents: Sequence[Document]) -> None:
    """Take files that were copied just now and cannot be read out of the library again."""
    for document in documents:
        library.path_of(document).unlink(missing_ok=True)
    if documents:
        library.refresh()


def _documents(library: Library) -> dict[str, Document]:
    return {
        library.path_of(document).relative_to(library.root).as_posix(): document
        for document in library.documents(every=True)
    }


def _report(added: Sequence[Added], failures: Sequence[Failure], notes: Sequence[str], form: str | None) -> None:
    if form == "json":
        output.emit(
            {
                "schema": "docterm.add/1",
                "notes": list(notes),
                "added": [each.document.as_json() for each in added],
                "failed": [{"path": each.path, "problem": each.problem, "code": each.code} for each in failures],
            }
        )
        return
    for each in added:
        output.line(f"{each.path}: {_outcome(each)}")
    for failure in failures:
        output.note(f"{failure.path}: {failure.problem}")
    output.notes(notes)


def _outcome(added: Added) -> str:
    document = added.document
    size = counted(document.paragraphs, "paragraph")
    if not added.new:
        return f"is in the library already, as {document.key}, {size}."
    if document.kind.value == "original":
        return f"recognised as {document.key}, “{document.title}”, {size}; it takes the place of the digest."
    return f"added as {document.key}, {size}."
