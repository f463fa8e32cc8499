"""Quotations whose words are not those of the source: what they were made from, and what was changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

from docterm.quotes.anchor import UNSPACED
from docterm.quotes.check.folding import fold
from docterm.quotes.check.source import Source
from docterm.quotes.check.wording import FAR, Part
from docterm.text import Span

LONG = 120
"""Folded characters from which on a quotation is long."""
_LONG_ALIKE, _LONG_ALIKE_IN_CONTEXT = 75.0, 60.0
_SHORT_ALIKE, _SHORT_ALIKE_IN_CONTEXT = 88.0, 65.0
"""How alike, of 100, a quotation and its source must be; less where something else speaks for the source.

Measured for quotes of 300 and of 60 characters in a text of a million: half of the short ones that are not there
anchor wrongly when 75 is enough for them.
"""
_MARGIN = 48
"""Characters around the likeliest place that are compared as well: words left out make the source longer."""
_RUN, _FEWEST = 5, 4
"""Words that speak for a source: so many in a row that are half of the quotation, or so many that are three quarters.

Of 148 quotations of six words cut from the digests, 12 are then taken for alterations of the originals; with four in a
row it would be 22.
"""
_LETTERS = rf"(?:(?![{UNSPACED}])[^\W_])+"
_WORD = re.compile(rf"[{UNSPACED}]|{_LETTERS}(?:[-‐‑'’.,]{_LETTERS})*|--+|[^\w\s]|_")


@dataclass(frozen=True, slots=True)
class Alike:
    """What a source has that is nearest to a quotation."""

    source: Source
    span: Span
    """In the text of the source."""
    alike: float
    """Of 100."""
    diff: str
    in_context: bool
    """Whether so many words stand in the source as they are that they speak for it."""

    def is_altered(self, length: int, *, cited: bool) -> bool:
        """Say whether a quotation of `length` folded characters is this, altered; `cited`: the draft says so."""
        context = cited or self.in_context
        if length >= LONG:
            return self.alike >= (_LONG_ALIKE_IN_CONTEXT if context else _LONG_ALIKE)
        return self.alike >= (_SHORT_ALIKE_IN_CONTEXT if context else _SHORT_ALIKE)


class _Word(NamedTuple):
    """A word or a stop."""

    key: str
    """What is compared: folded, and with its capitals told apart."""
    span: Span
    is_word: bool


class _Change(NamedTuple):
    """A run of the source's words and the run of the quotation's that stands for it."""

    same: bool
    old: Sequence[_Word]
    new: Sequence[_Word]


def nearest(source: Source, parts: Sequence[Part]) -> Alike | None:
    """Give what a source has that is nearest to the parts of a quotation, None where nothing comes near.

    Costs about 15 ms a million characters of the source.
    """
    longest = max(range(len(parts)), key=lambda index: len(parts[index].text))
    whole = len(source.folded.text)
    home = _place(source, parts[longest], 0, whole)
    if home is None:
        return None
    places: dict[int, Span | None] = {longest: home}
    left = home
    for index in range(longest - 1, -1, -1):
        places[index] = _place(source, parts[index], max(0, left.start - FAR), left.start)
        left = places[index] or left
    right = home
    for index in range(longest + 1, len(parts)):
        places[index] = _place(source, parts[index], right.end, min(whole, right.end + FAR))
        right = places[index] or right
    return _compared(source, parts, [places[index] for index in range(len(parts))])


def _place(source: Source, part: Part, start: int, end: int) -> Span | None:
    """Give the likeliest place of a part in a stretch of the folded text, with a margin."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    text = source.folded.text
    exact = text.find(part.text, start, end)
    if exact >= 0:
        return Span(exact, exact + len(part.text))
    if end - start < 2:
        return None
    found = partial_ratio_alignment(part.text, text[start:end], score_cutoff=40)
    if found is None:
        return None
    margin = max(_MARGIN, len(part.text) // 4)
    return Span(max(start, start + found.dest_start - margin), min(end, start + found.dest_end + margin))


def _compared(source: Source, parts: Sequence[Part], places: Sequence[Span | None]) -> Alike | None:
    """Compare the parts of a quotation word by word with the places that are likeliest for them."""
    from rapidfuzz.fuzz import ratio

    shown: list[str] = []
    spans: list[Span] = []
    count = longest = kept = 0
    alike = 0.0
    for part, place in zip(parts, places, strict=True):
        new = _without_stops(list(_words(part.raw, Span(0, len(part.raw)))))
        old = [] if place is None else list(_words(source.text, _word_edges(source.text, source.folded.span(*place))))
        changes = _near_changes(old, new)
        if not any(change.same for change in changes):  # no word of it stands there
            changes = [_Change(False, (), new)]
        shown.append(_shown(changes, source.text, part.raw))
        count += sum(word.is_word for word in new)
        theirs = [word for change in changes for word in change.old]
        if not theirs:
            continue
        span = Span(theirs[0].span.start, theirs[-1].span.end)
        spans.append(span)
        alike += ratio(part.text, fold(source.text[span.start : span.end]).text.strip("'")) * len(part.text)
        runs = [sum(word.is_word for word in change.old) for change in changes if change.same]
        longest, kept = max([longest, *runs]), kept + sum(runs)
    if not spans:
        return None
    whole = Span(min(span.start for span in spans), max(span.end for span in spans))
    in_context = (longest >= _RUN and 2 * longest >= count) or (kept >= _FEWEST and 4 * kept >= 3 * count)
    return Alike(source, whole, alike / sum(len(part.text) for part in parts), " … ".join(shown), in_context)


def _word_edges(text: str, span: Span) -> Span:
    """Widen a span to whole words."""
    start = text.rfind(" ", 0, span.start) + 1 if span.start and not text[span.start - 1].isspace() else span.start
    end = text.find(" ", span.end)
    return Span(max(start, span.start - _MARGIN), min(len(text) if end < 0 else end, span.end + _MARGIN))


def _words(text: str, span: Span) -> Iterator[_Word]:
    """Give the words and stops of a stretch of text."""
    for match in _WORD.finditer(text, span.start, span.end):
        case = "".join("A" if char.isupper() else "a" for char in match[0] if char.isalpha()).rstrip("a")
        yield _Word(f"{fold(match[0]).text} {case}", Span(*match.span()), match[0][0].isalnum())


def _without_stops(words: list[_Word]) -> list[_Word]:
    """Drop stops and marks from both ends: they belong to the sentence that quotes."""
    places = [place for place, word in enumerate(words) if word.is_word]
    return words[places[0] : places[-1] + 1] if places else []


def _near_changes(old: Sequence[_Word], new: Sequence[_Word]) -> list[_Change]:
    """Give how a quotation came from a stretch of its source, without what the stretch has around it.

    A word at an end that stands farther from the rest than it is worth is no part of the match.
    """
    if not new:
        return []
    fitted = [_with_first_letter(new[0], old), *new[1:]]
    changes = _pruned(_changes(old, fitted), forward=True)
    return _pruned(changes[::-1], forward=False)[::-1]


def _with_first_letter(word: _Word, known: Sequence[_Word]) -> _Word:
    """Give the first word of a quotation as its source has it: it may begin large or small."""
    if any(word.key == other.key for other in known):
        return word
    return next((word._replace(key=other.key) for other in known if _free(other.key) == _free(word.key)), word)


def _free(key: str) -> tuple[str, str]:
    word, _, case = key.rpartition(" ")
    return word, case[1:]


def _changes(old: Sequence[_Word], new: Sequence[_Word]) -> list[_Change]:
    """Give the runs that are the same in both and those that are not. Words are matched, and stops between them."""
    from rapidfuzz.distance import Indel

    ours = [place for place, word in enumerate(new) if word.is_word]
    theirs = [place for place, word in enumerate(old) if word.is_word]
    pairs: list[tuple[int, int]] = []
    for code in Indel.opcodes([old[place].key for place in theirs], [new[place].key for place in ours]):
        if code.tag == "equal":
            pairs += zip(theirs[code.src_start : code.src_end], ours[code.dest_start : code.dest_end], strict=True)
    found: list[_Change] = []
    last_old = last_new = -1
    for at_old, at_new in [*pairs, (len(old), len(new))]:
        _add_gap(found, old[last_old + 1 : at_old], new[last_new + 1 : at_new])
        _add(found, _Change(True, old[at_old : at_old + 1], new[at_new : at_new + 1]))
        last_old, last_new = at_old, at_new
    return found


def _add_gap(found: list[_Change], old: Sequence[_Word], new: Sequence[_Word]) -> None:
    """Add what stands between two words that match: stops that are the same at its ends are no change."""
    pairs = list(zip(old, new, strict=False))
    first = len(list(takewhile(lambda pair: pair[0].key == pair[1].key, pairs)))
    behind = list(zip(reversed(old[first:]), reversed(new[first:]), strict=False))
    last = len(list(takewhile(lambda pair: pair[0].key == pair[1].key, behind)))
    _add(found, _Change(True, old[:first], new[:first]))
    _add(found, _Change(False, old[first : len(old) - last], new[first : len(new) - last]))
    _add(found, _Change(True, old[len(old) - last :], new[len(new) - last :]))


def _add(found: list[_Change], change: _Change) -> None:
    if not change.old and not change.new:
        return
    if found and found[-1].same == change.same:
        last = found.pop()
        change = _Change(change.same, [*last.old, *change.old], [*last.new, *change.new])
    found.append(change)


def _pruned(changes: Sequence[_Change], *, forward: bool) -> list[_Change]:
    """Drop from an end what the source has beyond the match.

    Words that the quotation has there stay, and stand for as many of the source's in the same sentence.
    """
    rest = list(changes)
    added: list[_Word] = []
    beyond: list[_Word] = []
    while rest:
        head = rest[0]
        gap = len(rest[1].old) if len(rest) > 2 and not rest[1].same else 0
        others = sum(len(change.old) for change in rest[1:] if change.same)
        is_far = gap > len(head.old) + 1 and others >= len(head.old)
        if head.same and not is_far and any(word.is_word for word in head.old):
            break
        added = [*added, *head.new] if forward else [*head.new, *added]
        beyond = [*beyond, *head.old] if forward else [*head.old, *beyond]
        rest.pop(0)
    if not any(word.is_word for word in added):
        return rest
    edge: list[_Change] = []
    _add_gap(edge, _nearest_words(beyond, len(added), forward=forward), added)
    return [*(edge if forward else edge[::-1]), *rest]


def _nearest_words(words: Sequence[_Word], most: int, *, forward: bool) -> list[_Word]:
    """Give at most so many words before a match, or behind it, up to the next stop."""
    run = list(takewhile(lambda word: word.is_word, reversed(words) if forward else words))[:most]
    return run[::-1] if forward else run


def _shown(changes: Iterable[_Change], old: str, new: str) -> str:
    """Give the words of the quotation with what was left out and put in; the words between are the draft's."""
    pieces: list[tuple[str, bool]] = []
    for change in changes:
        if change.same:
            pieces.append(_piece(new, change.new, "", ""))
            continue
        if change.old:
            pieces.append(_piece(old, change.old, "[-", "-]"))
        if change.new:
            pieces.append(_piece(new, change.new, "{+", "+}"))
    shown = "".join(f" {text}" if spaced else text for text, spaced in pieces)
    return " ".join(shown.split())


def _piece(text: str, words: Sequence[_Word], before: str, after: str) -> tuple[str, bool]:
    """Give a run of words between marks, and whether a space comes before it."""
    start = words[0].span.start
    spaced = start == 0 or text[start - 1].isspace()
    return f"{before}{text[start : words[-1].span.end]}{after}", spaced


def resembles(one: str, other: str) -> bool:
    """Say whether one of two folded texts that share words stands in the other, or nearly so."""
    from rapidfuzz.fuzz import partial_ratio

    return partial_ratio(one, other, score_cutoff=_LONG_ALIKE) > 0
