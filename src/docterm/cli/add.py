"""`docterm add`: bring files and folders into the library."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docterm.cli import output
from docterm.cli.context import HELP, Options, form_options, library_root, opened, place_options
from docterm.errors import Code, ReadError
from docterm.text import counted, label

if TYPE_CHECKING:
    from docterm.library.add import Brought, Placed
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

    document: Document
    new: bool


@dataclass(slots=True)
class Result:
    """What came of one path of the command line."""

    path: str
    refused: bool = False
    """Whether nothing could be added whatever it holds: it is not there, or the library itself."""
    folder: str = ""
    linked: str = ""
    """The folder is a link, and since when: in a word or two."""
    verb: str = "added"
    """What is done with a single file."""
    added: list[Added] = field(default_factory=list)
    records: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)


@click.command("add", context_settings=HELP)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--link", is_flag=True, help="Link the files and folders instead of copying them.")
@form_options()
@place_options
@click.pass_obj
def command(options: Options, paths: tuple[str, ...], *, link: bool, form: str | None) -> int:
    """Copy files and folders into the library, or link them.

    A folder keeps its order under its name; files that docterm has no reader for are left out, and records beside the
    documents come along. What is there already is not added again. The originals of the digests that come with
    docterm are recognised and take the digests' places.

    With --link the file or folder stays where it is, and what changes there changes in the library. docterm follows a
    link out of the library only when it was made in this way.
    """
    verb = "linked" if link else "added"
    results = {path: Result(label(path, 1000), verb=verb) for path in dict.fromkeys(paths)}
    missing = [path for path in results if not os.path.lexists(path)]
    for path in missing:
        results[path].refused = True
        results[path].failures.append(Failure(label(path, 1000), "There is no such file.", Code.MISSING))
    notes: list[str] = []
    if len(missing) < len(results):
        root = _writable(library_root(options), notes)
        brought = {path: _bring(root, path, link, results[path]) for path in results if path not in missing}
        with opened(root) as library:
            _look_up(library, brought, results)
            notes += library.notes
        notes += [note for path, each in brought.items() for note in _left_notebook(path, each)]
        notes += [f"The library is {label(root, 1000)}."] * any(each.added for each in results.values())
    _report(list(results.values()), notes, form)
    if all(each.refused for each in results.values()):
        return 2
    return int(any(each.failures for each in results.values()))


def _writable(root: Path, notes: list[str]) -> Path:
    """Give the folder to add to; where that is a copy of the shipped library made just now, say so."""
    from docterm.config.paths import own_library
    from docterm.library.add import writable_root
    from docterm.library.scan import require_folder

    root = require_folder(root)
    existed = own_library().exists()
    writable = require_folder(writable_root(root))
    if writable != root and not existed:
        notes.append("The library that comes with docterm was copied into a folder of your own, to hold what you add.")
    return writable


def _bring(root: Path, path: str, link: bool, result: Result) -> Brought:
    """Bring a path into the library's folder; what cannot be brought goes into the result."""
    from docterm.library.add import Brought, add_file, add_folder

    here, brought = Path(path).absolute(), Brought()
    try:
        if here.is_dir():
            with output.progress() as show:
                brought = add_folder(root, here, link, show)
        else:
            brought = add_file(root, here, link)
    except ReadError as error:
        result.refused = here.is_dir()
        result.failures.append(Failure(result.path, str(error), error.code))
    if brought.link is not None:
        result.linked = "linked" if brought.link.new else "is linked already"
    result.folder, result.records, result.left_out = label(brought.folder, 1000), brought.records, brought.left_out
    result.failures += [
        Failure(label(os.path.join(path if brought.folder else os.path.dirname(path), each), 1000), str(why), why.code)
        for each, why in brought.failures.items()
    ]
    return brought


def _left_notebook(path: str, brought: Brought) -> Iterator[str]:
    from docterm.config.paths import NOTEBOOK

    if brought.folder and brought.link is None and Path(path, NOTEBOOK).exists():
        yield f"The quotes in {label(Path(path, NOTEBOOK), 1000)} stay there; --notebook opens them."


# --- what has become of it -----------------------------------------------------------------------


