"""How far two coders agree, code by code: Cohen's kappa over paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from docterm.quotes.themes.coding import Coding, covered

Unit = tuple[str, int]
"""A body paragraph: the key of its document and its number."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """In how many paragraphs two coders gave one code, or did not."""

    code: str
    both: int
    first: int
    """Paragraphs that only the first coder gave the code."""
    second: int
    neither: int

    @property
    def observed(self) -> float:
        """The share, 0 to 1, of the paragraphs in which the two did the same."""
        total = self.both + self.first + self.second + self.neither
        return (self.both + self.neither) / total if total else 0.0

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa (1960): agreement beyond that of chance, 1 at most.

        None where it cannot be computed: without paragraphs, or when both coders did the same everywhere by giving
        the code to all paragraphs or to none.
        """
        total = self.both + self.first + self.second + self.neither
        if not total:
            return None
        one, other = (self.both + self.first) / total, (self.both + self.second) / total
        chance = one * other + (1 - one) * (1 - other)
        return None if chance == 1 else (self.observed - chance) / (1 - chance)


def agreement(
    first: Sequence[Coding], second: Sequence[Coding], paragraphs: Mapping[str, Sequence[int]]
) -> list[Agreement]:
    """Compare two coders over the paragraphs of the documents that both have read; every code that either gave there.

    `paragraphs` are the numbers of the body paragraphs of each of these documents, by key, in their order.

    A coding across paragraphs counts in each of them.
    """
    ones, others = _by_code(first, paragraphs), _by_code(second, paragraphs)
    total = sum(map(len, paragraphs.values()))
    return [
        _agreement(code, ones.get(code, set()), others.get(code, set()), total)
        for code in dict.fromkeys([*ones, *others])
    ]


def _agreement(code: str, one: set[Unit], other: set[Unit], total: int) -> Agreement:
    both = len(one & other)
    return Agreement(code, both, len(one) - both, len(other) - both, total - len(one | other))


def _by_code(found: Iterable[Coding], paragraphs: Mapping[str, Sequence[int]]) -> Mapping[str, set[Unit]]:
    given: dict[str, set[Unit]] = {}
    for coding in found:
        inside = {(coding.key, number) for number in covered(coding, paragraphs.get(coding.key, ()))}
        if inside:
            given.setdefault(coding.code, set()).update(inside)
    return given
