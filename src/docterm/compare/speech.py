"""How both sides speak: what is said on each and by whom, and how sure each sounds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from docterm.attribution.lexicon import lexicon
from docterm.compare.cancel import never
from docterm.compare.certainty import Certainty, certainty_of, cue_lists
from docterm.compare.sides import Side
from docterm.compare.voices import Decisions, Entry, decided, entries_of
from docterm.languages import language_code
from docterm.library.model import Document
from docterm.library.own_words import NO_OWN_WORDS, OwnWords
from docterm.text import ENGLISH

NAMED = 3
SUGGESTION = "Voices are found by the order of words, hedges and boosters by lists: look at each where it stands."


@dataclass(frozen=True, slots=True)
class Speech:
    """How one side speaks."""

    entries: tuple[Entry, ...]
    """What is said there, as found; `voices.voices` gathers it by who says it."""
    certainty: Certainty

    def as_json(self, side: str, names: Decisions) -> dict[str, list[dict[str, Any]]]:
        """Give its part of the command line's JSON; `names` is what the reader decided about voices."""
        spoken = [entry.as_json(side) for entry in decided(self.entries, names) if not entry.wrong]
        return {"voices": spoken, "certainty": self.certainty.as_json(side)}


def notes_on(sides: Iterable[Side]) -> Iterator[str]:
    """Say what the speech of both sides rests on, and which documents are in another language than it is found in."""
    yield SUGGESTION
    documents = [document for side in sides for document in side.documents]
    foreign = [document.key for document in documents if _language(document) not in ("", ENGLISH)]
    if foreign:
        named = f"{', '.join(foreign[:NAMED])} and {len(foreign) - NAMED:,} more" if len(foreign) > NAMED else None
        yield (
            f"Voices, hedges and boosters are found in English alone; not in English: {named or ', '.join(foreign)}."
        )


def _language(document: Document) -> str:
    said = document.record.get("language")
    return language_code(said) if isinstance(said, str) else ""


def speech_of(side: Side, own: OwnWords = NO_OWN_WORDS, *, cancelled: Callable[[], bool] = never) -> Speech:
    """Find how a side speaks, by the lists of docterm and those of the library.

    Raises Cancelled soon after `cancelled()` is true.
    """
    entries = entries_of(side, lexicon(own.lists), cancelled=cancelled)
    return Speech(entries, certainty_of(side, cue_lists(own.lists), cancelled=cancelled))
