"""How alike the texts of two sides are in what they say.

A text is its vector; one of more than LONG words is also the vectors of its sentences, since one vector of much says
little of each part. Of two texts, of which one is long, the likeness is the mean of the cosine of the whole and of how
well the sentences of the one are found in the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np

from docterm.meaning.tensors import Floats

LONG = 80
"""Words from which on a text is also looked at sentence by sentence."""

Units = Sequence[Sequence[int]]
"""For each text the rows of its vectors: of the whole, then of each sentence where it is long."""


class Likeness:
    """The likeness of every left text to every right one, from -1 to 1."""

    def __init__(self, vectors: Floats, lefts: Units, rights: Units) -> None:
        whole = vectors[[rows[0] for rows in lefts]] @ vectors[[rows[0] for rows in rights]].T
        own, other = [list(rows[1:] or rows) for rows in lefts], [list(rows[1:] or rows) for rows in rights]
        by_unit = vectors[[*chain(*own)]] @ vectors[[*chain(*other)]].T
        starts, others = _starts(own), _starts(other)
        # How well what one text says is found in another: the mean of the best counterpart of each of its sentences.
        found = np.maximum.reduceat(by_unit, others, axis=1)
        found = np.add.reduceat(found, starts, axis=0) / _counts(own)[:, None]
        back = np.maximum.reduceat(by_unit, starts, axis=0)
        back = np.add.reduceat(back, others, axis=1) / _counts(other)
        self._all = (whole + np.maximum(found, back)) / 2

    def of(self, row: int, column: int) -> float:
        """Give the likeness of two texts by their positions; what says the contrary is not less alike than nothing."""
        return min(1.0, max(0.0, round(float(self._all[row, column]), 6)))

    def best(self, count: int) -> set[tuple[int, int]]:
        """Give the pairs that are among the `count` most alike of one of their two texts."""
        rows, columns = self._all.shape
        across = np.argsort(-self._all, axis=1, kind="stable")[:, :count]
        down = np.argsort(-self._all, axis=0, kind="stable")[:count]
        found = {(row, int(column)) for row in range(rows) for column in across[row]}
        return found | {(int(row), column) for column in range(columns) for row in down[:, column]}


def _starts(units: Units) -> list[int]:
    starts, place = [], 0
    for rows in units:
        starts.append(place)
        place += len(rows)
    return starts


def _counts(units: Units) -> Floats:
    return np.array([len(rows) for rows in units], np.float32)
