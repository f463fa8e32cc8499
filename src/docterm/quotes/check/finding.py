"""Where the words of quotations stand in a library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from docterm.library.library import Library
from docterm.library.model import Document, Kind, Role
from docterm.library.passages import texts_of
from docterm.quotes.check.altered import Alike, nearest
from docterm.quotes.check.source import Source
from docterm.quotes.check.wording import Part, parts, unbroken
from docterm.quotes.difference import denials
from docterm.text import Span, tokens, words

RUN, SHORT_RUN = 3, 2
"""Words in a row by which a document is known to have something of a quotation, and of one of few words."""
_FEW = 8
_MOST_CANDIDATES = 40
_MOST_COMPARED = 5
"""Documents in which something like a quotation is looked for, and the texts that are kept folded meanwhile."""
_FEW_LEFT_OUT = 3
"""A gap of so few words that hides a denial is no omission, but another statement."""
Run = tuple[str, ...]


@dataclass(slots=True)
class Place:
    """Where a quotation stands as it is."""

    source: Source
    spans: list[Span]
    """In the text of the source, one for each of its parts."""

    @property
    def span(self) -> Span:
        """From the first of its words to the last."""
        return Span(self.spans[0].start, self.spans[-1].end)


@dataclass(slots=True)
class Found:
    """What the library has of a quotation."""

    places: list[Place] = field(default_factory=list)
    """Of one document, the first that has it; those of the document that is cited before all others."""
    alike: Alike | None = None
    in_digest: Place | None = None
    """Where docterm's own paraphrase has it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words to look for, and the keys of the documents that the draft names for them."""

    words: str
    cited: tuple[str, ...] = ()


class Finder:
    """Looks for quotations in the documents of a library."""

    def __init__(self, library: Library, progress: Callable[[int, int], None] = lambda done, total: None) -> None:
        self._library = library
        self._progress = progress
        self._source = lru_cache(maxsize=_MOST_COMPARED * 4)(self._read)

    def _read(self, key: str, _stamp: str) -> Source:
        document = self._library.document(key)
        return Source.of(document, self._library.passages(document))

    def source(self, document: Document) -> Source:
        """Give the text of a document."""
        return self._source(document.key, document.stamp)

    def find(self, wanted: Sequence[Wanted]) -> list[Found]:
        """Give for each quotation where it stands: in the documents it cites, else in any.

        One pass over the words of the library, whatever the number of quotations, and none where all stand in the
        documents that they cite: about 0.15 s a million characters.
        """
        found = [self._in_cited(each) for each in wanted]
        rest = [index for index, each in enumerate(found) if not each.places]
        for index, candidates in self._candidates(wanted, rest).items():
            self._in_others(wanted[index], candidates, found[index])
        return found

    def _in_cited(self, wanted: Wanted) -> Found:
        found = Found()
        for key in wanted.cited:
            document = self._library.get(key)
            if document is None or document.kind is Kind.DIGEST or document.problem:
                continue
            source = self.source(document)
            found.places, alike = look(source, wanted.words)
            if found.places:
                return found
            found.alike = better(found.alike, alike or nearest_in(source, wanted.words))
        return found

    def _in_others(self, wanted: Wanted, candidates: Sequence[tuple[str, int, bool]], found: Found) -> None:
        """Look in the documents that have runs of a quotation's words, those with the most first."""
        for place, (key, _, whole) in enumerate(candidates):
            document = self._library.document(key)
            if not whole and place >= _MOST_COMPARED:
                continue
            source = self.source(document)
            places, alike = look(source, wanted.words)
            if document.kind is Kind.DIGEST:
                found.in_digest = found.in_digest or next(iter(places), None)
                if not any(source.role(each.span) is Role.TITLE for each in places):
                    continue
            if places:
                found.places = places
                return
            if key not in wanted.cited and place < _MOST_COMPARED:
                found.alike = better(found.alike, alike or nearest_in(source, wanted.words))

    def _candidates(self, wanted: Sequence[Wanted], rest: Sequence[int]) -> Mapping[int, list[tuple[str, int, bool]]]:
        """Give for each quotation the documents that share runs of words with it: key, how many, whether all."""
        runs_of = {index: runs(wanted[index].words) for index in rest}
        owners: dict[Run, list[int]] = {}
        for index, own in runs_of.items():
            for run in own:
                owners.setdefault(run, []).append(index)
        found: dict[int, list[tuple[str, int, bool]]] = {index: [] for index in rest}
        lengths = sorted({len(run) for run in owners})
        documents = self._library.documents() if owners else ()
        for done, document in enumerate(documents):
            self._progress(done, len(documents))
            texts = [*texts_of(self._library.passages(document)), document.title]
            shared = Counter(
                index for run in owners.keys() & runs_in("\n".join(texts), lengths) for index in owners[run]
            )
            for index, count in shared.items():
                found[index].append((document.key, count, count == len(runs_of[index])))
        for candidates in found.values():
            candidates.sort(key=lambda candidate: -candidate[1])
            del candidates[_MOST_CANDIDATES:]
        return found


