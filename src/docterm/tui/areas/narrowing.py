"""What is done with the results of a search: narrowing, ordering, saving them, and finding more like one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual import on, work
from textual.message import Message
from textual.widgets import Input

from docterm.config.paths import state_folder
from docterm.errors import DoctermError
from docterm.library.model import Passage
from docterm.search.results import Hit, Results, Sort, narrowed, within
from docterm.search.saved import MOST_SEEN, SavedSearch, SavedSearches
from docterm.search.tree import describe
from docterm.text import counted, label
from docterm.tui.areas.area import ListArea
from docterm.tui.bindings import bindings
from docterm.tui.dialogs.ask import Ask
from docterm.tui.dialogs.pick import Pick
from docterm.tui.rows import choice_row
from docterm.tui.session import Session
from docterm.tui.widgets.row_list import ListRow

SAVE, FORGET = "save", "forget"
ORDERS = {Sort.DATE: "newest first", Sort.PLACE: "in the library's order", Sort.DOCUMENT: "grouped by document"}
"""How the status line names an order that is not the best first."""


class Narrowing(ListArea):
    """An area with a query and its results. Whatever narrows them is typed into the query, where it can be seen."""

    BINDINGS = bindings("search.")

    @dataclass
    class Wanted(Message):
        """A query is to take the place of the one in the field; None: `sentence` says why there is none."""

        query: str | None
        sentence: str = ""
        best_first: bool = False
        """Whether it makes no sense in another order."""

    @dataclass
    class Counted(Message):
        """The saved searches, each with the passages that are new."""

        searches: list[tuple[SavedSearch, list[Hit]]]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.field: Input
        self.results: Results | None = None
        self.sort = Sort.RELEVANCE

    def ask_anew(self) -> None:
        """Search once more for what is in the field."""
        raise NotImplementedError

    def hit_passage(self) -> Passage | None:
        """Give the passage of the highlighted hit."""
        raise NotImplementedError

    def _put(self, query: str, *, typing: bool = False) -> None:
        self.field.value = query
        self.field.cursor_position = len(query)
        if typing:
            self.field.focus()
        else:
            self.focus_main()

    def _nothing(self, sentence: str) -> None:
        self.notify(sentence, severity="warning", markup=False)

    # --- narrowing -------------------------------------------------------------------------------

    def action_narrow(self) -> None:
        """Choose a source, year, type or tag of those that the results have."""
        results = self.results
        if results is None or not results.passages:
            self._nothing("There are no results to narrow.")
            return

        def picked(choice: str | None) -> None:
            if choice is not None:
                facet, _, value = choice.partition("\n")
                self._put(narrowed(results.node, facet, value))

        rows = [
            choice_row(f"{facet}\n{value}", f"{facet}: {label(value)}", f"{number:,}")
            for facet, values in results.facets.items()
            for value, number in values.items()
        ]
        self.app.push_screen(Pick("Narrow the results to", rows), picked)

    def action_within(self) -> None:
        if self.results is None:
            self._nothing("There are no results to search in.")
        else:
            self._put(within(self.results.node), typing=True)

    def action_order(self) -> None:
        orders = list(Sort)
        self.sort = orders[(orders.index(self.sort) + 1) % len(orders)]
        self.ask_anew()

    # --- more like one ---------------------------------------------------------------------------

    def action_more_like(self) -> None:
        passage = self.hit_passage()
        if passage is None:
            self._nothing("There is no passage to find more like.")
        else:
            self.more_like(passage)

    @work(thread=True, group="alike", exclusive=True)
    def more_like(self, passage: Passage) -> None:
        """Search for passages with the words that tell this one from others."""
        try:
            node = self.session.search.alike(passage)
        except DoctermError as error:
            self.post_message(self.Wanted(None, str(error)))
            return
        sentence = "" if node else "The passage has no word that tells it from others."
        self.post_message(self.Wanted(None if node is None else describe(node), sentence, best_first=True))

    @on(Wanted)
    def _wanted_query(self, event: Wanted) -> None:
        event.stop()
        if event.query is None:
            self._nothing(event.sentence)
        else:
            self.sort = Sort.RELEVANCE if event.best_first else self.sort
            self._put(event.query)

    # --- saved searches --------------------------------------------------------------------------

    def action_saved(self) -> None:
        """Show the saved searches with what is new, and offer to save the one in the field."""
        self._count_new()

    def _searches(self) -> SavedSearches:
        return SavedSearches(state_folder(), self.session.library.root)

    def _found(self, query: str) -> tuple[Hit, ...]:
        return self.session.search.search(query, limit=MOST_SEEN, aside=True).hits

    @work(thread=True, group="saved", exclusive=True)
    def _count_new(self) -> None:
        try:
            found = [(each, each.new(self._found(each.query))) for each in self._searches().all()]
        except DoctermError as error:
            self.post_message(self.Wanted(None, str(error)))
            return
        self.post_message(self.Counted(found))

    @on(Counted)
    def _counted(self, event: Counted) -> None:
        event.stop()
        query = "" if self.results is None else self.results.query.strip()
        rows = list(_rows(event.searches, query))
        if not rows:
            self._nothing("No search is saved yet. Search for something, then save it here.")
            return
        by_name = {each.name: (each, new) for each, new in event.searches}

        def picked(choice: str | None) -> None:
            if choice == SAVE:
                self.app.push_screen(Ask("Name of the search", label(query, 60)), named)
            elif choice == FORGET:
                self._keep([each.name for each, _ in event.searches if each.query == query], None)
            elif choice is not None:
                saved, new = by_name[choice.removeprefix("\n")]
                self._put(saved.query)
                self._keep([saved.name], saved.query)
                self.notify(_said(saved, new), markup=False)

        def named(name: str | None) -> None:
            if name is not None and name.strip():
                self._keep([label(name.strip(), 100)], query)

        self.app.push_screen(Pick("Saved searches", rows), picked)

    @work(thread=True, group="keep")
    def _keep(self, names: Sequence[str], query: str | None) -> None:
        """Save a query under names with all that it finds as seen; forget the names where it is None."""
        searches = self._searches()
        try:
            found = () if query is None else self._found(query)
            for name in names:
                if query is None:
                    searches.forget(name)
                else:
                    searches.save(name, query, found)
        except DoctermError as error:
            self.post_message(self.Wanted(None, str(error)))


def _rows(searches: Sequence[tuple[SavedSearch, Sequence[Hit]]], query: str) -> Iterator[ListRow]:
    """Give the rows of the saved searches, and before them what can be done with the query in the field."""
    if query and any(each.query == query for each, _ in searches):
        yield choice_row(FORGET, "forget this search", label(query))
    elif query:
        yield choice_row(SAVE, "save this search", label(query))
    for each, new in searches:
        yield choice_row(f"\n{each.name}", label(each.name), f"{_said(each, new)} {label(each.query, 60)}")


def _said(saved: SavedSearch, new: Sequence[Hit]) -> str:
    places = ", ".join(hit.place for hit in new[:3]) + (" …" if len(new) > 3 else "")
    return (
        f"{counted(len(new), 'new passage')} since {saved.looked}: {places}."
        if new
        else f"Nothing new since {saved.looked}."
    )
