"""The exact (Clopper-Pearson) interval of a proportion, in the few lines that docterm needs of a statistics package."""

from __future__ import annotations

import math
from functools import lru_cache

_NEGLIGIBLE = 1e-17
_HALVINGS = 80


def upper_tail(successes: int, trials: int, probability: float) -> float:
    """Give P(X >= `successes`) of a binomial X for a probability of at most `successes` / `trials`.

    There the terms fall from the first one on, so that few have to be added. (It is the regularised
    incomplete beta function I_p(k, n - k + 1).)
    """
    if successes == 0:
        return 1.0
    if probability <= 0.0:
        return 0.0
    odds = probability / (1.0 - probability)
    term = math.exp(
        math.lgamma(trials + 1)
        - math.lgamma(successes + 1)
        - math.lgamma(trials - successes + 1)
        + successes * math.log(probability)
        + (trials - successes) * math.log1p(-probability)
    )
    total = term
    for count in range(successes, trials):
        term *= odds * (trials - count) / (count + 1)
        total += term
        if term < total * _NEGLIGIBLE:
            break
    return min(total, 1.0)


@lru_cache(maxsize=4096)
def lower_limit(successes: int, trials: int, error: float) -> float:
    """Give the smallest probability under which `successes` or more of `trials` is no rarer than `error`."""
    if successes == 0:
        return 0.0
    if successes == trials:
        return float(error ** (1.0 / trials))
    low, high = 0.0, successes / trials
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if upper_tail(successes, trials, middle) < error:
            low = middle
        else:
            high = middle
    return high


def clopper_pearson(successes: int, trials: int, alpha: float) -> tuple[float, float]:
    """Give the exact two-sided interval of a proportion with error `alpha` (Clopper & Pearson 1934)."""
    if trials == 0:
        return 0.0, 1.0
    return lower_limit(successes, trials, alpha / 2), 1.0 - lower_limit(trials - successes, trials, alpha / 2)
