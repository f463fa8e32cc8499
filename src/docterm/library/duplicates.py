"""Documents that are in a library more than once: the same file, the same text in another form, or nearly the same.

The same text is known by a hash of its words. What is nearly the same is found by sketches: PROBED numbers of each
sketch are kept in an index, those first that few texts have, and only texts that share two of them are compared. So
the cost grows with the number of documents and not with that of their pairs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from hashlib import blake2b
from typing import Any, NamedTuple

from docterm.library.fingerprint import resemblance
from docterm.library.model import Document
from docterm.text import words

NEARLY = 0.7
"""Resemblance from which two texts are called nearly the same: about one word in thirty differs."""
PROBED = 8
SHARED = 2
FEWEST = 20
"""A text with fewer runs of five words is too short to be nearly the same as another."""
_CROWD = 64
"""A number that more texts have tells of what they all carry: a licence, the head of a form."""
_COMPARED = 16
MOST = 8
"""A document names at most so many others."""


class Likeness(StrEnum):
    """In what two documents are alike."""

    FILE = "file"
    """The same bytes under another path."""
    TEXT = "text"
    """The same words in the same order, in another file."""
    NEAR = "near"


_WORDS = {Likeness.FILE: "same file as", Likeness.TEXT: "same text as", Likeness.NEAR: "nearly the same text as"}


class Twin(NamedTuple):
    """Another document with the same text."""

    key: str
    likeness: Likeness
    share: float = 1.0
    """The share of runs of five words that both have, as far as sketches tell."""

    def __str__(self) -> str:
        return f"{_WORDS[self.likeness]} {self.key}"

    def as_json(self) -> dict[str, Any]:
        """Give the twin in the shape of `same_as` in `docterm.list/1`."""
        return {"key": self.key, "likeness": self.likeness.value, "share": round(self.share, 2)}


Twins = Mapping[str, Sequence[Twin]]


def text_mark(texts: Iterable[str]) -> str:
    """Give a hash of the words of paragraphs, in order and folded; the empty string for texts without a word."""
    run = " ".join(word for text in texts for word in words(text))
    return blake2b(run.encode(), digest_size=12).hexdigest() if run else ""


def groups_of_one_text(documents: Iterable[Document]) -> list[list[Document]]:
    """Give the documents that have one text, be they one file or several, in groups of two and more."""
    groups: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        if document.mark:
            groups[document.mark].append(document)
    return [group for group in groups.values() if len(group) > 1]


def find_twins(documents: Sequence[Document], sketches: Mapping[str, Sequence[int]]) -> dict[str, tuple[Twin, ...]]:
    """Give the twins of each document that has any, the most alike first; `sketches` are those of documents by key."""
    twins: dict[str, list[Twin]] = defaultdict(list)
    first: dict[str, str] = {}
    for group in groups_of_one_text(documents):
        first |= {document.key: group[0].key for document in group}
        for document in group:
            others = [other for other in group[: MOST + 1] if other is not document]
            twins[document.key] += [Twin(other.key, _likeness(document, other)) for other in others[:MOST]]
    singles = {each.key: sketches.get(each.key, ()) for each in documents if first.get(each.key, each.key) == each.key}
    near = _near(singles)
    for document in documents:
        twins[document.key] += near.get(first.get(document.key, document.key), ())
    return {key: tuple(found[:MOST]) for key, found in twins.items() if found}


def _likeness(one: Document, other: Document) -> Likeness:
    return Likeness.FILE if one.stamp == other.stamp else Likeness.TEXT


def _near(sketches: Mapping[str, Sequence[int]]) -> dict[str, list[Twin]]:
    """Give, for texts that differ, those that are nearly the same."""
    sketches = {key: sketch for key, sketch in sketches.items() if len(sketch) >= FEWEST}
    frequency = Counter(number for sketch in sketches.values() for number in sketch)
    having: dict[int, list[str]] = defaultdict(list)
    near: dict[str, list[Twin]] = defaultdict(list)
    for key, sketch in sketches.items():
        rare = [number for number in sketch if frequency[number] <= _CROWD]
        probes = (rare if len(rare) >= PROBED else [*rare, *sketch])[:PROBED]
        met = Counter(other for number in probes for other in having[number])
        for other, shared in met.most_common(_COMPARED):
            share = resemblance(sketch, sketches[other]) if shared >= SHARED else 0.0
            if share >= NEARLY:
                near[key].append(Twin(other, Likeness.NEAR, share))
                near[other].append(Twin(key, Likeness.NEAR, share))
        for number in probes:
            if len(having[number]) < _CROWD:
                having[number].append(key)
    return {key: sorted(found, key=lambda twin: -twin.share) for key, found in near.items()}
