"""Two documents set side by side: facts first, then links, what was found on one side only, and the words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docterm.compare.align import Alignment, Link, align
from docterm.compare.background import ENOUGH_DOCUMENTS, Background, background_for, document_frequencies
from docterm.compare.cancel import never
from docterm.compare.terms import body
from docterm.compare.vocabulary import TermRow, vocabulary
from docterm.library.bibliography.csl import shown_type
from docterm.library.library import Library
from docterm.library.model import Document, Kind, Passage
from docterm.text import words

_QUOTED = re.compile(r"„[^“”]*[“”]?|“[^”]*|«[^»]*|\"[^\"]*\"?")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a reader should know of a document before any statistic."""

    kind: Kind
    date: str
    source: str
    publisher: str
    """From the record, else what the work appeared in; or the empty string."""
    type: str
    """The CSL type of the record (`article-newspaper`, `report`, ...), or the empty string."""
    words: int
    """Of the body, counted as everywhere in docterm."""
    paragraphs: int
    quoted: float
    """The share, 0 to 1, of the body's words that stand inside quotation marks."""

    @property
    def shown_type(self) -> str:
        """The type in plain words, or the empty string."""
        return shown_type(self.type)

    def as_json(self) -> dict[str, Any]:
        """Give the facts for the command line's JSON."""
        return {
            "kind": self.kind.value,
            "date": self.date,
            "source": self.source,
            "publisher": self.publisher,
            "type": self.type,
            "words": self.words,
            "paragraphs": self.paragraphs,
            "quoted": round(self.quoted, 4),
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comparing two documents gives."""

    left: Document
    right: Document
    left_facts: Facts
    right_facts: Facts
    alignment: Alignment
    vocabulary: tuple[TermRow, ...]
    notes: tuple[str, ...]
    """Sentences for the reader: what the suggestions rest on and what was not measured."""

    @property
    def links(self) -> tuple[Link, ...]:
        """The links, in the order of the left document."""
        return self.alignment.links

    @property
    def only_left(self) -> tuple[Passage, ...]:
        """The left passages for which no close passage was found."""
        return self.alignment.only_left

    @property
    def only_right(self) -> tuple[Passage, ...]:
        """The right passages for which no close passage was found."""
        return self.alignment.only_right

    def as_json(self) -> dict[str, Any]:
        """Give the comparison in the shape of `docterm.compare/1`."""
        return {
            "schema": "docterm.compare/1",
            "left": {**self.left.as_json(), "facts": self.left_facts.as_json()},
            "right": {**self.right.as_json(), "facts": self.right_facts.as_json()},
            "notes": list(self.notes),
            "links": [_link_json(link) for link in self.links],
            "only_left": [passage.address for passage in self.only_left],
            "only_right": [passage.address for passage in self.only_right],
            "vocabulary": [_row_json(row) for row in self.vocabulary],
            "voices": [],
            "certainty": [],
        }


def compare(
    left: Document,
    right: Document,
    left_passages: Sequence[Passage],
    right_passages: Sequence[Passage],
    background: Background,
    *,
    cancelled: Callable[[], bool] = never,
) -> Comparison:
    """Set two documents side by side.

    `background` tells how rare a word is: see `background_for`. Raises Cancelled soon after `cancelled()` is true,
    which is asked every few milliseconds.
    """
    left_facts, right_facts = _facts(left, left_passages), _facts(right, right_passages)
    alignment = align(left_passages, right_passages, background, cancelled=cancelled)
    rows = vocabulary(left_passages, right_passages, cancelled=cancelled)
    notes = tuple(_notes((left, left_facts), (right, right_facts), background, rows))
    return Comparison(left, right, left_facts, right_facts, alignment, rows, notes)


def compare_in(
    library: Library, left: Document, right: Document, *, cancelled: Callable[[], bool] = never
) -> Comparison:
    """Set two documents of a library side by side, with the background that suits the library.

    Reads every document of a library of ENOUGH_DOCUMENTS or more. Raises Cancelled as `compare` does.
    """
    documents = library.documents()
    frequencies = None
    if len(documents) >= ENOUGH_DOCUMENTS:
        frequencies = document_frequencies(library.passages(document) for document in documents)
    left_passages, right_passages = library.passages(left), library.passages(right)
    background = background_for(left_passages, right_passages, frequencies)
    return compare(left, right, left_passages, right_passages, background, cancelled=cancelled)


def _facts(document: Document, passages: Sequence[Passage]) -> Facts:
    texts = [passage.text for passage in body(passages)]
    total = sum(len(words(text)) for text in texts)
    quoted = sum(len(words(match[0])) for text in texts for match in _QUOTED.finditer(text))
    return Facts(
        kind=document.kind,
        date=document.date,
        source=document.source,
        publisher=_field(document.record, "publisher") or _field(document.record, "container-title"),
        type=_field(document.record, "type"),
        words=total,
        paragraphs=len(texts),
        quoted=quoted / total if total else 0.0,
    )


def _field(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    return value if isinstance(value, str) else ""


def _notes(
    left: tuple[Document, Facts], right: tuple[Document, Facts], background: Background, rows: Sequence[TermRow]
) -> Iterator[str]:
    sides = (left, right)
    yield (
        f"Suggestions from shared words and letters; {left[1].words:,} words against {right[1].words:,}: "
        "absence means little."
    )
    yield f"How rare a word is was taken from {background.origin}."
    for document, facts in sides:
        if not facts.words:
            yield f"{document.key} has no body paragraphs to compare."
    for document, facts in sides:
        if facts.kind is Kind.DIGEST:
            yield (
                f"{document.key} is a digest: its words are docterm's, not the source's; "
                "the vocabulary and the share of quoted words say nothing about how the source speaks."
            )
    if left[1].type and right[1].type and left[1].type != right[1].type:
        types = f"{left[1].shown_type} and {right[1].shown_type}"
        yield f"The two are of different types, {types}: some differences come with that."
    if rows and not any(row.lrc for row in rows):
        yield f"With {len(rows):,} words looked at, no difference in vocabulary is more than chance could make."
    yield "Voices and certainty are not measured in this version."


def _link_json(link: Link) -> dict[str, Any]:
    return {
        "left": link.left.address,
        "right": link.right.address,
        "strength": round(link.strength, 4),
        "shared": list(link.shared),
    }


def _row_json(row: TermRow) -> dict[str, Any]:
    return {
        "term": row.term,
        "left": row.left,
        "right": row.right,
        "left_per_1000": round(row.left_per_1000, 4),
        "right_per_1000": round(row.right_per_1000, 4),
        "log_ratio": round(row.log_ratio, 4),
        "interval": [round(end, 4) for end in row.interval],
        "lrc": round(row.lrc, 4),
        "g2": round(row.g2, 4),
    }
