"""Telling a sentence from keywords, and reading one: any of its words, those that say the most counting the most."""

from __future__ import annotations

from collections.abc import Sequence

from docterm.search.query.leaves import chunk
from docterm.search.tree import Boost, Everything, Node, Or, Term
from docterm.text import stem, words

SENTENCE_WORDS = 5
"""A text of so many words, one of which is a function word, is a sentence."""
QUESTION_WORDS = 3
"""A text of so many words that asks something is one too,"""
LONG = 12
"""and one of so many words whatever they are."""
ASKING = frozenset("what which who whom whose when where why how".split())
STOP_WORDS = frozenset(
    "a about above after again against all am among an and any are as at be because been before being below between "
    "both but by can cannot could did do does doing down during each either few for from further had has have having "
    "he her here hers herself him himself his how however i if in into is it its itself just me might more most must "
    "my myself no nor not of off on once only or other ought our ours ourselves out over own same shall she should so "
    "some such than that the their theirs them themselves then there these they this those through to too under until "
    "up upon us very was we were what when where whether which while who whom whose why will with within without "
    "would you your yours yourself yourselves".split()
)
"""English words that say how others go together, after the Snowball list; they are in questions, not in answers."""


def is_sentence(chunks: Sequence[str]) -> bool:
    """Say whether plain words, without signs and operators, are a sentence or a question."""
    parts = [found for text in chunks if (found := words(text))]
    function = [len(part) == 1 and part[0] in STOP_WORDS for part in parts]
    if all(function):
        return False
    asks = chunks[-1].endswith(("?", "？")) or parts[0][0] in ASKING
    return (
        len(parts) >= LONG
        or (len(parts) >= QUESTION_WORDS and asks)
        or (len(parts) >= SENTENCE_WORDS and any(function))
    )


def sentence(chunks: Sequence[str], *, unfinished: bool = False) -> Node:
    """Read a sentence: any of its words but function words; one that is said twice counts twice."""
    said: dict[object, list[Node]] = {}
    for place, text in enumerate(chunks):
        leaf = chunk(text, unfinished=unfinished and place == len(chunks) - 1)
        if leaf is None or isinstance(leaf, Everything) or (isinstance(leaf, Term) and leaf.word in STOP_WORDS):
            continue
        same = stem(leaf.word) if isinstance(leaf, Term) else leaf
        said.setdefault(same, []).append(leaf)
    return Or(tuple(each[0] if len(each) == 1 else Boost(each[0], len(each)) for each in said.values()))
