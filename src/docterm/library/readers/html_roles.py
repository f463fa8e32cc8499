"""The lines of a page as blocks: the article's with their roles, and around it what belongs to the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docterm.library.model import Block, Role
from docterm.library.readers.html_tree import Line, Node, heading_level, inherit
from docterm.library.readers.roles import ends_sentence, front_role, is_boilerplate, is_caption, is_link, line_role

_LONGEST_FRONT = 12
"""Lines between the headline and the first paragraph, at most."""
_PROSE = 150
_LONGEST_BYLINE = 160
_LONGEST_DATE = 80
_LONGEST_SUBHEAD = 120
_LONGEST_CAPTION = 600
_EDGE = 8
_SHORT_FURNITURE = 80
_LONGEST_FURNITURE = 400
MOST_FURNITURE = 200
"""Blocks of page furniture that are kept of one page."""

_CAPTION_HINT = re.compile(r"\b(?:wp )?(?:\w*caption\w*|credits?|photo credit|image credit|cutline)\b")
_FOOTNOTE_HINT = re.compile(r"\b(?:foot ?notes?|end ?notes?|reflist|references|fn ?\d+)\b")
_FOOTNOTE_ROLES = frozenset("doc-footnote doc-endnote doc-endnotes".split())
_RELATED_HINT = re.compile(r"\b(?:related\w*|recommend\w*|read (?:more|next|also)|see also|more (?:from|on|stories))\b")
_DECK_HINT = re.compile(
    r"\b(?:dek|deck|stand ?first|sub ?title|sub ?head(?:line|ing)?|lede|summary|intro|teaser|chapeau)\b"
)
_BYLINE_HINT = re.compile(r"\b(?:by ?line\w*|author\w*|writers?|contributors?)\b")
_DATE_HINT = re.compile(r"\b(?:date\w*|time ?stamp\w*|publish\w*|pub ?date|posted on)\b")
_RIGHTS_HINT = re.compile(r"\b(?:copyright|license)\b")


def fold(text: str) -> str:
    """Give the letters and digits of a text in lower case, to tell whether two say the same."""
    return "".join(char for char in text.casefold() if char.isalnum())


class Casting:
    """The giving of roles to the lines of one page."""

    def __init__(self, nodes: list[Node], lines: list[Line], inside: list[bool], meta: dict[str, str]) -> None:
        """Begin with a page; `inside` says of each element whether it belongs to the article."""
        self._lines = lines
        self._inside = [inside[line.node.index] for line in lines]
        self._title = fold(meta.get("title", ""))
        self._named = meta.get("title", "")
        self._description = fold(meta.get("description", ""))
        self._authors = [fold(name) for name in meta.get("author", "").split(";") if name.strip()]
        self._caption = inherit(nodes, lambda node: node.is_block and _is_caption(node))
        self._footnote = inherit(nodes, lambda node: node.is_block and _is_footnote(node))
        self._related = inherit(nodes, lambda node: _RELATED_HINT.search(node.hint) is not None)
        self._links = inherit(nodes, _is_list)
        self._roles: list[Role | None] = [None] * len(lines)

    def blocks(self) -> tuple[list[Block], int]:
        """Give the blocks in reading order, and how many lines of furniture were left out."""
        title = self._find_title()
        if title is not None:
            self._roles[title] = Role.TITLE
            self._cast_front(title)
        for place in range(len(self._lines)):
            if self._roles[place] is None:
                self._roles[place] = self._role(place, title)
        self._cast_end()
        return self._gather(title)

    # --- the front ---

    def _find_title(self) -> int | None:
        """Give the heading that is the title of the page, if one is."""
        heads = [
            place
            for place, line in enumerate(self._lines)
            if heading_level(line.node) in (1, 2, 3) or _is_headline(line)
        ]
        same = [place for place in heads if self._title and fold(self._lines[place].text) == self._title]
        if same:
            return next((place for place in same if self._inside[place]), same[0])
        first = [place for place in heads if heading_level(self._lines[place].node) == 1]
        near = [place for place in first if self._is_like_title(self._lines[place].text)]
        if near:
            return near[0]
        return first[0] if len(first) == 1 and (self._inside[first[0]] or not self._title) else None

    def _is_like_title(self, text: str) -> bool:
        folded = fold(text)
        return len(folded) > 10 and (folded in self._title or (len(self._title) > 10 and self._title in folded))

    def _cast_front(self, title: int) -> None:
        """Find deck, byline and date under the headline, and byline and date right above it."""
        for place in range(max(0, title - 4), title):
            role = front_role(self._lines[place].text)
            if role is not None and self._inside[place]:
                self._roles[place] = role
        for place in range(title + 1, min(title + 1 + _LONGEST_FRONT, len(self._lines))):
            line = self._lines[place]
            role = self._front_role(line, place == title + 1)
            if role is None and line.size >= _PROSE and not line.linked:
                break
            self._roles[place] = role

    def _front_role(self, line: Line, first: bool) -> Role | None:
        folded = fold(line.text)
        if len(line.text) > 20 and folded == self._description:
            return Role.DECK
        if len(line.text) <= _LONGEST_BYLINE:
            hints = _hints(line)
            if any(_BYLINE_HINT.search(hint) for hint in hints) and self._names_author(folded):
                return Role.BYLINE
            if (role := front_role(line.text)) is not None:
                return role
            dated = any(_DATE_HINT.search(hint) for hint in hints[:2]) and any(char.isdigit() for char in line.text)
            if dated or (_has_time(line) and len(line.text) <= _LONGEST_DATE):
                return Role.DATE
            if folded in self._authors:
                return Role.BYLINE
        return self._deck(line, first)

    @staticmethod
    def _deck(line: Line, first: bool) -> Role | None:
        deck = _DECK_HINT.search(line.node.hint) is not None or (first and line.node.tag in ("h2", "h3"))
        return Role.DECK if deck and 40 <= len(line.text) <= 600 else None

    def _names_author(self, folded: str) -> bool:
        return not self._authors or any(name in folded for name in self._authors) or folded.startswith("by")

    # --- everywhere ---

    def _role(self, place: int, title: int | None) -> Role:
        line = self._lines[place]
        index = line.node.index
        if self._footnote[index] and (self._inside[place] or heading_level(line.node) == 0):
            return Role.FOOTNOTE
        if not self._inside[place]:
            related = self._related[index] or line_role(line.text) is Role.RELATED
            return Role.RELATED if related else Role.FURNITURE
        if heading_level(line.node) or self._is_strong_heading(place):
            return Role.SUBHEAD
        if title is not None and place < title and line.size < _PROSE:
            return Role.FURNITURE
        return self._role_within(line)

    def _role_within(self, line: Line) -> Role:
        index = line.node.index
        if line.node.typed:
            return Role.BODY
        if self._caption[index] and len(line.text) <= _LONGEST_CAPTION:
            return Role.CAPTION
        alone = line_role(line.text)
        if alone is Role.RELATED and not line.linked and len(line.text) > 40:
            alone = None
        if alone is not None:
            return alone
        if is_link(line.text) or (self._links[index] and line.linked >= 0.9 * line.size):
            return Role.LINKS
        return Role.CAPTION if line.node.tag != "li" and is_caption(line.text) else Role.BODY

    def _is_strong_heading(self, place: int) -> bool:
        """Say whether a line is a heading by its looks: short, open at the end, all in bold, above prose."""
        line = self._lines[place]
        if line.node.tag not in ("p", "div") or len(line.text) > _LONGEST_SUBHEAD or ends_sentence(line.text):
            return False
        if place + 1 >= len(self._lines) or not self._inside[place + 1] or self._lines[place + 1].size < _PROSE:
            return False
        shown = [child for child in line.node.children if not isinstance(child, str) or child.strip()]
        return len(shown) == 1 and isinstance(shown[0], Node) and shown[0].tag in ("strong", "b") and not line.linked

    def _cast_end(self) -> None:
        of_article = [place for place, role in enumerate(self._roles) if role is Role.BODY]
        for place in of_article[-_EDGE:]:
            line = self._lines[place]
            if is_boilerplate(line.text) or _RIGHTS_HINT.search(line.node.hint):
                self._roles[place] = Role.BOILERPLATE

    # --- the blocks ---

    def _gather(self, title: int | None) -> tuple[list[Block], int]:
        blocks: list[Block] = []
        headings: list[tuple[int, str]] = []
        first = next((place for place, inside in enumerate(self._inside) if inside), 0)
        furniture, left_out = 0, 0
        for place, line in enumerate(self._lines):
            if place == first and title is None and self._named:
                blocks.append(Block(Role.TITLE, self._named))
            role = self._roles[place] or Role.BODY
            if role in (Role.FURNITURE, Role.RELATED):
                if _joins(blocks, role, line.text):
                    blocks[-1] = Block(role, f"{blocks[-1].text} · {line.text}")
                elif furniture < MOST_FURNITURE:
                    blocks.append(Block(role, line.text))
                    furniture += 1
                else:
                    left_out += 1
                continue
            level = (heading_level(line.node) or 7) if role is Role.SUBHEAD else 8
            while role is Role.SUBHEAD and headings and headings[-1][0] >= level:
                headings.pop()
            above = () if role is Role.TITLE else tuple(text for _, text in headings)
            blocks.append(Block(role, line.text, None, above))
            if role is Role.SUBHEAD:
                headings.append((level, line.text))
        return blocks, left_out


def _joins(blocks: list[Block], role: Role, text: str) -> bool:
    """Say whether a line of furniture goes into the block before it: the entries of a menu make one."""
    if not blocks or blocks[-1].role is not role or len(text) > _SHORT_FURNITURE:
        return False
    before = blocks[-1].text
    return len(before) + len(text) < _LONGEST_FURNITURE and (" · " in before or len(before) <= _SHORT_FURNITURE)


def _around(line: Line) -> Iterator[Node]:
    """Give the element of a line, those within it, and the three around it."""
    yield line.node
    yield from line.inner
    for _, node in zip(range(3), line.node.ancestors(), strict=False):
        yield node


def _hints(line: Line) -> list[str]:
    hints = []
    for node in _around(line):
        marks = f"{node.hint} {node.attributes.get('rel') or ''} {node.attributes.get('itemprop') or ''}".lower()
        hints.append(marks)
    return hints


def _is_headline(line: Line) -> bool:
    return any("headline" in (node.attributes.get("itemprop") or "") for node in (line.node, *line.inner))


def _has_time(line: Line) -> bool:
    return any(node.tag == "time" for node in _around(line))


def _is_list(node: Node) -> bool:
    return node.tag in ("ul", "ol", "dl")


def _is_caption(node: Node) -> bool:
    return node.tag == "figcaption" or (node.tag != "body" and _CAPTION_HINT.search(node.hint) is not None)


def _is_footnote(node: Node) -> bool:
    if (node.attributes.get("role") or "") in _FOOTNOTE_ROLES:
        return True
    return (
        node.tag in ("ol", "ul", "li", "div", "section", "p", "aside") and _FOOTNOTE_HINT.search(node.hint) is not None
    )
