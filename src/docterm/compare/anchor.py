"""How a passage is known again after its document was read anew, numbered anew, or corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256
from typing import Any, NamedTuple

from docterm.library.model import Number, Passage
from docterm.text import words


class Anchor(NamedTuple):
    """Which passage was meant: by its document, its number, and a hash of its words."""

    key: str
    number: str
    """As it is shown, `12a`."""
    words: str
    """A hash of its folded words: the same for other spaces, quotation marks and dashes."""

    @classmethod
    def of(cls, passage: Passage) -> Anchor:
        """Give the anchor of a body passage."""
        return cls(passage.key, str(passage.number), hash_of(passage))

    @property
    def address(self) -> str:
        """The address the passage had."""
        return f"{self.key}:{self.number}"

    def as_json(self) -> dict[str, Any]:
        """Give the anchor for a notebook."""
        return self._asdict()


def anchor_from_json(data: object) -> Anchor:
    """Read an anchor; raise ValueError when it is none."""
    if not isinstance(data, dict):
        raise ValueError("An anchor is an object.")
    values = [value for name in Anchor._fields if isinstance(value := data.get(name), str)]
    if len(values) != len(Anchor._fields):
        raise ValueError("An anchor has a key, a number and a hash of words.")
    return Anchor(*values)


def hash_of(passage: Passage) -> str:
    """Give the hash of a passage's folded words."""
    return sha256(" ".join(words(passage.text)).encode()).hexdigest()[:16]


class Anchorage:
    """The passages in which anchors are found again."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        """Take body passages."""
        self._by_words: dict[tuple[str, str], list[Passage]] = defaultdict(list)
        self._by_number: dict[tuple[str, str], Passage] = {}
        for passage in passages:
            self._by_words[passage.key, hash_of(passage)].append(passage)
            self._by_number[passage.key, str(passage.number)] = passage

    def find(self, anchor: Anchor) -> Passage | None:
        """Give the passage that an anchor means: the one with its words, else the one that has its number now.

        Of several with the same words it is the one whose number is nearest.
        """
        alike = self._by_words.get((anchor.key, anchor.words))
        if alike:
            return min(alike, key=lambda passage: _distance(passage, anchor.number))
        return self._by_number.get((anchor.key, anchor.number))


def _distance(passage: Passage, number: str) -> tuple[int, bool]:
    try:
        wanted = int(Number.parse(number))
    except ValueError:
        return 0, True
    return abs(int(passage.number or 0) - wanted), str(passage.number) != number
