"""What is cited: works as CSL-JSON items that a processor can take, and the place in a work."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from docterm.library.bibliography.csl import FIELDS, read_item
from docterm.library.model import Record
from docterm.quotes.model import Quote
from docterm.quotes.quotation import ENGLISH, Language
from docterm.quotes.reference import field, names_nobody
from docterm.text import fold

_OF_A_CITATION = frozenset(
    ("citation-label", "citation-number", "first-reference-note-number", "locator", "year-suffix")
)
_REPUBLISHED = re.compile(r"^\s*republished by\s+(.+?)[\s.]*$", re.IGNORECASE | re.MULTILINE)


class By(StrEnum):
    """By what a citation says where in a work its quote stands."""

    PARAGRAPH = "paragraph"
    PAGE = "page"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a work a quote stands, as a citation says it."""

    label: str
    """The name of the locator in CSL: `paragraph` or `page`."""
    value: str
    """One number or a range, `4` or `4–6`."""
    heading: str = ""
    """The heading above it, where the paragraph alone is not what was asked for."""


class Mode(StrEnum):
    """How a citation stands to its sentence."""

    PARENTHETICAL = "parenthetical"
    """(Gabuev & Kovachich, 2021, para. 4), behind the words."""
    NARRATIVE = "narrative"
    """Gabuev and Kovachich (2021, para. 4), before the words, as part of the sentence."""
    YEAR = "year"
    """(2021, para. 4), where the sentence has named the authors."""


class Cite(NamedTuple):
    """A citation to be made: the index of its work, the place in it, and how it is to stand."""

    work: int
    place: Place | None
    prefix: str = ""
    """What stands before the work: `Cao, as cited in`."""
    mode: Mode = Mode.PARENTHETICAL


class Work(NamedTuple):
    """A work that quotes cite: its key, and its record as its latest quote has it."""

    key: str
    record: dict[str, Any]


def place(quote: Quote, by: By) -> Place:
    """Give where a quote stands; by the paragraph where its document has no pages or headings."""
    if by == By.PAGE and quote.locator.shown_page:
        return Place("page", quote.locator.shown_page)
    first, last = quote.address.first, quote.address.last
    heading = quote.locator.headings[-1] if by == By.HEADING and quote.locator.headings else ""
    return Place("paragraph", str(first) if first == last else f"{first}–{last}", heading)


def said(where: Place, language: Language) -> str:
    """Give a place as words: `para. 4`, `paras. 4–6`, or with its heading, `“The pilots,” para. 4`."""
    name = language.paragraph if where.label == "paragraph" else language.page
    if "–" in where.value and language.paragraph == ENGLISH.paragraph:
        name = {"para.": "paras.", "p.": "pp."}.get(name, name)
    number = f"{name} {where.value}"
    if not where.heading:
        return number
    comma = f",{language.closing}" if language.stop_inside else f"{language.closing},"
    return f"{language.opening}{where.heading}{comma} {number}"


def works(quotes: Sequence[Quote]) -> tuple[list[Work], list[int]]:
    """Give the works that quotes cite, each once, in the order of the quotes; and for each quote the index of its own.

    Two works of one key (the notebook of two libraries) are told apart by their titles.
    """
    found: dict[tuple[str, str], Work] = {}
    latest: dict[tuple[str, str], str] = {}
    for quote in quotes:
        name = quote.key, fold(quote.title)
        if name not in found or quote.created >= latest[name]:
            found[name] = Work(quote.key, described(quote))
            latest[name] = quote.created
    order = list(found)
    return list(found.values()), [order.index((quote.key, fold(quote.title))) for quote in quotes]


def described(quote: Quote) -> dict[str, Any]:
    """Give the quote's record; what it lacks is filled in from what the library showed of the document."""
    return completed(quote.record, quote.title, quote.source, quote.date)


def completed(record: Record, title: str, source: str, date: str) -> dict[str, Any]:
    """Give a record with the title, source and date of its document where it has none of its own."""
    whole = dict(record)
    if title and not whole.get("title"):
        whole["title"] = title
    if source and names_nobody(whole):
        whole["publisher"] = source
    if date and not whole.get("issued"):
        dated = re.fullmatch(r"\d{4}(?:-\d{2}){0,2}", date)
        whole["issued"] = {"date-parts": [[int(part) for part in date.split("-")]]} if dated else {"literal": date}
    return whole


def csl_item(record: Record, item_id: str) -> dict[str, Any]:
    """Give a record as a strict CSL-JSON item: only fields that CSL knows, each of the type it wants."""
    item = read_item(dict(record)) or {}
    kept = {name: value for name, value in item.items() if name in FIELDS and name not in _OF_A_CITATION}
    return {"type": "document", **kept, "id": item_id}


def csl_items(cited: Iterable[Work]) -> list[dict[str, Any]]:
    """Give works as CSL-JSON items under their keys, of two with one key the first."""
    items: dict[str, dict[str, Any]] = {}
    for work in cited:
        items.setdefault(work.key, csl_item(work.record, work.key))
    return list(items.values())


def republisher(record: Record) -> str:
    """Give who republished the work that was read, when its record says so: few styles print that."""
    custom = record.get("custom")
    named = field(custom, "republished_by") if isinstance(custom, dict) else ""
    note = record.get("note")
    found = _REPUBLISHED.search(note) if isinstance(note, str) else None
    return named or (found[1] if found else "")
