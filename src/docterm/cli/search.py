"""`docterm search`: the passages that answer a query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from docterm.cli import output
from docterm.cli import saved as searches
from docterm.cli.context import HELP, Options, emptiness, form_options, library_root, opened, place_options, searching
from docterm.errors import RequestError
from docterm.text import counted, sanitise

if TYPE_CHECKING:
    from docterm.search.explain import Explanation
    from docterm.search.results import Hit, Results

LIMIT = 20
SNIPPET = 320
"""Code points of a passage that are shown of a hit."""


@click.command("search", context_settings=HELP)
@click.argument("query", nargs=-1)
@click.option("--limit", metavar="N", type=click.IntRange(min=1), default=LIMIT, help=f"Show the best N ({LIMIT}).")
@click.option(
    "--sort",
    type=click.Choice(["relevance", "date", "place", "document"]),
    default="relevance",
    help="Best first, newest first, in the order of the library, or the best grouped by document.",
)
@click.option("--explain", is_flag=True, help="Show the query as a tree, and what each part adds to a score.")
@click.option("--save", metavar="NAME", help="Save the search under a name, with all that it finds as seen.")
@click.option(
    "--saved",
    metavar="[NAME]",
    is_flag=False,
    flag_value="",
    help="Show what is new in a saved search since you last looked; without NAME, list all of them.",
)
@click.option("--forget", metavar="NAME", help="Remove a saved search.")
@form_options(lines=True, what="hit")
@place_options
@click.pass_obj
def command(
    options: Options,
    query: tuple[str, ...],
    *,
    limit: int,
    sort: str,
    explain: bool,
    save: str | None,
    saved: str | None,
    forget: str | None,
    form: str | None,
) -> int:
    """Find the passages that answer a query.

    QUERY is words that a passage must all have, in any of their grammatical forms; of a sentence, any of its words.
    "Words in quotation marks" stand side by side, cens* is every word that begins so, censor* NEAR/5 web stands near
    it; OR, -word, (groups), title:, author:, source:, tag:, since:2019 and more are in docs/query.md. A query that
    begins with - follows --. A saved search is one of this library; the explorer has the same ones.
    """
    if query and saved is None and forget is None:
        return _answer(options, " ".join(query), limit=limit, sort=sort, explain=explain, save=save, form=form)
    if query or save is not None or (saved is None) == (forget is None):
        raise RequestError("One thing is needed: a QUERY, --saved or --forget.", "`docterm search --help` says more.")
    if forget is not None:
        return searches.forget(options, forget)
    return _news(options, saved, limit, form) if saved else searches.list_all(options, form)


def _answer(
    options: Options, text: str, *, limit: int, sort: str, explain: bool, save: str | None, form: str | None
) -> int:
    from docterm.search.results import Sort

    with opened(library_root(options)) as library, searching(library) as service:
        results = service.search(text, limit=limit, sort=Sort(sort))
        explanation = service.explain(results) if explain else None
        notes = [*library.notes, *service.notes, *results.notes, *emptiness(library)]
        spread = service.dispersion(results) if form == "json" else {}
        if save is not None:
            notes.append(searches.save(library, save, text, searches.found(service, text).hits))
    if form == "json":
        output.emit(_as_json(results, notes, explanation) | {"dispersion": spread})
        return 0 if results.hits else 1
    output.notes([f"read as: {results.read_as}", *notes])
    if form == "jsonl":
        output.emit_lines(map(_hit_json, results.hits))
    elif results.hits:
        _write(results, explanation)
        output.paragraph(_total(results))
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


def _news(options: Options, name: str, limit: int, form: str | None) -> int:
    """Show the passages that are new in a saved search; from then on they are seen."""
    with opened(library_root(options)) as library, searching(library) as service:
        saved = searches.named(library, name)
        results = searches.found(service, saved.query)
        notes = [*library.notes, *service.notes, *results.notes, *emptiness(library)]
        new = saved.new(results.hits)
        shown = replace(results, hits=tuple(new[:limit]))
        if form == "json":
            told = {"name": saved.name, "looked": saved.looked, "new": len(new)}
            output.emit({**_as_json(shown, notes, None), "saved": told})
        else:
            output.notes([f"read as: {results.read_as}", *notes])
            if form == "jsonl":
                output.emit_lines(map(_hit_json, shown.hits))
            else:
                _write(shown, None)
                output.paragraph(searches.news(saved, new, results.passages))
        searches.save(library, saved.name, saved.query, results.hits)
    return 0 if new else 1


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
