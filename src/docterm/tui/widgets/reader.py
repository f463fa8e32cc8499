"""The reader: a text view that is read and selected from the keyboard."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.selection import Selection

from docterm.library.model import Place
from docterm.text import Span, tokens
from docterm.tui.bindings import Strokes, bindings, strokes
from docterm.tui.widgets import motions
from docterm.tui.widgets.text_view import TextView


class Reader(TextView, can_focus=True):
    """A text with a cursor that moves by rows, words and paragraphs, and takes a selection along."""

    BINDINGS = bindings("text.", "select.word-forward", "select.word-end", "select.paragraph-")

    class Moved(Message):
        """The cursor stands at another place."""

        def __init__(self, view: Reader) -> None:
            super().__init__()
            self.view = view

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._column = 0
        self._strokes = Strokes(strokes("text.", "select."))

    def cursor_moved(self) -> None:
        super().cursor_moved()
        self._column = self.rows.cell_of(self.cursor)
        self.post_message(self.Moved(self))

    # --- moving ----------------------------------------------------------------------------------

    def word_at_cursor(self) -> tuple[str, ...]:
        """Give the word under the cursor, or the next one of its passage; empty where there is none."""
        if not self.passages:
            return ()
        text = self.passages[self.cursor.passage].text
        found = next((token for token in tokens(text) if token.end > self.cursor.offset), None)
        if found is None:
            return ()
        return (text[found.start : found.end - 2 if found.word.endswith("'s") else found.end],)

    def _move_rows(self, rows: int) -> None:
        """Move the cursor by rows that hold text, in its column."""
        if not self.rows.rows:
            return
        target = min(max(self.rows.row_of(self.cursor) + rows, 0), self.rows.rows - 1)
        if self.rows.row(target) is None:
            target += 1 if rows > 0 else -1
        column = self._column
        self.go_to(self.rows.place_at(target, column))
        self._column = column

    @property
    def _page(self) -> int:
        return max(self.scrollable_content_region.height - 2, 1)

    def action_down(self) -> None:
        self._move_rows(1)

    def action_up(self) -> None:
        self._move_rows(-1)

    def action_left(self) -> None:
        self._move(motions.left)

    def action_right(self) -> None:
        self._move(motions.right)

    def action_page_down(self) -> None:
        self._page_by(self._page)

    def action_page_up(self) -> None:
        self._page_by(-self._page)

    def action_half_down(self) -> None:
        self._page_by(self._page // 2)

    def action_half_up(self) -> None:
        self._page_by(-(self._page // 2))

    def _page_by(self, rows: int) -> None:
        self.scroll_to_line(self.top_row + rows)
        self._move_rows(rows)

    def action_first(self) -> None:
        self.go_to(Place(0, 0), top=True)

    def action_last(self) -> None:
        if self.passages:
            self.go_to(Place(len(self.passages) - 1, len(self.passages[-1].text)))

    def action_next_paragraph(self) -> None:
        self.go_to(Place(self.cursor.passage + 1, 0))

    def action_previous_paragraph(self) -> None:
        back = self.cursor.passage - (self.cursor.offset == 0)
        self.go_to(Place(max(back, 0), 0))

    def _move(self, motion: motions.Motion) -> None:
        if self.passages:
            self.go_to(motion(self.passages, self.cursor))

    def action_word_forward(self) -> None:
        self._move(motions.word_forward)

    def action_word_end(self) -> None:
        self._move(motions.word_end)

    def action_word_back(self) -> None:
        self._move(motions.word_back)

    def action_paragraph_start(self) -> None:
        self.go_to(Place(self.cursor.passage, 0))

    def action_paragraph_end(self) -> None:
        if self.passages:
            self.go_to(Place(self.cursor.passage, max(len(self.passages[self.cursor.passage].text) - 1, 0)))

    async def on_key(self, event: events.Key) -> None:
        """Take keys of two strokes, `b` while selecting, and `escape` before Textual itself ends the selection."""
        method = self._strokes.feed(event.key)
        if event.key == "escape" and self.is_selecting:
            event.stop()
            event.prevent_default()
            self.clear_selected()
            return
        if method is None and self.selected_from is not None and event.key == "b":
            method = "word_back"
        if method is None:
            return
        event.stop()
        event.prevent_default()
        if method:
            await self.run_action(method)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is."""
        if self.passages and self.text_selection is None:
            cell = event.x - self.gutter_width
            self.cursor = self.rows.place_at(self.top_row + event.y, max(cell, 0))
            self.cursor_moved()

    # --- selecting -------------------------------------------------------------------------------

    def selection_updated(self, selection: Selection | None) -> None:
        """Tell it also to those who say where the cursor is."""
        super().selection_updated(selection)
        self.post_message(self.Moved(self))

    def action_select(self) -> None:
        """Start selecting at the cursor, or stop."""
        if self.selected_from is not None:
            self.clear_selected()
        elif self.passages:
            self.select_from(self.cursor)

    def action_sentence(self) -> None:
        """Select the sentence at the cursor."""
        if self.passages:
            span = motions.sentence_at(self.passages[self.cursor.passage].text, self.cursor.offset)
            self._select_span(span)

    def action_paragraph(self) -> None:
        """Select the paragraph at the cursor."""
        if self.passages:
            self._select_span(Span(0, len(self.passages[self.cursor.passage].text)))

    def _select_span(self, span: Span) -> None:
        self.go_to(Place(self.cursor.passage, max(span.end - 1, span.start)))
        self.select_from(Place(self.cursor.passage, span.start))
