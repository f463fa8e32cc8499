"""Area 3: reading a document, with the hits of a search marked, and taking quotes from it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from docterm.errors import QueryError
from docterm.library.model import Document, Kind, Passage, Place, Role
from docterm.search.matcher import Matcher
from docterm.search.query import Node, parse
from docterm.search.service import Results
from docterm.tui.areas.area import Area
from docterm.tui.areas.quoting import Quoting
from docterm.tui.bindings import bindings
from docterm.tui.messages import OpenSpot
from docterm.tui.rows import about
from docterm.tui.session import Session, Spot
from docterm.tui.widgets.reader import Reader
from docterm.tui.widgets.text_view import Mark

EMPTY = "No document is open. Choose one in the library (1), or search (s)."
DIGEST = "A digest: docterm’s own words, paragraph for paragraph. What you quote from it is a paraphrase."


class ReadArea(Quoting, Area):
    """One document in the reader."""

    NAME = "read"
    BINDINGS = bindings("read.")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.heading = Static("", classes="heading", markup=False)
        self.reader = Reader(id="reader")
        self.document: Document | None = None
        self.results: Results | None = None
        self._marks: list[Mark] = []
        self._current = -1

    def compose(self) -> ComposeResult:
        yield self.heading
        yield self.reader
        yield self.status

    def on_mount(self) -> None:
        """Say how to come by a document."""
        self._show_heading()

    def focus_main(self) -> None:
        self.reader.focus()

    def back(self) -> bool:
        if self.reader.is_selecting:
            self.reader.clear_selected()
            return True
        return False

    @property
    def current_key(self) -> str | None:
        return None if self.document is None else self.document.key

    @property
    def spot(self) -> Spot | None:
        """Where the cursor is, or None when nothing is open."""
        return None if self.document is None else Spot(self.document.key, self.reader.cursor)

    def quoted_from(self) -> tuple[Document | None, Reader]:
        return self.document, self.reader

    # --- opening ---------------------------------------------------------------------------------

    async def open(self, spot: Spot, results: Results | None = None) -> bool:
        """Show a document at a spot, with the hits of `results` marked; give False when it is gone."""
        document = self.session.known(spot.key)
        if document is None:
            return False
        passages = await asyncio.to_thread(self.session.library.passages, document)
        if document != self.document or passages is not self.reader.passages:
            self.reader.show(passages)
        self.document = document
        self.results = results
        self._show_heading()
        self._set_marks([] if results is None else await asyncio.to_thread(_marks, results.node, passages))
        self.reader.go_to(spot.place, top=True)
        self._settle_on_hit()
        return True

    def _show_heading(self) -> None:
        if self.document is None:
            self.heading.update(Content(EMPTY))
            return
        parts = [(self.document.title, "bold"), (f"\n{about(self.document)}", "dim")]
        if self.document.kind is Kind.DIGEST:
            parts.append((f"\n{DIGEST}", "$text-warning"))
        self.heading.update(Content.assemble(*parts))

    def library_changed(self) -> None:
        if self.document is None:
            return
        known = self.session.known(self.document.key)
        if known is not None and known != self.document:
            self._reopen(Spot(known.key, self.reader.cursor))

    @work(group="open", exclusive=True)
    async def _reopen(self, spot: Spot) -> None:
        await self.open(spot, self.results)

    # --- hits ------------------------------------------------------------------------------------

    def _set_marks(self, marks: list[Mark]) -> None:
        self._marks, self._current = marks, -1
        self.reader.set_marks(marks)

    def _settle_on_hit(self) -> None:
        """Make the hit at the cursor the current one."""
        places = [mark.place for mark in self._marks]
        if self.reader.cursor in places:
            self._current = places.index(self.reader.cursor)
            self.reader.set_marks(self._marks, self._marks[self._current])
        self._show_status()

    def action_next_hit(self) -> None:
        self._step(1)

    def action_previous_hit(self) -> None:
        self._step(-1)

    def _step(self, direction: int) -> None:
        """Go to the next hit from the cursor, and beyond the last one into the next document of the result."""
        here = self.reader.cursor
        places = [mark.place for mark in self._marks]
        ahead = (
            [place for place in places if place > here]
            if direction > 0
            else [place for place in places if place < here]
        )
        if ahead:
            self.reader.go_to(ahead[0] if direction > 0 else ahead[-1])
            self._settle_on_hit()
        elif not self._go_to_document(direction, at_hit=True):
            self.notify("No more hits." if self._marks else "Nothing is being searched for here.", markup=False)

    def action_next_document(self) -> None:
        self._next_document(1)

    def action_previous_document(self) -> None:
        self._next_document(-1)

    def _next_document(self, direction: int) -> None:
        if not self._go_to_document(direction, at_hit=False):
            self.notify("There is no further document.", markup=False)

    def _documents(self) -> Sequence[str]:
        """Give the keys of the result, or of the library when nothing was searched for."""
        if self.results is not None:
            return self.results.documents
        return [document.key for document in self.session.library.documents()]

    def _go_to_document(self, direction: int, *, at_hit: bool) -> bool:
        keys = self._documents()
        if self.document is None or self.document.key not in keys or (at_hit and self.results is None):
            return False
        position = keys.index(self.document.key) + direction
        if not 0 <= position < len(keys):
            return False
        self._open_at_hit(keys[position], direction)
        return True

    @work(group="open", exclusive=True)
    async def _open_at_hit(self, key: str, direction: int) -> None:
        place = Place(0, 0)
        document = self.session.known(key)
        if self.results is not None and document is not None:
            passages = await asyncio.to_thread(self.session.library.passages, document)
            marks = await asyncio.to_thread(_marks, self.results.node, passages)
            place = marks[0 if direction > 0 else -1].place if marks else place
        self.post_message(OpenSpot(Spot(key, place), self.results))

    def find(self, text: str) -> None:
        """Mark what is found in this document and go to the first place from the cursor on."""
        self.results = None
        try:
            node = parse(text, typing=True).node
        except QueryError:
            self._set_marks([])
            self._show_status()
            return
        self._set_marks(_marks(node, self.reader.passages))
        after = [mark.place for mark in self._marks if mark.place >= self.reader.cursor]
        if self._marks:
            self.reader.go_to(after[0] if after else self._marks[0].place)
        self._settle_on_hit()

    # --- the status line -------------------------------------------------------------------------

    @on(Reader.Moved)
    def _moved(self, event: Reader.Moved) -> None:
        event.stop()
        self._show_status()

    def _show_status(self) -> None:
        if self.document is None or not self.reader.passages:
            self.say("")
            return
        parts: list[str] = []
        if self._marks:
            parts.append(f"hit {self._current + 1 or '–'}/{len(self._marks)}")
        keys = self._documents()
        if self.document.key in keys:
            parts.append(f"document {list(keys).index(self.document.key) + 1}/{len(keys)}")
        passage = self.reader.passages[self.reader.cursor.passage]
        parts.append(f"para. {passage.number}" if passage.number else passage.role.value)
        if passage.locator.page:
            parts.append(f"p. {passage.locator.page}")
        if passage.locator.headings:
            parts.append(" › ".join(passage.locator.headings))
        self.say(" · ".join(parts))


def _marks(node: Node, passages: Sequence[Passage]) -> list[Mark]:
    """Give every place in the body that answers a query."""
    matcher = Matcher(node)
    return [
        Mark(passage.index, span)
        for passage in passages
        if passage.role is Role.BODY
        for span in matcher.spans(passage.text)
    ]
