"""How rare a word is in English at large, so that sharing a rare one counts for more.

Two documents on one subject share their subject's words in most passages; weighed by the pair alone those
words look common, and what links two passages drowns. The weight therefore comes from outside the pair:
from the library when it is large enough, else from a list of English word frequencies.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
        """Look the folded words `occurring` up; takes about 0.25 s, and keeps nothing of the list but them."""
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
    from spellchecker import SpellChecker  # here: the list takes 0.25 s and 40 MB while it is looked at

    listed = SpellChecker(language="en").word_frequency
    counts: Mapping[str, int] = listed.dictionary
    billion = 1e9 / listed.total_words
    found: dict[str, float] = {}
    for word in occurring:
        count = counts.get(word) or counts.get(word.removesuffix("'s"))
        if count:
            found[word] = math.log10(count * billion)
    return found


def background_for(
    left: Iterable[Passage], right: Iterable[Passage], library: DocumentFrequencies | None = None
) -> Background:
    """Choose the background for two documents: the library's where it holds ENOUGH_DOCUMENTS, else English."""
    if library is not None and library.documents >= ENOUGH_DOCUMENTS:
        return LibraryBackground(library)
    return EnglishBackground(word for passage in (*left, *right) for word in words(passage.text))
