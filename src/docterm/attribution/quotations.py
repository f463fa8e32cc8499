"""The quotations of a passage: where quotation marks open and close."""

from __future__ import annotations

import re
from typing import NamedTuple

from docterm.text import Span

_MARKS = re.compile(r"[“”„«»\"]|(?<![^\s(\[—–“])‘(?=\S)|’(?!\w)")
_CLOSES = {"“": "”", "„": "“”", "«": "»", '"': '"', "‘": "’"}


class Quotation(NamedTuple):
    """What stands between two quotation marks."""

    outer: Span
    """With its marks."""
    inner: Span
    """Without them."""
    closed: bool
    """Whether it ends in this passage: a quotation of several paragraphs is closed in the last one."""


def quotations(text: str) -> list[Quotation]:
    """Give the quotations of a passage in order; those inside others are part of these.

    Typographic, German, French and straight double marks are known, and single ones where they are typographic. One
    that is not closed goes on to the end; a straight one only if it begins the passage. Takes time in proportion to the
    text.
    """
    found: list[Quotation] = []
    mark, start = "", 0
    for match in _MARKS.finditer(text):
        if not mark:
            if match[0] in _CLOSES and _may_open(text, match):
                mark, start = match[0], match.start()
        elif match[0] in _CLOSES[mark]:
            if text[start + 1 : match.start()].strip():
                found.append(Quotation(Span(start, match.end()), Span(start + 1, match.start()), True))
            mark = ""
        elif match[0] == mark == "‘":
            start = match.start()  # the first was an apostrophe
    begins = start == len(text) - len(text.lstrip())
    if mark and mark != "‘" and (begins or mark != '"') and len(text.rstrip()) > start + 1:
        end = len(text.rstrip())
        found.append(Quotation(Span(start, end), Span(start + 1, end), False))
    return found


def _may_open(text: str, match: re.Match[str]) -> bool:
    """Say whether a mark can open: a straight one that follows a word, or stands before a space, closes or counts."""
    if match[0] != '"':
        return True
    before, after = text[max(match.start() - 1, 0) : match.start()], text[match.end() : match.end() + 1]
    return not before.isalnum() and not after.isspace() and after != ""
