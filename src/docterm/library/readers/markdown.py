"""The reader of Markdown (CommonMark): the words of each paragraph, without the marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from docterm.library.model import Block, Role
from docterm.library.readers import Extract
from docterm.library.readers.decode import decoded
from docterm.library.readers.front_matter import split_front_matter
from docterm.library.readers.lines import cut_line
from docterm.library.readers.roles import is_link

if TYPE_CHECKING:
    from markdown_it.token import Token

_LONGEST_PARAGRAPH = 50_000
"""Characters: the parser's time grows with the square of a paragraph's length."""
_DEEPEST = 40
"""Tokens within each other, two a list or quotation; the parser leaves out what lies deeper."""
_EMPHASIS = {"em_open": "em_close", "strong_open": "strong_close"}


def read(data: bytes) -> Extract:
    """Give the blocks of a Markdown text and its front matter.

    The first heading of level 1 is the title, or the front matter's `title` where the text does not begin
    with one; a paragraph wholly in emphasis right under it is the deck. Blocks carry the headings above
    them. List items, quotations and lines of code are body paragraphs. Raises ReadError for bytes that are
    not text.
    """
    from markdown_it import MarkdownIt

    text, notes = decoded(data)
    meta, text = split_front_matter(text.replace("\f", "\n"))
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST})
    return Extract(tuple(_Reading(meta.get("title", "")).blocks(parser.parse(_bounded(text)))), meta, notes)


def _bounded(text: str) -> str:
    """Give `text` with blank lines set into lines and paragraphs that are too long to be parsed fast."""
    lines: list[str] = []
    length = 0
    for raw in text.split("\n"):
        if not raw.strip():
            lines.append("")
            length = 0
        for number, line in enumerate(cut_line(raw)):
            if number > 0 or length > _LONGEST_PARAGRAPH:
                lines.append("")
                length = 0
            lines.append(line)
            length += len(line)
    return "\n".join(lines)


class _Reading:
    """One run over the tokens of a document: the blocks so far and the headings that are open."""

    def __init__(self, title: str) -> None:
        """Begin a document; `title` is what the front matter calls it, or the empty string."""
        self._title = _one_line(title)
        self._blocks: list[Block] = []
        self._open: list[tuple[int, str]] = []
        self._titled = False

    def blocks(self, tokens: Sequence[Token]) -> list[Block]:
        """Give the blocks of the tokens of a whole document."""
        begins_with_title = bool(tokens) and tokens[0].type == "heading_open" and tokens[0].tag == "h1"
        if self._title and not begins_with_title:
            self._name(self._title)
        for token, above in zip(tokens, (None, *tokens), strict=False):
            if token.type in ("fence", "code_block"):
                self._code(token.content)
            elif token.type == "inline" and above is not None:
                children = token.children or []
                if above.type == "heading_open" and above.level == 0:
                    self._heading(int(above.tag[1:]), _one_line(_text(children)))
                else:
                    self._paragraph(children, nested=above.level > 0)
        return self._blocks

    def _add(self, role: Role, text: str) -> None:
        if text:
            self._blocks.append(Block(role, text, None, tuple(heading for _, heading in self._open)))

    def _name(self, title: str) -> None:
        self._add(Role.TITLE, title)
        self._titled = bool(title)

    def _heading(self, level: int, text: str) -> None:
        if level == 1 and not self._titled:
            self._name(text)
            return
        while self._open and self._open[-1][0] >= level:
            self._open.pop()
        self._add(Role.SUBHEAD, text)
        if text:
            self._open.append((level, text))

    def _paragraph(self, children: Sequence[Token], nested: bool) -> None:
        text = _one_line(_text(children))
        links = _links(children)
        if _is_picture(children):
            self._add(Role.CAPTION, text)
        elif links:
            for link in links:
                self._add(Role.LINKS, link)
        elif self._blocks and self._blocks[-1].role is Role.TITLE and not nested and _is_emphasised(children):
            self._add(Role.DECK, text)
        else:
            self._add(Role.BODY, text)

    def _code(self, content: str) -> None:
        for line in content.split("\n"):
            self._add(Role.BODY, line.strip())


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _pieces(children: Sequence[Token]) -> Iterator[str]:
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            yield " "
        elif child.type == "image":
            yield from _pieces(child.children or [])
        else:
            yield child.content  # empty for the marks themselves


def _text(children: Sequence[Token]) -> str:
    """Give what a reader sees of inline tokens: links and emphasis without their marks, pictures by their text."""
    return "".join(_pieces(children))


def _is_picture(children: Sequence[Token]) -> bool:
    """Say whether there are pictures and nothing else, but for links around them."""
    kinds = {child.type for child in children if child.type not in ("link_open", "link_close") and not _is_gap(child)}
    return kinds == {"image"}


def _is_gap(child: Token) -> bool:
    return child.type in ("softbreak", "hardbreak") or (child.type == "text" and not child.content.strip())


def _links(children: Sequence[Token]) -> list[str]:
    """Give the text of each link when there is nothing but links and what parts them, else no text."""
    found: list[list[str]] = []
    inside = False
    for child in children:
        text = _text([child])
        if child.type in ("link_open", "link_close"):
            inside = child.nesting > 0
            found += [[]] if inside else []
        elif inside:
            found[-1].append(text)
        elif is_link(text.strip()):
            found.append([text])
        elif text.strip(" ,;|·•/–—-"):
            return []
    return [_one_line("".join(link)) for link in found]


def _is_emphasised(children: Sequence[Token]) -> bool:
    """Say whether one pair of emphasis marks holds all of a paragraph."""
    shown = [child for child in children if child.type != "text" or child.content]
    if not shown or _EMPHASIS.get(shown[0].type) != shown[-1].type:
        return False
    return all(child.level > shown[0].level for child in shown[1:-1])
