"""A cue: words that tell that somebody says something, with who that is."""

from __future__ import annotations

from dataclasses import dataclass

from docterm.attribution.model import Kind
from docterm.attribution.phrases import Phrase
from docterm.attribution.quotations import Quotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One place that tells that something is said."""

    first: int
    """The index of its first word, helping verbs not included."""
    last: int
    """One more than the index of its last word."""
    verb: str
    phrase: Phrase | None = None
    """Who says it; None where nobody is named, or where the subject before goes on."""
    kind: Kind = Kind.INDIRECT
    before: Quotation | None = None
    """The quotation that ends right before it."""
    behind: Quotation | None = None
    """The quotation that begins right after it."""
    trailing: bool = False
    """Whether it stands after what is said: …, she pointed out."""
    same: bool = False
    """Whether whoever spoke before in this unit speaks on: … and added that."""
    shows: bool = False
    """Whether its verb is one of papers that show something."""
