"""`docterm cite`: references of documents in a style."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from docterm.cli import output
from docterm.cli.context import HELP, Options, form_options, library_root, opened, place_options
from docterm.errors import RequestError

if TYPE_CHECKING:
    from docterm.quotes.processor import Rendered
    from docterm.quotes.styles import Style
    from docterm.quotes.works import Work


@click.command("cite", context_settings=HELP)
@click.argument("names", metavar="[KEY]...", nargs=-1)
@click.option(
    "--style", "style_name", metavar="NAME", default="apa", help="A CSL style, by id or name, or a .csl file."
)
@click.option("--language", metavar="TAG", default="", help="The language of your text (de, en-GB); that of the style.")
@click.option("--styles", "wanted", metavar="WORDS", help="List the styles that have these words in their names.")
@form_options()
@place_options
@click.pass_obj
def command(
    options: Options, names: tuple[str, ...], *, style_name: str, language: str, wanted: str | None, form: str | None
) -> int:
    """Print the references of documents in a citation style.

    Styles are those of the CSL project, https://citationstyles.org; `--styles vancouver` finds one by its name.
    """
    if wanted is not None:
        return _list_styles(wanted, form)
    if not names:
        raise RequestError("No document is named.", "`docterm cite KEY`; `docterm list` has the keys.")
    from docterm.quotes.processor import rendered
    from docterm.quotes.styles import find
    from docterm.quotes.works import Cite, Work, completed

    style = find(style_name)
    with opened(library_root(options)) as library:
        documents = list(dict.fromkeys(library.document(name).key for name in names))
        found = [library.document(key) for key in documents]
        works = [Work(each.key, completed(each.record, each.title, each.source, each.date)) for each in found]
        notes = list(library.notes)
    done = rendered(style, works, [Cite(index, None) for index in range(len(works))], language)
    notes += done.notes
    if not done.references:
        notes.append(f"{style.title} has no list of references: these are its first notes or citations.")
    _write(style, works, done, notes, form)
    return 0


def _write(style: Style, works: list[Work], done: Rendered, notes: list[str], form: str | None) -> None:
    from docterm.quotes.runs import as_html, text_of

    listed = done.references or tuple(enumerate(done.citations))
    if form != "json":
        output.notes(notes)
        for _, runs in listed:
            output.paragraph(text_of(runs))
        return
    references: list[dict[str, Any]] = [
        {
            "key": works[index].key,
            "text": text_of(runs),
            "html": as_html(runs),
            "citation": text_of(done.citations[index]),
        }
        for index, runs in listed
    ]
    answer = {"style": style.id, "title": style.title, "notes": notes, "references": references}
    output.emit({"schema": "docterm.cite/1", **answer})


def _list_styles(wanted: str, form: str | None) -> int:
    from docterm.quotes.styles import ATTRIBUTION, search

    found = search(wanted)
    if form == "json":
        styles = [{"id": entry.id, "title": entry.title} for entry in found]
        output.emit({"schema": "docterm.styles/1", "notes": [ATTRIBUTION], "styles": styles})
    else:
        output.note(ATTRIBUTION if found else f"No style has “{wanted}” in its name.")
        if found:
            output.table(["id", "name"], [[entry.id, entry.title] for entry in found], stretch=1)
    return 0 if found else 1