def _look_up(library: Library, brought: dict[str, Brought], results: dict[str, Result]) -> None:
    """Find the documents that the files have become; take new files that cannot be read out again."""
    from docterm.library.scan import SIDECAR

    documents = _documents(library)
    useless: list[Path] = []
    for path, each in brought.items():
        result = results[path]
        names = each.documents if each.link is None else _behind(each.link, documents)
        for name, new in names.items():
            document = documents.get(name)
            if document is not None and not document.problem:
                result.added.append(Added(document, new))
                continue
            if new and each.link is None:
                useless.append(library.root / name)
                if each.records and not each.folder:
                    useless.append(library.root / f"{name}{SIDECAR}")
            outside = os.path.join(path, name.removeprefix(f"{each.folder}/")) if each.folder else path
            _say_why(result, outside, document)
    _discard(library, useless)


def _behind(link: Placed, documents: Iterable[str]) -> dict[str, bool]:
    """Give the files that a linked folder has brought, as new as the link."""
    return {name: link.new for name in documents if name.startswith(f"{link.name}/")}


def _say_why(result: Result, path: str, document: Document | None) -> None:
    if document is None:
        result.failures.append(Failure(label(path, 1000), "The library's .doctermignore passes it over.", None))
    elif result.folder and document.code is Code.UNSUPPORTED:
        result.left_out[Path(document.path).suffix.lower()] += 1
    else:
        result.failures.append(Failure(label(path, 1000), str(document.problem), document.code))


def _discard(library: Library, paths: Iterable[Path]) -> None:
    """Take files that were brought just now and cannot be read out of the library, and folders that are empty then."""
    paths = list(paths)
    for path in paths:
        path.unlink(missing_ok=True)
        for folder in path.parents:
            if folder == library.root or any(folder.iterdir()):
                break
            folder.rmdir()
    if paths:
        library.refresh()


def _documents(library: Library) -> dict[str, Document]:
    return {
        library.path_of(document).relative_to(library.root).as_posix(): document
        for document in library.documents(every=True)
    }


# --- saying it -----------------------------------------------------------------------------------


def _report(results: Sequence[Result], notes: Sequence[str], form: str | None) -> None:
    if form == "json":
        left_out = sum((each.left_out for each in results), Counter[str]())
        output.emit(
            {
                "schema": "docterm.add/1",
                "notes": list(notes),
                "added": [added.document.as_json() for each in results for added in each.added],
                "failed": [
                    {"path": failure.path, "problem": failure.problem, "code": failure.code}
                    for each in results
                    for failure in each.failures
                ],
                "records": sum(each.records for each in results),
                "left_out": dict(left_out),
            }
        )
        return
    for each in results:
        for line in _folder_lines(each) if each.folder else _file_lines(each):
            output.line(f"{each.path}: {line}")
    for failure in (failure for each in results for failure in each.failures):
        output.note(f"{failure.path}: {failure.problem}{f' [{failure.code}]' if failure.code else ''}")
    for each in results:
        if each.left_out:
            output.note(f"{each.path}: {_left_out(each.left_out)}")
    output.notes(notes)


def _folder_lines(result: Result) -> list[str]:
    new = sum(added.new for added in result.added)
    if result.linked:
        return [f"{result.linked} as {result.folder}, {counted(len(result.added), 'document')}."]
    parts = [f"{counted(new, 'document')} added in {result.folder}"]
    if new < len(result.added):
        parts.append(f"{len(result.added) - new:,} in the library already")
    if result.records:
        parts.append(counted(result.records, "file") + " of records")
    return [", ".join(parts) + "."]


def _file_lines(result: Result) -> list[str]:
    lines = [_outcome(added, result.verb) for added in result.added]
    return [*lines, "its records are in the library."] if result.records else lines


def _left_out(suffixes: Counter[str]) -> str:
    kinds = ", ".join(f"{number:,} {label(suffix)}" for suffix, number in suffixes.most_common(8))
    more = ", ..." if len(suffixes) > 8 else ""
    return f"{counted(suffixes.total(), 'file')} left out, since docterm has no reader for them: {kinds}{more}."


def _outcome(added: Added, verb: str) -> str:
    document = added.document
    size = counted(document.paragraphs, "paragraph")
    if not added.new:
        return f"is in the library already, as {document.key}, {size}."
    if document.kind.value == "original":
        return f"recognised as {document.key}, “{document.title}”, {size}; it takes the place of the digest."
    return f"{verb} as {document.key}, {size}."
