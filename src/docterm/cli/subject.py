"""The part of `docterm compare` that shows subjects: those offered, and what both sides have on one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from docterm.cli import output
from docterm.text import counted

if TYPE_CHECKING:
    from docterm.compare.comparison import Comparison
    from docterm.compare.offers import Offer
    from docterm.compare.sides import Side
    from docterm.compare.subjects import BothOnSubject, OnSubject

OFFERED = 15
"""Subjects that are offered; JSON has them all."""
SHOWN = 25
"""Paragraphs of a side that are shown; JSON has them all."""
SNIPPET = 240


def write_offers(offers: Sequence[Offer]) -> None:
    """Write which subjects both sides share."""
    if offers:
        output.line()
        named = ", ".join(f"{offer.text} {offer.left:,} | {offer.right:,}" for offer in offers[:OFFERED])
        output.paragraph(
            f"Subjects of both, with paragraphs: {named}. --subject WORDS shows them.", indent="  ", lead=""
        )


def write_subject(comparison: Comparison, found: BothOnSubject) -> None:
    """Write what both sides have on a subject."""
    output.line()
    counts = f"{len(found.left):,} | {counted(len(found.right), 'paragraph')}"
    output.paragraph(f"On “{found.subject.name}”: {counts}")
    for side, passages in ((comparison.left, found.left), (comparison.right, found.right)):
        output.line()
        output.paragraph(side.label)
        _write_side(side, passages)


def _write_side(side: Side, passages: Sequence[OnSubject]) -> None:
    from docterm.search.snippet import snippet

    if not passages:
        output.paragraph(f"No paragraph of {side.label} was found by these words.", indent="  ")
    for each in passages[:SHOWN]:
        hand = ", put in by hand" if each.by_hand else ""
        shown = snippet(each.passage.text, each.spans, SNIPPET)
        output.paragraph(f"{each.passage.address}{hand}", indent="  ")
        output.paragraph(shown.text, shown.spans, indent="    ")
    if len(passages) > SHOWN:
        output.paragraph(f"and {len(passages) - SHOWN:,} more, all in --json", indent="  ")
