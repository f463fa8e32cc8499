"""What a word is worth in a passage: BM25F as Whoosh reckons it, with Lucene's idf, which is never negative."""

from __future__ import annotations

from math import log

from whoosh.util.numeric import byte_to_length

K1 = 1.2
B = 0.75


def idf(having: int, of: int) -> float:
    """Give how much a word says that `having` of `of` passages have."""
    return log(1 + (of - having + 0.5) / (having + 0.5))


def norm_table(average: float) -> list[float]:
    """Give, for each byte that stands for a length, what the formula adds to a count: K1 (1 - B + B length / average).

    A score is idf * count * (K1 + 1) / (count + that).
    """
    return [K1 * (1 - B + B * byte_to_length(byte) / (average or 1)) for byte in range(256)]
