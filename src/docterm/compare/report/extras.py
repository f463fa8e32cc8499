"""What a report shows besides the comparison: what the reader made of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from docterm.compare.subjects import BothOnSubject
from docterm.compare.voices import Decisions


@dataclass(frozen=True, slots=True)
class Coded:
    """Words that the reader gave a code."""

    address: str
    first: str
    """The address of its first paragraph."""
    text: str
    memo: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A code of the reader's, and what has it on each side."""

    name: str
    meaning: str
    left: tuple[Coded, ...]
    right: tuple[Coded, ...]


@dataclass(frozen=True, slots=True)
class Extras:
    """The reader's subjects, themes and names."""

    subjects: tuple[BothOnSubject, ...] = ()
    themes: tuple[Theme, ...] = ()
    names: Decisions = field(default_factory=dict)
    """What the reader decided about voices."""
    made: str = ""
    """The day of the report, as YYYY-MM-DD."""
    program: str = ""
    """What made it, with its version."""
