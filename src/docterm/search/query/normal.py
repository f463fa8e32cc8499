"""The one form of a tree: two queries that ask for the same in the same words have equal trees."""

from __future__ import annotations

from docterm.search.tree import And, Boost, DateRange, Everything, Field, Near, Node, Not, Or, Phrase

LEAST, MOST = 0.1, 100.0
"""Between these a boost is kept: beyond them one word would drown all others."""


def normal(node: Node) -> Node:  # noqa: PLR0911 - a line or two for each kind of node
    """Give a tree in its one form.

    Lists in lists are one list, what is said twice stands once, a list or phrase of one is that one, two Nots are
    none, boosts stand outside of fields and not within Not, and what every passage answers is not asked for beside
    other things. The result asks for the same passages, and `describe` gives what is read as it again.
    """
    match node:
        case And(parts):
            return _list(And, parts)
        case Or(parts):
            return _list(Or, parts)
        case Not(part):
            inner = normal(part)
            return inner.part if isinstance(inner, Not) else Not(_unboosted(inner))
        case Boost(part, factor):
            return boosted(normal(part), factor)
        case Field(name, part):
            return _field(Field(name, normal(part)))
        case Phrase(parts) if len(parts) == 1:
            return parts[0]
        case Near(parts, distance, ordered):
            inner_parts = tuple(
                part.parts[0] if isinstance(part, Phrase) and len(part.parts) == 1 else part for part in parts
            )
            return inner_parts[0] if len(parts) == 1 else Near(inner_parts, distance, ordered)
        case _:
            return node


def _list(kind: type[And] | type[Or], parts: tuple[Node, ...]) -> Node:
    flat: dict[Node, None] = {}
    for part in map(normal, parts):
        flat.update(dict.fromkeys(part.parts if isinstance(part, kind) else (part,)))
    if kind is And and len(flat) > 1:
        flat.pop(Everything(), None)
    return next(iter(flat)) if len(flat) == 1 else kind(tuple(flat))


def boosted(part: Node, factor: float) -> Node:
    """Give a part with a boost; one that has a boost gets the product of both."""
    if isinstance(part, Boost):
        factor *= part.factor
        part = part.part
    factor = float(f"{min(max(factor, LEAST), MOST):g}")
    weightless = isinstance(part, Not | DateRange | Everything) or (
        isinstance(part, Field) and (part.name == "role" or isinstance(part.part, Everything))
    )
    return part if factor == 1 or weightless else Boost(part, factor)


def _field(field: Field) -> Node:
    match field.part:
        case Boost(part, factor):
            return boosted(_field(Field(field.name, part)), factor)
        case Not(part):
            return Not(Field(field.name, part))
        case _:
            return field


def _unboosted(node: Node) -> Node:
    match node:
        case Boost(part):
            return _unboosted(part)
        case And(parts):
            return _list(And, tuple(map(_unboosted, parts)))
        case Or(parts):
            return _list(Or, tuple(map(_unboosted, parts)))
        case Field(name, part):
            return Field(name, _unboosted(part))
        case _:
            return node
