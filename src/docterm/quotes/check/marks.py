"""Quotation marks of all languages, and which of them belong together."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from docterm.quotes.check.prose import CLOSE, OPEN

CLOSERS = {
    "“": "”\"“", "„": "“”\"‟", "‟": "”", "\"": "\"”", "”": "”", "«": "»", "»": "«»",
    "〝": "〞〟", "「": "」", "『": "』", "‘": "’'", "‚": "‘’'", "'": "'’", "‹": "›", "›": "‹›", OPEN: CLOSE,
}  # fmt: skip
"""What can open a quotation, and what closes it then: “…”, „…“, ”…”, «…», »…«, »…», and so on."""
_SINGLE = "‘‚'’‹›"
"""Marks that can be apostrophes, or stand within a quotation: one that is never closed is none."""
_ALWAYS = f"{OPEN}「『〝"
_ENDS = f"{CLOSE}」』〞〟"
_MARKS = re.compile(f"[{''.join(dict.fromkeys(''.join(CLOSERS) + ''.join(CLOSERS.values())))}]")
_EASTERN = "\u2e80"
"""From here on scripts write no space before a mark."""
_DEEPEST = 8
"""Quotations within each other; of more, the outermost are taken for unclosed."""


class Marked(NamedTuple):
    """What stands between two marks: where it begins and ends, the marks excluded."""

    start: int
    end: int
    closed: bool


@dataclass(slots=True)
class _Opened:
    place: int
    mark: str


def marked(text: str) -> list[Marked]:
    """Give what stands between quotation marks in a paragraph, in order; what stands within another is not given.

    One that is not closed ends where the next one opens, else with the paragraph. Takes time linear in the text.
    """
    opened: list[_Opened] = []
    pairs: list[Marked] = []
    lost: list[_Opened] = []
    found = list(_MARKS.finditer(text))
    for index, match in enumerate(found):
        mark, place = match[0], match.start()
        if _can_close(text, place) and (level := _level(opened, mark)) is not None:
            if mark in "’'" and _is_possessive(text, place, found, index):
                continue
            pairs.append(Marked(opened[level].place + 1, place, closed=True))
            lost += opened[level + 1 :]
            del opened[level:]
        elif mark in CLOSERS and _can_open(text, place):
            opened.append(_Opened(place, mark))
            if len(opened) > _DEEPEST:
                lost.append(opened.pop(0))
    lost += opened
    return _outermost(text, pairs, [each.place for each in lost if each.mark not in _SINGLE])


def _outermost(text: str, pairs: list[Marked], lost: list[int]) -> list[Marked]:
    """Give the pairs that are in no other, and between them what was never closed."""
    top: list[Marked] = []
    for pair in sorted(pairs):
        if not top or pair.start > top[-1].end:
            top.append(pair)
    firsts = [pair.start for pair in top]
    free = [place for place in lost if not (at := bisect_right(firsts, place)) or place > top[at - 1].end]
    starts = [*sorted([*(first - 1 for first in firsts), *free]), len(text)]
    following = dict(pairwise(starts))
    return sorted([*top, *(Marked(place + 1, following[place], closed=False) for place in free)])


def _level(opened: list[_Opened], mark: str) -> int | None:
    """Give which of the open quotations a mark closes: the innermost that it can."""
    for level in range(len(opened) - 1, -1, -1):
        if mark in CLOSERS[opened[level].mark]:
            return level
    return None


def _can_open(text: str, place: int) -> bool:
    if text[place] in _ALWAYS:
        return True
    mark, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if before.isalnum() and before < _EASTERN:
        return False
    if mark == "«":
        return True
    if mark == "'" and after.isdigit():  # '90s
        return False
    return after != "" and not after.isspace() and not (mark in "\"'”" and before and before in ".,;:!?")


def _can_close(text: str, place: int) -> bool:
    if text[place] in _ENDS:
        return True
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if text[place] in "’'‘“":
        return before != "" and not before.isspace() and not after.isalnum()
    if text[place] in "»›":
        return not after.isalnum()
    return before != "" and not before.isspace()


def _is_possessive(text: str, place: int, found: list[re.Match[str]], index: int) -> bool:
    """Say whether an apostrophe that could close a quotation is that of `the pilots’ order`.

    It is when another one that could close it comes before the next that opens one.
    """
    if text[place - 1 : place] not in ("s", "x", "z") or not re.match(r" [^\W\d_]", text[place + 1 : place + 3]):
        return False
    rest = next((match for match in found[index + 1 : index + 8] if match[0] in "‘’'"), None)
    return rest is not None and rest[0] != "‘" and _can_close(text, rest.start())
