"""The lines below both texts: what the passage at the cursor may be set beside."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from docterm.tui.compare_views.candidates import Candidate

LINES = 3
ROOM = 24
"""From this height of the screen on, in lines, several candidates are named; below it the one that is shown."""
WIDE = 100
"""From this width on, in cells, the parts of a link's strength are told."""
NONE = "no close passage found"


class CandidateStrip(Widget):
    """Names the candidates by number, level, shared words and first words; a click on one shows it."""

    ALLOW_SELECT = False

    class Chosen(Message):
        """The reader clicked on a candidate."""

        def __init__(self, choice: int) -> None:
            super().__init__()
            self.choice = choice

    def __init__(self) -> None:
        super().__init__()
        self._candidates: Sequence[Candidate] = ()
        self._choice = 0
        self._empty = ""

    def show(self, candidates: Sequence[Candidate], choice: int, empty: str = "") -> None:
        """Name candidates, the chosen one lit up; `empty` is said when there are none."""
        self._candidates, self._choice, self._empty = candidates, choice, empty
        self.refresh()

    def on_resize(self) -> None:
        """Look again how many lines there are."""
        self._measure()

    def on_mount(self) -> None:
        """Take as many lines as the screen has room for."""
        self._measure()

    def _measure(self) -> None:
        self.styles.height = LINES if self.app.size.height >= ROOM else 1

    def _first(self) -> int:
        """Give the position of the candidate in the first line, so that the chosen one is in sight."""
        return max(self._choice - max(self.size.height, 1) + 1, 0)

    def render(self) -> Content:
        """Give the lines."""
        if not self._candidates:
            return Content.styled(self._empty, "dim")
        first = self._first()
        shown = self._candidates[first : first + max(self.size.height, 1)]
        return Content("\n").join([self._line(position, each) for position, each in enumerate(shown, first)])

    def _line(self, position: int, candidate: Candidate) -> Content:
        passage = candidate.passage
        is_chosen = position == self._choice
        number = f"{position + 1}/{len(self._candidates)}"
        line = Content.assemble(
            (f"{'›' if is_chosen else ' '} {number}  ", "bold" if is_chosen else "dim"),
            (f"{passage.address or passage.key}  {candidate.said}", "$text-primary"),
            (f" ({candidate.parts})" if candidate.parts and self.size.width >= WIDE else "", "dim"),
            (f" · {', '.join(candidate.shared)}" if candidate.shared else "", "$text-warning"),
            (f" · {' '.join(passage.text.split())}", "" if is_chosen else "dim"),
        )
        return line.truncate(self.size.width, ellipsis=True)

    def on_click(self, event: events.Click) -> None:
        """Show the candidate under the mouse."""
        choice = self._first() + event.y
        if choice < len(self._candidates):
            self.post_message(self.Chosen(choice))
