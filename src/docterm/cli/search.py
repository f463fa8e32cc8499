"""`docterm search`: the passages that answer a query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click

from docterm.cli import output
from docterm.cli.context import HELP, Options, emptiness, form_options, library_root, opened, place_options, searching
from docterm.text import counted, sanitise

if TYPE_CHECKING:
    from docterm.search.explain import Explanation
    from docterm.search.results import Hit, Results

LIMIT = 20
SNIPPET = 320
"""Code points of a passage that are shown of a hit."""


@click.command("search", context_settings=HELP)
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", metavar="N", type=click.IntRange(min=1), default=LIMIT, help=f"Show the best N ({LIMIT}).")
@click.option(
    "--sort",
    type=click.Choice(["relevance", "date", "place", "document"]),
    default="relevance",
    help="Best first, newest first, in the order of the library, or the best grouped by document.",
)
@click.option("--explain", is_flag=True, help="Show the query as a tree, and what each part adds to a score.")
@form_options(lines=True, what="hit")
@place_options
@click.pass_obj
def command(options: Options, query: tuple[str, ...], *, limit: int, sort: str, explain: bool, form: str | None) -> int:
    """Find the passages that answer a query.

    QUERY is words that a passage must all have, in any of their grammatical forms; of a sentence, any of its words.
    "Words in quotation marks" stand side by side, cens* is every word that begins so, censor* NEAR/5 web stands near
    it; OR, -word, (groups), title:, author:, source:, tag:, since:2019 and more are in docs/query.md. A query that
    begins with - follows --.
    """
    from docterm.search.results import Sort

    with opened(library_root(options)) as library, searching(library) as service:
        results = service.search(" ".join(query), limit=limit, sort=Sort(sort))
        explanation = service.explain(results) if explain else None
        notes = [*library.notes, *service.notes, *results.notes, *emptiness(library)]
    if form == "json":
        output.emit(_as_json(results, notes, explanation))
        return 0 if results.hits else 1
    output.notes([f"read as: {results.read_as}", *notes])
    if form == "jsonl":
        output.emit_lines(map(_hit_json, results.hits))
    elif results.hits:
        _write(results, explanation)
    if not results.hits:
        output.note(f"Nothing found.{_counts(results)}")
    if results.suggestion:
        output.note(f"Did you mean: {results.suggestion}")
    return 0 if results.hits else 1


def _counts(results: Results) -> str:
    """Say of each part how many passages have it, where there is more than one."""
    counts = ", ".join(f"{term} {count}" for term, count in results.terms.items())
    return f" Passages with each part: {counts}." if len(results.terms) > 1 else ""


def _write(results: Results, explanation: Explanation | None) -> None:
    from docterm.search.snippet import snippet

    for step in explanation.steps if explanation else ():
        output.line(f"{'  ' * step.depth}{step.text}  {step.passages:,}")
    if explanation:
        output.line()
    for place, hit in enumerate(results.hits):
        shown = snippet(hit.passage.text, hit.spans, SNIPPET)
        output.paragraph(f"{hit.place}  {hit.document.title}")
        if about := ", ".join(_about(hit)):
            output.paragraph(about, indent="  ")
        output.paragraph(shown.text, shown.spans, indent="  ")
        if explanation:
            output.paragraph(_score(hit, explanation.scores[place]), indent="  ")
        output.line()
    output.paragraph(_total(results))


def _score(hit: Hit, parts: Mapping[str, float]) -> str:
    return f"score {hit.score:.2f} = " + " + ".join(f"{part} {worth:.2f}" for part, worth in parts.items())


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


def _as_json(results: Results, notes: list[str], explanation: Explanation | None) -> dict[str, Any]:
    answer = {
        "schema": "docterm.search/1",
        "query": sanitise(results.query),
        "read_as": results.read_as,
        "notes": notes,
        "total": {"passages": results.passages, "documents": len(results.documents)},
        "suggestion": results.suggestion,
        "terms": dict(results.terms),
        "facets": {name: dict(values) for name, values in results.facets.items()},
        "hits": [_hit_json(hit) for hit in results.hits],
    }
    if explanation is not None:
        answer["explanation"] = {
            "tree": [{"depth": step.depth, "part": step.text, "passages": step.passages} for step in explanation.steps],
            "scores": [{part: round(worth, 4) for part, worth in parts.items()} for parts in explanation.scores],
        }
    return answer


def _hit_json(hit: Hit) -> dict[str, Any]:
    return {
        "document": hit.document.key,
        "title": hit.document.title,
        "source": hit.document.source,
        "date": hit.document.date,
        "kind": hit.document.kind.value,
        "address": hit.passage.address,
        "role": hit.passage.role.value,
        "locator": hit.passage.locator.as_json(),
        "text": hit.passage.text,
        "spans": [list(span) for span in hit.spans],
        "score": round(hit.score, 4),
    }
