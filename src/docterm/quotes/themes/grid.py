"""The grid of codes by sides: which words of each side have each code."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from docterm.quotes.themes.codebook import Code
from docterm.quotes.themes.coding import Coding


@dataclass(frozen=True, slots=True)
class Row:
    """One code, and for each side the codings with it, in the order of the documents."""

    code: Code
    cells: tuple[tuple[Coding, ...], ...]
    """As many as there are sides; an empty one says that nothing there has the code."""


def grid(book: Sequence[Code], found: Sequence[Coding], sides: Sequence[Collection[str]]) -> list[Row]:
    """Set codes against sides, each given as the keys of its documents.

    A code that stands on words and no longer in the codebook has a row too, at the end.
    """
    listed = {code.name for code in book}
    lost = dict.fromkeys(coding.code for coding in found if coding.code not in listed)
    return [
        Row(code, tuple(_cell(code.name, found, side) for side in sides))
        for code in [*book, *(Code(name) for name in lost)]
    ]


def _cell(code: str, found: Sequence[Coding], side: Collection[str]) -> tuple[Coding, ...]:
    order = {key: place for place, key in enumerate(side)}
    own = [coding for coding in found if coding.code == code and coding.key in order]
    return tuple(
        sorted(own, key=lambda coding: (order[coding.key], coding.cut.address.first, coding.cut.start, coding.id))
    )
