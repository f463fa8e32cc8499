"""`docterm quotes verify`: hold quotes against their sources, and anchor them anew where the reader says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from docterm.cli import output
from docterm.cli.context import HELP, Options, form_options, library_root, opened, opened_notebook, place_options
from docterm.cli.quoted import NONE_SAVED, chosen, quote_json
from docterm.errors import RequestError
from docterm.text import counted, label

if TYPE_CHECKING:
    from docterm.library.library import Library
    from docterm.quotes.notebook import Notebook
    from docterm.quotes.verify import Checked

_SHOWN_ID = 12
_GONE = "Its words are not in the document any more. The quote keeps them, with their paragraph."
_MISSING = "No document of this library is its source. The quote keeps its words, with their paragraph."
_TURNED = "A “not” was dropped or added: this says something else, and cannot be accepted for the quote."


@click.command("verify", short_help="Hold quotes against their sources.", context_settings=HELP)
@click.argument("names", metavar="[QUOTE]...", nargs=-1)
@click.option("--accept", is_flag=True, help="Cite the named quotes by the places that are proposed.")
@click.option(
    "--accept-all-moved", is_flag=True, help="Do so for every quote whose words stand elsewhere, where that is certain."
)
@form_options()
@place_options
@click.pass_obj
def verify_quotes(
    options: Options, names: tuple[str, ...], *, accept: bool, accept_all_moved: bool, form: str | None
) -> int:
    """Hold quotes against their sources and propose where those that left their places stand now.

    A quote is ok, moved, altered, or its source is missing. What changed in its words is shown as [-dropped-] and
    {+added+}. A proposal is never taken by itself: --accept takes it for the quotes you name, which are then cited
    by their new places; what was captured is kept, and `docterm quotes undo` takes it back. Where a “not” was
    dropped or added, nothing can be accepted.

    Exit code 1 when a quote was altered or its source is missing.
    """
    from docterm.quotes.verify import verify

    if accept and not names:
        raise RequestError(
            "--accept takes the quotes that you name.",
            "Name them: docterm quotes verify --accept QUOTE. All that only moved: --accept-all-moved.",
        )
    with opened(library_root(options)) as library:
        notebook = opened_notebook(options, library.root)
        checked = verify(library, chosen(notebook, names))
        taken = [each for each in checked if accept or (accept_all_moved and _only_moved(each))]
        accepted = _accept(library, notebook, taken)
        if accepted:
            checked = verify(library, chosen(notebook, names))
        notes = [*library.notes, *notebook.problems, *([] if checked or notebook.problems else [NONE_SAVED])]
    if form == "json":
        quotes = [_as_json(each) for each in checked]
        output.emit({"schema": "docterm.quotes/1", "notes": notes, "accepted": accepted, "quotes": quotes})
    else:
        output.notes(notes)
        _write(checked, accepted, every=bool(names))
    return int(any(each.is_fault for each in checked))


def _only_moved(checked: Checked) -> bool:
    return checked.verdict.status.value == "moved" and checked.proposal is not None and checked.proposal.certain


def _accept(library: Library, notebook: Notebook, taken: Sequence[Checked]) -> list[str]:
    """Anchor quotes anew by their proposals, all or none; give their ids."""
    from docterm.quotes.verify import accepted

    anchors = {each.quote.id: accepted(library, each) for each in taken}
    if anchors:
        notebook.reanchor(anchors)
        for document in {each.document.key: each.document for each in taken if each.document}.values():
            library.pin(document)
    return list(anchors)


def _as_json(checked: Checked) -> dict[str, Any]:
    from docterm.quotes.difference import shown

    proposal = checked.proposal
    return quote_json(checked.quote, checked.verdict) | {
        "diff": shown(proposal.difference) if proposal and proposal.text != checked.quote.text else None,
        "proposal": None if proposal is None else proposal.as_json(),
    }


def _write(checked: Sequence[Checked], accepted: Sequence[str], *, every: bool) -> None:
    for each in checked:
        if every or each.needs_attention:
            _write_one(each)
    counts = Counter(each.verdict.status.value for each in checked)
    if checked:
        told = ", ".join(f"{count:,} {status}" for status, count in counts.items())
        output.line(f"{counted(len(checked), 'quote')}: {told}.")
    if accepted:
        output.line(f"{counted(len(accepted), 'quote')} anchored anew; `docterm quotes undo` takes it back.")


def _write_one(checked: Checked) -> None:
    from docterm.quotes.difference import shown
    from docterm.quotes.verify import told

    quote, proposal = checked.quote, checked.proposal
    output.paragraph(f"{quote.id}  {label(quote.address)}  {told(quote, checked.verdict)}")
    if proposal is None:
        output.paragraph(label(quote.text, 1000), indent="  ")
        if checked.is_fault:
            output.paragraph(_MISSING if checked.verdict.status.value == "source missing" else _GONE, indent="  ")
    else:
        output.paragraph(shown(proposal.difference), indent="  ")
        output.paragraph(f"Proposed: {label(proposal.address)}, {proposal.said}.", indent="  ")
        taking = f"To take it: docterm quotes verify --accept {quote.id[:_SHOWN_ID]}"
        output.paragraph(_TURNED if proposal.denies_otherwise else taking, indent="  ")
    output.line()
