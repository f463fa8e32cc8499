"""What docterm asks of a record: who speaks, when, of what kind. And the record a file gives of itself.

Records are CSL-JSON 1.0.2 items. docterm's own data stands under `custom.docterm`: `kind` ("digest"), `source` (who
speaks), `fingerprint` (a sketch of the original's text), `tags` and `groups`, and for what was corrected or pinned
`corrected` and `pinned` (see `bibliography.references`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from docterm.errors import Code, ReadError
from docterm.library.bibliography.csl import FIELD_LIMIT, TYPES, read_item
from docterm.library.bibliography.dates import parse_date, shown_date
from docterm.library.bibliography.names import found_names
from docterm.library.fingerprint import SKETCH_SIZE, Sketch
from docterm.library.model import Record
from docterm.text import label

MAX_REFERENCES_BYTES = 16 * 1024 * 1024


def read_items(items: object) -> tuple[dict[str, Record], list[str]]:
    """Give the items of a list that have a key, by it, of each key the first; and the keys that stand there again.

    Raises ReadError when `items` is no list.
    """
    if not isinstance(items, list):
        raise ReadError("It is not a list of records.", "A CSL-JSON file is a JSON array of items.", Code.MALFORMED)
    records: dict[str, Record] = {}
    again: list[str] = []
    for item in items:
        record = read_item(item)
        if record is None or not record.get("id"):
            continue
        if record["id"] in records:
            again.append(record["id"])
        records.setdefault(record["id"], record)
    return records, again


def json_fault(error: ValueError | RecursionError) -> str:
    """Say what is wrong with a file of JSON that cannot be read, and what to do."""
    match error:
        case json.JSONDecodeError():
            why = f"It is no whole JSON from line {error.lineno}, column {error.colno} on."
        case UnicodeDecodeError():
            why = "It is not in UTF-8."
        case RecursionError():
            why = "It is nested too deep."
        case _:
            why = "It holds a number or an item that cannot be read."
    return f"{why} Mend it in an editor; until then its records are not used."


def own_data(record: Record) -> dict[str, Any]:
    """Give docterm's own part of a record, empty when there is none."""
    custom = record.get("custom")
    data = custom.get("docterm") if isinstance(custom, dict) else None
    return data if isinstance(data, dict) else {}


def is_digest(record: Record) -> bool:
    """Say whether the record describes a work of which docterm carries a digest."""
    return own_data(record).get("kind") == "digest"


def fingerprint(record: Record) -> Sketch:
    """Give the sketch of the original that a record keeps, empty when it keeps none."""
    numbers = own_data(record).get("fingerprint")
    if not isinstance(numbers, list) or not all(isinstance(number, int) for number in numbers):
        return ()
    return tuple(numbers[:SKETCH_SIZE])


def own_list(record: Record, name: str) -> tuple[str, ...]:
    """Give the tags or the groups that docterm keeps of a document."""
    items = own_data(record).get(name)
    return tuple(item for item in items if isinstance(item, str) and item) if isinstance(items, list) else ()


def source(record: Record) -> str:
    """Give who speaks: docterm's own field, else the publication, else the publisher, else nothing."""
    named = (own_data(record).get("source"), record.get("container-title"), record.get("publisher"))
    return next((name for name in named if isinstance(name, str) and name), "")


def issued(record: Record) -> str:
    """Give the date of publication as `YYYY[-MM[-DD]]`, the first of two; else nothing."""
    date = record.get("issued")
    shown = shown_date({"date-parts": date.get("date-parts")}) if isinstance(date, dict) else ""
    return shown.partition("/")[0]


_PLAIN = {
    "URL": "url", "DOI": "doi", "ISBN": "isbn", "ISSN": "issn", "language": "language", "abstract": "abstract",
    "keyword": "keywords", "volume": "volume", "issue": "issue", "page": "pages", "publisher": "publisher",
}  # fmt: skip


def record_from_meta(meta: Mapping[str, str]) -> Record:
    """Make a record of what a reader found in a file: its front matter or properties, headline, byline, date."""
    record: dict[str, Any] = {"title": meta.get("title", ""), "author": found_names(_author(meta))}
    record |= {name: label(meta[called], FIELD_LIMIT) for name, called in _PLAIN.items() if called in meta}
    record["container-title"] = label(meta.get("source") or meta.get("publisher", ""))
    record["issued"] = parse_date(meta.get("date", ""))
    record["type"] = meta.get("type", "").lower()
    if record["type"] not in TYPES:
        del record["type"]
    if record.get("publisher") == record["container-title"]:
        record.pop("publisher", None)
    return {name: value for name, value in record.items() if value}


def meta_name(field: str) -> str:
    """Give the name that a reader has for a field of a record."""
    return {"issued": "date", "container-title": "source", **_PLAIN}.get(field, field)


def _author(meta: Mapping[str, str]) -> str:
    said = meta.get("author") or meta.get("authors", "")
    return re.sub(r"\s+", " ", said)
