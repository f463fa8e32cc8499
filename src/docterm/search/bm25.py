"""What a part of a query is worth in a passage, by the formula BM25 with Lucene's idf, which is never negative."""

from __future__ import annotations

from math import log

K1 = 1.5
B = 0.6


def idf(having: int, of: int) -> float:
    """Give how much a part says that `having` of `of` passages have."""
    return log(1 + (of - having + 0.5) / (having + 0.5))
