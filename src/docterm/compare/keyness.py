"""Statistics of one word in two texts: `a` occurrences in the `c` words of one, `b` in the `d` words of the other."""

from __future__ import annotations

import math

from docterm.compare.binomial import clopper_pearson

_NORMAL_95 = 1.959963984540054
PRIOR_WORDS = 500
"""How many words of evidence the prior of `log_odds` weighs as much as."""


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


def log_odds(a: int, b: int, c: int, d: int) -> float:
    """Give z, the log-odds ratio in standard errors, positive where the first text has more of the word.

    Each text is first given PRIOR_WORDS words in which the word is as frequent as in both together, so that a
    rare word needs more to stand out (Monroe, Colaresi & Quinn 2008, with an informative Dirichlet prior).
    """
    prior = PRIOR_WORDS * (a + b) / (c + d)
    if not 0 < prior < PRIOR_WORDS:
        return 0.0
    left, right = a + prior, b + prior
    difference = math.log(left / (c + PRIOR_WORDS - left)) - math.log(right / (d + PRIOR_WORDS - right))
    return difference / math.sqrt(1 / left + 1 / right)
