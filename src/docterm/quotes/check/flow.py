"""Reading a manuscript in one pass where brackets say what ends: a quotation, a note, a block."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from docterm.quotes.check.prose import CLOSE, OPEN, Paragraph, Weaver

Closing = Callable[[int, int], None]
"""What is done at the bracket that closes, which stands from one place to another."""
_DEEPEST = 200
"""Brackets within each other; those of more are only left out."""


class Flow:
    """The paragraphs of a text, as far as it was read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.weaver = Weaver()
        self._found: list[Paragraph] = []
        self._notes: list[Paragraph] = []
        self._outer: list[Weaver] = []
        """The paragraphs in which the notes stand that are being read."""
        self._names = 0
        self._block = self._blocks = 0
        self._closings: list[Closing] = []

    def run(self, marks: re.Pattern[str], handle: Callable[[re.Match[str], Flow], None], start: int, end: int) -> None:
        """Take the text from `start` to `end`, but for what `marks` finds, which `handle` deals with."""
        done = start
        for match in marks.finditer(self.text, start, end):
            self.weaver.copy(self.text, done, match.start())
            handle(match, self)
            done = match.end()
        self.weaver.copy(self.text, done, end)

    def paragraphs(self) -> Iterator[Paragraph]:
        """Give the paragraphs that were read, those of notes at the end."""
        while self._outer:
            self._end_note()
        self.part()
        yield from self._found
        yield from self._notes

    def part(self, note: str = "") -> None:
        """End the paragraph, and begin another, of a note where one is named. In a note in brackets nothing ends."""
        if self._outer:
            return
        self._found.append(self.weaver.paragraph())
        self.weaver = Weaver(self._block, note)

    # --- what brackets enclose -------------------------------------------------------------------

    def enter(self, closing: Closing | None = None) -> None:
        """Go into brackets; `closing` is done when they end."""
        if len(self._closings) < _DEEPEST:
            self._closings.append(closing or _nothing)

    def leave(self, start: int, end: int) -> bool:
        """Come out of brackets at the one that stands from `start` to `end`; False where none are open."""
        if not self._closings:
            return False
        self._closings.pop()(start, end)
        return True

    def quote(self, start: int, end: int, cited: Callable[[], None] = lambda: None) -> None:
        """Go into a quotation in brackets; `cited` takes note of its citation when it ends."""

        def close(start: int, end: int) -> None:
            self.weaver.put(CLOSE, start, end)
            cited()

        self.weaver.put(OPEN, start, end)
        self.enter(close)

    def note(self) -> None:
        """Go into a note in brackets. Its citations are also those of the place where it stands."""
        self._names += 1
        name = f"\0{self._names}"
        self.weaver.cite("", note=name)
        self._outer.append(self.weaver)
        self.weaver = Weaver(note=name)
        self.enter(lambda start, end: self._end_note())

    def _end_note(self) -> None:
        if self._outer:
            self._notes.append(self.weaver.paragraph())
            self.weaver = self._outer.pop()

    def begin_block(self) -> None:
        """Begin a block quotation."""
        self._blocks += 1
        self._block = self._blocks
        self.part()

    def end_block(self) -> None:
        """End the block quotation."""
        self._block = 0
        self.part()


def _nothing(start: int, end: int) -> None:
    pass
