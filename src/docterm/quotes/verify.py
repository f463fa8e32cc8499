"""Whether a quote still stands in its source."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

from docterm.library.library import Library
from docterm.library.model import Address, Document, Kind, Passage, Status
from docterm.quotes.anchor import Body, at_word_boundary, exact, stands
from docterm.quotes.model import Quote, QuoteKind

_MOST_CANDIDATES = 200


class QuoteStatus(StrEnum):
    """How a quote stands to the document its key names today.

    OK: the exact text at its place. MOVED: the exact text elsewhere in the document, be it further on in
    the same paragraph. ALTERED: not in the document. SOURCE_MISSING: no document of that key can be read,
    or only a digest is left of the original that a verbatim quote was cut from. SOURCE_REPLACED: a
    paraphrase was cut from a digest, and the key now names the original that took the digest's place;
    the paraphrase still cites the right paragraph, and verbatim words can now be quoted instead.
    """

    OK = "ok"
    MOVED = "moved"
    ALTERED = "altered"
    SOURCE_MISSING = "source missing"
    SOURCE_REPLACED = "source replaced"


class Verdict(NamedTuple):
    """A status, and for OK and MOVED where the text stands now: address, start and end as in a Quote."""

    status: QuoteStatus
    address: Address | None = None
    start: int = 0
    end: int = 0


def told(quote: Quote, verdict: Verdict) -> str:
    """Say how a quote stands to its source, and where its words are when they have left their paragraphs."""
    moved = verdict.status is QuoteStatus.MOVED and verdict.address not in (None, quote.address)
    return f"{verdict.status.value} to {verdict.address}" if moved else verdict.status.value


def locate(quote: Quote, document: Document | None, passages: Sequence[Passage]) -> Verdict:
    """Give the status of a quote against the document of its key (None: there is none) and where its text stands now.

    Only the exact code points count. Where they stand at several other places, the one whose
    surroundings are the quote's own is taken, then the nearest.
    """
    if document is None or document.status is Status.UNREADABLE:
        return Verdict(QuoteStatus.SOURCE_MISSING)
    is_digest = document.kind is Kind.DIGEST
    if quote.kind is QuoteKind.PARAPHRASE and (not is_digest or document.status is Status.REPLACED):
        return Verdict(QuoteStatus.SOURCE_REPLACED)
    if quote.kind is QuoteKind.VERBATIM and is_digest:
        return Verdict(QuoteStatus.SOURCE_MISSING)
    body = Body.of(passages)
    home = body.span(quote.address.first, quote.address.last)
    expected = quote.start + (len(body.text) if home is None else home.start)
    # A quote that was cut inside a word may stand inside a word; whole words count only as whole words.
    whole = all(at_word_boundary(quote.context, place) for place in (quote.start, quote.start + len(quote.text)))
    if home is not None and stands(body.text, quote.text, expected, whole=whole):
        here = _verdict(QuoteStatus.OK, body, expected, quote)
        if (here.address, here.end) == (quote.address, quote.end):
            return here
    starts = [span.start for span in islice(exact(body.text, quote.text, whole=whole), _MOST_CANDIDATES)]
    if not starts:
        return Verdict(QuoteStatus.ALTERED)
    return _verdict(QuoteStatus.MOVED, body, _best(starts, quote, body, expected), quote)


def locate_in(library: Library, quote: Quote) -> Verdict:
    """Give the status of a quote in a library, and where its text stands there now."""
    document = library.get(quote.key)
    return locate(quote, document, () if document is None else library.passages(document))


def _best(starts: list[int], quote: Quote, body: Body, expected: int) -> int:
    """Give the place whose surroundings are the quote's own, and of equals the nearest to where it was."""

    def rank(start: int) -> tuple[int, int]:
        stop = start + len(quote.text)
        alike = body.text.endswith(quote.prefix, 0, start) + body.text.startswith(quote.suffix, stop)
        return alike, -abs(start - expected)

    return max(starts, key=rank)


def _verdict(found: QuoteStatus, body: Body, start: int, quote: Quote) -> Verdict:
    stop = start + len(quote.text)
    first, first_start = body.at(start)
    last, last_start = body.at(stop - 1)
    address = Address(quote.key, first.number or 0, last.number or 0)
    return Verdict(found, address, start - first_start, stop - last_start)
