"""The numbers before the paragraphs of a Word document: `2.1`, `(a)`, `iv.` (ECMA-376, part 1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docterm.library.readers.docx_package import W, number, value

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LARGEST_ROMAN = 4999
_LONGEST_LABEL = 40


def numeral(count: int, form: str) -> str:
    """Give a number in one of the forms that Word knows; in figures in every form not written here."""
    if form in ("lowerLetter", "upperLetter") and count > 0:
        letters = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, _LONGEST_LABEL)  # z, aa, bb
        return letters if form == "lowerLetter" else letters.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < count <= _LARGEST_ROMAN:
        roman = _roman(count)
        return roman if form == "lowerRoman" else roman.upper()
    return f"{count:02}" if form == "decimalZero" else str(count)


def _roman(count: int) -> str:
    letters = ""
    for size, letter in _ROMAN:
        letters += letter * (count // size)
        count %= size
    return letters


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    pattern: str
    """The label, with %1 for the number of the first level."""
    style: str
    """The paragraph style that is bound to the level, or the empty string."""
    legal: bool
    """Whether the numbers of all levels are written in figures here."""


class Numbering:
    """The lists of a document and how far each has counted. Ask for the labels in the order of the text."""

    def __init__(self, root: Element | None) -> None:
        """Take the part `numbering`; None is a document that has none."""
        self._patterns: dict[str, dict[int, _Level]] = {}
        self._lists: dict[int, tuple[str, dict[int, int]]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[int, int]] = set()
        if root is None:
            return
        for pattern in root.findall(f"{W}abstractNum"):
            levels = {_whole(level.get(f"{W}ilvl")): _level(level) for level in pattern.findall(f"{W}lvl")}
            self._patterns[pattern.get(f"{W}abstractNumId", "")] = levels
        for each in root.findall(f"{W}num"):
            self._take_list(each)

    def _take_list(self, each: Element) -> None:
        pattern = value(each, "abstractNumId") or ""
        restarts: dict[int, int] = {}
        for override in each.findall(f"{W}lvlOverride"):
            level = _whole(override.get(f"{W}ilvl"))
            start = number(override, "startOverride")
            if start is not None:
                restarts[level] = start
            if (own := override.find(f"{W}lvl")) is not None:
                changed = f"{pattern}/{each.get(f'{W}numId')}"
                self._patterns[changed] = {**self._patterns.get(pattern, {}), level: _level(own)}
                pattern = changed
        self._lists[_whole(each.get(f"{W}numId"))] = (pattern, restarts)

    def label(self, list_id: int | None, level: int | None, style: str) -> str:
        """Count one paragraph of a list and give its label; nothing for bullets and for what is in no list.

        Where the level is None it is the one to which the paragraph's style is bound, else the first.
        """
        if list_id is None or list_id not in self._lists:
            return ""
        pattern, restarts = self._lists[list_id]
        levels = self._patterns.get(pattern, {})
        if level is None:
            level = next((place for place, each in levels.items() if style and each.style == style), 0)
        if level not in levels or not 0 <= level < _LEVELS:
            return ""
        counts = self._counts.setdefault(pattern, [None] * _LEVELS)
        if level in restarts and (list_id, level) not in self._begun:
            self._begun.add((list_id, level))
            counts[level] = restarts[level] - 1
        _count(counts, levels, level)
        return _written(counts, levels, level)


def _whole(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 10 else -1


def _level(level: Element) -> _Level:
    start = number(level, "start")
    return _Level(
        start=1 if start is None else start,
        form=value(level, "numFmt") or "decimal",
        pattern=(value(level, "lvlText") or "")[:_LONGEST_LABEL],
        style=value(level, "pStyle") or "",
        legal=level.find(f"{W}isLgl") is not None,
    )


def _count(counts: list[int | None], levels: dict[int, _Level], level: int) -> None:
    """Count one more on a level: those above begin if they have not, those below begin anew."""
    for above in range(level):
        if counts[above] is None:
            counts[above] = levels[above].start if above in levels else 1
    before = counts[level]
    counts[level] = levels[level].start if before is None else before + 1
    counts[level + 1 :] = [None] * (_LEVELS - level - 1)


def _written(counts: list[int | None], levels: dict[int, _Level], level: int) -> str:
    if levels[level].form == "bullet":
        return ""

    def place(match: re.Match[str]) -> str:
        shown = int(match[1]) - 1
        count = counts[shown]
        if count is None or shown not in levels or levels[shown].form in ("none", "bullet"):
            return ""
        return numeral(count, "decimal" if levels[level].legal else levels[shown].form)

    return _PLACE.sub(place, levels[level].pattern).strip()
