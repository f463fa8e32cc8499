"""Verbs that report, and how they stand: X says, said X, it is said, leading X to say, X said and added."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from docterm.attribution.cue import Cue
from docterm.attribution.lexicon import Lexicon, Verb
from docterm.attribution.model import Kind, Sort
from docterm.attribution.phrases import FINITE, PREPOSITIONS, Phrase, Phrases
from docterm.attribution.surroundings import BE, Surroundings
from docterm.attribution.units import Reading, Unit

_QUOTED = frozenset("quoted cited".split())
_APPEARING = frozenset("appear appears appeared seem seems seemed".split())
_MOVERS = frozenset("leading leads led prompting prompted causing caused forcing forced pushing pushed".split())
_NOUN_BEFORE = frozenset(
    "the a an this these those his her its their our my no any each every of in one two three four five own such "
    "many several first second last other".split()
)
_SPEECH_AFTER_COMMA = frozenset("say add write tell note explain".split())
QUOTATION = '"'
"""Among the words that must follow a verb it stands for a quotation."""
_REQUEST_REACH = 12
"""Words that may stand between “asked” and “to”."""
_REACH = 3


@dataclass(frozen=True, slots=True)
class _At:
    """A verb form in its place."""

    at: int
    start: int
    """Where it begins with its helping verbs and adverbs."""
    unit: Unit
    spoken: bool
    """Whether somebody has spoken before in the unit."""
    be: bool
    previous: str
    """The word before all that, folded."""


class Verbs:
    """Reading the verbs of one passage."""

    def __init__(self, reading: Reading, lexicon: Lexicon, phrases: Phrases, around: Surroundings) -> None:
        self._reading = reading
        self._words = reading.words
        self._lexicon = lexicon
        self._phrases = phrases
        self._around = around

    def cue(self, at: int, unit: Unit, *, spoken: bool) -> Cue | None:
        """Give the cue that the word at an index is, if it is a verb that reports here."""
        form = self._words[at].word
        verbs = self._lexicon.verbs.get(form, ())
        if not verbs and form not in self._lexicon.passive and form not in _QUOTED:
            return None
        start, be = self._around.verb_start(at, unit)
        previous = self._around.word(start - 1) if start > unit.first else ""
        if be and not form.endswith("ing"):
            return self._passive(at, start, unit)
        if previous == "to" and self._around.word(start - 2) in _APPEARING:
            start -= 2
            previous = self._around.word(start - 1) if start > unit.first else ""
        place = _At(at, start, unit, spoken, be, previous)
        if self._is_noun(place):
            return None
        return next((cue for verb in verbs if (cue := self._active(place, verb)) is not None), None)

    def _is_noun(self, place: _At) -> bool:
        """Say whether a form that may be a noun is one: the claim, confirm reports, the report was."""
        if place.start != place.at:
            return False
        verb_before = place.previous in self._lexicon.verbs and not self._lexicon.is_document(place.previous)
        verb_after = self._around.word(place.at + 1) in BE | {"has", "have", "had"}
        return place.previous in _NOUN_BEFORE or verb_before or verb_after

    def _passive(self, at: int, start: int, unit: Unit) -> Cue | None:
        form, following = self._words[at].word, self._around.word(at + 1)
        if following == "by" and form in self._lexicon.verbs:
            phrase = self._phrases.after(at + 2, unit.last)
            name = self._lexicon.verbs[form][0].name
            return phrase and Cue(
                first=at, last=at + 2, verb=name, phrase=phrase, kind=Kind.PASSIVE, trailing=True
            )  # fmt: skip
        if form in _QUOTED and following == "as":
            phrase = self._phrases.subject(start, unit.first)
            saying = self._around.word(at + 2) in ("saying", "telling", "writing")
            return Cue(first=at, last=at + 3, verb="quote", phrase=phrase) if phrase and saying else None
        hearing = following in ("to", "that") or (self._around.word(start - 1) == "as" and following == "")
        if form in self._lexicon.passive and hearing:
            return Cue(first=at, last=at + 1, verb=f"be {form}", kind=Kind.PASSIVE)
        return None

    def _active(self, place: _At, verb: Verb) -> Cue | None:
        if self._words[place.at].word.endswith("ing") and not place.be:
            return self._joined(place, verb)
        inverted = self._inverted(place, verb)
        if inverted is not None:
            return inverted
        if place.previous == "to":
            return self._moved_to(place, verb)
        if place.previous == "and" and place.spoken and place.start == place.at:
            going_on = self._going_on(place, verb)
            if going_on is not None:
                return going_on
        phrase = self._phrases.subject(place.start, place.unit.first)
        return None if phrase is None else self._by(phrase, place, verb)

    def _by(self, phrase: Phrase, place: _At, verb: Verb) -> Cue | None:
        """Make the cue of a verb with its subject, if something is said there."""
        at, unit, around = place.at, place.unit, self._around
        first = self._reading.word_at(phrase.span.start)
        if around.word(first - 1) == "what" or (around.word(first) == "what" and first > unit.first):
            return None
        before = around.quotation_before(phrase.span.start) or around.quotation_before_clause(place.start, unit)
        behind = around.quotation_behind(at, unit)
        quoted = before is not None or behind is not None
        if not quoted and not self._has_content(place, verb, phrase):
            return None
        relative = around.ends(at, unit) and around.is_relative(phrase, unit)
        trailing = before is not None or (behind is None and (relative or around.trails(at, phrase, unit)))
        return Cue(
            first=at, last=at + 1, verb=verb.name, phrase=phrase, before=before, behind=behind, trailing=trailing,
            shows=verb.section == "show",
        )  # fmt: skip

    def _going_on(self, place: _At, verb: Verb) -> Cue | None:
        """Read “… and added that”."""
        behind = self._around.quotation_behind(place.at, place.unit)
        if behind is None and not self._has_content(place, verb, None):
            return None
        return Cue(first=place.at, last=place.at + 1, verb=verb.name, same=True, behind=behind)

    def _joined(self, place: _At, verb: Verb) -> Cue | None:
        """Read “…, adding that”."""
        joined = "," in self._words[place.at].gap or place.previous == "and"
        behind = self._around.quotation_behind(place.at, place.unit)
        content = behind is not None or self._around.clause_follows(place.at, place.unit)
        if not (joined and content and place.spoken):
            return None
        return Cue(first=place.at, last=place.at + 1, verb=verb.name, same=True, behind=behind)

    def _moved_to(self, place: _At, verb: Verb) -> Cue | None:
        """Read “leading analysts to warn of”: who is moved to say something says it."""
        to = place.start - 1
        farthest = max(to - 12, place.unit.first)
        mover = next((at for at in range(to - 2, farthest, -1) if self._around.word(at) in _MOVERS), None)
        if mover is None or not self._has_content(place, verb, None):
            return None
        phrase = self._phrases.head(range(mover + 1, to))
        return phrase and Cue(first=place.at, last=place.at + 1, verb=verb.name, phrase=phrase)

    def _inverted(self, place: _At, verb: Verb) -> Cue | None:
        """Read “…,” said the minister; and, without quotation marks, that at the end of a clause."""
        at, unit = place.at, place.unit
        if place.start != at or verb.section == "show" or at + 1 >= unit.last or self._words[at + 1].gap.strip():
            return None
        before = self._around.quotation_before(self._words[at].start)
        after_comma = "," in self._words[at].gap and verb.name in _SPEECH_AFTER_COMMA
        phrase = self._phrases.after(at + 1, unit.last) if before is not None or after_comma else None
        if phrase is None or phrase.span.start > self._words[min(at + 3, unit.last - 1)].start:
            return None
        if before is None and self._reading.gap(self._reading.word_at(phrase.span.end)).strip()[:1] not in tuple(",.;"):
            return None
        phrase = self._named_then(phrase, unit) or phrase
        behind = self._around.quotation_after(phrase.span.end)
        return Cue(
            first=at, last=at + 1, verb=verb.name, phrase=phrase, before=before, behind=behind, trailing=True
        )  # fmt: skip

    def _named_then(self, phrase: Phrase, unit: Unit) -> Phrase | None:
        """Read the name that follows one without: said a protester, Lina Haddad."""
        at = self._reading.word_at(phrase.span.end)
        if phrase.sort is not Sort.UNNAMED or at >= unit.last or self._words[at].gap.strip() != ",":
            return None
        named = self._phrases.after(at, unit.last)
        return named if named is not None and named.sort is Sort.PERSON else None

    def _is_followed(self, at: int, unit: Unit, followers: Set[str], reach: int) -> bool:
        """Say whether one of some words follows soon; behind another preposition it belongs to that."""
        for each in self._around.ahead(at, unit, reach):
            word = self._around.word(each)
            if word in followers:
                return True
            if word in PREPOSITIONS and reach == _REACH:
                return False
        return False

    def _has_content(self, place: _At, verb: Verb, phrase: Phrase | None) -> bool:
        """Say whether something is said by a verb that stands beside no quotation."""
        at, unit, around = place.at, place.unit, self._around
        if verb.followers:
            reach = _REQUEST_REACH if verb.section == "request" else _REACH
            quoted = QUOTATION in verb.followers and around.quotation_soon(at, unit)
            return quoted or self._is_followed(at, unit, verb.followers, reach)
        if around.clause_follows(at, unit):
            return True
        if phrase is not None and around.trails(at, phrase, unit):
            return verb.section != "show" or phrase.sort in (Sort.DOCUMENT, Sort.NAME)
        if around.ends(at, unit):
            return verb.section == "any" and phrase is not None and around.is_relative(phrase, unit)
        if verb.section == "any":
            return around.word(at + 1) != "by"
        paper = phrase is not None and self._lexicon.is_document(phrase.word)
        return verb.section == "show" and paper and around.word(at + 1) not in FINITE