def runs(text: str) -> set[Run]:
    """Give the runs of words by which documents are chosen: three in a row, two where a quotation has few."""
    pieces = []
    for part in parts(unbroken(text, "")):
        found = words(part.raw)  # a word that begins or ends in brackets is no whole word
        pieces.append(found[part.cut_before : len(found) - part.cut_after])
    length = RUN if sum(map(len, pieces)) >= _FEW else SHORT_RUN
    long = [piece for piece in pieces if len(piece) >= length] or sorted(pieces, key=len)[-1:]
    return {run for piece in long if piece for run in _windows(piece, min(length, len(piece)))}


def runs_in(text: str, lengths: Iterable[int]) -> set[Run]:
    """Give all runs of words of a text that are of one of some lengths."""
    found = words(text)
    return {run for length in lengths for run in _windows(found, length)}


def _windows(listed: Sequence[str], length: int) -> Iterator[Run]:
    return zip(*(listed[place:] for place in range(length)), strict=False)


def look(source: Source, text: str) -> tuple[list[Place], Alike | None]:
    """Give where a quotation stands in a source as it is.

    Where its words stand there, but with other capitals, or with a gap that hides a "not", it is altered.
    """
    wanted = parts(unbroken(text, source.folded.text))
    places: list[Place] = []
    altered: Alike | None = None
    for spans in source.stands(wanted) if wanted else ():
        place = Place(source, [source.folded.span(*span) for span in spans])
        if not _has_capitals(place, wanted) and source.role(place.span) is Role.BODY:
            altered = altered or nearest(source, wanted)
        elif (hidden := _hidden(source, spans)) is not None:
            altered = altered or Alike(source, place.span, 100.0, f"[-{hidden}-]", in_context=True)
        else:
            places.append(place)
    return places, None if places else altered


def nearest_in(source: Source, text: str) -> Alike | None:
    """Give what a source has that is nearest to a quotation."""
    wanted = parts(unbroken(text, source.folded.text))
    return nearest(source, wanted) if wanted else None


def better(one: Alike | None, other: Alike | None) -> Alike | None:
    """Give the more alike of two; of equals the first."""
    if one is None or other is None:
        return one or other
    return one if one.alike >= other.alike else other


def _has_capitals(place: Place, wanted: Sequence[Part]) -> bool:
    """Say whether capital letters stand where the source has them, but for the first letter of each part."""
    for span, part in zip(place.spans, wanted, strict=True):
        theirs, ours = _surface(place.source.text[span.start : span.end]), _surface(part.raw)
        pairs = [(one, other) for one, other in zip(theirs, ours, strict=False) if one.casefold() == other.casefold()]
        if any(one != other for one, other in pairs[1:]) or any(one[1:] != other[1:] for one, other in pairs[:1]):
            return False
    return True


def _surface(text: str) -> list[str]:
    return [text[token.start : token.end].replace("’", "'") for token in tokens(text)]


def _hidden(source: Source, spans: Sequence[Span]) -> str | None:
    """Give the few words that a gap leaves out when they turn the sentence round, else None."""
    gaps = (left for left in source.left_out(spans) if len(left) <= _FEW_LEFT_OUT)
    return next((" ".join(left) for left in gaps if denials(" ".join(left))), None)
