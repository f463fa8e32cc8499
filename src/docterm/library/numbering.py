"""Numbers that last: a body paragraph keeps its number when its document is edited or read by a newer reader.

The body paragraphs of a text that is seen for the first time count from 1, so the same text has the same numbers
everywhere. When the text is another one later, its paragraphs are set against those that were numbered:

- a paragraph with the same words, or with nearly the same in the same place, keeps its number;
- what is new between two paragraphs gets the number before it with a letter, as in statutes: 12a comes after 12, and
  13 stays 13. What is new at the end counts on;
- the number of a paragraph that is gone is never given to another one. If its words come back to their place, so does
  the number; if they stand elsewhere, that is where they have moved.

So an old address either leads to its words, or says that they have changed, moved or gone. When next to nothing of
the text is left, it is another text, and counts from 1.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import NamedTuple
from zlib import crc32

from docterm.library.model import Number

PARTS = 8
SHINGLE = 3
LIKE = 2
"""Parts that two paragraphs share from which one is taken for the other after an edit."""
SAME_DOCUMENT = 4
"""One in so many paragraphs must be left for a text to be the same document."""


class Mark(NamedTuple):
    """What a paragraph is known by, without its words."""

    exact: str
    """A hash of the text: 12 hexadecimal digits."""
    parts: tuple[int, ...]
    """The smallest 24-bit hashes of its runs of three words: near copies and pieces share some of them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A number, the paragraph that has it, and what became of that paragraph."""

    number: Number
    mark: Mark
    gone: bool = False
    was: Mark | None = None
    """The paragraph as it was numbered, where it has changed since."""


class Whereabouts(NamedTuple):
    """What became of the paragraph that was given a number."""

    numbers: tuple[Number, ...]
    """Where its words stand today, in the order of the document; none when they are gone."""
    changed: bool
    """Whether they are not all the same any more."""


def mark(text: str) -> Mark:
    """Give what a paragraph is known by."""
    words = text.casefold().split()
    runs = {" ".join(words[start : start + SHINGLE]) for start in range(max(len(words) - SHINGLE + 1, 1))}
    hashes = {crc32(run.encode()) >> 8 for run in runs}
    return Mark(blake2b(text.encode(), digest_size=6).hexdigest(), tuple(sorted(hashes)[:PARTS]))


def numbered(numbers: Iterable[int], texts: Iterable[str]) -> tuple[Entry, ...]:
    """Give the numbering of paragraphs that have these numbers."""
    return tuple(
        Entry(number if isinstance(number, Number) else Number(number), mark(text))
        for number, text in zip(numbers, texts, strict=True)
    )


def living(entries: Iterable[Entry]) -> list[Entry]:
    """Give the entries of the paragraphs that are in the text, in its order."""
    return [entry for entry in entries if not entry.gone]


def renumber(old: Sequence[Entry], new: Sequence[Mark]) -> tuple[Entry, ...]:
    """Give the numbering of the paragraphs `new` of a document that was numbered `old` before."""
    before = living(old)
    pairs = _align([entry.mark for entry in before], new)
    if len(pairs) * SAME_DOCUMENT < min(len(before), len(new)):
        return _counted(new)
    kept: dict[int, Entry] = {}
    for one, other in [*pairs, *_in_place(pairs, [entry.mark for entry in before], new)]:
        kept[other] = _follow(before[one], new[other])
    gone = _bring_back(_after(old, {entry.number: other for other, entry in kept.items()}), kept, new)
    return tuple(_written(gone, kept, new, old)) if kept or not new else _counted(new)


def _counted(new: Sequence[Mark]) -> tuple[Entry, ...]:
    return tuple(Entry(Number(count), each) for count, each in enumerate(new, 1))


def whereabouts(entries: Sequence[Entry], number: int) -> Whereabouts | None:
    """Say what became of the paragraph that was given `number`; None when there never was one."""
    asked = next((entry for entry in entries if entry.number == number), None)
    if asked is None:
        return None
    here = living(entries)
    if not asked.gone and asked.was is None:
        return Whereabouts((asked.number,), changed=False)
    was = asked.was or asked.mark
    moved = [entry for entry in here if entry.mark.exact == was.exact]
    if moved:
        nearest = min(moved, key=lambda entry: abs(int(entry.number) - int(number)))
        return Whereabouts((nearest.number,), changed=False)
    holders = [entry.number for entry in here if entry is asked or _alike(was, entry.mark) >= LIKE]
    return Whereabouts(tuple(holders), changed=True)


# --- setting two texts against each other --------------------------------------------------------


def _align(old: Sequence[Mark], new: Sequence[Mark]) -> list[tuple[int, int]]:
    """Pair paragraphs that are the same or nearly so, in the order of both.

    Paragraphs that stand once in each text hold the two together (patience diff); what repeats, and what was edited,
    is paired between them. It costs n log n, whatever the texts.
    """
    anchors = _unique_pairs([each.exact for each in old], [each.exact for each in new])
    pairs: list[tuple[int, int]] = []
    for start, stop in _gaps(anchors, len(old), len(new)):
        pairs += _pair_gap(old, new, start, stop)
    return sorted([*anchors, *pairs])


def _gaps(pairs: Sequence[tuple[int, int]], olds: int, news: int) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Give what lies between pairs: where it starts and stops in both texts."""
    start = (0, 0)
    for one, other in [*pairs, (olds, news)]:
        if one > start[0] or other > start[1]:
            yield start, (one, other)
        start = one + 1, other + 1


