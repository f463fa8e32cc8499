"""Quotes as annotations of the web (W3C Web Annotation Data Model, 2017), which Hypothesis and others read."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote as percent

from docterm.quotes import markdown
from docterm.quotes.model import Quote, QuoteKind
from docterm.quotes.reference import field
from docterm.quotes.works import described

PREFIX = "urn:x-docterm:quote:"
PAGE = {"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:x-docterm:notebook", "type": "AnnotationPage"}


def annotation(quote: Quote) -> dict[str, Any]:
    """Give a quote as an annotation of the work it cites.

    The words select themselves with what stands around them; their position is counted inside the paragraph, which the
    work's paragraphs number. A paraphrase is no words of the work: it is a body that describes the paragraph.
    """
    verbatim = quote.kind is QuoteKind.VERBATIM
    bodies = [] if verbatim else [_text(quote.text, "describing")]
    bodies += [_text(quote.note, "commenting")] if quote.note else []
    bodies += [_text(tag, "tagging") for tag in quote.tags]
    first, last = _paragraph(quote.address.first), _paragraph(quote.address.last)
    selectors: list[dict[str, Any]] = []
    if verbatim:
        words = {"exact": quote.text, "prefix": quote.prefix, "suffix": quote.suffix}
        selectors.append({"type": "TextQuoteSelector", **words})
        first["refinedBy"] = {
            "type": "TextPositionSelector",
            "start": quote.start,
            "end": quote.start + len(quote.text),
        }
        if quote.address.last > quote.address.first:
            first["refinedBy"]["end"] = quote.start
            last["refinedBy"] = {"type": "TextPositionSelector", "start": quote.end, "end": quote.end}
    same = quote.address.first == quote.address.last
    selectors.append(first if same else {"type": "RangeSelector", "startSelector": first, "endSelector": last})
    made: dict[str, Any] = {
        "id": f"{PREFIX}{quote.id}",
        "type": "Annotation",
        "motivation": "highlighting" if verbatim else "describing",
        "created": quote.created.replace("+00:00", "Z"),
        "target": {"source": _source(quote), "selector": selectors},
    }
    return made | ({"body": bodies} if bodies else {})


def _text(value: str, purpose: str) -> dict[str, str]:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}


def _paragraph(number: int) -> dict[str, Any]:
    return {"type": "FragmentSelector", "value": f"paragraph={number}"}


def _source(quote: Quote) -> str:
    """Give the work's address: on the web, by its DOI, else by its key."""
    record = described(quote)
    url, doi = field(record, "URL"), field(record, "DOI")
    if markdown.is_web(url):
        return url
    return f"https://doi.org/{percent(doi, safe='/')}" if doi else f"urn:x-docterm:document:{percent(quote.key)}"
