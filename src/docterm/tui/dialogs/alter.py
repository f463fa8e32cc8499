"""Altering how a quote is written out, its captured words above and what becomes of them below."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Label, Static

from docterm.errors import QuoteError
from docterm.library.model import Locator, Passage, Place, Role
from docterm.quotes.alterations import (
    Alteration,
    emphasis,
    insertion,
    omission,
    ordered,
    replacement,
    sic,
)
from docterm.quotes.model import Quote
from docterm.text import Span, tokens
from docterm.tui.dialogs.ask import Ask
from docterm.tui.quote_view import altered_words
from docterm.tui.widgets.reader import Reader

HELP = (
    "v selects, else the word at the cursor is meant\n"
    "o omit · i insert before · r replace · m emphasise · s [sic] · p plain again\n"
    "enter keeps it · escape leaves the quote as it was"
)


class Alter(ModalScreen[tuple[Alteration, ...] | None]):
    """Gives the alterations of a quote, or None when the reader leaves with `escape`."""

    BINDINGS = [  # noqa: RUF012 - Textual declares it so
        Binding("escape", "dismiss(None)", "Cancel"),
        Binding("enter", "keep", show=False),
        Binding("o", "omit", show=False),
        Binding("i", "insert", show=False),
        Binding("r", "replace", show=False),
        Binding("m", "emphasise", show=False),
        Binding("s", "sic", show=False),
        Binding("p", "plain", show=False),
    ]

    def __init__(self, quote: Quote) -> None:
        super().__init__()
        self._quote = quote
        self._made = quote.alterations
        self._words = Reader(id="captured-words")
        self._preview = Static("", markup=False)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -tall"):
            yield Label("The words captured, which stay as they are", classes="quiet", markup=False)
            yield self._words
            yield Label("How they are written out", classes="quiet", markup=False)
            with VerticalScroll(id="altered-words", can_focus=False):
                yield self._preview
            yield Label(HELP, classes="quiet", markup=False)

    def on_mount(self) -> None:
        """Show the quote; the cursor is in its words."""
        lines = self._quote.text.split("\n")
        self._words.show([Passage("", index, Role.CAPTION, line, Locator(None)) for index, line in enumerate(lines)])
        self._words.focus()
        self._show()

    def _show(self) -> None:
        self._preview.update(Content.assemble(*altered_words(self._quote.text, self._made)))

    # --- the words that are meant ----------------------------------------------------------------

    def _offset(self, place: Place) -> int:
        return sum(len(passage.text) + 1 for passage in self._words.passages[: place.passage]) + place.offset

    def _meant(self) -> Span:
        """Give the span of what is selected, else of the word at the cursor, in the quote's text."""
        places = self._words.selected()
        if places is not None:
            return Span(*map(self._offset, places))
        at = self._offset(self._words.cursor)
        found = next((token for token in tokens(self._quote.text) if token.end > at), None)
        return Span(at, at) if found is None else Span(found.start, found.end)

    # --- altering --------------------------------------------------------------------------------

    def action_omit(self) -> None:
        self._add(omission(self._quote.text, self._meant()))

    def action_emphasise(self) -> None:
        self._add(emphasis(self._quote.text, self._meant()))

    def action_sic(self) -> None:
        self._add(sic(self._meant()))

    def action_insert(self) -> None:
        span = self._meant()
        words = self._quote.text[span.start : span.end]
        self._ask(f"To stand in brackets before “{words[:40]}”", "", lambda text: insertion(span, text))

    def action_replace(self) -> None:
        span = self._meant()
        words = self._quote.text[span.start : span.end]
        self._ask("To stand in its place", words, lambda text: replacement(self._quote.text, span, text))

    def _ask(self, question: str, value: str, made: Callable[[str], Alteration]) -> None:
        def answered(text: str | None) -> None:
            if text is not None and text != value:
                self._add(made(text))

        self.app.push_screen(Ask(question, value), answered)

    def _add(self, each: Alteration) -> None:
        self._set([*self._made, each])

    def _set(self, made: Sequence[Alteration]) -> None:
        try:
            self._made = ordered(self._quote.text, made)
        except QuoteError as error:
            self.notify(str(error), severity="warning", markup=False)
            return
        self._words.clear_selected()
        self._show()

    def action_plain(self) -> None:
        self._set(())

    def action_keep(self) -> None:
        self.dismiss(self._made)
