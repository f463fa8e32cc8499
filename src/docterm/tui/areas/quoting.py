"""Taking a quote from a reader: the same in every area that has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on, work
from textual.message import Message
from textual.widget import Widget

from docterm.errors import DoctermError
from docterm.library.model import Document, Passage, Place
from docterm.quotes.model import QuoteKind
from docterm.quotes.notebook import Saved
from docterm.quotes.speaking import Spoken, offered_in
from docterm.text import label
from docterm.tui.messages import CopyQuotes, NotebookChanged
from docterm.tui.session import Session
from docterm.tui.widgets.reader import Reader

NOTHING_SELECTED = "Nothing is selected. `v` starts a selection at the cursor, `a s` takes the sentence."


class Saving(Widget):
    """A part of the explorer from which quotes are saved and copied with their citation."""

    session: Session

    @dataclass
    class QuoteSaved(Message):
        """The quote is on the disk."""

        saved: Saved
        choose: bool
        offer: Spoken | None
        """Who seems to say the words, where nothing was decided yet."""
        reader: Reader | None
        """Whose selection it was."""

    @work(thread=True, group="save")
    def save(
        self,
        document: Document,
        passages: Sequence[Passage],
        start: Place,
        end: Place,
        *,
        choose: bool,
        reader: Reader | None = None,
    ) -> None:
        """Save the words between two places as a quote, and copy it with its citation, or have its form chosen."""
        try:
            saved = self.session.save_quote(document, passages, start, end)
        except DoctermError as error:
            self.app.notify(str(error), title="Not saved", severity="error", markup=False)
        else:
            offer = None if saved.quote.attribution else offered_in(saved.quote, passages)
            self.post_message(self.QuoteSaved(saved, choose, offer, reader))

    @on(QuoteSaved)
    def _saved(self, event: QuoteSaved) -> None:
        event.stop()
        if event.reader is not None:
            event.reader.clear_selected()
        quote = event.saved.quote
        what = "paraphrase" if quote.kind is QuoteKind.PARAPHRASE else "quote"
        done = f"Saved the {what} from" if event.saved.new else f"This {what} was saved before, from"
        self.post_message(NotebookChanged())
        place = f"{quote.key}, para. {quote.address.first}"
        if event.offer is not None:
            place += f", taken for words of {label(event.offer.speaker, 60)} (5, then `H`, cites it so)"
        self.post_message(CopyQuotes([quote], f"{done} {place}", event.choose))


class Quoting(Saving):
    """An area from which `y` saves the selection of a reader as a quote."""

    def quoted_from(self) -> tuple[Document | None, Reader]:
        """Give the document and the reader that a quote is taken from now."""
        raise NotImplementedError

    @property
    def current_key(self) -> str | None:
        document, _ = self.quoted_from()
        return None if document is None else document.key

    def back(self) -> bool:
        _, reader = self.quoted_from()
        if reader.is_selecting:
            reader.clear_selected()
            return True
        return False

    def action_quote(self) -> None:
        self._quote(choose=False)

    def action_quote_as(self) -> None:
        self._quote(choose=True)

    def _quote(self, *, choose: bool) -> None:
        document, reader = self.quoted_from()
        places = reader.selected()
        if document is None or places is None:
            self.notify(NOTHING_SELECTED, markup=False)
            return
        self.save(document, reader.passages, *places, choose=choose, reader=reader)
