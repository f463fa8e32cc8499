"""The dual concordance: every place of a word on both sides, aligned on the word."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from textual import on, work
from textual.app import ComposeResult
from textual.message import Message
from textual.worker import get_current_worker

from docterm.compare.cancel import Cancelled, checking
from docterm.compare.comparison import Comparison
from docterm.compare.lists import words_in
from docterm.compare.sides import Side
from docterm.compare.terms import distinct, is_function_word, shown
from docterm.errors import DoctermError
from docterm.library.model import Document, Passage, Place
from docterm.search.concordance import KwicLine, KwicSort, concordance, in_order
from docterm.text import counted, fold, label
from docterm.tui.areas.quoting import Saving
from docterm.tui.bindings import bindings
from docterm.tui.compare_views.passage_columns import PassageColumns
from docterm.tui.compare_views.view import ShowPair, ShowView, View, Which
from docterm.tui.session import Session, Spot
from docterm.tui.widgets.kwic_list import Context, KwicRows, sentence_at
from docterm.tui.widgets.row_list import RowList

WIDTH = 120
"""Code points of context on each side of a line: more than a column shows."""
ASK = "No word is looked at. `enter` on a term of Vocabulary, or `*` on a word of a text, shows its lines."
ORDERS = {KwicSort.PLACE: "by place", KwicSort.LEFT: "by the words before", KwicSort.RIGHT: "by the words after"}


class Concordance(Saving, View):
    """Both sides' lines of a word; `enter` opens one side by side, `y` takes its sentence as a quote."""

    NAME = "concordance"
    BINDINGS = bindings("lines.", "compare.other-side", "read.quote")

    @dataclass
    class Found(Message):
        """The lines of a word are known."""

        forms: tuple[str, ...]
        lines: dict[Which, Sequence[KwicLine]]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.columns = PassageColumns("", KwicRows)
        self.forms: tuple[str, ...] = ()
        """The word that is looked at, with all that is counted as one with it."""
        self.sort = KwicSort.PLACE
        self.context = Context.LINE
        self._sides: dict[Which, Side] = {}
        self._lines: dict[Which, Sequence[KwicLine]] = {}
        self._came_from = ""

    def compose(self) -> ComposeResult:
        yield self.columns

    # --- what is looked at -----------------------------------------------------------------------

    def begin(self, left: Side, right: Side) -> None:
        super().begin(left, right)
        self._sides = {Which.LEFT: left, Which.RIGHT: right}
        self.look_at(self.forms, self._came_from)

    def show(self, comparison: Comparison) -> None:
        """Take up the sides as they are compared: what is on both is on neither."""
        super().show(comparison)
        sides = {Which.LEFT: comparison.left, Which.RIGHT: comparison.right}
        if sides != self._sides or not self._lines:
            self._sides = sides
            self.look_at(self.forms, self._came_from)

    def look_at(self, forms: tuple[str, ...], came_from: str = "") -> None:
        """Show the lines of a word, given with all that is counted as one with it."""
        self.workers.cancel_group(self, "lines")
        self.forms, self._came_from, self._lines = forms, came_from, {}
        for which in Which:
            self.columns.columns[which].set_rows("", ())
        if not forms:
            self.say(ASK)
        elif self._sides:
            self.say(f"Looking for {self._word}…")
            self._look(forms, dict(self._sides))

    @property
    def _word(self) -> str:
        return f"“{label(shown(self.forms), 60)}”"

    @work(thread=True, group="lines", exclusive=True)
    def _look(self, forms: tuple[str, ...], sides: dict[Which, Side]) -> None:
        worker = get_current_worker()
        try:
            found = {which: _lines_of(forms, side, lambda: worker.is_cancelled) for which, side in sides.items()}
        except Cancelled:
            return
        except DoctermError as error:
            self.app.notify(str(error), title="Nothing looked for", severity="error", markup=False)
            return
        self.post_message(self.Found(forms, found))

    @on(Found)
    def _found(self, event: Found) -> None:
        event.stop()
        if event.forms == self.forms:
            self._lines = event.lines
            self._fill()
            if self.has_focus_within:
                self._lead_with_lines()

    def _lead_with_lines(self) -> None:
        """Go over to the other side when this one has no line."""
        if not self._lines[self.columns.leading] and self._lines[self.columns.leading.other]:
            self.columns.go_over()

    def _fill(self) -> None:
        if not self._lines:
            return
        for which, lines in self._lines.items():
            column = self.columns.columns[which]
            column.set_heading(_heading(which, self._sides[which], len(lines)))
            if isinstance(column.list, KwicRows):
                column.list.show_lines(in_order(lines, self.sort), self.context)
        self.say(f"{self._word} · {ORDERS[self.sort]}")

    # --- order and width -------------------------------------------------------------------------

    def action_order(self) -> None:
        sorts = list(ORDERS)
        self.sort = sorts[(sorts.index(self.sort) + 1) % len(sorts)]
        self._fill()

    def action_wider(self) -> None:
        self._widen(1)

    def action_narrower(self) -> None:
        self._widen(-1)

    def _widen(self, step: int) -> None:
        self.context = Context(max(0, min(self.context + step, len(Context) - 1)))
        self._fill()

    # --- a line ----------------------------------------------------------------------------------

    @property
    def _line(self) -> KwicLine | None:
        rows = self.columns.list
        return rows.line if isinstance(rows, KwicRows) else None

    def _of(self, line: KwicLine) -> tuple[Document, Sequence[Passage]]:
        """Give the document of a line, and its passages."""
        side = self._sides[self.columns.leading]
        at = side.keys.index(line.passage.key)
        return side.documents[at], side.passages[at]

    @on(PassageColumns.Chosen)
    def _chosen(self, event: PassageColumns.Chosen) -> None:
        event.stop()
        line = self._line
        if line is not None:
            spot = Spot(line.passage.key, Place(line.passage.index, line.span.start))
            self.post_message(ShowPair(event.which, spot, [line.span]))

    def action_quote(self) -> None:
        self._quote(choose=False)

    def action_quote_as(self) -> None:
        self._quote(choose=True)

    def _quote(self, *, choose: bool) -> None:
        line = self._line
        if line is None:
            self.notify("There is no line to take a quote from.", markup=False)
            return
        sentence, index = sentence_at(line), line.passage.index
        self.save(*self._of(line), Place(index, sentence.start), Place(index, sentence.end), choose=choose)

    # --- the view --------------------------------------------------------------------------------

    def action_other_side(self) -> None:
        self.columns.go_over()

    def focus_main(self) -> None:
        self.columns.list.focus()

    def find(self, text: str) -> None:
        for column in self.columns.columns.values():
            column.list.narrow(text)

    def back(self) -> bool:
        if self.columns.list.narrowed:
            self.find("")
            return True
        if self._came_from:
            self.post_message(ShowView(self._came_from))
            return True
        return False

    @property
    def current_key(self) -> str | None:
        line = self._line
        return None if line is None else line.passage.key

    @property
    def current_word(self) -> tuple[str, ...]:
        return self.forms

    @on(RowList.Highlighted)
    def _highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()
        line = self._line
        if line is not None:
            self.say(f"{self._word} · {ORDERS[self.sort]} · {line.passage.address or line.passage.key}")


def _lines_of(forms: tuple[str, ...], side: Side, cancelled: Callable[[], bool]) -> Sequence[KwicLine]:
    """Give the lines of a word on a side; raises Cancelled soon after `cancelled()` is true."""
    check = checking(cancelled)
    texts = {document.key: passages for document, passages in zip(side.documents, side.passages, strict=True)}

    def passages_of(document: Document) -> Iterator[Passage]:
        for passage in texts[document.key]:
            check()
            yield passage

    query = " OR ".join(f'"{form}"' for form in distinct(forms))
    lines = concordance(query, side.documents, passages_of, width=WIDTH).lines
    if any(_is_function_word(form) for form in forms):
        return lines
    return [line for line in lines if not _is_function_word(line.node)]  # the US, but not us


def _is_function_word(form: str) -> bool:
    return not form.isupper() and is_function_word(fold(form))


def _heading(which: Which, side: Side, lines: int) -> str:
    if not lines:
        return f"{which.letter} {side.label}: no line in {which.letter}"
    rate = 1000 * lines / max(words_in(side), 1)
    return f"{which.letter} {side.label}: {counted(lines, 'line')}, {rate:.1f} in 1,000 words"
