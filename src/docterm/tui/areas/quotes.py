"""Area 5: the quotes that were collected."""

from __future__ import annotations

from collections.abc import Callable, Mapping

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
from docterm.quotes.verify import QuoteStatus
from docterm.text import counted, label
from docterm.tui.areas.area import ListArea
from docterm.tui.bindings import bindings
from docterm.tui.dialogs.ask import Ask
from docterm.tui.messages import CopyQuotes, NotebookChanged, OpenSpot
from docterm.tui.rows import quote_heading, quote_row
from docterm.tui.session import Session
from docterm.tui.widgets.row_list import ListRow, RowList

EMPTY = "No quote is saved yet. In a document, `v` selects, `a s` takes the sentence, `y` saves it with its citation."


class QuotesArea(ListArea):
    """The notebook's quotes, grouped by document, with the highlighted one in full beside them."""

    NAME = "quotes"
    BINDINGS = bindings("quotes.")

    class Verified(Message):
        """Every quote was held against its source."""

        def __init__(self, statuses: Mapping[str, str]) -> None:
            super().__init__()
            self.statuses = statuses

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.list = RowList(id="quote-list", empty=EMPTY)
        self.detail = Static("", id="quote", markup=False)
        self._statuses: Mapping[str, str] = {}

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
        self._show()
        self._verify()

    @work(thread=True, group="verify", exclusive=True)
    def _verify(self) -> None:
        try:
            self.session.notebook.refresh()
            statuses = self.session.statuses()
        except DoctermError as error:
            self.app.notify(str(error), title="Not checked", severity="error", markup=False)
        else:
            self.post_message(self.Verified(statuses))

    @on(Verified)
    def _verified(self, event: Verified) -> None:
        event.stop()
        self._statuses = event.statuses
        self._show()

    def _show(self) -> None:
        quotes = self.session.notebook.quotes()
        by_document: dict[str, list[Quote]] = {}
        for quote in quotes:
            by_document.setdefault(quote.key, []).append(quote)
        rows: list[ListRow] = []
        for group in by_document.values():
            rows.append(quote_heading(group))
            rows += [quote_row(quote, self._statuses.get(quote.id, "")) for quote in sorted(group, key=_place)]
        self.list.set_rows(rows)
        self._show_detail()
        parts = [counted(len(quotes), "quote"), label(self.session.notebook.path)]
        self.say(" · ".join([*parts, *self.session.notebook.problems[:1]]))

    @property
    def current_key(self) -> str | None:
        quote = self._quote()
        return None if quote is None else quote.key

    def _quote(self) -> Quote | None:
        return next((quote for quote in self.session.notebook.quotes() if quote.id == self.list.row_id), None)

    @on(RowList.Highlighted)
    def _highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()
        self._show_detail()

    def _show_detail(self) -> None:
        quote = self._quote()
        if quote is None:
            self.detail.update("")
            return
        parts: list[str | tuple[str, str]] = [(quote.title, "bold"), "\n\n", cite(quote, Form.TEXT), "\n\n"]
        parts.append((reference(quote.record), "dim"))
        for name, value in (
            ("Note", quote.note),
            ("Tags", ", ".join(quote.tags)),
            ("Kind", quote.kind.value),
            ("Status", self._statuses.get(quote.id, "")),
            ("Saved", quote.created[:16].replace("T", " ")),
        ):
            if value:
                parts += [(f"\n\n{name}: ", "dim"), value]
        self.detail.update(Content.assemble(*parts))

    # --- acting on the highlighted quote ---------------------------------------------------------

    @on(RowList.Chosen)
    def _opened(self, event: RowList.Chosen) -> None:
        event.stop()
        quote = self._quote()
        if quote is None:
            return
        status, spot = self.session.find_quote(quote)
        if spot is None:
            self.notify(f"{quote.key} is not in this library any more.", severity="warning", markup=False)
        else:
            if status is not QuoteStatus.OK:
                self.notify(f"This quote is {status.value} in its source.", severity="warning", markup=False)
            self.post_message(OpenSpot(spot))

    def action_copy(self) -> None:
        quote = self._quote()
        if quote is not None:
            self.post_message(CopyQuotes([quote], f"{quote.key}, para. {quote.address.first}"))

    def action_copy_as(self) -> None:
        quote = self._quote()
        if quote is not None:
            self.post_message(CopyQuotes([quote], f"{quote.key}, para. {quote.address.first}", choose=True))

    def action_note(self) -> None:
        quote = self._quote()
        if quote is not None:
            self._ask("Note on this quote", quote.note, lambda text: self.session.notebook.set_note(quote.id, text))

    def action_tag(self) -> None:
        quote = self._quote()
        if quote is not None:
            self._ask(
                "Tags, separated by commas",
                ", ".join(quote.tags),
                lambda text: self.session.notebook.set_tags(quote.id, text.split(",")),
            )

    def action_remove(self) -> None:
        quote = self._quote()
        if quote is not None:
            self._change(lambda: self.session.notebook.remove(quote.id), "Removed; `u` brings it back.")

    def _ask(self, question: str, value: str, change: Callable[[str], object]) -> None:
        def answered(text: str | None) -> None:
            if text is not None:
                self._change(lambda: change(text))

        self.app.push_screen(Ask(question, value), answered)

    @work(thread=True, group="save")
    def _change(self, change: Callable[[], object], done: str = "") -> None:
        """Change the notebook, and say `done` once it is written."""
        try:
            change()
        except DoctermError as error:
            self.app.notify(str(error), title="Not saved", severity="error", markup=False)
        else:
            if done:
                self.app.notify(done, markup=False)
        self.post_message(NotebookChanged())


def _place(quote: Quote) -> tuple[int, int]:
    return quote.address.first, quote.start
