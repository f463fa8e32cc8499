"""Both texts in full, linked passage by passage."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from docterm.compare.align import Link
from docterm.compare.comparison import Comparison
from docterm.compare.sides import Side
from docterm.errors import QueryError
from docterm.library.model import Document, Passage, Place
from docterm.search.query import parse
from docterm.text import Span, fold, stem, tokens
from docterm.tui.areas.finding import Finding
from docterm.tui.bindings import bindings
from docterm.tui.compare_views.view import View, Which
from docterm.tui.hits import Hits, Landing
from docterm.tui.session import Session, Spot
from docterm.tui.widgets.reader import Reader
from docterm.tui.widgets.text_view import Mark

LINKED, UNLINKED = "↔", "∅"


class Pane(Vertical):
    """One of the two texts."""

    def __init__(self, which: Which) -> None:
        super().__init__(id=which, classes="side")
        self.which = which
        self.reader = Reader()
        self.document: Document | None = None

    def compose(self) -> ComposeResult:
        yield self.reader

    def show(self, side: Side) -> None:
        """Show the text of a side from its start."""
        self.document = side.documents[0]
        self.reader.show(side.passages[0])


class SideBySide(Finding, View):
    """The passage the reader is at brings up its counterpart on the other side."""

    NAME = "side-by-side"
    BINDINGS = bindings("compare.", "read.quote", "read.code")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.left = Pane(Which.LEFT)
        self.right = Pane(Which.RIGHT)
        self._linked = True
        self._leading = self.left
        self._following = False
        self._hits = Hits()
        """What was found on the leading side, or is to be looked at: marked there in place of the shared words."""

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield self.left
            yield self.right

    def on_mount(self) -> None:
        """Follow the wheel as well as the cursor."""
        self._lead(self.left)
        for pane in (self.left, self.right):
            self.watch(pane.reader, "scroll_y", self._scrolled, init=False)

    def begin(self, left: Side, right: Side) -> None:
        super().begin(left, right)
        self.left.show(left)
        self.right.show(right)
        self._lead(self.left)

    def show(self, comparison: Comparison) -> None:
        super().show(comparison)
        for pane in (self.left, self.right):
            notes = {
                passage.index: LINKED if self._links(pane, passage) else UNLINKED
                for passage in pane.reader.passages
                if passage.number
            }
            pane.reader.set_gutter_notes(notes)
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

    @property
    def stand(self) -> tuple[Which, Spot | None]:
        """On which side the reader is, and where."""
        document, reader = self.quoted_from()
        return self._leading.which, None if document is None else Spot(document.key, reader.cursor)

    def go_to(self, which: Which, spot: Spot, marks: Sequence[Span] = ()) -> None:
        """Put the reader at a place of a side, with `marks` of its passage lit up."""
        pane = self.left if which is Which.LEFT else self.right
        self._lead(pane)
        self._hits = Hits([Mark(spot.place.passage, span) for span in marks])
        pane.reader.go_to(spot.place, top=True)
        pane.reader.focus()
        self._follow(pane, pane.reader.cursor.passage)

    def _other(self, pane: Pane) -> Pane:
        return self.right if pane is self.left else self.left

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

    def _lead(self, pane: Pane) -> None:
        self.workers.cancel_group(self, "hits")
        self._hits = Hits()
        self._leading = pane
        pane.set_class(True, "-leading")
        self._other(pane).set_class(False, "-leading")

    def on_descendant_focus(self) -> None:
        """The side that has the focus leads."""
        for pane in (self.left, self.right):
            if pane.reader.has_focus and pane is not self._leading:
                self._lead(pane)
                self._follow(pane, pane.reader.cursor.passage)

    # --- links -----------------------------------------------------------------------------------

    def _links(self, pane: Pane, passage: Passage) -> tuple[Link, ...]:
        if self.comparison is None:
            return ()
        alignment = self.comparison.alignment
        return alignment.of_left(passage) if pane is self.left else alignment.of_right(passage)

    def _target(self, pane: Pane, link: Link) -> Passage:
        return link.right if pane is self.left else link.left

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

    def _follow(self, pane: Pane, index: int) -> None:
        """Light up what the passage shares with its best counterpart, and bring that up beside it."""
        if self.comparison is None or not pane.reader.passages:
            return
        passage = pane.reader.passages[index]
        links = self._links(pane, passage)
        self._light_up(pane, passage, links)
        self._tell(pane, passage, links)
        if not links or not self._linked:
            return
        other = self._other(pane).reader
        target = self._target(pane, links[0]).index
        height_in_sight = pane.reader.row_of_passage(index) - pane.reader.top_row
        self._following = True
        try:
            other.scroll_to_line(other.row_of_passage(target) - height_in_sight)
            other.bring_into_sight(target)
        finally:
            self._following = False

    def _light_up(self, pane: Pane, passage: Passage, links: tuple[Link, ...]) -> None:
        shared = {stem(fold(word)) for link in links[:1] for word in link.shared}
        pane.reader.set_marks(self._hits.marks or (_marks_of(passage, shared) if links else []))
        current = self._hits.at(pane.reader.cursor)
        pane.reader.set_current(None if current is None else self._hits.marks[current])
        target = self._target(pane, links[0]) if links else None
        self._other(pane).reader.set_marks(_marks_of(target, shared) if target else [])

    def _tell(self, pane: Pane, passage: Passage, links: tuple[Link, ...]) -> None:
        scrolling = "linked" if self._linked else "not linked"
        if passage.number is None:
            self.say(f"{scrolling} · {passage.role.value}")
            return
        here = f"{scrolling} · {passage.key}, para. {passage.number}"
        if not links:
            self.say(f"{here}: no close passage found")
            return
        best = links[0]
        also = ", ".join(str(self._target(pane, link).number) for link in links[1:])
        self.say(
            f"{here} ↔ para. {self._target(pane, best).number} ({best.level.value}; shared: {', '.join(best.shared)})"
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

    # --- finding ---------------------------------------------------------------------------------

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
