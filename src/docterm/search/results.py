"""The answer to a query: hits in an order, counted by what the reader may narrow them by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from docterm.library.model import Document, Passage
from docterm.search.query import normal
from docterm.search.query.leaves import phrase
from docterm.search.tree import And, DateRange, Field, FieldName, Node, describe, enclosed
from docterm.text import Span


class Sort(StrEnum):
    """The order of hits."""

    RELEVANCE = "relevance"
    DATE = "date"
    """Newest document first, then by place."""
    PLACE = "place"
    """In the order of the library, then of the document."""
    DOCUMENT = "document"
    """The best ones, grouped by document: the document with the best hit first, then by place."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that answers a query, with the spans to mark in it: none where no word was asked for."""

    document: Document
    passage: Passage
    spans: tuple[Span, ...]
    score: float

    @property
    def place(self) -> str:
        """The address of a paragraph, or the key of the document with what else the passage is."""
        return self.passage.address or f"{self.document.key} ({self.passage.role.value})"


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a query."""

    query: str
    node: Node
    """What was searched for in the end; `read_as` is its notation."""
    notes: tuple[str, ...]
    passages: int
    terms: Mapping[str, int]
    """For each part of the query, the number of passages in the library that have it."""
    facets: Mapping[str, Mapping[str, int]]
    """Passages found by source, year, type and tag of document."""
    hits: tuple[Hit, ...]
    documents: tuple[str, ...]
    """The keys of all documents with a hit, in the order of their best one."""
    suggestion: str = ""
    """The query with misspelt words put right, where the library does not have them as they were typed."""
    completions: tuple[str, ...] = ()
    """Words that the last one may be the beginning of, while it is typed."""

    @property
    def read_as(self) -> str:
        """The query as it was understood."""
        return describe(self.node)


def in_order(hits: list[Hit], sort: Sort) -> list[Hit]:
    """Give hits, which come best first, in an order."""
    if sort is Sort.RELEVANCE:
        return hits
    if sort is Sort.DOCUMENT:
        best = {key: place for place, key in reversed(list(enumerate(hit.document.key for hit in hits)))}
        return sorted(hits, key=lambda hit: (best[hit.document.key], hit.passage.index))
    by_place = sorted(
        hits, key=lambda hit: (not hit.document.date, hit.document.date, hit.document.key, hit.passage.index)
    )
    return by_place if sort is Sort.PLACE else sorted(by_place, key=lambda hit: hit.document.date, reverse=True)


def facets(documents: Iterable[Document], passages: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Count passages, given by key of document, by what is known of their documents, the most frequent value first."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("source", "year", "type", "tag")}
    for document in documents:
        if number := passages.get(document.key, 0):
            counts["source"][document.source] += number
            counts["year"][document.date[:4]] += number
            counts["type"][str(document.record.get("type", ""))] += number
            for tag in document.tags:
                counts["tag"][tag] += number
    return {name: {value: count for value, count in values.most_common() if value} for name, values in counts.items()}


def narrowed(node: Node, facet: str, value: str) -> str:
    """Give the query for those passages whose document has a value of a facet, as the reader could have typed it."""
    words = phrase(value)
    if facet == "year":
        limit: Node = DateRange(value, value)
    elif words is None:
        return describe(node)
    else:
        limit = Field(cast("FieldName", facet), words)
    return describe(normal(And((node, limit))))


def within(node: Node) -> str:
    """Give a query so that what is typed behind it narrows it."""
    return f"{describe(node)} " if isinstance(node, And) else f"{enclosed(node)} "
