"""The vocabulary of a side held against the rest of the library, in place of the other side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from docterm.compare.cancel import never
from docterm.compare.sides import Side
from docterm.compare.vocabulary import TermRow, vocabulary
from docterm.library.library import Library

LABEL = "the rest"


@dataclass(frozen=True, slots=True)
class Reference:
    """A side, the rest of its library, and the terms that the two use unequally."""

    side: Side
    rest: Side
    rows: tuple[TermRow, ...]


def against_library(library: Library, side: Side, *, cancelled: Callable[[], bool] = never) -> Reference:
    """Compare the words of a side with those of all other documents of its library that can be read.

    Reads every document of the library. Raises Cancelled soon after `cancelled()` is true.
    """
    others = [document for document in library.documents() if document.key not in side.keys]
    rest = Side.read(library, others, LABEL)
    return Reference(side, rest, vocabulary(side, rest, cancelled=cancelled))
