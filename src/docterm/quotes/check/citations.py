"""The citations of a manuscript: those that name an author and a year, and which of them belongs to a quotation."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from docterm.quotes.check.prose import Cited, Paragraph
from docterm.text import Span, sentences

_YEAR = r"(?:(?<!\d)(?:1[5-9]|20)\d\d[a-z]?(?!\w)|\bn\.\s?d\.|\bo\.\s?J\.)"
_PLACE = r"(?:[a-zA-Z¶]{1,6}\.?\s?)?\d{1,5}[a-z]?(?:[-–]\d{1,5})?"
_SAID = re.compile(
    rf"[(\[](?P<said>[^()\[\]]{{0,200}}?{_YEAR}[^()\[\]]{{0,200}}|[^\W\d_][^()\[\]]{{1,100}}?,?\s{_PLACE})[)\]]"
)
_NAMED = re.compile(rf"^[\s\W]*{_YEAR}")
_LONGEST_NOTE = 1_000
_AUTHORS = 80
"""Characters before a bracket that begins with the year, where the names are: Okafor and Lind (2019, para. 4)."""
_CLOSING = re.compile(r"[\s.,;:!?…\"'”’»›“‘—–\-()\[\]\ue001⁰¹²³⁴-⁹]*")


def resolved(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Give paragraphs with all their citations in order: by key, by author and year, and those of their notes."""
    named = [
        replace(each, citations=tuple(sorted([*each.citations, *_said(each.text)], key=_at))) for each in paragraphs
    ]
    notes: dict[str, list[Cited]] = {}
    for each in named:
        if each.note:
            by_key = any(cited.key for cited in each.citations)
            whole = [] if by_key else [Cited(0, 0, said=each.text[:_LONGEST_NOTE])]  # Ines Okafor, “...,” 2019, para. 4
            notes.setdefault(each.note, []).extend([*each.citations, *whole])
    return [replace(each, citations=tuple(_with_notes(each, notes))) for each in named]


def _with_notes(paragraph: Paragraph, notes: dict[str, list[Cited]]) -> Iterator[Cited]:
    for each in paragraph.citations:
        if each.note:
            yield from (replace(cited, at=each.at, end=each.at) for cited in notes.get(each.note, ()) if not cited.note)
        else:
            yield each


def _said(text: str) -> Iterator[Cited]:
    """Find the citations in brackets: (Okafor, 2019, para. 4), Okafor (2019), (Okafor, par. 4)."""
    for match in _SAID.finditer(text):
        said = match["said"]
        if _NAMED.match(said):
            said = f"{text[max(0, match.start() - _AUTHORS) : match.start()]} {said}"
        yield Cited(match.start(), match.end(), said=said)


def _at(cited: Cited) -> int:
    return cited.at


def trailing(paragraph: Paragraph) -> tuple[int, list[Cited]]:
    """Give where the words of a block end, and the citations by author and year that stand behind them."""
    end = len(paragraph.text.rstrip())
    found: list[Cited] = []
    for each in reversed([each for each in paragraph.citations if each.said]):
        if each.end < end and not _CLOSING.fullmatch(paragraph.text, each.end, end):
            break
        if each.end > each.at:
            end = len(paragraph.text[: each.at].rstrip(" \n\t—–-"))
        found.append(each)
    return end, found


def behind(paragraph: Paragraph, places: Sequence[Span]) -> Iterator[tuple[tuple[Cited, ...], bool]]:
    """Give for each quotation of a paragraph the citations that belong to it, and whether they stand right behind it.

    That is the first behind it in its sentence, or right behind that; else the last before it in its sentence that does
    not itself stand behind another quotation. Where another quotation comes first, one before goes before one behind.
    """
    outside = [each for each in paragraph.citations if not _is_inside(each, places)]
    spans = sentences(_without_stops(paragraph)) if outside else []
    together = {at: tuple(group) for at, group in groupby(outside, _at)}
    for index, place in enumerate(places):
        chosen = _chosen(paragraph.text, spans, outside, places, index) if outside else None
        if chosen is None:
            yield (), False
        else:
            direct = chosen.at >= place.end and _CLOSING.fullmatch(paragraph.text, place.end, chosen.at) is not None
            yield together[chosen.at], direct


def _without_stops(paragraph: Paragraph) -> str:
    """Give the text without the stops in its citations, such as that of `para. 4`, which end no sentence."""
    text, done = paragraph.text, 0
    pieces: list[str] = []
    for each in paragraph.citations:
        if each.end > each.at >= done:
            pieces += [text[done : each.at], text[each.at : each.end].replace(".", " ")]
            done = each.end
    return "".join([*pieces, text[done:]])


def _chosen(
    text: str, spans: Sequence[Span], outside: Sequence[Cited], places: Sequence[Span], index: int
) -> Cited | None:
    place = places[index]
    middle = bisect_left(outside, place.end, key=_at)
    after = outside[middle] if middle < len(outside) else None
    first, last = _sentence(spans, place.start).start, _sentence(spans, max(place.start, place.end - 1)).end
    if after is not None and after.at > last and not _CLOSING.fullmatch(text, place.end, after.at):
        after = None
    if after is not None and after.narrative and _is_parted(spans, place.end, after.at):
        after = None
    others = places[index + 1 : index + 2]
    if after is not None and not (others and others[0].start <= after.at):
        return after
    return _before(outside[max(0, middle - 4) : middle], first, text, places[max(0, index - 4) : index]) or after


def _sentence(spans: Sequence[Span], place: int) -> Span:
    return spans[max(0, bisect_right(spans, place, key=lambda span: span.start) - 1)]


def _is_parted(spans: Sequence[Span], end: int, at: int) -> bool:
    """Say whether a sentence begins between two places: “...” Okafor (2019) says."""
    index = bisect_right(spans, end, key=lambda span: span.start)
    return index < len(spans) and spans[index].start <= at


def _before(citations: Sequence[Cited], first: int, text: str, others: Sequence[Span]) -> Cited | None:
    for each in reversed(citations):
        if each.at < first:
            return None
        if each.narrative or not any(
            other.end <= each.at and _CLOSING.fullmatch(text, other.end, each.at) for other in others
        ):
            return each
    return None


def _is_inside(cited: Cited, places: Sequence[Span]) -> bool:
    index = bisect_right(places, cited.at, key=lambda place: place.start) - 1
    return cited.said != "" and cited.end > cited.at and index >= 0 and cited.at < places[index].end
