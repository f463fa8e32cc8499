"""Which words of a text a word of a query stands for. The matcher and the engines' lexicons both ask here."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from docterm.search.tree import Fuzzy, Prefix, Term, Wildcard, Word
from docterm.text import ENGLISH, stem


def acceptor(word: Word, *, exact: bool = False, language: str = ENGLISH) -> Callable[[str], bool]:
    """Give what says of a folded word in a text of a language whether the query's word stands for it.

    With `exact` a term stands only for the word itself, not for its grammatical forms.
    """
    match word:
        case Term(term):
            if exact:
                return term.__eq__
            stemmed = stem(term, language)
            return lambda other: stem(other, language) == stemmed
        case Prefix(start):
            return lambda other: other.startswith(start)
        case Wildcard(pattern):
            fits = re.compile(wildcard_regex(pattern), re.DOTALL).fullmatch
            return lambda other: fits(other) is not None
        case Fuzzy(term, distance):
            return lambda other: other[:1] == term[:1] and edits(term, other, distance) <= distance


def wildcard_regex(pattern: str, besides: str = "") -> str:
    """Give the regular expression of a wildcard. Runs of `*` are one, and it gives back nothing it need not.

    A `*` or `?` stands for no line feed, and for none of the characters `besides`.
    """
    any_of = rf"[^\n{re.escape(besides)}]"
    parts = [re.escape(part).replace(r"\?", any_of) for part in re.split(r"\*+", pattern)]
    if len(parts) == 1:
        return parts[0]
    first, *inner, last = parts
    # An inner part is taken where it first stands: what a later place allows, the first one allows as well.
    return first + "".join(f"(?>{any_of}*?{part})" for part in inner) + f"{any_of}*{last}"


@lru_cache(maxsize=4096)
def edits(word: str, other: str, most: int) -> int:
    """Give the edits (insert, delete, replace, swap neighbours) between two words; above `most`, `most` + 1."""
    from rapidfuzz.distance import OSA

    return int(OSA.distance(word, other, score_cutoff=most))


def nearest(word: str, others: Sequence[str], most: int) -> list[int]:
    """Give the places, in order, of the words that are at most `most` edits away."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    found = extract(word, others, scorer=OSA.distance, score_cutoff=most, limit=None, processor=None)
    return sorted(place for _, _, place in found)
