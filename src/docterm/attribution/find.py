"""Finding who says what in a passage, and in the passages of a document one after the other."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from docterm.attribution.cue import Cue
from docterm.attribution.cues import Cues
from docterm.attribution.lexicon import Lexicon, lexicon
from docterm.attribution.model import Attribution, Kind, Sort
from docterm.attribution.people import NOBODY, People, Speaker
from docterm.attribution.phrases import Phrases
from docterm.attribution.quotations import Quotation
from docterm.attribution.units import Reading, Unit
from docterm.text import Span, words

_APPOSITIVE = frozenset("who which whose a an former".split())
_JOINT = re.compile(r"(?:[,;]? and|, but|, while|, though|, although|;)\s*$", re.IGNORECASE)

SCARE = 6
"""A quotation of at most as many words that nobody is said to have used sets them at a distance."""


def attributions(texts: Iterable[str], lists: Lexicon | None = None) -> Iterator[list[Attribution]]:
    """Give for each passage of a document what is said in it and by whom, in the order of the text.

    Surnames, pronouns and acronyms are resolved with what the passages before have named. Takes time in proportion to
    the text. All it gives is a suggestion.
    """
    finder = _Finder(lists or lexicon())
    waiting: list[list[Attribution]] = []
    for text in texts:
        found = finder.passage(text)
        if finder.opening.name:
            waiting = [[_spoken_by(finder.opening, each) for each in open_ones] for open_ones in waiting]
        if not finder.is_open:
            yield from waiting
            waiting = []
            yield found
        else:
            waiting.append(found)
    yield from waiting


def _spoken_by(speaker: Speaker, found: Attribution) -> Attribution:
    if found.kind is Kind.DIRECT and not found.speaker and found.cue is None:
        return replace(found, speaker=speaker.name, sort=speaker.sort)
    return found


def speaker_at(text: str, span: Span, before: Iterable[str] = (), lists: Lexicon | None = None) -> Attribution | None:
    """Give who says the words inside quotation marks that overlap `span` of a passage, or None.

    `before` are the passages before it in the document, from which surnames and pronouns are known. Of several the
    one with the shortest content is given. None too where nobody is found who says these words.
    """
    *_, found = attributions((*before, text), lists)
    quoted = [each.outer for each in Reading(text).quotations if _overlap(each.outer, span)]
    fitting = [
        each
        for each in found
        if each.speaker and each.kind is not Kind.NO_REPLY and any(_overlap(each.content, mark) for mark in quoted)
    ]
    return min(fitting, key=lambda each: each.content.end - each.content.start, default=None)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _inside(reading: Reading, cues: list[Cue], place: int) -> bool:
    """Say whether a paper shows something only in what somebody else says of it: she said the report confirms it."""
    cue = cues[place]
    if not cue.shows or cue.trailing:
        return False
    after = any(each.trailing and each.phrase is not None for each in cues[place + 1 : place + 2])
    before = any(not each.trailing and each.phrase is not None for each in cues[max(place - 1, 0) : place])
    if before:
        start = _reach(cue, reading).start
        before = _JOINT.search(reading.text, _reach(cues[place - 1], reading).end, start) is None
    return before or after


def _reach(cue: Cue, reading: Reading) -> Span:
    """Give where a cue and its source begin and end together."""
    span = reading.span(cue.first, cue.last)
    source = span if cue.phrase is None else cue.phrase.span
    return Span(min(span.start, source.start), max(span.end, source.end))


class _Finder:
    """Reading a document passage by passage."""

    def __init__(self, lists: Lexicon) -> None:
        self._lexicon = lists
        self._people = People(lists)
        self._quoted: Speaker = NOBODY
        """Who was quoted last; forgotten where a passage quotes nobody."""
        self.is_open = False
        """Whether the passage read last ends inside a quotation whose speaker is not known yet."""
        self.opening: Speaker = NOBODY
        """Who speaks the quotation that the passage read last begins with."""

    def passage(self, text: str) -> list[Attribution]:
        """Give what is said in the next passage."""
        reading = Reading(text)
        self._people.begin(reading)
        cues = Cues(reading, self._lexicon, self._people.capitals)
        found: list[Attribution] = []
        bound: dict[Quotation, Speaker] = {}
        for unit in reading.units:
            self._people.read(reading, unit)
            found.extend(self._unit(reading, unit, cues.of(unit), bound))
        found.extend(self._unbound(reading, found, bound))
        first, last = reading.quotations[:1], reading.quotations[-1:]
        self.is_open = any(not each.closed and each not in bound for each in last)
        begins = first and not text[: first[0].outer.start].strip()
        self.opening = bound.get(first[0], NOBODY) if begins else NOBODY
        self._quoted = next((bound[each] for each in reversed(reading.quotations) if each in bound), NOBODY)
        return sorted(found, key=lambda each: (each.content, each.cue or each.content))

    def _unit(
        self, reading: Reading, unit: Unit, cues: list[Cue], bound: dict[Quotation, Speaker]
    ) -> Iterator[Attribution]:
        speaker = NOBODY
        for place, cue in enumerate(cues):
            if cue.kind is Kind.NO_REPLY and cue.phrase is not None:
                yield self._attribution(cue, self._people.asked(cue.phrase), reading)
                continue
            if _inside(reading, cues, place):
                continue
            if cue.phrase is not None:
                speaker = self._people.speaker(cue.phrase)
            elif not cue.same:
                speaker = NOBODY if cue.kind is Kind.PASSIVE else speaker
            if not speaker.name and cue.kind is not Kind.PASSIVE:
                continue
            quoted = [each for each in (cue.before, cue.behind) if each is not None and each not in bound]
            base = self._attribution(cue, speaker, reading)
            for each in quoted:
                bound[each] = speaker
                yield replace(base, kind=Kind.DIRECT, content=each.inner)
            content = self._content(reading, unit, cues, place)
            if not quoted and content.start < content.end:
                yield replace(base, content=content)

    def _attribution(self, cue: Cue, speaker: Speaker, reading: Reading) -> Attribution:
        source = None if cue.phrase is None else cue.phrase.span
        span = reading.span(cue.first, cue.last)
        return Attribution(cue.kind, speaker.name, speaker.sort, cue.verb, source, span, span)

    def _content(self, reading: Reading, unit: Unit, cues: list[Cue], place: int) -> Span:
        """Give what is told in the writer's words: what follows the cue, or the clause it stands after."""
        cue = cues[place]
        if cue.kind is Kind.PASSIVE and cue.phrase is None:
            return reading.trimmed(*unit.span)
        reach = _reach(cue, reading)
        if cue.trailing:
            trailed = place > 0 and cues[place - 1].trailing
            return reading.trimmed(_reach(cues[place - 1], reading).end if trailed else unit.span.start, reach.start)
        end = unit.span.end
        if place + 1 < len(cues):
            following = cues[place + 1]
            next_start = max(reach.end, _reach(following, reading).start)
            joint = _JOINT.search(reading.text, reach.end, next_start)
            if following.trailing or following.same:
                end = next_start
            if joint is not None:
                end = joint.start()
        return reading.trimmed(max(reach.end, self._clause(reading, cue, unit, reach.end)), end)

    def _clause(self, reading: Reading, cue: Cue, unit: Unit, end: int) -> int:
        """Give where what is told begins after a cue: after the comma, or after “that”, where these stand soon."""
        at, start = reading.word_at(end), end
        for each in range(at, min(at + 20, unit.last)):
            word = reading.words[each]
            if cue.verb == "according to":
                if "," in word.gap:
                    start = word.start
                    if word.word not in _APPOSITIVE:
                        break
            elif word.parted or each > at + 8 or "," in word.gap or word.word == "to":
                break
            elif word.word == "that" and each + 1 < unit.last:
                return word.end
        return start

    # --- quotations without a cue of their own -------------------------------------------------------

    def _unbound(
        self, reading: Reading, found: list[Attribution], bound: dict[Quotation, Speaker]
    ) -> Iterator[Attribution]:
        """Give the quotations that no cue claims: one that goes on, one after a name and a colon, a few words."""
        last = self._quoted
        covered = _merged(each.content for each in found if each.kind is not Kind.NO_REPLY)
        for each in reading.quotations:
            if each in bound:
                last = bound[each]
                continue
            place = bisect_right(covered, each.outer.end, key=lambda span: span.start)
            if place and _overlap(covered[place - 1], each.outer):
                continue
            speaker, source = self._before_colon(reading, each)
            alone = _stands_alone(reading.text, each)
            if not speaker.name and alone:
                speaker = last
            if speaker.name:
                bound[each] = last = speaker
                yield Attribution(Kind.DIRECT, speaker.name, speaker.sort, "", source, None, each.inner)
            else:
                few = not alone and len(words(reading.text[slice(*each.inner)])) <= SCARE
                yield Attribution(Kind.SCARE if few else Kind.DIRECT, "", Sort.UNNAMED, "", None, None, each.inner)

    def _before_colon(self, reading: Reading, quotation: Quotation) -> tuple[Speaker, Span | None]:
        """Read “Cao: “…””, and “Cao was blunt: “…””: the name that begins the sentence speaks."""
        at = _back(reading.text, quotation.outer.start)
        if not reading.text.endswith(":", 0, at):
            return NOBODY, None
        end = reading.word_at(at)
        place = bisect_right(reading.units, at, key=lambda unit: unit.span.start) - 1
        if reading.units[place].first >= end:
            return NOBODY, None
        phrase = Phrases(reading, self._lexicon, self._people.capitals).before_verb(reading.units[place].first, end)
        return (NOBODY, None) if phrase is None else (self._people.speaker(phrase), phrase.span)


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Give the parts of a text that some span covers, in order and apart from each other."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _back(text: str, offset: int) -> int:
    """Give the end of what stands before `offset`, white space left out."""
    while offset > 0 and text[offset - 1].isspace():
        offset -= 1
    return offset


def _stands_alone(text: str, quotation: Quotation) -> bool:
    """Say whether a quotation is a sentence of its own, between others or beginning the passage."""
    before, inside = _back(text, quotation.outer.start), _back(text, quotation.inner.end)
    whole = text[quotation.inner.start].isupper() and (text[inside - 1] in ".?!…" or not quotation.closed)
    after = text[quotation.outer.end : quotation.outer.end + 2].lstrip()
    return whole and (not before or text[before - 1] in '.!?”"’') and not after[:1].islower()
