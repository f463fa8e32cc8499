"""How quotes are grouped, narrowed and shown in full: what area 5 makes of them, without a widget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from docterm.quotes.alterations import Alteration, Op, pieces
from docterm.quotes.model import Quote
from docterm.text import label
from docterm.tui.rows import choice_row, plain_heading, quote_heading, quote_row
from docterm.tui.widgets.row_list import ListRow

if TYPE_CHECKING:
    from docterm.quotes.check.manuscripts import Uses

AROUND = 500
"""Code points of a paragraph that are shown before and behind a quote in it."""
UNTAGGED = "no tag"
Pieces = list[str | tuple[str, str]]


class Grouping(StrEnum):
    """How quotes stand in the list; the value is how the status line says it."""

    DOCUMENT = "by document"
    TAG = "by tag"
    STATUS = "by status"
    OWN = "in your own order"


class Narrowed(NamedTuple):
    """To what the list is narrowed: a facet and its value, both empty for nothing."""

    facet: str = ""
    value: str = ""

    def __str__(self) -> str:
        return f"{self.facet}: {label(self.value)}" if self.facet else ""


def used_words(uses: Uses | None, quote: Quote) -> str:
    """Say how often the linked manuscripts use a quote: `used 2x`, `unused`; nothing where none is linked."""
    if uses is None:
        return ""
    found = uses.of(quote)
    return f"used {len(found)}x" if found else "unused"


def facets(quote: Quote, status: str, used: str = "") -> Iterator[Narrowed]:
    """Give what a quote can be found by."""
    if used:
        yield Narrowed("manuscript", "unused" if used == "unused" else "used")
    yield from (Narrowed("tag", tag) for tag in quote.tags or (UNTAGGED,))
    yield Narrowed("document", quote.key)
    if status:
        yield Narrowed("status", status.partition(" to ")[0])
    yield Narrowed("kind", quote.kind.value)
    yield Narrowed("note", "with a note" if quote.note else "without a note")


def facet_rows(quotes: Sequence[Quote], statuses: Mapping[str, str], uses: Uses | None) -> list[ListRow]:
    """Give a row for everything that quotes can be narrowed to, with how many there are."""
    counts = Counter(
        facet for quote in quotes for facet in facets(quote, statuses.get(quote.id, ""), used_words(uses, quote))
    )
    order = ["tag", "document", "status", "manuscript", "kind", "note"]
    ranked = sorted(counts, key=lambda each: (order.index(each.facet), -counts[each], each.value))
    return [choice_row(f"{each.facet}\n{each.value}", str(each), f"{counts[each]:,}") for each in ranked]


def list_rows(
    quotes: Sequence[Quote],
    grouping: Grouping,
    statuses: Mapping[str, str],
    uses: Uses | None,
    selected: Collection[str],
) -> list[ListRow]:
    """Give the rows of quotes below the headings of their groups. A quote with two tags stands below both."""
    apart = grouping is not Grouping.DOCUMENT

    def row(quote: Quote) -> ListRow:
        status = " · ".join(part for part in (statuses.get(quote.id, ""), used_words(uses, quote)) if part)
        return quote_row(quote, status, selected=quote.id in selected, document=apart)

    if grouping is Grouping.OWN:
        return [row(quote) for quote in quotes]
    groups: dict[str, list[Quote]] = {}
    for quote in sorted(quotes, key=_place) if grouping is Grouping.DOCUMENT else quotes:
        for name in _groups(quote, grouping, statuses):
            groups.setdefault(name, []).append(quote)
    rows: list[ListRow] = []
    first = {name: number for number, name in enumerate(dict.fromkeys(quote.key for quote in quotes))}
    names = sorted(groups, key=lambda name: first[name]) if grouping is Grouping.DOCUMENT else sorted(groups)
    for name in names:
        group = groups[name]
        rows.append(plain_heading(name, len(group)) if apart else quote_heading(group))
        rows += map(row, group)
    return rows


def _groups(quote: Quote, grouping: Grouping, statuses: Mapping[str, str]) -> Sequence[str]:
    if grouping is Grouping.TAG:
        return quote.tags or (UNTAGGED,)
    if grouping is Grouping.STATUS:
        return (statuses.get(quote.id, "").partition(" to ")[0],)
    return (quote.key,)


def _place(quote: Quote) -> tuple[int, int]:
    return quote.address.first, quote.start


def in_paragraph(quote: Quote) -> Pieces:
    """Give the paragraph of a quote, as it is kept with the quote, with the quote in it lit."""
    start, end = quote.start, quote.start + len(quote.text)
    before, behind = quote.context[:start], quote.context[end:]
    if len(before) > AROUND:
        before = f"…{before[-AROUND:].partition(' ')[2]}"
    if len(behind) > AROUND:
        behind = f"{behind[:AROUND].rpartition(' ')[0]}…"
    return [(before, "dim"), (quote.context[start:end], "bold $text-warning on $warning-muted"), (behind, "dim")]


def altered_words(text: str, operations: Sequence[Alteration], sign: str = "…") -> Pieces:
    """Give the words of a quote as its alterations leave them, what was altered lit."""
    styles = {None: "", Op.EMPHASIS: "italic $text-warning"}
    return [(piece.text, styles.get(piece.op, "bold $text-warning")) for piece in pieces(text, operations, sign)]
