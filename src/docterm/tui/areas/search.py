"""Area 2: searching the library while typing."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.timer import Timer
from textual.widgets import Input, Static

from docterm.errors import DoctermError, QueryError
from docterm.library.model import Passage, Place
from docterm.search.engine import Cancelled
from docterm.search.results import Hit, Results
from docterm.text import counted, label, tokens
from docterm.tui.areas.narrowing import ORDERS, Narrowing
from docterm.tui.key_order import OPENING
from docterm.tui.messages import OpenSpot
from docterm.tui.rows import hit_row
from docterm.tui.session import Session, Spot
from docterm.tui.widgets.layout import wrap
from docterm.tui.widgets.row_list import ListRow, RowList
from docterm.tui.widgets.text_view import Mark, TextView

FIRST_HITS = 15
"""Hits shown at once while typing: a screen full."""
SHOWN_HITS = 50
MORE_SECONDS = 0.3
"""From the last key to the hits beyond the first."""
READ_AS_LINES = 4
"""The most lines that saying how a query was read may take from the hits."""
PREVIEW_SECONDS = 0.08
"""From the highlight's last move to the document beside it."""
PROMPT = (
    "Press s and type words; a paragraph must have all of them. “Quotation marks” make a phrase, cens* begins a word, "
    "-word leaves out, OR, NEAR/5, title:, since:2019."
)


class QueryInput(Input):
    """The search field: the arrows move in the results without leaving it."""

    BINDINGS = [  # noqa: RUF012 - Textual declares it so
        Binding("down,ctrl+n", "move(1)", show=False),
        Binding("up,ctrl+p", "move(-1)", show=False),
        Binding("tab", "complete", show=False),
        Binding("enter", "submit", "Open"),
        Binding("escape", "app.back", "Leave the field"),
    ]

    virtual_size = Reactive(Size(0, 0), layout=False)
    """As Textual has it, but for `layout`: there, each letter lays out the whole screen."""

    class Move(Message):
        """The highlight is to move by `rows`."""

        def __init__(self, rows: int) -> None:
            super().__init__()
            self.rows = rows

    class Complete(Message):
        """The last word is to be completed."""

    def action_move(self, rows: int) -> None:
        self.post_message(self.Move(rows))

    def action_complete(self) -> None:
        self.post_message(self.Complete())


