"""How alike the passages of two sides are, and which pairs of them are worth weighing.

A passage becomes two vectors of unit length. One is its words by stem, each weighed by how often it occurs,
1 + ln f, and by how rare it is at large (`docterm.compare.background`); the other is the runs of four and five
letters inside its words, weighed by how few passages have them, which brings together what stems keep apart
(Russia, Russian; censor, censorship). How alike two passages are is the mean of the two cosines, and of
the likeness of what they say where a model for that is put in (`docterm.compare.meaning`).

Not every pair is weighed, so that groups of hundreds of documents can be compared. Inverted lists of the words that
say something give the cosine of those words alone; a pair goes on when that is at least LEAST_WORDS and among the
CANDIDATES highest of one of its two passages. What that costs in links is measured by `benchmarks/alignment.py` and
stands in benchmarks/README.md.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import heappush, heappushpop, nlargest
from typing import NamedTuple, Protocol, TypeVar

from docterm.compare.background import Background
from docterm.compare.cancel import Check
from docterm.compare.terms import Word, words_of
from docterm.library.model import Passage

LEAST_WORDS = 0.03
"""The least cosine of two passages' words, function words left out, at which their letters are looked at."""
CANDIDATES = 64
"""Counterparts of a passage that are weighed on its own account."""
ALIKE = 16
"""Counterparts that are weighed because they are the most alike in what they say."""
MEANING = 0.5
"""How much likeness in meaning weighs, where words weigh 1. Its cosines differ twice as much from pair to pair, so
that on one scale, as z-scores, all three weigh about the same. benchmarks/README.md says what other weights give."""

_LETTERS = (4, 5)
_OTHER_WORD = 8.0
"""About what one word of an English text adds to the square of the length of its vector."""
_READING, _SEEKING = 0.2, 0.8
"""The parts of the work that are done when the passages are read, and when the candidates are found."""

Name = TypeVar("Name", str, int)
Vector = Mapping[Name, float]
Pair = tuple[int, int]
"""The positions of a left and of a right passage."""
Progress = Callable[[float], None]
"""Called with the part of the work that is done, from 0 to 1."""


class Score(NamedTuple):
    """How alike two passages are: the cosines of their words and of the letters in them, 0 to 1 each."""

    words: float
    letters: float
    meaning: float | None = None
    """How alike they are in what they say, where a model for that is put in."""

    @property
    def strength(self) -> float:
        """The mean of the parts, in which meaning weighs MEANING times as much as each of the others."""
        if self.meaning is None:
            return (self.words + self.letters) / 2
        return (self.words + self.letters + MEANING * self.meaning) / (2 + MEANING)

    @property
    def parts(self) -> dict[str, float]:
        """The parts there are, by their names."""
        return {name: value for name, value in self._asdict().items() if value is not None}


class Likeness(Protocol):
    """Tells how alike passages are in what they say, by their positions."""

    def of(self, row: int, column: int) -> float:
        """Give the likeness of a left and a right passage, 0 to 1."""

    def best(self, count: int) -> set[Pair]:
        """Give the pairs that are among the `count` most alike of one of their passages."""


