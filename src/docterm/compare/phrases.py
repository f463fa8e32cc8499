"""Phrases: runs of two to four words that stand together more often than as a part of something longer.

A phrase begins and ends with a word that says something; between them `of`, `and` and the like may stand. Two words
joined by `and` are one phrase in either order. What is a phrase is decided by its C-value (Frantzi, Ananiadou &
Mima 2000): its occurrences less the mean of those of the longer phrases that it is a part of, times the logarithm
of its length.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from docterm.compare.cancel import Check
from docterm.compare.names import Run, key_of
from docterm.compare.wording import Clause, Unit

LONGEST = 4
LEAST = 2
"""Occurrences, on both sides together, below which nothing is a phrase."""
LEAST_C_VALUE = 1.0
_JOINERS = frozenset(("and", "of", "for", "the", "in", "to"))


def phrases(units: Iterable[Unit], names: frozenset[str], check: Check) -> dict[str, float]:
    """Give the C-value of each phrase by its key; names of several words are none but in pairs."""
    counts: Counter[str] = Counter()
    for unit in units:
        check()
        for clause in unit:
            counts.update(key for key, _ in _candidates(clause, names))
    counts = Counter({key: count for key, count in counts.items() if count >= LEAST})
    values = _c_values(counts)
    return {key: value for key, value in values.items() if value >= LEAST_C_VALUE}


def phrases_of(clause: Clause, names: frozenset[str], known: Mapping[str, float]) -> Iterator[tuple[str, Run]]:
    """Give the known phrases of a clause, each with its key."""
    return ((key, run) for key, run in _candidates(clause, names) if key in known)


def _c_values(counts: Mapping[str, int]) -> dict[str, float]:
    longer: defaultdict[str, list[int]] = defaultdict(list)
    for key, count in counts.items():
        words = key.split(" ")
        for size in range(2, len(words)):
            for first in range(len(words) - size + 1):
                part = " ".join(words[first : first + size])
                if part in counts:
                    longer[part].append(count)
    values: dict[str, float] = {}
    for key, count in counts.items():
        nested = longer[key]
        alone = count - sum(nested) / len(nested) if nested else count
        values[key] = math.log2(key.count(" ") + 1) * alone
    return values


def _candidates(clause: Clause, names: frozenset[str]) -> Iterator[tuple[str, Run]]:
    words = clause.words
    for first, word in enumerate(words):
        if not word.is_term:
            continue
        for last in range(first + 1, min(first + LONGEST, len(words))):
            end = words[last]
            if not end.is_term:
                if end.word in _JOINERS:
                    continue
                break
            run = words[first : last + 1]
            if len(run) == 3 and run[1].word == "and":
                if not _is_torn(words, first, last):
                    yield _pair(run), run
            elif not all(each.is_capital or each.stem in names for each in run if each.is_term):
                yield key_of(run), run


def _is_torn(words: Run, first: int, last: int) -> bool:
    """Say whether what is joined by `and` is a piece of a longer name: of Radio Liberty and Radio Free Europe."""
    before, after = words[max(first - 1, 0)], words[min(last + 1, len(words) - 1)]
    return (first > 0 and before.is_term and before.is_capital and words[first].is_capital) or (
        last + 1 < len(words) and after.is_term and after.is_capital and words[last].is_capital
    )


def _pair(run: Run) -> str:
    """Give the key of two words joined by `and`, the same in both orders."""
    one, two = sorted((run[0].stem, run[2].stem))
    return f"{one} and {two}"
