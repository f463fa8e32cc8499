"""The paragraphs of a manuscript as a reader sees them, each character with the place that it has in the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from docterm.text import Span

OPEN, CLOSE = "\ue000", "\ue001"
"""Stand for the marks around what a command makes a quotation: characters for private use, which no text has."""
_RESERVED = str.maketrans({OPEN: "\ufffd", CLOSE: "\ufffd"})


class Piece(NamedTuple):
    """A run of a paragraph's text, and the span of the file that it is read from."""

    at: int
    start: int
    end: int
    same: bool
    """Whether it is what stands in the file, character for character."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation in a manuscript."""

    at: int
    """Where it stands in the text of its paragraph; what cites by a key is left out of the text."""
    end: int
    key: str = ""
    locator: str = ""
    """As it is written: `para. 4`."""
    said: str = ""
    """What a citation without a key says: `Okafor, 2019, para. 4`."""
    item: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """The work as CSL-JSON, where the citation carries it."""
    note: str = ""
    """The name of a note whose citations are meant."""
    narrative: bool = False
    """Whether it is part of the sentence, as a name is."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph without its mark-up."""

    text: str
    pieces: tuple[Piece, ...]
    citations: tuple[Cited, ...] = ()
    block: int = 0
    """Which block quotation it is part of, from 1; 0 for running text."""
    note: str = ""
    """The name of the note that it is part of."""

    def raw(self, start: int, end: int) -> Span:
        """Give the span of the file from which the characters `start` to `end` of the text are read."""
        if not self.pieces:
            return Span(0, 0)
        first, last = self._piece(start), self._piece(max(start, end - 1))
        begin = first.start + start - first.at if first.same else first.start
        return Span(begin, max(begin, last.start + end - last.at if last.same else last.end))

    def _piece(self, place: int) -> Piece:
        return self.pieces[max(0, bisect_right(self.pieces, place, key=lambda piece: piece.at) - 1)]


class Weaver:
    """Puts a paragraph together from what of the file is text."""

    def __init__(self, block: int = 0, note: str = "") -> None:
        self.length = 0
        self._block, self._note = block, note
        self._texts: list[str] = []
        self._pieces: list[Piece] = []
        self._citations: list[Cited] = []

    def copy(self, text: str, start: int, end: int) -> None:
        """Take `text[start:end]` as it stands."""
        self.take(text[start:end], start)

    def take(self, text: str, start: int) -> None:
        """Take `text`, which stands at `start`."""
        if text:
            self._add(text.translate(_RESERVED), start, start + len(text), same=True)

    def put(self, text: str, start: int, end: int) -> None:
        """Take `text` for what stands from `start` to `end` of the file."""
        if text:
            self._add(text, start, end, same=False)

    def _add(self, text: str, start: int, end: int, *, same: bool) -> None:
        self._pieces.append(Piece(self.length, start, end, same))
        self._texts.append(text)
        self.length += len(text)

    def cite(self, key: str, locator: str = "", **more: Any) -> None:  # noqa: ANN401 - the fields of Cited
        """Take note of a citation that stands here."""
        self._citations.append(Cited(self.length, self.length, key, locator.strip(), **more))

    def paragraph(self) -> Paragraph:
        """Give what was taken, as a paragraph."""
        return Paragraph("".join(self._texts), tuple(self._pieces), tuple(self._citations), self._block, self._note)


Handler = Callable[["re.Match[str]", Weaver], None]


def weave(text: str, span: Span, marks: re.Pattern[str], handle: Handler, weaver: Weaver) -> None:
    """Take `text[span]` into a weaver, but for what `marks` finds, which `handle` deals with."""
    done = span.start
    for match in marks.finditer(text, span.start, span.end):
        weaver.copy(text, done, match.start())
        handle(match, weaver)
        done = match.end()
    weaver.copy(text, done, span.end)


def masked(text: str, pattern: re.Pattern[str]) -> str:
    """Give `text` with spaces for what a pattern finds: as long as before, its lines where they were."""
    return pattern.sub(lambda match: _NO_LINE_END.sub(" ", match[0]), text)


_NO_LINE_END = re.compile(r"[^\n]")
