"""Plain text: paragraphs between empty lines; what is indented or stands behind `>` is a block quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docterm.quotes.check.prose import Paragraph, Weaver, weave
from docterm.text import Span

_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*[^\s>][^\n]*)*")
_MARKS = re.compile(
    r"(?P<line>\n[ \t]*(?:>[ \t]?)*)"
    r"|(?<!\w)[*_](?=\w)|(?<=[\w.,;:!?])[*_](?!\w)"  # emphasis, and the star of a note
)
_QUOTED = re.compile(r"[ \t]*>(?:[ \t>])*")
_INDENTED = re.compile(r"(?:[ ]{4}|\t)[ \t]*(?=\S)")


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Give the paragraphs of a plain text."""
    block, end = 0, -1
    for match in _PARAGRAPH.finditer(text):
        start = match.start()
        head = _QUOTED.match(text, start, match.end()) or _indented(match)
        if head is not None:
            # Paragraphs of one block have only empty lines, or lines of `>`, between them.
            block += not (block and end >= 0 and not text[end:start].strip(" \t\n>"))
            start = head.end()
        end = match.end() if head is not None else -1
        weaver = Weaver(block if head is not None else 0)
        weave(text, Span(start, match.end()), _MARKS, _line, weaver)
        yield weaver.paragraph()


def _indented(match: re.Match[str]) -> re.Match[str] | None:
    if all(_INDENTED.match(line) for line in match[0].split("\n")):
        return _INDENTED.match(match.string, match.start())
    return None


def _line(match: re.Match[str], weaver: Weaver) -> None:
    if match["line"]:
        weaver.put("\n", *match.span())
