"""The virtual reader: shows the passages of a document of any length, a row at a time.

Only the rows in sight are ever rendered. All coordinates are places in the source (passage, code point), so
a selection is a quotation's address whatever the wrapping.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.geometry import Offset
from textual.selection import Selection
from textual.strip import Strip

from docterm.library.model import Passage, Place, Role
from docterm.text import Span
from docterm.tui.widgets.layout import Layout, Row
from docterm.tui.widgets.line_view import LineView
from docterm.tui.widgets.row_segments import row_segments

MAX_WIDTH = 92
"""The widest line of text, in cells: longer ones are hard to read."""
NARROW = 30
"""Below this width, in cells, there is no gutter."""
CONTEXT_ROWS = 3
"""Rows kept in sight above and below a place that is jumped to."""

_ROLE_CLASSES = {
    Role.TITLE: "text--title",
    Role.SUBHEAD: "text--subhead",
    Role.BODY: "text--body",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a passage that is marked as a hit."""

    passage: int
    span: Span

    @property
    def place(self) -> Place:
        """Where the mark begins."""
        return Place(self.passage, self.span.start)


class TextView(LineView, can_focus=True, inherit_bindings=False):
    """A text with a cursor, a selection, marked hits and a gutter of paragraph numbers."""

    ALLOW_SELECT = True
    COMPONENT_CLASSES = {  # noqa: RUF012 - Textual declares it so
        "text--body", "text--title", "text--subhead", "text--aside", "text--gutter", "text--tick",
        "text--hit", "text--current-hit", "text--selected", "text--cursor",
    }  # fmt: skip

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.passages: Sequence[Passage] = ()
        self.cursor = Place(0, 0)
        self.rows = Layout((), 1)
        self.gutter_width = 0
        """The cells left of the text: the widest paragraph number, a note, a tick and a space."""
        self._marks: dict[int, list[Span]] = {}
        self._current: Mark | None = None
        self._notes: Mapping[int, str] = {}
        self.selected_from: Place | None = None
        """Where the selection by keyboard began, or None."""
        self._strips: LRUCache[tuple[object, ...], Strip] = LRUCache(1024)

    # --- content ---------------------------------------------------------------------------------

    def show(self, passages: Sequence[Passage]) -> None:
        """Show other passages from their start, without marks or a selection."""
        if self.is_selecting:
            self.clear_selected()
        self.passages = passages
        self.cursor = Place(0, 0)
        self._marks, self._current, self._notes = {}, None, {}
        self._lay_out()
        self.scroll_to_line(0)

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Mark hits in place of those that are marked; none of them is the current one."""
        self._marks = {}
        for mark in marks:
            self._marks.setdefault(mark.passage, []).append(mark.span)
        self._current = None
        self._changed()

    def set_current(self, mark: Mark | None) -> None:
        """Show one of the marks as the one the reader is at."""
        if mark != self._current:
            self._current = mark
            self._changed()

    def set_gutter_notes(self, notes: Mapping[int, str]) -> None:
        """Show a short note of at most two cells behind the number of some passages, by index."""
        self._notes = notes
        self._lay_out()

    def _changed(self) -> None:
        self._strips.clear()
        self.refresh()

    def _lay_out(self) -> None:
        region = self.scrollable_content_region
        self.gutter_width = 0
        if region.width >= NARROW:
            highest = next((passage.number for passage in reversed(self.passages) if passage.number), 0)
            self.gutter_width = len(str(highest)) + (3 if self._notes else 0) + 3
        width = min(region.width - self.gutter_width - 1, MAX_WIDTH)
        self.rows = Layout(self.passages if width > 0 else (), width)  # no width: not on the screen yet
        self.set_lines(self.rows.rows)
        self._changed()

    def on_resize(self) -> None:
        """Wrap anew, keeping what is at the top in its place; the first time, show the cursor."""
        before, top = self.rows.rows, self.rows.place_at(self.top_row, 0)
        self._lay_out()
        if before:
            self.scroll_to_line(self.rows.row_of(top))
        else:
            self.go_to(self.cursor, top=True)

    def notify_style_update(self) -> None:
        """Forget what was rendered in other colours."""
        super().notify_style_update()
        self._strips.clear()

    # --- where things are ------------------------------------------------------------------------

    @property
    def top_passage(self) -> int:
        """The index of the first passage in sight."""
        return self.rows.passage_at(self.top_row)

    def row_of_passage(self, index: int) -> int:
        """Give the row in which a passage starts."""
        return self.rows.first_row(index)

    def go_to(self, place: Place, *, top: bool = False) -> None:
        """Put the cursor at a place and bring it into sight; with `top`, its passage starts near the top."""
        if not self.passages:
            return
        index = min(max(place.passage, 0), len(self.passages) - 1)
        self.cursor = Place(index, min(max(place.offset, 0), len(self.passages[index].text)))
        row = self.rows.row_of(self.cursor)
        if top:
            self.scroll_to_line(max(self.rows.first_row(index) - 1, 0))
        self._show_row(row, CONTEXT_ROWS if top else 1)
        self.cursor_moved()

    def bring_into_sight(self, index: int) -> None:
        """Scroll as little as needed to show the start of a passage."""
        self._show_row(self.rows.first_row(index), 1)

    def is_in_sight(self, place: Place) -> bool:
        """Say whether the row of a place is on the screen."""
        return 0 <= self.rows.row_of(place) - self.top_row < self.scrollable_content_region.height

    def _show_row(self, row: int, context: int) -> None:
        height = self.height_in_sight
        context = min(context, (height - 1) // 2)
        if row < self.top_row + context:
            self.scroll_to_line(max(row - context, 0))
        elif row > self.top_row + height - 1 - context:
            self.scroll_to_line(row - height + 1 + context)

    def cursor_moved(self) -> None:
        """Take the selection along with the cursor, and show both."""
        if self.selected_from is not None:
            self._select(self.selected_from, self.cursor)
        self.refresh()

    # --- selecting -------------------------------------------------------------------------------

    @property
    def is_selecting(self) -> bool:
        """Whether the keyboard or the mouse has selected something."""
        return self.selected_from is not None or self.text_selection is not None

    def _select(self, start: Place, end: Place) -> None:
        """Select from the one place to the other, the code points at both included."""
        first, last = sorted((start, end))
        after = min(last.offset + 1, len(self.passages[last.passage].text))
        selection = Selection(Offset(first.offset, first.passage), Offset(after, last.passage))
        self.screen.selections = {self: selection}

    def select_from(self, anchor: Place) -> None:
        """Select from `anchor` to the cursor, and on with it when it moves."""
        self.selected_from = anchor
        self._select(anchor, self.cursor)

    def clear_selected(self) -> None:
        """Select nothing."""
        self.selected_from = None
        self.screen.clear_selection()

    def selected(self) -> tuple[Place, Place] | None:
        """Give the selected places [start, end), or None."""
        selection = self.text_selection
        if selection is None or not self.passages:
            return None
        last = len(self.passages) - 1
        start = Place(0, 0) if selection.start is None else Place(selection.start.y, selection.start.x)
        end = Place(last, len(self.passages[last].text))
        if selection.end is not None:
            end = Place(selection.end.y, min(selection.end.x, len(self.passages[selection.end.y].text)))
        return start, end

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Give the selected text, by places: the inherited way splits at characters that are part of a passage."""
        places = self.selected()
        if places is None:
            return None
        start, end = places
        texts = [passage.text for passage in self.passages[start.passage : end.passage + 1]]
        texts[-1] = texts[-1][: end.offset]
        texts[0] = texts[0][start.offset :]
        return "\n".join(texts), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Show the selection."""
        if selection is None:
            self.selected_from = None
        self.refresh()

    # --- rendering -------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Give the strip of one row in sight."""
        number = y + self.top_row
        width = self.scrollable_content_region.width
        row = self.rows.row(number)
        if row is None:
            return Strip.blank(width, self.ground)
        selection = self.text_selection
        selected = selection.get_span(row.passage) if selection is not None else None
        here = self.cursor.offset if self.has_focus and self.rows.row_of(self.cursor) == number else None
        key = (number, width, selected, here)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = self._render_row(row, selected, here, width)
        return strip

    def _render_row(self, row: Row, selected: tuple[int, int] | None, here: int | None, width: int) -> Strip:
        passage = self.passages[row.passage]
        layers: list[tuple[Span, Style]] = [
            (span, self._over("text--hit")) for span in self._marks.get(row.passage, ())
        ]
        if self._current is not None and self._current.passage == row.passage:
            layers.append((self._current.span, self._over("text--current-hit")))
        if selected is not None:
            end = len(passage.text) if selected[1] == -1 else selected[1]
            layers.append((Span(selected[0], end), self._over("text--selected")))
        if here is not None:
            layers.append((Span(here, here + 1), self._over("text--cursor")))
        base = self.get_component_rich_style(_ROLE_CLASSES.get(passage.role, "text--aside"))
        text = Strip(row_segments(passage.text, row, base, layers)).apply_offsets(row.start, row.passage)
        joined = Strip.join([self._gutter(passage, row), text])
        return joined.extend_cell_length(width, self.ground).crop(0, width)

    def _over(self, name: str) -> Style:
        """Give a style that lies over another: only what its rule sets."""
        return self.get_component_rich_style(name, partial=True)

    def _gutter(self, passage: Passage, row: Row) -> Strip:
        if not self.gutter_width:
            return Strip([])
        number = str(passage.number) if row.first and passage.number else ""
        if self._notes:
            number += f" {self._notes.get(row.passage, '') if row.first else '':2}"
        return Strip(
            [
                Segment(f"{number:>{self.gutter_width - 2}}", self.get_component_rich_style("text--gutter")),
                Segment("▎" if row.passage in self._marks else " ", self.get_component_rich_style("text--tick")),
                Segment(" ", self.ground),
            ]
        )
