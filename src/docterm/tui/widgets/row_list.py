"""A list that is moved through with the reader's keys and narrowed by typing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from docterm.text import Span, words
from docterm.tui.bindings import Strokes, bindings, strokes
from docterm.tui.widgets.layout import Row, wrap
from docterm.tui.widgets.line_view import LineView
from docterm.tui.widgets.row_segments import row_segments

Line = Sequence[tuple[str, str]]
"""Pieces of text, each with the name of its style: a component class of RowList without `row--`, or nothing."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row: what it stands for, its lines, and the text by whose words it is found."""

    id: str
    lines: Sequence[Line]
    text: str = ""
    is_heading: bool = False
    """Whether it stands above a group of rows and cannot be chosen itself."""


NO_MATCH = "Nothing in this list has that."
"""What a list says when what was typed leaves none of its rows."""


def _notice(text: str) -> ListRow:
    """Give a row that says something in the place of rows."""
    return ListRow("", [[(text, "quiet")]], is_heading=True)


class RowList(LineView, can_focus=True, inherit_bindings=False):
    """A list of rows with the keys of every list; `empty` is what it says when there are no rows.

    Costs a look at the length of every line when the rows or the width change; only rows in sight are drawn.
    """

    ALLOW_SELECT = False
    BINDINGS = bindings("list.")
    COMPONENT_CLASSES = {  # noqa: RUF012 - Textual declares it so
        "row--highlighted", "row--hovered", "row--title", "row--heading", "row--quiet", "row--address", "row--hit",
    }  # fmt: skip

    @dataclass
    class Highlighted(Message):
        """Another row is highlighted, or none."""

        row_id: str | None

    @dataclass
    class Chosen(Message):
        """The reader wants to open a row."""

        row_id: str

    def __init__(self, *, id: str | None = None, empty: str = "") -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._empty = _notice(empty)
        self._every: Sequence[ListRow] = ()
        self._words: list[list[str]] | None = None
        """The words of every row, once they were asked for."""
        self._shown: Sequence[ListRow] = ()
        self._tops: list[int] = [0]
        """The line at which each row shown starts, and behind the last one their number."""
        self._width = 0
        """The cells that a line of text was given when lines were counted."""
        self._highlighted: int | None = None
        self._hovered: int | None = None
        self._narrowing = ""
        self._strokes = Strokes(strokes("list."))
        self._strips = lru_cache(maxsize=512)(self._strip)

    # --- rows ------------------------------------------------------------------------------------

    def set_rows(self, rows: Sequence[ListRow]) -> None:
        """Show other rows, keeping the highlighted one highlighted when it is still there."""
        self._every, self._words = rows, None
        self._fill(self.row_id)

    def start_with(self, rows: Sequence[ListRow]) -> None:
        """Show other rows from the first one on, all of them, without a word about the highlight."""
        self._every, self._words, self._narrowing = rows, None, ""
        with self.prevent(self.Highlighted):
            self._fill(None)

    def narrow(self, text: str) -> int:
        """Show only rows that have a word beginning with each word of `text`; give their number."""
        self._narrowing = text
        self._fill(self.row_id)
        return self.row_count

    def _fill(self, highlighted: str | None) -> None:
        shown = list(_with_headings(self._every, self._found())) if self._narrowing.strip() else self._every
        self._shown = shown or [_notice(NO_MATCH) if self._every else self._empty]
        self._hovered = None
        self._lay_out()
        rows = (index for index, row in enumerate(self._shown) if not row.is_heading)
        first = next(rows, None)
        again = next((index for index, row in enumerate(self._shown) if row.id == highlighted), first)
        self._highlighted = None
        self.highlighted = first if highlighted is None else again

    def _found(self) -> list[bool]:
        """Say of every row whether each word that is typed begins one of its words."""
        if self._words is None:
            self._words = [words(row.text) for row in self._every]
        wanted = words(self._narrowing)
        return [all(any(word.startswith(start) for word in found) for start in wanted) for found in self._words]

    @property
    def row_count(self) -> int:
        """The number of rows that are shown, headings not counted."""
        return sum(not row.is_heading for row in self._shown)

    @property
    def row_ids(self) -> list[str]:
        """The ids of the rows that are shown, headings left out."""
        return [row.id for row in self._shown if not row.is_heading]

    @property
    def narrowed(self) -> bool:
        """Whether some rows may be hidden by `narrow`."""
        return bool(self._narrowing)

    # --- the highlight ---------------------------------------------------------------------------

    @property
    def highlighted(self) -> int | None:
        """The position of the highlighted row among all that is shown, or None."""
        return self._highlighted

    @highlighted.setter
    def highlighted(self, index: int | None) -> None:
        if index != self._highlighted:
            self._highlighted = index
            self.post_message(self.Highlighted(self.row_id))
            self.refresh()
        self._show_highlighted()

    def highlight(self, row_id: str) -> None:
        """Highlight the row with an id, where there is one."""
        index = next((index for index, row in enumerate(self._shown) if row.id == row_id), None)
        if index is not None:
            self.highlighted = index

    @property
    def row_id(self) -> str | None:
        """The id of the highlighted row, or None."""
        return None if self._highlighted is None else self._shown[self._highlighted].id

    def _show_highlighted(self) -> None:
        """Scroll as little as needed to show the highlighted row, with a heading that stands above it."""
        index = self._highlighted
        if index is None:
            return
        headed = index > 0 and self._shown[index - 1].is_heading
        top, end = self._tops[index - headed], self._tops[index + 1]
        if end > self.top_row + self.height_in_sight:
            self.scroll_to_line(end - self.height_in_sight)
        if top < self.top_row:
            self.scroll_to_line(top)

    def _move(self, step: int) -> None:
        """Highlight the next row in a direction; beyond the last one comes the first."""
        count = len(self._shown)
        here = self._highlighted if self._highlighted is not None else -1
        ahead = ((here + step * distance) % count for distance in range(1, count + 1))
        self._highlight_first(ahead)

    def _highlight_first(self, indices: Iterator[int] | Sequence[int]) -> None:
        self.highlighted = next((index for index in indices if not self._shown[index].is_heading), self._highlighted)

    def action_down(self) -> None:
        self._move(1)

    def action_up(self) -> None:
        self._move(-1)

    def action_first(self) -> None:
        self._highlight_first(range(len(self._shown)))

    def action_last(self) -> None:
        self._highlight_first(range(len(self._shown) - 1, -1, -1))

    def action_page_down(self) -> None:
        if self._highlighted is not None:
            index = max(self._index_at(self._tops[self._highlighted] + self.height_in_sight), self._highlighted)
            self._highlight_first([*range(index, len(self._shown)), *range(index, 0, -1)])

    def action_page_up(self) -> None:
        if self._highlighted is not None:
            index = self._index_at(max(self._tops[self._highlighted] - self.height_in_sight, 0))
            self._highlight_first([*range(index, -1, -1), *range(index, len(self._shown))])

    def action_open(self) -> None:
        if self.row_id is not None:
            self.post_message(self.Chosen(self.row_id))

    async def on_key(self, event: events.Key) -> None:
        """Take keys of two strokes."""
        method = self._strokes.feed(event.key)
        if method is not None:
            event.stop()
            event.prevent_default()
            if method:
                await self.run_action(method)

    # --- the mouse -------------------------------------------------------------------------------

    def _row_under(self, event: events.MouseEvent) -> int | None:
        line = self.top_row + event.y
        index = self._index_at(line)
        return index if 0 <= line < self._tops[-1] and not self._shown[index].is_heading else None

    def on_click(self, event: events.Click) -> None:
        """Open the row under the mouse."""
        index = self._row_under(event)
        if index is not None:
            self.highlighted = index
            self.action_open()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show which row a click would open."""
        self._hover(self._row_under(event))

    def on_leave(self) -> None:
        """Show none."""
        self._hover(None)

    def _hover(self, index: int | None) -> None:
        if index != self._hovered:
            self._hovered = index
            self.refresh()

    # --- lines -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        """Count the lines that each row takes at this width."""
        self._width, line = max(self.scrollable_content_region.width - 2, 0), 0
        self._tops = [0]
        for row in self._shown:
            line += sum(len(_wrapped(_text(each), self._width)[1]) for each in row.lines) if self._width else 0
            self._tops.append(line)
        self._strips.cache_clear()
        self.set_lines(line)
        self.refresh()

    def on_resize(self) -> None:
        """Wrap anew, keeping what is at the top and, when it was in sight, the highlighted row."""
        at_top = self._index_at(self.top_row) if self._shown else 0
        was_in_sight = self._highlighted is None or self._tops[self._highlighted] >= self.top_row
        self._lay_out()
        self.scroll_to_line(self._tops[at_top])
        if was_in_sight:
            self._show_highlighted()

    def notify_style_update(self) -> None:
        """Forget what was drawn in other colours."""
        super().notify_style_update()
        self._strips.cache_clear()

    def _index_at(self, line: int) -> int:
        """Give the position of the row that has a line, of the last one beyond all."""
        return max(min(bisect_right(self._tops, line), len(self._shown)) - 1, 0)

    def render_line(self, y: int) -> Strip:
        """Give the strip of one line in sight."""
        line = self.top_row + y
        width = self.scrollable_content_region.width
        if line >= self._tops[-1]:
            return Strip.blank(width, self.ground)
        index = self._index_at(line)
        state = ""
        if index == self._highlighted:
            state = "row--highlighted"
        elif index == self._hovered:
            state = "row--hovered"
        return self._strips(index, line - self._tops[index], state, self.has_focus).crop(0, width)

    def _strip(self, index: int, part: int, state: str, _has_focus: bool) -> Strip:
        base = self.get_component_rich_style(state) if state else self.ground
        for line in self._shown[index].lines:
            text = _text(line)
            indent, starts = _wrapped(text, self._width)
            if part < len(starts):
                break
            part -= len(starts)
        ends = [*starts[1:], len(text)]
        row = Row(index, starts[part], ends[part], part == 0)
        segments = row_segments(text, row, base, list(self._layers(line)))
        margin = Segment(" " * (1 + (indent if part else 0)), base)
        strip = Strip([margin, *segments])
        return strip.extend_cell_length(self._width + 2, base).crop(0, self._width + 2)

    def _layers(self, line: Line) -> Iterator[tuple[Span, Style]]:
        start = 0
        for text, style in line:
            if style:
                yield Span(start, start + len(text)), self.get_component_rich_style(f"row--{style}", partial=True)
            start += len(text)


def _text(line: Line) -> str:
    return line[0][0] if len(line) == 1 else "".join(text for text, _ in line)


def _wrapped(text: str, width: int) -> tuple[int, list[int]]:
    """Give by how much further lines are indented (as the first one is), and the offsets at which lines start."""
    indent = len(text) - len(text.lstrip(" "))
    if indent * 4 > width:
        indent = 0
    if not indent:
        return 0, wrap(text, width)
    return indent, [0, *(start + indent for start in wrap(text[indent:], width - indent)[1:])]


def _with_headings(rows: Sequence[ListRow], found: Sequence[bool]) -> Iterator[ListRow]:
    """Give the rows that were found, each group of them below its heading."""
    heading: ListRow | None = None
    for row, is_found in zip(rows, found, strict=True):
        if row.is_heading:
            heading = row
        elif is_found:
            if heading is not None:
                yield heading
                heading = None
            yield row
