"""The two sides of a comparison: a document each, or a group of documents each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docterm.compare.terms import body
from docterm.library.model import Document, Passage


@dataclass(frozen=True, slots=True)
class Side:
    """One side: a label, and its documents with their passages."""

    label: str
    """The key of the only document, or the query that gathers the documents."""
    documents: tuple[Document, ...]
    passages: tuple[Sequence[Passage], ...]
    """All passages of each document, in the order of `documents`."""

    @classmethod
    def of(cls, document: Document, passages: Sequence[Passage]) -> Side:
        """Make a side of one document."""
        return cls(document.key, (document,), (passages,))

    @property
    def is_group(self) -> bool:
        """Whether it has not exactly one document."""
        return len(self.documents) != 1

    def body(self) -> list[Passage]:
        """Give the body passages of all its documents, document by document."""
        return [passage for passages in self.passages for passage in body(passages)]
