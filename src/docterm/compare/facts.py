"""What a reader should know of a side before any statistic: what it is, when and by whom, and how long."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from docterm.compare.cancel import checking, never
from docterm.compare.sides import Side
from docterm.compare.terms import body
from docterm.library.bibliography.csl import shown_type
from docterm.library.model import Document, Kind
from docterm.library.readers.word_list import language_of
from docterm.text import words

LONG_PASSAGE = 1000
"""Words of a passage above which a link says little of where in it the likeness is."""

_ENOUGH_TO_TELL = 20
"""Words from which on a text shows its language."""
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
    languages: tuple[str, ...] = ()
    """Their codes (`en`), that of most documents first: as the text shows, else as the record says."""
    has_letters: bool = True
    """Whether there is anything but numbers in the body."""
    long_passages: tuple[str, ...] = ()
    """The addresses of paragraphs of more than LONG_PASSAGE words."""

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
            "languages": list(self.languages),
        }


def facts_of(side: Side, *, cancelled: Callable[[], bool] = never) -> Facts:
    """Count and gather the facts of a side. Raises Cancelled soon after `cancelled()` is true."""
    check = checking(cancelled)
    total = quoted = paragraphs = 0
    has_letters = False
    long_passages: list[str] = []
    languages: Counter[str] = Counter()
    for document, passages in zip(side.documents, side.passages, strict=True):
        counts: Counter[str] = Counter()
        for passage in body(passages):
            check()
            run = words(passage.text)
            paragraphs += 1
            total += len(run)
            quoted += sum(len(words(match[0])) for match in _QUOTED.finditer(passage.text))
            counts.update(run)
            has_letters = has_letters or any(map(str.isalpha, passage.text))
            if len(run) > LONG_PASSAGE:
                long_passages.append(passage.address or "")
        languages[_language(counts, document)] += 1
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
        languages=tuple(language for language, _ in languages.most_common() if language),
        has_letters=has_letters,
        long_passages=tuple(long_passages),
    )


def _language(counts: Counter[str], document: Document) -> str:
    """Give the language of a text, of a short one what its record says, or the empty string.

    Records come second: office programs write their own language into every file.
    """
    told = _field(document.record, "language").lower().replace("_", "-").partition("-")[0]
    seen = language_of(counts) if counts.total() >= _ENOUGH_TO_TELL else None
    return seen or (told if len(told) == 2 else "")


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
