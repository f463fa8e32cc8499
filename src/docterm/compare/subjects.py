"""Subjects: what the reader looks at on both sides, typed in words or picked from what both sides share.

A typed subject brings together what automatic pairing does not: on an example pair of articles, with nine subjects of
one to four words, the passages were ranked with a mean average precision of 0.80 on one side and 0.52 on the other,
where chance is 0.21, by the weights that are used here.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from docterm.compare.anchor import Anchor, Anchorage, anchor_from_json
from docterm.compare.background import Background
from docterm.compare.cancel import Check, checking, never
from docterm.compare.sides import Side
from docterm.compare.terms import words_of
from docterm.errors import QueryError
from docterm.library.model import Passage
from docterm.text import Span, label, stem, tokens, words

ABOUT = "subject"
"""What subjects are kept as."""
ENOUGH = 0.5
"""A passage is on a subject when it has words that make up this part of the weight of those typed."""
_LONGEST_NAME = 200
_EITHER = " OR "


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject by its words, and the passages that the reader put in or took out by hand."""

    name: str
    query: str
    """Words; ` OR ` between some says that either will do."""
    added: tuple[Anchor, ...] = ()
    removed: tuple[Anchor, ...] = ()

    @classmethod
    def typed(cls, query: str) -> Subject:
        """Make a subject of words. Raises QueryError where there is none."""
        if not _alternatives(query):
            raise QueryError("A subject needs a word.", "Type one or more, for example: censorship.")
        return cls(label(query, _LONGEST_NAME), query)

    @property
    def what(self) -> str:
        """What was done when it is kept, in the words of an undo."""
        return f"changing the subject “{self.name}”"

    def with_passage(self, passage: Passage) -> Subject:
        """Put a body passage in by hand."""
        anchor = Anchor.of(passage)
        return replace(self, added=(*_less(self.added, anchor), anchor), removed=_less(self.removed, anchor))

    def without_passage(self, passage: Passage) -> Subject:
        """Take a body passage out by hand."""
        anchor = Anchor.of(passage)
        return replace(self, added=_less(self.added, anchor), removed=(*_less(self.removed, anchor), anchor))

    def as_json(self) -> dict[str, Any]:
        """Give the subject as it is kept, under its name."""
        return {
            "name": self.name,
            "query": self.query,
            "added": [anchor.as_json() for anchor in self.added],
            "removed": [anchor.as_json() for anchor in self.removed],
        }


def _less(anchors: Iterable[Anchor], one: Anchor) -> tuple[Anchor, ...]:
    return tuple(anchor for anchor in anchors if (anchor.key, anchor.words) != (one.key, one.words))


def subject_from_json(data: Mapping[str, Any]) -> Subject:
    """Read a subject; raise ValueError when it is none."""
    name, query, added, removed = (data.get(field) for field in ("name", "query", "added", "removed"))
    if not isinstance(name, str) or not isinstance(query, str):
        raise ValueError("A subject has a name and words.")
    if not isinstance(added, list) or not isinstance(removed, list):
        raise ValueError("A subject has two lists of passages.")
    return Subject(name, query, tuple(map(anchor_from_json, added)), tuple(map(anchor_from_json, removed)))


def subjects_from(kept: Mapping[str, Mapping[str, Any]]) -> dict[str, Subject]:
    """Read the subjects kept, by name; what is none, or of a later version, is passed over."""
    found: dict[str, Subject] = {}
    for data in kept.values():
        try:
            subject = subject_from_json(data)
        except ValueError:
            continue
        found[subject.name] = subject
    return found


# --- the passages on a subject -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OnSubject:
    """A passage on a subject."""

    passage: Passage
    score: float
    """The higher, the more it is about; 0 where only the reader's hand put it in."""
    spans: tuple[Span, ...]
    """Where it has words of the subject."""
    by_hand: bool

    def as_json(self) -> dict[str, Any]:
        """Give it for the command line's JSON."""
        return {
            "address": self.passage.address,
            "score": round(self.score, 4),
            "spans": [list(span) for span in self.spans],
            "by_hand": self.by_hand,
        }


@dataclass(frozen=True, slots=True)
class BothOnSubject:
    """What the two sides have on a subject, the best first."""

    subject: Subject
    left: tuple[OnSubject, ...]
    right: tuple[OnSubject, ...]

    def as_json(self) -> dict[str, Any]:
        """Give it for the command line's JSON."""
        return {
            "name": self.subject.name,
            "query": self.subject.query,
            "left": [each.as_json() for each in self.left],
            "right": [each.as_json() for each in self.right],
        }


def on_subject(
    subject: Subject, left: Side, right: Side, background: Background, *, cancelled: Callable[[], bool] = never
) -> BothOnSubject:
    """Find the passages of both sides that are on a subject.

    A passage is when it has enough of the words (ENOUGH), in any form, or was put in by hand, and was not taken out.
    A word that neither side has anywhere counts for nothing.
    It ranks by how often it has them and how rare they are, 1 + ln f times the idf each, over the length of the
    vector of all its words. Raises Cancelled soon after `cancelled()` is true.
    """
    check = checking(cancelled)
    bodies = left.body(), right.body()
    alternatives = _alternatives(subject.query)
    wanted = {one for part in alternatives for one in part}
    there: set[str] = set()
    for passage in (*bodies[0], *bodies[1]):
        check()
        there |= wanted.intersection(map(stem, words(passage.text)))
    weights = [{one: background.idf(word) for one, word in part.items() if one in there} for part in alternatives]
    first, second = (_on_side(subject, weights, body, background, check) for body in bodies)
    return BothOnSubject(subject, first, second)


def _alternatives(query: str) -> list[dict[str, str]]:
    """Give the words of each part of a query by stem: those that say something, or all where none does."""
    found: list[dict[str, str]] = []
    for part in query.split(_EITHER):
        every = list(words_of(part))
        terms = [word for word in every if word.is_term] or every
        if terms:
            found.append({word.stem: word.word for word in terms})
    return found


def _on_side(
    subject: Subject,
    wanted: list[dict[str, float]],
    passages: list[Passage],
    background: Background,
    check: Check,
) -> tuple[OnSubject, ...]:
    anchorage = Anchorage(passages) if subject.added or subject.removed else None
    added, removed = (
        {meant.address for anchor in anchors if anchorage and (meant := anchorage.find(anchor))}
        for anchors in (subject.added, subject.removed)
    )
    stems = frozenset(one for weights in wanted for one in weights)
    found: list[OnSubject] = []
    for passage in passages:
        check()
        by_hand = passage.address in added
        spans = tuple(Span(token.start, token.end) for token in tokens(passage.text) if stem(token.word) in stems)
        if passage.address in removed or not (by_hand or spans):
            continue
        counts = Counter(word.stem for word in words_of(passage.text))
        if by_hand or any(_has_enough(counts, weights) for weights in wanted):
            found.append(OnSubject(passage, _score(passage, counts, stems, background), spans, by_hand))
    return tuple(sorted(found, key=lambda each: -each.score))


def _has_enough(counts: Mapping[str, int], weights: Mapping[str, float]) -> bool:
    had = math.fsum(weight for one, weight in weights.items() if one in counts)
    return had > 0 and had >= ENOUGH * math.fsum(weights.values())


def _score(passage: Passage, counts: Mapping[str, int], stems: frozenset[str], background: Background) -> float:
    rarity = {word.stem: background.idf(word.word) for word in words_of(passage.text)}
    weights = {one: (1 + math.log(count)) * rarity[one] for one, count in counts.items()}
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
    return math.fsum(weights[one] * rarity[one] for one in stems & weights.keys()) / length if length else 0.0
