"""A list that is moved through with the reader's keys and narrowed by typing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from docterm.text import words
from docterm.tui.bindings import Strokes, bindings, strokes

MOST_ROWS = 500
"""Rows shown at once: a thousand cost 0.15 s. Narrowing brings up the others."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row: what it stands for, how it looks, and the text by whose words it is found."""

    id: str
    content: Content
    text: str

    def has(self, wanted: Sequence[str]) -> bool:
        """Say whether each of the folded words begins a word of the text."""
        if not wanted:
            return True
        found = words(self.text)
        return all(any(word.startswith(start) for word in found) for start in wanted)


class RowList(OptionList, inherit_bindings=False):
    """A list of rows with the keys of every list; `empty` is what it says when there are no rows."""

    BINDINGS = bindings("list.")

    def __init__(self, *, id: str | None = None, empty: str = "") -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, markup=False)
        self._empty = empty
        self._rows: Sequence[ListRow] = ()
        self._narrowing = ""
        self._strokes = Strokes(strokes("list."))

    def set_rows(self, rows: Sequence[ListRow]) -> None:
        """Show other rows, keeping the highlighted one highlighted when it is still there."""
        self._rows = rows
        self._fill(self.row_id)

    def start_with(self, rows: Sequence[ListRow]) -> None:
        """Show other rows from the first one on, all of them, without a word about the highlight."""
        self._rows, self._narrowing = rows, ""
        with self.prevent(self.OptionHighlighted):
            self._fill(None)

    def narrow(self, text: str) -> int:
        """Show only rows that have a word beginning with each word of `text`; give their number."""
        self._narrowing = text
        return self._fill(self.row_id)

    def _fill(self, highlighted: str | None) -> int:
        wanted = words(self._narrowing)
        rows = [row for row in self._rows if row.has(wanted)]
        shown = [Option(row.content, id=row.id) for row in rows[:MOST_ROWS]]
        if self._empty and not self._rows:
            shown.append(Option(self._empty, disabled=True))
        if len(rows) > MOST_ROWS:
            shown.append(Option(f"… {len(rows) - MOST_ROWS} more: press / to narrow the list", disabled=True))
        with self.prevent(self.OptionHighlighted):
            self.set_options(shown)
        ids = [row.id for row in rows[:MOST_ROWS]]
        self.highlighted = ids.index(highlighted) if highlighted in ids else (0 if ids else None)
        return len(rows)

    @property
    def narrowed(self) -> bool:
        """Whether some rows may be hidden by `narrow`."""
        return bool(self._narrowing)

    @property
    def row_id(self) -> str | None:
        """The id of the highlighted row, or None."""
        option = self.highlighted_option
        return None if option is None else option.id

    async def on_key(self, event: events.Key) -> None:
        """Take keys of two strokes."""
        method = self._strokes.feed(event.key)
        if method is not None:
            event.stop()
            event.prevent_default()
            if method:
                await self.run_action(method)

    def action_down(self) -> None:
        self.action_cursor_down()

    def action_up(self) -> None:
        self.action_cursor_up()

    def action_open(self) -> None:
        self.action_select()
