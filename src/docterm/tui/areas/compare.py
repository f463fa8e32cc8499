"""Area 4: two documents side by side, linked passage by passage."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.worker import get_current_worker

from docterm.compare.align import Link
from docterm.compare.cancel import Cancelled
from docterm.compare.comparison import Comparison
from docterm.compare.facts import Facts
from docterm.errors import DoctermError, QueryError
from docterm.library.model import Document, Passage, Place
from docterm.search.query import parse
from docterm.text import Span, counted, fold, stem, tokens
from docterm.tui.areas.area import Area
from docterm.tui.areas.finding import Finding
from docterm.tui.bindings import bindings
from docterm.tui.hits import Hits, Landing
from docterm.tui.session import Session
from docterm.tui.widgets.reader import Reader
from docterm.tui.widgets.text_view import Mark

LINKED, UNLINKED = "↔", "∅"
ONE_DOCUMENT = "Comparing takes two documents, and this library has fewer."


class Side(Vertical):
    """One of the two documents: its facts, and its text."""

    def __init__(self, name: str) -> None:
        super().__init__(id=name, classes="side")
        self.facts = Static("", classes="heading", markup=False)
        self.reader = Reader()
        self.document: Document | None = None

    def compose(self) -> ComposeResult:
        yield self.facts
        yield self.reader

    def show(self, document: Document, facts: Facts | None) -> None:
        """Show a document's title, and its facts once they are counted."""
        self.document = document
        lines: list[tuple[str, str]] = [(document.title, "bold")]
        if facts is not None:
            told = [facts.kind.value, document.speaker, facts.date, facts.shown_type]
            size = f"{counted(facts.words, 'word')} · {counted(facts.paragraphs, 'paragraph')}"
            lines.append(("\n" + " · ".join(part for part in told if part), "dim"))
            lines.append((f"\n{size} · {facts.quoted:.0%} inside quotation marks", "dim"))
        self.facts.update(Content.assemble(*lines))


