"""What every verb needs: the options that name places, the forms of an answer, and the library opened."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from docterm.errors import LibraryError, RequestError

if TYPE_CHECKING:
    from docterm.library.library import Library
    from docterm.library.model import Document
    from docterm.quotes.notebook import Notebook
    from docterm.search.service import SearchService

F = TypeVar("F", bound=Callable[..., Any])
HELP = {"help_option_names": ["-h", "--help"]}


@dataclass(slots=True)
class Options:
    """The places named on the command line, before or after the verb."""

    library: Path | None = None
    notebook: Path | None = None


def _keep_library(context: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.ensure_object(Options).library = _path("--library", value)


def _keep_notebook(context: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.ensure_object(Options).notebook = _path("--notebook", value)


def _path(option: str, value: str) -> Path:
    if not value:
        raise RequestError(f"{option} names no place.", "Give a path behind it.")
    return Path(os.path.expanduser(value))  # Path.expanduser raises for an unknown user


def place_options(function: F) -> F:
    """Add --library and --notebook to a verb or to the group."""
    function = click.option(
        "--notebook",
        metavar="PATH",
        expose_value=False,
        callback=_keep_notebook,
        help="The file that keeps your quotes (also DOCTERM_NOTEBOOK).",
    )(function)
    return click.option(
        "--library",
        metavar="PATH",
        expose_value=False,
        callback=_keep_library,
        help="The folder of documents (also DOCTERM_LIBRARY).",
    )(function)


def form_options(*, lines: bool = False, what: str = "") -> Callable[[F], F]:
    """Add --json, and with `lines` --jsonl, to a verb; its parameter `form` is then "json", "jsonl" or None."""

    def add(function: F) -> F:
        if lines:
            text = f"Answer with JSON, one {what} a line."
            function = click.option("--jsonl", "form", flag_value="jsonl", help=text)(function)
        return click.option("--json", "form", flag_value="json", help="Answer with one JSON object.")(function)

    return add


def citing_options(function: F) -> F:
    """Add the options that say how to cite; together they are the fields of `docterm.quotes.manuscript.Wishes`."""
    for option in (
        click.option(
            "--language", metavar="TAG", default="", help="The language of your text (de, en-GB); that of the style."
        ),
        click.option("--locators", is_flag=True, help="Add the paragraph or page in brackets where a style has none."),
        click.option(
            "--by",
            type=click.Choice(["paragraph", "page", "heading"]),
            default="paragraph",
            help="By what a place in a work is named.",
        ),
        click.option(
            "--style", metavar="NAME", default="apa", help="A CSL style, by id or name, or a .csl file (apa)."
        ),
    ):
        function = option(function)
    return function


def library_root(options: Options) -> Path:
    """Give the folder of the library: the one named, else the default one."""
    from docterm.config.paths import default_library

    return options.library or default_library()


def notebook_path(options: Options, root: Path) -> Path:
    """Give the file of the notebook: the one named, else the one that belongs to the library."""
    from docterm.config.paths import notebook_for

    return options.notebook or notebook_for(root)


@contextmanager
def opened(root: Path) -> Iterator[Library]:
    """Open the library in `root`, bring it up to date with its folder, and close it in the end."""
    from docterm.cli.output import progress
    from docterm.library.library import Library

    library = Library(root)
    try:
        with progress() as show:
            library.refresh(show)
        yield library
    finally:
        library.close()


@contextmanager
def searching(library: Library) -> Iterator[SearchService]:
    """Give the search over a library, its index brought up to date, and close it in the end."""
    from docterm.cli.output import progress
    from docterm.search.service import SearchService

    service = SearchService(library)
    try:
        with progress("Indexing paragraph") as show:
            service.synchronise(progress=show)
        yield service
    finally:
        service.close()


def readable(library: Library, name: str) -> Document:
    """Find a document that can be read; raise LibraryError when `name` means none or several, or a broken file."""
    document = library.document(name)
    if document.problem:
        raise LibraryError(f"{document.path} cannot be read.", document.problem)
    return document


def opened_notebook(options: Options, root: Path) -> Notebook:
    """Open the notebook."""
    from docterm.quotes.notebook import Notebook

    return Notebook(notebook_path(options, root))


def emptiness(library: Library) -> list[str]:
    """Say, when the library has no document to read, why that is and what to do; else nothing."""
    from docterm.text import label

    if library.documents():
        return []
    where = label(library.root, 1000)
    if library.documents(every=True):
        return [f"No document in the library {where} can be read; `docterm list --problems` says why."]
    return [f"The library {where} is empty: add documents with `docterm add FILE`, or name another with --library."]
