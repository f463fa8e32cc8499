"""`docterm terms`: how often sources, years or documents use words, and where in a document a word stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from docterm.cli import output
from docterm.cli.context import HELP, Options, emptiness, form_options, library_root, opened, place_options, readable
from docterm.errors import RequestError

if TYPE_CHECKING:
    from docterm.cli.terms_tables import Strip
    from docterm.compare.matrix import MatrixRow
    from docterm.library.grouping import By, Group
    from docterm.library.library import Library
    from docterm.library.model import Document
    from docterm.search.concordance import Concordance

LIMIT = 20
MOST_WORDS = 200


@click.command("terms", context_settings=HELP)
@click.argument("words", metavar="[WORD]...", nargs=-1)
@click.option(
    "--by",
    type=click.Choice(["source", "year", "type", "tag", "key"]),
    default="source",
    help="What the columns are: documents by source, year, type or tag, or each by itself.",
)
@click.option("--in", "names", metavar="KEY", multiple=True, help="Show where in this document; can be given again.")
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(1, MOST_WORDS),
    default=LIMIT,
    help=f"Words that are shown where you name none ({LIMIT}).",
)
@form_options()
@place_options
@click.pass_obj
def command(
    options: Options, words: tuple[str, ...], *, by: str, names: tuple[str, ...], limit: int, form: str | None
) -> int:
    """Show which documents use a word, how often, and where.

    A WORD is a word, a phrase or any other query (docs/query.md), each for itself. Without one, the words and names
    are shown that tell the columns apart best; a country and its people are one. With --in, a line of blocks shows
    where in the document each word stands, from beginning to end.
    """
    from docterm.library.grouping import By, grouped

    if names and not words:
        raise RequestError(
            "--in shows where words stand, and none is named.", "Name one: `docterm terms WORD --in KEY`."
        )
    if len(words) > MOST_WORDS:
        raise RequestError(f"{len(words):,} words are too many.", f"Name {MOST_WORDS} at most.")
    with opened(library_root(options)) as library:
        documents = [readable(library, name) for name in dict.fromkeys(names)] if names else library.documents()
        found = [_concordance(library, word, documents) for word in words]
        groups = () if names else grouped(documents, By(by))
        rows = _rows(library, groups, found, limit)
        strips = [strip for each in found for strip in _strips(library, documents, each)] if names else []
        notes = [*library.notes, *(note for each in found for note in each.notes), *emptiness(library)]
    if form == "json":
        _emit(by, groups, rows, strips, notes)
    else:
        output.notes(notes)
        _write(By(by), groups, rows, strips)
        if not documents:
            return 1
        if not (rows or strips):
            output.note(
                "No word stands in enough passages to tell the columns apart; name words to see where they are."
            )
    for each in found:
        if not each.lines:
            output.note(f"Nothing found: “{each.read_as}” is in none of the documents.")
    return 0 if any(each.lines for each in found) or (rows and not words) else 1


def _concordance(library: Library, word: str, documents: Sequence[Document]) -> Concordance:
    from docterm.search.concordance import concordance

    return concordance(word, documents, library.passages)


def _rows(library: Library, groups: Sequence[Group], found: Sequence[Concordance], limit: int) -> tuple[MatrixRow, ...]:
    """Give the rows of the words that were asked for, else of those that tell the groups apart."""
    from docterm.compare.matrix import row_of, telling_terms

    if not found:
        return telling_terms(library, groups, limit)
    counts = ((each.read_as, {key: count.count for key, count in each.counts.items()}) for each in found)
    return tuple(row_of((word,), by_key, groups) for word, by_key in counts) if groups else ()


def _strips(library: Library, documents: Sequence[Document], found: Concordance) -> list[Strip]:
    from docterm.cli.terms_tables import Strip
    from docterm.search.dispersion import places

    strips = []
    for document in documents:
        lines = [line for line in found.lines if line.passage.key == document.key]
        strips.append(Strip(found.read_as, document, places(lines, library.passages(document))))
    return strips


def _emit(
    by: str, groups: Sequence[Group], rows: Sequence[MatrixRow], strips: Sequence[Strip], notes: Sequence[str]
) -> None:
    output.emit(
        {
            "schema": "docterm.terms/1",
            "notes": list(dict.fromkeys(notes)),
            "by": None if strips else by,
            "groups": [
                {"label": group.label, "documents": len(group.documents), "words": group.words} for group in groups
            ],
            "terms": [row.as_json() for row in rows],
            "strips": [strip.as_json() for strip in strips],
        }
    )


def _write(by: By, groups: Sequence[Group], rows: Sequence[MatrixRow], strips: Sequence[Strip]) -> None:
    from docterm.cli.terms_tables import write_matrix, write_strips, write_timeline
    from docterm.library.grouping import By

    if strips:
        write_strips(strips)
    elif by is By.YEAR:
        write_timeline(groups, rows)
    else:
        write_matrix(groups, rows)
