"""Why a search found what it found: the query's tree with counts, and what each part is worth in each hit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from docterm.search.engine import Found
from docterm.search.results import Hit
from docterm.search.tree import And, Boost, Node, Not, Or, conjuncts, describe

MOST_NODES = 100


@dataclass(frozen=True, slots=True)
class Step:
    """A node of a query's tree."""

    depth: int
    text: str
    """`AND`, `OR`, `NOT` or the boost of a group; else the node in docterm's notation."""
    passages: int
    """The passages that answer it, by itself."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a query asks for, and the parts of each hit's score by the hit's place."""

    steps: tuple[Step, ...]
    scores: tuple[Mapping[str, float], ...]


def explain(node: Node, hits: Sequence[Hit], find: Callable[[Node], Found]) -> Explanation:
    """Explain what `node` found; `find` searches for a part of it, all that it finds being ranked.

    What a hit is worth is the sum over the parts of what each would be worth to it by itself; what is left out beside
    other parts is worth nothing.
    """
    steps = []
    for depth, part in _walk(node, 0):
        steps.append(Step(depth, _name(part), find(part).total))
        if len(steps) == MOST_NODES:
            break
    parts = [part for part in conjuncts(node) if part is node or not isinstance(part, Not)]
    worth = {part: {(each.key, each.index): each.score for each in find(part).ranked} for part in parts}
    scores = [
        {
            describe(part): scores[place]
            for part, scores in worth.items()
            if (place := (hit.passage.key, hit.passage.index)) in scores
        }
        for hit in hits
    ]
    return Explanation(tuple(steps), tuple(scores))


def _walk(node: Node, depth: int) -> Iterator[tuple[int, Node]]:
    yield depth, node
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _walk(part, depth + 1)
        case Not(part) | Boost(part) if isinstance(part, And | Or):
            yield from _walk(part, depth + 1)


def _name(node: Node) -> str:
    match node:
        case And():
            return "AND"
        case Or():
            return "OR"
        case Not(And() | Or()):
            return "NOT"
        case Boost(And() | Or(), factor):
            return f"^{factor:g}"
        case _:
            return describe(node)
