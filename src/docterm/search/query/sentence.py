"""Telling a sentence from keywords, and reading one: any of its words, those that say the most counting the most."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from docterm.languages import joining, stop_words
from docterm.search.query.leaves import chunk, either_way
from docterm.search.tree import Boost, Everything, Node, Or, Term
from docterm.text import ENGLISH, stem, words

SENTENCE_WORDS = 5
"""A text of so many words, one of which is a function word, is a sentence."""
QUESTION_WORDS = 3
"""A text of so many words that asks something is one too,"""
LONG = 12
"""and one of so many words whatever they are."""
FOREIGN = 2
"""Function words from which on a query is in another language than English; one alone, as *die*, may be English."""
_ASKING = {
    ENGLISH: "what which who whom whose when where why how",
    "da": "hvad hvem hvilke hvilken hvor hvordan hvorfor hvornar", "de": "wann warum was welche welcher wer wie wo",
    "es": "como cual cuando cuanto donde por que quien", "fi": "kuka miksi milloin missa mita miten",
    "fr": "combien comment ou pourquoi quand que quel quelle qui", "hu": "hogyan hol ki mi mikor miert",
    "it": "che chi come cosa dove perche quale quando quanto", "nl": "hoe waar waarom wanneer wat welke wie",
    "no": "hva hvem hvilke hvor hvordan hvorfor", "pt": "como onde por qual quando quanto que quem",
    "ru": "где как какие когда кто почему что", "sv": "hur nar vad var varfor vem vilka vilken",
    "tr": "hangi kim nasil ne neden nerede",
}  # fmt: skip
"""Words that begin a question, folded."""


@cache
def _joins(language: str) -> frozenset[str]:
    return stop_words(language).union(_ASKING.get(language, "").split())


def language_asked_in(asked: Sequence[str]) -> str:
    """Give the language of a query by its folded words: another one than English where its function words say so."""
    counts = joining(asked)
    counts.update(code for word in asked for code in _ASKING if word in _joins(code) - stop_words(code))
    best = max(counts, key=lambda code: (counts[code], code == ENGLISH), default=ENGLISH)
    return best if counts[best] >= FOREIGN and counts[best] > counts[ENGLISH] else ENGLISH


def is_sentence(chunks: Sequence[str]) -> bool:
    """Say whether plain words, without signs and operators, are a sentence or a question."""
    parts = [found for text in chunks if (found := words(text))]
    language = language_asked_in([word for part in parts for word in part])
    joins = _joins(language)
    function = [len(part) == 1 and part[0] in joins for part in parts]
    if all(function):
        return False
    asks = chunks[-1].endswith(("?", "？")) or parts[0][0] in _ASKING.get(language, "").split()
    return (
        len(parts) >= LONG
        or (len(parts) >= QUESTION_WORDS and asks)
        or (len(parts) >= SENTENCE_WORDS and any(function))
    )


def sentence(chunks: Sequence[str], *, unfinished: bool = False) -> Node:
    """Read a sentence: any of its words but function words; one that is said twice counts twice."""
    language = language_asked_in([word for text in chunks for word in words(text)])
    joins = _joins(language)
    said: dict[object, list[Node]] = {}
    for place, text in enumerate(chunks):
        leaf = chunk(text, unfinished=unfinished and place == len(chunks) - 1)
        if leaf is None or isinstance(leaf, Everything) or (isinstance(leaf, Term) and leaf.word in joins):
            continue
        same = stem(leaf.word, language) if isinstance(leaf, Term) else leaf
        said.setdefault(same, []).append(either_way(leaf, text))
    return Or(tuple(each[0] if len(each) == 1 else Boost(each[0], len(each)) for each in said.values()))
