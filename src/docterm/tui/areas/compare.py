"""Area 4: two sides compared, seen in one of several views."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import NamedTuple

from textual import on, work
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import ContentSwitcher
from textual.worker import get_current_worker

from docterm.compare.cancel import Cancelled
from docterm.compare.comparison import Comparison
from docterm.compare.sides import Parted, Side, parted
from docterm.errors import DoctermError
from docterm.text import label
from docterm.tui.areas.area import Area
from docterm.tui.bindings import bindings
from docterm.tui.compare_views.candidates import Candidates
from docterm.tui.compare_views.concordance import Concordance
from docterm.tui.compare_views.facts_card import FactsCard
from docterm.tui.compare_views.side_by_side import SideBySide
from docterm.tui.compare_views.table import VIEWS
from docterm.tui.compare_views.view import ShowPair, ShowView, ShowWord, View, Which, action_of
from docterm.tui.dialogs.ask import Ask
from docterm.tui.key_order import OPENING, give_way, uncollected
from docterm.tui.session import Group, History, Session, Spot
from docterm.tui.widgets.name_bar import NameBar

BETWEEN_REPORTS = 0.1
"""Seconds between two words about how much of a comparison is done."""
STOPPED = "Stopped comparing. 4 begins again, and c chooses something else."
ONE_DOCUMENT = "Comparing takes two documents, and this library has fewer."


def suggested_name(comparison: Comparison) -> str:
    """Give a name for the report: the labels of both sides, as far as a file may have them."""
    labels = (comparison.left.label, comparison.right.label)
    return "-".join(re.sub(r"[^\w.]+", "-", each).strip("-.")[:60] or "side" for each in labels) + ".html"


class Stand(NamedTuple):
    """Where the reader is in this area: which view, and, side by side, at which passage."""

    view: str
    which: Which = Which.LEFT
    spot: Spot | None = None


class CompareArea(Area):
    """The facts of both sides, and below them the view that the reader chose."""

    NAME = "compare"
    BINDINGS = bindings("view.", "report.")

    @dataclass
    class Begun(Message):
        """Both sides have been read."""

        wanted: tuple[Group, Group]
        sides: Parted

    @dataclass
    class Progress(Message):
        """A part of the comparing is done, from 0 to 1."""

        wanted: tuple[Group, Group]
        part: float

    @dataclass
    class Compared(Message):
        """The comparison is done."""

        wanted: tuple[Group, Group]
        comparison: Comparison
        candidates: Candidates

    @dataclass
    class Judged(Message):
        """The reader decided something about a link of this comparison."""

        comparison: Comparison
        candidates: Candidates

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.names = NameBar([action_of(view.NAME) for view in VIEWS])
        self.facts = FactsCard()
        self.switcher = ContentSwitcher(id="views")
        self.view: View = VIEWS[0](session)
        self.views: dict[str, View] = {self.view.NAME: self.view}
        """The views that were come to: the others are not built yet."""
        self.wanted: tuple[Group, Group] | None = None
        self.sides: dict[Which, Side] = {}
        """Empty until both documents have been read."""
        self.comparison: Comparison | None = None
        self.candidates: Candidates | None = None
        """There as long as the comparison is."""
        self._is_comparing = False
        self._history: History[Stand] = History()
        self._is_opened = False
        """Whether another view opened the passage that is shown, so that leaving it leads back there."""

    def compose(self) -> ComposeResult:
        yield self.names
        yield self.facts
        with self.switcher:
            yield self.view
        yield self.status

    def on_mount(self) -> None:
        """Open with the first view."""
        self._show_view(self.view)

    # --- choosing what to compare ----------------------------------------------------------------

    def compare(self, left: Group, right: Group) -> None:
        """Compare two documents, or two groups of documents."""
        self.wanted = (left, right)
        self.sides, self.comparison, self.candidates = {}, None, None
        self.say("Comparing…")
        self._is_comparing = True
        self._compare((left, right))

    def enter(self) -> None:
        """Compare the first two documents when nothing was chosen yet."""
        if self.wanted is None:
            documents = self.session.library.documents()
            if len(documents) >= 2:
                self.compare(Group.of(documents[0]), Group.of(documents[1]))
            else:
                self.say(ONE_DOCUMENT)
        elif self.comparison is None and not self._is_comparing:
            self.compare(*self.wanted)

    def library_changed(self) -> None:
        """Compare again when a document has changed, with those that are still there."""
        if self.wanted is None:
            return
        left, right = (self.session.known_of(group) for group in self.wanted)
        if left.documents and right.documents and (left, right) != self.wanted:
            self.compare(left, right)

    def notebook_changed(self) -> None:
        for view in self.views.values():
            view.notebook_changed()
        if self.comparison is not None:
            self._judge(self.comparison)

    @work(thread=True, group="compare", exclusive=True)
    def _compare(self, wanted: tuple[Group, Group]) -> None:
        worker, library = get_current_worker(), self.session.library

        def cancelled() -> bool:
            give_way(self.app)
            return worker.is_cancelled

        try:
            sides = parted(*(Side.read(library, group.documents, group.label) for group in wanted))
            self.post_message(self.Begun(wanted, sides))
            progress = self._reporting(wanted)
            with uncollected():
                comparison = self.session.compare(sides.left, sides.right, cancelled, progress)
                candidates = self.session.candidates(comparison)
        except Cancelled:
            return
        except DoctermError as error:
            self._is_comparing = False
            self.app.notify(str(error), title="Not compared", severity="error", markup=False)
            return
        self.post_message(self.Compared(wanted, comparison, candidates))

    def _reporting(self, wanted: tuple[Group, Group]) -> Callable[[float], None]:
        """Give a function that tells the area how much is done, as often as an eye can follow."""
        told = 0.0

        def report(part: float) -> None:
            nonlocal told
            if monotonic() >= told + BETWEEN_REPORTS:
                told = monotonic()
                self.post_message(self.Progress(wanted, part))

        return report

    def _stop(self) -> None:
        """Compare no further."""
        self.workers.cancel_group(self, "compare")
        self._is_comparing = False
        for view in self.views.values():
            view.say(STOPPED)

    @on(Progress)
    def _progressed(self, event: Progress) -> None:
        event.stop()
        if event.wanted == self.wanted and self.comparison is None and self._is_comparing:
            for view in self.views.values():
                view.say(f"Comparing… {event.part:.0%} · q stops")

    @work(thread=True, group="judge", exclusive=True)
    def _judge(self, comparison: Comparison) -> None:
        self.post_message(self.Judged(comparison, self.session.candidates(comparison)))

    @on(Begun)
    def _begun(self, event: Begun) -> None:
        event.stop()
        if event.wanted != self.wanted:
            return
        left, right, notes = event.sides
        self.sides = {Which.LEFT: left, Which.RIGHT: right}
        for which, side in self.sides.items():
            self.facts.show(which, side)
        for view in self.views.values():
            view.begin(left, right)
        for note in notes:
            self.notify(note, markup=False)

    @on(Compared)
    def _compared(self, event: Compared) -> None:
        event.stop()
        if event.wanted != self.wanted or not self._is_comparing:
            return
        self._is_comparing = False
        self.comparison, self.candidates = event.comparison, event.candidates
        self.facts.show(Which.LEFT, event.comparison.left, event.comparison.left_facts)
        self.facts.show(Which.RIGHT, event.comparison.right, event.comparison.right_facts)
        for view in self.views.values():
            view.judge(event.candidates)
            view.show(event.comparison)

    @on(Judged)
    def _judged(self, event: Judged) -> None:
        event.stop()
        if event.comparison is not self.comparison:
            return
        is_new = self.candidates is None or event.candidates.judged != self.candidates.judged
        if is_new:
            self.candidates = event.candidates
            for view in self.views.values():
                view.judge(event.candidates)

    # --- views -----------------------------------------------------------------------------------

    async def look(self, name: str) -> View:
        """Go to a view, building it when the reader comes to it first."""
        view = self.views.get(name)
        if view is None:
            view = self.views[name] = next(each for each in VIEWS if name == each.NAME)(self.session)
            await self.switcher.mount(view)
            if self.sides:
                view.begin(*self.sides.values())
            if self.comparison is not None and self.candidates is not None:
                view.judge(self.candidates)
                view.show(self.comparison)
        self._is_opened = False
        self._show_view(view)
        view.focus_main()
        return view

    def _show_view(self, view: View) -> None:
        self.view = view
        self.switcher.current = view.id
        self.names.show(action_of(view.NAME).method)
        self.say(view.status)

    @on(NameBar.Chosen)
    async def _name_chosen(self, event: NameBar.Chosen) -> None:
        event.stop()
        await self.run_action(event.name)

    async def action_subjects(self) -> None:
        await self.look("subjects")

    async def action_side_by_side(self) -> None:
        await self.look(SideBySide.NAME)

    async def action_themes(self) -> None:
        await self.look("themes")

    async def action_voices(self) -> None:
        await self.look("voices")

    async def action_certainty(self) -> None:
        await self.look("certainty")

    async def action_only_in(self) -> None:
        await self.look("only-in")

    async def action_vocabulary(self) -> None:
        await self.look("vocabulary")

    async def action_concordance(self) -> None:
        await self._show_word(ShowWord(self.view.current_word))

    @on(ShowWord)
    async def _show_word(self, event: ShowWord) -> None:
        event.stop()
        came_from = self.view
        view = await self.look(Concordance.NAME)
        if isinstance(view, Concordance) and came_from is not view:
            view.look_at(event.forms or view.forms, came_from.NAME)

    @on(ShowView)
    async def _show_named(self, event: ShowView) -> None:
        event.stop()
        await self.look(event.name)

    @on(View.Said)
    def _said(self, event: View.Said) -> None:
        event.stop()
        self.say(self.view.status)

    def focus_main(self) -> None:
        self.view.focus_main()

    def find(self, text: str) -> None:
        self.view.find(text)

    @property
    def current_key(self) -> str | None:
        return self.view.current_key

    def action_export(self) -> None:
        """Ask for a file, and write the comparison into it."""
        comparison = self.comparison
        if comparison is None:
            self.notify("There is no comparison to report on yet.", markup=False)
            return

        def named(name: str | None) -> None:
            if name:
                self._report(name, comparison)

        question = "Write a report in place of which file? It ends in .html, .md, .docx, .csv or .json"
        self.app.push_screen(Ask(question, suggested_name(comparison)), named)

    @work(thread=True, group="report")
    def _report(self, name: str, comparison: Comparison) -> None:
        try:
            written = self.session.report(name, comparison)
        except DoctermError as error:
            self.app.notify(str(error), title="No report", severity="error", markup=False)
        else:
            self.app.notify(f"The report is in {label(written, 200)}.", markup=False)

    # --- jumping ---------------------------------------------------------------------------------

    @on(ShowPair)
    async def _show_pair(self, event: ShowPair) -> None:
        event.stop()
        self._history.leave(self._stand())
        came_from = self.view
        await self._stand_at(Stand(SideBySide.NAME, event.which, event.spot), event)
        self._is_opened = came_from is not self.view

    def _stand(self) -> Stand:
        """Give where the reader is."""
        if isinstance(self.view, SideBySide):
            return Stand(self.view.NAME, *self.view.stand)
        return Stand(self.view.NAME)

    async def _stand_at(self, stand: Stand, event: ShowPair | None = None) -> None:
        view = await self.look(stand.view)
        if isinstance(view, SideBySide) and stand.spot is not None:
            view.go_to(stand.which, stand.spot, event.marks if event is not None else ())

    async def jump(self, *, back: bool) -> bool:
        stand = (self._history.back if back else self._history.forward)(self._stand())
        if stand is not None:
            await self._stand_at(stand)
        return stand is not None

    def back(self) -> bool:
        if self.view.back():
            return True
        if self._is_comparing:
            self._stop()
            return True
        if self._is_opened:
            self.run_worker(self.jump(back=True), group=OPENING, exclusive=True)
            return True
        return False
