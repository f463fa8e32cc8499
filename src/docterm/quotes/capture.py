"""Cutting a quote from a document: by places (`cut`) or by its words (`find`)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime

from docterm.errors import QuoteError
from docterm.library.model import Address, Document, Kind, Passage, Place
from docterm.quotes.anchor import Body, first_span
from docterm.quotes.model import CONTEXT_LENGTH, Anchor, Quote, QuoteKind, frozen_record
from docterm.quotes.ulid import new_ulid
from docterm.text import Span, label

_SHOWN = 80
_NO_WORDS = "There are no words to quote."


def cut(document: Document, passages: Sequence[Passage], start: Place, end: Place) -> Quote:
    """Cut the quote between two places of a document's passages, in either order.

    White space around the selection is trimmed, and passages without a paragraph number are left out.
    Raises QuoteError when nothing is selected, when only such passages or no word are, or when a place does not exist.
    """
    start, end = sorted((_existing(passages, start), _existing(passages, end)))
    body = Body.of(passages)
    first = _offset_from(body, start)
    last = _offset_to(body, end)
    span = _trim(body.text, Span(first, max(first, last)))
    if span.start == span.end:
        raise _nothing_selected(passages, start, end)
    if not _has_words(body.text[span.start : span.end]):
        raise QuoteError(_NO_WORDS, "Select a word or more.")
    return _quote(document, body, span)


def find(document: Document, passages: Sequence[Passage], address: Address, words: str) -> Quote:
    """Cut the first place in `address` that has exactly `words`.

    Where the words stand only with other typography, spacing or case, the source's own characters are
    saved. Raises QuoteError when the address is not in the document, when it does not have the words,
    or when they stand there only inside a longer word.
    """
    body = Body.of(passages)
    wanted = _paragraphs(document, body, address)
    words = words.strip()
    if not _has_words(words):
        raise QuoteError(_NO_WORDS, f"Give the words as they stand in {address}.")
    span = first_span(body.text[wanted.start : wanted.end], words)
    if span is None:
        raise _words_missing(body, address, wanted, words)
    return _quote(document, body, Span(wanted.start + span.start, wanted.start + span.end))


def _has_words(text: str) -> bool:
    return any(char.isalnum() for char in text)


# --- the selection -------------------------------------------------------------------------------


def _existing(passages: Sequence[Passage], place: Place) -> Place:
    if not 0 <= place.passage < len(passages) or not 0 <= place.offset <= len(passages[place.passage].text):
        raise QuoteError("The selection reaches beyond the document.", "Select again; the document may have changed.")
    return place


def _offset_from(body: Body, place: Place) -> int:
    """Give where a selection from `place` on begins in the body: a passage outside it gives way to the next."""
    index = bisect_left(body.positions, place.passage)
    if index == len(body.positions):
        return len(body.text)
    return body.starts[index] + (place.offset if body.positions[index] == place.passage else 0)


def _offset_to(body: Body, place: Place) -> int:
    """Give where a selection up to `place` ends in the body: a passage outside it gives way to the one before."""
    index = bisect_right(body.positions, place.passage) - 1
    if index < 0:
        return 0
    inside = body.positions[index] == place.passage
    return body.starts[index] + (place.offset if inside else len(body.passages[index].text))


def _trim(text: str, span: Span) -> Span:
    chosen = text[span.start : span.end]
    start = span.start + len(chosen) - len(chosen.lstrip())
    return Span(start, max(start, span.start + len(chosen.rstrip())))


def _nothing_selected(passages: Sequence[Passage], start: Place, end: Place) -> QuoteError:
    for index in range(start.passage, end.passage + 1):
        text = passages[index].text
        left = start.offset if index == start.passage else 0
        right = end.offset if index == end.passage else len(text)
        if text[left:right].strip():
            return QuoteError(
                "Captions, headings and other text beside the body have no paragraph number to cite.",
                "Select words of a numbered paragraph.",
            )
    return QuoteError("Nothing is selected.", "Select the words to quote first.")


# --- the words -----------------------------------------------------------------------------------


def _paragraphs(document: Document, body: Body, address: Address) -> Span:
    if address.key != document.key:
        raise QuoteError(f"{address} is not an address in {document.key}.", f"Write {document.key}:N.")
    span = body.span(address.first, address.last)
    if span is None and body.passages:
        last = body.passages[-1].number
        raise QuoteError(f"{address} does not exist.", f"{document.key} has the paragraphs 1 to {last}.")
    if span is None:
        raise QuoteError(f"{address} does not exist.", f"{document.key} has no numbered paragraphs to quote.")
    return span


def _words_missing(body: Body, address: Address, wanted: Span, words: str) -> QuoteError:
    shown = label(words, _SHOWN)
    if first_span(body.text[wanted.start : wanted.end], words, whole=False) is not None:
        return QuoteError(f"{address} has “{shown}” only inside a longer word.", "Quote whole words.")
    elsewhere = first_span(body.text, words)
    if elsewhere is not None:
        return QuoteError(f"{address} does not have the words “{shown}”.", f"They stand in {body.address(elsewhere)}.")
    return QuoteError(
        f"{address} does not have the words “{shown}”.",
        f"Quote them exactly as they stand there: docterm show {address}",
    )


# --- the quote -----------------------------------------------------------------------------------


def anchored(body: Body, span: Span) -> Anchor:
    """Give the words at a span of a document's body, with all that is needed to find them again."""
    first, first_start = body.at(span.start)
    last, last_start = body.at(span.end - 1)
    last_end = last_start + len(last.text)
    return Anchor(
        text=body.text[span.start : span.end],
        address=body.address(span),
        start=span.start - first_start,
        end=span.end - last_start,
        prefix=body.text[max(first_start, span.start - CONTEXT_LENGTH) : span.start],
        suffix=body.text[span.end : min(last_end, span.end + CONTEXT_LENGTH)],
        context=body.text[first_start:last_end],
        locator=first.locator,
    )


def _quote(document: Document, body: Body, span: Span) -> Quote:
    return Quote(
        id=new_ulid(),
        kind=QuoteKind.PARAPHRASE if document.kind is Kind.DIGEST else QuoteKind.VERBATIM,
        **anchored(body, span)._asdict(),
        record=frozen_record(document.record),
        title=document.title,
        source=document.source,
        date=document.date,
        path=document.path,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
    )
