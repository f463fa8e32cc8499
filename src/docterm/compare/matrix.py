"""Terms by groups of documents: how often each group uses each, and which tell the groups apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from docterm.compare.cancel import Check, checking, never
from docterm.compare.keyness import log_odds
from docterm.compare.sides import Side
from docterm.compare.tally import Occurrences, Tally, finders_for, tally
from docterm.compare.terms import in_order
from docterm.compare.vocabulary import ENOUGH
from docterm.compare.wording import Wording, Writer
from docterm.library.grouping import Group
from docterm.library.library import Library


@dataclass(frozen=True, slots=True)
class Cell:
    """How often one group uses one term."""

    count: int
    per_1000: float
    documents: int
    """In how many documents of the group it occurs."""

    def as_json(self) -> dict[str, Any]:
        """Give the cell for the command line's JSON."""
        return {"count": self.count, "per_1000": round(self.per_1000, 4), "documents": self.documents}


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One term, and its use in each group."""

    forms: tuple[str, ...]
    """Everything that was counted, as it is written; the most frequent first. Of a query: what was asked."""
    cells: tuple[Cell, ...]
    count: int
    """In all documents together; a document may be in several groups."""

    def as_json(self) -> dict[str, Any]:
        """Give the row for the command line's JSON."""
        return {
            "term": self.forms[0],
            "forms": list(self.forms),
            "count": self.count,
            "groups": [cell.as_json() for cell in self.cells],
        }


def row_of(forms: tuple[str, ...], counts: Mapping[str, int], groups: Sequence[Group]) -> MatrixRow:
    """Make the row of a term of its counts by the keys of documents."""
    return MatrixRow(forms, tuple(_cell(counts, group) for group in groups), sum(counts.values()))


def _cell(counts: Mapping[str, int], group: Group) -> Cell:
    own = [count for document in group.documents if (count := counts.get(document.key, 0))]
    return Cell(sum(own), 1000 * sum(own) / max(group.words, 1), len(own))


@dataclass(slots=True)
class _Uses:
    """All uses of one term in the library."""

    counts: Counter[str] = field(default_factory=Counter)
    """By the keys of documents."""
    passages: dict[str, int] = field(default_factory=dict)
    forms: Counter[str] = field(default_factory=Counter)

    def bears(self, group: Group) -> bool:
        """Whether enough documents of a group, or passages of its only one, have the term."""
        keys = [document.key for document in group.documents if document.key in self.passages]
        return (self.passages[keys[0]] if keys and len(group.documents) == 1 else len(keys)) >= ENOUGH


def telling_terms(
    library: Library, groups: Sequence[Group], limit: int, *, cancelled: Callable[[], bool] = never
) -> tuple[MatrixRow, ...]:
    """Give the words and names that tell the groups apart best, `limit` at most, in turn the best of each group.

    Best is the highest log-odds of a group against all other documents, of terms in ENOUGH of its documents, or of the
    passages of its only one. Reads every document. Raises Cancelled soon after `cancelled()` is true.
    """
    check = checking(cancelled)
    writer = Writer()
    documents = {document.key: document for group in groups for document in group.documents}
    wordings = {
        key: writer.wording(Side.of(document, library.passages(document)), check) for key, document in documents.items()
    }
    finders = finders_for(wordings.values(), check)
    uses = [*_uses(wordings, finders.words, check), *_uses(wordings, finders.names, check)]
    words = {key: wording.words for key, wording in wordings.items()}
    best = [_best(uses, group, words, check)[:limit] for group in groups]
    chosen = dict.fromkeys(at for turn in zip_longest(*best) for at in turn if at is not None)
    return tuple(row_of(in_order(uses[at].forms), uses[at].counts, groups) for at in list(chosen)[:limit])


def _uses(wordings: Mapping[str, Wording], finder: Occurrences, check: Check) -> list[_Uses]:
    found: dict[str, _Uses] = {}
    for key, wording in wordings.items():
        counted: Tally = tally(wording.units, finder, check)
        for term, count in counted.counts.items():
            uses = found.setdefault(term, _Uses())
            uses.counts[key] = count
            uses.passages[key] = counted.spread[term]
            uses.forms.update(counted.forms[term])
    return list(found.values())


def _best(uses: Sequence[_Uses], group: Group, words: Mapping[str, int], check: Check) -> list[int]:
    """Give where the terms stand that a group uses more than the rest, the most telling first."""
    own = sum(words[document.key] for document in group.documents)
    rest = sum(words.values()) - own
    ranked: list[tuple[float, int, int]] = []
    for at, use in enumerate(uses):
        check()
        if use.bears(group):
            count = sum(use.counts[document.key] for document in group.documents)
            z = log_odds(count, use.counts.total() - count, own, rest)
            if z > 0 or not rest:
                ranked.append((-z, -count, at))
    return [at for _, _, at in sorted(ranked)]
