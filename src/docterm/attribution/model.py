"""What is found: who says what, and where each part of that stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from docterm.text import Span


class Kind(StrEnum):
    """How somebody's words stand in a text."""

    DIRECT = "direct"
    """In quotation marks, as said."""
    INDIRECT = "indirect"
    """Told in the writer's words, though some of them may be quoted."""
    PASSIVE = "passive"
    """Said without anybody who says it: “is said to”, “reportedly”; or by one who is named after “by”."""
    SCARE = "scare"
    """A few words in quotation marks that nobody is said to have used."""
    NO_REPLY = "no reply"
    """Somebody was asked and did not answer."""


class Sort(StrEnum):
    """What sort of source speaks."""

    PERSON = "person"
    NAME = "name"
    """Anything with a name that is not known to be a person: an institution, a country, a lone surname."""
    DOCUMENT = "document"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Something said in a passage. All spans are in its text."""

    kind: Kind
    speaker: str
    """Who says it, by the fullest name the document gives up to here; or the empty string."""
    sort: Sort
    verb: str
    """The verb in its first form, or the words that stand for one (`according to`); or the empty string."""
    source: Span | None
    """The words that name who says it; None where a quotation goes on, or nobody is named."""
    cue: Span | None
    """The words that tell that something is said; None where a quotation goes on."""
    content: Span
    """What is said, quotation marks not included. Of a quotation that is cut in two each part has its own."""

    @property
    def unnamed(self) -> bool:
        """Whether whoever speaks has no name: officials, interviews, nobody at all. A document is no such source."""
        return self.sort is Sort.UNNAMED
