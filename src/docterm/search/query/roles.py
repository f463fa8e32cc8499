"""What may stand behind `role:` and `page:`."""

from __future__ import annotations

import re

from docterm.library.model import Role
from docterm.search.query.fields import role_name
from docterm.search.tree import And, Boost, Everything, Field, Node, Not, Or, Prefix, Term, describe
from docterm.text import label

ANY = "any"
MOST_PAGES = 50
_PAGES = re.compile(r"(\d{1,6})(?:\.\.|-|–)(\d{1,6})")


def pages(value: str) -> Node | None:
    """Give the pages of `3..7` or `3-7`, at most MOST_PAGES of them, or None where it is something else."""
    found = _PAGES.fullmatch(value)
    if found is None:
        return None
    first, last = sorted((int(found[1]), int(found[2])))
    return Or(tuple(Term(str(page)) for page in range(first, min(last, first + MOST_PAGES - 1) + 1)))


def role(part: Node, notes: list[str]) -> Node | None:
    """Give the passages of some roles. One that is not known is left out, and a note says which there are."""
    known = _known(part, notes)
    return None if known is None else Field("role", known)


def _known(part: Node, notes: list[str]) -> Node | None:  # noqa: PLR0911 - a line or two for each kind of node
    match part:
        case Term(word) if word == ANY:
            return Everything()
        case Term(word) if name := role_name(word):
            return Term(name)
        case Prefix(start) if any(each.value.startswith(start) for each in Role):
            return part
        case And(parts) | Or(parts):
            known = tuple(each for each in (_known(inner, notes) for inner in parts) if each is not None)
            return type(part)(known) if len(known) > 1 else next(iter(known), None)
        case Not(inner):
            known_inner = _known(inner, notes)
            return None if known_inner is None else Not(known_inner)
        case Boost(inner):
            return _known(inner, notes)
        case Everything():
            return part
    notes.append(f"There is no role “{label(describe(part), 30)}”. Roles: {', '.join(Role)}, any.")
    return None
