"""Two sides set side by side: facts first, then links, what was found on one side only, and the words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from docterm.compare.align import Alignment, Link, align
from docterm.compare.background import ENOUGH_DOCUMENTS, Background, background_for, document_frequencies
from docterm.compare.cancel import never
from docterm.compare.cautions import can_compare_words, cautions, differ_in_language, read_english
from docterm.compare.facts import Facts, facts_of
from docterm.compare.judgement import Judgement
from docterm.compare.meaning import MOST, Meaning, meaning_for
from docterm.compare.offers import Kind as OfferKind
from docterm.compare.offers import Offer, offers
from docterm.compare.scoring import Progress
from docterm.compare.sides import Side, parted
from docterm.compare.speech import Speech, notes_on, speech_of
from docterm.compare.subjects import BothOnSubject, Subject, on_subject
from docterm.compare.vocabulary import TermRow, vocabulary
from docterm.compare.voices import NO_DECISIONS, Decisions
from docterm.config.paths import cache_for
from docterm.library.library import Library
from docterm.library.model import Passage
from docterm.library.own_words import NO_OWN_WORDS, OwnWords, own_words

_LINKING, _COUNTED = 0.7, 0.9
"""The parts of the work that are done when the links are found, and when the words are counted."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comparing two sides gives."""

    left: Side
    right: Side
    left_facts: Facts
    right_facts: Facts
    alignment: Alignment
    vocabulary: tuple[TermRow, ...]
    subjects: tuple[Offer, ...]
    """Subjects that both sides share, to pick from."""
    left_speech: Speech
    right_speech: Speech
    notes: tuple[str, ...]
    """Sentences for the reader: what the suggestions rest on and what was not measured."""
    background: Background = field(repr=False)

    @property
    def links(self) -> tuple[Link, ...]:
        """The links, in the order of the left side."""
        return self.alignment.links

    @property
    def only_left(self) -> tuple[Passage, ...]:
        """The left passages for which no close passage was found."""
        return self.alignment.only_left

    @property
    def only_right(self) -> tuple[Passage, ...]:
        """The right passages for which no close passage was found."""
        return self.alignment.only_right

    def on_subject(self, subject: Subject, *, cancelled: Callable[[], bool] = never) -> BothOnSubject:
        """Find the passages of both sides that are on a subject. Raises Cancelled as `compare` does."""
        return on_subject(subject, self.left, self.right, self.background, cancelled=cancelled)

    def as_json(self, names: Decisions = NO_DECISIONS) -> dict[str, Any]:
        """Give the comparison in the shape of `docterm.compare/1`; `names` is what the reader decided about voices."""
        left, right = self.left_speech.as_json("left", names), self.right_speech.as_json("right", names)
        return {
            "schema": "docterm.compare/1",
            "left": {**self.left.as_json(), "facts": self.left_facts.as_json()},
            "right": {**self.right.as_json(), "facts": self.right_facts.as_json()},
            "notes": list(self.notes),
            "subjects": [offer.as_json() for offer in self.subjects],
            "shared_quotations": [quotation.as_json() for quotation in self.alignment.shared_quotations],
            "links": [link.as_json() for link in self.links],
            "only_left": [passage.address for passage in self.only_left],
            "only_right": [passage.address for passage in self.only_right],
            "vocabulary": [row.as_json() for row in self.vocabulary],
            **{name: left[name] + right[name] for name in left},
        }


def compare(
    left: Side,
    right: Side,
    background: Background,
    *,
    judgements: Iterable[Judgement] = (),
    own: OwnWords = NO_OWN_WORDS,
    meaning: Meaning | None = None,
    cancelled: Callable[[], bool] = never,
    progress: Progress = lambda part: None,
) -> Comparison:
    """Set two sides, documents or groups of them, side by side; what is on both is left out (`parted`).

    `background` tells how rare a word is: see `background_for`.
    `meaning` is used where both sides are English. `judgements` are what the reader decided about links,
    `own` the lists of words that the library has of its own.
    Raises Cancelled soon after `cancelled()` is true, which is asked every few milliseconds; `progress` is called as
    often with the part of the work that is done.
    """
    left, right, said = parted(left, right)
    left_facts, right_facts = facts_of(left, cancelled=cancelled), facts_of(right, cancelled=cancelled)
    alignment = align(
        left.body(),
        right.body(),
        background,
        names_only=differ_in_language(left_facts, right_facts),
        judgements=judgements,
        meaning=meaning if read_english(left_facts, right_facts) else None,
        cancelled=cancelled,
        progress=lambda part: progress(_LINKING * part),
    )
    comparable = can_compare_words(left_facts, right_facts)
    rows = vocabulary(left, right, cancelled=cancelled) if comparable else ()
    progress(_COUNTED)
    shared = offers(left, right, background, cancelled=cancelled)
    if not comparable:
        shared = tuple(offer for offer in shared if offer.kind is OfferKind.NAME)
    speeches = speech_of(left, own, cancelled=cancelled), speech_of(right, own, cancelled=cancelled)
    rests_on = (*_rests_on(meaning, alignment), f"How rare a word is was taken from {background.origin}.")
    notes = (*said, *_notes((left, left_facts), (right, right_facts), rests_on, rows), *own.faults)
    return Comparison(left, right, left_facts, right_facts, alignment, rows, shared, *speeches, notes, background)


def compare_in(
    library: Library,
    left: Side,
    right: Side,
    *,
    judgements: Iterable[Judgement] = (),
    cancelled: Callable[[], bool] = never,
    progress: Progress = lambda part: None,
) -> Comparison:
    """Set two sides of documents of a library side by side, with the background that suits the library.

    Reads every document of a library of ENOUGH_DOCUMENTS or more. Otherwise as `compare`.
    """
    documents = library.documents()
    frequencies = None
    if len(documents) >= ENOUGH_DOCUMENTS:
        frequencies = document_frequencies(library.passages(document) for document in documents)
    background = background_for(left.body(), right.body(), frequencies)
    return compare(
        left,
        right,
        background,
        judgements=judgements,
        own=own_words(library.root),
        meaning=meaning_for(cache_for(library.root)),
        cancelled=cancelled,
        progress=progress,
    )


def _rests_on(meaning: Meaning | None, alignment: Alignment) -> Iterator[str]:
    """Say what the links were made of, and whether the model that is put in was used."""
    if alignment.by_meaning:
        yield "Suggestions from shared words, letters and meaning (all-MiniLM-L6-v2)"
        return
    yield "Suggestions from shared words and letters"
    if meaning is not None and meaning.fault:
        yield meaning.fault
    elif meaning is not None:
        yield (
            "Meaning is no part of the suggestions: the model that is put in knows English alone, and no more than "
            f"{MOST:,} paragraphs and sentences are reckoned."
        )


def _notes(
    left: tuple[Side, Facts], right: tuple[Side, Facts], rests_on: Sequence[str], rows: Sequence[TermRow]
) -> Iterator[str]:
    yield f"{rests_on[0]}; {left[1].words:,} words against {right[1].words:,}: absence means little."
    yield from rests_on[1:]
    yield from cautions(left, right)
    if left[1].type and right[1].type and left[1].type != right[1].type:
        types = f"{left[1].shown_type} and {right[1].shown_type}"
        yield f"The two are of different types, {types}: some differences come with that."
    if rows and not any(row.lrc for row in rows):
        yield f"With {len(rows):,} terms looked at, no difference in vocabulary is more than chance could make."
    yield from notes_on(side for side, _ in (left, right))
