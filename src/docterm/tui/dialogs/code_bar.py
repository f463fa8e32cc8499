"""Choosing a code by its key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Label, Static

from docterm.quotes.themes.codebook import Code


@dataclass(frozen=True, slots=True)
class Choice:
    """What was pressed: a code, or None for a code that is to be made; and whether a memo is to be written."""

    code: Code | None
    memo: bool = False


class CodeBar(ModalScreen[Choice | None]):
    """Gives the choice, or None when the reader leaves with `escape`. One key is enough."""

    NEW, MEMO = "plus", "tab"

    def __init__(self, codes: Sequence[Code]) -> None:
        super().__init__()
        self._codes = {code.key: code for code in codes if code.key}
        self._memo = False
        self._help = Label("", classes="quiet", markup=False)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Label("Code these words as", markup=False)
            lines = [
                Content.assemble((f" {key}  ", "bold $text-primary"), (code.name, "bold"), (f"  {code.meaning}", "dim"))
                for key, code in self._codes.items()
            ]
            yield Static(Content("\n").join(lines), markup=False)
            yield self._help

    def on_mount(self) -> None:
        """Say which other keys there are."""
        self._say()

    def _say(self) -> None:
        memo = "with a memo (tab: without)" if self._memo else "tab: with a memo"
        self._help.update(f"{memo} · +: a new code · escape: nothing")

    def on_key(self, event: events.Key) -> None:
        """Take the key of a code, or one of the others."""
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.dismiss(None)
        elif event.key == self.MEMO:
            self._memo = not self._memo
            self._say()
        elif event.key == self.NEW or event.character == "+":
            self.dismiss(Choice(None, self._memo))
        elif event.character in self._codes:
            self.dismiss(Choice(self._codes[event.character], self._memo))
