"""The two sides of a comparison: a document each, or a group of documents each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from docterm.compare.terms import body
from docterm.library.library import Library
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

    @classmethod
    def read(cls, library: Library, documents: Iterable[Document], label: str = "") -> Side:
        """Make a side of documents of a library, under a label or, where there is none, their keys."""
        gathered = tuple(documents)
        named = label or ", ".join(document.key for document in gathered)
        return cls(named, gathered, tuple(library.passages(document) for document in gathered))

    @property
    def is_group(self) -> bool:
        """Whether it has not exactly one document."""
        return len(self.documents) != 1

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its documents."""
        return tuple(document.key for document in self.documents)

    def body(self) -> list[Passage]:
        """Give the body passages of all its documents, document by document."""
        return [passage for passages in self.passages for passage in body(passages)]

    def as_json(self) -> dict[str, Any]:
        """Give the side for the command line's JSON: the label and the keys, and of one document all of it."""
        own = {} if self.is_group else self.documents[0].as_json()
        return {**own, "label": self.label, "documents": list(self.keys)}
