"""Which paragraphs are headings: those of the outline, then those that are set larger or bolder than the text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from docterm.library.readers.pdf.document import Entry
from docterm.library.readers.pdf.paragraphs import Paragraph
from docterm.library.readers.roles import ends_sentence

_LONGEST = 150
_LARGE = 1.12
_SMALL = 0.95
_TITLE = 1.2
_PARTS = 3
"""A heading of the outline may have come apart into so many paragraphs."""
_MOST_ENTRIES = 200
"""Headings of the outline that are looked for on a page."""
_NUMBERING = re.compile(r"\d+")

Rank = tuple[int, float, bool]
"""Headings of a lower rank stand above those of a higher: first the outline's by depth, then by size and weight."""


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a document by the place of their paragraph, and its title."""

    ranks: dict[int, Rank]
    title: int | None


def find_headings(found: list[Paragraph], outline: list[Entry], size: float) -> Headings:
    """Find the headings among paragraphs, `size` being the font size of the text.

    Paragraphs that the outline shows to be parts of one heading are put together in `found`.
    """
    levels = _of_outline(found, outline)
    ranks: dict[int, Rank] = {}
    for place, paragraph in enumerate(found):
        if id(paragraph) in levels:
            ranks[place] = (0, float(levels[id(paragraph)]), False)
        elif _looks_like_heading(paragraph, size) and place + 1 < len(found):
            ranks[place] = (1, -paragraph.size, not paragraph.bold)
    title = _title(found, ranks, size)
    if title is not None:
        ranks.pop(title, None)
    return Headings(ranks, title)


def _bare(text: str) -> str:
    """Give the letters and digits of a heading, as outline and page may differ in the rest."""
    return "".join(char for char in text.casefold() if char.isalnum())


def _of_outline(found: list[Paragraph], outline: list[Entry]) -> dict[int, int]:
    """Give the depths of the outline's headings by the identity of their paragraph, and put torn ones together."""
    pages: defaultdict[int, list[Paragraph]] = defaultdict(list)
    for paragraph in found:
        pages[paragraph.first.page].append(paragraph)
    levels: dict[int, int] = {}
    swallowed: set[int] = set()
    entries: Counter[int] = Counter()
    for entry in outline:
        entries[entry.page] += 1
        if entries[entry.page] > _MOST_ENTRIES:
            continue
        parts = _parts(entry, pages[entry.page], levels)
        if not parts:
            continue
        first, *rest = parts
        for part in rest:
            first.lines.extend(part.lines)
            first.text = f"{first.text} {part.text}"
            swallowed.add(id(part))
            pages[entry.page].remove(part)
        levels[id(first)] = entry.level
    if swallowed:
        found[:] = [paragraph for paragraph in found if id(paragraph) not in swallowed]
    return levels


def _parts(entry: Entry, page: list[Paragraph], taken: dict[int, int]) -> list[Paragraph]:
    """Give the paragraphs of a page that together say what an entry of the outline says."""
    target = _bare(entry.title)
    short = [(place, paragraph) for place, paragraph in enumerate(page) if len(paragraph.text) <= 2 * _LONGEST]
    for place, paragraph in short:
        if id(paragraph) in taken:
            continue
        said = ""
        for count in range(1, _PARTS + 1):
            said += _bare("".join(part.text for part in page[place + count - 1 : place + count]))
            if said and target in (said, _NUMBERING.sub("", said, count=1) if said[0].isdigit() else said):
                return page[place : place + count]
            if not said or not (target.startswith(said) or said[0].isdigit()) or len(said) > len(target) + 10:
                break
    return []


def _looks_like_heading(paragraph: Paragraph, size: float) -> bool:
    text = paragraph.text
    if len(text) > _LONGEST or ends_sentence(text) or sum(map(str.isalpha, text)) < 2:
        return False
    own = paragraph.size
    return own > _LARGE * size or (paragraph.bold and own >= _SMALL * size and not text[0].islower())


def _title(found: list[Paragraph], ranks: dict[int, Rank], size: float) -> int | None:
    """Give the title: the largest heading of the first page, when none that follows is as large."""
    if not ranks:
        return None
    first_page = found[0].first.page
    opening = [place for place in ranks if found[place].first.page == first_page]
    if not opening:
        return None
    best = max(opening, key=lambda place: (found[place].size, -place))
    largest = found[best].size
    if largest < _TITLE * size:
        return None
    rivals = [place for place in ranks if place not in opening and found[place].size >= 0.98 * largest]
    return None if rivals else best
