"""The fields of the query language, by every name that is understood, and the dates in it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final, cast, get_args

from docterm.library.model import Role
from docterm.search.tree import DateRange, FieldName
from docterm.text import label

FIELDS: Final = cast("tuple[FieldName, ...]", get_args(FieldName))
DATES: Final = ("date", "since", "until", "before", "after")
"""Fields that ask when a document is from. `since` and `until` include the date, `after` and `before` do not."""
_ALIASES: Final = {
    "authors": "author", "creator": "author", "by": "author", "headline": "title", "titles": "title",
    "outlet": "source", "publisher": "source", "site": "source", "id": "key", "kind": "type", "tags": "tag",
    "keyword": "tag", "keywords": "tag", "language": "lang", "file": "path", "filename": "path", "dir": "path",
    "folder": "path", "ext": "path", "pages": "page", "year": "date", "from": "since", "to": "until", "in": "role",
}  # fmt: skip
_ROLES: Final = {
    "heading": "subhead",
    "headline": "title",
    "header": "furniture",
    "footer": "furniture",
    "note": "footnote",
}

ALIKE: Final = 0.75
"""How much of two names must be the same, from 0 to 1, for one to be the other misspelt."""


def field_name(typed: str, notes: list[str], *, directly: bool) -> str:
    """Give the field that a word with a colon behind it names, or the empty string where it is a word.

    A name that is no field but nearly one is read as that one, where the value stands `directly` behind the colon.
    """
    name = typed.casefold()
    if name in FIELDS or name in DATES:
        return name
    if not directly:
        return ""
    if name in _ALIASES:
        return _ALIASES[name]
    if near := nearest(name, FIELDS):
        notes.append(f"There is no field “{label(typed, 40)}”; it was read as {near}.")
        return near
    notes.append(
        f"There is no field “{label(typed, 40)}”; its words are searched for. Fields: {', '.join(FIELDS)}, date."
    )
    return ""


def nearest(typed: str, names: tuple[str, ...]) -> str:
    """Give the name that was probably meant by one that is spelt much like it, or the empty string."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(typed, names, 1, ALIKE)), "")


def role_name(word: str) -> str:
    """Give the role that a word names, in the singular or the plural, or the empty string."""
    roles = {role.value for role in Role}
    for name in (word, word.removesuffix("s")):
        if name in roles or name in _ROLES:
            return _ROLES.get(name, name)
    return nearest(word, tuple(roles))


# --- dates -----------------------------------------------------------------------------------------------------------

_DATE = re.compile(r"(\d{4})(?:[-./](\d{1,2})(?:[-./](\d{1,2}))?)?")
_JOINED = re.compile(r"(.*?)(?:\.\.\.?|…|–|—|\s+TO\s+|/)(.*)")
_YEARS = re.compile(r"(\d{4})-(\d{4})")


def dates(name: str, value: str) -> DateRange | None:
    """Give what a date field asks for, or None where its value is no date.

    A date is a year, a month or a day; `a..b` is from one to the other, and either may be left out.
    """
    value = value.strip()
    if found := re.match(r"[<>]=?", value):
        name = {"<": "before", ">": "after", "<=": "until", ">=": "since"}[found[0]]
        value = value[found.end() :].strip()
    if name != "date":
        return _open_range(name, _date(value))
    if joined := _YEARS.fullmatch(value) or (None if _date(value) else _JOINED.fullmatch(value)):
        ends = [joined[1].strip(" *"), joined[2].strip(" *")]
        first, last = (_date(end) if end else None for end in ends)
        if (ends[0] and first is None) or (ends[1] and last is None) or not any(ends):
            return None
        if first and last and first > f"{last}~":
            first, last = last, first
        return DateRange(first, last)
    day = _date(value)
    return None if day is None else DateRange(day, day)


def _open_range(name: str, day: str | None) -> DateRange | None:
    if day is None:
        return None
    match name:
        case "since":
            return DateRange(day, None)
        case "until":
            return DateRange(None, day)
        case "before":
            return DateRange(None, _step(day, -1))
        case _:
            return DateRange(_step(day, 1), None)


def _date(value: str) -> str | None:
    """Give a date as `2021`, `2021-06` or `2021-06-03`, or None where it is none."""
    found = _DATE.fullmatch(value)
    if found is None:
        return None
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        checked = date(year, month, day).isoformat()
    except ValueError:
        return None
    return checked[: (4, 7, 10)[2 - found.groups().count(None)]]


def _step(day: str, by: int) -> str:
    """Give the year, month or day before or after another."""
    first = date(*(int(part) for part in (day + "-01-01").split("-")[:3]))
    try:
        if len(day) == 4:
            return first.replace(year=first.year + by).isoformat()[:4]
        if len(day) == 7:
            return (first + timedelta(days=-1 if by < 0 else 31)).isoformat()[:7]
        return (first + timedelta(days=by)).isoformat()
    except (ValueError, OverflowError):  # the first and the last year there are
        return day
