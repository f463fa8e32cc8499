"""Both texts in full, linked passage by passage."""

from __future__ import annotations

from enum import StrEnum

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal

from docterm.compare.comparison import Comparison
from docterm.compare.sides import Side
from docterm.library.model import Passage, Place
from docterm.tui.bindings import bindings
from docterm.tui.compare_views.candidate_strip import NONE, CandidateStrip
from docterm.tui.compare_views.candidates import Candidate, Candidates
from docterm.tui.compare_views.judging import Judging, Pair
from docterm.tui.compare_views.pane import Pane
from docterm.tui.compare_views.subject_keeping import SubjectKeeping
from docterm.tui.compare_views.two_panes import TwoPanes
from docterm.tui.session import Session
from docterm.tui.widgets.reader import Reader
from docterm.tui.widgets.text_view import Mark


class Scrolling(StrEnum):
    """How the other text goes along; the value is what the status line says."""

    LINKED = "linked"
    """To the passage that is linked to the one the reader is at."""
    ALONE = "unlocked"
    """Not at all."""
    SLID = "slid"
    """By as many lines, so that the distance between the two stays."""


class SideBySide(TwoPanes, Judging, SubjectKeeping):
    """The passage the reader is at brings up its candidates on the other side."""

    NAME = "side-by-side"
    BINDINGS = bindings("compare.", "read.quote", "read.code", "read.next-", "read.previous-")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.strip = CandidateStrip()
        self.scrolling = Scrolling.LINKED
        self._distance = 0
        """By how many lines the right text is further down than the left one, while they are slid."""
        self._following = False
        self._here: Passage | None = None
        """The passage whose candidates are shown."""
        self._choice = 0
        """Which of them is."""

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
        self._here = None
        super().begin(left, right)

    def show(self, comparison: Comparison) -> None:
        super().show(comparison)
        for pane in (self.left, self.right):
            self.opened(pane)
        reader = self._leading.reader
        if reader.cursor == Place(0, 0):
            reader.go_to(Place(next((each.index for each in reader.passages if each.number), 0), 0))
        self.follow()

    def opened(self, pane: Pane) -> None:
        """Note in the gutter what became of each passage."""
        if self.candidates is not None:
            passages = [each for each in pane.reader.passages if each.number]
            pane.reader.set_gutter_notes({each.index: self.candidates.sign(pane.which, each) for each in passages})

    def judge(self, candidates: Candidates) -> None:
        before = self._chosen()
        super().judge(candidates)
        if self.comparison is None or self._here is None:
            return
        for pane in (self.left, self.right):
            self.opened(pane)
        now = [each.passage for each in self._candidates(self._here)]
        if before is not None and before.passage in now:
            self._choice = now.index(before.passage)
        self.follow(self._here.index)

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
        self.follow()

    # --- scrolling -------------------------------------------------------------------------------

    @on(Reader.Moved)
    def _moved(self, event: Reader.Moved) -> None:
        event.stop()
        if event.view is self._leading.reader:
            self.follow()

    def _scrolled(self) -> None:
        """Follow the wheel: the cursor stays behind, so the first passage in sight leads."""
        reader = self._leading.reader
        if self._following or not reader.passages:
            return
        if self.scrolling is Scrolling.SLID:
            self._slide()
        if not reader.is_in_sight(reader.cursor):
            self.follow(reader.top_passage)

    def action_linked(self) -> None:
        """Go on to the next way of scrolling."""
        ways = list(Scrolling)
        self.scrolling = ways[(ways.index(self.scrolling) + 1) % len(ways)]
        self._distance = self.right.reader.top_row - self.left.reader.top_row
        self.follow()

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

    def _candidates(self, passage: Passage | None) -> list[Candidate]:
        """Give the candidates of a passage of the leading side; none before the comparison is done."""
        if self.candidates is None or passage is None:
            return []
        return self.candidates.of(self._leading.which, passage)

    def follow(self, index: int | None = None) -> None:
        """Show the candidates of the passage at the cursor, or of another in sight, and bring up the chosen one."""
        pane = self._leading
        if self.comparison is None or not pane.reader.passages:
            return
        passage = pane.reader.passages[pane.reader.cursor.passage if index is None else index]
        if passage is not self._here:
            self._here, self._choice = passage, 0
        found = self._candidates(passage)
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
        own = [] if chosen is None else [Mark(passage.index, span) for span in chosen.spans_in(passage)]
        here.set_marks(self._hits.marks or own)
        current = self._hits.at(here.cursor)
        here.set_current(None if current is None else self._hits.marks[current])
        if chosen is None or other.document is None or other.document.key != chosen.passage.key:
            other.reader.set_marks(())
        else:
            spans = chosen.spans_in(chosen.passage)
            other.reader.set_marks([Mark(chosen.passage.index, span) for span in spans])

    def _tell(self, passage: Passage, chosen: Candidate | None) -> None:
        where = f"{passage.key}, para. {passage.number}" if passage.number else passage.role.value
        if chosen is not None:
            where = f"{where} ↔ para. {chosen.passage.number} ({chosen.said})"
        elif passage.number:
            where = f"{where}: {NONE}"
        other = self._other(self._leading).reader
        if self.scrolling is not Scrolling.LINKED and other.passages:
            there = other.passages[other.cursor.passage]
            where += f" | there {there.key}, {f'para. {there.number}' if there.number else there.role.value}"
        self.say(f"{self.scrolling} · {where}")

    def _chosen(self) -> Candidate | None:
        """Give the candidate that is shown, or None."""
        if self._here is None:
            return None
        found = self._candidates(self._here)
        return found[self._choice] if self._choice < len(found) else None

    def shown_pair(self) -> Pair | None:
        chosen = self._chosen()
        if self._here is None or chosen is None:
            return None
        return self._pair(self._here, chosen.passage)

    def pinned_pair(self) -> Pair | None:
        """Give the pair that is shown, or, while each text scrolls alone, the passages at the two cursors."""
        there = self._other(self._leading).reader
        if self.scrolling is Scrolling.LINKED or self._here is None or not there.passages:
            return self.shown_pair()
        passage = there.passages[there.cursor.passage]
        return self._pair(self._here, passage) if self._here.number and passage.number else None

    def _pair(self, here: Passage, there: Passage) -> Pair | None:
        if self.candidates is None:
            return None
        left, right = (here, there) if self._leading is self.left else (there, here)
        return Pair(left, right, self.candidates.judged.get(((left.key, left.index), (right.key, right.index))))

    def action_add_to_subject(self) -> None:
        """Put the passage at the cursor into a subject by hand."""
        if self._here is None or not self._here.number:
            self.notify("Only a paragraph of the text can be put into a subject.", markup=False)
        else:
            self.add_to_subject(self._here)

    def _choose_passage(self, wanted: Passage | None) -> None:
        """Show the candidate that is this passage, where it is one."""
        here = self._leading.reader.passages[self._leading.reader.cursor.passage]
        found = self._candidates(here)
        position = next((position for position, each in enumerate(found) if each.passage == wanted), 0)
        self._here, self._choice = here, position
        self.follow()

    @on(CandidateStrip.Chosen)
    def _strip_chosen(self, event: CandidateStrip.Chosen) -> None:
        event.stop()
        self._choice = event.choice
        self.follow()

    def action_next_candidate(self) -> None:
        self._step_candidate(1)

    def action_previous_candidate(self) -> None:
        self._step_candidate(-1)

    def _step_candidate(self, step: int) -> None:
        if self._here is None:
            return
        count = len(self._candidates(self._here))
        if count < 2:
            self.notify("This passage has no other candidate.", markup=False)
            return
        self._choice = (self._choice + step) % count
        self.follow(self._here.index)

    def action_next_link(self) -> None:
        self._step(1)

    def action_previous_link(self) -> None:
        self._step(-1)

    def _step(self, direction: int) -> None:
        """Go to the next passage that has a candidate."""
        reader, here = self._leading.reader, self._leading.reader.cursor.passage
        ahead = reader.passages[here + 1 :] if direction > 0 else reader.passages[:here][::-1]
        linked = (each for each in ahead if self._candidates(each))
        found = next(linked, None)
        if found is not None:
            reader.go_to(Place(found.index, 0), top=True)
        elif self.comparison is not None:
            self.notify("No further linked passage.", markup=False)
