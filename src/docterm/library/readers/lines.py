"""A plain text as its lines, each with its indent and page, the running heads and page numbers marked."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from docterm.errors import Code, ReadError
from docterm.library.model import Role
from docterm.library.readers.roles import line_role

LONGEST_LINE = 20_000
"""Longer lines are cut, so that no rule that looks at a line can become slow."""
MOST_LINES = 500_000
"""Those of twenty long books."""
_EDGE = 3
"""Running heads and feet stand among so many lines at the top and the bottom of a page."""
_LONGEST_HEAD = 120
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"\W*(?:\d{1,4}|[ivxlc]{1,7})\W*", re.IGNORECASE)


@dataclass(slots=True)
class Line:
    """A line that is not blank, its runs of white space made one space."""

    text: str
    indent: int
    """Columns of white space before it; a tab stop stands every 4."""
    page: int
    """From 1; every form feed begins another."""
    after_blank: bool
    role: Role | None = None
    """What the line says of itself; None for running text."""

    @property
    def length(self) -> int:
        """The column in which it ends."""
        return self.indent + len(self.text)


def split_lines(text: str) -> list[Line]:
    """Give the lines of a decoded text that are not blank, in order, with the roles they show by themselves.

    Raises ReadError for a text of more than 500,000 lines, blank ones and pages counted.
    """
    count = text.count("\n") + text.count("\f")
    if count > MOST_LINES:
        raise ReadError(f"The text has {count:,} lines; the limit is {MOST_LINES:,}.", "Split it.", Code.TOO_BIG)
    lines: list[Line] = []
    after_blank, page = False, 1
    for raw in text.split("\n"):
        if "\f" not in raw and not raw.strip():  # a lone form feed is no blank line
            after_blank = True
        for number, part in enumerate(raw.split("\f")):
            page += number > 0
            for piece in cut_line(part):
                lines.append(_line(piece, page, after_blank))
                after_blank = False
    _mark_running_heads(lines)
    return lines


def _line(raw: str, page: int, after_blank: bool) -> Line:
    text = " ".join(raw.split())
    margin = raw[: len(raw) - len(raw.lstrip())]
    return Line(text, len(margin.expandtabs(4)), page, after_blank, line_role(text))


def cut_line(raw: str) -> Iterator[str]:
    """Give a line in pieces of at most LONGEST_LINE, cut at a space where there is one."""
    start = 0
    while len(raw) - start > LONGEST_LINE:
        space = raw.rfind(" ", start + LONGEST_LINE // 2, start + LONGEST_LINE)
        end = start + LONGEST_LINE if space < 0 else space
        if raw[start:end].strip():
            yield raw[start:end]
        start = end
    if raw[start:].strip():
        yield raw[start:]


def _mark_running_heads(lines: list[Line]) -> None:
    """Give the role FURNITURE to heads, feet and numbers that stand on page after page.

    The same words must stand on 3 pages (on 2 of at most 4), or the same words with other figures on a
    quarter of the pages as well: so that "Chapter 1", "Chapter 2" at the top of a page stay headings.
    """
    pages: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    if len(pages) < 2:
        return
    same: Counter[str] = Counter()
    alike: Counter[str] = Counter()
    for page in pages.values():
        edge = {line.text.casefold() for line in _edges(page, _EDGE)}
        same.update(edge)
        alike.update({_NUMBER.sub("#", text) for text in edge})
    enough = 2 if len(pages) <= 4 else 3
    for page in pages.values():
        for line in _edges(page, _EDGE):
            text = line.text.casefold()
            count = alike[_NUMBER.sub("#", text)]
            if same[text] >= enough or (count >= 3 and count >= len(pages) / 4):
                line.role = Role.FURNITURE
        for line in _edges(page, 2):
            if _PAGE_NUMBER.fullmatch(line.text):
                line.role = Role.FURNITURE


def _edges(page: list[Line], depth: int) -> list[Line]:
    return [line for line in (*page[:depth], *page[max(depth, len(page) - depth) :]) if len(line.text) <= _LONGEST_HEAD]
