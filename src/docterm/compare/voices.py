"""Voices: who is quoted or cited on a side, how often, in whose words and with how many of them.

What is found is a suggestion (`docterm.attribution`); what the reader decided about names comes as JSON objects by
name, as the notebook keeps them, and stands above it. `{"name": "…"}` says whose a voice, or one entry, is; `{"wrong":
true}` says that it is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from docterm.attribution.find import attributions
from docterm.attribution.lexicon import Lexicon
from docterm.attribution.model import Attribution, Kind, Sort
from docterm.attribution.quotations import quotations
from docterm.compare.cancel import checking, never
from docterm.compare.sides import Side
from docterm.compare.terms import body
from docterm.library.model import Passage
from docterm.text import Span, label, words

ABOUT = "voice"
"""Under what a notebook keeps the reader's decisions."""
NOBODY = "nobody named"
"""How the voice is called of what is said without anybody who says it."""
ID_WORDS = 8
Decisions = Mapping[str, Mapping[str, Any]]
NO_DECISIONS: Decisions = {}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing said, in its passage."""

    passage: Passage
    found: Attribution
    words: int
    """Of what is said, counted as everywhere in docterm. What is told inside told speech counts for both."""
    quoted: int
    """Of these, the words inside quotation marks."""
    name: str = ""
    """Who says it, after the reader's decisions."""
    wrong: bool = False
    """Whether the reader said that it is none."""

    @property
    def id(self) -> str:
        """The name for it in the notebook: its address and its first words, which outlast another reading."""
        first = " ".join(words(self.passage.text[slice(*self.found.content)])[:ID_WORDS])
        return f"{self.passage.address} {first}"

    @property
    def whole(self) -> Span:
        """The span from the first to the last word of what is said, its cue and its source."""
        spans = [each for each in (self.found.content, self.found.cue, self.found.source) if each is not None]
        return Span(min(each.start for each in spans), max(each.end for each in spans))

    def as_json(self, side: str) -> dict[str, Any]:
        """Give the entry for the command line's JSON."""
        found = self.found
        return {
            "side": side,
            "speaker": self.name,
            "sort": found.sort.value,
            "kind": found.kind.value,
            "verb": found.verb,
            "words": self.words,
            "quoted": self.quoted,
            "address": self.passage.address,
            "span": list(found.content),
            "source": None if found.source is None else list(found.source),
            "cue": None if found.cue is None else list(found.cue),
        }


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice of a side, with everything it says there."""

    name: str
    sort: Sort
    entries: tuple[Entry, ...]

    @property
    def direct(self) -> int:
        """How often it is quoted; a quotation that is cut by its cue counts once."""
        return self._times({Kind.DIRECT})

    @property
    def indirect(self) -> int:
        """How often what it says is told."""
        return self._times({Kind.INDIRECT, Kind.PASSIVE})

    @property
    def words(self) -> int:
        """The words it gets, quoted or told."""
        return sum(entry.words for entry in self.entries)

    @property
    def quoted(self) -> int:
        """The words of it that stand in quotation marks."""
        return sum(entry.quoted for entry in self.entries)

    @property
    def verbs(self) -> list[tuple[str, int]]:
        """The verbs it speaks with and how often, the most frequent first."""
        return Counter(entry.found.verb for entry in self.entries if entry.found.verb).most_common()

    def _times(self, kinds: set[Kind]) -> int:
        cues = {
            (entry.passage.key, entry.passage.index, entry.found.cue or entry.found.content)
            for entry in self.entries
            if entry.found.kind in kinds
        }
        return len(cues)


@dataclass(frozen=True, slots=True)
class Voices:
    """The voices of one side."""

    named: tuple[Voice, ...]
    """People, institutions and papers, those that get most words first."""
    unnamed: tuple[Voice, ...]
    """Those without a name: officials, interviews; what nobody says (“is said to”) is NOBODY's."""
    scare: tuple[Entry, ...]
    """A few words in quotation marks that nobody is said to have used."""
    no_reply: tuple[Entry, ...]
    wrong: tuple[Entry, ...]
    """What the reader said is none."""

    @property
    def every(self) -> tuple[Voice, ...]:
        """All voices, those without a name last."""
        return (*self.named, *self.unnamed)

    @property
    def unnamed_share(self) -> float | None:
        """The share, 0 to 1, that voices without a name have of all that is quoted or told; None where nothing is."""
        counts = [[voice.direct + voice.indirect for voice in voices] for voices in (self.named, self.unnamed)]
        total = sum(map(sum, counts))
        return sum(counts[1]) / total if total else None


