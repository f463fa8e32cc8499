"""Certainty: the words that keep a statement from being taken as certain, and those that stress that it is.

It counts words of lists (`words/`), as rates with every hit, and makes no score of them: whether a word hedges is for
the reader to see in its sentence. Which words are on the lists decides what is found, and a library may change them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from docterm.attribution.wordlists import Form, read_list
from docterm.compare.cancel import checking, never
from docterm.compare.sides import Side
from docterm.library.model import Passage
from docterm.text import Span, Token, sentences, tokens, words

FOLDER = Path(__file__).with_name("words")
FILES = ("hedges.txt", "boosters.txt", "contrast.txt")


class CueClass(StrEnum):
    """What a word or phrase does. The value is the name of its section in the lists."""

    HEDGE = "hedge"
    BELIEF = "belief"
    CONDITION = "condition"
    BOOSTER = "booster"
    CONTRAST = "contrast"
    NEGATION = "negation"


HEDGES = (CueClass.HEDGE, CueClass.BELIEF, CueClass.CONDITION)
BOOSTERS = (CueClass.BOOSTER,)
MARKERS = (CueClass.CONTRAST, CueClass.NEGATION)

_Phrases = Mapping[str, Sequence[tuple[tuple[str, ...], CueClass]]]
"""The phrases by their first word, the longest first."""


@dataclass(frozen=True, slots=True)
class CueLists:
    """The lists, ready to be looked up."""

    commitment: _Phrases
    """Hedges and boosters: at one place the longest counts, and no two overlap."""
    markers: _Phrases
    """Contrast and negation, which may stand in a hedge: not clear."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase of the lists where it stands."""

    passage: Passage
    kind: CueClass
    cue: str
    """As the list has it."""
    span: Span


@dataclass(frozen=True, slots=True)
class Certainty:
    """What was found on one side."""

    words: int
    cues: tuple[Cue, ...]
    """In the order of the text."""

    def of(self, kinds: Sequence[CueClass]) -> tuple[Cue, ...]:
        """Give the cues of some classes."""
        return tuple(cue for cue in self.cues if cue.kind in kinds)

    def per_1000(self, kinds: Sequence[CueClass]) -> float:
        """Give how many cues of some classes there are in 1,000 words; 0 where there are no words."""
        return 1000 * len(self.of(kinds)) / self.words if self.words else 0.0

    def most_frequent(self, kinds: Sequence[CueClass]) -> list[tuple[str, int]]:
        """Give the cues of some classes with their counts, the most frequent first."""
        return sorted(Counter(cue.cue for cue in self.of(kinds)).items(), key=lambda item: (-item[1], item[0]))

    def as_json(self, side: str) -> list[dict[str, Any]]:
        """Give an object for each passage that has cues, for the command line's JSON."""
        by_passage: dict[tuple[str, int], list[Cue]] = {}
        for cue in self.cues:
            by_passage.setdefault((cue.passage.key, cue.passage.index), []).append(cue)
        return [_passage_json(side, own) for own in by_passage.values()]


def _passage_json(side: str, cues: Sequence[Cue]) -> dict[str, Any]:
    return {
        "side": side,
        "address": cues[0].passage.address,
        "hedges": [list(cue.span) for cue in cues if cue.kind in HEDGES],
        "boosters": [list(cue.span) for cue in cues if cue.kind in BOOSTERS],
        "cues": [{"class": cue.kind.value, "cue": cue.cue, "span": list(cue.span)} for cue in cues],
    }


def cue_lists(own: Mapping[str, str]) -> CueLists:
    """Give the lists, with what a library's own files of the same names add and take away."""
    sections: dict[str, tuple[str, ...]] = {}
    for name in FILES:
        sections |= read_list(FOLDER / name, Form.PHRASE, own)
    return CueLists(_by_first_word(sections, HEDGES + BOOSTERS), _by_first_word(sections, MARKERS))


def _by_first_word(sections: Mapping[str, Sequence[str]], kinds: Iterable[CueClass]) -> _Phrases:
    found: dict[str, list[tuple[tuple[str, ...], CueClass]]] = {}
    for kind in kinds:
        for entry in sections.get(kind.value, ()):
            phrase = tuple(words(entry))
            if phrase:
                found.setdefault(phrase[0], []).append((phrase, kind))
    for phrases in found.values():
        phrases.sort(key=lambda each: -len(each[0]))
    return found


def certainty_of(side: Side, lists: CueLists, *, cancelled: Callable[[], bool] = never) -> Certainty:
    """Find the words of the lists in the body of a side. Raises Cancelled soon after `cancelled()` is true."""
    check = checking(cancelled)
    count = 0
    found: list[Cue] = []
    for passage in side.body():
        check()
        run = list(tokens(passage.text))
        count += len(run)
        names = _names(passage.text, run)
        cues = [*_cues(passage, run, lists.commitment, names), *_cues(passage, run, lists.markers, names)]
        found.extend(sorted(cues, key=lambda cue: cue.span))
    return Certainty(count, tuple(found))


def _names(text: str, run: Sequence[Token]) -> set[int]:
    """Give the words that have a capital inside a sentence, or are months: names, and no cues (May, Will)."""
    starts = {span.start for span in sentences(text)}
    found: set[int] = set()
    for at, token in enumerate(run):
        opens = token.start in starts or text[token.start - 1] in "“”\"'‘(["
        dated = token.word == "may" and at + 1 < len(run) and run[at + 1].word.isdigit()
        if text[token.start].isupper() and (not opens or dated):
            found.add(at)
    return found


def _cues(passage: Passage, run: Sequence[Token], phrases: _Phrases, names: set[int]) -> Iterator[Cue]:
    at = 0
    while at < len(run):
        match = None if at in names else _longest(passage.text, run, at, phrases)
        if match is None:
            at += 1
            continue
        phrase, kind = match
        last = at + len(phrase)
        yield Cue(passage, kind, " ".join(phrase), Span(run[at].start, run[last - 1].end))
        at = last


def _longest(text: str, run: Sequence[Token], at: int, phrases: _Phrases) -> tuple[tuple[str, ...], CueClass] | None:
    """Give the longest phrase that stands at a word; between its words there is nothing but space or a hyphen."""
    for phrase, kind in phrases.get(run[at].word, ()):
        last = at + len(phrase)
        if last > len(run) or any(run[at + each].word != word for each, word in enumerate(phrase)):
            continue
        gaps = (text[run[each].end : run[each + 1].start] for each in range(at, last - 1))
        if all(gap.strip() in ("", "-", "‑") for gap in gaps):
            return phrase, kind
    return None
