"""Dates as documents have them, a year, a month or a day, and whether one may lie between two others."""

from __future__ import annotations


def overlaps(date: str, first: str | None, last: str | None) -> bool:
    """Say whether a document's date may lie between two dates, both included. One that is not known never does.

    A date that names less than a day may be any of its days.
    """
    return bool(date) and (first is None or _latest(date) >= first) and (last is None or date <= _latest(last))


def _latest(date: str) -> str:
    """Give a text that sorts behind every day of a date."""
    return f"{date}~"
