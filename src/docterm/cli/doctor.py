"""`docterm doctor`: look after everything docterm needs, and say what is to mend and how."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from docterm import __version__
from docterm.cli import output
from docterm.cli.context import (
    HELP,
    Options,
    form_options,
    library_root,
    notebook_path,
    opened,
    place_options,
    searching,
)
from docterm.errors import DoctermError
from docterm.text import counted, label

OK = "ok"
PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Check:
    """What was found at one thing, and what to do about it."""

    name: str
    text: str
    hint: str = ""
    status: str = OK


def problem(name: str, text: str, hint: str) -> Check:
    """Give a check that found something to mend."""
    return Check(name, text, hint, PROBLEM)


@click.command("doctor", context_settings=HELP)
@form_options()
@place_options
@click.pass_obj
def command(options: Options, form: str | None) -> int:
    """Check what docterm needs to work.

    That is the programs, the citation styles, the library and its index, the notebook, the terminal, the clipboard
    and the folders. Exit code 1 when there is something to mend.
    """
    checks: list[Check] = []
    for name, check in CHECKS:
        try:
            checks += check(options)
        except DoctermError as error:
            checks.append(problem(name, label(error.message, 1000), label(error.hint, 1000)))
    if form == "json":
        output.emit({"schema": "docterm.doctor/1", "checks": [asdict(check) for check in checks]})
    else:
        _write(checks)
    return int(any(check.status == PROBLEM for check in checks))


def _write(checks: Sequence[Check]) -> None:
    indent = " " * (len(PROBLEM) + 2)
    for check in checks:
        output.paragraph(f"{check.name}: {check.text}", indent=indent, lead=f"{check.status:<{len(indent)}}")
        if check.hint:
            output.paragraph(check.hint, indent=indent)


# --- what is checked -----------------------------------------------------------------------------


def _programs(_: Options) -> Iterator[Check]:
    yield Check("docterm", f"{__version__}, on Python {platform.python_version()} ({platform.platform()})")
    for name, packages in (("textual", ("textual",)), ("whoosh", ("whoosh3", "whoosh-reloaded"))):
        found = [f"{package} {version}" for package in packages if (version := _version(package))]
        if found:
            yield Check(name, ", ".join(found))
        else:
            yield problem(name, "not installed", f"pip install {packages[0]}")


def _citing(_: Options) -> Iterator[Check]:
    from docterm.quotes.pandoc import shared
    from docterm.quotes.styles import DEFAULT, find

    yield Check("pandoc", f"{shared().start()}, {label(shared().program, 200)}")
    yield Check("styles", label(find(DEFAULT).path.parent, 1000))


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _library(options: Options) -> Iterator[Check]:
    from pathlib import PurePath

    from docterm.library.readers import reader_for

    with opened(library_root(options)) as library:
        documents, every = library.documents(), library.documents(every=True)
        where = label(library.root, 1000)
        unreadable = [each for each in every if each.problem and not each.passed_over]
        broken = [each for each in unreadable if reader_for(PurePath(each.path))]
        others = f"{len(unreadable) - len(broken):,} of other formats are passed over" if unreadable != broken else ""
        if documents:
            yield Check("library", f"{where}, documents: {len(documents):,}")
        else:
            yield problem("library", f"{where} has no document to read", "Add some with `docterm add FILE`.")
        if broken:
            counts = f"{len(broken):,} cannot be read{others and f', {others}'}"
            yield problem("files", counts, "`docterm list --problems` says why.")
        elif others:
            yield Check("files", others)
        yield Check("catalogue", "; ".join(["it can be read", *library.notes]))
        with searching(library) as service:
            indexed = service.engine.documents()
            yield Check("index", "; ".join([counted(len(indexed), "document"), *service.notes]))


def _notebook(options: Options) -> Iterator[Check]:
    from docterm.quotes.notebook import Notebook

    path = notebook_path(options, library_root(options))
    where = label(path, 1000)
    notebook = Notebook(path)
    if not _can_write(path):
        yield problem("notebook", f"{where} cannot be written", "Name another file with --notebook.")
    elif notebook.problems:
        text = f"{where}, quotes: {len(notebook.quotes()):,}, lines that cannot be read: {len(notebook.problems):,}"
        yield problem("notebook", text, f"`docterm quotes` names them. The first: {notebook.problems[0]}")
    else:
        yield Check("notebook", f"{where}, quotes: {len(notebook.quotes()):,}")


def _terminal(_: Options) -> Iterator[Check]:
    size = shutil.get_terminal_size()
    kind = label(os.environ.get("TERM", "")) or "unknown"
    if not sys.stdout.isatty():
        yield Check("terminal", f"stdout is none (TERM is {kind})")
    elif kind in ("dumb", "unknown"):
        yield problem("terminal", f"TERM is {kind}", "The explorer needs a terminal that can move the cursor.")
    else:
        colour = "colour" if output.has_colour() else "no colour"
        yield Check("terminal", f"{kind}, {size.columns} columns, {size.lines} lines, {colour}")
    encoding = sys.stdout.encoding or "unknown"
    if encoding.lower().replace("-", "") != "utf8":
        yield problem("encoding", f"{encoding}: not every character can be shown", "Set LANG to a UTF-8 locale.")


def _clipboard(_: Options) -> Iterator[Check]:
    from docterm.quotes.clipboard import helpers

    found = [helper.name for helper in helpers(os.environ) if shutil.which(helper.command[0])]
    named = ", ".join(found) or "no helper here"
    yield Check("clipboard", named if found else f"{named}; text is sent to the terminal, which does not confirm")


def _meaning(_: Options) -> Iterator[Check]:
    from docterm.meaning.store import INSTALL, NAME, has_numpy, installed

    found = installed()
    if found is None:
        yield Check(
            "meaning", "paragraphs are compared by words and letters; `docterm meaning --help` says how by meaning"
        )
    elif not has_numpy():
        yield problem("meaning", f"{NAME} is there, and numpy is not", INSTALL)
    else:
        yield Check("meaning", f"{NAME}, {label(found.path, 1000)}")


def _folders(options: Options) -> Iterator[Check]:
    from docterm.config.paths import cache_for, own_library, state_folder

    folders = {"cache": cache_for(library_root(options)).parents[1], "data": own_library().parent}
    for name, folder in {**folders, "state": state_folder()}.items():
        where = label(folder, 1000)
        if _can_write(folder):
            yield Check(f"{name} folder", where)
        else:
            yield problem(f"{name} folder", f"{where} cannot be written", f"Set XDG_{name.upper()}_HOME.")


def _can_write(path: Path) -> bool:
    """Say whether `path` can be written, or made where it is not yet."""
    existing = path
    while not os.path.lexists(existing) and existing != existing.parent:
        existing = existing.parent
    return os.access(existing, os.W_OK) and (existing == path or existing.is_dir())


CHECKS: tuple[tuple[str, Callable[[Options], Iterator[Check]]], ...] = (
    ("docterm", _programs),
    ("pandoc", _citing),
    ("library", _library),
    ("notebook", _notebook),
    ("terminal", _terminal),
    ("clipboard", _clipboard),
    ("meaning", _meaning),
    ("folders", _folders),
)
