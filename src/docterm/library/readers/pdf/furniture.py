"""Running heads and feet, page numbers and marginal marks, told by their coming back at the same place."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from statistics import median

from docterm.library.readers.pdf.line import Line, Page

_BAND = 0.15
"""Heads and feet stand in so much of the page's height, at the top and at the bottom."""
_ROWS = 2
"""And in so many rows there."""
_SAME_ROW = 4.0
_SAME_PLACE = 3.0
_LONGEST = 120
_LONGEST_MARK = 40
_ENOUGH = 0.15
_OFTEN = 0.25
"""Words that differ in their figures must stand on so many of the pages, or count them."""
_NUMBER = re.compile(r"\d+")
_ROMAN_OR_DIGITS = re.compile(r"\b(?:[ivxlc]+|\d+)\b")
_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)

_Place = tuple[str, int]
"""`top` or `bottom`, and a height on the page in whole points."""


def mark_furniture(pages: list[Page]) -> None:
    """Mark the lines that belong to the page and not to the text: nothing is removed."""
    edges = [(line, edge) for page in pages for line, edge in _edge_lines(page)]
    _mark_turned(pages)
    _mark_same_place(pages)
    rows = _mark_repeated(edges, len(pages))
    for line, edge in edges:
        near = sum(rows[edge, round(line.baseline) + shift] for shift in (-1, 0, 1))
        in_row = near >= max(3, 0.3 * len(pages)) and len(line.text) < 90
        if in_row or _PAGE_NUMBER.fullmatch(line.text):
            line.furniture = True


def _edge_lines(page: Page) -> list[tuple[Line, str]]:
    """Give the lines of the first and the last rows of a page, with `top` or `bottom`."""
    rows: list[float] = []
    upright = [line for line in page.lines if not line.turned]
    for height in sorted(line.baseline for line in upright):
        if not rows or height - rows[-1] > _SAME_ROW:
            rows.append(height)
    found: list[tuple[Line, str]] = []
    for edge, chosen in (("top", rows[-_ROWS:]), ("bottom", rows[:_ROWS])):
        for line in upright:
            if edge == "top":
                in_band = line.baseline > (1 - _BAND) * page.height
            else:
                in_band = line.baseline < _BAND * page.height
            if in_band and len(line.text) <= _LONGEST and any(abs(line.baseline - row) <= _SAME_ROW for row in chosen):
                found.append((line, edge))
    return found


def _mark_turned(pages: list[Page]) -> None:
    """Mark text that runs across the page's: stamps in the margin, the labels of diagrams."""
    for page in pages:
        for line in page.lines:
            line.furniture = line.furniture or line.turned


def _mark_same_place(pages: list[Page]) -> None:
    """Mark the short lines that stand at the same place, wherever that is, on many pages."""
    places: defaultdict[tuple[str, int, int], set[int]] = defaultdict(set)

    def place(line: Line) -> tuple[str, int, int]:
        return line.text, round(line.left / 2), round(line.baseline / 2)

    short = [line for page in pages for line in page.lines if len(line.text) <= _LONGEST_MARK]
    for line in short:
        places[place(line)].add(line.page)
    for line in short:
        if len(places[place(line)]) >= max(4, _ENOUGH * len(pages)):
            line.furniture = True


def _mark_repeated(edges: list[tuple[Line, str]], pages: int) -> Counter[_Place]:
    """Mark what comes back at the edges of pages but for its figures, and give the rows where it stands."""
    groups: defaultdict[tuple[str, str], list[Line]] = defaultdict(list)
    for line, edge in edges:
        groups[edge, _ROMAN_OR_DIGITS.sub("#", line.text.lower())].append(line)
    rows: Counter[_Place] = Counter()
    for (edge, _), group in groups.items():
        middle = median(line.baseline for line in group)
        level = [line for line in group if abs(line.baseline - middle) <= _SAME_PLACE]
        if not _comes_back(level, pages):
            continue
        for line in level:
            line.furniture = True
            rows[edge, round(line.baseline)] += 1
    return rows


def _comes_back(lines: list[Line], pages: int) -> bool:
    """Say whether lines that differ only in their figures are a running head: not headings that look alike."""
    on = len({line.page for line in lines})
    enough = 2 if pages <= 4 else 3
    if on < 2 or (on < enough and not _counts_pages(lines)):
        return False
    most = Counter(line.text.casefold() for line in lines).most_common(1)[0][1]
    return most >= enough or on >= max(enough, _OFTEN * pages) or _counts_pages(lines)


def _counts_pages(lines: list[Line]) -> bool:
    """Say whether the first or the last figure of most lines grows with the number of the page."""
    figures = [(line.page, [int(number[:9]) for number in _NUMBER.findall(line.text)]) for line in lines]
    for end in (0, -1):
        steps = Counter(numbers[end] - page for page, numbers in figures if numbers)
        if steps and steps.most_common(1)[0][1] >= max(2, 0.6 * len(lines)):
            return True
    return False
