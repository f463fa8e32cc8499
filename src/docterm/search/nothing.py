"""When nothing answers a query, or a part of it: which part that is, what is answered without it, what was meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from docterm.search.query import normal
from docterm.search.spelling import respelled
from docterm.search.tree import (
    And,
    Boost,
    DateRange,
    Everything,
    Field,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Term,
    describe,
)
from docterm.text import counted

MANY = 8
"""Of a query of more parts not every combination is tried, nor more words respelt."""
Count = Callable[[Node], int]
Meant = Mapping[Node, str]
"""For words that the library does not have those that were probably meant."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do about a query without an answer."""

    instead: Node | None
    """What to answer in its place: passages that have some of what all were to have."""
    notes: tuple[str, ...]
    suggestion: str
    """The query with the words that the library does not have respelt, or the empty string."""


def advise(
    node: Node, parts: Mapping[Node, int], total: int, count: Count, words: Callable[[str], Mapping[str, int]]
) -> Advice:
    """Give what to do about a query that `total` passages answer, when it is none, or when parts of it have none.

    `parts` are its parts with the passages that answer each, `count` counts further ones, and `words` gives the
    words of the library with a beginning, which are only asked for where one may be misspelt.
    """
    absent = [part for part, number in parts.items() if not number and not _limits(part)]
    if total and not absent:
        return Advice(None, (), "")
    missing = [word for word in dict.fromkeys(_words(node)) if not count(word)][:MANY]
    meant = {word: other for word in missing if (other := respelled(_spelling(word), words))}
    notes = [f"“{describe(part)}” is not in this library." for part in absent]
    notes += [f"The nearest word to “{_spelling(word)}” is “{other}”." for word, other in meant.items()]
    instead = None if total else _some(node, parts)
    if not total and isinstance(node, And):
        notes += _without(node.parts, parts, count, least=1 if instead is None else 2)
    suggestion = describe(normal(_swapped(node, meant))) if meant else ""
    return Advice(instead, tuple(notes), suggestion)


def _limits(part: Node) -> bool:
    """Say whether a part only says among which passages others are looked for."""
    return isinstance(part, Not | DateRange | Field | Everything)


def _some(node: Node, parts: Mapping[Node, int]) -> Node | None:
    """Give the query for passages that have some of the words; what limits them to some documents stays."""
    if not isinstance(node, And):
        return None
    words = [part for part in node.parts if not _limits(part)]
    wanted = tuple(part for part in words if parts.get(part))
    limits = tuple(part for part in node.parts if _limits(part))
    return normal(And((Or(wanted), *limits))) if wanted and len(words) > 1 else None


def _without(parts: Sequence[Node], counts: Mapping[Node, int], count: Count, least: int) -> Iterator[str]:
    """Say without which parts, as few as possible, there would be an answer, where `least` parts are left then."""
    kept, answers = _most(parts, counts, count)
    if len(kept) >= least:
        left_out = " and ".join(f"“{describe(part)}”" for part in parts if part not in kept)
        yield f"Without {left_out} there would be {counted(answers, 'passage')}."


def _most(parts: Sequence[Node], counts: Mapping[Node, int], count: Count) -> tuple[Sequence[Node], int]:
    """Give the most of the parts that something answers together, and how many passages do."""
    some = [part for part in parts if counts.get(part)]
    if len(some) > MANY:
        kept: list[Node] = []
        for part in sorted(some, key=lambda part: -counts[part])[: 4 * MANY]:
            kept += [part] if count(And((*kept, part))) else []
        return kept, count(And(tuple(kept)))
    for size in range(min(len(some), len(parts) - 1), 0, -1):
        answers = {kept: count(And(kept)) for kept in combinations(some, size)}
        best = max(answers, key=lambda kept: answers[kept])
        if answers[best]:
            return best, answers[best]
    return (), 0


def _spelling(word: Node) -> str:
    return word.start if isinstance(word, Prefix) else describe(word)


def _words(node: Node) -> Iterator[Node]:
    """Give the words and beginnings of words that a query looks for in passages."""
    match node:
        case Term() | Prefix():
            yield node
        case And(parts) | Or(parts) | Phrase(parts) | Near(parts):
            for part in parts:
                yield from _words(part)
        case Boost(part):
            yield from _words(part)


def _swapped(node: Node, meant: Meant) -> Node:
    """Give a query with the words that were meant in the place of those that were typed."""
    match node:
        case And(parts) | Or(parts):
            return type(node)(tuple(_swapped(part, meant) for part in parts))
        case Phrase(words):
            return Phrase(tuple(Term(meant[word]) if word in meant else word for word in words))
        case Near(places, distance, ordered):
            swapped = tuple(_swapped(place, meant) for place in places)
            return Near(swapped, distance, ordered)  # type: ignore[arg-type] # words stay words, phrases phrases
        case Boost(part, factor):
            return Boost(_swapped(part, meant), factor)
        case _:
            return Term(meant[node]) if node in meant else node
