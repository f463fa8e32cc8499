"""The reader of plain text: saved articles, hard-wrapped or with one line a paragraph."""

from __future__ import annotations

from docterm.library.model import Block, Role
from docterm.library.readers import Extract
from docterm.library.readers.decode import decoded
from docterm.library.readers.lines import split_lines
from docterm.library.readers.paragraphs import Paragraph, paragraphs
from docterm.library.readers.roles import ends_sentence, is_boilerplate, starts_item

_LONGEST_TITLE = 200
_LONGEST_DECK = 300
_SHORTEST_DECK = 50
"""A shorter line under a headline is the first subhead."""
_LONGEST_SUBHEAD = 100
_EDGE = 8
"""The small print stands among so many paragraphs at the end."""


def read(data: bytes) -> Extract:
    """Give the blocks of a plain text: each paragraph unwrapped to one line, with its role, page and subhead.

    Pages are counted by form feeds and None in a text that has none. Raises ReadError for bytes that are not text.
    """
    text, notes = decoded(data)
    paged = "\f" in text
    found = paragraphs(split_lines(text))
    blocks: list[Block] = []
    headings: tuple[str, ...] = ()
    for paragraph, role in zip(found, _roles(found), strict=True):
        if role is Role.SUBHEAD:
            headings = ()
        blocks.append(Block(role, paragraph.text, paragraph.page if paged else None, headings))
        if role is Role.SUBHEAD:
            headings = (paragraph.text,)
    return Extract(tuple(blocks), notes=notes)


def _roles(found: list[Paragraph]) -> list[Role]:
    """Give the role of every paragraph: what it says of itself, else what its place says."""
    roles = [paragraph.role for paragraph in found]
    for place in range(max(0, len(found) - _EDGE), len(found)):
        if roles[place] is None and is_boilerplate(found[place].text):
            roles[place] = Role.BOILERPLATE
    _name_headline(found, roles)
    _name_subheads(found, roles)
    return [role or Role.BODY for role in roles]


def _name_headline(found: list[Paragraph], roles: list[Role | None]) -> None:
    """Name the title and the deck under it, when the text begins with them."""
    running = [place for place, role in enumerate(roles) if role is None]
    if len(running) < 2 or not _is_title(found[running[0]]):
        return
    roles[running[0]] = Role.TITLE
    if len(running) < 3:
        return
    title, under, first = running[:3]
    signed = under == title + 1 and any(role in (Role.BYLINE, Role.DATE) for role in roles[under:first])
    if _is_deck(found[under].text, signed) and _is_prose(found[first].text):
        roles[under] = Role.DECK


def _is_title(paragraph: Paragraph) -> bool:
    text = paragraph.text
    finished = ends_sentence(text) and not text.endswith("?")
    return len(text) <= _LONGEST_TITLE and len(paragraph.lines) <= 3 and not finished and not starts_item(text)


def _is_deck(text: str, signed: bool) -> bool:
    """Say whether the text under a headline is its deck; `signed` when byline or date follow it."""
    if len(text) > _LONGEST_DECK or starts_item(text):
        return False
    return signed or (len(text) >= _SHORTEST_DECK and not ends_sentence(text))


def _is_prose(text: str) -> bool:
    return ends_sentence(text) or len(text) > _LONGEST_SUBHEAD or starts_item(text)


def _name_subheads(found: list[Paragraph], roles: list[Role | None]) -> None:
    """Name the headings: one or two short lines, open at the end, above prose.

    Three in a row are a list or a poem, and a line with nothing under it is a signature.
    """
    run: list[int] = []
    for place, (paragraph, role) in enumerate(zip(found, roles, strict=True)):
        if role is not None:
            continue
        if len(paragraph.lines) <= 2 and not _is_prose(paragraph.text) and not paragraph.text[0].islower():
            run.append(place)
            continue
        if len(run) <= 2 and _is_prose(paragraph.text):
            for heading in run:
                roles[heading] = Role.SUBHEAD
        run = []
