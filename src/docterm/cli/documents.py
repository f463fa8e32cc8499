"""`docterm list`: the documents of the library, and the files it cannot read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from docterm.cli import output
from docterm.cli.context import HELP, Options, emptiness, form_options, library_root, opened, place_options
from docterm.text import counted

if TYPE_CHECKING:
    from docterm.library.model import Document

COLUMNS = ("key", "title", "source", "date", "kind", "words")


@click.command("list", context_settings=HELP)
@click.option("--problems", is_flag=True, help="Name only the files that cannot be read, and why; exit 1 if any.")
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
        notes = [*library.notes, *emptiness(library)]
    unreadable = [each for each in documents if each.status.value == "unreadable"]
    listed = unreadable if problems else [each for each in documents if every or each.status.value != "replaced"]
    if form == "json":
        output.emit(
            {"schema": "docterm.list/1", "notes": notes, "documents": [document.as_json() for document in listed]}
        )
    else:
        output.notes(notes)
        if form == "jsonl":
            output.emit_lines(document.as_json() for document in listed)
        elif problems:
            _write_problems(unreadable)
        else:
            _write_table([each for each in listed if each.status.value != "unreadable"])
            _mention(len(unreadable))
    return int(bool(unreadable)) if problems else int(all(each.status.value == "unreadable" for each in listed))


def _is_asked_for(document: Document, tags: Sequence[str], groups: Sequence[str]) -> bool:
    """Say whether a document has every tag and is in every group that is asked for, whatever their case."""
    wanted = ((tags, document.tags), (groups, document.groups))
    return all({each.casefold() for each in asked} <= {each.casefold() for each in has} for asked, has in wanted)


def _write_table(documents: Sequence[Document]) -> None:
    if not documents:
        return
    rows = [(each.key, each.title, each.speaker, each.date, _kind(each), f"{each.words:,}") for each in documents]
    output.table(COLUMNS, rows, stretch=1, numbers=(5,))


def _kind(document: Document) -> str:
    return f"{document.kind.value}, replaced" if document.status.value == "replaced" else document.kind.value


def _write_problems(unreadable: Sequence[Document]) -> None:
    for document in unreadable:
        output.paragraph(f"{document.path}: {document.problem} [{document.code}]", indent="  ", lead="")
    if not unreadable:
        output.line("Every file of the library can be read.")


def _mention(unreadable: int) -> None:
    if unreadable:
        files = counted(unreadable, "file")
        output.note(f"{files} of the folder cannot be read; `docterm list --problems` says why.")
