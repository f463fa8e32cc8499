"""`docterm show`: a document, or some of its paragraphs, with their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from docterm.cli import output
from docterm.cli.context import HELP, Options, form_options, library_root, opened, place_options, readable
from docterm.cli.documents import as_json
from docterm.text import counted

if TYPE_CHECKING:
    from docterm.library.duplicates import Twin, Twins
    from docterm.library.library import Library
    from docterm.library.model import Document, Passage


@click.command("show", context_settings=HELP)
@click.argument("name", metavar="KEY|ADDRESS")
@form_options()
@place_options
@click.pass_obj
def command(options: Options, name: str, form: str | None) -> int:
    """Show a document, or some of its paragraphs.

    An ADDRESS names paragraphs: KEY:N or KEY:N-M. KEY can be the key of a document, its path, or any
    part of key, title or source that no other document has.
    """
    with opened(library_root(options)) as library:
        document, passages, became = _find(library, name)
        twins = library.twins()
        notes = [*library.notes, *became]
    if form == "json":
        output.emit(_as_json(document, passages, twins, notes))
    else:
        output.notes(notes)
        _write(document, passages, twins.get(document.key, ()))
    return 0


def _find(library: Library, name: str) -> tuple[Document, Sequence[Passage], list[str]]:
    from docterm.library.model import Address

    if not Address.looks_like(name) or library.get(name):  # a key too may end like an address: smith:2021a
        document = readable(library, name)
        return document, library.passages(document), []
    address = Address.parse(name)
    return readable(library, address.key), *library.follow(address)


def _write(document: Document, passages: Sequence[Passage], twins: Sequence[Twin]) -> None:
    output.paragraph(document.title)
    output.paragraph(" · ".join(_about(document)))
    for twin in twins:
        share = f" ({twin.share:.0%} of the runs of five words)" if twin.likeness.value == "near" else ""
        output.paragraph(f"The library has it again: {twin}{share}.")
    for note in document.notes:
        output.paragraph(f"Note: {note}")
    if document.kind.value == "digest":
        output.paragraph(
            "This is docterm's digest: it says in docterm's own words, paragraph for paragraph, what the original "
            "says. Add your copy of the original to read and quote its words."
        )
    gutter = max((len(str(passage.number)) for passage in passages if passage.number), default=1) + 2
    page = ""
    for passage in passages:
        if passage.role.value == "title" and passage.text == document.title:
            continue  # it heads the page
        output.line()
        if passage.locator.shown_page not in ("", page):
            page = passage.locator.shown_page
            output.line(f"{' ' * gutter}[page {page}]")
            output.line()
        number = "" if passage.number is None else str(passage.number)
        kind = "" if passage.number is not None else f"[{passage.role.value}] "
        output.paragraph(kind + passage.text, indent=" " * gutter, lead=f"{number:>{gutter - 2}}  ")


def _about(document: Document) -> list[str]:
    kind = "" if document.kind.value == "document" else document.kind.value
    size = f"{counted(document.paragraphs, 'paragraph')}, {counted(document.words, 'word')}"
    return [part for part in (document.key, document.speaker, document.date, kind, size) if part]


def _as_json(document: Document, passages: Sequence[Passage], twins: Twins, notes: list[str]) -> dict[str, Any]:
    return {
        "schema": "docterm.show/1",
        "document": as_json(document, twins),
        "notes": notes,
        "passages": [
            {
                "address": passage.address,
                "locator": passage.locator.as_json(),
                "role": passage.role.value,
                "text": passage.text,
            }
            for passage in passages
        ],
    }
