"""CSL-JSON 1.0.2: the names and types of its fields, reading items that programs write, and checking what users do."""

from __future__ import annotations

import re
from typing import Any

from docterm.errors import RequestError
from docterm.library.bibliography.dates import parse_date, shown_date
from docterm.library.bibliography.names import shown_names, typed_names
from docterm.library.model import Record
from docterm.text import label

TYPES = frozenset(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset "
    "document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation "
    "manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical "
    "personal_communication post post-weblog regulation report review review-book software song speech standard thesis "
    "treaty webpage".split()
)
_TYPE_WORDS = {"post-weblog": "blog post", "motion_picture": "film"}
NAMES = frozenset(
    "author chair collection-editor compiler composer container-author contributor curator director editor "
    "editorial-director executive-producer guest host illustrator interviewer narrator organizer original-author "
    "performer producer recipient reviewed-author script-writer series-creator translator".split()
)
DATES = frozenset("accessed available-date event-date issued original-date submitted".split())
TEXTS = frozenset(
    "abstract annote archive archive_collection archive_location archive-place authority call-number citation-label "
    "collection-title container-title container-title-short dimensions division DOI event-place event-title genre ISBN "
    "ISSN jurisdiction keyword language license medium note original-publisher original-publisher-place original-title "
    "part-title PMCID PMID publisher publisher-place references reviewed-genre reviewed-title scale section source "
    "status title title-short URL volume-title year-suffix chapter-number citation-number collection-number edition "
    "first-reference-note-number issue locator number number-of-pages number-of-volumes page page-first part-number "
    "printing-number supplement-number version volume".split()
)
FIELDS = NAMES | DATES | TEXTS | {"type"}
OWN_LISTS = ("tags", "groups")
"""What docterm keeps of a document beside the record, under `custom.docterm`."""

FIELD_LIMIT = 1000
"""The longest string kept of a record, in code points; an abstract may be longer."""
_LONG_LIMIT = 20_000
DEPTH_LIMIT = 8
_MOST_ITEMS = 1000
_ALSO_CALLED = {
    "date": "issued", "year": "issued", "journal": "container-title", "outlet": "container-title", "link": "URL",
    "publication": "container-title", "authors": "author", "keywords": "keyword", "pages": "page", "lang": "language",
    "abbreviation": "title-short", "place": "publisher-place", "tag": "tags", "group": "groups", "kind": "type",
}  # fmt: skip
_BY_LOWER = {name.lower(): name for name in (*FIELDS, *OWN_LISTS)}


# --- items that programs wrote -------------------------------------------------------------------


def shown_type(name: str) -> str:
    """Give a type of CSL in plain words: `newspaper article` for `article-newspaper`."""
    return _TYPE_WORDS.get(name) or " ".join(reversed(name.split("-"))).replace("_", " ")


def clean(value: object, depth: int = 0, limit: int = FIELD_LIMIT) -> object:
    """Give a JSON value with every string in it safe and short, and nothing nested deep."""
    if isinstance(value, str):
        return label(value, limit)
    if isinstance(value, list | dict) and depth == DEPTH_LIMIT:
        return None
    if isinstance(value, list):
        return [clean(item, depth + 1) for item in value[:_MOST_ITEMS]]
    if isinstance(value, dict):
        return {
            label(name): clean(item, depth + 1, _LONG_LIMIT if name == "abstract" else FIELD_LIMIT)
            for name, item in value.items()
        }
    return value


def read_item(item: object) -> Record | None:
    """Give one item of CSL-JSON or CSL-YAML in the one shape docterm works with; None when it is no item.

    Names and dates that are plain text are read, what has not the type of its field is left out, and fields that
    CSL does not know are kept as they are.
    """
    item = clean(item)
    if not isinstance(item, dict):
        return None
    record = {name: value for name, raw in item.items() if (value := _field(name, raw)) not in (None, "", [], {})}
    if record.get("type", "document") not in TYPES:
        record["type"] = "document"
    return record


def _field(name: str, value: object) -> object:
    if name in NAMES:
        return _names(value)
    if name in DATES:
        return _date(value)
    if name == "id":
        return value if isinstance(value, str) else None
    if name in TEXTS or name == "type":
        return value if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)) else None
    return value


