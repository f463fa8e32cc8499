"""Reading .bib files, BibTeX and BibLaTeX, as Zotero, Better BibTeX, JabRef and people write them."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import Any

from docterm.library.bibliography.bibtex_fields import TYPES, csl_fields
from docterm.library.bibliography.csl import read_item
from docterm.library.bibliography.entry import Entry
from docterm.text import label

_LONGEST_VALUE = 20_000
_ESCAPED = re.compile(r"\\([:;\\{}_&%#$,])")


def read_bibtex(text: str) -> tuple[list[Entry], list[str]]:
    """Give the entries of a .bib file in their order, and sentences on what in it could not be read."""
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # it says on stderr what the notes say
    library = parse_string(text)
    found = [_entry(entry.entry_type, entry.key, _values(entry.fields)) for entry in library.entries]
    notes: list[str] = []
    for failed in library.failed_blocks:
        line = (failed.start_line or 0) + 1
        if isinstance(failed, DuplicateFieldKeyBlock) and failed.ignore_error_block is not None:
            entry: Any = failed.ignore_error_block
            found.append(_entry(entry.entry_type, entry.key, _values(entry.fields, raw=True)))
        elif isinstance(failed, DuplicateBlockKeyBlock):
            notes.append(f"line {line}: the key {label(failed.key, 60)} stands there a second time.")
        else:
            notes.append(f"line {line}: this entry is not written as BibTeX wants it.")
    return [entry for entry in found if entry is not None], notes


def _values(fields: list[Any], *, raw: bool = False) -> dict[str, str]:
    """Give the fields of an entry by lower-case name, of a field that stands twice the first.

    The values of an entry that was set aside are `raw`: as in the file, with what encloses them.
    """
    values: dict[str, str] = {}
    for field in fields:
        value = str(field.value)[:_LONGEST_VALUE].strip()
        if raw and len(value) > 1 and value[0] + value[-1] in ("{}", '""'):
            value = value[1:-1]
        values.setdefault(str(field.key).lower(), value)
    return values


def _entry(kind: str, key: str, values: Mapping[str, str]) -> Entry | None:
    fields = csl_fields(kind.lower(), values)
    record = read_item({"id": key, "type": TYPES.get(kind.lower(), "document"), **fields})
    if record is None or not record.get("id"):
        return None
    return Entry(record, attached(values.get("file", "")))


def attached(field: str) -> tuple[str, ...]:
    """Give the paths in a `file` field: `:path:PDF`, `Title:path:application/pdf;...`, or plain paths.

    A colon, semicolon or backslash of a title or path stands behind a backslash; drive letters mostly do not.
    """
    paths = (_path(_split(piece, ":")) for piece in _split(field, ";"))
    return tuple(path for path in paths if path)


def _split(text: str, separator: str) -> list[str]:
    """Cut `text` wherever the separator stands without a backslash before it."""
    parts: list[str] = []
    start = 0
    for match in re.finditer(rf"\\.|{separator}", text, re.DOTALL):
        if match[0] == separator:
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]


def _path(raw: list[str]) -> str:
    """Give the path among the parts of an attachment: all between its title and its type."""
    parts = [_ESCAPED.sub(r"\1", part).strip() for part in raw]
    if len(parts) > 2:
        path = ":".join(parts[1:-1])
    elif len(parts) == 2 and len(parts[0]) > 1:
        path = parts[0] if "." in parts[0] and "." not in parts[1] else parts[1]
    else:
        path = ":".join(parts)
    return label(path.replace("\\", "/"), 1000)
