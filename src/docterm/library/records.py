"""Bibliographic records: reading references.json, and making a record from what a file says of itself.

Records are CSL-JSON 1.0.2 items. docterm's own data stands under `custom.docterm`:
`kind` ("digest"), `source` (who speaks), `fingerprint` (a sketch of the original's text).
"""

from __future__ import annotations

import json
import re
from calendar import monthrange
from pathlib import Path
from typing import Any

from docterm.errors import LibraryError, ReadError
from docterm.library.files import read_file
from docterm.library.fingerprint import SKETCH_SIZE, Sketch
from docterm.library.model import Record
from docterm.text import label

MAX_REFERENCES_BYTES = 16 * 1024 * 1024
FIELD_LIMIT = 1000
"""The longest string kept of a record, in code points."""
DEPTH_LIMIT = 8

_MONTHS = {
    name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3})[a-z]*\.?,?\s+(\d{4})")


def load_records(path: Path) -> dict[str, Record]:
    """Give the records of a references.json by id; none when there is no such file.

    Raises LibraryError when the file is not a JSON array of items. Items without an id are passed over.
    """
    if not path.exists():
        return {}
    try:
        items = json.loads(read_file(path, MAX_REFERENCES_BYTES).data)
    except (ReadError, ValueError, RecursionError) as error:
        raise LibraryError(f"The records in {label(path)} cannot be read: {label(error)}.", "Mend the file.") from error
    if not isinstance(items, list):
        raise LibraryError(f"The records in {label(path)} are not a list.", "A CSL-JSON file is a JSON array of items.")
    records: dict[str, Record] = {}
    for item in items:
        clean = _clean(item)
        if isinstance(clean, dict) and isinstance(clean.get("id"), str) and clean["id"]:
            records.setdefault(clean["id"], clean)
    return records


def _clean(value: object, depth: int = 0) -> object:
    """Give a JSON value with every string in it safe and short."""
    if isinstance(value, str):
        return label(value, FIELD_LIMIT)
    if depth == DEPTH_LIMIT:
        return None
    if isinstance(value, list):
        return [_clean(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {label(name): _clean(item, depth + 1) for name, item in value.items()}
    return value


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


def source(record: Record) -> str:
    """Give who speaks: docterm's own field, else the publication, else the publisher, else nothing."""
    named = (own_data(record).get("source"), record.get("container-title"), record.get("publisher"))
    return next((name for name in named if isinstance(name, str) and name), "")


def issued(record: Record) -> str:
    """Give the date of publication as `YYYY[-MM[-DD]]`, or nothing."""
    match record.get("issued"):
        case {"date-parts": [[*parts], *_]} if parts and all(isinstance(part, int | str) for part in parts):
            numbers: list[int] = []
            for part in parts[:3]:  # as far as they are a date
                if not re.fullmatch(r"\d{1,4}", str(part)) or not _is_date(*numbers, int(part)):
                    break
                numbers.append(int(part))
            return "-".join(f"{number:0{width}}" for number, width in zip(numbers, (4, 2, 2), strict=False))
    return ""


def record_from_meta(key: str, title: str, meta: dict[str, str]) -> Record:
    """Make the record of a document that has none, from what its reader found (front matter, byline, date)."""
    record: dict[str, Any] = {"id": key, "type": label(meta.get("type", "document")), "title": title}
    if authors := [name for name in re.split(r";|,|\band\b", meta.get("author", "")) if name.strip()]:
        record["author"] = [{"literal": label(name)} for name in authors]
    if outlet := meta.get("source") or meta.get("publisher"):
        record["container-title"] = label(outlet)
    if parts := date_parts(meta.get("date", "")):
        record["issued"] = {"date-parts": [parts]}
    if url := meta.get("url"):
        record["URL"] = label(url, FIELD_LIMIT)
    return record


def date_parts(text: str) -> list[int]:
    """Read a date in ISO form or in English words as [year, month, day], as much as it says; else nothing."""
    text = text.strip()
    if match := _ISO.fullmatch(text[:10]):
        parts = [int(part) for part in match.groups() if part]
    elif match := _MONTH_FIRST.search(text):
        parts = [int(match[3]), _MONTHS.get(match[1].lower(), 0), int(match[2])]
    elif match := _DAY_FIRST.search(text):
        parts = [int(match[3]), _MONTHS.get(match[2].lower(), 0), int(match[1])]
    else:
        return []
    return parts if _is_date(*parts) else []


def _is_date(year: int, month: int = 1, day: int = 1) -> bool:
    return year >= 1 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
