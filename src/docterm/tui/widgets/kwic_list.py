"""A list of concordance lines, aligned on their node, each with as much of its passage below it as is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.strip import Strip

from docterm.search.concordance import KwicLine
from docterm.text import Span, sentences
from docterm.tui.widgets.row_list import Line, ListRow, RowList


class Context(IntEnum):
    """How much of its passage is shown with each line."""

    LINE = 0
    SENTENCE = 1
    PASSAGE = 2


class KwicRows(RowList):
    """Draws each line at the width that there is: what stands before the node, the node in the middle, what follows."""

    def __init__(self, *, empty: str) -> None:
        super().__init__(empty=empty)
        self._lines: dict[str, KwicLine] = {}

    def show_lines(self, lines: Sequence[KwicLine], context: Context) -> None:
        """Show other lines, or the same in another order or with more around them."""
        self._lines = {_id(line): line for line in lines}
        self.set_rows([_row(line, context) for line in lines])

    @property
    def line(self) -> KwicLine | None:
        """The highlighted line, or None."""
        return self._lines.get(self.row_id or "")

    def _strip(self, index: int, part: int, state: str, _has_focus: bool) -> Strip:
        line = self._lines.get(self._shown[index].id)
        if line is None or part or self._shown[index].is_heading:
            return super()._strip(index, part, state, _has_focus)
        base = self.get_component_rich_style(state) if state else self.ground
        node = base + self.get_component_rich_style("row--hit", partial=True)
        before = (self._width - min(cell_len(line.node), self._width // 3)) // 2
        left, right = _context(line)
        segments = [Segment(_end_of(left, before), base), Segment(line.node, node), Segment(right, base)]
        width = self._width + 2
        return Strip([Segment(" ", base), *segments]).extend_cell_length(width, base).crop(0, width)


def _id(line: KwicLine) -> str:
    """Give the id of a line's row: that of its passage, and where in it the node stands."""
    return f"{line.passage.key}\n{line.passage.index}\n{line.span.start}"


def _row(line: KwicLine, context: Context) -> ListRow:
    lines: list[Line] = [[(line.node[:8], "")]]
    text = line.passage.text
    if context is not Context.LINE:
        span = sentence_at(line) if context is Context.SENTENCE else Span(0, len(text))
        start, end = line.span
        address = f"  {line.passage.address or line.passage.key}  "
        pieces = [(address, "address"), (text[span.start : start], ""), (text[start:end], "hit")]
        lines.append([*pieces, (text[end : max(span.end, end)], "")])
    return ListRow(_id(line), lines, text)


def sentence_at(line: KwicLine) -> Span:
    """Give the sentence in which a line's node begins."""
    found = (span for span in sentences(line.passage.text) if span.start <= line.span.start < span.end)
    return next(found, Span(0, len(line.passage.text)))


def _context(line: KwicLine) -> tuple[str, str]:
    """Give what stands before and after the node, with the spaces that part them from it."""
    text, span = line.passage.text, line.span
    space_before, space_after = text[span.start - 1 : span.start].isspace(), text[span.end : span.end + 1].isspace()
    return line.left + " " * space_before, " " * space_after + line.right


def _end_of(text: str, width: int) -> str:
    """Give the end of a text in `width` cells, at their right."""
    while cell_len(text) > width:
        text = text[max(len(text) - width, 1) :]
    return set_cell_size("", width - cell_len(text)) + text
