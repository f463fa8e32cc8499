"""Quotes with their citations, in readable author-date form, as text and as Markdown.

Short verbatim quotes run in, between double quotation marks; from 40 words on, or across paragraphs, they
are block quotes without marks (APA 7, 8.26 and 8.27). A paraphrase from a digest is not the source's words: it
never gets quotation marks or a block, and says what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from docterm.quotes import markdown
from docterm.quotes.model import Quote, QuoteKind
from docterm.quotes.reference import Form, names_nobody, reference, short_authors, year
from docterm.text import fold, tokens, words

__all__ = ["PARAPHRASE", "Form", "citation", "cite", "reference", "render"]

PARAPHRASE = "(paraphrase from docterm's digest)"
BLOCK_WORDS = 40
_INNER_MARKS = str.maketrans({"“": "‘", "”": "’", '"': "'"})
_PARAGRAPH = "\n"


def cite(quote: Quote, form: Form) -> str:
    """Give a quote with its citation, ready to paste into a manuscript.

    In a run-in quote double quotation marks become single ones, and a closing full stop moves behind the
    citation; nothing else of the words is changed.
    """
    cited = citation(quote, form)
    if quote.kind is QuoteKind.PARAPHRASE:
        plain = "\n\n".join(_lines(quote.text, form))
        return f"{plain} {cited} {PARAPHRASE}"
    if _PARAGRAPH in quote.text or len(words(quote.text)) >= BLOCK_WORDS:
        return _block(quote.text, cited, form)
    text, stop = _without_stop(quote.text.translate(_INNER_MARKS))
    return f"“{text if form is Form.TEXT else markdown.escape(text)}” {cited}{stop}"


def render(quotes: Iterable[Quote], form: Form) -> str:
    """Give all quotes with their citations, then the references, sorted, each work once.

    A work whose record was changed between two quotes is listed as its latest quote has it.
    """
    chosen = tuple(quotes)
    works: dict[tuple[str, str], dict[str, Any]] = {}
    for quote in sorted(chosen, key=lambda quote: quote.created):
        works[quote.key, fold(quote.title)] = _described(quote)
    listed = sorted(works.values(), key=lambda record: fold(reference(record)))
    references = dict.fromkeys(reference(record, form) for record in listed)
    heading = "References" if form is Form.TEXT else "## References"
    parts = [cite(quote, form) for quote in chosen]
    return "\n\n".join([*parts, heading, *references]) if chosen else ""


def citation(quote: Quote, form: Form) -> str:
    """Give the citation alone: (Gabuev & Kovachich, 2021, para. 7), in Markdown a Pandoc citation."""
    first, last = quote.address.first, quote.address.last
    locator = f"para. {first}" if first == last else f"paras. {first}–{last}"
    if form is Form.MARKDOWN:
        return f"[{markdown.citation_key(quote.key)}, {locator}]"
    record = _described(quote)
    return f"({short_authors(record)}, {year(record)}, {locator})"


def _described(quote: Quote) -> dict[str, Any]:
    """Give the quote's record; what it lacks is filled in from what the library showed of the document."""
    record = dict(quote.record)
    if quote.title and not record.get("title"):
        record["title"] = quote.title
    if quote.source and names_nobody(record):
        record["publisher"] = quote.source
    if quote.date and not record.get("issued"):
        dated = re.fullmatch(r"\d{4}(?:-\d{2}){0,2}", quote.date)
        record["issued"] = {"date-parts": [quote.date.split("-")]} if dated else {"literal": quote.date}
    return record


def _block(text: str, citation: str, form: Form) -> str:
    if form is Form.TEXT:
        return "\n\n".join(f"    {line}" for line in _lines(text, form)) + f" {citation}"
    return "\n>\n".join(f"> {line}" for line in _lines(text, form)) + f" {citation}"


def _lines(text: str, form: Form) -> list[str]:
    """Give the paragraphs of a quote, each as one line that is safe in its form."""
    lines = [line.strip() for line in text.split(_PARAGRAPH) if line.strip()]
    return lines if form is Form.TEXT else [markdown.guard_line(markdown.escape(line)) for line in lines]


def _without_stop(text: str) -> tuple[str, str]:
    """Part a closing full stop from the words; that of an ellipsis or an abbreviation (`U.S.`) belongs to them."""
    if not text.endswith(".") or text.endswith(".."):
        return text, ""
    last = list(tokens(text))[-1:]
    return (text, "") if last and last[0].end == len(text) else (text[:-1], ".")
