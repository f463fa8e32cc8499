"""Subjects to pick from: the words, names and phrases that both sides use, and use more than is usual."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from docterm.compare.background import Background
from docterm.compare.cancel import Check, checking, never
from docterm.compare.sides import Side
from docterm.compare.terms import Word, usual_form
from docterm.text import stem, tokens

MOST = 30
"""Subjects that are offered at most."""
LEAST_PASSAGES = 2
"""Passages of each side a subject stands in, where any does."""
OFTEN = 2.0
"""A word of no more weight than this is so frequent everywhere that it is no subject."""
SWALLOWED = 0.6
"""A word, or a shorter phrase, is not offered beside a phrase that has this part of its passages on both sides."""
_LONGEST_PHRASE = 3
_JOINED = frozenset((" ", "-", "\u2010", "\u2011"))


class Kind(StrEnum):
    """What is offered."""

    WORD = "word"
    NAME = "name"
    """Written with capitals."""
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True)
class Offer:
    """A subject that both sides share."""

    text: str
    """As it is usually written; it can be typed as a subject."""
    kind: Kind
    left: int
    """Body passages of the left side that have it."""
    right: int

    def as_json(self) -> dict[str, Any]:
        """Give the offer for the command line's JSON."""
        return {"text": self.text, "kind": self.kind.value, "left": self.left, "right": self.right}


Stems = tuple[str, ...]
Run = list[Word]


def offers(
    left: Side, right: Side, background: Background, *, cancelled: Callable[[], bool] = never
) -> tuple[Offer, ...]:
    """Give the subjects that both sides share, the most promising first.

    They are ordered by the geometric mean of the passages on each side, times what their words weigh beyond OFTEN.
    Raises Cancelled soon after `cancelled()` is true.
    """
    check = checking(cancelled)
    lefts, rights = _runs(left, check), _runs(right, check)
    shared = _stems(lefts) & _stems(rights)
    weights = {one: max(0.0, background.idf(word) - OFTEN) for one, word in _shared_words(lefts, shared).items()}
    forms: dict[Stems, Counter[str]] = defaultdict(Counter)
    first, second = (_passages(runs, weights, forms, check) for runs in (lefts, rights))
    for least in (LEAST_PASSAGES, 1):
        ranked = {
            stems: math.sqrt(first[stems] * second[stems]) * math.fsum(weights[one] for one in stems)
            for stems in first.keys() & second.keys()
            if min(first[stems], second[stems]) >= least
        }
        if ranked:
            break
    for stems in [each for each in ranked if len(each) > 1]:
        for part in _parts(stems):
            if all(side[stems] >= SWALLOWED * side[part] for side in (first, second)):
                ranked.pop(part, None)
    best = sorted(ranked, key=lambda stems: (-ranked[stems], stems))[:MOST]
    return tuple(_offer(forms[stems], first[stems], second[stems]) for stems in best)


def _offer(forms: Counter[str], left: int, right: int) -> Offer:
    text = usual_form(forms)
    parts = text.split()
    kind = Kind.PHRASE if len(parts) > 1 else Kind.WORD
    return Offer(text, Kind.NAME if all(part[0].isupper() for part in parts) else kind, left, right)


def _runs(side: Side, check: Check) -> list[list[Run]]:
    """Give for each passage the runs of words that say something, with only spaces and hyphens between them."""
    found: list[list[Run]] = []
    for passage in side.body():
        check()
        found.append(list(_runs_of(passage.text)))
    return found


def _runs_of(text: str) -> Iterator[Run]:
    run: Run = []
    end = -1
    for token in tokens(text):
        form = text[token.start : token.end]
        bare = token.word.removesuffix("'s")
        word = Word(stem(token.word), token.word, form if bare == token.word else form[:-2])
        wanted = word.is_term and len(bare) > 1 and any(map(str.isalpha, bare))
        if run and not (wanted and text[end : token.start] in _JOINED):
            yield run
            run = []
        if wanted:
            run.append(word)
        end = token.end
    if run:
        yield run


def _stems(passages: list[list[Run]]) -> set[str]:
    return {word.stem for runs in passages for run in runs for word in run}


def _shared_words(passages: list[list[Run]], shared: Set[str]) -> dict[str, str]:
    """Give a word for each of the stems."""
    return {word.stem: word.word for runs in passages for run in runs for word in run if word.stem in shared}


def _passages(
    passages: list[list[Run]], weights: Mapping[str, float], forms: dict[Stems, Counter[str]], check: Check
) -> Counter[Stems]:
    """Count in how many passages each word and phrase of what has a weight stands, and note how it is written."""
    counts: Counter[Stems] = Counter()
    for runs in passages:
        check()
        seen: set[Stems] = set()
        for run in runs:
            for words in _phrases(run, weights):
                stems = tuple(word.stem for word in words)
                seen.add(stems)
                forms[stems][" ".join(word.form for word in words)] += 1
        counts.update(seen)
    return counts


def _phrases(run: Run, weights: Mapping[str, float]) -> Iterator[Run]:
    """Give the words of a run, and the phrases of up to _LONGEST_PHRASE, all of whose words have a weight."""
    for start in range(len(run)):
        for length in range(1, _LONGEST_PHRASE + 1):
            if start + length > len(run) or not weights.get(run[start + length - 1].stem):
                break
            yield run[start : start + length]


def _parts(stems: Stems) -> Iterator[Stems]:
    for length in range(1, len(stems)):
        for start in range(len(stems) - length + 1):
            yield stems[start : start + length]
