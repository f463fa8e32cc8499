"""Links: the passages of two sides that seem to speak of the same thing.

A passage becomes one vector of unit length. Half of it is its words by stem, each weighed by how often it
occurs, 1 + ln f, and by how rare it is at large (`docterm.compare.background`); the other half is the runs of
four and five letters inside its words, weighed by how few passages of the pair have them, which brings
together what stems keep apart (Russia, Russian; censor, censorship). The strength of a link is the cosine of
the two vectors, that is the mean of the two halves' cosines.

Strength alone decides whether a pair is a link, its level, and the order, so a stronger link is never shown
below a weaker one. `benchmarks/alignment.py` measures all figures given here.
"""

from __future__ import annotations

import math
from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum

from docterm.compare.background import Background
from docterm.compare.cancel import Check, checking, never
from docterm.compare.terms import Word, body, count_forms, usual_form, words_of
from docterm.library.model import Passage

NEAR = 0.14
"""The least strength of a link. Of news paragraphs on unrelated events one in ten finds a link this strong
when rarity comes from the English list, one in thirty when it comes from a library."""
CLOSE = 0.18
"""The least strength of a close link: one in forty, and one in a hundred and fifty."""
BEST = 3
"""How many links a passage has at most on its own account."""
SHARED = 6
"""How many shared words a link shows at most."""
COMMON = 1 / 3
"""A word that stands in more than this part of both sides' passages is shown only where no other is shared."""

_LETTERS = (4, 5)

Vector = dict[str, float]
Place = tuple[str, int]
"""Which passage it is: the key of its document, and its index there."""


class Level(StrEnum):
    """How strong a link is."""

    NEAR = "near"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Link:
    """Two passages that seem to speak of the same thing."""

    left: Passage
    right: Passage
    strength: float
    """The mean of the cosines of words and of letters, from NEAR to 1, where the words are the same."""
    level: Level
    shared: tuple[str, ...]
    """The words both have, in the form that is usual in the two passages, the rarest first; never empty."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The links between two sides."""

    links: tuple[Link, ...]
    """The best links of every passage of either side, in the order of the left side, strongest first."""
    only_left: tuple[Passage, ...]
    """Body passages of the left side for which no close passage was found."""
    only_right: tuple[Passage, ...]
    _of_left: Mapping[Place, tuple[Link, ...]] = field(repr=False)
    _of_right: Mapping[Place, tuple[Link, ...]] = field(repr=False)

    def of_left(self, passage: Passage) -> tuple[Link, ...]:
        """Give the best links of a passage of the left side, at most BEST, the strongest first."""
        return self._of_left.get(_place(passage), ())

    def of_right(self, passage: Passage) -> tuple[Link, ...]:
        """Give the best links of a passage of the right side, at most BEST, the strongest first."""
        return self._of_right.get(_place(passage), ())


def align(
    left: Sequence[Passage],
    right: Sequence[Passage],
    background: Background,
    *,
    cancelled: Callable[[], bool] = never,
) -> Alignment:
    """Find the links between the body passages of two sides.

    All pairs are weighed: about two seconds for 350 passages against 350. Swapping the sides swaps the links and
    changes nothing else. Raises Cancelled soon after `cancelled()` is true.
    """
    check = checking(cancelled)
    lefts, rights = _read(left, check), _read(right, check)
    _match(lefts, rights, background, check)
    links = _links(lefts, rights, background, check)
    return Alignment(
        links=tuple(links.values()),
        only_left=tuple(text.passage for text in lefts if not text.best),
        only_right=tuple(text.passage for text in rights if not text.best),
        _of_left={
            _place(text.passage): tuple(links[row, column] for _, column in text.best) for row, text in enumerate(lefts)
        },
        _of_right={
            _place(text.passage): tuple(links[row, column] for _, row in text.best)
            for column, text in enumerate(rights)
        },
    )


def _place(passage: Passage) -> Place:
    return passage.key, passage.index


