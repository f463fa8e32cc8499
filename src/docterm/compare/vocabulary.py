"""The words two documents use unequally, with what can be said of the difference and how sure it is.

Two articles are small samples. A word that one side uses three times and the other never can pass a naive
test of significance, and yet mean nothing: so each row carries an interval, a figure corrected for the number
of words looked at (`lrc`), and in how many passages the word occurs.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from docterm.compare.binomial import clopper_pearson
from docterm.compare.cancel import Check, checking, never
from docterm.compare.terms import Word, body, count_forms, usual_form, words_of
from docterm.library.model import Passage

_ALPHA = 0.05
_NORMAL_95 = 1.959963984540054
_DISPERSED = 2


@dataclass(frozen=True, slots=True)
class TermRow:
    """How often each side uses one word. Logarithms are to base 2: +1 is twice as often on the left."""

    term: str
    """The most frequent form of the stem."""
    left: int
    """Occurrences in the body of the left document."""
    right: int
    left_per_1000: float
    """Occurrences in a thousand words of the body, function words counted."""
    right_per_1000: float
    log_ratio: float
    interval: tuple[float, float]
    """The 95 % interval of the log ratio, for this word alone."""
    lrc: float
    """The part of the log ratio that holds when all words are looked at together; 0 is “cannot tell”."""
    g2: float
    left_passages: int
    """In how many body passages of the left document the word occurs."""
    right_passages: int

    @property
    def dispersed(self) -> bool:
        """Whether the side that has more of the word has it in at least two passages."""
        passages = self.left_passages if self.left_per_1000 >= self.right_per_1000 else self.right_passages
        return passages >= _DISPERSED


@dataclass(frozen=True, slots=True)
class _Side:
    words: int
    """Of the body, function words counted."""
    counts: Counter[str]
    passages: Counter[str]


def vocabulary(
    left: Sequence[Passage], right: Sequence[Passage], *, cancelled: Callable[[], bool] = never
) -> tuple[TermRow, ...]:
    """Compare how often the body passages of two documents use each word; function words are left out.

    Words that stand in two or more passages of the side that has more of them come first, then those with
    the higher G2. Where one side has no words there is nothing to compare, and no row. Raises Cancelled soon
    after `cancelled()` is true.
    """
    check = checking(cancelled)
    terms: list[Word] = []
    first, second = _count(left, terms, check), _count(right, terms, check)
    if not first.words or not second.words:
        return ()
    forms = count_forms(terms)
    rows: list[TermRow] = []
    for stem, seen in forms.items():
        check()
        rows.append(_row(usual_form(seen), stem, first, second, len(forms)))
    return tuple(sorted(rows, key=lambda row: (not row.dispersed, -row.g2, row.term)))


def _count(passages: Sequence[Passage], terms: list[Word], check: Check) -> _Side:
    """Count one side and add its terms to `terms`."""
    total = 0
    counts: Counter[str] = Counter()
    spread: Counter[str] = Counter()
    for passage in body(passages):
        check()
        words = list(words_of(passage.text))
        found = [word for word in words if word.is_term]
        total += len(words)
        counts.update(word.stem for word in found)
        spread.update({word.stem for word in found})
        terms.extend(found)
    return _Side(total, counts, spread)


def _row(term: str, stem: str, left: _Side, right: _Side, family: int) -> TermRow:
    a, b, c, d = left.counts[stem], right.counts[stem], left.words, right.words
    ratio = log_ratio(a, b, c, d)
    margin = log_ratio_margin(a, b, c, d)
    return TermRow(
        term=term,
        left=a,
        right=b,
        left_per_1000=1000 * a / c,
        right_per_1000=1000 * b / d,
        log_ratio=ratio,
        interval=(ratio - margin, ratio + margin),
        lrc=conservative_log_ratio(a, b, c, d, _ALPHA / family),
        g2=log_likelihood(a, b, c, d),
        left_passages=left.passages[stem],
        right_passages=right.passages[stem],
    )


def log_ratio(a: int, b: int, c: int, d: int) -> float:
    """Give log2 of the ratio of `a` in `c` words to `b` in `d` words, one half added to each (Walter 1975).

    Without the halves it is the log ratio of Hardie 2014; with them a count of 0 has one too.
    """
    return math.log2((a + 0.5) / (c + 0.5)) - math.log2((b + 0.5) / (d + 0.5))


def log_ratio_margin(a: int, b: int, c: int, d: int) -> float:
    """Give half the width of the 95 % Wald interval of the log ratio (Pettigrew, Gart & Thomas 1986), base 2."""
    variance = 1 / (a + 0.5) - 1 / (c + 0.5) + 1 / (b + 0.5) - 1 / (d + 0.5)
    return _NORMAL_95 * math.sqrt(max(variance, 0.0)) / math.log(2)


def log_likelihood(a: int, b: int, c: int, d: int) -> float:
    """Give G2, the log-likelihood ratio of `a` in `c` words against `b` in `d` (Dunning 1993; Rayson & Garside 2000).

    It says how surprising the counts would be if both sides used the word alike: 3.84 is p < .05 for a
    single word chosen beforehand, 15.13 is p < .0001.
    """
    expected_a = c * (a + b) / (c + d)
    expected_b = d * (a + b) / (c + d)
    left = a * math.log(a / expected_a) if a else 0.0
    right = b * math.log(b / expected_b) if b else 0.0
    return max(0.0, 2 * (left + right))


def conservative_log_ratio(a: int, b: int, c: int, d: int, alpha: float) -> float:
    """Give LRC, the end of an exact interval of the log ratio that lies nearer to 0, or 0 (Evert 2022).

    The interval is Clopper-Pearson's, with error `alpha`, of the share `a` has in `a + b`, turned into a
    ratio of frequencies. Divide alpha by the number of words tested (Bonferroni).
    """
    low, high = clopper_pearson(a, a + b, alpha)
    if a * d > b * c:
        return max(math.log2(d / c * low / (1 - low)), 0.0) if low > 0 else 0.0
    return min(math.log2(d / c * high / (1 - high)), 0.0) if high < 1 else 0.0