def _unique_pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pair what stands once in each, as many as are in the same order in both."""
    counts, others = Counter(old), Counter(new)
    places = {each: place for place, each in enumerate(new) if others[each] == 1}
    return _in_order([(place, places[each]) for place, each in enumerate(old) if counts[each] == 1 and each in places])


def _in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give the most pairs of a list, which rises in the first numbers, that rise in the second too."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, value) in enumerate(pairs):
        place = bisect_left(tails, value)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1], ends[place : place + 1] = [value], [index]
    chosen = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chosen.append(pairs[index])
        index = before[index]
    return chosen[::-1]


def _pair_gap(
    old: Sequence[Mark], new: Sequence[Mark], start: tuple[int, int], stop: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    (left, right), (left_end, right_end) = start, stop
    while left < left_end and right < right_end and old[left].exact == new[right].exact:
        yield left, right
        left, right = left + 1, right + 1
    while left < left_end and right < right_end and old[left_end - 1].exact == new[right_end - 1].exact:
        left_end, right_end = left_end - 1, right_end - 1
        yield left_end, right_end
    yield from _edited(old, new, range(left, left_end), range(right, right_end))


def _edited(old: Sequence[Mark], new: Sequence[Mark], olds: range, news: range) -> list[tuple[int, int]]:
    """Pair the paragraphs of a gap that share the most parts; the first of those that share as many."""
    holders: dict[int, list[int]] = {}
    for other in news:
        for part in new[other].parts:
            holders.setdefault(part, []).append(other)
    best: list[tuple[int, int]] = []
    for one in olds:
        shared = Counter(
            other for part in old[one].parts if len(holders.get(part, ())) <= PARTS for other in holders.get(part, ())
        )
        other, count = max(shared.items(), key=lambda item: (item[1], -item[0]), default=(0, 0))
        if count >= min(LIKE, len(old[one].parts)):
            best.append((one, other))
    return _in_order(best)


def _in_place(pairs: Sequence[tuple[int, int]], old: Sequence[Mark], new: Sequence[Mark]) -> Iterator[tuple[int, int]]:
    """Pair what lies between pairs and is as many on both sides: paragraphs that were written anew in their place."""
    same = {each.exact for each in old} & {each.exact for each in new}  # else they have moved, and are their own
    for (left, right), (left_end, right_end) in _gaps(pairs, len(old), len(new)):
        if left_end - left == right_end - right:
            for one, other in zip(range(left, left_end), range(right, right_end), strict=True):
                if not {old[one].exact, new[other].exact} & same:
                    yield one, other


def _alike(left: Mark, right: Mark) -> int:
    return LIKE if left.exact == right.exact else len(set(left.parts) & set(right.parts))


# --- giving numbers ------------------------------------------------------------------------------


def _follow(entry: Entry, new: Mark) -> Entry:
    """Give the entry of a paragraph that is `new` today."""
    was = entry.was or entry.mark
    return replace(entry, mark=new, was=None if was.exact == new.exact else was)


def _after(old: Sequence[Entry], kept: dict[Number, int]) -> dict[int, list[Entry]]:
    """Give the entries of what is not in the text, by the place of the paragraph that they follow; -1 is the start."""
    gone: dict[int, list[Entry]] = {}
    place = -1
    for entry in old:
        if entry.number in kept:
            place = kept[entry.number]
        else:
            gone.setdefault(place, []).append(replace(entry, gone=True))
    return gone


def _bring_back(gone: dict[int, list[Entry]], kept: dict[int, Entry], new: Sequence[Mark]) -> list[Entry]:
    """Give paragraphs that are back in their place the numbers they had there, and give those that are still gone."""
    left: list[Entry] = []
    for place, entries in gone.items():
        places: dict[str, list[int]] = {}
        reached = other = place + 1
        while other < len(new) and other not in kept:
            places.setdefault(new[other].exact, []).append(other)
            other += 1
        for entry in sorted(entries, key=lambda entry: int(entry.number)):
            same = places.get(entry.mark.exact, [])
            free = bisect_left(same, reached)
            if free < len(same):
                reached = same[free] + 1
                kept[same[free]] = replace(entry, gone=False)
            else:
                left.append(entry)
    return left


def _written(
    gone: Sequence[Entry], kept: dict[int, Entry], new: Sequence[Mark], old: Sequence[Entry]
) -> Iterator[Entry]:
    """Give all entries in order, with numbers for the paragraphs that have none yet."""
    used: dict[int, int] = {}
    for entry in old:
        used[int(entry.number)] = max(used.get(int(entry.number), 0), _letter_place(entry.number.letter))
    highest = max(used, default=0)
    waiting = sorted(gone, key=lambda entry: int(entry.number), reverse=True)
    count = 0
    for place, (each, bound) in enumerate(zip(new, _bounds(kept, len(new)), strict=True)):
        while waiting and (bound is None or int(waiting[-1].number) < bound):
            count = int(waiting[-1].number)
            yield waiting.pop()
        if place in kept:
            entry = kept[place]
        elif bound is None:
            highest += 1
            entry = Entry(Number(highest), each)
        else:
            used[count] = used.get(count, 0) + 1
            entry = Entry(Number(count, _letter(used[count])), each)
        count = int(entry.number)
        yield entry
    yield from reversed(waiting)


def _bounds(kept: dict[int, Entry], length: int) -> list[int | None]:
    """Give for each place the count of the first paragraph from there on that has its number already, if any has."""
    bounds: list[int | None] = []
    bound: int | None = None
    for place in reversed(range(length)):
        bound = int(kept[place].number) if place in kept else bound
        bounds.append(bound)
    return bounds[::-1]


def _letter(place: int) -> str:
    """Give the letter of a place from 1: a to z, then aa."""
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _letter_place(letter: str) -> int:
    place = 0
    for each in letter:
        place = 26 * place + ord(each) - ord("a") + 1
    return place
