"""What became of the quotations of a manuscript: are they the words of their sources, and rightly cited."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from docterm.library.library import Library
from docterm.library.model import Address, Document, Kind, Passage, Role
from docterm.quotes.check.cited import Cites, Naming, locator, says
from docterm.quotes.check.draft import Draft
from docterm.quotes.check.finding import Finder, Found, Place, Wanted
from docterm.quotes.check.folding import fold
from docterm.quotes.check.prose import Cited
from docterm.quotes.check.quotations import MOST, Quotation, quotations
from docterm.text import label

SHORTEST = 4
"""Words from which on what stands in quotation marks is taken for a quotation, cited or not."""


class Wording(StrEnum):
    """Whether the words of a quotation are those of a source."""

    VERBATIM = "verbatim"
    ALTERED = "altered"
    UNKNOWN = "unknown"


class Citing(StrEnum):
    """Whether a quotation is cited as what it is."""

    OK = "ok"
    MISSING = "missing"
    WRONG = "wrong locator"


@dataclass(frozen=True, slots=True)
class Judged:
    """A quotation and what became of it."""

    quotation: Quotation
    wording: Wording
    citing: Citing | None
    """None where nothing can be said: the words were not found, and something is cited for them."""
    address: Address | None = None
    key: str = ""
    """Of the document that has it, or what it was made from; its address is None where that is no body paragraph."""
    diff: str = ""
    """From the source to the draft, word by word: `[-not-] {+really+}`."""
    notes: tuple[str, ...] = ()

    @property
    def is_well(self) -> bool:
        """Whether there is nothing to mend."""
        return self.wording is Wording.VERBATIM and self.citing is Citing.OK and self.quotation.closed

    def as_json(self) -> dict[str, Any]:
        """Give it in the shape of `docterm.check/1`."""
        quoted = self.quotation
        cited = [{"key": each.key, "locator": each.locator, "said": each.said} for each in quoted.citations]
        return {
            "line": quoted.line,
            "span": list(quoted.span),
            "text": quoted.text,
            "kind": "block" if quoted.is_block else "inline",
            "verdict": self.wording.value,
            "address": None if self.address is None else str(self.address),
            "key": self.key or None,
            "diff": self.diff or None,
            "citation": None if self.citing is None else self.citing.value,
            "cited": cited,
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class Checked:
    """A manuscript that was checked."""

    judged: tuple[Judged, ...]
    passed_over: int
    """How many words in quotation marks were too few to be taken for a quotation."""
    notes: tuple[str, ...] = ()


def check(
    draft: Draft,
    library: Library,
    *,
    every: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Checked:
    """Look for every quotation of a draft in a library.

    Fewer than four words with no citation right behind them are passed over, unless `every` is asked for.
    """
    naming = Naming(library.documents())
    wanted: list[tuple[Quotation, Cites]] = []
    passed_over, notes = 0, []
    for quotation in quotations(draft):
        cites = naming.resolve(quotation.citations)
        if not every and quotation.length < SHORTEST and not (cites and quotation.is_directly_cited):
            passed_over += 1
        elif len(wanted) == MOST:
            notes = [f"Only the first {MOST:,} quotations were checked."]
            break
        else:
            wanted.append((quotation, cites))
    asked = [Wanted(quotation.words, cites.keys) for quotation, cites in wanted]
    found = Finder(library, progress).find(asked)
    judged = tuple(_judge(*each, result, library) for each, result in zip(wanted, found, strict=True))
    return Checked(judged, passed_over, tuple(notes))


def _judge(quotation: Quotation, cites: Cites, found: Found, library: Library) -> Judged:
    notes = [] if quotation.closed else ["No mark closes this quotation: it was read to the end of its paragraph."]
    length = len(fold(quotation.words).text)
    if found.places:
        place = _cited_place(found.places, cites)
        citing, said = _citing(place.source.document, [_passages(each) for each in found.places], cites)
        role = place.source.role(place.span)
        if role is Role.TITLE and not cites:
            citing = Citing.OK  # who names a work does not quote it
        if role is not Role.BODY:
            notes.append(f"These words are a {role.value} of {place.source.document.key}.")
        return _judged(quotation, Wording.VERBATIM, citing, place, notes=notes + said)
    alike = found.alike
    if alike is not None and alike.is_altered(length, cited=alike.source.document.key in cites.keys):
        place = Place(alike.source, [alike.span])
        citing, said = _citing(alike.source.document, [_passages(place)], cites)
        if alike.source.document.key in cites.keys or not cites.outside:
            return _judged(quotation, Wording.ALTERED, citing, place, notes=notes + said, diff=alike.diff)
    notes += _unknown(found, cites, library)
    return Judged(quotation, Wording.UNKNOWN, None if cites else Citing.MISSING, notes=tuple(notes))


def _judged(
    quotation: Quotation, wording: Wording, citing: Citing, place: Place, *, notes: Sequence[str], diff: str = ""
) -> Judged:
    source = place.source
    return Judged(
        quotation, wording, citing, source.address(place.span), source.document.key, label(diff, 20_000), tuple(notes)
    )


def _unknown(found: Found, cites: Cites, library: Library) -> list[str]:
    """Say why a quotation may not have been found."""
    notes = []
    if found.in_digest is not None:
        where = found.in_digest.source.address(found.in_digest.span)
        notes.append(
            f"Only docterm's digest has these words, at {where}: they paraphrase the source and are not its own."
        )
    for key in cites.keys:
        document = library.get(key)
        if document is not None and document.kind is Kind.DIGEST and found.in_digest is None:
            notes.append(f"Of {key} the library has only a digest: `docterm add FILE` takes in your own copy.")
    notes += [f"No document of the library is {each}." for each in cites.outside]
    return notes


# --- the citation --------------------------------------------------------------------------------


def _passages(place: Place) -> list[Passage]:
    return place.source.passages(place.span)


def _cited_place(places: Sequence[Place], cites: Cites) -> Place:
    """Give the place that a citation names, else the first."""
    document = places[0].source.document
    wanted = [where for each in cites.of(document.key) if (where := locator(each.locator)) is not None]
    return next((each for each in places for one in wanted if one.names(_passages(each), document)), places[0])


def _citing(document: Document, passages: Iterable[Sequence[Passage]], cites: Cites) -> tuple[Citing, list[str]]:
    """Say whether one of the citations names the document and the place."""
    if not cites:
        return Citing.MISSING, []
    own = cites.of(document.key)
    if not own:
        return Citing.WRONG, [f"Cited as {' and '.join(cites.names)}, but the words stand in {document.key}."]
    options = [each for each in passages if each]
    wrong: list[str] = []
    for cited in own if options else ():
        fault = _fault(cited, document, options)
        if fault is None:
            where = locator(cited.locator)
            unnamed = where is None and not cited.locator
            return Citing.OK, [f"The citation names no place; it is {says(options[0])}."] if unnamed else []
        wrong.append(fault)
    return (Citing.WRONG if wrong else Citing.OK), wrong[:1]


def _fault(cited: Cited, document: Document, options: Sequence[Sequence[Passage]]) -> str | None:
    """Say what is wrong with the place that a citation names; None where it is right or cannot be compared."""
    where = locator(cited.locator)
    if where is None or not any(where.can_be_checked(each) for each in options):
        return None
    if any(where.names(each, document) for each in options):
        return None
    return f"Cited with “{label(cited.locator, 40)}”, but the words stand in {says(options[0])}."
