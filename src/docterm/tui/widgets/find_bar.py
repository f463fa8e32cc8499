"""The line in which the reader types what to find in this view."""

from __future__ import annotations

from textual import on
from textual.message import Message
from textual.widgets import Input


class FindBar(Input):
    """An input that is there only while something is being found."""

    class Typed(Message):
        """The text to find has changed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Done(Message):
        """The reader is done; `kept` tells whether what was found stays marked."""

        def __init__(self, kept: bool) -> None:
            super().__init__()
            self.kept = kept

    def __init__(self) -> None:
        super().__init__(placeholder="find in this view", id="find", compact=True)
        self.display = False

    def open(self) -> None:
        """Come up, empty."""
        with self.prevent(Input.Changed):
            self.value = ""
        self.display = True
        self.focus()

    def close(self, *, kept: bool) -> None:
        """Go away."""
        self.display = False
        self.post_message(self.Done(kept))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.close(kept=bool(event.value))
