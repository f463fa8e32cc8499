"""The concordance (key word in context): every place of a word, with what stands left and right of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from docterm.library.model import Document, Passage, Role
from docterm.search.matcher import Matcher
from docterm.search.query import parse
from docterm.search.tree import Or, Phrase, Term, conjuncts
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
    """Give every place of `node`, a word, `prefix*` or phrase, in the documents' body paragraphs.

    Several words are one phrase, with or without quotation marks. `width` is the most code points of context
    on a side. Raises QueryError when `node` holds no word.
    """
    parts = conjuncts(parse(node).node)
    in_order = tuple(words(node))
    if len(parts) > 1 or (isinstance(parts[0], Term) and len(in_order) > 1):  # a word said twice is one part
        parts = (Phrase(tuple(map(Term, in_order))),)
    matcher = Matcher(Or(parts))
    lines: list[KwicLine] = []
    counts: dict[str, Count] = {}
    for document in documents:
        found = [
            _line(passage, span, width)
            for passage in passages(document)
            if passage.role is Role.BODY
            for span in matcher.spans(passage.text)
        ]
        if found:
            lines += found
            counts[document.key] = Count(len(found), 1000 * len(found) / document.words)
    return Concordance(node, tuple(_sorted(lines, sort)), counts)


def _line(passage: Passage, span: Span, width: int) -> KwicLine:
    text = passage.text
    left, right = text[: span.start], text[span.end :]
    if len(left) > width:
        left = left[len(left) - width :].partition(" ")[2]
    if len(right) > width:
        right = right[:width].rpartition(" ")[0]
    return KwicLine(passage, span, left.strip(), text[span.start : span.end], right.strip())


def _sorted(lines: list[KwicLine], sort: KwicSort) -> list[KwicLine]:
    match sort:
        case KwicSort.LEFT:
            return sorted(lines, key=lambda line: words(line.left)[::-1])
        case KwicSort.RIGHT:
            return sorted(lines, key=lambda line: words(line.right))
        case KwicSort.PLACE:
            return lines
