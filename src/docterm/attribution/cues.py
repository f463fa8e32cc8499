"""The cues of a passage: the words that tell that somebody says something, and who that is."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace

from docterm.attribution.cue import Cue
from docterm.attribution.lexicon import Lexicon
from docterm.attribution.model import Kind
from docterm.attribution.phrases import Phrases
from docterm.attribution.surroundings import Surroundings
from docterm.attribution.units import Reading, Unit
from docterm.attribution.verbs import Verbs

_NEGATIONS = frozenset("not never neither nor no".split())
_NEITHER = frozenset("neither none nobody".split())
_REPLIES = frozenset("respond responded reply replied answer answered comment commented return returned".split())
_REFUSALS = frozenset("declined declines decline refused refuses refuse".split())
_REFUSED = frozenset("comment answer respond".split())
_ASKED = frozenset(
    "comment comments request requests question questions email emails call calls inquiry inquiries message messages "
    "interview letter letters".split()
)


class Cues:
    """Looking for the cues of one passage. Every word outside quotation marks is looked at once."""

    def __init__(self, reading: Reading, lexicon: Lexicon, names: Set[str]) -> None:
        """`names` are the words, folded, that are known to be written with a capital inside a sentence."""
        self._reading = reading
        self._words = reading.words
        self._lexicon = lexicon
        self._phrases = Phrases(reading, lexicon, names)
        self._around = Surroundings(reading, lexicon)
        self._verbs = Verbs(reading, lexicon, self._phrases, self._around)

    def of(self, unit: Unit) -> list[Cue]:
        """Give the cues of a unit in order."""
        found: list[Cue] = []
        at = unit.first
        while at < unit.last:
            cue = None if self._words[at].quoted else self._at(at, unit, spoken=bool(found))
            if cue is not None:
                found.extend((cue, *self._nor(cue, unit)))
            at = at + 1 if cue is None else max(at + 1, cue.last)
        return found

    def _at(self, at: int, unit: Unit, *, spoken: bool) -> Cue | None:
        word, following = self._words[at].word, self._around.word(at + 1)
        if word in self._lexicon.hearsay:
            return Cue(first=at, last=at + 1, verb=word, kind=Kind.PASSIVE)
        if word == "according" and following == "to":
            return self._preposition(at, at + 2, unit, "according to")
        if word == "words":
            return self._of_words(at, unit) if following == "of" else self._own(at, unit)
        if word in ("put", "puts") and following == "it":
            return self._put_it(at, unit)
        if self._words[at].capital and at > unit.first:
            return None
        return self._no_reply(at, unit) or self._verbs.cue(at, unit, spoken=spoken)

    def _preposition(self, first: int, last: int, unit: Unit, name: str) -> Cue | None:
        phrase = self._phrases.after(last, unit.last)
        trailing = first > unit.first + 2
        return phrase and Cue(first=first, last=last, verb=name, phrase=phrase, trailing=trailing)

    def _of_words(self, at: int, unit: Unit) -> Cue | None:
        """Read “in the words of Cao”."""
        inside = self._around.word(at - 1) == "the" and self._around.word(at - 2) == "in"
        return self._preposition(at, at + 2, unit, "in the words of") if inside else None

    def _own(self, at: int, unit: Unit) -> Cue | None:
        """Read “in Cao's words”."""
        back = range(at - 1, max(at - 6, unit.first - 1), -1)
        first = next((each + 1 for each in back if self._around.word(each) == "in"), at)
        phrase = self._phrases.head(range(first, at)) if self._words[at - 1].possessive else None
        trailing = first > unit.first + 1
        return phrase and Cue(first=at, last=at + 1, verb="in the words of", phrase=phrase, trailing=trailing)

    def _put_it(self, at: int, unit: Unit) -> Cue | None:
        """Read “as Cao put it”."""
        phrase = self._phrases.subject(at, unit.first)
        trailing = phrase is not None and self._reading.word_at(phrase.span.start) > unit.first + 1
        return phrase and Cue(first=at, last=at + 2, verb="put it", phrase=phrase, trailing=trailing)

    # --- no reply ----------------------------------------------------------------------------------

    def _no_reply(self, at: int, unit: Unit) -> Cue | None:
        word = self._words[at].word
        start, _ = self._around.verb_start(at, unit)
        refused = word in _REFUSALS and self._around.word(at + 1) == "to" and self._around.word(at + 2) in _REFUSED
        if not refused and not (word in _REPLIES and self._asked(at, unit) and self._denied(start, at, unit)):
            return None
        phrase = self._phrases.subject(start, unit.first)
        return phrase and Cue(first=at, last=unit.last, verb="no reply", phrase=phrase, kind=Kind.NO_REPLY)

    def _asked(self, at: int, unit: Unit) -> bool:
        near = range(max(at - 25, unit.first), min(at + 12, unit.last))
        return any(self._around.word(each) in _ASKED for each in near if each != at)

    def _denied(self, start: int, at: int, unit: Unit) -> bool:
        between = [self._words[each].word for each in range(start, at)]
        if any(word in _NEGATIONS or word.endswith("n't") for word in between):
            return True
        return any(self._around.word(each) in _NEITHER for each in range(max(at - 15, unit.first), at))

    def _nor(self, cue: Cue, unit: Unit) -> Iterator[Cue]:
        """Give a no-reply once more for whom it names after “nor”."""
        if cue.kind is Kind.NO_REPLY:
            for at in range(unit.first, cue.first):
                phrase = self._phrases.after(at + 1, cue.first) if self._around.word(at) == "nor" else None
                if phrase is not None:
                    yield replace(cue, phrase=phrase)
