"""Searching passages as they stand in the library: those that are not indexed, or not indexed yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from docterm.library.model import Document, Passage
from docterm.search.bm25 import K1, idf
from docterm.search.engine import Found, Ranked, never
from docterm.search.facts import facts_of
from docterm.search.passages import PassageMatcher
from docterm.search.tree import Node, asks, conjuncts


def scan(
    node: Node,
    documents: Iterable[Document],
    passages: Callable[[Document], Iterable[Passage]],
    check: Callable[[], None] = never,
    *,
    every_role: bool = False,
) -> Found:
    """Give the passages of `documents` that answer `node`, the best first, by reading every one.

    It takes about a second for 20,000 passages; `check` is called before each, and may raise to end it. A passage
    is worth the rareness of the parts it has, among the passages that were read, and a little more for having one
    often. With `every_role`, `node` is a part of a query that asks for roles elsewhere. Raises QueryError as the
    matcher does.
    """
    every_role = every_role or asks(node, "role")
    whole = PassageMatcher(node, every_role=every_role)
    parts = {part: PassageMatcher(part, every_role=every_role) for part in conjuncts(node)}
    having: Counter[Node] = Counter()
    found: list[tuple[Passage, dict[Node, int]]] = []
    read = 0
    for document in documents:
        facts = facts_of(document)
        for passage in passages(document):
            check()
            read += 1
            spans = {part: places for part, one in parts.items() if (places := one.find(passage, facts)) is not None}
            having.update(spans.keys())
            if spans and whole.find(passage, facts) is not None:
                found.append((passage, {part: len(places) for part, places in spans.items()}))
    worth = {part: idf(many, read) for part, many in having.items()}
    ranked = [
        Ranked(
            passage.key,
            passage.index,
            sum(worth[part] * often * (K1 + 1) / (often + K1) for part, often in has.items()),
        )
        for passage, has in found
    ]
    counts = Counter(passage.key for passage, _ in found)
    return Found(tuple(sorted(ranked, key=lambda each: -each.score)), counts, {part: having[part] for part in parts})


def joined(indexed: Found, read: Found, documents: Iterable[Document]) -> Found:
    """Give what was found in the index and what was by reading `documents`, of which the index knows what they were.

    What was read comes last: its worth is none among all passages.
    """
    keys = {document.key for document in documents}
    counts = {key: number for key, number in indexed.documents.items() if key not in keys}
    return Found(
        (*(each for each in indexed.ranked if each.key not in keys), *read.ranked),
        counts | dict(read.documents),
        {part: number + read.parts.get(part, 0) for part, number in indexed.parts.items()},
    )
