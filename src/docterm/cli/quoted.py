"""Quotes on the command line: which are meant, and how they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from docterm.cli import output
from docterm.quotes.form import Form
from docterm.text import label

if TYPE_CHECKING:
    from docterm.quotes.check.manuscripts import Uses
    from docterm.quotes.model import Quote
    from docterm.quotes.notebook import Notebook
    from docterm.quotes.verify import Verdict

FAULTS = ("altered", "source missing")
NONE_SAVED = "No quote was saved yet: `docterm quote ADDRESS TEXT` saves one."


def chosen(notebook: Notebook, names: Sequence[str]) -> Sequence[Quote]:
    """Give the quotes that are named, each once, or all of them. Raises QuoteError for a name that is none's."""
    return [notebook.get(name) for name in dict.fromkeys(names)] if names else notebook.quotes()


def quote_json(quote: Quote, verdict: Verdict) -> dict[str, Any]:
    """Give a quote in the shape of `docterm.quotes/1`."""
    from docterm.quotes.citation import citation

    first = quote.captured
    return {
        "id": quote.id,
        "kind": quote.kind.value,
        "text": quote.text,
        "address": str(quote.address),
        "locator": quote.locator.as_json(),
        "key": quote.key,
        "note": quote.note,
        "tags": list(quote.tags),
        "created": quote.created,
        "status": verdict.status.value,
        "now": None if verdict.address is None else str(verdict.address),
        "alterations": [each._asdict() for each in quote.alterations],
        "attribution": None if quote.attribution is None else quote.attribution.as_json(),
        "captured": None if first is None else {"address": str(first.address), "text": first.text},
        "citation": citation(quote),
    }


def used_json(uses: Uses | None, quote: Quote) -> dict[str, Any]:
    """Give where the linked manuscripts use a quote, as a field of `docterm.quotes/1`: null where none is linked."""
    found = None if uses is None else [{"path": label(use.path, 1000), "line": use.line} for use in uses.of(quote)]
    return {"used": found}


def used_words(uses: Uses | None, quote: Quote) -> str:
    """Say how often the linked manuscripts use a quote, and where; nothing where none is linked."""
    if uses is None:
        return ""
    found = uses.of(quote)
    if not found:
        return "unused"
    lines: dict[str, list[str]] = {}
    for use in found:
        lines.setdefault(label(use.path.name, 200), []).append(str(use.line))
    return f"used {len(found)}x: {', '.join(f'{name}:' + ','.join(each) for name, each in lines.items())}"


def write_quote(quote: Quote, status: str, used: str = "") -> None:
    """Write a quote with its citation, note and tags; `status` says what is the matter with it, `used` where it is."""
    from docterm.quotes.citation import cite

    output.paragraph(f"{quote.id}  {label(quote.address)}  {status}")
    for line in cite(quote, Form.TEXT).splitlines():
        output.paragraph(line.strip(), indent="  ")
    if quote.captured:
        output.paragraph(f"anchored anew; captured from {label(quote.captured.address)}", indent="  ")
    if quote.alterations:
        output.paragraph("altered: the words captured are as they were", indent="  ")
    if quote.note:
        output.paragraph(f"note: {label(quote.note, 2000)}", indent="  ")
    if used:
        output.paragraph(used, indent="  ")
    if quote.tags:
        output.paragraph(f"tags: {', '.join(quote.tags)}", indent="  ")
    output.line()
