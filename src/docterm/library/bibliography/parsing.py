"""Parsing what stands in a file of records, whichever of the forms it has."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from docterm.errors import Code, ReadError
from docterm.library.bibliography.csl import read_item
from docterm.library.bibliography.entry import Entry
from docterm.library.bibliography.origin import Origin
from docterm.library.bibliography.records import json_fault, read_items
from docterm.text import label

MOST_ENTRIES = 100_000
_MOST_NOTES = 3
_LOOKS_LIKE_RECORDS = re.compile(r"^(?:references:|-\s+(?:id|type|author|title|issued)\s*:)", re.MULTILINE)

Read = tuple[list[Entry], list[str]]


def parse_records(origin: str, data: bytes) -> Read:
    """Give the entries of a file of records, and sentences on what is wrong with it, a few at most."""
    try:
        entries, notes = _PARSERS[Origin(origin)](data.decode("utf-8-sig", "replace"))
    except ReadError as error:
        entries, notes = [], [str(error)]
    except (ValueError, RecursionError) as error:
        entries, notes = [], [json_fault(error)]
    if len(notes) > _MOST_NOTES:
        notes = [*notes[:_MOST_NOTES], f"And {len(notes) - _MOST_NOTES:,} more places."]
    if len(entries) > MOST_ENTRIES:
        notes.append(f"It holds {len(entries):,} records: the first {MOST_ENTRIES:,} were read.")
    return entries[:MOST_ENTRIES], [label(note, 400) for note in notes]


def _read_json(text: str) -> Read:
    return _filed(json.loads(text))


def _read_sidecar(text: str) -> Read:
    item = json.loads(text)
    if isinstance(item, list) and item:
        item = item[0]
    record = read_item(item)
    if not record:
        raise ReadError("It holds no record.", "A sidecar is one item of CSL-JSON.", Code.MALFORMED)
    return [Entry(record)], []


def _read_bib(text: str) -> Read:
    from docterm.library.bibliography.bibtex import read_bibtex  # here: most libraries have none, and a start pays

    return read_bibtex(text)


def _read_ris(text: str) -> Read:
    from docterm.library.bibliography.ris import read_ris  # here, as above

    return read_ris(text)


def _read_yaml(text: str) -> Read:
    if not _LOOKS_LIKE_RECORDS.search(text):
        return [], []  # the file of another program: settings, most of the time
    from docterm.library.bibliography.yaml import read_yaml  # here, as above

    found = read_yaml(text)
    items = found.get("references") if isinstance(found, dict) else found
    return _filed(items if isinstance(items, list) else [])


def _filed(items: object) -> Read:
    records, again = read_items(items)
    notes = [f"The key {label(key, 60)} stands there a second time." for key in again]
    return [Entry(record) for record in records.values()], notes


_PARSERS: dict[Origin, Callable[[str], Read]] = {
    Origin.REFERENCES: _read_json,
    Origin.SIDECAR: _read_sidecar,
    Origin.BIB: _read_bib,
    Origin.YAML: _read_yaml,
    Origin.RIS: _read_ris,
}
