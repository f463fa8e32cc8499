"""Citation keys: making one for a document that has none, and judging those that others made."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from docterm.library.bibliography.records import issued, source
from docterm.library.model import Record
from docterm.text import words

_NOT_IN_KEY = re.compile(r"[^a-z0-9]+")
_VALID = re.compile(r"[^\W](?:[:.#$%&+?<>~/-]?\w)*")
"""What Pandoc reads behind an @ without braces: letters, digits and _, with single signs inside."""
_UNCITABLE = re.compile(r"[\s{}]")
_FOLDED = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_SKIPPED = frozenset(
    "a about after against al am an and as at auf aus be before between by can da das de dei del della dem den der des "
    "die do does du ein eine el en et for from gli how i il im in into is it its la las le les lo los mit nach nicht "
    "nor not of off on onto or over so some sur than that the their this through to toward towards un una und une "
    "unter up upon van versus via von was we were what when where which who why will with within without you your zu "
    "zum zur".split()
)
_LONGEST_NAME = 30
_LONGEST_WORD = 20


def make_key(record: Record) -> str:
    """Make the key of a record: who speaks, the year, the first word of the title, as in `okafor2024dockers`.

    Who speaks is the first author, else the source. The empty string is given where that is not
    known, unless a year and a title are: a year or a word alone would name nothing.
    """
    name = _author(record) or _letters("".join(_words(source(record))[:3]))
    year = issued(record)[:4]
    title = _words(str(record.get("title", "")))
    if not name and not (year and title):
        return ""
    return f"{name[:_LONGEST_NAME]}{year}{title[0][:_LONGEST_WORD] if title else ''}"


def key_from_name(name: str) -> str:
    """Make a key of a file name: ASCII letters, digits and hyphens."""
    return _NOT_IN_KEY.sub("-", _ascii(name)).strip("-")[:60] or "document"


class Taken:
    """The keys that are taken in a library."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = set(keys)
        self._numbers: dict[str, int] = {}

    def add(self, keys: Iterable[str]) -> None:
        """Take these keys too."""
        self._keys.update(keys)

    def __contains__(self, key: str) -> bool:
        return key in self._keys

    def unique(self, key: str) -> str:
        """Give `key`, or with a number behind it where it is taken; and take it.

        A number and no letter: a letter behind a word of the title would read as a part of it.
        """
        candidate, number = key, self._numbers.get(key, 2)  # ten thousand files may be called README
        while candidate in self._keys:
            candidate, number = f"{key}-{number}", number + 1
        self._numbers[key] = number
        self._keys.add(candidate)
        return candidate


def is_valid(key: str) -> bool:
    """Say whether Pandoc reads a key as it is, without braces around it."""
    return len(key) <= 200 and _VALID.fullmatch(key) is not None


def is_citable(key: str) -> bool:
    """Say whether Pandoc reads a key at all, be it in braces: one with white space or braces it does not."""
    return is_valid(key) or (0 < len(key) <= 200 and _UNCITABLE.search(key) is None)


def _ascii(text: str) -> str:
    folded = text.lower().translate(_FOLDED)
    return unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()


def _letters(text: str) -> str:
    return _NOT_IN_KEY.sub("", _ascii(text))


def _words(text: str) -> list[str]:
    """Give the words of a name or title that say something, folded; all of them where none does."""
    folded = [letters for word in words(text[:500]) if (letters := _letters(word))]
    return [word for word in folded if word not in _SKIPPED] or folded


def _author(record: Record) -> str:
    for role in ("author", "editor"):
        people = record.get(role)
        first: Any = people[0] if isinstance(people, list) and people else None
        if isinstance(first, Mapping):
            name = _letters(str(first.get("family", ""))) or "".join(_words(str(first.get("literal", "")))[:3])
            if name:
                return name
    return ""
