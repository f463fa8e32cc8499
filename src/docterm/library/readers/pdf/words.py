"""The lines of a paragraph made one text: hyphens set by a typesetter taken out, long addresses put together.

Most hyphens at the line ends of a PDF part words ("suc-" / "cess"), the fewest were always there
("self-" / "made"). The document's own words are the judge, where they know the case.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from docterm.library.readers.hyphens import Vocabulary, breaks_word, join_lines
from docterm.library.readers.pdf.line import Line

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_FIRST_LETTERS = re.compile(r"[^\W\d_]+")
_LONGEST = 200
"""Characters of a word or an address that are looked at."""
_ADDRESS = re.compile(r"(?:[^\s@]+@|\w+://|www\.|[^\W\d_]{2,}(?:\.[^\W\d_]{2,})+)\S*")
_DASHES = "-–—"
_SYLLABLES = frozenset(
    "able ance ed ence er ers es ful ing ings ish ism ist ists ity less ly ment ments ness tion".split()
)
"""Ends of words that now and then stand alone, as in "supply[ing]", and never follow a hyphen that was always there."""
_PREFIXES = frozenset("anti mini multi neo non quasi self semi".split())
"""First parts that a word of its own follows more often than the rest of one."""
_TAILS = frozenset(
    "based dollar driven free led like made minded old oriented related shaped sized style term time wide year".split()
)
"""Second parts that follow a whole word."""
_LINKS = frozenset("a and at by for in of on or the to".split())
"""Words in the middle of a chain: `state-of-the-art`."""


class TypesetVocabulary(Vocabulary):
    """The words of a document whose lines were set by a typesetter."""

    def is_one_word(self, before: str, after: str) -> bool:
        """Say whether the hyphen between the end of `before` and the beginning of `after` was set by a typesetter."""
        first, second = last_part(before), first_part(after)
        if not first or not second:
            return False
        whole, compound = self.counts[first + second], self.counts[f"{first}-{second}"]
        if whole or compound:
            return whole >= compound
        if not self.typeset or not after[0].islower():
            return False
        return second in _SYLLABLES or not self._is_compound(before, after, first, second)

    def _is_compound(self, before: str, after: str, first: str, second: str) -> bool:
        """Say whether two lines part two words at a hyphen between them, or a chain of words like `out-of-the-way`."""
        rest = after[len(second) :]
        known, follows = self.counts[first] > 0, self.counts[second] > 0
        if before[: -len(first) - 1].endswith("-"):
            return len(first) == 1 or first in _LINKS or second in _TAILS or (known and follows)
        if rest[:1] == "-" and rest[1:2].isalpha():
            return known and (len(first) > 3 or (len(first) > 2 and follows))
        if follows:
            return (known and len(first) > 2) or first in _PREFIXES
        return first == "self" or (second in _TAILS and known)


def vocabulary_of(lines: list[Line]) -> Vocabulary:
    """Give the words of a document, to judge the hyphens at its line ends by, from its lines in reading order."""
    counts: Counter[str] = Counter()
    parted: list[tuple[str, str]] = []
    torn = False
    for line, after in pairwise([*lines, None]):
        if line is None:
            break
        text = line.text.lower()
        if torn:  # begins with the rest of a word
            text = text.partition(" ")[2]
        torn = after is not None and breaks_word(line.text, after.text)
        if torn and after is not None:
            parted.append((last_part(line.text), first_part(after.text)))
            text = text.rpartition(" ")[0]
        counts.update(_WORD.findall(text))
    whole = sum(
        counts[first + second] > 0 or not (counts[first] or counts[second]) for first, second in parted
    )  # what is no word on its own counts as part of one
    compound = sum(counts[f"{first}-{second}"] > 0 for first, second in parted)
    return TypesetVocabulary(counts, typeset=whole >= compound)


def last_part(text: str) -> str:
    """Give the letters before the hyphen that ends a line, in lower case."""
    end = text[-_LONGEST:-1].lower()
    start = len(end)
    while start and end[start - 1].isalpha():
        start -= 1
    return end[start:]


def first_part(text: str) -> str:
    """Give the letters with which a line begins, in lower case."""
    match = _FIRST_LETTERS.match(text[:_LONGEST])
    return match[0].lower() if match else ""


def join(texts: Iterable[str], vocabulary: Vocabulary) -> str:
    """Give lines that are not empty as one."""
    stretches: list[list[str]] = []
    for text in texts:
        before = stretches[-1][-1] if stretches else ""
        if before and _is_torn_address(before, text):
            stretches[-1][-1] = before + text
        elif before and not _is_free_dash(before):
            stretches[-1].append(text)
        else:
            stretches.append([text])
    return " ".join(join_lines(stretch, vocabulary) for stretch in stretches)


def _is_free_dash(text: str) -> bool:
    """Say whether a line ends with a dash, of one sign or more, between two words: a space follows it."""
    stripped = text.rstrip(_DASHES)
    return len(stripped) < len(text) and stripped.endswith(" ")


def _is_torn_address(before: str, after: str) -> bool:
    """Say whether an address or a path goes on in the next line: it was parted at one of its signs."""
    end = before[-_LONGEST:].rpartition(" ")[2]
    if len(end) < 2 or not (after[0].islower() or after[0] in "/~_%?&=#" or after[0].isdigit()):
        return False
    if end[-1] == "/":
        return end[-2] != "/" or "://" in end
    if after.startswith("//"):
        return end.endswith(":")
    return end[-1] in ".:_@?&=#%" and _ADDRESS.match(end.lstrip("(<[")) is not None
