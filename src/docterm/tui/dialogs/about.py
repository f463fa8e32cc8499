"""What docterm is, and whose work it carries along."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Label, Static

from docterm import __version__
from docterm.quotes.styles import ATTRIBUTION


class About(ModalScreen[None]):
    """Version, licence, and the names that those ask for whose work docterm uses as data or as a program."""

    BINDINGS = [Binding("escape,q,enter", "dismiss(None)", "Close")]  # noqa: RUF012 - Textual declares it so

    def compose(self) -> ComposeResult:
        lines = (
            f"docterm {__version__}, MIT licence.",
            "A terminal explorer for libraries of documents. It works with no network.",
            ATTRIBUTION,
            "Citations are set by Pandoc (pandoc.org), a program of its own under GPL 2 or later.",
            "The README names every package that docterm uses, and its licence.",
        )
        with Vertical(classes="dialog"):
            yield Static("\n\n".join(lines), markup=False)
            yield Label("\nescape or q closes this page", classes="quiet", markup=False)
