"""What the views of a comparison have in common, and how one opens a passage in another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.message import Message

from docterm.actions import ACTIONS, Action
from docterm.text import Span
from docterm.tui.session import Session, Spot

if TYPE_CHECKING:
    from docterm.compare.comparison import Comparison
    from docterm.compare.sides import Side
    from docterm.tui.compare_views.candidates import Candidates


class Which(StrEnum):
    """One of the two sides. The value is the id of what belongs to it on the screen."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> Which:
        """The side across."""
        return Which.RIGHT if self is Which.LEFT else Which.LEFT

    @property
    def letter(self) -> str:
        """What the side is called where there is no room for more."""
        return "A" if self is Which.LEFT else "B"


@dataclass
class ShowPair(Message):
    """Show a passage side by side with its counterpart; ctrl+o then comes back to the view that asked."""

    which: Which
    spot: Spot
    marks: Sequence[Span] = ()
    """What to light up in the passage, by its own offsets."""


@dataclass
class ShowWord(Message):
    """Show both sides' lines of a word, given with all that is counted as one with it."""

    forms: tuple[str, ...]


@dataclass
class ShowView(Message):
    """Go to another view."""

    name: str


class View(Vertical):
    """One way to look at a comparison. It is built when the reader first comes to it.

    Its NAME is the last part of the id of the action that leads to it, as in `view.only-in`: the action's title and
    key stand in the line of views. It bubbles `ShowPair`, and whatever else areas send.
    """

    NAME = ""

    class Said(Message):
        """The status line has changed."""

    def __init__(self, session: Session) -> None:
        super().__init__(id=f"view-{self.NAME}", classes="view")
        self.session = session
        self.comparison: Comparison | None = None
        """What is shown, or None while it is being made."""
        self.candidates: Candidates | None = None
        """What each passage may be set beside, as the reader lets it stand; there as long as the comparison is."""
        self.status = ""

    def say(self, text: str) -> None:
        """Show a line of plain text in the status line, whenever this view is in sight."""
        self.status = text
        self.post_message(self.Said())

    def begin(self, left: Side, right: Side) -> None:
        """Take up two sides whose comparison is still being made."""
        self.comparison = self.candidates = None
        self.say("Comparing…")

    def show(self, comparison: Comparison) -> None:
        """Take up a comparison that is done."""
        self.comparison = comparison

    def judge(self, candidates: Candidates) -> None:
        """Take up what the reader decided about links; before `show`, and whenever it changes."""
        self.candidates = candidates

    def focus_main(self) -> None:
        """Put the focus where reading goes on."""

    def back(self) -> bool:
        """Leave one level inside the view; give False when there is none to leave."""
        return False

    def find(self, text: str) -> None:
        """Find `text` in what is shown, while it is typed; an empty text ends finding."""

    def notebook_changed(self) -> None:
        """Take up what changed in the notebook."""

    @property
    def current_key(self) -> str | None:
        """The key of the document that the reader is at, or None."""
        return None

    @property
    def current_word(self) -> tuple[str, ...]:
        """The word that the reader is at, with all that is counted as one with it; empty where there is none."""
        return ()


def action_of(name: str) -> Action:
    """Give the action that leads to a view."""
    return next(action for action in ACTIONS if action.id == f"view.{name}")
