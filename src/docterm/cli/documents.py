"""`docterm list`: the documents of the library, and the files it cannot read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from docterm.cli import output
from docterm.cli.context import HELP, Options, emptiness, form_options, library_root, opened, place_options
from docterm.text import counted

if TYPE_CHECKING:
    from docterm.library.duplicates import Twin, Twins
    from docterm.library.model import Document

COLUMNS = ("key", "title", "source", "date", "kind", "words")


@click.command("list", context_settings=HELP)
@click.option(
    "--problems",
    is_flag=True,
    help="Name only the files that cannot be read or were not read whole, and why.",
)
@click.option("--all", "every", is_flag=True, help="Also list digests whose original is in the library.")
@click.option("--tag", "tags", metavar="TAG", multiple=True, help="Only documents with this tag; can be given again.")
@click.option("--group", "groups", metavar="GROUP", multiple=True, help="Only documents of this group.")
@form_options(lines=True, what="document")
@place_options
@click.pass_obj
def command(
    options: Options, *, problems: bool, every: bool, tags: tuple[str, ...], groups: tuple[str, ...], form: str | None
) -> int:
    """List the documents of the library."""
    with opened(library_root(options)) as library:
        documents = [each for each in library.documents(every=True) if _is_asked_for(each, tags, groups)]
        twins = library.twins()
        notes = [*library.notes, *emptiness(library)]
    unreadable = [each for each in documents if each.status.value == "unreadable"]
    failed = [each for each in unreadable if not each.passed_over]
    if problems:
        listed = [*unreadable, *(each for each in documents if each.notes)]
    else:
        listed = [each for each in documents if every or each.status.value != "replaced"]
    if form == "json":
        found = [as_json(document, twins) for document in listed]
        output.emit({"schema": "docterm.list/1", "notes": notes, "documents": found})
    else:
        output.notes(notes)
        if form == "jsonl":
            output.emit_lines(as_json(document, twins) for document in listed)
        elif problems:
            _write_problems(listed)
        else:
            _write_table([each for each in listed if each.status.value != "unreadable"], twins)
            _mention(len(failed))
    return int(bool(failed)) if problems else int(all(each.status.value == "unreadable" for each in listed))


def _is_asked_for(document: Document, tags: Sequence[str], groups: Sequence[str]) -> bool:
    """Say whether a document has every tag and is in every group that is asked for, whatever their case."""
    wanted = ((tags, document.tags), (groups, document.groups))
    return all({each.casefold() for each in asked} <= {each.casefold() for each in has} for asked, has in wanted)


def as_json(document: Document, twins: Twins) -> dict[str, Any]:
    """Give a document in the shape of `docterm.list/1`, with the others that have its text."""
    return document.as_json() | {"same_as": [twin.as_json() for twin in twins.get(document.key, ())]}


def _write_table(documents: Sequence[Document], twins: Twins) -> None:
    if not documents:
        return
    rows = [
        (each.key, each.title, each.speaker, each.date, _kind(each), f"{each.words:,}", *_again(each, twins))
        for each in documents
    ]
    output.table((*COLUMNS, *(["again"] if twins else [])), rows, stretch=1, numbers=(5,))


def _again(document: Document, twins: Twins) -> list[str]:
    """Give what stands in the last column, which only a library with twins has."""
    return [shown(twins.get(document.key, ()))] if twins else []


def shown(twins: Sequence[Twin]) -> str:
    """Say what other documents have the same text: the nearest one, and how many more."""
    more = f" and {len(twins) - 1:,} more" if len(twins) > 1 else ""
    return f"{twins[0]}{more}" if twins else ""


def _kind(document: Document) -> str:
    return f"{document.kind.value}, replaced" if document.status.value == "replaced" else document.kind.value


def _write_problems(documents: Sequence[Document]) -> None:
    """Name the files that cannot be read, then what was guessed or left out of those that can."""
    if not any(document.problem and not document.passed_over for document in documents):
        output.line("Every file of the library can be read.")
    for document in documents:
        said = [f"{document.problem} [{document.code}]"] if document.problem else document.notes
        for sentence in said:
            output.paragraph(f"{document.path}: {sentence}", indent="  ", lead="")


def _mention(unreadable: int) -> None:
    if unreadable:
        files = counted(unreadable, "file")
        output.note(f"{files} of the folder cannot be read; `docterm list --problems` says why.")
