"""What areas ask of the explorer. A message carries all that its handler needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from docterm.tui.session import Spot

if TYPE_CHECKING:
    from docterm.library.model import Passage
    from docterm.quotes.model import Quote
    from docterm.search.results import Results
    from docterm.tui.hits import Landing


@dataclass
class OpenSpot(Message):
    """Read a document at a spot, with the hits of `results` marked in it when there are any."""

    spot: Spot
    results: Results | None = None
    landing: Landing | None = None
    """Which of the hits to go on to, or None to stay at the spot."""


@dataclass
class MoreLike(Message):
    """Search for passages like this one."""

    passage: Passage


@dataclass
class CopyQuotes(Message):
    """Carry quotes with their citations to the clipboard; `said` is the sentence that goes before the route."""

    quotes: Sequence[Quote]
    said: str = ""
    choose: bool = False
    """Whether to ask for the form and the style first."""


@dataclass
class ChooseStyle(Message):
    """Ask in which style citations are to be, and keep the answer."""


@dataclass
class NotebookChanged(Message):
    """The notebook holds something else now."""


@dataclass
class LibraryChanged(Message):
    """The library's folder was read, and documents have come, gone or changed."""
