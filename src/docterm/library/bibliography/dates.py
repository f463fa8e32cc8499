"""Dates as they stand in records and in texts, as far as they say: a day or a month is never made up."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

_MONTHS = {
    name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_EDTF = re.compile(
    r"(?P<circa>ca?\.? ?|~)?(?P<date>\d{4}(?:-\d{1,2}(?:-\d{1,2})?)?)(?:-(?:XX|xx|uu)){0,2}"
    r"(?:[T ]\d\d:\d\d\S*)?(?P<doubt>[?~%])?",
    re.ASCII,
)
_MONTH_FIRST = re.compile(r"([A-Za-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3})[a-z]*\.?,?\s+(\d{4})", re.ASCII)
_MONTH_AND_YEAR = re.compile(r"([A-Za-z]{3})[a-z]*\.?,?\s+(\d{4})", re.ASCII)
_SEASONS = range(21, 25)  # spring to winter, in EDTF and in BibLaTeX
_LONGEST = 200


def month_number(text: str) -> int | None:
    """Give the number of a month that is named (`mar`, `March`) or numbered, else None."""
    text = text.strip().lower()
    number = int(text) if re.fullmatch(r"\d{1,2}", text, re.ASCII) else _MONTHS.get(text.rstrip(".")[:3], 0)
    return number if 1 <= number <= 12 else None


def parse_date(text: str) -> dict[str, Any] | None:
    """Read a date, or two with a slash between them, as a date of CSL-JSON; give None for what is no date.

    Understood are ISO 8601, the EDTF that BibLaTeX knows (`2021-06`, `2021-21`, `2021?`) and English words.
    """
    first, slash, last = text.strip()[:_LONGEST].partition("/")
    found = _one(first)
    if found is None or not slash or last.strip() in ("", ".."):
        return found
    end = _one(last)
    return None if end is None else found | {"date-parts": [*found["date-parts"], *end["date-parts"]]}


def _one(text: str) -> dict[str, Any] | None:
    text = text.strip()
    match = _EDTF.fullmatch(text)
    if match is None:
        parts = date_parts(text)
        return {"date-parts": [parts]} if parts else None
    numbers = [int(part) for part in match["date"].split("-")]
    found: dict[str, Any] = {}
    if len(numbers) == 2 and numbers[1] in _SEASONS:
        found["season"] = numbers.pop() - _SEASONS.start + 1
    if not is_date(numbers):
        return None
    if match["circa"] or match["doubt"]:
        found["circa"] = True
    return {"date-parts": [numbers], **found}


def is_date(parts: list[int]) -> bool:
    """Say whether [year], [year, month] or [year, month, day] is in the calendar."""
    try:
        date(*(*parts, 1, 1)[:3])
    except (ValueError, OverflowError, TypeError):
        return False
    return 1 <= len(parts) <= 3


def date_parts(text: str) -> list[int]:
    """Read a date in ISO form or in English words as [year, month, day], as much as it says; else nothing."""
    text = text.strip()[:_LONGEST]
    if match := _ISO.fullmatch(text[:10]):
        parts = [int(part) for part in match.groups() if part]
    elif match := _MONTH_FIRST.search(text):
        parts = [int(match[3]), _MONTHS.get(match[1].lower(), 0), int(match[2])]
    elif match := _DAY_FIRST.search(text):
        parts = [int(match[3]), _MONTHS.get(match[2].lower(), 0), int(match[1])]
    elif match := _MONTH_AND_YEAR.fullmatch(text):
        parts = [int(match[2]), _MONTHS.get(match[1].lower(), 0)]
    else:
        return []
    return parts if is_date(parts) else []


def shown_date(value: object) -> str:
    """Give a date of CSL-JSON as `YYYY[-MM[-DD]]`, two with a slash, or what it says in words; nothing if no date."""
    if not isinstance(value, dict):
        return ""
    ranges = value.get("date-parts")
    shown = [_iso(parts) for parts in ranges[:2] if isinstance(parts, list)] if isinstance(ranges, list) else []
    if any(shown):
        return "/".join(shown)
    said = value.get("literal") or value.get("raw")
    return said if isinstance(said, str) else ""


def _iso(parts: list[Any]) -> str:
    numbers: list[int] = []
    for part in parts[:3]:
        if not re.fullmatch(r"\d{1,4}", str(part)) or not is_date([*numbers, int(part)]):
            break
        numbers.append(int(part))
    return "-".join(f"{number:0{width}}" for number, width in zip(numbers, (4, 2, 2), strict=False))
