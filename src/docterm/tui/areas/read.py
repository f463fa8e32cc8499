"""Area 3: reading a document, with the hits of a search marked, and taking quotes from it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from docterm.blocks import spark
from docterm.errors import DoctermError, QueryError
from docterm.library.model import Document, Kind, Passage, Place
from docterm.search.dispersion import dispersion
from docterm.search.query import parse
from docterm.search.results import Results
from docterm.text import counted
from docterm.tui.areas.area import Area
from docterm.tui.areas.finding import Finding
from docterm.tui.bindings import bindings
from docterm.tui.hits import Hits, Landing
from docterm.tui.messages import MoreLike, OpenSpot
from docterm.tui.rows import about
from docterm.tui.session import Session, Spot
from docterm.tui.widgets.reader import Reader

EMPTY = "No document is open. Choose one in the library (1), or search (s)."
SELECTING = "selecting (a s: the sentence, a p: the paragraph, y: quote, escape: stop)"
DIGEST = "A digest: docterm’s own words, paragraph for paragraph. What you quote from it is a paraphrase."


class ReadArea(Finding, Area):
    """One document in the reader."""

    NAME = "read"
    BINDINGS = bindings("read.")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.heading = Static("", classes="heading", markup=False)
        self.reader = Reader(id="reader")
        self.document: Document | None = None
        self.results: Results | None = None
        self._hits = Hits()
        self._notes: Mapping[int, str] = {}
        self._finding = False
        """Whether the hits are those of the find line, and not of `results`."""

    def compose(self) -> ComposeResult:
        yield self.heading
        yield self.reader
        yield self.status

    def on_mount(self) -> None:
        """Say how to come by a document."""
        self._show_heading()

    def focus_main(self) -> None:
        self.reader.focus()

    @property
    def spot(self) -> Spot | None:
        """Where the cursor is, or None when nothing is open."""
        return None if self.document is None else Spot(self.document.key, self.reader.cursor)

    def quoted_from(self) -> tuple[Document | None, Reader]:
        return self.document, self.reader

    # --- opening ---------------------------------------------------------------------------------

    async def open(self, spot: Spot, results: Results | None = None, landing: Landing | None = None) -> bool:
        """Show a document at a spot, with the hits of `results` marked; give False when it is gone."""
        document = self.session.known(spot.key)
        if document is None:
            return False
        passages = await asyncio.to_thread(self.session.library.passages, document)
        if document != self.document or passages is not self.reader.passages:
            self._notes = {}
            self.reader.set_gutter_notes({})
            self.reader.show(passages)
        self.document = document
        self.results = results
        self._finding = False
        self.notebook_changed()
        self._show_heading()
        self._set_hits(Hits())
        self.reader.go_to(spot.place, top=True)
        if results is not None:
            self._find_hits(results.node, landing or Landing.STAY)
        await self._laid_out()
        return True

    async def _laid_out(self) -> None:
        """Wait until the reader has its place on the screen: before, keys find no rows in it."""
        done = asyncio.Event()
        self.call_after_refresh(done.set)
        await done.wait()

    def _show_heading(self) -> None:
        if self.document is None:
            self.heading.update(Content(EMPTY))
            return
        parts = [(self.document.title, "bold"), (f"\n{about(self.document)}", "dim")]
        if self.document.kind is Kind.DIGEST:
            parts.append((f"\n{DIGEST}", "$text-warning"))
        self.heading.update(Content.assemble(*parts))

    def notebook_changed(self) -> None:
        if self.document is not None:
            self._show_codes(self.document.key, self.reader.passages)

    @work(thread=True, group="codes", exclusive=True)
    def _show_codes(self, key: str, passages: Sequence[Passage]) -> None:
        """Show in the gutter the keys of the codes that words of a paragraph have."""
        notes = self.session.code_notes(key, passages)

        def show() -> None:
            if passages is self.reader.passages and notes != self._notes:
                self._notes = notes
                self.reader.set_gutter_notes(notes)

        self.app.call_from_thread(show)

    def library_changed(self) -> None:
        if self.document is None:
            return
        known = self.session.known(self.document.key)
        if known is not None and known != self.document:
            self._reopen(Spot(known.key, self.reader.cursor))

    @work(group="open", exclusive=True)
    async def _reopen(self, spot: Spot) -> None:
        try:
            await self.open(spot, self.results)
        except DoctermError as error:
            self.notify(str(error), title="Not opened", severity="error", markup=False)

    # --- hits ------------------------------------------------------------------------------------

    @on(Finding.HitsFound)
    def _hits_found(self, event: Finding.HitsFound) -> None:
        event.stop()
        if event.passages is not self.reader.passages:
            return
        self._set_hits(event.hits)
        place = event.hits.landing(event.landing, self.reader.cursor)
        if place != self.reader.cursor:
            self.reader.go_to(place)
        else:
            self._show_where()

    def _set_hits(self, hits: Hits) -> None:
        self._hits = hits
        self.reader.set_marks(hits.marks)

    def action_next_hit(self) -> None:
        self._step(1)

    def action_previous_hit(self) -> None:
        self._step(-1)

    def _step(self, direction: int) -> None:
        """Go to the next hit from the cursor, and beyond the last one of a search into its next document."""
        place = self._hits.beyond(self.reader.cursor, direction)
        if place is not None:
            self.reader.go_to(place)
        elif (
            self._finding
            or self.results is None
            or not self._go_to_document(direction, Landing.FIRST if direction > 0 else Landing.LAST)
        ):
            self.notify("No more hits." if self._hits else "Nothing is being searched for here.", markup=False)

    def action_more_like(self) -> None:
        if self.reader.passages:
            self.post_message(MoreLike(self.reader.passages[self.reader.cursor.passage]))

    def action_next_document(self) -> None:
        self._next_document(1)

    def action_previous_document(self) -> None:
        self._next_document(-1)

    def _next_document(self, direction: int) -> None:
        if not self._go_to_document(direction, Landing.FIRST):
            self.notify("There is no further document.", markup=False)

    def _documents(self) -> Sequence[str]:
        """Give the keys of the result, or of the library when nothing was searched for."""
        if self.results is not None:
            return self.results.documents
        return [document.key for document in self.session.library.documents()]

    def _go_to_document(self, direction: int, landing: Landing) -> bool:
        keys = self._documents()
        if self.document is None or self.document.key not in keys:
            return False
        position = keys.index(self.document.key) + direction
        if not 0 <= position < len(keys):
            return False
        self.post_message(OpenSpot(Spot(keys[position], Place(0, 0)), self.results, landing))
        return True

    def find(self, text: str) -> None:
        """Mark what is found in this document and go to the first place from the cursor on.

        Without a word to find, the hits of the search that led here are marked again.
        """
        try:
            node = parse(text, typing=True).node
        except QueryError:
            self._finding = False
            self.workers.cancel_group(self, "hits")
            self._set_hits(Hits())
            self._show_where()
            if self.results is not None:
                self._find_hits(self.results.node, Landing.STAY)
        else:
            self._finding = True
            self._find_hits(node, Landing.AHEAD)

    # --- the status line -------------------------------------------------------------------------

    @on(Reader.Moved)
    def _moved(self, event: Reader.Moved) -> None:
        event.stop()
        self._show_where()

    def _show_where(self) -> None:
        """Show the hit at the cursor as the current one, and say where the cursor is."""
        current = self._hits.at(self.reader.cursor)
        self.reader.set_current(None if current is None else self._hits.marks[current])
        if self.document is None or not self.reader.passages:
            self.say("")
            return
        parts: list[str] = [SELECTING] if self.reader.is_selecting else []
        if self._hits:
            total = len(self._hits)
            where = spark(dispersion((mark.passage for mark in self._hits.marks), len(self.reader.passages)))
            parts.append(f"{counted(total, 'hit') if current is None else f'hit {current + 1}/{total}'} {where}")
        keys = self._documents()
        if self.document.key in keys:
            parts.append(f"document {list(keys).index(self.document.key) + 1}/{len(keys)}")
        passage = self.reader.passages[self.reader.cursor.passage]
        parts.append(f"para. {passage.number}" if passage.number else passage.role.value)
        if passage.locator.shown_page:
            parts.append(f"p. {passage.locator.shown_page}")
        if passage.locator.headings:
            parts.append(" › ".join(passage.locator.headings))
        self.say(" · ".join(parts))
