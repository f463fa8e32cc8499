"""`docterm compare`: two documents side by side, in lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import click

from docterm.cli import output
from docterm.cli.context import HELP, Options, form_options, library_root, opened, place_options, readable
from docterm.errors import RequestError
from docterm.text import counted

if TYPE_CHECKING:
    from docterm.compare.align import Link
    from docterm.compare.comparison import Comparison
    from docterm.compare.facts import Facts
    from docterm.compare.sides import Side
    from docterm.library.library import Library
    from docterm.library.model import Document, Passage

LINKS = 3
"""Links of a left passage that are shown; JSON has them all."""
LEGEND = "A ~ joins paragraphs that share rare words: close is a strong link, near a weaker one."


@click.command("compare", context_settings=HELP)
@click.argument("left")
@click.argument("right")
@click.option(
    "--against",
    type=click.Choice(["library"]),
    help="Hold the words of each against those of all other documents, not against each other.",
)
@form_options()
@place_options
@click.pass_obj
def command(options: Options, left: str, right: str, against: str | None, form: str | None) -> int:
    """Set two documents side by side.

    Shows the facts of both, linked paragraphs, what only one of them has, and the words they use unequally.
    Links are suggestions from shared words. docterm counts and shows, and leaves the judgement to you.
    """
    from docterm.cli import compare_words

    with opened(library_root(options)) as library:
        comparison = _compare(library, readable(library, left), readable(library, right))
        references = compare_words.references(library, comparison) if against else ()
        notes = list(library.notes)
    if form == "json":
        answer = comparison.as_json() | compare_words.as_json(references)
        output.emit({**answer, "notes": [*notes, *answer["notes"]]})
    else:
        output.notes(notes)
        _write(comparison)
        compare_words.write(comparison, references)
    return 0


def _compare(library: Library, left: Document, right: Document) -> Comparison:
    from docterm.compare.comparison import compare_in
    from docterm.compare.sides import Side

    if left.key == right.key:
        raise RequestError(f"Both sides name {left.key}.", "Name two documents; `docterm list` has their keys.")
    return compare_in(library, Side.read(library, [left]), Side.read(library, [right]))


def _write(comparison: Comparison) -> None:
    left, right = comparison.left, comparison.right
    _write_facts(left, comparison.left_facts)
    _write_facts(right, comparison.right_facts)
    for note in comparison.notes:
        output.paragraph(note, indent="  ", lead="- ")
    output.line()
    output.paragraph(f"Links: {len(comparison.links):,}")
    _write_links(comparison.links)
    _write_only(left, comparison.only_left)
    _write_only(right, comparison.only_right)


def _write_links(links: Sequence[Link]) -> None:
    if links:
        output.paragraph(LEGEND)
    for _, group in groupby(links, lambda link: link.left.index):
        own = list(group)
        for link in own[:LINKS]:
            shared = f"{link.level.value}; shared: {', '.join(link.shared)}"
            output.paragraph(f"{link.left.address}  ~ {link.right.address} ({shared})", indent="    ", lead="  ")
        if len(own) > LINKS:
            output.paragraph(f"and {len(own) - LINKS:,} more, all in --json", indent="    ")


def _write_facts(side: Side, facts: Facts) -> None:
    document = side.documents[0]
    output.paragraph(f"{document.key}  {document.title}")
    publisher = facts.publisher if facts.publisher != facts.source else ""
    kind = "docterm's digest" if facts.kind.value == "digest" else ""
    about = [part for part in (document.speaker, facts.date, facts.shown_type, publisher, kind) if part]
    if about:
        output.paragraph(", ".join(about), indent="  ")
    quoted = f"{100 * facts.quoted:.0f} % of them in quotation marks"
    output.paragraph(
        f"{counted(facts.words, 'word')} in {counted(facts.paragraphs, 'paragraph')}, {quoted}", indent="  "
    )
    output.line()


def _write_only(side: Side, passages: Sequence[Passage]) -> None:
    output.line()
    output.paragraph(f"Only in {side.label}, as far as words tell: {len(passages):,}")
    if passages:
        output.paragraph(", ".join(str(passage.address) for passage in passages), indent="  ")
