"""How documents, hits and quotes look in a list: foreign text only ever as Content, never as markup."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from docterm.library.model import Document, Kind
from docterm.text import Span, counted
from docterm.tui.widgets.row_list import ListRow

if TYPE_CHECKING:
    from docterm.quotes.model import Quote
    from docterm.quotes.verify import QuoteStatus
    from docterm.search.service import Hit

HIT_STYLE = "bold $text-warning"
ADDRESS_STYLE = "$text-primary"
QUIET = "dim"
QUOTE_WIDTH = 160


def about(document: Document) -> str:
    """Give who speaks, when, and what kind of text it is, in one line."""
    kind = "" if document.kind is Kind.DOCUMENT else document.kind.value
    return " · ".join(part for part in (document.speaker, document.date, kind) if part)


def document_row(document: Document) -> ListRow:
    """Give the row of a document: its title, and a quiet line about it."""
    facts = [about(document), counted(document.words, "word"), document.key]
    content = Content.assemble(
        (document.title, "bold"), "\n", ("  " + " · ".join(fact for fact in facts if fact), QUIET)
    )
    return ListRow(document.key, content, " ".join((document.title, document.speaker, document.key, document.date)))


def hit_row(hit: Hit, width: int) -> ListRow:
    """Give the row of a hit: source, date and paragraph, and a snippet with what was found marked."""
    from docterm.search.snippet import snippet  # here: the first screen lists documents

    cut = snippet(hit.passage.text, hit.spans, max(2 * width - 6, 20))
    said = " · ".join(part for part in (hit.document.speaker, hit.document.date) if part)
    head = [(str(hit.passage.address), ADDRESS_STYLE), (f"  {said}", QUIET)]
    content = Content.assemble(*head, "\n", _marked(cut.text, cut.spans))
    return ListRow(
        f"{hit.document.key}\n{hit.passage.index}", content, " ".join((hit.passage.text, hit.document.title))
    )


def quote_row(quote: Quote, status: QuoteStatus | None) -> ListRow:
    """Give the row of a quote: its words, and a quiet line with address, kind, status, tags and note."""
    text = quote.text.replace("\n", " ")
    text = text if len(text) <= QUOTE_WIDTH else f"{text[: QUOTE_WIDTH - 1]}…"
    facts = [
        f"{quote.key}, para. {quote.address.first}",
        quote.kind.value,
        status.value if status is not None else "",
        " ".join(f"#{tag}" for tag in quote.tags),
        quote.note.replace("\n", " "),
    ]
    content = Content.assemble(text, "\n", ("  " + " · ".join(fact for fact in facts if fact), QUIET))
    return ListRow(quote.id, content, " ".join((quote.text, quote.title, quote.key, quote.note, *quote.tags)))


def _marked(text: str, spans: Sequence[Span]) -> Content:
    content = Content(text)
    for span in spans:
        content = content.stylize(HIT_STYLE, span.start, span.end)
    return content
