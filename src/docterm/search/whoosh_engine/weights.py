"""What the length of a passage takes from the worth of its words: BM25F as Whoosh reckons it."""

from __future__ import annotations

from whoosh.util.numeric import byte_to_length

from docterm.search.bm25 import K1, B


def norm_table(average: float) -> list[float]:
    """Give, for each byte that stands for a length, what the formula adds to a count: K1 (1 - B + B length / average).

    A score is idf * count * (K1 + 1) / (count + that).
    """
    return [K1 * (1 - B + B * byte_to_length(byte) / (average or 1)) for byte in range(256)]
