"""Quotes as data: a table (CSV), JSON, W3C Web Annotations, and records as CSL-JSON.

An entry of the file is known by its id. What docterm writes of it is brought up to date; columns, fields and entries of
the user's own stay.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from docterm.errors import CitationError
from docterm.quotes.export.changes import Changes

Entry = dict[str, Any]
_BYTE_ORDER_MARK = "\ufeff"


def merge(
    old: Sequence[Entry], new: Sequence[Entry], known: Collection[str], owned: Callable[[str], bool] = lambda _: True
) -> tuple[list[Entry], Changes]:
    """Give the entries of a file with those of `new` brought up to date, and those it has not yet at the end.

    `owned` says of an id that is not known any more whether docterm wrote it, so that it counts as lost.
    """
    changes = Changes()
    fresh = {str(entry["id"]): entry for entry in new}
    merged: list[Entry] = []
    for entry in old:
        name = str(entry.get("id", ""))
        if name in fresh:
            renewed = {**entry, **fresh.pop(name)}
            (changes.unchanged if renewed == entry else changes.updated).append(name)
            merged.append(renewed)
        else:
            if name and name not in known and owned(name):
                changes.lost.append(name)
            merged.append(entry)
    changes.new += fresh
    return [*merged, *fresh.values()], changes


# --- CSV -----------------------------------------------------------------------------------------


def read_csv(text: str, where: str) -> list[Entry]:
    """Give the rows of a table by their columns; raises CitationError when it has no column `id`."""
    reader = csv.DictReader(io.StringIO(text.removeprefix(_BYTE_ORDER_MARK), newline=""), strict=True)
    try:
        rows = [{str(name): value or "" for name, value in row.items() if name is not None} for row in reader]
    except csv.Error as error:
        raise _unlike(where, f"its table is damaged ({error})") from error
    if "id" not in (reader.fieldnames or ()):
        raise _unlike(where, "it has no column “id”")
    return rows


def write_csv(rows: Sequence[Entry]) -> str:
    """Give rows as a table for spreadsheets: with a byte order mark, which they take as UTF-8."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return _BYTE_ORDER_MARK + written.getvalue()


# --- JSON ----------------------------------------------------------------------------------------


def read_json(text: str, where: str, inside: str = "") -> tuple[Entry, list[Entry]]:
    """Give a JSON object without its list `inside`, and the list; of a bare list, only that.

    Raises CitationError when the file is of another shape.
    """
    try:
        value = json.loads(text.removeprefix(_BYTE_ORDER_MARK))
    except (ValueError, RecursionError) as error:
        raise _unlike(where, "it is not JSON") from error
    whole: Entry = {} if not inside else value if isinstance(value, dict) else {inside: None}
    listed = whole.get(inside) if inside else value
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        raise _unlike(where, "it has no list of objects" + (f" called “{inside}”" if inside else ""))
    return {name: part for name, part in whole.items() if name != inside}, listed


def write_json(value: Mapping[str, Any] | Sequence[Entry]) -> str:
    """Give JSON, laid out so that changes of one entry are changes of few lines."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _unlike(where: str, why: str) -> CitationError:
    return CitationError(
        f"{where} is no file that this form can be added to: {why}.",
        "Name another file with -o; this one is as it was.",
    )
