"""Whether a quote still stands in its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import groupby, islice
from typing import NamedTuple

from docterm.errors import QuoteError
from docterm.library.library import Library
from docterm.library.model import Address, Document, Kind, Status
from docterm.quotes import reanchor
from docterm.quotes.anchor import Body, exact, stands
from docterm.quotes.capture import anchored
from docterm.quotes.model import Anchor, Quote, QuoteKind
from docterm.quotes.reanchor import Proposal, is_whole
from docterm.text import Span

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


FAULTS = (QuoteStatus.ALTERED, QuoteStatus.SOURCE_MISSING)
"""What a quote must not be when it is cited."""


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


class Checked(NamedTuple):
    """A quote, how it stands to its source, and where its words may be cited from now on, if they have to be."""

    quote: Quote
    verdict: Verdict
    proposal: Proposal | None = None
    document: Document | None = None
    """The document of the proposal."""

    @property
    def is_fault(self) -> bool:
        """Whether its source has not the words any more, as far as that can be told."""
        return self.verdict.status in FAULTS

    @property
    def needs_attention(self) -> bool:
        """Whether it is to be shown to the reader: its words are gone, or stand elsewhere."""
        return self.is_fault or self.proposal is not None


def locate(quote: Quote, document: Document | None, body: Body) -> Verdict:
    """Give the status of a quote against the document of its key (None: there is none), and where its text stands.

    Only the exact code points count. Where they stand at several other places, the one whose
    surroundings are the quote's own is taken, then the nearest.
    """
    return _without_words(quote, document) or _in_body(quote, body)


def locate_in(library: Library, quote: Quote) -> Verdict:
    """Give the status of a quote in a library, and where its text stands there now."""
    return next(iter(_Sources(library).check([quote], propose=False))).verdict


def verdicts(library: Library, quotes: Iterable[Quote]) -> dict[str, Verdict]:
    """Give the status of each quote, by its id. Every document is prepared once."""
    return {each.quote.id: each.verdict for each in _Sources(library).check(quotes, propose=False)}


def verify(library: Library, quotes: Sequence[Quote]) -> list[Checked]:
    """Hold quotes against their sources, in their order, and propose new anchors for those that left their places.

    Costs some 50 ms more for each quote that was altered in a document of a megabyte.
    """
    found = {each.quote.id: each for each in _Sources(library).check(quotes, propose=True)}
    return [found[quote.id] for quote in quotes]


def accepted(library: Library, checked: Checked) -> Anchor:
    """Give the anchor that a proposal comes to.

    Raises QuoteError when there is none, or when a denial was dropped or added: that is another statement.
    """
    quote, proposal, document = checked.quote, checked.proposal, checked.document
    if proposal is None or document is None:
        hint = (
            "It stands at its place." if not checked.is_fault else "Its words were not found; look for them yourself."
        )
        raise QuoteError(f"There is nothing to accept for the quote from {quote.address}.", hint)
    if proposal.denies_otherwise:
        raise QuoteError(
            f"A “not” was dropped from or added to the quote from {quote.address}: it says something else now.",
            f"Quote it anew if you need it: docterm quote {proposal.address} TEXT",
        )
    return anchored(Body.of(library.passages(document)), proposal.span)


class _Sources:
    """The documents of a library, each laid out once for all quotes from it."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def check(self, quotes: Iterable[Quote], *, propose: bool) -> Iterator[Checked]:
        """Hold quotes against their documents, document by document."""
        for key, group in groupby(sorted(quotes, key=lambda quote: quote.key), key=lambda quote: quote.key):
            document = self._library.get(key)
            body = self._body(document)
            for quote in group:
                checked = self._checked(quote, document, body, propose=propose)
                yield self._renamed(quote, checked, propose=propose) if document is None else checked

    def _body(self, document: Document | None) -> Body:
        return Body.of(() if document is None else self._library.passages(document))

    def _checked(self, quote: Quote, document: Document | None, body: Body, *, propose: bool) -> Checked:
        verdict = locate(quote, document, body)
        if not propose or verdict.status not in (QuoteStatus.MOVED, QuoteStatus.ALTERED):
            return Checked(quote, verdict)
        return Checked(quote, verdict, reanchor.propose(quote, body), document)

    def _renamed(self, quote: Quote, missing: Checked, *, propose: bool) -> Checked:
        """Look for a quote whose key nothing has any more in the documents that have its record or its path."""
        for document in self._library.documents():
            if _is_same_work(quote, document):
                body = self._body(document)
                checked = self._checked(quote, document, body, propose=propose)
                if checked.verdict.status is QuoteStatus.OK:
                    moved = checked.verdict._replace(status=QuoteStatus.MOVED)
                    checked = Checked(quote, moved, reanchor.propose(quote, body) if propose else None, document)
                if checked.verdict.status is QuoteStatus.MOVED or checked.proposal is not None:
                    return checked
        return missing


def _is_same_work(quote: Quote, document: Document) -> bool:
    """Say whether a document is the one that a quote was cut from, under another key."""
    for name in ("DOI", "URL", "ISBN"):
        if quote.record.get(name) and quote.record.get(name) == document.record.get(name):
            return True
    return document.path == quote.path or (document.title, document.date) == (quote.title, quote.date)


def _without_words(quote: Quote, document: Document | None) -> Verdict | None:
    """Give the verdict on a quote that its document's words cannot change, or None."""
    if document is None or document.status is Status.UNREADABLE:
        return Verdict(QuoteStatus.SOURCE_MISSING)
    is_digest = document.kind is Kind.DIGEST
    if quote.kind is QuoteKind.PARAPHRASE and (not is_digest or document.status is Status.REPLACED):
        return Verdict(QuoteStatus.SOURCE_REPLACED)
    if quote.kind is QuoteKind.VERBATIM and is_digest:
        return Verdict(QuoteStatus.SOURCE_MISSING)
    return None


def _in_body(quote: Quote, body: Body) -> Verdict:
    home = body.span(quote.address.first, quote.address.last)
    expected = quote.start + (len(body.text) if home is None else home.start)
    if home is not None and stands(body.text, quote.text, expected, whole=is_whole(quote)):
        here = _verdict(QuoteStatus.OK, body, expected, quote)
        if (here.address, here.end) == (quote.address, quote.end):
            return here
    starts = [span.start for span in islice(exact(body.text, quote.text, whole=is_whole(quote)), _MOST_CANDIDATES)]
    if not starts:
        return Verdict(QuoteStatus.ALTERED)
    return _verdict(QuoteStatus.MOVED, body, _best(starts, quote, body, expected), quote)


def _best(starts: list[int], quote: Quote, body: Body, expected: int) -> int:
    """Give the place whose surroundings are the quote's own, and of equals the nearest to where it was."""

    def rank(start: int) -> tuple[int, int]:
        stop = start + len(quote.text)
        alike = body.text.endswith(quote.prefix, 0, start) + body.text.startswith(quote.suffix, stop)
        return alike, -abs(start - expected)

    return max(starts, key=rank)


def _verdict(found: QuoteStatus, body: Body, start: int, quote: Quote) -> Verdict:
    stop = start + len(quote.text)
    address = body.address(Span(start, stop))
    return Verdict(found, address, start - body.at(start)[1], stop - body.at(stop - 1)[1])
