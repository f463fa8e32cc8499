"""What a reader should know of a side before any statistic: what it is, when and by whom, and how long."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from docterm.compare.cancel import checking, never
from docterm.compare.sides import Side
from docterm.library.bibliography.csl import shown_type
from docterm.library.model import Document, Kind
from docterm.text import words

_QUOTED = re.compile(r"„[^“”]*[“”]?|“[^”]*|«[^»]*|\"[^\"]*\"?")


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one side; of a group, those that all its documents have in common, and its totals."""

    kind: Kind
    """Of a group with several kinds `DOCUMENT`."""
    date: str
    """Of a group the first and the last, `2019-04/2021`."""
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
    documents: int = 1

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
            "documents": self.documents,
            "words": self.words,
            "paragraphs": self.paragraphs,
            "quoted": round(self.quoted, 4),
        }


def facts_of(side: Side, *, cancelled: Callable[[], bool] = never) -> Facts:
    """Count and gather the facts of a side. Raises Cancelled soon after `cancelled()` is true."""
    check = checking(cancelled)
    total = quoted = paragraphs = 0
    for passage in side.body():
        check()
        paragraphs += 1
        total += len(words(passage.text))
        quoted += sum(len(words(match[0])) for match in _QUOTED.finditer(passage.text))
    documents = side.documents
    kinds = {document.kind for document in documents}
    return Facts(
        kind=kinds.pop() if len(kinds) == 1 else Kind.DOCUMENT,
        date=_range(document.date for document in documents),
        source=_common(document.source for document in documents),
        publisher=_common(_publisher(document) for document in documents),
        type=_common(_field(document.record, "type") for document in documents),
        words=total,
        paragraphs=paragraphs,
        quoted=quoted / total if total else 0.0,
        documents=len(documents),
    )


def _common(values: Iterable[str]) -> str:
    """Give the value that all have, or the empty string."""
    different = set(values)
    return different.pop() if len(different) == 1 else ""


def _range(dates: Iterable[str]) -> str:
    known = sorted(date for date in dates if date)
    if not known:
        return ""
    return known[0] if known[0] == known[-1] else f"{known[0]}/{known[-1]}"


def _publisher(document: Document) -> str:
    return _field(document.record, "publisher") or _field(document.record, "container-title")


def _field(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    return value if isinstance(value, str) else ""
