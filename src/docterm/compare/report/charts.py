"""Charts of a report, as SVG that stands in the page itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from docterm.compare.vocabulary import TermRow

if TYPE_CHECKING:
    from markupsafe import Markup

WIDTH, MIDDLE, ROW, BAR = 720, 190, 22, 14
"""Of a chart in pixels: its width, the room for the terms in its middle, and the height of a row and of its bar."""
_LONGEST_TERM = 28


def butterfly(rows: Sequence[TermRow], few: Iterable[bool], names: tuple[str, str]) -> Markup:
    """Give bars that grow from the middle: to the left what the left side uses in 1,000 words, to the right the right.

    A row whose flag in `few` is set is dimmed.
    """
    from markupsafe import Markup

    reach = (WIDTH - MIDDLE) / 2
    most = max((max(row.left_per_1000, row.right_per_1000) for row in rows), default=0) or 1
    scale = (reach - 60) / most
    parts = [
        Markup('<text class="side" x="{}" y="14" text-anchor="end">{}</text>').format(reach, names[0]),
        Markup('<text class="side" x="{}" y="14">{}</text>').format(WIDTH - reach, names[1]),
    ]
    for number, (row, is_few) in enumerate(zip(rows, few, strict=True)):
        parts.append(_row(row, (number + 1) * ROW + 4, scale, reach, dimmed=is_few))
    height = (len(rows) + 1) * ROW + 8
    told = f"Uses in 1,000 words of {len(rows)} terms: {names[0]} to the left, {names[1]} to the right."
    return Markup('<svg class="butterfly" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        WIDTH, height, told, Markup("").join(parts)
    )


def _row(row: TermRow, top: float, scale: float, reach: float, *, dimmed: bool) -> Markup:
    from markupsafe import Markup

    left, right = row.left_per_1000 * scale, row.right_per_1000 * scale
    base = top + BAR - 3
    term = row.term if len(row.term) <= _LONGEST_TERM else f"{row.term[: _LONGEST_TERM - 1]}…"
    return Markup(
        '<g class="{}"><rect class="a" x="{:.1f}" y="{}" width="{:.1f}" height="{}"/>'
        '<text class="n" x="{:.1f}" y="{}" text-anchor="end">{}</text>'
        '<text x="{:.1f}" y="{}" text-anchor="middle">{}</text>'
        '<rect class="b" x="{:.1f}" y="{}" width="{:.1f}" height="{}"/>'
        '<text class="n" x="{:.1f}" y="{}">{}</text></g>'
    ).format(
        "few" if dimmed else "row",
        *(reach - left, top, left, BAR),
        *(reach - left - 4, base, row.left),
        *(WIDTH / 2, base, term),
        *(WIDTH - reach, top, right, BAR),
        *(WIDTH - reach + right + 4, base, row.right),
    )
