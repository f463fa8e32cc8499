"""The nearest words of the library to one that it does not have, and the words that go on from a beginning."""

from __future__ import annotations

from collections.abc import Mapping
from heapq import nsmallest

from docterm.search.words import edits, nearest

SHORT = 5
"""In a shorter word one letter is wrong at most, else two: more make it another word."""


def respelled(word: str, lexicon: Mapping[str, int]) -> str | None:
    """Give the word of `lexicon`, words with how often they stand, that was most likely meant.

    It is the one with the fewest edits, among those the one with the same first letter, then the most frequent.
    """
    most = 1 if len(word) < SHORT else 2
    words = list(lexicon)
    found = [words[place] for place in nearest(word, words, most)] if len(word) > 2 else []
    return min(
        (other for other in found if other != word),
        key=lambda other: (edits(word, other, most), other[0] != word[0], -lexicon[other], other),
        default=None,
    )


def completions(lexicon: Mapping[str, int], most: int = 8) -> list[str]:
    """Give the most frequent words of `lexicon`, at most so many."""
    return nsmallest(most, lexicon, key=lambda word: (-lexicon[word], word))
