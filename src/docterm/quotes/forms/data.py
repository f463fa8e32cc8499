"""Quotes as rows of a table and as JSON objects."""

from __future__ import annotations

from typing import Any

from docterm.quotes.citation import citation
from docterm.quotes.model import Quote
from docterm.quotes.reference import field, short_authors, year
from docterm.quotes.works import described

SCHEMA = "docterm.notebook/1"
_FORMULA = tuple("=+-@\t\r")


def row(quote: Quote) -> dict[str, str]:
    """Give a quote as a row of a table; every cell is text and nothing else."""
    record = described(quote)
    first, last = quote.address.first, quote.address.last
    values: dict[str, object] = {
        "id": quote.id,
        "kind": quote.kind.value,
        "text": quote.text,
        "key": quote.key,
        "paragraph": first if first == last else f"{first}–{last}",
        "page": quote.locator.shown_page,
        "heading": " › ".join(quote.locator.headings),
        "author": short_authors(record),
        "year": year(record),
        "title": field(record, "title"),
        "source": quote.source,
        "url": field(record, "URL"),
        "citation": citation(quote),
        "note": quote.note,
        "tags": ", ".join(quote.tags),
        "created": quote.created,
    }
    return {name: cell(value) for name, value in values.items()}


def cell(value: object) -> str:
    """Give a value as text that no spreadsheet takes for a formula: an apostrophe goes before what begins as one."""
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def of_cell(text: str) -> str:
    """Give what `cell` was given."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def as_object(quote: Quote) -> dict[str, Any]:
    """Give a quote with all that the notebook has of it, and its plain citation."""
    alterations = [each._asdict() for each in quote.alterations]
    spoken = None if quote.attribution is None else quote.attribution.as_json()
    return quote.as_json() | {"alterations": alterations, "attribution": spoken, "citation": citation(quote)}