class SearchArea(Narrowing):
    """The field, how it was read, the hits, and on a wide screen the highlighted hit in its document."""

    NAME = "search"

    class Answered(Message):
        """A search has ended: with results, an error's sentence, or neither when it was overtaken."""

        def __init__(self, results: Results | None, sentence: str, hits: int) -> None:
            super().__init__()
            self.results = results
            self.sentence = sentence
            self.asked = hits
            """How many hits were asked for."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.field = QueryInput(placeholder="search the library", id="query", compact=True, select_on_focus=False)
        self.read_as = Static("", id="read-as", markup=False)
        self.list = RowList(id="hits")
        self.preview = TextView(id="preview")
        self.preview.can_focus = False
        self._explained = PROMPT
        self._wanted: str | None = None
        self._searching = False
        self._answer = asyncio.Event()
        """Set while nothing is being searched for."""
        self._answer.set()
        self._preview_timer: Timer | None = None
        self._more_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        yield self.field
        yield self.read_as
        with Horizontal():
            yield self.list
            yield self.preview
        yield self.status

    def on_mount(self) -> None:
        """Explain the field."""
        self._show_nothing(PROMPT)

    def search(self) -> None:
        """Put the focus into the field with its text selected, so that typing starts anew."""
        self.field.focus()
        self.field.action_select_all()

    def back(self) -> bool:
        if self.field.has_focus and self.results is not None and self.results.hits:
            self.list.focus()
            return True
        return super().back()

    def library_changed(self) -> None:
        self._want(self.field.value)

    @property
    def found(self) -> tuple[Collection[str], str]:
        return ((), "") if self.results is None else (self.results.documents, self.results.query)

    @property
    def current_key(self) -> str | None:
        spot = self._spot()
        return None if spot is None else spot.key

    def ask_anew(self) -> None:
        self._want(self.field.value)

    def hit_passage(self) -> Passage | None:
        spot = self._spot()
        hit = None if spot is None else self._hit(spot)
        return None if hit is None else hit.passage

    # --- asking: one search runs at a time, and the newest text is searched next ------------------

    @on(Input.Changed, "#query")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.workers.cancel_group(self, OPENING)
        self._want(event.value)

    def _want(self, text: str) -> None:
        self._wanted = text
        self._answer.clear()
        if self._searching:
            self.session.search.cancel()
        else:
            self._run_next()

    def _run_next(self) -> None:
        text, self._wanted = self._wanted, None
        if self._more_timer is not None:
            self._more_timer.stop()
            self._more_timer = None
        if text is None:
            return
        if not text.strip():
            self._show_nothing(PROMPT)
            self._answer.set()
            return
        self._searching = True
        self._search(text)

    @work(thread=True, group="search")
    def _search(self, text: str, hits: int = FIRST_HITS) -> None:
        results, sentence = None, ""
        try:
            results = self.session.search.search(text, limit=hits, sort=self.sort, typing=True)
        except Cancelled:
            pass
        except QueryError as error:
            sentence = str(error)
        except DoctermError as error:
            sentence = f"The search failed: {error}"
        self.post_message(self.Answered(results, sentence, hits))

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        event.stop()
        self._searching = False
        if self._wanted is not None:
            self._run_next()
        elif event.results is not None and event.asked == SHOWN_HITS:
            self._show_more(event.results)
        elif event.results is not None:
            self._show(event.results)
        elif event.sentence:
            self._show_nothing(event.sentence)
        if not self._searching:
            self._answer.set()

    # --- showing ---------------------------------------------------------------------------------

    def _show(self, results: Results) -> None:
        """Show the hits at once, and the first one in its document a moment later: the next key may come before."""
        self.results = results
        with self.app.batch_update():
            self._explain(" ".join((f"read as: {results.read_as}.", *results.notes)))
            self.list.start_with(self._hit_rows())
            self._tell(results)
        self._preview_soon()
        if results.passages > len(results.hits):
            self._more_timer = self.set_timer(MORE_SECONDS, self._ask_for_more)

    def _ask_for_more(self) -> None:
        """Ask for the hits beyond the first ones, once the reader stops typing."""
        self._more_timer = None
        results = self.results
        if results is not None and not self._searching:
            self._searching = True
            self._search(results.query, SHOWN_HITS)

    def _show_more(self, results: Results) -> None:
        """Add further hits to those on the screen, and leave the highlight where it is."""
        self.results = results
        self.list.set_rows(self._hit_rows())
        self._tell(results)

    def _tell(self, results: Results) -> None:
        found = f"{counted(results.passages, 'passage')} in {counted(len(results.documents), 'document')}"
        more = f" · the best {len(results.hits)} are shown" if results.passages > len(results.hits) else ""
        order = f" · {ORDERS[self.sort]}" if self.sort in ORDERS else ""
        completed = f" · tab: {', '.join(results.completions[:4])}" if results.completions else ""
        offered = f" · enter: {results.suggestion}" if results.suggestion else ""
        self.say((found + more + order if results.passages else f"Nothing found.{offered}") + completed)

    def _explain(self, sentence: str) -> None:
        """Say how the query was read, in as many lines as it takes, four at most."""
        self._explained = sentence
        self.read_as.styles.height = min(len(wrap(sentence, max(self.size.width - 2, 1))), READ_AS_LINES)
        self.read_as.update(Content(sentence), layout=False)

    def _hit_rows(self) -> list[ListRow]:
        width = max(self.list.size.width, 20)
        return [hit_row(hit, width) for hit in (self.results.hits if self.results else ())]

    def _fit(self) -> None:
        """Lay out for the width there is what was cut for another."""
        self._explain(self._explained)
        self.list.set_rows(self._hit_rows())
        self._preview_soon()

    def _show_nothing(self, sentence: str) -> None:
        self.results = None
        self.list.set_rows([])
        self.preview.show(())
        self._explain(sentence)
        self.say("")

    def _preview_soon(self) -> None:
        if self._preview_timer is not None:
            self._preview_timer.stop()
        self._preview_timer = self.set_timer(PREVIEW_SECONDS, self._preview)

    def _preview(self) -> None:
        self._preview_timer = None
        spot = self._spot()
        if spot is None or not self.preview.size.width:
            self.preview.show(())
            return
        document = self.session.known(spot.key)
        passages = () if document is None else self.session.library.passages(document)
        if passages is not self.preview.passages:
            self.preview.show(passages)
        hit = self._hit(spot)
        marks = [Mark(spot.place.passage, span) for span in hit.spans] if hit else []
        with self.app.batch_update():
            self.preview.set_marks(marks)
            self.preview.set_current(marks[0] if marks else None)
            self.preview.go_to(spot.place, top=True)

    def _hit(self, spot: Spot) -> Hit | None:
        hits = self.results.hits if self.results else ()
        return next(
            (hit for hit in hits if (hit.document.key, hit.passage.index) == (spot.key, spot.place.passage)), None
        )

    def _spot(self) -> Spot | None:
        """Give where the highlighted hit begins."""
        if self.list.row_id is None:
            return None
        key, _, index = self.list.row_id.rpartition("\n")
        hit = self._hit(Spot(key, Place(int(index), 0)))
        return Spot(key, Place(int(index), hit.spans[0].start if hit and hit.spans else 0))

    @on(QueryInput.Complete)
    def _complete(self, event: QueryInput.Complete) -> None:
        """Put the most frequent completion in the place of the last word; leave the field when there is none."""
        event.stop()
        results = self.results
        if results is not None and results.completions and results.query == self.field.value:
            last = list(tokens(self.field.value))[-1]
            self._put(f"{self.field.value[: last.start]}{results.completions[0]} ", typing=True)
        else:
            self.list.focus()

    @on(QueryInput.Move)
    def _moved(self, event: QueryInput.Move) -> None:
        event.stop()
        if event.rows > 0:
            self.list.action_down()
        else:
            self.list.action_up()

    @on(RowList.Highlighted)
    def _highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()
        self._preview_soon()

    def on_resize(self) -> None:
        """Fit the snippets and the preview to the new width; what is highlighted and narrowed stays so."""
        self.call_after_refresh(self._fit)

    @on(Input.Submitted, "#query")
    @on(RowList.Chosen)
    def _opened(self, event: Message) -> None:
        """Open the highlighted hit; when the answer to what was typed is still to come, its first one then."""
        event.stop()
        self._open()

    @work(group=OPENING, exclusive=True)
    async def _open(self) -> None:
        await self._answer.wait()
        spot = self._spot()
        if spot is not None:
            self.post_message(OpenSpot(spot, self.results))
        elif self.results is not None and self.results.suggestion:
            self._put(self.results.suggestion, typing=True)
        elif self.field.value.strip():
            self.notify(label(f"Nothing to open for “{self.field.value}”."), severity="warning", markup=False)
