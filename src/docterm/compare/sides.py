"""The two sides of a comparison: a document each, or a group of documents each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Any, NamedTuple

from docterm.compare.terms import body
from docterm.library.library import Library
from docterm.library.model import Document, Passage

MOST_NAMED = 5
"""Documents that a sentence names; of more it names these."""


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

    def without(self, keys: Set[str]) -> Side:
        """Give the side without the documents of these keys."""
        kept = [place for place, document in enumerate(self.documents) if document.key not in keys]
        return Side(
            self.label,
            tuple(self.documents[place] for place in kept),
            tuple(self.passages[place] for place in kept),
        )


def listed(names: Sequence[str]) -> str:
    """Give names for a sentence: the first MOST_NAMED."""
    return ", ".join([*names[:MOST_NAMED], *(["..."] if names[MOST_NAMED:] else [])])


class Parted(NamedTuple):
    """Two sides without the documents that were on both."""

    left: Side
    right: Side
    notes: tuple[str, ...]
    """What was left out, in a sentence."""


def parted(left: Side, right: Side) -> Parted:
    """Leave out what is on both sides: set beside itself a document would drown what is to be seen.

    A document that is a side of its own stays there and leaves the group; one that is in two groups leaves both, since
    either choice would tilt the comparison. A document against itself leaves two empty sides.
    """
    both = set(left.keys) & set(right.keys)
    if not both:
        return Parted(left, right, ())
    named = listed(sorted(both))
    if left.is_group == right.is_group:
        verb = "is" if len(both) == 1 else "are"
        return Parted(
            left.without(both), right.without(both), (f"{named} {verb} on both sides, and left out of both.",)
        )
    group = left if left.is_group else right
    note = f"{named} is a side of its own, and left out of “{group.label}”."
    return Parted(
        left.without(both) if left.is_group else left, right.without(both) if right.is_group else right, (note,)
    )
