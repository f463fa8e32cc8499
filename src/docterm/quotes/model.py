"""What a quote is, and its form in the notebook.

A line of a notebook can be foreign or damaged, so `quote_from_json` trusts nothing: it checks every
field, sanitises every string, and raises ValueError with a sentence when the object is no quote.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from docterm.errors import LibraryError
from docterm.library.model import Address, Locator, Record
from docterm.quotes.alterations import Alteration, Altered, fitting
from docterm.quotes.speaking import Spoken
from docterm.quotes.ulid import is_ulid
from docterm.text import label, sanitise

CONTEXT_LENGTH = 32
"""Code points kept before and after a quote, as Hypothesis and the W3C's TextQuoteSelector do."""
_DEEPEST = 32
_MOST_RECORDS = 1024
_records: dict[str, tuple[object, dict[str, Any]]] = {}
"""For ids of records the last one that was read, and what was made of it."""


class QuoteKind(StrEnum):
    """Whether a quote is the source's own words."""

    VERBATIM = "verbatim"
    PARAPHRASE = "paraphrase"
    """Cut from a digest: docterm's words, never to stand in quotation marks."""


class Anchor(NamedTuple):
    """Words and where they stand in a document: the fields of a Quote of the same names."""

    text: str
    address: Address
    start: int
    end: int
    prefix: str
    suffix: str
    context: str
    locator: Locator

    def as_json(self) -> dict[str, Any]:
        """Give the anchor as a JSON object; `anchor_from_json` reads it back."""
        return {**self._asdict(), "address": str(self.address), "locator": self.locator.as_json()}


