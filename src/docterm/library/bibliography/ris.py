"""Reading and writing RIS, the tagged form that databases and reference managers exchange."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docterm.library.bibliography.csl import read_item
from docterm.library.bibliography.dates import shown_date
from docterm.library.bibliography.entry import Entry
from docterm.library.bibliography.keys import make_key
from docterm.library.bibliography.names import typed_names
from docterm.library.model import Record
from docterm.text import label

_LINE = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*))?")
_LONGEST = 20_000
_TYPES = {
    "JOUR": "article-journal", "MGZN": "article-magazine", "NEWS": "article-newspaper", "BOOK": "book",
    "CHAP": "chapter", "THES": "thesis", "RPRT": "report", "CONF": "paper-conference", "CPAPER": "paper-conference",
    "ELEC": "webpage", "BLOG": "post-weblog", "VIDEO": "motion_picture", "PAMP": "pamphlet", "MAP": "map",
    "DATA": "dataset", "COMP": "software", "CASE": "legal_case", "STAT": "legislation", "BILL": "bill", "PAT": "patent",
    "STAND": "standard", "UNPB": "manuscript", "MANSCPT": "manuscript", "EDBOOK": "book", "EBOOK": "book",
    "ECHAP": "chapter", "EJOUR": "article-journal", "ICOMM": "personal_communication", "ENCYC": "entry-encyclopedia",
    "DICT": "entry-dictionary", "HEAR": "hearing", "SOUND": "song", "ART": "graphic", "GEN": "document",
}  # fmt: skip
_NAMES = {"AU": "author", "A1": "author", "A2": "editor", "ED": "editor", "A4": "translator"}
_TEXTS = {
    "TI": "title", "T1": "title", "T2": "container-title", "JO": "container-title", "JF": "container-title",
    "BT": "container-title", "T3": "collection-title", "ST": "title-short", "VL": "volume", "IS": "issue",
    "ET": "edition", "PB": "publisher", "CY": "publisher-place", "UR": "URL", "DO": "DOI", "LA": "language",
    "AB": "abstract", "N2": "abstract", "N1": "note", "M3": "genre", "SE": "section", "DB": "source",
}  # fmt: skip
_DATES = {"DA": "issued", "Y1": "issued", "PY": "issued", "Y2": "accessed"}
"""Those that say most come first: a year alone does not replace a day."""
_SERIAL_NUMBERS = frozenset(("BOOK", "CHAP", "EDBOOK", "EBOOK", "ECHAP", "CONF"))
_FILES = ("L1", "L4")


def read_ris(text: str) -> tuple[list[Entry], list[str]]:
    """Give the records of a .ris file in their order, and sentences on what in it could not be read.

    One without an id gets a key made of its author, year and title.
    """
    found: list[Entry] = []
    notes: list[str] = []
    for line, tags in _records(text):
        record = _record(tags)
        if record is None or not record.get("id"):
            notes.append(f"line {line}: this record has no id, and neither author, year nor title to make one of.")
        else:
            found.append(Entry(record, tuple(label(path, 1000) for name in _FILES for path in tags.get(name, []))))
    return found, notes


def _records(text: str) -> Iterator[tuple[int, dict[str, list[str]]]]:
    """Give the tags of each record with the line it begins in; a line without a tag goes on with the one before."""
    tags: dict[str, list[str]] = {}
    began, last = 0, ""
    for number, line in enumerate(text.splitlines(), 1):
        found = _LINE.fullmatch(line.rstrip())
        if found is None:
            if last and line.strip() and len(tags[last][-1]) < _LONGEST:
                tags[last][-1] += f" {line.strip()}"
            continue
        name, value = found[1], (found[2] or "").strip()[:_LONGEST]
        if name in {"TY", "ER"}:
            if tags:
                yield began, tags
            tags, began, last = ({"TY": [value]} if name == "TY" else {}), number, ""
        elif tags:
            tags.setdefault(name, []).append(value)
            last = name
    if tags:
        yield began, tags


def _record(tags: dict[str, list[str]]) -> Record | None:
    kind = tags["TY"][0].upper()
    record: dict[str, Any] = {"type": _TYPES.get(kind, "document")}
    for name, csl in _TEXTS.items():
        if name in tags and csl not in record:
            record[csl] = tags[name][0]
    for name, csl in _NAMES.items():
        people = [person for text in tags.get(name, ()) for person in typed_names(text)]
        record[csl] = [*record.get(csl, []), *people]
    for name, csl in _DATES.items():
        if name in tags and csl not in record:
            record[csl] = "-".join(part for part in tags[name][0].split("/")[:3] if part)
    if "SN" in tags:
        record["ISBN" if kind in _SERIAL_NUMBERS else "ISSN"] = tags["SN"][0]
    if "KW" in tags:
        record["keyword"] = ", ".join(tags["KW"])
    pages = [tags[name][0] for name in ("SP", "EP") if name in tags]
    record["page"] = "-".join(dict.fromkeys(pages))
    item = read_item(record) or {}
    return {**item, "id": label(tags["ID"][0]) if "ID" in tags else make_key(item)}


# --- writing -------------------------------------------------------------------------------------


def write_ris(item: Record) -> str:
    """Give a CSL-JSON item as a record of RIS, from TY to ER."""
    kind = next((name for name, csl in _TYPES.items() if csl == item.get("type")), "GEN")
    lines = [("TY", kind), ("ID", item.get("id"))]
    lines += [(name, _listed(person)) for name, csl in (("AU", "author"), ("A2", "editor"), ("A4", "translator"))
              for person in item.get(csl, [])]  # fmt: skip
    written = {csl: name for name, csl in reversed(_TEXTS.items())}
    lines += [(name, item.get(csl)) for csl, name in sorted(written.items(), key=lambda pair: pair[1])]
    lines += [("PY", shown_date(item.get("issued"))[:4]), ("DA", _date(item.get("issued")))]
    lines += [("Y2", _date(item.get("accessed"))), ("SN", item.get("ISBN") or item.get("ISSN"))]
    first, _, last = str(item.get("page", "")).replace("–", "-").partition("-")
    lines += [("SP", first), ("EP", last)]
    lines += [("KW", word.strip()) for word in str(item.get("keyword", "")).split(",")]
    texts = [(name, label(value, _LONGEST)) for name, value in lines if value not in (None, "")]
    return "\n".join([*(f"{name}  - {value}" for name, value in texts), "ER  - "])


def ris_records(text: str) -> list[tuple[str, str]]:
    """Give the records in a text as they stand there, each with its id; what stands between has an empty one."""
    pieces: list[tuple[str, str]] = []
    end = 0
    for found in re.finditer(r"^TY  -.*?^ER  -[^\n]*$", text, re.MULTILINE | re.DOTALL):
        named = re.search(r"^ID  - (.*?)\s*$", found[0], re.MULTILINE)
        pieces += [("", text[end : found.start()]), (named[1] if named else "", found[0])]
        end = found.end()
    return [*pieces, ("", text[end:])]


def own_lines(old: str, new: str) -> str:
    """Give the record `new` with the lines of `old` whose tags it has not: what the user added stays."""
    tags = set(re.findall(r"^([A-Z][A-Z0-9])  -", new, re.MULTILINE))
    extra = [line for line in old.splitlines() if (found := _LINE.fullmatch(line.rstrip())) and found[1] not in tags]
    body, _, end = new.rpartition("\n")
    return "\n".join([body, *extra, end])


def _listed(person: Record) -> str:
    if not person.get("family"):
        return str(person.get("literal") or person.get("given", ""))
    particles = (person.get("dropping-particle"), person.get("non-dropping-particle"), person["family"])
    parts = (" ".join(part for part in particles if part), person.get("given"), person.get("suffix"))
    return ", ".join(part for part in parts if part)


def _date(value: object) -> str:
    parts = (
        shown_date(value).partition("/")[0].split("-") if isinstance(value, dict) and "date-parts" in value else [""]
    )
    return "/".join([*parts, "", ""][:3]) if parts[0] else ""
