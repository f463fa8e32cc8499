"""The reader of RTF: its paragraphs, and the title and author in its head."""

from __future__ import annotations

import re

from docterm.errors import Code, ReadError
from docterm.library.model import Block, Role
from docterm.library.readers import Extract
from docterm.library.readers.lines import cut_line
from docterm.library.readers.roles import front_role, line_role

LARGEST = 64 * 1024 * 1024
_LARGEST_TEXT = 16 * 1024 * 1024
"""Bytes without the pictures: the parser takes some seconds for so many."""
_DATA = re.compile(rb"(?:[0-9A-Fa-f]{2}[\r\n]*){200,}")
"""Pictures and objects, byte for byte; no prose is two hundred hexadecimal numbers in a row."""
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")
_LINE_MARK, _CELL_MARK, _LEVEL_MARK = "\u2028", "\ue000", "\ue010"
_LEVELS = 9
_REWRITTEN = (
    (re.compile(r"\\field(?=\{)"), r"\\field "),  # or the parser writes the addresses of links into the text
    (re.compile(r"\\line(?![a-zA-Z])"), rf"{{\\uc0\\u{ord(_LINE_MARK)} }}"),
    (re.compile(r"\\(?:nest)?cell(?![a-zA-Z])"), rf"{{\\uc0\\u{ord(_CELL_MARK)} }}"),
    (
        re.compile(r"\\outlinelevel([0-8])(?!\d)"),
        lambda match: f"{match[0]}{{\\uc0\\u{ord(_LEVEL_MARK) + int(match[1])} }}",
    ),
)
"""What the parser would make the same as something else, made a letter of its own."""
_LEVEL = re.compile(f"[{_LEVEL_MARK}-{chr(ord(_LEVEL_MARK) + _LEVELS - 1)}]")
_STATED = {"title": re.compile(r"\{\\title\s([^{}]*)\}"), "author": re.compile(r"\{\\author\s([^{}]*)\}")}
_JUNK_AUTHORS = frozenset("administrator admin user owner unknown author".split())
_FRONT = 12
"""Byline and date stand among so many paragraphs."""


def read(data: bytes) -> Extract:
    r"""Give the blocks of an RTF file: a paragraph for every \par, a line for the row of a table.

    Paragraphs with an outline level are subheads. Raises ReadError for what is not RTF, is damaged, or is too
    large.
    """
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        raise ReadError("The file is not RTF.", "Give it the suffix of what it is.", Code.MALFORMED)
    text = _source(data)
    meta = {name: _stated(text, pattern) for name, pattern in _STATED.items()}
    if meta["author"].casefold() in _JUNK_AUTHORS:
        meta["author"] = ""
    notes = ("Its footnotes were left out.",) if re.search(r"\\footnote(?![a-zA-Z])", text) else ()
    blocks = _blocks(_plain(text), meta["title"])
    return Extract(tuple(blocks), {name: value for name, value in meta.items() if value}, notes)


def _source(data: bytes) -> str:
    """Give the RTF as characters, without its pictures. Raises ReadError when it is too large."""
    if len(data) <= LARGEST:
        data = _DATA.sub(b"", data)
    if len(data) > _LARGEST_TEXT:
        limit = _LARGEST_TEXT // 2**20
        raise ReadError(
            f"The file has more than {limit} MB of text; the limit for RTF is that.", "Save it as text.", Code.TOO_BIG
        )
    named = _CODE_PAGE.search(data)
    try:
        return data.decode(f"cp{named[1].decode()}" if named is not None else "cp1252", errors="replace")
    except LookupError:
        return data.decode("cp1252", errors="replace")


def _plain(text: str) -> str:
    """Give the text of RTF, with the marks of this module in it. Raises ReadError when it is damaged."""
    from striprtf.striprtf import rtf_to_text

    for pattern, replacement in _REWRITTEN:
        text = pattern.sub(replacement, text)
    try:
        plain: str = rtf_to_text(text, errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError, LookupError, TypeError, AttributeError) as error:
        raise ReadError(
            "The RTF of the file is damaged.", "Open it in a word processor and save it again.", Code.MALFORMED
        ) from error
    # Letters beyond the first plane are written as two halves.
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _stated(text: str, pattern: re.Pattern[str]) -> str:
    found = pattern.search(text[:200_000])
    return "" if found is None else " ".join(_plain(f"{{\\rtf1 {found[1]}}}").split())


def _blocks(plain: str, title: str) -> list[Block]:
    blocks: list[Block] = []
    open_headings: list[tuple[int, str]] = []
    for paragraph in plain.split("\n"):
        for piece in cut_line(paragraph):
            level = _LEVEL.search(piece)
            text = _one_line(_LEVEL.sub("", piece))
            if not text:
                continue
            role = _role(text, len(blocks), title, level is not None)
            depth = 0 if level is None else ord(level[0])
            while role is Role.SUBHEAD and open_headings and open_headings[-1][0] >= depth:
                open_headings.pop()
            blocks.append(Block(role, text, None, tuple(heading for _, heading in open_headings)))
            if role is Role.SUBHEAD:
                open_headings.append((depth, text))
    return blocks


def _one_line(text: str) -> str:
    cells = [" ".join(cell.replace("\u00ad", "").split()) for cell in text.split(_CELL_MARK)]
    return " | ".join(cell for cell in cells if cell)


def _role(text: str, place: int, title: str, is_heading: bool) -> Role:
    if place < _FRONT and title and text.casefold() == title.casefold():
        return Role.TITLE
    if is_heading:
        return Role.TITLE if place == 0 else Role.SUBHEAD
    front = front_role(text) if 0 < place < _FRONT else None
    return front or line_role(text) or Role.BODY
