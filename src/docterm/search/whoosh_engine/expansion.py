"""The words of a segment that a word of a query stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from docterm.search.tree import Fuzzy, Prefix, Term, Wildcard, Word
from docterm.search.whoosh_engine.lexicon import COMPOUND, LANGUAGE
from docterm.search.whoosh_engine.segment import OpenSegment
from docterm.search.words import nearest, wildcard_regex
from docterm.text import stem


def expand(word: Word, segment: OpenSegment) -> list[range]:
    """Give the numbers of the words that `word` stands for, as ranges in order: what follows is read in one piece."""
    lexicon = segment.words
    match word:
        case Term(term):
            languages = segment.contents.languages
            return _ranges(sorted(form for each in languages for form in segment.forms_of(stem(term, each), each)))
        case Prefix(start):
            numbers = lexicon.beginning(start)
            return [numbers] if numbers else []
        case Wildcard(pattern):
            within = lexicon.beginning(re.split(r"[*?]", pattern, maxsplit=1)[0])
            return _ranges(lexicon.matching(wildcard_regex(pattern, COMPOUND + LANGUAGE), within))
        case Fuzzy(term, distance):
            within = lexicon.beginning(term[:1])
            return _ranges(within.start + place for place in nearest(term, lexicon.plain(within), distance))


def _ranges(numbers: Iterable[int]) -> list[range]:
    return [
        range(run[0], run[-1] + 1)
        for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
        for run in [[number for _, number in group]]
    ]
