"""A query held against passages as they stand in their documents: with their text, role, page and document's facts."""

from __future__ import annotations

from docterm.library.model import Passage, Role
from docterm.search.facts import Facts
from docterm.search.matcher import Matcher
from docterm.search.tree import And, Boost, Everything, Field, Node, Not, Or, asks
from docterm.text import ENGLISH, Span


class PassageMatcher:
    """A query, ready to be held against many passages. Body passages alone answer one that asks for no role."""

    def __init__(self, node: Node, *, every_role: bool = False, language: str = ENGLISH) -> None:
        """Prepare `node`; passages of `every_role` may answer a part of a query that asks for one elsewhere.

        `language` is that of passages which are held against it without the facts of their document.
        Raises QueryError for a broken regular expression.
        """
        self._node = node
        self._language = language
        self._roles = every_role or asks(node, "role")
        self._matchers: dict[Role, Matcher] = {}
        self._matcher(Role.BODY)

    def find(self, passage: Passage, facts: Facts | None = None) -> tuple[Span, ...] | None:
        """Give where the query stands in a passage, which is nowhere where no word is asked for, or None.

        Without `facts`, whatever is asked of the document is taken as answered.
        """
        if not self._roles and passage.role is not Role.BODY:
            return None
        matcher = self._matcher(passage.role)
        page = passage.locator.shown_page
        spans = tuple(matcher.spans(passage.text, facts, page))
        return spans if spans or matcher.matches(passage.text, facts, page) else None

    def _matcher(self, role: Role) -> Matcher:
        key = role if self._roles else Role.BODY
        if key not in self._matchers:
            node = _as_asked_of(self._node, role) if self._roles else self._node
            self._matchers[key] = Matcher(node, language=self._language)
        return self._matchers[key]


def _as_asked_of(node: Node, role: Role) -> Node:
    """Give a query with what it asks of roles answered for one."""
    match node:
        case Field("role", part):
            return Everything() if Matcher(part, exact=True).matches(role.value) else Not(Everything())
        case And(parts):
            return And(tuple(_as_asked_of(part, role) for part in parts))
        case Or(parts):
            return Or(tuple(_as_asked_of(part, role) for part in parts))
        case Not(part):
            return Not(_as_asked_of(part, role))
        case Boost(part, factor):
            return Boost(_as_asked_of(part, role), factor)
        case _:
            return node
