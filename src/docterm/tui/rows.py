"""How documents, hits and quotes look in a list: foreign text only ever as Content, never as markup."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from docterm.library.model import Document, Kind, Passage, Place
from docterm.text import Span, counted
from docterm.tui.session import Spot
from docterm.tui.widgets.row_list import Line, ListRow

if TYPE_CHECKING:
    from docterm.library.duplicates import Twin
    from docterm.quotes.model import Quote
    from docterm.quotes.themes.codebook import Code
    from docterm.quotes.themes.coding import Coding
    from docterm.search.results import Hit

QUOTE_WIDTH = 160
PASSAGE_WIDTH = 320


def about(document: Document) -> str:
    """Give who speaks, when, and what kind of text it is, in one line."""
    kind = "" if document.kind is Kind.DOCUMENT else document.kind.value
    return " · ".join(part for part in (document.speaker, document.date, kind) if part)


def document_row(document: Document, twins: Sequence[Twin] = ()) -> ListRow:
    """Give the row of a document: its title, and a quiet line about it; at its end what was left out of it."""
    facts = [about(document), counted(document.words, "word"), document.key, *map(str, twins[:1]), *document.notes]
    lines = [[(document.title, "title")], _quiet(facts)]
    return ListRow(document.key, lines, " ".join((document.title, document.speaker, document.key, document.date)))


def hit_row(hit: Hit, width: int) -> ListRow:
    """Give the row of a hit: source, date and paragraph, and a snippet with what was found marked."""
    from docterm.search.snippet import snippet  # here: the first screen lists documents

    cut = snippet(hit.passage.text, hit.spans, max(2 * width - 12, 20))
    said = " · ".join(part for part in (hit.document.speaker, hit.document.date) if part)
    head = [(hit.place, "address"), (f"  {said}", "quiet")]
    text = " ".join((hit.passage.text, hit.document.title))
    return ListRow(f"{hit.document.key}\n{hit.passage.index}", [head, marked(cut.text, cut.spans)], text)


def passage_row(passage: Passage, spans: Sequence[Span] = (), about: str = "") -> ListRow:
    """Give the row of a passage: its address and a quiet word about it, and the part of it around `spans`, marked."""
    from docterm.search.snippet import snippet  # here, as above

    cut = snippet(passage.text, spans, PASSAGE_WIDTH)
    head = [(passage.address or passage.key, "address"), (f"  {about}" if about else "", "quiet")]
    return ListRow(f"{passage.key}\n{passage.index}", [head, marked(cut.text, cut.spans)], passage.text)


def subject_heading(text: str) -> ListRow:
    """Give the heading of subjects of a kind, above the columns of their counts."""
    return ListRow("", [[("  A |   B  ", "quiet"), (text, "heading")]], is_heading=True)


def subject_row(row_id: str, name: str, counts: tuple[int, int] | None, *, is_kept: bool) -> ListRow:
    """Give the row of a subject: how many passages of each side are on it, when that is known, and its name."""
    left, right = ("", "") if counts is None else (f"{counts[0]:,}", f"{counts[1]:,}")
    line = [
        (f"{left:>3} | {right:>3}  ", "address"),
        (name, "title" if is_kept else ""),
        ("  kept" if is_kept else "", "quiet"),
    ]
    return ListRow(row_id, [line], name)


def spot_of(row_id: str) -> Spot:
    """Give the start of the passage that a row stands for, the row of a hit or of a passage."""
    key, _, index = row_id.partition("\n")
    return Spot(key, Place(int(index), 0))


def choice_row(id: str, title: str, about: str) -> ListRow:  # noqa: A002 - as ListRow has it
    """Give a row to choose: what it is, and a quiet word about it."""
    return ListRow(id, [[(title, "title"), (f"  {about}", "quiet")]], f"{title} {about}")


def quote_heading(quotes: Sequence[Quote]) -> ListRow:
    """Give the heading of a document's quotes: its title, and a quiet line with source, date and their number."""
    from docterm.library.bibliography.records import issued, source  # here, as above

    first = quotes[0]
    facts = [source(first.record), issued(first.record), first.key, counted(len(quotes), "quote")]
    return ListRow("", [[(first.title or first.key, "heading")], _quiet(facts)], is_heading=True)


def plain_heading(name: str, count: int) -> ListRow:
    """Give the heading of a group of quotes that have something in common."""
    return ListRow(
        "", [[(name or "not checked yet", "heading"), (f"  {counted(count, 'quote')}", "quiet")]], is_heading=True
    )


def quote_row(quote: Quote, status: str, *, selected: bool = False, document: bool = False) -> ListRow:
    """Give the row of a quote: its words, and a quiet line with place, kind, status, tags and note.

    With `document` the place names it: no heading does.
    """
    text = _words(quote.text)
    facts = [
        str(quote.address) if document else f"para. {quote.address.first}",
        quote.kind.value,
        status,
        " ".join(f"#{tag}" for tag in quote.tags),
        quote.note.replace("\n", " "),
    ]
    found_by = " ".join((quote.text, quote.title, quote.key, quote.note, *quote.tags))
    return ListRow(quote.id, [[("● ", "hit"), (text, "")] if selected else [(text, "")], _quiet(facts)], found_by)


def theme_heading(code: Code, count: int) -> ListRow:
    """Give the heading of a code: its name, its key, and how many words have it."""
    named = f"{code.name} ({code.key})" if code.key else code.name
    return ListRow("", [[(f"{named}: {count}", "heading")]], is_heading=True)


def coding_row(coding: Coding) -> ListRow:
    """Give the row of a coding: its words, and a quiet line with place and memo."""
    cut = coding.cut
    text = _words(cut.text)
    facts = [str(cut.address), coding.memo.replace("\n", " ")]
    return ListRow(coding.id, [[(text, "")], _quiet(facts)], " ".join((cut.text, coding.code, coding.memo)))


def name_row(row_id: str, name: str) -> ListRow:
    """Give the row of something by its id and its name."""
    return ListRow(row_id, [[(name, ""), (f"  {row_id}", "quiet")]], f"{name} {row_id}")


def _quiet(facts: Sequence[str]) -> Line:
    return [(f"  {' · '.join(fact for fact in facts if fact)}", "quiet")]


def marked(text: str, spans: Sequence[Span]) -> Line:
    """Give a line of text with `spans` of it marked as hits."""
    pieces: list[tuple[str, str]] = []
    end = 0
    for span in spans:
        pieces += [(text[end : span.start], ""), (text[span.start : span.end], "hit")]
        end = span.end
    return [*pieces, (text[end:], "")]


def _words(text: str) -> str:
    """Give what was cut as one line, of at most QUOTE_WIDTH characters."""
    line = text.replace("\n", " ")
    return line if len(line) <= QUOTE_WIDTH else f"{line[: QUOTE_WIDTH - 1]}…"
