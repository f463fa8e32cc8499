"""The nearest words of the library to one that it does not have, and the words that go on from a beginning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from heapq import nsmallest

from docterm.search.words import edits, nearest

LEAST = 2
"""Of so few letters every other word is a near one."""
SHORT = 5
"""In a shorter word one letter is wrong at most, else two: more make it another word."""


def respelled(word: str, lexicon: Callable[[str], Mapping[str, int]]) -> str | None:
    """Give the word that was most likely meant; `lexicon` gives the words with a beginning and how often they stand.

    It is one with the same first letter, where there is one: most are, and among them it is found in a tenth of the
    time. It is the one with the fewest edits, among those the most frequent.
    """
    if len(word) <= LEAST:
        return None
    return _nearest(word, lexicon(word[0])) or _nearest(word, lexicon(""))


def _nearest(word: str, lexicon: Mapping[str, int]) -> str | None:
    most = 1 if len(word) < SHORT else 2
    words = list(lexicon)
    found = (words[place] for place in nearest(word, words, most))
    return min(
        (other for other in found if other != word),
        key=lambda other: (edits(word, other, most), -lexicon[other], other),
        default=None,
    )


def completions(lexicon: Mapping[str, int], most: int = 8) -> list[str]:
    """Give the most frequent words of `lexicon`, at most so many."""
    return nsmallest(most, lexicon, key=lambda word: (-lexicon[word], word))
