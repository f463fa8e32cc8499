"""`docterm search`: the passages that answer a query."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from docterm.cli import output
from docterm.cli.context import HELP, Options, emptiness, form_options, library_root, opened, place_options, searching
from docterm.text import counted, sanitise

if TYPE_CHECKING:
    from docterm.search.results import Hit, Results

LIMIT = 20
SNIPPET = 320
"""Code points of a passage that are shown of a hit."""


@click.command("search", context_settings=HELP)
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", metavar="N", type=click.IntRange(min=1), default=LIMIT, help=f"Show the best N ({LIMIT}).")
@click.option(
    "--sort",
    type=click.Choice(["relevance", "date", "place"]),
    default="relevance",
    help="Best first, newest first, or in the order of the library.",
)
@form_options(lines=True, what="hit")
@place_options
@click.pass_obj
def command(options: Options, query: tuple[str, ...], limit: int, sort: str, form: str | None) -> int:
    """Find the passages that answer a query.

    QUERY is words that a passage must all have, in any of their grammatical forms. "Words in quotation marks"
    stand side by side; cens* finds every word that begins so. With OR between all parts, a passage has any of
    them; other operators are not known yet. A query that begins with - follows --.
    """
    from docterm.search.results import Sort

    with opened(library_root(options)) as library, searching(library) as service:
        results = service.search(" ".join(query), limit=limit, sort=Sort(sort))
        notes = [*library.notes, *service.notes, *results.notes, *emptiness(library)]
    if form == "json":
        output.emit(_as_json(results, notes))
        return 0 if results.hits else 1
    output.notes([f"read as: {results.read_as}", *notes])
    if form == "jsonl":
        output.emit_lines(map(_hit_json, results.hits))
    elif results.hits:
        _write(results)
    if not results.hits:
        output.note(f"Nothing found. Passages with each part: {_counts(results)}.")
    return 0 if results.hits else 1


def _counts(results: Results) -> str:
    return ", ".join(f"{term} {count}" for term, count in results.terms.items())


def _write(results: Results) -> None:
    from docterm.search.snippet import snippet

    for hit in results.hits:
        shown = snippet(hit.passage.text, hit.spans, SNIPPET)
        output.paragraph(f"{hit.passage.address}  {hit.document.title}")
        if about := ", ".join(_about(hit)):
            output.paragraph(about, indent="  ")
        output.paragraph(shown.text, shown.spans, indent="  ")
        output.line()
    output.paragraph(_total(results))


def _about(hit: Hit) -> Iterable[str]:
    """Give who speaks and when, the page, and that a digest is one."""
    document, page = hit.document, hit.passage.locator.shown_page
    digest = "docterm's digest" if document.kind.value == "digest" else ""
    return filter(None, (document.speaker, document.date, f"p. {page}" if page else "", digest))


def _total(results: Results) -> str:
    documents = len(results.documents)
    total = f"{counted(results.passages, 'passage')} in {counted(documents, 'document')}"
    shown = len(results.hits)
    return f"{total}." if shown >= results.passages else f"{shown:,} of {total}; --limit N shows more."


def _as_json(results: Results, notes: list[str]) -> dict[str, Any]:
    return {
        "schema": "docterm.search/1",
        "query": sanitise(results.query),
        "read_as": results.read_as,
        "notes": notes,
        "total": {"passages": results.passages, "documents": len(results.documents)},
        "terms": dict(results.terms),
        "facets": {name: dict(values) for name, values in results.facets.items()},
        "hits": [_hit_json(hit) for hit in results.hits],
    }


def _hit_json(hit: Hit) -> dict[str, Any]:
    return {
        "document": hit.document.key,
        "title": hit.document.title,
        "source": hit.document.source,
        "date": hit.document.date,
        "kind": hit.document.kind.value,
        "address": hit.passage.address,
        "locator": hit.passage.locator.as_json(),
        "text": hit.passage.text,
        "spans": [list(span) for span in hit.spans],
        "score": round(hit.score, 4),
    }
