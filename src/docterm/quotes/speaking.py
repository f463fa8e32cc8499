"""Whose words a quote is: the source's own, or those of somebody it quotes.

docterm offers what it reads in the source; the reader decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from docterm.text import label

if TYPE_CHECKING:
    from docterm.library.model import Passage
    from docterm.quotes.model import Quote

LONGEST = 200
_BEFORE = 200
"""Paragraphs before a quote that are read for the full name of who speaks."""
_SAID = {
    "as cited in": {"en": "as cited in", "de": "zitiert nach", "fr": "cité dans"},
    "quoted in": {"en": "quoted in", "de": "zitiert nach", "fr": "cité dans"},
    "qtd. in": {"en": "qtd. in", "de": "zit. nach", "fr": "cité dans"},
}


class SpeakerKind(StrEnum):
    """Who said the words of a quote."""

    SPEAKER = "speaker"
    """Somebody the source quotes: a person, an institution."""
    DOCUMENT = "document"
    """Another document that the source quotes."""
    OWN = "own"
    """The source itself, as the reader has decided."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Whose words a quote is."""

    speaker: str
    """Empty for the source's own words."""
    kind: SpeakerKind = SpeakerKind.SPEAKER

    def as_json(self) -> dict[str, Any]:
        """Give it as a JSON object; `spoken_from_json` reads it back."""
        return {"speaker": self.speaker, "kind": self.kind.value}


OWN_WORDS = Spoken("", SpeakerKind.OWN)


def spoken_by(name: str) -> Spoken:
    """Give the words to a speaker, as a name that is safe in every form."""
    return Spoken(label(name.replace(";", ",").translate(_PARTING), LONGEST).strip(" ,"))


_PARTING = str.maketrans("", "", "[]@{}")
"""What would end or part a citation by key."""


def spoken_from_json(data: object) -> Spoken | None:
    """Read it from a JSON object; None where nothing was decided. Raises ValueError when it holds something else."""
    if data is None:
        return None
    if not isinstance(data, Mapping) or not isinstance(data.get("speaker"), str):
        raise ValueError("The attribution names no speaker.")
    try:
        kind = SpeakerKind(str(data.get("kind")))
    except ValueError:
        raise ValueError(f"“{label(data.get('kind'), 40)}” is no kind of speaker.") from None
    return OWN_WORDS if kind is SpeakerKind.OWN else Spoken(spoken_by(data["speaker"]).speaker, kind)


def offered(quote: Quote, before: Sequence[str] = ()) -> Spoken | None:
    """Give who seems to say the words of a quote that stands inside quotation marks in its source; else None.

    `before` are the paragraphs before it, which name people in full. It is only a suggestion.
    """
    from docterm.attribution.find import speaker_at
    from docterm.attribution.model import Kind, Sort
    from docterm.text import Span

    if quote.address.first != quote.address.last:
        return None
    span = Span(quote.start, quote.end)
    found = speaker_at(quote.context, span, before[-_BEFORE:])
    if found is None or found.kind is not Kind.DIRECT:
        return None
    inside = found.content.start - 1 <= span.start and span.end <= found.content.end + 1
    if not inside:
        return None
    kind = SpeakerKind.DOCUMENT if found.sort is Sort.DOCUMENT else SpeakerKind.SPEAKER
    return Spoken(spoken_by(found.speaker).speaker, kind)


def offered_in(quote: Quote, passages: Sequence[Passage]) -> Spoken | None:
    """Give who seems to say the words of a quote that was taken from these passages of its document; else None."""
    number = quote.address.first
    index = next((passage.index for passage in passages if passage.number == number), 0)
    return offered(quote, [passage.text for passage in passages[max(0, index - _BEFORE) : index]])


def prefix(spoken: Spoken | None, style: str, language: str, *, in_notes: bool) -> str:
    """Give what stands before the work in a citation of words that it quotes itself: `Cao, as cited in`.

    APA 7, 8.6; MLA 9, 6.77, which leaves the speaker to the sentence; Chicago 18, 14.160, and other styles in notes.
    """
    if spoken is None or not spoken.speaker:
        return ""
    mla = style.startswith("modern-language-association")
    notes = in_notes or style.startswith(("chicago", "turabian"))
    said = _SAID["qtd. in" if mla else "quoted in" if notes else "as cited in"]
    words = said.get(language.partition("-")[0].lower(), said["en"])
    return words if mla else f"{spoken.speaker}, {words}"
