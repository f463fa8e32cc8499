"""Both texts in full, linked passage by passage."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal

from docterm.compare.comparison import Comparison
from docterm.compare.sides import Side
from docterm.errors import QueryError
from docterm.library.model import Document, Passage, Place
from docterm.search.query import parse
from docterm.text import Span
from docterm.tui.areas.finding import Finding
from docterm.tui.bindings import bindings
from docterm.tui.compare_views.candidate_strip import NONE, CandidateStrip
from docterm.tui.compare_views.candidates import Candidate, candidates, spans_of
from docterm.tui.compare_views.pane import Pane
from docterm.tui.compare_views.view import View, Which
from docterm.tui.hits import Hits, Landing
from docterm.tui.session import Session, Spot
from docterm.tui.widgets.reader import Reader
from docterm.tui.widgets.text_view import Mark

LINKED, UNLINKED = "↔", "∅"


class Scrolling(StrEnum):
    """How the other text goes along; the value is what the status line says."""

    LINKED = "linked"
    """To the passage that is linked to the one the reader is at."""
    ALONE = "unlocked"
    """Not at all."""
    SLID = "slid"
    """By as many lines, so that the distance between the two stays."""


class SideBySide(Finding, View):
    """The passage the reader is at brings up its candidates on the other side."""

    NAME = "side-by-side"
    BINDINGS = bindings("compare.", "read.quote", "read.code", "read.next-", "read.previous-")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.left = Pane(Which.LEFT)
        self.right = Pane(Which.RIGHT)
        self.strip = CandidateStrip()
        self.scrolling = Scrolling.LINKED
        self._distance = 0
        """By how many lines the right text is further down than the left one, while they are slid."""
        self._leading = self.left
        self._following = False
        self._here: Passage | None = None
        """The passage whose candidates are shown."""
        self._choice = 0
        """Which of them is."""
        self._hits = Hits()
        """What was found on the leading side, or is to be looked at: marked there in place of the shared words."""

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield self.left
            yield self.right
        yield self.strip

    def on_mount(self) -> None:
        """Follow the wheel as well as the cursor."""
        self._lead(self.left)
        for pane in (self.left, self.right):
            self.watch(pane.reader, "scroll_y", self._scrolled, init=False)

    def begin(self, left: Side, right: Side) -> None:
        super().begin(left, right)
        self._here = None
        self.left.show(left)
        self.right.show(right)
        self._lead(self.left)

    def show(self, comparison: Comparison) -> None:
        super().show(comparison)
        for pane in (self.left, self.right):
            self._note(pane)
        reader = self._leading.reader
        if reader.cursor == Place(0, 0):
            reader.go_to(Place(next((each.index for each in reader.passages if each.number), 0), 0))
        self._follow()

    def _note(self, pane: Pane) -> None:
        """Note in the gutter what became of each passage."""
        if self.comparison is not None:
            notes = {each.index: self._sign(pane, each) for each in pane.reader.passages if each.number}
            pane.reader.set_gutter_notes(notes)

    def _sign(self, pane: Pane, passage: Passage) -> str:
        return LINKED if candidates(self.comparison, pane.which, passage) else UNLINKED

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
        self._hits = Hits([Mark(spot.place.passage, span) for span in marks])
        pane.reader.go_to(spot.place, top=True)
        pane.reader.focus()
        self._follow()

    def _open(self, pane: Pane, key: str) -> None:
        if pane.open(key):
            self._note(pane)

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

    def action_other_side(self) -> None:
        """Go over to the other document: to the candidate beside this passage, or to what is in sight there."""
        came_from, other = self._here, self._other(self._leading)
        chosen = self._chosen() if self.scrolling is Scrolling.LINKED else None
        self._lead(other)
        if chosen is not None:
            other.reader.go_to(Place(chosen.passage.index, 0))
            self._choose_passage(came_from)
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
                self._follow()

    # --- scrolling -------------------------------------------------------------------------------

    @on(Reader.Moved)
    def _moved(self, event: Reader.Moved) -> None:
        event.stop()
        if event.view is self._leading.reader:
            self._follow()

    def _scrolled(self) -> None:
        """Follow the wheel: the cursor stays behind, so the first passage in sight leads."""
        reader = self._leading.reader
        if self._following or not reader.passages:
            return
        if self.scrolling is Scrolling.SLID:
            self._slide()
        if not reader.is_in_sight(reader.cursor):
            self._follow(reader.top_passage)

    def action_linked(self) -> None:
        """Go on to the next way of scrolling."""
        ways = list(Scrolling)
        self.scrolling = ways[(ways.index(self.scrolling) + 1) % len(ways)]
        self._distance = self.right.reader.top_row - self.left.reader.top_row
        self._follow()

    def _slide(self) -> None:
        distance = self._distance if self._leading is self.left else -self._distance
        self._scroll_other(self._leading.reader.top_row + distance)

    def _scroll_other(self, line: int, target: int | None = None) -> None:
        """Scroll the other text, without its taking the lead."""
        other = self._other(self._leading).reader
        self._following = True
        try:
            other.scroll_to_line(line)
            if target is not None:
                other.bring_into_sight(target)
        finally:
            self._following = False

    # --- candidates ------------------------------------------------------------------------------

    def _follow(self, index: int | None = None) -> None:
        """Show the candidates of the passage at the cursor, or of another in sight, and bring up the chosen one."""
        pane = self._leading
        if self.comparison is None or not pane.reader.passages:
            return
        passage = pane.reader.passages[pane.reader.cursor.passage if index is None else index]
        if passage is not self._here:
            self._here, self._choice = passage, 0
        found = candidates(self.comparison, pane.which, passage)
        self._choice = min(self._choice, max(len(found) - 1, 0))
        self.strip.show(found, self._choice, NONE if passage.number else "")
        chosen = found[self._choice] if found else None
        if chosen is not None and self.scrolling is Scrolling.LINKED:
            self._bring_up(passage, chosen)
        self._light_up(passage, chosen)
        self._tell(passage, chosen)

    def _bring_up(self, passage: Passage, chosen: Candidate) -> None:
        """Put a candidate at the height of the passage."""
        leading, other = self._leading.reader, self._other(self._leading)
        self._open(other, chosen.passage.key)
        other.reader.cursor = Place(chosen.passage.index, 0)
        height_in_sight = leading.row_of_passage(passage.index) - leading.top_row
        line = other.reader.row_of_passage(chosen.passage.index) - height_in_sight
        self._scroll_other(line, chosen.passage.index)

    def _light_up(self, passage: Passage, chosen: Candidate | None) -> None:
        """Mark what the two have in common, and on the leading side what was found in its place."""
        here, other = self._leading.reader, self._other(self._leading)
        own = [] if chosen is None else [Mark(passage.index, span) for span in spans_of(passage, chosen.stems)]
        here.set_marks(self._hits.marks or own)
        current = self._hits.at(here.cursor)
        here.set_current(None if current is None else self._hits.marks[current])
        if chosen is None or other.document is None or other.document.key != chosen.passage.key:
            other.reader.set_marks(())
        else:
            spans = spans_of(chosen.passage, chosen.stems)
            other.reader.set_marks([Mark(chosen.passage.index, span) for span in spans])

    def _tell(self, passage: Passage, chosen: Candidate | None) -> None:
        where = f"{passage.key}, para. {passage.number}" if passage.number else passage.role.value
        if chosen is not None:
            where = f"{where} ↔ para. {chosen.passage.number} ({chosen.said})"
        elif passage.number:
            where = f"{where}: {NONE}"
        self.say(f"{self.scrolling} · {where}")

    def _chosen(self) -> Candidate | None:
        """Give the candidate that is shown, or None."""
        if self._here is None:
            return None
        found = candidates(self.comparison, self._leading.which, self._here)
        return found[self._choice] if self._choice < len(found) else None

    def _choose_passage(self, wanted: Passage | None) -> None:
        """Show the candidate that is this passage, where it is one."""
        here = self._leading.reader.passages[self._leading.reader.cursor.passage]
        found = candidates(self.comparison, self._leading.which, here)
        position = next((position for position, each in enumerate(found) if each.passage == wanted), 0)
        self._here, self._choice = here, position
        self._follow()

    @on(CandidateStrip.Chosen)
    def _strip_chosen(self, event: CandidateStrip.Chosen) -> None:
        event.stop()
        self._choice = event.choice
        self._follow()

    def action_next_candidate(self) -> None:
        self._step_candidate(1)

    def action_previous_candidate(self) -> None:
        self._step_candidate(-1)

    def _step_candidate(self, step: int) -> None:
        if self._here is None:
            return
        count = len(candidates(self.comparison, self._leading.which, self._here))
        if count < 2:
            self.notify("This passage has no other candidate.", markup=False)
            return
        self._choice = (self._choice + step) % count
        self._follow(self._here.index)

    def action_next_link(self) -> None:
        self._step(1)

    def action_previous_link(self) -> None:
        self._step(-1)

    def _step(self, direction: int) -> None:
        """Go to the next passage that has a candidate."""
        reader, here = self._leading.reader, self._leading.reader.cursor.passage
        ahead = reader.passages[here + 1 :] if direction > 0 else reader.passages[:here][::-1]
        linked = (each for each in ahead if candidates(self.comparison, self._leading.which, each))
        found = next(linked, None)
        if found is not None:
            reader.go_to(Place(found.index, 0), top=True)
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
        self._follow()

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
