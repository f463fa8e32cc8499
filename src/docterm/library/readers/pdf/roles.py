"""What the paragraphs of a PDF are: by their place, their size, and what they say; and the blocks made of them."""

from __future__ import annotations

import re
from collections import Counter

from docterm.library.model import Block, Role
from docterm.library.readers.pdf.document import Entry
from docterm.library.readers.pdf.headings import Headings, Rank, find_headings
from docterm.library.readers.pdf.line import Line, Page
from docterm.library.readers.pdf.paragraphs import CAPTION, Paragraph, is_leader
from docterm.library.readers.roles import front_role, is_caption, is_link

_LONGEST_CAPTION = 600
_NOTE_MARK = re.compile(r"(?:\d{1,3}|[*†‡§¶]|\([a-z\d]\))[.)]? ?\S")
_RAISED = re.compile(r"(?<!\d)\d{1,3}(?=[“\"‘(]?[^\W\d_]{2})")
"""The mark of a note that stands close to its first word."""
_SMALL = 0.93
"""Notes and captions are set in sizes up to so much of the text's."""
_ENTRY = re.compile(r".{1,120}\s[\divxlc]{1,5}$")
_MANY_ENTRIES = 3
_FRONT = 12
"""Byline and date stand among so many paragraphs at the beginning."""
_LONG = 200
_MOST_LINES = 2_000


def blocks(pages: list[Page], found: list[Paragraph], outline: list[Entry], size: float) -> tuple[Block, ...]:
    """Give the blocks of a document in reading order, its furniture among them; `size` is that of the text."""
    headings = find_headings(found, outline, size)
    roles = _roles(found, headings, pages, size)
    labels = {page.number: page.label for page in pages}
    placed: list[tuple[int, Block]] = []
    path: list[tuple[Rank, str]] = []
    for place, (paragraph, role) in enumerate(zip(found, roles, strict=True)):
        if role is Role.SUBHEAD:
            while path and path[-1][0] >= headings.ranks[place]:
                path.pop()
        page = paragraph.first.page
        above = tuple(text for _, text in path)
        if role is Role.FOOTNOTE and (mark := _RAISED.match(paragraph.text)) is not None:
            paragraph.text = f"{mark[0]} {paragraph.text[mark.end() :]}"
        placed.append((paragraph.first.order, Block(role, paragraph.text, page, above, labels[page])))
        if role is Role.SUBHEAD:
            path.append((headings.ranks[place], paragraph.text))
    for page_of_lines in pages:
        for line in page_of_lines.lines:
            if line.furniture:
                label = page_of_lines.label
                placed.append((line.order, Block(Role.FURNITURE, line.text, line.page, page_label=label)))
    placed.sort(key=lambda entry: entry[0])
    return tuple(block for _, block in placed)


def _roles(found: list[Paragraph], headings: Headings, pages: list[Page], size: float) -> list[Role]:
    """Give the role of every paragraph."""
    roles: list[Role] = []
    contents = _contents_pages(found)
    floors = _floors(pages, size)
    before: Role | None = None
    for place, paragraph in enumerate(found):
        if place == headings.title:
            role = Role.TITLE
        elif _is_entry(paragraph, contents) or is_link(paragraph.text):
            role = Role.LINKS
        elif place in headings.ranks:
            role = Role.SUBHEAD
        elif _is_caption(paragraph, size):
            role = Role.CAPTION
        elif _is_note(paragraph, size, floors, before):
            role = Role.FOOTNOTE
        else:
            role = Role.BODY
        roles.append(role)
        before = role
    _name_front(found, roles, headings)
    return roles


def _contents_pages(found: list[Paragraph]) -> set[int]:
    """Give the pages that hold a table of contents."""
    entries = Counter(paragraph.first.page for paragraph in found if is_leader(paragraph.last))
    return {page for page, count in entries.items() if count >= _MANY_ENTRIES}


def _is_entry(paragraph: Paragraph, contents: set[int]) -> bool:
    """Say whether a paragraph is an entry of a table of contents."""
    if paragraph.first.page not in contents:
        return False
    return is_leader(paragraph.last) or _ENTRY.fullmatch(paragraph.text) is not None


def _is_caption(paragraph: Paragraph, size: float) -> bool:
    text = paragraph.text
    match = CAPTION.match(text)
    if match is not None and len(text) <= _LONGEST_CAPTION and text[0].isupper():
        return match["end"] != " " or paragraph.size < _SMALL * size
    return is_caption(text)


def _floors(pages: list[Page], size: float) -> dict[int, list[Line]]:
    """Give the lines of each page that are as large as the text: notes stand below them.

    A page with very many lines, a map or a table, has none: it would take long to look for notes there.
    """
    return {
        page.number: [line for line in page.lines if line.size > _SMALL * size and not line.furniture]
        if len(page.lines) <= _MOST_LINES
        else []
        for page in pages
    }


def _is_note(paragraph: Paragraph, size: float, floors: dict[int, list[Line]], before: Role | None) -> bool:
    """Say whether a paragraph is a footnote: small, with its mark or after another note, and no text below it."""
    first = paragraph.first
    if paragraph.size > _SMALL * size:
        return False
    if before is not Role.FOOTNOTE and _NOTE_MARK.match(paragraph.text) is None:
        return False
    above = [line for line in floors[first.page] if line.overlaps(first.left, first.right)]
    return bool(above) and all(line.baseline > first.baseline for line in above)


def _name_front(found: list[Paragraph], roles: list[Role], headings: Headings) -> None:
    """Name byline and date under the title."""
    if headings.title is None:
        return
    for place in range(headings.title + 1, min(len(found), headings.title + _FRONT)):
        text = found[place].text
        if len(text) > _LONG or found[place].first.page != found[headings.title].first.page:
            return
        role = front_role(text) if roles[place] in (Role.BODY, Role.SUBHEAD) else None
        if role is not None and role not in roles:
            roles[place] = role
            headings.ranks.pop(place, None)