@dataclass(frozen=True, slots=True)
class Quote:
    """Text cut from a passage, with all that is needed to find it again and to cite it without the source."""

    id: str
    """A ULID."""
    kind: QuoteKind
    text: str
    """The exact code points of the source; paragraphs are joined by a line feed."""
    address: Address
    start: int
    """Where the text starts in the first paragraph, in code points."""
    end: int
    """Where the text ends in the last paragraph, in code points."""
    prefix: str
    """At most 32 code points that stand before the text in its first paragraph."""
    suffix: str
    """At most 32 code points that stand after the text in its last paragraph."""
    context: str
    """The paragraphs in full, joined by a line feed, so that the quote survives the loss of the source."""
    locator: Locator
    """Where the first paragraph stands."""
    record: Record = field(hash=False)
    """The record as it was when the quote was saved."""
    title: str
    source: str
    date: str
    path: str
    created: str
    """ISO 8601, in UTC."""
    note: str = ""
    tags: tuple[str, ...] = ()
    captured: Anchor | None = None
    """What was captured, where the quote was anchored anew since: words and places above are then those of today."""
    attribution: Spoken | None = None
    """Whose words they are, where the reader has decided it."""
    altered: Altered | None = None
    """What is done to its words where they are written out; the words above are never touched."""

    @property
    def anchor(self) -> Anchor:
        """The quote's words and where they stand."""
        return Anchor(*(getattr(self, name) for name in Anchor._fields))

    def anchored(self, anchor: Anchor | None) -> Quote:
        """Give the quote with another anchor; None is that of its capture."""
        first = self.captured or self.anchor
        kept = None if anchor in (None, first) else first
        return replace(self, captured=kept, **(anchor or first)._asdict())

    @property
    def identity(self) -> tuple[object, ...]:
        """What two quotes of the same words at the same place have in common."""
        return self.kind, self.address, self.start, self.end, self.text

    @property
    def alterations(self) -> tuple[Alteration, ...]:
        """The operations on the quote's words as they are today."""
        return fitting(self.altered, self.text)

    @property
    def key(self) -> str:
        """The key of the document."""
        return self.address.key

    def as_json(self) -> dict[str, Any]:
        """Give the quote as a JSON object; `quote_from_json` reads it back."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "text": self.text,
            "address": str(self.address),
            "start": self.start,
            "end": self.end,
            "prefix": self.prefix,
            "suffix": self.suffix,
            "context": self.context,
            "locator": self.locator.as_json(),
            "key": self.key,
            "record": self.record,
            "title": self.title,
            "source": self.source,
            "date": self.date,
            "path": self.path,
            "note": self.note,
            "tags": list(self.tags),
            "created": self.created,
        }


def quote_from_json(data: object) -> Quote:
    """Read a quote from a JSON object; raise ValueError with a sentence when it is not one.

    Fields of no importance to the citation may be missing. Fields that this version does not know are
    passed over.
    """
    if not isinstance(data, Mapping):
        raise ValueError("The quote is not a JSON object.")
    quote = Quote(
        id=_id(data),
        kind=_kind(_string(data, "kind")),
        **anchor_from_json(data)._asdict(),
        record=_shared_record(data.get("record", {})),
        title=_string(data, "title", ""),
        source=_string(data, "source", ""),
        date=_string(data, "date", ""),
        path=_string(data, "path", ""),
        created=_string(data, "created"),
        note=_string(data, "note", ""),
        tags=clean_tags(data.get("tags", [])),
    )
    read_time(quote.created)
    return quote


def anchor_from_json(data: object) -> Anchor:
    """Read words and their place from a JSON object; raise ValueError with a sentence when it has none.

    Words that are not in their own paragraph are refused: no source could ever confirm them.
    """
    if not isinstance(data, Mapping):
        raise ValueError("The quote is not a JSON object.")
    address = _address(_string(data, "address"))
    anchor = Anchor(
        text=_string(data, "text"),
        address=address,
        start=_count(data, "start"),
        end=_count(data, "end"),
        prefix=_string(data, "prefix", "")[-CONTEXT_LENGTH:],
        suffix=_string(data, "suffix", "")[:CONTEXT_LENGTH],
        context=_string(data, "context"),
        locator=_locator(data.get("locator"), address.first),
    )
    if not anchor.text.strip():
        raise ValueError("The quote has no words.")
    in_place = anchor.context.startswith(anchor.text, anchor.start)
    one_paragraph = address.first == address.last
    if not in_place or (one_paragraph and anchor.end - anchor.start != len(anchor.text)):
        raise ValueError("The quote's words are not at its span in its paragraph.")
    return anchor


def frozen_record(record: object) -> dict[str, Any]:
    """Give a deep copy of a record as plain JSON values, every string sanitised.

    Raises ValueError when `record` is no JSON object or nests deeper than any record does.
    """
    if not isinstance(record, Mapping):
        raise ValueError("The record is not a JSON object.")
    return {sanitise(str(name)): _plain(value, 1) for name, value in record.items()}


def _shared_record(record: object) -> dict[str, Any]:
    """Give a frozen record, the same one for equal ones that follow each other under one id."""
    name = str(record.get("id")) if isinstance(record, Mapping) else ""
    raw, frozen = _records.get(name, (None, {}))
    if raw is None or raw != record:
        frozen = frozen_record(record)
        if len(_records) >= _MOST_RECORDS:
            _records.clear()
        _records[name] = record, frozen
    return frozen


def clean_tags(tags: object) -> tuple[str, ...]:
    """Give tags as safe single lines, each once, in their order; raise ValueError when they are no list of strings."""
    if not isinstance(tags, (list, tuple)) or not all(isinstance(tag, str) for tag in tags):
        raise ValueError("The tags are not a list of strings.")
    return tuple(dict.fromkeys(clean for tag in tags if (clean := label(tag))))


def read_time(text: str) -> datetime:
    """Read an ISO 8601 time with its zone; raise ValueError when it is not one."""
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass  # the sentence below is clearer than Python's
    raise ValueError(f"“{label(text, 40)}” is not a time with its zone.")


def _plain(value: object, depth: int) -> Any:  # noqa: ANN401 - a JSON value
    if depth > _DEEPEST:
        raise ValueError("The record is nested too deeply.")
    if isinstance(value, str):
        return sanitise(value)
    if value is None or isinstance(value, (bool, int)) or (isinstance(value, float) and math.isfinite(value)):
        return value
    if isinstance(value, Mapping):
        return {sanitise(str(name)): _plain(part, depth + 1) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part, depth + 1) for part in value]
    return label(value)


def _string(data: Mapping[str, Any], name: str, default: str | None = None) -> str:
    value = data.get(name, default)
    if not isinstance(value, str):
        raise ValueError(f"The quote's “{name}” is not a string.")
    return sanitise(value)


def _count(data: Mapping[str, Any], name: str) -> int:
    value = data.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"The quote's “{name}” is not a number of code points.")
    return value


def _id(data: Mapping[str, Any]) -> str:
    value = data.get("id")
    if not isinstance(value, str) or not is_ulid(value):
        raise ValueError("The quote's “id” is not a ULID.")
    return value


def _kind(text: str) -> QuoteKind:
    try:
        return QuoteKind(text)
    except ValueError:
        raise ValueError(f"“{label(text, 40)}” is no kind of quote.") from None


def _address(text: str) -> Address:
    try:
        return Address.parse(text)
    except LibraryError as error:
        raise ValueError(error.message) from None


def _locator(data: object, paragraph: int) -> Locator:
    parts: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
    page, page_label, headings = parts.get("page"), parts.get("page_label"), parts.get("heading")
    return Locator(
        paragraph=paragraph,
        page=page if isinstance(page, int) and not isinstance(page, bool) else None,
        headings=tuple(sanitise(heading) for heading in headings if isinstance(heading, str))
        if isinstance(headings, list)
        else (),
        page_label=sanitise(page_label) if isinstance(page_label, str) else "",
    )
