"""What a reader should know of both sides before any statistic: above every view."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from docterm.compare.facts import Facts
from docterm.compare.sides import Side
from docterm.library.model import Kind
from docterm.text import counted
from docterm.tui.compare_views.view import Which

ROOM = (100, 30)
"""From this size of the screen on, in cells, each side has a column of three lines; below it a line."""


class FactsCard(Container):
    """Names both sides, and tells their facts as soon as they are counted."""

    def __init__(self) -> None:
        super().__init__()
        self._halves = {which: Static("", id=which, classes="facts", markup=False) for which in Which}
        self._sides: dict[Which, tuple[Side, Facts | None]] = {}

    def compose(self) -> ComposeResult:
        yield from self._halves.values()

    def show(self, which: Which, side: Side, facts: Facts | None = None) -> None:
        """Show one of the sides."""
        self._sides[which] = (side, facts)
        self._draw()

    def on_resize(self) -> None:
        """Take as many lines as the screen has room for."""
        self._draw()

    def _draw(self) -> None:
        is_short = self.app.size.width < ROOM[0] or self.app.size.height < ROOM[1]
        self.set_class(is_short, "-short")
        for which, (side, facts) in self._sides.items():
            told = _line(which, side, facts) if is_short else _column(which, side, facts)
            self._halves[which].update(told)


def _title(side: Side) -> str:
    return side.label if side.is_group else side.documents[0].title


def _about(side: Side, facts: Facts, date: str) -> list[str]:
    """Give what kind of text it is, who speaks and when, as far as it is known."""
    if side.is_group:
        return [counted(len(side.documents), "document")]
    kind = "" if facts.kind is Kind.DOCUMENT else facts.kind.value
    return [part for part in (kind, side.documents[0].speaker, date) if part]


def _line(which: Which, side: Side, facts: Facts | None) -> Content:
    """Give a side in one line: what says most comes first, since the end may be cut off."""
    if facts is None:
        return Content.assemble((which.letter, "bold"), f"  {_title(side)}")
    told = [*_about(side, facts, facts.date[:4]), counted(facts.words, "word")]
    less = [f"{facts.quoted:.0%} in quotation marks", facts.shown_type, _title(side)]
    rest = "".join(f" · {part}" for part in less if part)
    return Content.assemble((which.letter, "bold"), f"  {' · '.join(told)}", (rest, "dim"))


def _column(which: Which, side: Side, facts: Facts | None) -> Content:
    lines: list[tuple[str, str]] = [(f"{which.letter}  {_title(side)}", "bold")]
    if facts is not None:
        told = [*_about(side, facts, facts.date), facts.shown_type]
        lines.append((f"\n{' · '.join(part for part in told if part)}", "dim"))
        size = f"{counted(facts.words, 'word')} · {counted(facts.paragraphs, 'paragraph')}"
        lines.append((f"\n{size} · {facts.quoted:.0%} inside quotation marks", "dim"))
    return Content.assemble(*lines)
