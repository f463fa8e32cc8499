"""Where the terms of a vocabulary stand: every count of a report can be looked up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from docterm.compare.sides import Side
from docterm.library.model import Passage
from docterm.text import stem, tokens

SHOWN = 12
"""Paragraphs that are named of a term and a side."""


@dataclass(frozen=True, slots=True)
class Places:
    """The paragraphs of one side that have a term."""

    first: tuple[Passage, ...]
    more: int
    """How many there are besides."""


class Index:
    """The body paragraphs of a side by the stems of their words."""

    def __init__(self, side: Side) -> None:
        self._lines = [(passage, _line(passage.text)) for passage in side.body()]

    def places(self, forms: Iterable[str]) -> Places:
        """Find the paragraphs that have a word, or words in a row, with the stems of one of `forms`."""
        lines = {_line(form) for form in forms} - {_line("")}
        found = [passage for passage, line in self._lines if any(each in line for each in lines)]
        return Places(tuple(found[:SHOWN]), max(len(found) - SHOWN, 0))


def _line(text: str) -> str:
    return f" {' '.join(stem(token.word) for token in tokens(text))} "
