"""`docterm record`: the description of a document, field by field with its source, and correcting it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from docterm.cli import output
from docterm.cli.context import HELP, Options, form_options, library_root, opened, place_options
from docterm.errors import RequestError
from docterm.text import label

if TYPE_CHECKING:
    from docterm.library.model import Document


@click.command("record", context_settings=HELP)
@click.argument("name", metavar="KEY")
@click.argument("corrections", metavar="[FIELD=VALUE]...", nargs=-1)
@form_options()
@place_options
@click.pass_obj
def command(options: Options, name: str, corrections: tuple[str, ...], form: str | None) -> int:
    """Show the record of a document, or correct it.

    Each field is shown with where it comes from. FIELD=VALUE corrects one: title=..., author="Last, First; Last,
    First" (an organisation has no comma), issued=2021-06-03, container-title=..., type=report, URL=...; tags=a,b and
    groups=x,y are docterm's own. FIELD= takes a correction back. Corrections are written to references.json in the
    library; the document and other files of records stay as they are.
    """
    changes = _read_changes(corrections)
    notes: list[str] = []
    root = library_root(options)
    if changes:
        root = _writable(root, name, notes)
    with opened(root) as library:
        document = library.document(name)
        if changes:
            document = library.correct(document, changes)
        notes = [*library.notes, *notes]
    if form == "json":
        output.emit(_as_json(document, root, list(changes), notes))
    else:
        output.notes(notes)
        _write(document)
    return 0


def _read_changes(corrections: tuple[str, ...]) -> dict[str, Any]:
    """Check every correction before one is written; None stands for one that is taken back."""
    from docterm.library.bibliography.csl import field_name, read_value

    changes: dict[str, Any] = {}
    for correction in corrections:
        said, equals, text = correction.partition("=")
        if not equals:
            raise RequestError(f"“{label(correction, 60)}” is no correction.", "Write FIELD=VALUE, as in title=Storm.")
        name = field_name(said)
        if name in changes:
            raise RequestError(f"{name} is given twice.", "Give each field once.")
        changes[name] = (read_value(name, text) or None) if text.strip() else None
    return changes


def _writable(root: Path, name: str, notes: list[str]) -> Path:
    """Give the folder to write to: for docterm's own library a copy of it, made only for a document that is there."""
    from docterm.library.add import writable_root
    from docterm.library.scan import require_folder

    root = require_folder(root)
    with opened(root) as library:
        library.document(name)
    writable = writable_root(root)
    if writable != root:
        notes.append(f"The correction is in your own copy of docterm's library, {label(writable, 1000)}.")
    return writable


def _write(document: Document) -> None:
    from docterm.library.bibliography.csl import shown_value

    output.line(document.key)
    for name in _fields(document):
        value = shown_value(name, document.record[name])
        output.paragraph(f"{name}: {value}  [{document.provenance[name]}]", indent="    ", lead="  ")
    for name, items in (("tags", document.tags), ("groups", document.groups)):
        if items:
            output.paragraph(f"{name}: {', '.join(items)}", indent="    ", lead="  ")


def _fields(document: Document) -> list[str]:
    """Give the names of the fields that CSL knows and the record has, as a reference would have them."""
    from docterm.library.bibliography.csl import FIELDS

    first = ("type", "title", "author", "issued", "container-title", "publisher", "URL")
    names = [*first, *sorted(FIELDS.difference(first), key=str.lower)]
    return [name for name in names if name in document.record and name in document.provenance]


def _as_json(document: Document, root: Path, changed: list[str], notes: list[str]) -> dict[str, Any]:
    from docterm.library.bibliography.csl import shown_value

    fields = [
        {
            "name": name,
            "value": document.record[name],
            "text": shown_value(name, document.record[name]),
            "source": document.provenance[name].as_json(),
        }
        for name in _fields(document)
    ]
    return {
        "schema": "docterm.record/1",
        "notes": notes,
        "library": label(root, 1000),
        "document": document.as_json(),
        "key": {"value": document.key, "source": document.provenance["id"].as_json()},
        "record": {name: value for name, value in document.record.items() if name != "custom"},
        "fields": fields,
        "changed": changed,
    }
