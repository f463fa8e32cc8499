"""The quotations of a manuscript, and the citations that belong to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice, pairwise

from docterm.quotes.check.citations import behind, resolved, trailing
from docterm.quotes.check.draft import Draft
from docterm.quotes.check.marks import marked
from docterm.quotes.check.prose import CLOSE, OPEN, Cited, Paragraph
from docterm.text import Span, words

MOST = 20_000
"""Quotations of a draft that are given; of one more the caller learns that there are more."""
LONGEST = 50_000
"""Characters of a quotation; one that is longer is cut there, and says so."""
_AROUND = f" \t\n\u00a0\u202f{OPEN}{CLOSE}"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that a manuscript quotes."""

    span: Span
    """Where they stand in the text of the draft, the marks around them excluded."""
    line: int
    text: str
    """The span cut out of the draft, mark-up and line ends included."""
    words: str
    """The same as a reader sees it."""
    is_block: bool
    closed: bool
    """False when no mark closes it, or it is too long: it then ends with its paragraph, or is cut."""
    citations: tuple[Cited, ...] = ()
    is_directly_cited: bool = False
    """Whether its citation stands right behind it, not only somewhere in its sentence."""

    @property
    def length(self) -> int:
        """The number of its words."""
        return len(words(self.words))


def quotations(draft: Draft) -> Iterator[Quotation]:
    """Give the quotations of a draft in order: those in quotation marks, and those that are set apart.

    A citation belongs to a quotation when it stands in the same sentence, of several the first behind it; to one that
    is set apart, when it stands in it, right behind it, or in the sentence that leads to it.
    """
    return iter(sorted(islice(_in_order_of_paragraphs(draft), MOST + 1), key=lambda quotation: quotation.span))


def _in_order_of_paragraphs(draft: Draft) -> Iterator[Quotation]:
    read = resolved(draft.paragraphs)
    place = 0
    for block, group in groupby(read, lambda paragraph: paragraph.block):
        run = list(group)
        before, after = read[place - 1 : place] if place else [], read[place + len(run) : place + len(run) + 1]
        place += len(run)
        yield from _of_block(draft, run, before, after) if block else _of_text(draft, run, after)


def _of_text(draft: Draft, run: Sequence[Paragraph], after: Sequence[Paragraph]) -> Iterator[Quotation]:
    """Give the quotations of running text."""
    found: list[Quotation] = []
    going_on: list[int] = []
    for paragraph, following in zip(run, [*run[1:], *after, None], strict=False):
        if len(found) > MOST:
            break
        places = _places(paragraph.text)[: MOST + 1]
        for (span, closed), (cited, direct) in zip(
            places, behind(paragraph, [span for span, _ in places]), strict=True
        ):
            goes_on = not closed and following is not None and _opens_alike(paragraph.text, span, following.text)
            if goes_on:
                going_on.append(len(found))
            found.append(_quotation(draft, paragraph, span, cited, closed=closed or goes_on, direct=direct))
    for index in reversed(going_on):  # of one that goes on in the next paragraph the citation stands at its end
        if not found[index].citations and index + 1 < len(found):
            found[index] = replace(found[index], citations=found[index + 1].citations)
    yield from found


def _of_block(
    draft: Draft, run: Sequence[Paragraph], before: Sequence[Paragraph], after: Sequence[Paragraph]
) -> Iterator[Quotation]:
    """Give the quotations of a block, as a rule one for each paragraph."""
    ends = [trailing(paragraph) for paragraph in run]
    cited = tuple(each for paragraph in run for each in paragraph.citations if not each.said)
    cited += tuple(each for _, said in ends for each in said)
    if not cited and after and (at := after[0].citations[:1]) and _is_empty(after[0].text[: at[0].at]):
        cited = tuple(each for each in after[0].citations if each.at == at[0].at)
    if not cited and before:
        text = before[0].text
        others = [span for span, _ in _places(text)]
        *_, (cited, _) = behind(before[0], [*others, Span(len(text) + 1, len(text) + 1)])
    for paragraph, (end, _) in zip(run, ends, strict=True):
        text = paragraph.text[:end]
        places = _places(text)
        rest = "".join(text[one.end : other.start] for (one, _), (other, _) in _gaps(places, len(text)))
        if not places or not _is_empty(rest):
            places = [(span, True)] if (span := _trimmed(text, Span(0, end))) is not None else []
        for span, closed in places:
            yield _quotation(draft, paragraph, span, cited, closed=closed, direct=True, is_block=True)


def _gaps(places: list[tuple[Span, bool]], length: int) -> Iterator[tuple[tuple[Span, bool], tuple[Span, bool]]]:
    """Give each two neighbours among the quotations of a paragraph, its beginning and end included."""
    edges = [(Span(0, 0), True), *places, (Span(length, length), True)]
    yield from pairwise(edges)


def _places(text: str) -> list[tuple[Span, bool]]:
    """Give where the quotations of a paragraph stand, and whether they are closed."""
    trimmed = ((_trimmed(text, Span(each.start, each.end)), each.closed) for each in marked(text))
    return [(span, closed) for span, closed in trimmed if span is not None]


def _trimmed(text: str, span: Span) -> Span | None:
    """Give a span without the white space around it, None where no word is left."""
    inside = text[span.start : span.end]
    start = span.start + len(inside) - len(inside.lstrip(_AROUND))
    end = span.end - len(inside) + len(inside.rstrip(_AROUND))
    return Span(start, end) if any(char.isalnum() for char in inside) else None


def _opens_alike(text: str, span: Span, following: str) -> bool:
    """Say whether a quotation that ends with its paragraph goes on in the next, which opens with the same mark."""
    mark = text[: span.start].rstrip(_AROUND.replace(OPEN, ""))[-1:]
    return mark != "" and following.lstrip().startswith(mark)


def _is_empty(text: str) -> bool:
    return not any(char.isalnum() for char in text)


def _quotation(
    draft: Draft,
    paragraph: Paragraph,
    span: Span,
    cited: tuple[Cited, ...],
    *,
    closed: bool,
    direct: bool,
    is_block: bool = False,
) -> Quotation:
    end = min(span.end, span.start + LONGEST)
    raw = paragraph.raw(span.start, end)
    text, seen = draft.text[raw.start : raw.end], paragraph.text[span.start : end]
    return Quotation(raw, draft.line(raw.start), text, seen, is_block, closed and end == span.end, cited, direct)
