"""Telling a sentence from keywords, and reading one: any of its words, those that say the most counting the most."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from docterm.languages import joining, stop_words
from docterm.search.query.leaves import chunk, either_way, phrase
from docterm.search.query.lexer import Kind, Lexeme
from docterm.search.tree import Boost, Everything, Node, Or, Phrase, Term
from docterm.text import ENGLISH, stem, words

SENTENCE_WORDS = 5
"""A text of so many words, one of which is a function word, is a sentence."""
QUESTION_WORDS = 3
"""A text of so many words that asks something is one too,"""
LONG = 12
"""and one of so many words whatever they are."""
PROSE_WORDS, PROSE_JOINS = 8, 3
"""Of so many words, so many of them function words, nobody means that a passage has all: it is prose, signs or not."""
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


def is_sentence(chunks: Sequence[str], *, signed: bool = False) -> bool:
    """Say whether words, without operators, are a sentence or a question; among those of prose there may be signs."""
    parts = [found for text in chunks if (found := words(text))]
    language = language_asked_in([word for part in parts for word in part])
    joins = _joins(language)
    function = [len(part) == 1 and part[0] in joins for part in parts]
    if all(function):
        return False
    if signed:
        return len(parts) >= PROSE_WORDS and sum(function) >= PROSE_JOINS
    asks = chunks[-1].endswith(("?", "？")) or parts[0][0] in _ASKING.get(language, "").split()
    return (
        len(parts) >= LONG
        or (len(parts) >= QUESTION_WORDS and asks)
        or (len(parts) >= SENTENCE_WORDS and any(function))
    )


def sentence(asked: Sequence[Lexeme], *, unfinished: bool = False) -> Node | None:
    """Read a sentence: any of its words but function words; one that is said twice counts twice.

    Of words joined by hyphens each counts for itself, and all of them joined. A quotation is a phrase.
    """
    language = language_asked_in([word for lexeme in asked for word in words(lexeme.text)])
    joins = _joins(language)
    said: dict[object, list[Node]] = {}
    for lexeme in asked:
        for part in _leaves(lexeme, unfinished=unfinished and lexeme is asked[-1]):
            if isinstance(part, Everything) or (isinstance(part, Term) and part.word in joins):
                continue
            same = stem(part.word, language) if isinstance(part, Term) else part
            said.setdefault(same, []).append(part)
    parts = tuple(each[0] if len(each) == 1 else Boost(each[0], len(each)) for each in said.values())
    return Or(parts) if parts else None


def _leaves(lexeme: Lexeme, *, unfinished: bool) -> Sequence[Node]:
    if lexeme.kind is Kind.QUOTED:
        part: Node | None = phrase(lexeme.text)
    else:
        part = chunk(lexeme.text.strip("?"), unfinished=unfinished)
        if isinstance(part, Phrase) and "://" not in lexeme.text:
            both = either_way(part, lexeme.text)
            return (*part.parts, both.parts[1]) if isinstance(both, Or) else part.parts
    return () if part is None else (part,)
