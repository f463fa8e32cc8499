"""How rare a word is in English at large, so that sharing a rare one counts for more.

Two documents on one subject share their subject's words in most passages; weighed by the pair alone those
words look common, and what links two passages drowns. The weight therefore comes from outside the pair:
from the library when it is large enough, else from a list of English word frequencies.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from docterm.compare.terms import body
from docterm.library.model import Passage
from docterm.text import stem, words

ENOUGH_DOCUMENTS = 20
"""From this many documents on, the library tells better than a word list how rare a word is."""
LEAST_WEIGHT = 0.2
"""No word weighs less: the commonest still count a little, so that no list of stop words is needed."""
_UNLISTED = 1.0
_HIGHEST = 8.0


class Background(Protocol):
    """Tells how rare a word is."""

    @property
    def origin(self) -> str:
        """Where the knowledge comes from, as the end of the sentence “How rare a word is was taken from …”."""

    def idf(self, word: str) -> float:
        """Give the weight of a folded word: the same for all words of a stem, and higher for a rarer one."""


@dataclass(frozen=True, slots=True)
class DocumentFrequencies:
    """In how many documents of a library each stem occurs."""

    documents: int
    by_stem: Mapping[str, int]


def document_frequencies(documents: Iterable[Iterable[Passage]]) -> DocumentFrequencies:
    """Count, over the body passages of every document of a library, in how many documents each stem occurs."""
    by_stem: Counter[str] = Counter()
    total = 0
    for passages in documents:
        by_stem.update({stem(word) for passage in body(passages) for word in words(passage.text)})
        total += 1
    return DocumentFrequencies(total, by_stem)


class LibraryBackground:
    """Rarity in the user's own library: ln((N + 1) / (n + 0.5)) for a word that n of N documents use."""

    def __init__(self, frequencies: DocumentFrequencies) -> None:
        self._frequencies = frequencies

    @property
    def origin(self) -> str:
        """Where the knowledge comes from."""
        return f"the library's own {self._frequencies.documents:,} documents"

    def idf(self, word: str) -> float:
        """Give the weight of a folded word."""
        using = self._frequencies.by_stem.get(stem(word), 0)
        return max(LEAST_WEIGHT, math.log((self._frequencies.documents + 1) / (using + 0.5)))


class EnglishBackground:
    """Rarity in English: 8 less the Zipf value of a word, log10 of its occurrences in a billion words.

    The Zipf scale is van Heuven et al. 2014. A stem has the highest value of those of its forms that occur
    in the texts compared. The list is the one the package pyspellchecker carries; it knows few names, and
    an unlisted word counts as rare (Zipf 1).
    """

    def __init__(self, occurring: Iterable[str]) -> None:
        """Look the folded words `occurring` up; takes about 0.1 s, and keeps nothing of the list but them."""
        zipf: dict[str, float] = {}
        for word, value in _zipf_values(set(occurring)).items():
            key = stem(word)
            zipf[key] = max(value, zipf.get(key, _UNLISTED))
        self._zipf = zipf

    @property
    def origin(self) -> str:
        """Where the knowledge comes from."""
        return "a list of English word frequencies"

    def idf(self, word: str) -> float:
        """Give the weight of a folded word."""
        return max(LEAST_WEIGHT, _HIGHEST - self._zipf.get(stem(word), _UNLISTED))


def _zipf_values(occurring: set[str]) -> dict[str, float]:
    counts, total = _counts(occurring | {word.removesuffix("'s") for word in occurring})
    found: dict[str, float] = {}
    for word in occurring:
        count = counts.get(word) or counts.get(word.removesuffix("'s"))
        if count:
            found[word] = math.log10(count * 1e9 / total)
    return found


_ENTRY = re.compile(r'"((?:[^"\\]|\\.)*+)"\s*:\s*(\d+)\s*(?=[,}])')
_PIECE = 1 << 18


def _counts(wanted: Set[str]) -> tuple[dict[str, int], int]:
    """Give how often each of the `wanted` words occurs in the texts of the list, and how often all words do.

    The list is a JSON object of 160 000 numbers. It is read in pieces: as a whole, as its package reads it, it takes
    40 MB for a moment, which the process keeps.
    """
    import gzip

    import spellchecker

    counts: dict[str, int] = {}
    total = 0
    with gzip.open(Path(spellchecker.__file__).parent / "resources" / "en.json.gz", "rt", encoding="utf-8") as file:
        rest = ""
        while piece := file.read(_PIECE):
            rest += piece
            end = 0
            for match in _ENTRY.finditer(rest):
                end = match.end()
                count = int(match[2])
                total += count
                if match[1] in wanted:
                    counts[match[1]] = count
            rest = rest[end:]
    return counts, total


def background_for(
    left: Iterable[Passage], right: Iterable[Passage], library: DocumentFrequencies | None = None
) -> Background:
    """Choose the background for two documents: the library's where it holds ENOUGH_DOCUMENTS, else English."""
    if library is not None and library.documents >= ENOUGH_DOCUMENTS:
        return LibraryBackground(library)
    return EnglishBackground(word for passage in (*left, *right) for word in words(passage.text))
