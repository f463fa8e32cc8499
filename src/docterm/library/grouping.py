"""The documents of a library in groups: by source, year, type, tag, or each by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from docterm.library.bibliography.csl import shown_type
from docterm.library.model import Document

UNKNOWN = "(none)"
"""The group of documents of which it is not known."""


class By(StrEnum):
    """What documents are grouped by."""

    SOURCE = "source"
    YEAR = "year"
    TYPE = "type"
    TAG = "tag"
    """A document is in the group of each of its tags."""
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Group:
    """Documents that have something in common."""

    label: str
    documents: tuple[Document, ...]

    @property
    def words(self) -> int:
        """How many words their bodies have."""
        return sum(document.words for document in self.documents)


def grouped(documents: Iterable[Document], by: By) -> tuple[Group, ...]:
    """Give documents in groups, those with the most words first; years in their order; UNKNOWN is the last."""
    found: defaultdict[str, list[Document]] = defaultdict(list)
    for document in documents:
        for value in _values(document, by):
            found[value].append(document)
    groups = [Group(label, tuple(members)) for label, members in found.items()]
    if by is By.YEAR:
        return tuple(sorted(groups, key=lambda group: (group.label == UNKNOWN, group.label)))
    return tuple(sorted(groups, key=lambda group: (group.label == UNKNOWN, -group.words, group.label)))


def _values(document: Document, by: By) -> Iterable[str]:
    match by:
        case By.SOURCE:
            return [document.source or UNKNOWN]
        case By.YEAR:
            return [document.date[:4] or UNKNOWN]
        case By.TYPE:
            kind = document.record.get("type")
            return [(shown_type(kind) if isinstance(kind, str) else "") or UNKNOWN]
        case By.TAG:
            return dict.fromkeys(document.tags) or [UNKNOWN]
        case By.KEY:
            return [document.key]
