"""Author-date references from CSL-JSON records, readable and nothing more.

The order and the punctuation are those of APA 7 for the parts that a record gives. A record comes from a
file, so every field can be missing or of any type, and none of that is an error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from docterm.library.model import Record
from docterm.quotes.runs import Run, Runs, closed, text_of
from docterm.text import label

_LONGEST = 2_000
_MOST_AUTHORS = 20
_MONTHS = "January February March April May June July August September October November December".split()
# The only mark-up CSL-JSON allows in a field (citeproc-js manual, "HTML-like formatting tags").
_MARKUP = re.compile(r"</?(?:i|b|sup|sub|span)(?:\s[^<>]*)?>")


def reference(record: Record) -> str:
    """Give a record as one line of text, as `reference_runs` does."""
    return text_of(reference_runs(record))


def reference_runs(record: Record) -> Runs:
    """Give a record as one line: Gabuev, A., & Kovachich, L. (2021, June 3). *Title*. Publisher. URL"""
    title = Run(field(record, "title") or "Untitled", italic=bool(field(record, "title")))
    author = _author_list(record)
    date = Run(f"({_full_date(record)})")
    lead = [Run(author), date, title] if author else [title, date]
    places = dict.fromkeys(name for name in (_container(record), field(record, "publisher")) if name and name != author)
    parts: list[Runs] = [closed((part,)) for part in (*lead, *map(Run, places))]
    url = field(record, "URL") or _doi(record)
    if url:
        parts.append((Run(url, url=url),))
    spaced = [(*part, Run(" ")) for part in parts]
    return tuple(run for part in spaced for run in part)[:-1]


def short_authors(record: Record) -> str:
    """Give the authors as a citation names them: one, two with &, or the first with et al.

    Without an author or editor, the organisation that published the work stands for them, else the title.
    """
    families = [_family(name) for name in _people(record)]
    if not families:
        return _organisation(record) or field(record, "title") or "Untitled"
    if len(families) > 2:
        return f"{families[0]} et al."
    return " & ".join(families)


def names_nobody(record: Record) -> bool:
    """Say whether a record has neither a person nor an organisation to cite."""
    return not _people(record) and not _organisation(record)


def year(record: Record) -> str:
    """Give the year of a record's date, what it says instead of a date, or n.d."""
    parts = _date_parts(record)
    return str(parts[0]) if parts else _said_date(record, short=True) or "n.d."


def field(record: Mapping[str, Any], name: str) -> str:
    """Give a field as one line of text, the empty string when it is not there or no text."""
    value = record.get(name)
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    return label(_MARKUP.sub("", str(value)), _LONGEST)


# --- people --------------------------------------------------------------------------------------


def _people(record: Record) -> list[Mapping[str, Any]]:
    """Give the authors, else the editors; a bare string, which CSL-JSON does not allow, is taken as a whole name."""
    for role in ("author", "editor"):
        given = record.get(role)
        names = given if isinstance(given, (list, tuple)) else [given]
        people = [{"literal": name} if isinstance(name, str) else name for name in names]
        found = [name for name in people if isinstance(name, Mapping) and _family(name)]
        if found:
            return found
    return []


def _family(name: Mapping[str, Any]) -> str:
    particles = (field(name, "dropping-particle"), field(name, "non-dropping-particle"))
    parts = (*particles, field(name, "family"))
    return field(name, "literal") or " ".join(part for part in parts if part) or field(name, "given")


def _listed(name: Mapping[str, Any]) -> str:
    """Give a name as a reference lists it: family name, initials, suffix; organisations as they are."""
    if field(name, "literal") or not field(name, "family"):
        return _family(name)
    parts = (_family(name), _initials(field(name, "given")), field(name, "suffix"))
    return ", ".join(part for part in parts if part)


def _initials(given: str) -> str:
    """Shorten given names: Jean-Paul Marie to J.-P. M.; names in scripts without case stay whole."""
    if not given[:1].isupper():
        return given
    names = ("-".join(f"{part[0]}." for part in name.split("-") if part) for name in re.split(r"\s+|\.(?!-)\s*", given))
    return " ".join(name for name in names if name)


def _author_list(record: Record) -> str:
    names = [_listed(name) for name in _people(record)]
    if len(names) > _MOST_AUTHORS:  # APA 7: the first nineteen, an ellipsis, the last
        return f"{', '.join(names[: _MOST_AUTHORS - 1])}, … {names[-1]}"
    if len(names) > 1:
        return f"{', '.join(names[:-1])}, & {names[-1]}"
    return names[0] if names else _organisation(record)


def _organisation(record: Record) -> str:
    return field(record, "publisher") or field(record, "container-title")


# --- dates and places ----------------------------------------------------------------------------


def _date_parts(record: Record) -> list[int]:
    """Give year, month and day as far as the record has them, and nothing that is no number."""
    issued = record.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, Mapping) else None
    first = parts[0] if isinstance(parts, list) and parts else None
    numbers: list[int] = []
    for part in first if isinstance(first, list) else []:
        if not re.fullmatch(r"-?\d{1,5}", str(part), re.ASCII):
            break
        numbers.append(int(part))
    return numbers[:3]


def _said_date(record: Record, *, short: bool) -> str:
    """Give a date that is text, of which `short` takes the year if there is one."""
    issued = record.get("issued")
    said = (
        (field(issued, "literal") or field(issued, "raw")) if isinstance(issued, Mapping) else field(record, "issued")
    )
    found = re.search(r"\b\d{4}\b", said)
    return found[0] if short and found else said


def _full_date(record: Record) -> str:
    parts = _date_parts(record)
    if not parts:
        return _said_date(record, short=False) or "n.d."
    if len(parts) == 1 or not 1 <= parts[1] <= len(_MONTHS):
        return str(parts[0])
    month = f"{parts[0]}, {_MONTHS[parts[1] - 1]}"
    return f"{month} {parts[2]}" if len(parts) == 3 else month


def _container(record: Record) -> str:
    """Give where the work stands: the journal or outlet, volume and issue, pages."""
    name = field(record, "container-title")
    volume, issue = field(record, "volume"), field(record, "issue")
    number = f"{volume}({issue})" if volume and issue else volume or issue
    pages = field(record, "page").replace("-", "–")
    return ", ".join(part for part in (name, number, pages) if part) if name else ""


def _doi(record: Record) -> str:
    doi = field(record, "DOI")
    return f"https://doi.org/{doi}" if doi and not doi.lower().startswith("http") else doi
