"""What a passage may be set beside: its candidates on the other side, in the order in which they are offered."""

from __future__ import annotations

from dataclasses import dataclass

from docterm.compare.align import Link
from docterm.compare.comparison import Comparison
from docterm.library.model import Passage
from docterm.text import Span, fold, stem, tokens
from docterm.tui.compare_views.view import Which


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage of the other side, and the link that leads there."""

    passage: Passage
    link: Link

    @property
    def said(self) -> str:
        """How strong the link is, in a word."""
        return self.link.level.value

    @property
    def stems(self) -> frozenset[str]:
        """The stems of the words that both passages have."""
        return frozenset(stem(fold(word)) for word in self.link.shared)


def candidates(comparison: Comparison | None, which: Which, passage: Passage) -> list[Candidate]:
    """Give the candidates for a passage of a side, the best first; none before the comparison is done."""
    if comparison is None:
        return []
    alignment = comparison.alignment
    if which is Which.LEFT:
        return [Candidate(link.right, link) for link in alignment.of_left(passage)]
    return [Candidate(link.left, link) for link in alignment.of_right(passage)]


def spans_of(passage: Passage, stems: frozenset[str]) -> list[Span]:
    """Give where the words with these stems stand in a passage."""
    return [Span(token.start, token.end) for token in tokens(passage.text) if stem(token.word) in stems]
