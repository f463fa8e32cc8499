"""`docterm quote`: save words of a paragraph as a quote."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docterm.cli import output
from docterm.cli.context import (
    HELP,
    Options,
    form_options,
    library_root,
    notebook_path,
    opened,
    place_options,
    readable,
)
from docterm.errors import RequestError
from docterm.text import label, sanitise

if TYPE_CHECKING:
    from docterm.library.model import Passage
    from docterm.quotes.model import Quote
    from docterm.quotes.notebook import Notebook, Saved

LONGEST = 1 << 20
"""Bytes read from standard input: more fits in no line of the notebook."""


@click.command("quote", context_settings=HELP)
@click.argument("address")
@click.argument("text")
@click.option("--note", metavar="TEXT", help="What you think of it.")
@click.option("--tag", "tags", metavar="TAG", multiple=True, help="A word to find it by; can be given again.")
@click.option("--speaker", metavar="NAME", help="Whose words they are, where the source quotes somebody.")
@click.option("--own-words", is_flag=True, help="They are the source's own words.")
@form_options()
@place_options
@click.pass_obj
def command(
    options: Options,
    address: str,
    text: str,
    *,
    note: str | None,
    tags: tuple[str, ...],
    speaker: str | None,
    own_words: bool,
    form: str | None,
) -> int:
    """Save words of a document as a quote.

    TEXT is words of the paragraphs that ADDRESS names, KEY:N or KEY:N-M. The quote is cut from the source:
    case, spacing and typography of TEXT need not be exact. A TEXT of - is read from standard input.

    Words that stand in quotation marks in the source are somebody else's: docterm says whose it takes them for, and
    --speaker has them cited so (“as cited in”).
    """
    if speaker is not None and own_words:
        raise RequestError("Words are a speaker's or the source's own.", "Give --speaker or --own-words.")
    words = _standard_input() if text == "-" else text
    with opened(library_root(options)) as library:
        from docterm.library.model import Address
        from docterm.quotes.capture import find
        from docterm.quotes.notebook import Notebook

        asked = Address.parse(address)
        document = readable(library, asked.key)
        passages = library.passages(document)
        quote = find(document, passages, replace(asked, key=document.key), words)
        path = notebook_path(options, library.root)
        notebook = Notebook(path)
        saved = _save(notebook, quote, note, tags)
        saved, offer = _attributed(notebook, saved, passages, speaker, own_words=own_words)
        library.pin(document)
        notes = list(library.notes)
    _report(saved, path, [*notes, *notebook.problems, *offer], form)
    return 0


def _standard_input() -> str:
    return sys.stdin.buffer.read(LONGEST).decode("utf-8", "replace")


def _save(notebook: Notebook, quote: Quote, note: str | None, tags: tuple[str, ...]) -> Saved:
    """Save the quote with its note and tags in one event; one that is there already gets them in addition."""
    from docterm.quotes.model import clean_tags

    saved = notebook.capture(replace(quote, note=sanitise(note or ""), tags=clean_tags(tags)))
    if saved.new:
        return saved
    kept = saved.quote
    if note is not None:
        kept = notebook.set_note(kept.id, note)
    if tags:
        kept = notebook.set_tags(kept.id, [*kept.tags, *tags])
    return saved._replace(quote=kept)


def _attributed(
    notebook: Notebook, saved: Saved, passages: Sequence[Passage], speaker: str | None, *, own_words: bool
) -> tuple[Saved, list[str]]:
    """Keep whose words they are where that was said; else say whose they seem to be."""
    from docterm.quotes.speaking import OWN_WORDS, offered_in, spoken_by

    if speaker is not None or own_words:
        spoken = OWN_WORDS if speaker is None else spoken_by(speaker)
        if not own_words and not spoken.speaker:
            raise RequestError("The speaker has no name.", "--speaker NAME, or --own-words.")
        return saved._replace(quote=notebook.attribute(saved.quote.id, spoken)), []
    offer = None if saved.quote.attribution else offered_in(saved.quote, passages)
    if offer is None:
        return saved, []
    name = label(offer.speaker, 100)
    return saved, [f"The source seems to quote {name} here: --speaker '{name}' cites it so, --own-words does not."]


def _report(saved: Saved, path: Path, notes: list[str], form: str | None) -> None:
    from docterm.cli.quoted import quote_json, write_quote
    from docterm.quotes.verify import QuoteStatus, Verdict

    if form == "json":
        quotes = [quote_json(saved.quote, Verdict(QuoteStatus.OK, saved.quote.address))]
        answer = {"new": saved.new, "notebook": label(path, 1000), "notes": notes, "quotes": quotes}
        output.emit({"schema": "docterm.quotes/1", **answer})
        return
    output.notes(notes)
    write_quote(saved.quote, "saved" if saved.new else "was saved before")
    output.note(f"The notebook is {label(path, 1000)}.")
