"""Where in its document each line of a concordance stands."""

from __future__ import annotations

from collections.abc import Iterable

from docterm.library.model import Passage, Role
from docterm.search.concordance import KwicLine


def places(lines: Iterable[KwicLine], passages: Iterable[Passage]) -> tuple[float, ...]:
    """Give for each line in the body of a document its place: 0 where the body begins, near 1 where it ends."""
    starts: dict[int, int] = {}
    length = 0
    for passage in passages:
        if passage.role is Role.BODY:
            starts[passage.index] = length
            length += len(passage.text) + 1
    return tuple(
        (starts[line.passage.index] + line.span.start) / length for line in lines if line.passage.index in starts
    )
