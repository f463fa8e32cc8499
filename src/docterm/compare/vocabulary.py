"""The words, names and phrases two sides use unequally, with what can be said of the difference and how sure it is.

Two articles are small samples. A word that one side uses three times and the other never can pass a naive test of
significance, and yet mean nothing. What tells words that are typical of a text from those of one passage is in how
many passages they stand: that decides first, and the statistic only then (`benchmarks/keyness.py` measures it).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from docterm.compare.cancel import Check, checking, never
from docterm.compare.keyness import (
    conservative_log_ratio,
    log_likelihood,
    log_odds,
    log_ratio,
    log_ratio_margin,
)
from docterm.compare.sides import Side
from docterm.compare.tally import Finders, Tally, finders_for, tally
from docterm.compare.terms import in_order, usual_form
from docterm.compare.wording import Wording, Writer

ENOUGH = 3
"""A term is typical of a side when it stands in this many of its passages, or documents where it has many."""
ENOUGH_OF_MANY = 5
"""The same for a side of MANY documents or more."""
MANY = 50
_ALPHA = 0.05


class Kind(StrEnum):
    """What a term is."""

    WORD = "word"
    NAME = "name"
    """Of one word or of several."""
    PHRASE = "phrase"


class Support(IntEnum):
    """In how many passages of a side, or documents of a group, a term stands."""

    ALONE = 0
    """Too few to be listed: one, or two in a side of many documents."""
    FEW = 1
    """Fewer than can bear a statement: shown dimmed."""
    ENOUGH = 2


@dataclass(frozen=True, slots=True)
class TermRow:
    """How often each side uses one term. Logarithms are to base 2: +1 is twice as often on the left."""

    term: str
    """The most frequent of its forms."""
    kind: Kind
    forms: tuple[str, ...]
    """Everything that was counted, as it is written; the most frequent first."""
    left: int
    """Occurrences in the body of the left side."""
    right: int
    left_per_1000: float
    """Occurrences in a thousand words of the body, function words counted."""
    right_per_1000: float
    log_ratio: float
    interval: tuple[float, float]
    """The 95 % interval of the log ratio, for this term alone."""
    lrc: float
    """The part of the log ratio that holds when all terms of the kind are looked at together; 0 is “cannot tell”."""
    g2: float
    z: float | None
    """The log-odds in standard errors, where a side is a group; None between two documents."""
    c_value: float | None
    """Of a phrase: how much it is one, rather than a part of a longer one."""
    left_passages: int
    """In how many body passages of the left side the term occurs; in how many documents, where it is a group."""
    right_passages: int
    left_support: Support
    right_support: Support

    @property
    def support(self) -> Support:
        """How widely it is spread over the side that has more of it."""
        return self.right_support if self.is_more_right else self.left_support

    @property
    def few(self) -> bool:
        """Whether it stands in too few passages for a statement about the side."""
        return self.support < Support.ENOUGH

    @property
    def is_more_left(self) -> bool:
        """Whether the left side has more of it in a thousand words."""
        return self.left_per_1000 > self.right_per_1000

    @property
    def is_more_right(self) -> bool:
        """Whether the right side has more of it in a thousand words."""
        return self.right_per_1000 > self.left_per_1000

    @property
    def strength(self) -> float:
        """What terms are put in order by: G2 between two documents, else the size of z."""
        return self.g2 if self.z is None else abs(self.z)

    def as_json(self) -> dict[str, Any]:
        """Give the row for the command line's JSON."""
        return {
            "term": self.term,
            "kind": self.kind.value,
            "forms": list(self.forms),
            "left": self.left,
            "right": self.right,
            "left_per_1000": round(self.left_per_1000, 4),
            "right_per_1000": round(self.right_per_1000, 4),
            "log_ratio": round(self.log_ratio, 4),
            "interval": [round(end, 4) for end in self.interval],
            "lrc": round(self.lrc, 4),
            "g2": round(self.g2, 4),
            "z": None if self.z is None else round(self.z, 4),
            "passages": [self.left_passages, self.right_passages],
            "few": self.few,
        }


def vocabulary(left: Side, right: Side, *, cancelled: Callable[[], bool] = never) -> tuple[TermRow, ...]:
    """Compare how often the bodies of two sides use each word, name and phrase.

    Function words and numbers are left out. Terms that stand in ENOUGH passages of the side that has more of them come
    first, then those in fewer, each in the order of their strength. Where one side has no words there is nothing to
    compare, and no row. Raises Cancelled soon after `cancelled()` is true.
    """
    check = checking(cancelled)
    writer = Writer()
    first, second = writer.wording(left, check), writer.wording(right, check)
    if not first.words or not second.words:
        return ()
    finders = finders_for((first, second), check)
    rows = [row for kind in Kind for row in _rows(kind, first, second, finders, check)]
    return tuple(sorted(rows, key=lambda row: (-row.support, -row.strength, row.term)))


def _rows(kind: Kind, left: Wording, right: Wording, finders: Finders, check: Check) -> Iterator[TermRow]:
    finder = {Kind.WORD: finders.words, Kind.NAME: finders.names, Kind.PHRASE: finders.phrases}[kind]
    first, second = tally(left.units, finder, check), tally(right.units, finder, check)
    keys = first.counts.keys() | second.counts.keys()
    c_values = finders.c_values if kind is Kind.PHRASE else {}
    for key in keys:
        check()
        alpha = _ALPHA / len(keys)
        yield _row(kind, key, (left, first), (right, second), alpha=alpha, c_value=c_values.get(key))


def _row(
    kind: Kind,
    key: str,
    left: tuple[Wording, Tally],
    right: tuple[Wording, Tally],
    *,
    alpha: float,
    c_value: float | None,
) -> TermRow:
    (first, one), (second, two) = left, right
    a, b, c, d = one.counts[key], two.counts[key], first.words, second.words
    ratio, margin = log_ratio(a, b, c, d), log_ratio_margin(a, b, c, d)
    forms = one.forms.get(key, Counter()) + two.forms.get(key, Counter())
    groups = first.in_documents or second.in_documents
    return TermRow(
        term=usual_form(forms),
        kind=kind,
        forms=in_order(forms),
        left=a,
        right=b,
        left_per_1000=1000 * a / c,
        right_per_1000=1000 * b / d,
        log_ratio=ratio,
        interval=(ratio - margin, ratio + margin),
        lrc=conservative_log_ratio(a, b, c, d, alpha),
        g2=log_likelihood(a, b, c, d),
        z=log_odds(a, b, c, d) if groups else None,
        c_value=c_value,
        left_passages=one.spread[key],
        right_passages=two.spread[key],
        left_support=_support(first, one.spread[key]),
        right_support=_support(second, two.spread[key]),
    )


def _support(wording: Wording, spread: int) -> Support:
    """Say how widely a term is spread that stands in so many units of a side."""
    enough = ENOUGH_OF_MANY if wording.in_documents and len(wording.units) >= MANY else ENOUGH
    if spread >= enough:
        return Support.ENOUGH
    return Support.FEW if spread >= enough // 2 + 1 else Support.ALONE
