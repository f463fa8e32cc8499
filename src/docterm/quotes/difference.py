"""What differs between two wordings: word by word, readable without colour, and whether a denial came or went."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from docterm.quotes.anchor import UNSPACED
from docterm.text import words

_PIECE = re.compile(rf"[{UNSPACED}]|[^\s{UNSPACED}]+|\s+")
_DENIALS = frozenset(
    "no not never none nobody nothing nowhere neither nor cannot without hardly scarcely barely rarely seldom "
    "dont doesnt didnt couldnt shouldnt isnt arent wasnt werent hasnt havent hadnt mustnt "
    "nicht kein keine keinen keinem keiner keines nie niemals nichts ne pas jamais rien aucun aucune nunca ninguno "
    "ninguna nada non niente nessun nessuno nao nem niet geen nooit inte ingen inga aldrig ikke nigdy "
    "не нет никогда ни 不 没 沒 無 无 未".split()
)
"""Words, folded, that turn a statement round, in the languages that sources are most often in."""


class Part(StrEnum):
    """What became of a piece of the old wording; in the order in which the pieces of a change stand."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Piece(NamedTuple):
    """Some words, and what became of them."""

    part: Part
    text: str

    def __str__(self) -> str:
        """Give it as `wdiff` writes it: `[-removed-]` and `{+added+}`."""
        if self.part is Part.SAME or not self.text.strip():
            return self.text
        marks = ("[-", "-]") if self.part is Part.REMOVED else ("{+", "+}")
        inner = self.text.strip()
        lead, _, tail = self.text.partition(inner)
        return f"{lead}{marks[0]}{inner}{marks[1]}{tail}"


def difference(old: str, new: str) -> list[Piece]:
    """Give what leads from one wording to another, in pieces of whole words with the space behind them.

    The pieces that are not added make up `old`, those that are not removed `new`, but for white space.
    """
    from rapidfuzz.distance import Indel

    before, after = _words(old), _words(new)
    steps = Indel.opcodes([each.rstrip() for each in before], [each.rstrip() for each in after])
    pieces: list[Piece] = []
    for step in steps:
        if step.tag == "equal":
            pieces.append(Piece(Part.SAME, "".join(after[step.dest_start : step.dest_end])))
        else:
            pieces.append(Piece(Part.REMOVED, "".join(before[step.src_start : step.src_end])))
            pieces.append(Piece(Part.ADDED, "".join(after[step.dest_start : step.dest_end])))
    return list(_joined(piece for piece in pieces if piece.text))


def shown(pieces: Sequence[Piece]) -> str:
    """Give a difference as one text that needs no colour to be read."""
    whole = ""
    for piece in pieces:
        gap = " " if whole and not whole[-1].isspace() and piece.part is not Part.SAME else ""
        whole += f"{gap}{piece}"
    return " ".join(whole.split())


def denials(text: str) -> Counter[str]:
    """Count the words of a text that deny: not, n't, never, no, hardly, and their like in other languages."""
    found: Counter[str] = Counter()
    for word in words(text):
        if word in _DENIALS or word.endswith("n't"):
            found["not" if word.endswith("n't") or word in ("not", "cannot") else word] += 1
    return found


def denies_otherwise(old: str, new: str) -> bool:
    """Say whether a denial was dropped or added: then two wordings that differ in one word say opposite things."""
    return denials(old) != denials(new)


def _words(text: str) -> list[str]:
    """Cut a text into words, each with the white space behind it; where words have none between, into characters."""
    pieces: list[str] = []
    for piece in _PIECE.findall(text.strip()):
        if piece.isspace() and pieces:
            pieces[-1] += " "
        else:
            pieces.append(piece)
    return pieces


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Join neighbours with one fate, so that what was removed stands before what took its place."""
    run: dict[Part, str] = {}
    for is_same, group in groupby(pieces, key=lambda piece: piece.part is Part.SAME):
        run = {}
        for piece in group:
            run[piece.part] = run.get(piece.part, "") + piece.text
        order = (Part.SAME,) if is_same else (Part.REMOVED, Part.ADDED)
        yield from (Piece(part, run[part]) for part in order if part in run)
