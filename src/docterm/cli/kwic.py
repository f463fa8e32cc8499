"""`docterm kwic`: every place of a word, with what stands left and right of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from docterm.cli import output
from docterm.cli.context import HELP, Options, emptiness, form_options, library_root, opened, place_options, readable
from docterm.cli.layout import cells, fit, pad
from docterm.text import Span, sanitise

if TYPE_CHECKING:
    from docterm.search.concordance import Concordance, KwicLine

WIDTH = 40
MOST = 10_000
LEAST = 4
ENOUGH = 8
"""Cells of context on each side below which the address is not put before it."""


@click.command("kwic", context_settings=HELP)
@click.argument("node", nargs=-1, required=True)
@click.option("--in", "names", metavar="KEY", multiple=True, help="Only in this document; can be given again.")
@click.option(
    "--width",
    metavar="N",
    type=click.IntRange(LEAST, MOST),
    help=f"Characters of context on each side ({WIDTH}, or what the terminal has room for).",
)
@click.option(
    "--sort",
    type=click.Choice(["left", "right", "place"]),
    default="place",
    help="By the words on the left, by those on the right, or by place.",
)
@form_options(lines=True, what="line")
@place_options
@click.pass_obj
def command(
    options: Options, node: tuple[str, ...], *, names: tuple[str, ...], width: int | None, sort: str, form: str | None
) -> int:
    """Show every place of a word in its context.

    NODE is a word, a phrase or any other query (docs/query.md); several words without an operator are a phrase.
    """
    from docterm.search.concordance import KwicSort, concordance

    with opened(library_root(options)) as library:
        documents = [readable(library, name) for name in dict.fromkeys(names)] if names else library.documents()
        found = concordance(
            " ".join(node), documents, library.passages, width=width or _room(form), sort=KwicSort(sort)
        )
        notes = [*library.notes, *found.notes, *emptiness(library)]
    if form == "json":
        output.emit(_as_json(found, notes))
    else:
        output.notes(notes)
        if form == "jsonl":
            output.emit_lines(map(_line_json, found.lines))
        else:
            _write(found, width)
        if not found.lines:
            output.note(f"Nothing found: “{found.read_as}” is in none of the documents.")
    return 0 if found.lines else 1


def _room(form: str | None) -> int:
    """Give how much context to ask for: on a terminal all that one side can show."""
    columns = output.terminal_width()
    return WIDTH if form or columns is None else max(columns // 2, LEAST)


def _write(found: Concordance, width: int | None) -> None:
    if not found.lines:
        return
    margin = max(len(str(line.passage.address)) for line in found.lines) + 2
    node = max(cells(line.node) for line in found.lines)
    columns = output.terminal_width()
    side = width or (WIDTH if columns is None else (columns - margin - node - 2) // 2)
    if columns is not None and side < ENOUGH:  # the address stands on a line of its own
        margin, side = 0, width or max((columns - node - 2) // 2, 1)
    for line in found.lines:
        _write_line(line, margin, side)
    output.line()
    for key, count in found.counts.items():
        output.paragraph(f"{key}: {count.count:,}, {count.per_1000:.2f} per 1,000 words", indent="  ")


def _write_line(line: KwicLine, margin: int, side: int) -> None:
    text, span = line.passage.text, line.span
    left = fit(line.left[::-1], side)[::-1] + " " * text[span.start - 1 : span.start].isspace()
    right = " " * text[span.end : span.end + 1].isspace() + fit(line.right, side)
    if not margin:
        output.line(str(line.passage.address))
    address = str(line.passage.address) if margin else ""
    start = f"{address:<{margin}}{pad(left, side + 1, right=True)}"
    shown = f"{start}{line.node}{right}"
    output.line(output.mark(shown.rstrip(), [Span(len(start), len(start) + len(line.node))]))


def _as_json(found: Concordance, notes: list[str]) -> dict[str, Any]:
    return {
        "schema": "docterm.kwic/1",
        "node": sanitise(found.node),
        "read_as": found.read_as,
        "notes": notes,
        "lines": [_line_json(line) for line in found.lines],
        "counts": {
            key: {"count": count.count, "per_1000": round(count.per_1000, 4)} for key, count in found.counts.items()
        },
    }


def _line_json(line: KwicLine) -> dict[str, Any]:
    return {
        "address": line.passage.address,
        "left": line.left,
        "node": line.node,
        "right": line.right,
        "span": list(line.span),
    }