def entries_of(side: Side, lists: Lexicon, *, cancelled: Callable[[], bool] = never) -> tuple[Entry, ...]:
    """Find what is said on a side, document by document. Raises Cancelled soon after `cancelled()` is true."""
    check = checking(cancelled)
    entries: list[Entry] = []
    for passages in side.passages:
        own = body(passages)
        answers = attributions((passage.text for passage in own), lists)
        for passage, found in zip(own, answers, strict=True):
            check()
            entries.extend(_entries(passage, found))
    return tuple(entries)


def _entries(passage: Passage, found: Iterable[Attribution]) -> Iterable[Entry]:
    marks = quotations(passage.text) if found else []
    for each in found:
        said = each.content
        inside = (Span(max(mark.inner.start, said.start), min(mark.inner.end, said.end)) for mark in marks)
        quoted = sum(len(words(passage.text[slice(*span)])) for span in inside if span.start < span.end)
        yield Entry(passage, each, len(words(passage.text[slice(*said)])), quoted, each.speaker)


def decided(entries: Iterable[Entry], decisions: Decisions) -> list[Entry]:
    """Give the entries with the names that the reader gave them, or their voices, and those marked that are none.

    A decision on one entry stands above that on its voice. Names that were merged into one that was itself renamed
    follow it; a ring of names ends where it began.
    """
    return [_decided(entry, decisions) for entry in entries] if decisions else list(entries)


def _decided(entry: Entry, decisions: Decisions) -> Entry:
    name = entry.found.speaker or NOBODY
    own = decisions.get(entry.id)
    if own is not None:
        if own.get("wrong") is True:
            return replace(entry, wrong=True)
        given = _given(own)
        if given:
            return replace(entry, name=_followed(given, decisions))
    if entry.found.kind is Kind.SCARE:  # nobody's words, and no voice
        return entry
    final = _followed(name, decisions)
    wrong = any(decisions.get(each, {}).get("wrong") is True for each in (name, final))
    return replace(entry, name="" if final == NOBODY else final, wrong=wrong)


def _followed(name: str, decisions: Decisions) -> str:
    seen = {name}
    while (given := _given(decisions.get(name, {}))) and given not in seen:
        seen.add(given)
        name = given
    return name


def _given(decision: Mapping[str, Any]) -> str:
    value = decision.get("name")
    return label(value) if isinstance(value, str) else ""


def voices(entries: Iterable[Entry], decisions: Decisions = NO_DECISIONS) -> Voices:
    """Gather the voices of one side from its entries, with what the reader decided about names."""
    every = decided(entries, decisions)
    spoken: dict[str, list[Entry]] = {}
    for entry in every:
        speaks = not entry.wrong and entry.found.kind not in (Kind.SCARE, Kind.NO_REPLY)
        if speaks:
            spoken.setdefault(entry.name, []).append(entry)
    found = [_voice(name, own) for name, own in spoken.items()]
    found.sort(key=lambda voice: (-voice.words, voice.name))
    return Voices(
        named=tuple(voice for voice in found if voice.sort is not Sort.UNNAMED),
        unnamed=tuple(voice for voice in found if voice.sort is Sort.UNNAMED),
        scare=_of_kind(every, Kind.SCARE),
        no_reply=_of_kind(every, Kind.NO_REPLY),
        wrong=tuple(entry for entry in every if entry.wrong),
    )


def _voice(name: str, own: Sequence[Entry]) -> Voice:
    """Make a voice; a name that the reader gave is one, whatever was found."""
    sorts = Counter(entry.found.sort for entry in own if entry.found.speaker == name)
    named = [entry.found.sort for entry in own if entry.found.sort is not Sort.UNNAMED]
    sort = sorts.most_common(1)[0][0] if sorts else named[0] if named else Sort.NAME
    return Voice(name or NOBODY, sort if name else Sort.UNNAMED, tuple(own))


def _of_kind(entries: Iterable[Entry], kind: Kind) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if entry.found.kind is kind and not entry.wrong)