def _names(value: object) -> list[dict[str, str]]:
    if isinstance(value, str):
        return typed_names(value)
    given = [{"literal": name} if isinstance(name, str) else name for name in value] if isinstance(value, list) else []
    names = [
        {part: text for part, text in name.items() if isinstance(text, str) and text}
        for name in given
        if isinstance(name, dict)
    ]
    return [name for name in names if {"family", "given", "literal"} & name.keys()]


def _date(value: object) -> dict[str, Any] | None:
    only = value[0] if isinstance(value, list) and value else value
    if isinstance(only, dict) and "date-parts" not in only:
        parts = [f"{only[part]!s:0>2}" for part in ("year", "month", "day") if part in only]
        value = "-".join(parts) or only.get("raw", only)
    if isinstance(value, str | int):
        return parse_date(str(value)) or {"literal": str(value)}
    if not isinstance(value, dict) or not shown_date(value):
        return None
    return value | {"date-parts": _date_parts(value["date-parts"])} if "date-parts" in value else value


def _date_parts(value: object) -> list[list[int]]:
    """Give the parts of dates as numbers, which CSL wants and not every program writes."""
    dates = value if isinstance(value, list) else []
    numbers = [shown_date({"date-parts": [parts]}).split("-") for parts in dates[:2]]
    return [[int(number) for number in parts] for parts in numbers if parts[0]]


# --- what users write ----------------------------------------------------------------------------


def field_name(text: str) -> str:
    """Give the field that a user names; raise RequestError with the nearest name when CSL knows no such field."""
    name = _BY_LOWER.get(text.strip().lower())
    if name is not None:
        return name
    if text.strip().lower() in ("id", "key"):
        raise RequestError("The key of a document is not changed.", "Drafts and quotes name the document by it.")
    from difflib import get_close_matches

    shown = label(text, 60)
    near = get_close_matches(text.lower(), [*_BY_LOWER, *_ALSO_CALLED], n=1, cutoff=0.5)
    if not near:
        raise RequestError(f"“{shown}” is no field of a record.", "Fields are title, author, issued, URL, tags, ...")
    meant = _ALSO_CALLED.get(near[0]) or _BY_LOWER[near[0]]
    raise RequestError(f"“{shown}” is no field of a record.", f"Did you mean `{meant}`?")


def read_value(name: str, text: str) -> object:
    """Read the value a user gives a field; raise RequestError with an example when it is none for that field."""
    text = label(text, _LONG_LIMIT)
    if name in OWN_LISTS:
        return list(dict.fromkeys(item.strip() for item in text.split(",") if item.strip()))
    if name in NAMES:
        return typed_names(text)
    if name in DATES:
        return _read_date(name, text)
    if name == "type":
        return _read_type(text)
    check = _CHECKS.get(name)
    if check is not None and not check[0].fullmatch(text):
        raise RequestError(f"“{label(text, 60)}” is no {name}.", f"It looks like {check[1]}.")
    return text


_CHECKS = {
    "URL": (re.compile(r"(?:https?|ftp)://[^\s/]+\S*", re.IGNORECASE), "https://example.org/article"),
    "DOI": (re.compile(r"10\.\d{4,9}/\S+", re.ASCII), "10.1000/182"),
    "ISBN": (re.compile(r"(?:[\d-]{9,16}[\dXx][ ,]*)+", re.ASCII), "978-3-16-148410-0"),
    "language": (re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", re.ASCII), "en or pt-BR"),
}


def _read_date(name: str, text: str) -> dict[str, Any]:
    found = parse_date(text)
    if found is None:
        raise RequestError(f"“{label(text, 60)}” is no date for {name}.", "Write 2021-06-03, 2021-06 or 2021.")
    return found


def _read_type(text: str) -> str:
    if text in TYPES:
        return text
    from difflib import get_close_matches

    near = get_close_matches(text.lower(), TYPES, n=1, cutoff=0.4)
    hint = f"Did you mean `{near[0]}`?" if near else "Types are article-newspaper, report, webpage, book, ..."
    raise RequestError(f"“{label(text, 60)}” is no type of CSL.", hint)


def shown_value(name: str, value: object) -> str:
    """Give the value of a field as one line, in the form that `read_value` reads."""
    if name in NAMES:
        return shown_names(value)
    if name in DATES:
        return shown_date(value)
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return str(value)
