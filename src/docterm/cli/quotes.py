"""`docterm quotes`: list the quotes that were saved, and copy them out with their citations."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from docterm.cli import output
from docterm.cli.context import (
    HELP,
    Options,
    citing_options,
    form_options,
    library_root,
    opened,
    opened_notebook,
    place_options,
)
from docterm.cli.default_verb import ByDefault
from docterm.cli.quoted import FAULTS, NONE_SAVED, chosen, quote_json, used_json, used_words, write_quote
from docterm.cli.quotes_change import CHANGES
from docterm.cli.quotes_verify import verify_quotes
from docterm.errors import RequestError
from docterm.quotes.form import Form
from docterm.text import label

if TYPE_CHECKING:
    from pathlib import Path

    from docterm.library.library import Library
    from docterm.quotes.manuscript import Pasted
    from docterm.quotes.model import Quote
    from docterm.quotes.notebook import Notebook

FORMS = [form.value for form in Form]
PASTED = [form.value for form in Form if form.can_be_pasted]
_FATES = {"kept": "changed by hand and left alone", "lost": "lost from the notebook and left alone"}


@click.group("quotes", cls=ByDefault, context_settings=HELP, subcommand_metavar="[COMMAND] [QUOTE]...")
@place_options
def command() -> int:
    """List, verify, change, copy or export the quotes you saved.

    Without a command it lists them. A QUOTE is named by its id or the beginning of it.
    """
    return 0


for verb in (verify_quotes, *CHANGES):
    command.add_command(verb)


@command.command("list", short_help="List quotes, their status, and where they are used.", context_settings=HELP)
@click.argument("names", metavar="[QUOTE]...", nargs=-1)
@form_options(lines=True, what="quote")
@place_options
@click.pass_obj
def list_quotes(options: Options, names: tuple[str, ...], form: str | None) -> int:
    """List quotes, whether their sources still have the words, and where a linked manuscript uses them.

    Exit code 1 when there is none, when one was altered in its source, or when its source is missing.
    """
    from docterm.quotes.check.manuscripts import used
    from docterm.quotes.verify import told, verdicts

    with opened(library_root(options)) as library:
        notebook = opened_notebook(options, library.root)
        quotes = chosen(notebook, names)
        found = verdicts(library, quotes)
        checked = [(quote, found[quote.id]) for quote in quotes]
        uses = used(notebook, quotes)
        notes = [*library.notes, *notebook.problems, *(uses.problems if uses else ())]
    if not checked and not notebook.problems:
        notes.append(NONE_SAVED)
    if form == "json":
        shown = [quote_json(quote, verdict) | used_json(uses, quote) for quote, verdict in checked]
        output.emit({"schema": "docterm.quotes/1", "notes": notes, "quotes": shown})
    else:
        output.notes(notes)
        if form == "jsonl":
            output.emit_lines(quote_json(quote, verdict) | used_json(uses, quote) for quote, verdict in checked)
        else:
            for quote, verdict in checked:
                write_quote(quote, told(quote, verdict), used_words(uses, quote))
    return int(not checked or any(verdict.status.value in FAULTS for _, verdict in checked))


@command.command("copy", short_help="Print quotes with citations and references.", context_settings=HELP)
@click.argument("names", metavar="[QUOTE]...", nargs=-1)
@click.option(
    "--form",
    type=click.Choice(PASTED),
    default="text",
    help="How it is written out.",
)
@click.option(
    "--cite",
    type=click.Choice(["parenthetical", "narrative", "year"]),
    default="parenthetical",
    help="Behind the words, before them as part of your sentence, or the year alone where it has the names.",
)
@click.option("--clipboard", is_flag=True, help="Copy it to the clipboard instead of printing it.")
@citing_options
@place_options
@click.pass_obj
def copy_quotes(
    options: Options,
    /,
    names: tuple[str, ...],
    *,
    form: str,
    clipboard: bool,
    **wishes: Any,  # noqa: ANN401
) -> int:
    """Write quotes with their citations and the list of references, for your manuscript.

    The forms pandoc, org, latex and typst cite by key, and the program that reads them sets the style.
    """
    from docterm.quotes.manuscript import Wishes, write_out

    _, quotes = _to_write(options, names)
    if quotes:
        made = write_out(quotes, Form(form), Wishes(**wishes))
        output.notes(made.notes)
        if clipboard:
            _copy(made)
        else:
            output.line(made.text)
    return 0 if quotes else 1


def _copy(made: Pasted) -> None:
    """Copy quotes to the clipboard, as formatted text where they are HTML, and say by which way."""
    from docterm.config.paths import last_copy_file
    from docterm.quotes.clipboard import copy

    terminal = output.send_to_terminal()
    result = copy(made.text, os.environ, terminal, last_copy_file(), made.html, made.text == made.html)
    output.note(f"{result.sentence[:1].upper()}{result.sentence[1:]}.")


@command.command("export", context_settings=HELP)
@click.argument("names", metavar="[QUOTE]...", nargs=-1)
@click.option("--form", "form_name", type=click.Choice(FORMS), required=True, help="What the file is to be.")
@click.option("-o", "--output", "place", metavar="FILE", required=True, help="The file to write or bring up to date.")
@citing_options
@form_options()
@place_options
@click.pass_obj
def export_quotes(
    options: Options,
    /,
    names: tuple[str, ...],
    form_name: str,
    place: str,
    form: str | None,
    **wishes: Any,  # noqa: ANN401
) -> int:
    """Write quotes into a file, or bring those in it up to date.

    What you write around them stays, and what you changed of them is left alone; the same command again changes
    nothing. csl-json, biblatex, bibtex and ris are the records of what the quotes cite.

    Exit code 1 when there is no quote, or when the file has some that your notebook has no more.
    """
    from pathlib import Path

    from docterm.quotes.export.exporting import Task, export
    from docterm.quotes.manuscript import Wishes

    if place == "-":
        raise RequestError("An export goes to a file.", "`docterm quotes copy` prints.")
    notebook, quotes = _to_write(options, names, Path(place))
    if not quotes:
        return 1
    report = export(Task(quotes, notebook.quotes(), Form(form_name), Path(place), Wishes(**wishes)))
    changes = report.changes.as_json()
    if form == "json":
        answer = {"form": form_name, "path": label(place, 1000), "notes": list(report.notes), **changes}
        output.emit({"schema": "docterm.export/1", **answer})
    else:
        output.notes(report.notes)
        counts = ", ".join(f"{len(ids):,} {_FATES.get(fate, fate)}" for fate, ids in changes.items() if ids)
        output.line(f"{label(place, 1000)}: {counts}")
    return int(bool(changes["lost"]))


def _to_write(options: Options, names: Sequence[str], place: Path | None = None) -> tuple[Notebook, Sequence[Quote]]:
    """Give the notebook and the quotes to write out, and warn of those that their sources do not have any more.

    Raises CitationError when the place they go to is a source itself.
    """
    with opened(library_root(options)) as library:
        notebook = opened_notebook(options, library.root)
        if place is not None:
            from docterm.quotes.export.guard import refuse_sources

            refuse_sources(place, library, notebook.path)
        quotes = chosen(notebook, names)
        output.notes(notebook.problems or ([] if quotes else [NONE_SAVED]))
        output.notes(_changed(library, quotes))
    return notebook, quotes


def _changed(library: Library, quotes: Sequence[Quote]) -> list[str]:
    """Say how many quotes have left the places that their citations name."""
    from docterm.quotes.verify import told, verdicts

    found = verdicts(library, quotes)
    told_of = [told(quote, found[quote.id]).partition(" to ")[::2] for quote in quotes]
    counts = Counter(status for status, place in told_of if status in FAULTS or place)
    if not counts:
        return []
    listed = ", ".join(f"{count:,} {status}" for status, count in counts.items())
    return [f"Not as they were taken: {listed}. `docterm quotes verify` says which."]
