"""More like a passage: the query of the words that tell it from others."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable

from docterm.languages import stop_words
from docterm.search.tree import Boost, Everything, Node, Or, Term
from docterm.text import ENGLISH, stem, words

KEY_WORDS = 16
"""So many words of a passage say what it is about; further ones find what is about something else."""
SHORTEST = 3


def alike(text: str, count: Callable[[Node], int], language: str = ENGLISH) -> Node | None:
    """Give the query for passages like `text`, which is in `language`, or None where it has no word that says anything.

    It asks for any of the words with the most occurrences times rareness, each as often as it occurs: repeated words
    that count once cost a tenth of what such queries find. `count` gives the passages that answer a query.
    """
    found = [word for word in words(text) if len(word) >= SHORTEST and word not in stop_words(language)]
    often = Counter(stem(word, language) for word in found)
    forms = {stem(word, language): word for word in reversed(found)}
    total = count(Everything())
    rare = {root: math.log((total + 1) / (count(Term(word)) + 0.5)) for root, word in forms.items()}
    best = sorted(forms, key=lambda root: (-often[root] * rare[root], root))[:KEY_WORDS]
    parts = tuple(
        Boost(Term(forms[root]), often[root]) if often[root] > 1 else Term(forms[root])
        for root in best
        if rare[root] > 0
    )
    return Or(parts) if len(parts) > 1 else next(iter(parts), None)