class Text:
    """A passage at work: its words, its terms (the stems of words that say something), its weights."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.words: list[Word] = list(words_of(passage.text))
        self.terms = frozenset(word.stem for word in self.words if word.is_term)
        self.others = 0
        """Words that were left out, and yet are of its length."""
        self.by_word: Vector[str] = {}
        self.by_letters: Vector[int] = {}

    @property
    def place(self) -> tuple[str, int]:
        """Which passage it is: the key of its document, and its index there."""
        return self.passage.key, self.passage.index


def keep_names(texts: Sequence[Text]) -> None:
    """Leave only names and numbers in the texts; a name is never written without a capital in any of them.

    What else they say still makes their vectors longer, as much as words of one language would.
    """
    small = {word.word for text in texts for word in text.words if word.form[0].islower()}
    for text in texts:
        capital = [word for word in text.words if word.form[0].isupper() or word.form[0].isdigit()]
        names = [word for word in capital if word.is_term and word.word not in small]
        text.others = len(text.words) - len(names)
        text.words = names
        text.terms = frozenset(word.stem for word in names)


def scores(
    lefts: Sequence[Text],
    rights: Sequence[Text],
    background: Background,
    check: Check,
    progress: Progress,
    *,
    meaning: Likeness | None = None,
) -> dict[Pair, Score]:
    """Weigh the pairs that are worth it; without `meaning` those that share no term are never among them."""
    _weigh([*lefts, *rights], background, check)
    progress(_READING)
    found: dict[Pair, Score] = {}
    pairs = _candidates(lefts, rights, check, lambda part: progress(_READING + (_SEEKING - _READING) * part))
    if meaning is not None:
        pairs = sorted({*pairs, *meaning.best(ALIKE)})
    for done, (row, column) in enumerate(pairs):
        check()
        found[row, column] = score(lefts[row], rights[column], None if meaning is None else meaning.of(row, column))
        progress(_SEEKING + (1 - _SEEKING) * done / len(pairs))
    return found


def score(left: Text, right: Text, meaning: float | None = None) -> Score:
    """Weigh one pair, whose likeness in meaning is known or not to be looked at."""
    return Score(_cosine(left.by_word, right.by_word), _cosine(left.by_letters, right.by_letters), meaning)


def _cosine(first: Vector[Name], second: Vector[Name]) -> float:
    # fsum rounds once, so the sum is the same in any order, and when the sides are swapped.
    return min(1.0, math.fsum(first[name] * second[name] for name in first.keys() & second.keys()))


def _weigh(texts: Sequence[Text], background: Background, check: Check) -> None:
    """Give every text its two vectors: of unit length, or empty where there are no words."""
    runs = _Runs()
    counted: list[Counter[int]] = []
    spread: Counter[int] = Counter()
    rarity: dict[str, float] = {}
    for text in texts:
        check()
        letters = runs.count(text.words)
        counted.append(letters)
        spread.update(letters.keys())
        for word in text.words:
            if word.word not in rarity:
                rarity[word.word] = background.idf(word.word)
    rare = {run: 1 + math.log((1 + len(texts)) / (1 + count)) for run, count in spread.items()}
    for text, letters in zip(texts, counted, strict=True):
        check()
        weights = {word.stem: rarity[word.word] for word in text.words}
        counts = Counter(word.stem for word in text.words)
        by_word = {stem: (1 + math.log(count)) * weights[stem] for stem, count in counts.items()}
        by_letters = {run: (1 + math.log(count)) * rare[run] for run, count in letters.items()}
        square = math.fsum(weight * weight for weight in by_word.values())
        stretch = 1 + _OTHER_WORD * text.others / square if square else 1
        text.by_word, text.by_letters = _unit(by_word, stretch), _unit(by_letters, stretch)


class _Runs:
    """The runs of letters of words, its two edges included, each run by a number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._of_word: dict[str, tuple[int, ...]] = {}

    def count(self, words: Iterable[Word]) -> Counter[int]:
        counts: Counter[int] = Counter()
        for word in words:
            runs = self._of_word.get(word.word)
            if runs is None:
                runs = self._of_word[word.word] = self._cut(f" {word.word} ")
            counts.update(runs)
        return counts

    def _cut(self, word: str) -> tuple[int, ...]:
        numbers = self._numbers
        return tuple(
            numbers.setdefault(word[start : start + length], len(numbers))
            for length in _LETTERS
            for start in range(max(1, len(word) - length + 1))
        )


def _unit(weights: dict[Name, float], stretch: float) -> dict[Name, float]:
    """Scale weights so that their squares, times `stretch`, add up to one."""
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values()) * stretch)
    return {name: weight / length for name, weight in weights.items()}


def _candidates(lefts: Sequence[Text], rights: Sequence[Text], check: Check, progress: Progress) -> list[Pair]:
    """Give the pairs that are worth weighing."""
    lists: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for column, text in enumerate(rights):
        for stem in text.terms:
            lists[stem].append((column, text.by_word[stem]))
    chosen: set[Pair] = set()
    best: list[list[tuple[float, int]]] = [[] for _ in rights]
    for row, text in enumerate(lefts):
        check()
        cosines = [0.0] * len(rights)
        for stem in sorted(text.terms):  # one order for both sides, so that the sums are the same
            weight = text.by_word[stem]
            for column, other in lists.get(stem, ()):
                cosines[column] += weight * other
        worthy = [(cosine, -column) for column, cosine in enumerate(cosines) if cosine >= LEAST_WORDS]
        chosen.update((row, -column) for _, column in nlargest(CANDIDATES, worthy))
        for cosine, column in worthy:
            _keep(best[-column], (cosine, -row))
        progress(row / len(lefts))
    chosen.update((-row, column) for column, rows in enumerate(best) for _, row in rows)
    return sorted(chosen)


def _keep(best: list[tuple[float, int]], one: tuple[float, int]) -> None:
    """Put one among the CANDIDATES best, a heap."""
    if len(best) < CANDIDATES:
        heappush(best, one)
    elif one > best[0]:
        heappushpop(best, one)
