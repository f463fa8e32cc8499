"""Which words are names, and the names of several words.

English writes names with a capital letter. A word is a name when most of its occurrences inside sentences have one,
or when it is only met in capitals (`RFE`); one that is met at the beginnings of sentences alone cannot be told and
counts as a word, unless it is a country.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from docterm.compare.cancel import Check
from docterm.compare.countries import country_stems
from docterm.compare.wording import Clause, Unit, Written

LONGEST = 5
"""Words of the longest name that is looked for, what joins them counted."""
_JOINERS = frozenset(("of", "for"))
_NO_NAMES = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday mr mrs ms dr".split()
)
"""Folded words with a capital letter that are no names."""

Run = Sequence[Written]


def name_stems(units: Iterable[Unit], check: Check) -> frozenset[str]:
    """Give the stems of the words that are names."""
    inside: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    opening: set[str] = set()
    countries = frozenset(country_stems().values())
    for unit in units:
        check()
        for clause in unit:
            for at, word in enumerate(clause.words):
                if not word.is_term or word.word in _NO_NAMES:
                    continue
                in_capitals = len(word.form) > 1 and word.form.isupper()
                if at or not clause.opens:
                    inside[word.stem] += 1
                    capital[word.stem] += word.is_capital
                elif in_capitals or (word.is_capital and word.stem in countries):
                    opening.add(word.stem)
    names = {stem for stem, count in capital.items() if 2 * count > inside[stem]}
    return frozenset(names | (opening - inside.keys()))


def known_names(units: Iterable[Unit], names: frozenset[str], check: Check) -> frozenset[str]:
    """Give the keys of the names to count: of one word or several, none that is only met as a part of a longer one.

    A name of several words is one that occurs twice or more.
    """
    counts: Counter[str] = Counter()
    parts: dict[str, list[str]] = {}
    for unit in units:
        check()
        for clause in unit:
            for key, run in _names_in(clause, names):
                counts[key] += 1
                if len(run) > 1 and key not in parts:
                    parts[key] = [key_of(part) for part in _parts(run, 1) if len(part) < len(run)]
    most_in_longer: Counter[str] = Counter()
    for key, inner in parts.items():
        for part in inner if counts[key] > 1 else ():
            most_in_longer[part] = max(most_in_longer[part], counts[key])
    return frozenset(key for key, count in counts.items() if count > max(1 if key in parts else 0, most_in_longer[key]))


def names_of(clause: Clause, names: frozenset[str], known: frozenset[str]) -> Iterator[tuple[str, Run]]:
    """Give the known names of a clause, each with its key."""
    return ((key, run) for key, run in _names_in(clause, names) if key in known)


def _names_in(clause: Clause, names: frozenset[str]) -> Iterator[tuple[str, Run]]:
    """Give every word that is a name, and every run of several words that may be one."""
    yield from ((word.stem, (word,)) for word in clause.words if word.is_term and word.stem in names)
    for run in _runs(clause, names):
        yield from ((key_of(part), part) for part in _parts(run, 2))


def key_of(run: Run) -> str:
    """Give what a run of words is counted as: its stems."""
    return " ".join(word.stem for word in run)


def _runs(clause: Clause, names: frozenset[str]) -> Iterator[Run]:
    """Give the longest runs of capitalised words, with `of` and the like between them."""
    run: list[Written] = []
    ends = 0
    for at, word in enumerate(clause.words):
        trusted = at > 0 or not clause.opens or word.stem in names
        if word.is_term and word.is_capital and trusted:
            run.append(word)
            ends = len(run)
        elif run and (word.word in _JOINERS or (word.word == "the" and run[-1].word in _JOINERS)):
            run.append(word)
        else:
            if ends > 1:
                yield run[:ends]
            run, ends = [], 0
    if ends > 1:
        yield run[:ends]


def _parts(run: Run, least: int) -> Iterator[Run]:
    """Give the parts of a run, itself included, of `least` words or more that begin and end with a capital letter."""
    for first in range(len(run)):
        for last in range(first + least - 1, min(first + LONGEST, len(run))):
            if run[first].is_term and run[last].is_term:
                yield run[first : last + 1]
