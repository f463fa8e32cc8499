"""The reader of HTML: the article of a page with the roles of its lines, and the page around it as furniture."""

from __future__ import annotations

import re
from dataclasses import replace

from docterm.errors import Code, ReadError
from docterm.library.readers import Extract
from docterm.library.readers.decode import decoded

LARGEST = 20 * 1024 * 1024
_DEEPEST = 10_000
"""Elements within each other: the parser's time grows with the square of the depth."""
_LONGEST_TAG = 100_000
_MOST_ATTRIBUTES = 5_000
_LEAST_SHARE = 0.25
"""Of the page's text: an article with less is taken for an error, and the page for the article."""
_HEAD = 4096
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,500}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE
)
_NESTING = re.compile(
    r"<(/?)(?:div|span|section|article|blockquote|ul|ol|dl|table|center|font|b|i|em|strong|u|small|big)\b",
    re.IGNORECASE,
)
_LONG_TAG = re.compile(rf"<[A-Za-z][^<>]{{{_LONGEST_TAG},}}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def read(data: bytes) -> Extract:
    """Give the blocks of a page and what it says of itself.

    What is not of the article is furniture, related or links, in its place; hidden elements, scripts and styles
    are left out. Raises ReadError for pages over LARGEST bytes, for what is not text, and for pages that are
    built to take forever.
    """
    if len(data) > LARGEST:
        raise ReadError(
            f"The page is {len(data) / 2**20:.0f} MB; the limit for HTML is {LARGEST // 2**20} MB.",
            "Save the article by itself, or as text.",
            Code.TOO_BIG,
        )
    text, notes = decoded(data, _named_encoding(data))
    page = read_page(text)
    return replace(page, notes=(*notes, *page.notes))


def read_page(text: str, whole: bool = False) -> Extract:
    """Give the blocks of a page that is decoded; `whole` takes it all for the article, as in a mail."""
    from selectolax.lexbor import LexborHTMLParser

    from docterm.library.readers.html_article import Finder
    from docterm.library.readers.html_meta import describe
    from docterm.library.readers.html_roles import Casting
    from docterm.library.readers.html_tree import grow, lines_of

    _refuse_bombs(text)
    parser = LexborHTMLParser(text)
    if parser.body is None:
        return Extract(())
    nodes = grow(parser.body)
    lines = lines_of(nodes)
    notes = []
    if not lines:
        nodes = grow(parser.body, hidden=True)
        lines = lines_of(nodes)
        if lines:
            notes.append("Nothing on the page can be seen as it is saved, so its hidden text was read.")
    meta, clues = describe(parser, nodes, lines)
    finder = Finder(nodes, lines)
    inside = [True] * len(nodes) if whole or not lines else finder.article()
    if not whole and lines and finder.share(inside) < _LEAST_SHARE:
        inside = finder.page()
        notes.append("No article stands out on the page, so all of it was read.")
    blocks, left_out = Casting(nodes, lines, inside, {} if whole else meta).blocks()
    if left_out:
        notes.append(f"{left_out:,} lines of menus and the like around the article were left out.")
    meta.pop("description", None)
    return Extract(tuple(blocks), meta, tuple(notes), clues)


def _named_encoding(data: bytes) -> str:
    """Give the encoding that the page names in its first lines, or the empty string."""
    named = _CHARSET.search(data[:_HEAD])
    return "" if named is None else named[1].decode("ascii")


def _refuse_bombs(text: str) -> None:
    """Raise ReadError for what makes the parser slow: elements deep in each other, tags of thousands of attributes."""
    depth = 0
    for match in _NESTING.finditer(text):
        depth = max(0, depth + (-1 if match[1] else 1))
        if depth > _DEEPEST:
            raise ReadError(
                f"The page has more than {_DEEPEST:,} elements within each other.", "Save it as text.", Code.TOO_BIG
            )
    for match in _LONG_TAG.finditer(text):
        if _QUOTED.sub("", match[0]).count(" ") > _MOST_ATTRIBUTES:
            raise ReadError(
                f"The page has a tag with more than {_MOST_ATTRIBUTES:,} attributes.", "Save it as text.", Code.TOO_BIG
            )
