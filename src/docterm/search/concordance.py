"""The concordance (key word in context): every place of a word, with what stands left and right of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from docterm.library.model import Document, Passage
from docterm.search.facts import facts_of
from docterm.search.passages import PassageMatcher
from docterm.search.query import parse
from docterm.text import Span, words


class KwicSort(StrEnum):
    """The order of concordance lines."""

    LEFT = "left"
    """By the words before the node, the nearest first."""
    RIGHT = "right"
    """By the words after the node."""
    PLACE = "place"
    """By document and place."""


@dataclass(frozen=True, slots=True)
class KwicLine:
    """One place of the node: the span is in the passage; left and right are cut at word ends."""

    passage: Passage
    span: Span
    left: str
    node: str
    right: str


@dataclass(frozen=True, slots=True)
class Count:
    """How often the node stands in a document, and for each 1 000 of its words."""

    count: int
    per_1000: float


@dataclass(frozen=True, slots=True)
class Concordance:
    """The lines of a node and its counts by document key."""

    node: str
    read_as: str
    notes: tuple[str, ...]
    """What was repaired in the query."""
    lines: tuple[KwicLine, ...]
    counts: Mapping[str, Count]


def concordance(
    node: str,
    documents: Iterable[Document],
    passages: Callable[[Document], Iterable[Passage]],
    *,
    width: int = 40,
    sort: KwicSort = KwicSort.PLACE,
) -> Concordance:
    """Give every place of `node`, any query, in the documents' passages that answer it.

    Several words without an operator are one phrase, with or without quotation marks. `width` is the most code points
    of context on a side. Raises QueryError when `node` holds no word.
    """
    query = parse(node, side_by_side=True)
    matcher = PassageMatcher(query.node)
    lines: list[KwicLine] = []
    counts: dict[str, Count] = {}
    for document in documents:
        facts = facts_of(document)
        found = [
            _line(passage, span, width) for passage in passages(document) for span in matcher.find(passage, facts) or ()
        ]
        if found:
            lines += found
            counts[document.key] = Count(len(found), 1000 * len(found) / max(document.words, 1))
    return Concordance(node, query.read_as, query.notes, tuple(in_order(lines, sort)), counts)


def _line(passage: Passage, span: Span, width: int) -> KwicLine:
    text = passage.text
    left, right = text[: span.start], text[span.end :]
    if len(left) > width:
        left = left[len(left) - width :].partition(" ")[2]
    if len(right) > width:
        right = right[:width].rpartition(" ")[0]
    return KwicLine(passage, span, left.strip(), text[span.start : span.end], right.strip())


def in_order(lines: Sequence[KwicLine], sort: KwicSort) -> list[KwicLine]:
    """Give lines, which come by place, in an order."""
    match sort:
        case KwicSort.LEFT:
            return sorted(lines, key=lambda line: words(line.left)[::-1])
        case KwicSort.RIGHT:
            return sorted(lines, key=lambda line: words(line.right))
        case KwicSort.PLACE:
            return list(lines)
