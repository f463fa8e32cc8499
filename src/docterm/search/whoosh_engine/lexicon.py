"""The words of a segment, in order: looked up by bisection in the file itself, nothing is loaded."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from docterm.search.whoosh_engine.layout import SegmentFile, narrow
from docterm.text import ENGLISH

COMPOUND = "-"
"""Parts a hyphenated word, joined, from the number of words it is made of: `cooperate-2` stands for `co-operate`."""
HEADING = "#"
"""Stands before a stem of the headings above passages, whose postings are kept like those of words."""
LANGUAGE = "@"
"""Parts a word of a document that is in another language than English from the code of that: `haus@de`, `co-op-2@de`.

So a word of two languages has two lists of postings, and its forms are those of either language.
"""
_MORE = rf"(?:{COMPOUND}\d+)?(?:{LANGUAGE}[a-z]+)?"
_SIGNED = re.compile(rf"[{COMPOUND}{LANGUAGE}][^\n]*")


def encode(word: str) -> bytes:
    """Give a word as it is kept. Order of code points is order of bytes."""
    return word.encode("utf-8", "surrogatepass")


def decode(word: bytes | memoryview) -> str:
    """Give what was kept as a word, or several, each on a line."""
    return bytes(word).decode("utf-8", "surrogatepass")


class Lexicon:
    """Words by their number, which is their place in order."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        self._text = file.section(f"{name}.text")
        self._starts = file.section(f"{name}.starts")
        self._numbers = range(len(self._starts) - 1)
        self.words = range(self._at(chr(ord(HEADING) + 1)), len(self._numbers))
        """The numbers of the words that stand in passages themselves."""

    def __len__(self) -> int:
        return len(self._numbers)

    def _raw(self, number: int) -> bytes:
        return bytes(self._text[self._starts[number] : self._starts[number + 1] - 1])

    def word(self, number: int) -> str:
        """Give a word by its number."""
        return decode(self._raw(number))

    def find(self, word: str) -> int | None:
        """Give the number of a word, or None when there is none."""
        number = self._at(word)
        return number if number < len(self) and self._raw(number) == encode(word) else None

    def _at(self, word: str) -> int:
        return bisect_left(self._numbers, encode(word), key=self._raw)

    def beginning(self, start: str) -> range:
        """Give the numbers of the words of passages that begin with `start`."""
        first = max(self._at(start), self.words.start)
        return range(first, bisect_left(self._numbers, encode(start) + b"\xff", lo=first, key=self._raw))

    def lines(self, numbers: range) -> str:
        """Give the words of some numbers, each on a line."""
        return (
            decode(self._text[self._starts[numbers.start] : max(self._starts[numbers.stop] - 1, 0)]) if numbers else ""
        )

    def matching(self, pattern: str, numbers: range) -> Iterator[int]:
        """Give the numbers, among some, of the words that a regular expression matches whole."""
        text = self.lines(numbers)
        number, seen = numbers.start, 0
        for match in re.compile(rf"^(?:{pattern}){_MORE}$", re.MULTILINE).finditer(text):
            number += text.count("\n", seen, match.start())
            seen = match.start()
            if number < numbers.stop:
                yield number

    def plain(self, numbers: range) -> list[str]:
        """Give the words of some numbers as they read, hyphenated ones joined."""
        text = self.lines(numbers)
        signed = COMPOUND in text or LANGUAGE in text
        return (_SIGNED.sub("", text) if signed else text).split("\n") if numbers else []


class Name(NamedTuple):
    """What a word of the lexicon stands for."""

    word: str
    """What it reads, joined where it is hyphenated."""
    width: int
    """How many words of a passage it takes up."""
    language: str


def parsed(name: str) -> Name:
    """Give what a word of the lexicon stands for."""
    rest, _, language = name.partition(LANGUAGE)
    word, _, width = rest.partition(COMPOUND)
    return Name(word, int(width or 1), language or ENGLISH)


def named(word: str, language: str) -> str:
    """Give the name of a word, or of a stem, of a language."""
    return word if language == ENGLISH else f"{word}{LANGUAGE}{language}"


def lexicon_sections(name: str, words: Iterable[str]) -> dict[str, array[int] | bytes]:
    """Give the sections of a lexicon; `words` are in order."""
    lines = [encode(word) + b"\n" for word in words]
    starts = array("Q", [0])
    total = 0
    for line in lines:
        total += len(line)
        starts.append(total)
    return {f"{name}.text": b"".join(lines), f"{name}.starts": narrow(starts)}
