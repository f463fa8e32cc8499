"""The passages of a document as the catalogue keeps them: packed in parts, and made when they are looked at.

A part holds the texts of PART passages in one run, and beside it what else is known of each. Opening a document
costs one pass over its texts, whatever their number; a `Passage` is made for those that are read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from operator import eq
from typing import NamedTuple, overload
from zlib import crc32

from docterm.library.model import Locator, Number, Passage, Role

PART = 64
"""Passages in a part, but for the last of a document."""
_BETWEEN = "\n"  # in no text: each is one line
_ROLES = tuple(Role)
_ROLE_PLACES = {role: place for place, role in enumerate(_ROLES)}


class Part(NamedTuple):
    """A run of passages as it is stored."""

    texts: bytes
    facts: bytes
    """JSON: the headings that stand in the run, and for each passage role, number, letter, page, label, heading."""
    checksum: int
    """Of both, since SQLite does not notice when bytes change on the disk."""

    @property
    def is_sound(self) -> bool:
        """Whether it is as it was written."""
        return crc32(self.facts, crc32(self.texts)) == self.checksum


def pack(passages: Iterable[Passage]) -> Iterator[Part]:
    """Give the parts of a document's passages."""
    rest = iter(passages)
    while run := list(islice(rest, PART)):
        headings = list(dict.fromkeys(each.locator.headings for each in run))
        places = {each: place for place, each in enumerate(headings)}
        facts = [_facts(each, places[each.locator.headings]) for each in run]
        packed = json.dumps([headings, facts], separators=(",", ":")).encode()
        texts = _BETWEEN.join(each.text for each in run).encode()
        yield Part(texts, packed, crc32(packed, crc32(texts)))


def _facts(passage: Passage, heading: int) -> list[object]:
    number, locator = passage.number, passage.locator
    letter = number.letter if isinstance(number, Number) else ""
    count = None if number is None else int(number)
    return [_ROLE_PLACES[passage.role], count, letter, locator.page, locator.page_label, heading]


class Passages(Sequence[Passage]):
    """The passages of a document, in order."""

    def __init__(self, key: str, parts: Sequence[Part], first: int = 0) -> None:
        """Take the parts of document `key` from its part `first` on.

        Raises ValueError when one of them is not as it was written.
        """
        if not all(part.is_sound for part in parts):
            raise ValueError("a part of a text is damaged")
        self._key = key
        self._first = first * PART
        self.texts: Sequence[str] = (
            _BETWEEN.join(part.texts.decode() for part in parts).split(_BETWEEN) if parts else ()
        )
        """The text of each, for those who need nothing else."""
        self._facts = [part.facts for part in parts]
        self._made = lru_cache(maxsize=128)(self._make)

    def _make(self, part: int) -> tuple[Passage, ...]:
        headings, facts = json.loads(self._facts[part])
        paths = [tuple(each) for each in headings]
        start = part * PART
        return tuple(
            Passage(
                self._key, self._first + index, _ROLES[role], self.texts[index],
                Locator(Number(count, letter) if letter else count, page, paths[heading], page_label),
            )
            for index, (role, count, letter, page, page_label, heading) in enumerate(facts, start)
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, index: int) -> Passage: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Passage, ...]: ...

    def __getitem__(self, index: int | slice) -> Passage | tuple[Passage, ...]:
        if isinstance(index, slice):
            return tuple(self[place] for place in range(*index.indices(len(self))))
        place = index + len(self) if index < 0 else index
        if not 0 <= place < len(self):
            raise IndexError(index)
        return self._made(place // PART)[place % PART]

    def __iter__(self) -> Iterator[Passage]:
        for part in range(len(self._facts)):
            yield from self._made(part)

    def __reversed__(self) -> Iterator[Passage]:
        for part in reversed(range(len(self._facts))):
            yield from reversed(self._made(part))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment]  # it is a sequence like a list


def texts_of(passages: Sequence[Passage]) -> Iterable[str]:
    """Give the texts of passages in order, without making those that nobody looks at."""
    return passages.texts if isinstance(passages, Passages) else (passage.text for passage in passages)