class CompareArea(Finding, Area):
    """Both documents in full; the passage the reader is at brings up its counterpart on the other side."""

    NAME = "compare"
    BINDINGS = bindings("compare.", "read.quote")

    class Compared(Message):
        """The comparison is done."""

        def __init__(self, comparison: Comparison) -> None:
            super().__init__()
            self.comparison = comparison

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.left = Side("left")
        self.right = Side("right")
        self.comparison: Comparison | None = None
        self._linked = True
        self._leading = self.left
        self._following = False
        self._hits = Hits()
        """What was found on the leading side: marked there in place of the shared words."""

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield self.left
            yield self.right
        yield self.status

    def on_mount(self) -> None:
        """Follow the wheel as well as the cursor."""
        self._lead(self.left)
        for side in (self.left, self.right):
            self.watch(side.reader, "scroll_y", self._scrolled, init=False)

    # --- choosing --------------------------------------------------------------------------------

    def compare(self, left: Document, right: Document) -> None:
        """Set two documents side by side."""
        self.comparison = None
        for side, document in ((self.left, left), (self.right, right)):
            side.show(document, None)
            side.reader.show(self.session.library.passages(document))
        self.say("Comparing…")
        self._compare(left, right)
        self._lead(self.left)

    def enter(self) -> None:
        """Compare the first two documents when nothing was chosen yet."""
        if self.left.document is None:
            documents = self.session.library.documents()
            if len(documents) >= 2:
                self.compare(documents[0], documents[1])
            else:
                self.say(ONE_DOCUMENT)

    def library_changed(self) -> None:
        """Compare again when one of the two has changed."""
        if self.left.document is None or self.right.document is None:
            return
        left, right = self.session.known(self.left.document.key), self.session.known(self.right.document.key)
        if left is not None and right is not None and (left, right) != (self.left.document, self.right.document):
            self.compare(left, right)

    @work(thread=True, group="compare", exclusive=True)
    def _compare(self, left: Document, right: Document) -> None:
        worker = get_current_worker()
        try:
            comparison = self.session.compare(left, right, lambda: worker.is_cancelled)
        except Cancelled:
            return
        except DoctermError as error:
            self.app.notify(str(error), title="Not compared", severity="error", markup=False)
            return
        self.post_message(self.Compared(comparison))

    @on(Compared)
    def _compared(self, event: Compared) -> None:
        event.stop()
        comparison = event.comparison
        left, right = self.left.document, self.right.document
        if left is None or right is None or (*comparison.left.documents, *comparison.right.documents) != (left, right):
            return
        self.comparison = comparison
        self.left.show(left, comparison.left_facts)
        self.right.show(right, comparison.right_facts)
        for side in (self.left, self.right):
            notes = {
                passage.index: LINKED if self._links(side, passage) else UNLINKED
                for passage in side.reader.passages
                if passage.number
            }
            side.reader.set_gutter_notes(notes)
        reader = self._leading.reader
        if reader.cursor == Place(0, 0):
            reader.go_to(Place(next((each.index for each in reader.passages if each.number), 0), 0))
        self._follow(self._leading, reader.cursor.passage)

    # --- two sides -------------------------------------------------------------------------------

    def focus_main(self) -> None:
        self._leading.reader.focus()

    def back(self) -> bool:
        if super().back():
            return True
        if self._hits:
            self.find("")
            return True
        return False

    def quoted_from(self) -> tuple[Document | None, Reader]:
        return self._leading.document, self._leading.reader

    def _other(self, side: Side) -> Side:
        return self.right if side is self.left else self.left

    def action_other_side(self) -> None:
        """Go over to the other document: to the counterpart of this passage, or to what is in sight there."""
        here, other = self._leading.reader, self._other(self._leading)
        links = self._links(self._leading, here.passages[here.cursor.passage]) if here.passages else ()
        counterpart = self._target(self._leading, links[0]).index if links else None
        self._lead(other)
        if counterpart is not None:
            other.reader.go_to(Place(counterpart, 0))
        elif not other.reader.is_in_sight(other.reader.cursor):
            other.reader.go_to(Place(other.reader.top_passage, 0))
        other.reader.focus()

    def _lead(self, side: Side) -> None:
        self.workers.cancel_group(self, "hits")
        self._hits = Hits()
        self._leading = side
        side.set_class(True, "-leading")
        self._other(side).set_class(False, "-leading")

    def on_descendant_focus(self) -> None:
        """The side that has the focus leads."""
        for side in (self.left, self.right):
            if side.reader.has_focus and side is not self._leading:
                self._lead(side)
                self._follow(side, side.reader.cursor.passage)

    # --- links -----------------------------------------------------------------------------------

    def _links(self, side: Side, passage: Passage) -> tuple[Link, ...]:
        if self.comparison is None:
            return ()
        alignment = self.comparison.alignment
        return alignment.of_left(passage) if side is self.left else alignment.of_right(passage)

    def _target(self, side: Side, link: Link) -> Passage:
        return link.right if side is self.left else link.left

    @on(Reader.Moved)
    def _moved(self, event: Reader.Moved) -> None:
        event.stop()
        if event.view is self._leading.reader:
            self._follow(self._leading, event.view.cursor.passage)

    def _scrolled(self) -> None:
        """Follow the wheel: the cursor stays behind, so the first passage in sight leads."""
        reader = self._leading.reader
        if not self._following and reader.passages and not reader.is_in_sight(reader.cursor):
            self._follow(self._leading, reader.top_passage)

    def _follow(self, side: Side, index: int) -> None:
        """Light up what the passage shares with its best counterpart, and bring that up beside it."""
        if self.comparison is None or not side.reader.passages:
            return
        passage = side.reader.passages[index]
        links = self._links(side, passage)
        self._light_up(side, passage, links)
        self._tell(side, passage, links)
        if not links or not self._linked:
            return
        other = self._other(side).reader
        target = self._target(side, links[0]).index
        height_in_sight = side.reader.row_of_passage(index) - side.reader.top_row
        self._following = True
        try:
            other.scroll_to_line(other.row_of_passage(target) - height_in_sight)
            other.bring_into_sight(target)
        finally:
            self._following = False

    def _light_up(self, side: Side, passage: Passage, links: tuple[Link, ...]) -> None:
        shared = {stem(fold(word)) for link in links[:1] for word in link.shared}
        side.reader.set_marks(self._hits.marks or (_marks_of(passage, shared) if links else []))
        current = self._hits.at(side.reader.cursor)
        side.reader.set_current(None if current is None else self._hits.marks[current])
        target = self._target(side, links[0]) if links else None
        self._other(side).reader.set_marks(_marks_of(target, shared) if target else [])

    def _tell(self, side: Side, passage: Passage, links: tuple[Link, ...]) -> None:
        scrolling = "linked" if self._linked else "not linked"
        if passage.number is None:
            self.say(f"{scrolling} · {passage.role.value}")
            return
        here = f"{scrolling} · {passage.key}, para. {passage.number}"
        if not links:
            self.say(f"{here}: no close passage found")
            return
        best = links[0]
        also = ", ".join(str(self._target(side, link).number) for link in links[1:])
        self.say(
            f"{here} ↔ para. {self._target(side, best).number} ({best.level.value}; shared: {', '.join(best.shared)})"
            f"{f' · also {also}' if also else ''}"
        )

    def action_linked(self) -> None:
        self._linked = not self._linked
        self._follow(self._leading, self._leading.reader.cursor.passage)

    def action_next_link(self) -> None:
        self._step(1)

    def action_previous_link(self) -> None:
        self._step(-1)

    def _step(self, direction: int) -> None:
        reader = self._leading.reader
        here = reader.cursor.passage
        linked = [passage.index for passage in reader.passages if self._links(self._leading, passage)]
        ahead = (
            [index for index in linked if index > here]
            if direction > 0
            else [index for index in linked if index < here]
        )
        if ahead:
            reader.go_to(Place(ahead[0] if direction > 0 else ahead[-1], 0), top=True)
        elif self.comparison is not None:
            self.notify("No further linked passage.", markup=False)

    def find(self, text: str) -> None:
        """Mark what is found on the leading side and go to the first place from the cursor on."""
        try:
            node = parse(text, typing=True).node
        except QueryError:
            self.workers.cancel_group(self, "hits")
            self._set_hits(Hits())
        else:
            self._find_hits(node, Landing.AHEAD)

    @on(Finding.HitsFound)
    def _hits_found(self, event: Finding.HitsFound) -> None:
        event.stop()
        reader = self._leading.reader
        if event.passages is not reader.passages:
            return
        self._set_hits(event.hits)
        place = event.hits.landing(event.landing, reader.cursor)
        if place != reader.cursor:
            reader.go_to(place)

    def _set_hits(self, hits: Hits) -> None:
        self._hits = hits
        self._leading.reader.set_marks(hits.marks)
        self._follow(self._leading, self._leading.reader.cursor.passage)


def _marks_of(passage: Passage, stems: set[str]) -> list[Mark]:
    spans = (Span(token.start, token.end) for token in tokens(passage.text) if stem(token.word) in stems)
    return [Mark(passage.index, span) for span in spans]
