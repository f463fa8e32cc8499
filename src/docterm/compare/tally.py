"""Counting: how often each term occurs on a side, in how many of its passages or documents, and in which forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from docterm.compare.cancel import Check
from docterm.compare.names import Run, known_names, name_stems, names_of
from docterm.compare.phrases import phrases, phrases_of
from docterm.compare.wording import Clause, Unit, Wording

Occurrences = Callable[[Clause], Iterator[tuple[str, Run]]]
"""Gives the terms of one kind in a clause: the key each is counted by, and its words."""


@dataclass(slots=True)
class Tally:
    """What was counted on one side of one kind of term."""

    counts: Counter[str] = field(default_factory=Counter)
    spread: Counter[str] = field(default_factory=Counter)
    """In how many units each term occurs."""
    forms: dict[str, Counter[str]] = field(default_factory=dict)


def tally(units: Iterable[Unit], occurrences: Occurrences, check: Check) -> Tally:
    """Count the terms of one kind in the units of a side."""
    found = Tally()
    for unit in units:
        check()
        here: set[str] = set()
        for clause in unit:
            for key, run in occurrences(clause):
                found.counts[key] += 1
                here.add(key)
                forms = found.forms.get(key)
                if forms is None:
                    forms = found.forms[key] = Counter()
                forms[run[0].form if len(run) == 1 else written(run)] += 1
        found.spread.update(here)
    return found


def written(run: Run) -> str:
    """Give a run of words as it stands in the text, a possessive ending of the last removed."""
    return "".join(word.full for word in run[:-1]) + run[-1].form


@dataclass(frozen=True, slots=True)
class Finders:
    """What finds the terms of each kind in a clause."""

    words: Occurrences
    names: Occurrences
    phrases: Occurrences
    c_values: dict[str, float]
    """Of each phrase, by its key."""


def finders_for(wordings: Iterable[Wording], check: Check) -> Finders:
    """Find which words of some texts are names, and the names and phrases of several words that are in them."""
    units = [unit for wording in wordings for unit in wording.units]
    stems = name_stems(units, check)
    names = known_names(units, stems, check)
    values = phrases(units, stems, check)

    def words_in(clause: Clause) -> Iterator[tuple[str, Run]]:
        return ((word.stem, (word,)) for word in clause.words if word.is_term and word.stem not in stems)

    return Finders(
        words_in,
        lambda clause: names_of(clause, stems, names),
        lambda clause: phrases_of(clause, stems, values),
        values,
    )
