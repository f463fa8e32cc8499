"""Two texts, of which one leads: moving between them, opening documents of a group, and finding words."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on

from docterm.compare.sides import Side
from docterm.errors import QueryError
from docterm.library.model import Document, Place
from docterm.search.query import parse
from docterm.text import Span
from docterm.tui.areas.finding import Finding
from docterm.tui.compare_views.pane import Pane
from docterm.tui.compare_views.view import View, Which
from docterm.tui.hits import Hits, Landing
from docterm.tui.session import Session, Spot
from docterm.tui.widgets.reader import Reader
from docterm.tui.widgets.text_view import Mark


class TwoPanes(Finding, View):
    """A view with the text of each side; the one that has the focus leads."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.left = Pane(Which.LEFT)
        self.right = Pane(Which.RIGHT)
        self._leading = self.left
        self._hits = Hits()
        """What was found on the leading side, or is to be looked at."""
        self._is_finding = False
        """Whether the reader looked for it with the find line."""

    def begin(self, left: Side, right: Side) -> None:
        super().begin(left, right)
        self.left.show(left)
        self.right.show(right)
        self._lead(self.left)

    def follow(self, index: int | None = None) -> None:
        """Show what belongs to the passage at the cursor of the leading side, or to another one in sight there."""
        raise NotImplementedError

    def opened(self, pane: Pane) -> None:
        """Take up that another document is open on a side."""

    # --- two sides -------------------------------------------------------------------------------

    def focus_main(self) -> None:
        self._leading.reader.focus()

    def back(self) -> bool:
        if super().back():
            return True
        if self._hits and self._is_finding:
            self.find("")
            return True
        return False

    def quoted_from(self) -> tuple[Document | None, Reader]:
        return self._leading.document, self._leading.reader

    @property
    def current_word(self) -> tuple[str, ...]:
        _, reader = self.quoted_from()
        return reader.word_at_cursor()

    @property
    def stand(self) -> tuple[Which, Spot | None]:
        """On which side the reader is, and where."""
        document, reader = self.quoted_from()
        return self._leading.which, None if document is None else Spot(document.key, reader.cursor)

    def go_to(self, which: Which, spot: Spot, marks: Sequence[Span] = ()) -> None:
        """Put the reader at a place of a side, with `marks` of its passage lit up."""
        pane = self.left if which is Which.LEFT else self.right
        self._lead(pane)
        self._open(pane, spot.key)
        self._hits, self._is_finding = Hits([Mark(spot.place.passage, span) for span in marks]), False
        pane.reader.go_to(spot.place, top=True)
        pane.reader.focus()
        self.follow()

    def _open(self, pane: Pane, key: str) -> None:
        if pane.open(key):
            self.opened(pane)

    def action_next_document(self) -> None:
        self._open_beside(1)

    def action_previous_document(self) -> None:
        self._open_beside(-1)

    def _open_beside(self, step: int) -> None:
        """Open the next document of the leading side."""
        key = self._leading.beside(step)
        if key is None:
            self.notify("There is no further document on this side.", markup=False)
        else:
            self.go_to(self._leading.which, Spot(key, Place(0, 0)))

    def _other(self, pane: Pane) -> Pane:
        return self.right if pane is self.left else self.left

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
                self.follow()

    # --- finding ---------------------------------------------------------------------------------

    def find(self, text: str) -> None:
        """Mark what is found on the leading side and go to the first place from the cursor on."""
        self._is_finding = True
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
        self.follow()

    def action_next_hit(self) -> None:
        self._step_hit(1)

    def action_previous_hit(self) -> None:
        self._step_hit(-1)

    def _step_hit(self, direction: int) -> None:
        place = self._hits.beyond(self._leading.reader.cursor, direction)
        if place is not None:
            self._leading.reader.go_to(place)
        else:
            self.notify("No more hits." if self._hits else "Nothing is being searched for here.", markup=False)
