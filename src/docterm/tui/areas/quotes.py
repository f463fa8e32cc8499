"""Area 5: the quotes that were collected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from docterm.errors import DoctermError
from docterm.quotes.citation import cite
from docterm.quotes.form import Form
from docterm.quotes.model import Quote
from docterm.quotes.reference import reference
from docterm.quotes.verify import Checked, QuoteStatus
from docterm.text import counted, label
from docterm.tui.areas.quote_actions import QuoteActions
from docterm.tui.messages import OpenSpot
from docterm.tui.quote_view import Grouping, Narrowed, Pieces, facets, in_paragraph, list_rows, used_words
from docterm.tui.session import Session
from docterm.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from docterm.quotes.check.manuscripts import Uses

EMPTY = "No quote is saved yet. In a document, `v` selects, `a s` takes the sentence, `y` saves it with its citation."


class QuotesArea(QuoteActions):
    """The notebook's quotes, in groups or in an order of one's own, with the highlighted one in full beside them."""

    @dataclass
    class Verified(Message):
        """Every quote was held against its source."""

        statuses: Mapping[str, str]
        uses: Uses | None

    @dataclass
    class Looked(Message):
        """The highlighted quote was looked for in its source, and cited in the chosen style."""

        checked: Checked | None
        quote: Quote
        cited: str

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.list = RowList(id="quote-list", empty=EMPTY)
        self.detail = Static("", id="quote", markup=False)
        self._looked: QuotesArea.Looked | None = None

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield self.list
            with VerticalScroll(id="quote-pane", can_focus=False):
                yield self.detail
        yield self.status

    def on_mount(self) -> None:
        """Show what the notebook holds."""
        self.notebook_changed()

    def enter(self) -> None:
        self.notebook_changed()

    def library_changed(self) -> None:
        self.notebook_changed()

    def notebook_changed(self) -> None:
        self._looked = None
        self.show()
        self._verify()

    @work(thread=True, group="verify", exclusive=True)
    def _verify(self) -> None:
        try:
            self.session.notebook.refresh()
            statuses = self.session.statuses()
            uses = self.session.used(self.session.notebook.quotes())
        except DoctermError as error:
            self.app.notify(str(error), title="Not checked", severity="error", markup=False)
        else:
            self.post_message(self.Verified(statuses, uses))

    @on(Verified)
    def _verified(self, event: Verified) -> None:
        event.stop()
        self.statuses, self.uses = event.statuses, event.uses
        self.show()

    # --- the list --------------------------------------------------------------------------------

    def listed(self) -> list[Quote]:
        """Give the quotes that are listed, in the notebook's order."""
        quotes = self.session.notebook.quotes()
        if not self.narrowed.facet:
            return list(quotes)
        return [
            quote
            for quote in quotes
            if self.narrowed in facets(quote, self.statuses.get(quote.id, ""), used_words(self.uses, quote))
        ]

    def show(self) -> None:
        quotes, every = self.listed(), self.session.notebook.quotes()
        self.selected &= {quote.id for quote in every}
        self.list.set_rows(list_rows(quotes, self.grouping, self.statuses, self.uses, self.selected))
        self._show_detail()
        count = (
            counted(len(every), "quote") if len(quotes) == len(every) else f"{len(quotes):,} of {len(every):,} quotes"
        )
        parts = [count, f"{len(self.selected):,} selected" if self.selected else "", str(self.narrowed)]
        parts += ["" if self.grouping is Grouping.DOCUMENT else self.grouping.value, label(self.session.notebook.path)]
        self.say(" · ".join(part for part in [*parts, *self.session.notebook.problems[:1]] if part))

    def back(self) -> bool:
        if super().back():
            return True
        if self.narrowed.facet:
            self.narrowed = Narrowed()
            self.show()
            return True
        return False

    @property
    def current_key(self) -> str | None:
        quote = self.quote()
        return None if quote is None else quote.key

    def quote(self) -> Quote | None:
        return next((quote for quote in self.session.notebook.quotes() if quote.id == self.list.row_id), None)

    @on(RowList.Highlighted)
    def _highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()
        self._show_detail()

    # --- the quote in full -----------------------------------------------------------------------

    def _show_detail(self) -> None:
        """Show the highlighted quote at once, and what takes time to find out when it is known."""
        quote = self.quote()
        if quote is None:
            self.detail.update("")
            return
        known = self._looked if self._looked is not None and self._looked.quote == quote else None
        self.detail.update(Content.assemble(*self._in_full(quote, known)))
        left = self.statuses.get(quote.id, "ok") not in ("", "ok", QuoteStatus.SOURCE_REPLACED.value)
        if known is None and (left or self.session.style):
            self._look(quote, left)

    @work(thread=True, group="look", exclusive=True)
    def _look(self, quote: Quote, left: bool) -> None:
        from docterm.quotes.manuscript import Wishes, write_out

        style = self.session.style
        try:
            cited = write_out([quote], Form.TEXT, Wishes(style)).text if style else ""
            checked = self.session.verify([quote])[0] if left else None
        except DoctermError as error:
            self.app.notify(str(error), title="Not checked", severity="error", markup=False)
        else:
            self.post_message(self.Looked(checked, quote, cited))

    @on(Looked)
    def _found(self, event: Looked) -> None:
        event.stop()
        self._looked = event
        if event.quote == self.quote():
            self.detail.update(Content.assemble(*self._in_full(event.quote, event)))

    def _in_full(self, quote: Quote, looked: Looked | None) -> Pieces:
        parts: Pieces = [(quote.title, "bold"), "\n\n", *in_paragraph(quote), "\n\n"]
        if looked is not None and looked.cited:
            parts.append(looked.cited)
        else:
            parts += [cite(quote, Form.TEXT), "\n\n", (reference(quote.record), "dim")]
        if looked is not None and looked.checked is not None:
            parts += _proposed(looked.checked)
        captured = "" if quote.captured is None else f"{quote.captured.address}, as “{label(quote.captured.text)}”"
        for name, value in (
            ("Note", quote.note),
            ("Tags", ", ".join(quote.tags)),
            ("Kind", quote.kind.value),
            ("Altered", _altered(quote)),
            ("Whose words", _speaker(quote)),
            ("Status", self.statuses.get(quote.id, "")),
            ("Captured from", captured),
            ("Manuscript", self._used(quote)),
            ("Style", self.session.style),
            ("Saved", quote.created[:16].replace("T", " ")),
        ):
            if value:
                parts += [(f"\n\n{name}: ", "dim"), value]
        return parts

    def _used(self, quote: Quote) -> str:
        places = [f"{label(use.path.name)}:{use.line}" for use in self.uses.of(quote)] if self.uses else []
        return ", ".join([used_words(self.uses, quote), *places])

    @on(RowList.Chosen)
    def _opened(self, event: RowList.Chosen) -> None:
        event.stop()
        quote = self.quote()
        if quote is None:
            return
        status, spot = self.session.find_quote(quote)
        if spot is None:
            self.notify(f"{quote.key} is not in this library any more.", severity="warning", markup=False)
        else:
            if status is not QuoteStatus.OK:
                self.notify(f"This quote is {status.value} in its source.", severity="warning", markup=False)
            self.post_message(OpenSpot(spot))


def _speaker(quote: Quote) -> str:
    if quote.attribution is None:
        return ""
    return quote.attribution.speaker or "the source's own"


def _altered(quote: Quote) -> str:
    counts = Counter(each.op.value for each in quote.alterations)
    listed = ", ".join(f"{count} {name}" for name, count in counts.items())
    return f"{listed}; the captured words stand above as they are" if listed else ""


def _proposed(checked: Checked) -> Pieces:
    """Say what changed in a quote's words, and where they stand now."""
    from docterm.quotes.difference import shown

    proposal = checked.proposal
    if proposal is None:
        return [("\n\nGone: ", "bold"), "its words were not found. The quote keeps them, with their paragraph."]
    parts: Pieces = [("\n\nNow: ", "bold"), shown(proposal.difference)]
    parts += [("\n\nProposed: ", "bold"), f"{proposal.address}, {proposal.said}. "]
    refused = "A “not” was dropped or added: this says something else, and cannot be accepted."
    return [*parts, refused if proposal.denies_otherwise else "`U` cites it there."]
