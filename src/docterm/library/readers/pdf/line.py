"""What is known of a line of a page: its words and where they stand."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Line:
    """A line as it was set. Lengths are points, from the lower left corner of the page as it is read."""

    text: str
    """Not empty, its white space made single spaces; a hyphen that parts a word at its end is kept."""
    page: int
    """From 1."""
    left: float
    right: float
    baseline: float
    size: float
    """Of the font."""
    bold: bool
    first_word: float
    """The width of the first word: what must fit on the line before, if this one could have been put there."""
    broken: bool = False
    """Whether a word goes on in the next line, over the hyphen at the end."""
    turned: bool = False
    """Whether it runs in another direction than the page's text."""
    cell: int = 0
    """Where a wide gap parted a row, which of its parts this is, from 1; else 0."""
    column: int = 0
    """The column in which it stands, from 0, or ACROSS."""
    furniture: bool = False
    """Whether it is a running head or foot, a page number or the like."""
    order: int = 0
    """Its place in the document, from 0."""

    def overlaps(self, left: float, right: float) -> bool:
        """Say whether some of the line stands between two edges."""
        return min(self.right, right) > max(self.left, left)


@dataclass(slots=True)
class Page:
    """A page as its lines in reading order."""

    number: int
    """From 1."""
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    label: str = ""
    """What the page calls itself, where that is not its number."""
    cut: bool = False
    """Whether it had more text than is read of a page."""