class _Text:
    """A passage at work: its words, its terms, and the best counterparts met so far."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.words = list(words_of(passage.text))
        self.terms = frozenset(word.stem for word in self.words if word.is_term)
        self.best: list[tuple[float, int]] = []
        """Strength, negated, and position on the other side: the strongest first, of equals the earlier one."""

    def keep(self, strength: float, position: int) -> None:
        insort(self.best, (-strength, position))
        del self.best[BEST:]


def _read(passages: Sequence[Passage], check: Check) -> list[_Text]:
    texts: list[_Text] = []
    for passage in body(passages):
        check()
        texts.append(_Text(passage))
    return texts


def _match(lefts: Sequence[_Text], rights: Sequence[_Text], background: Background, check: Check) -> None:
    """Let every passage keep its best counterparts."""
    vectors = _vectors([*lefts, *rights], background, check)
    for row, similar in enumerate(_similar(vectors[: len(lefts)], vectors[len(lefts) :], check)):
        for column, strength in similar:
            if not lefts[row].terms.isdisjoint(rights[column].terms):  # a link must be able to show why
                lefts[row].keep(strength, column)
                rights[column].keep(strength, row)


def _links(
    lefts: Sequence[_Text], rights: Sequence[_Text], background: Background, check: Check
) -> dict[tuple[int, int], Link]:
    """Give, by position, a link for every pair that is among the best of either passage."""
    chosen = {(row, column, -distance) for row, text in enumerate(lefts) for distance, column in text.best}
    chosen |= {(row, column, -distance) for column, text in enumerate(rights) for distance, row in text.best}
    common = _common(lefts) & _common(rights)
    links: dict[tuple[int, int], Link] = {}
    for row, column, strength in sorted(chosen, key=lambda pair: (pair[0], -pair[2], pair[1])):
        check()
        links[row, column] = _link(lefts[row], rights[column], strength, background, common)
    return links


def _common(texts: Sequence[_Text]) -> set[str]:
    """Give the stems of words that stand in several passages, and in more of them than COMMON."""
    counts = Counter(stem for text in texts for stem in text.terms)
    return {stem for stem, count in counts.items() if count > max(1, COMMON * len(texts))}


def _link(left: _Text, right: _Text, strength: float, background: Background, common: Set[str]) -> Link:
    both = left.terms & right.terms
    both = both - common or both
    words = [word for word in (*left.words, *right.words) if word.stem in both and word.is_term]
    forms = count_forms(words)
    rarity = {word.stem: background.idf(word.word) for word in words}
    rarest = sorted(both, key=lambda stem: (-rarity[stem], stem))[:SHARED]
    shared = tuple(usual_form(forms[stem]) for stem in rarest)
    level = Level.CLOSE if strength >= CLOSE else Level.NEAR
    return Link(left.passage, right.passage, strength, level, shared)


def _vectors(texts: Sequence[_Text], background: Background, check: Check) -> list[Vector]:
    """Give one vector a passage: unit length, or empty where there are no words."""
    letters: list[Counter[str]] = []
    spread: Counter[str] = Counter()
    for text in texts:
        check()
        runs = _letter_runs(text.words)
        letters.append(runs)
        spread.update(runs.keys())
    vectors: list[Vector] = []
    for text, runs in zip(texts, letters, strict=True):
        check()
        rarity = {word.stem: background.idf(word.word) for word in text.words}
        counts = Counter(word.stem for word in text.words)
        by_word = {stem: (1 + math.log(count)) * rarity[stem] for stem, count in counts.items()}
        by_letters = {
            run: (1 + math.log(count)) * (1 + math.log((1 + len(texts)) / (1 + spread[run])))
            for run, count in runs.items()
        }
        # One order for both sides: sums are then the same to the last bit when the sides are swapped.
        vectors.append(dict(sorted((_half(by_word) | _half(by_letters)).items())))
    return vectors


def _letter_runs(words: Iterable[Word]) -> Counter[str]:
    """Count the runs of letters of each word, its two edges included. A mark keeps them apart from stems."""
    runs: Counter[str] = Counter()
    for word in words:
        padded = f" {word.word} "
        for length in _LETTERS:
            for start in range(max(1, len(padded) - length + 1)):
                runs["~" + padded[start : start + length]] += 1
    return runs


def _half(weights: Vector) -> Vector:
    """Scale weights so that their squares add up to one half."""
    length = math.sqrt(2 * math.fsum(weight * weight for weight in weights.values()))
    return {name: weight / length for name, weight in weights.items()}


def _similar(lefts: Sequence[Vector], rights: Sequence[Vector], check: Check) -> Iterator[list[tuple[int, float]]]:
    """Give for each left vector the positions of those right ones that are NEAR, with the cosine (inverted lists)."""
    lists: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for column, vector in enumerate(rights):
        for name, weight in vector.items():
            lists[name].append((column, weight))
    for vector in lefts:
        check()
        cosines = [0.0] * len(rights)
        for name, weight in vector.items():
            for column, other in lists.get(name, ()):
                cosines[column] += weight * other
        yield [(column, min(1.0, cosine)) for column, cosine in enumerate(cosines) if cosine >= NEAR]
