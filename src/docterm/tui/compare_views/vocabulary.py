"""The words, names and phrases that both sides use, and how unequally."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.worker import get_current_worker

from docterm.compare.comparison import Comparison
from docterm.compare.lists import TermList, Usage, sizes, term_list, words_in
from docterm.compare.sides import Side
from docterm.compare.vocabulary import Kind, TermRow
from docterm.text import counted
from docterm.tui.bindings import bindings
from docterm.tui.compare_views.view import ShowWord, View
from docterm.tui.session import Session
from docterm.tui.widgets.row_list import RowList
from docterm.tui.widgets.term_list import TermRows

KINDS: Mapping[Kind, str] = {Kind.WORD: "Words", Kind.NAME: "Names", Kind.PHRASE: "Phrases"}
USAGES: Mapping[Usage, str] = {Usage.LEFT: "more in A", Usage.SHARED: "in both", Usage.RIGHT: "more in B"}
"""In the order of the line above the list, which is that of the sides."""
Lists = dict[tuple[Kind, Usage], TermList]
WIDE = 70
"""Cells from which on the lists have their full names."""
NONE = "No term of this kind stands in enough places for this list."


class Vocabulary(View):
    """A list of terms at a time: of one kind, more used on one side or shared. `enter` opens a term's concordance."""

    NAME = "vocabulary"
    BINDINGS = bindings("vocabulary.", "compare.other-side")

    @dataclass
    class Listed(Message):
        """The lists of a comparison are made."""

        comparison: Comparison
        lists: Lists

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.tabs = Static("", classes="column-heading", markup=False)
        self.sizes = Static("", classes="note quiet", markup=False)
        self.list = TermRows(empty=NONE)
        self.kind = Kind.WORD
        self.usage = Usage.LEFT
        self._lists: Lists = {}

    def compose(self) -> ComposeResult:
        yield self.tabs
        yield self.sizes
        yield self.list

    def begin(self, left: Side, right: Side) -> None:
        super().begin(left, right)
        self._lists = {}
        self.tabs.update("")
        self.sizes.update("")
        self.list.start_with(())

    def show(self, comparison: Comparison) -> None:
        super().show(comparison)
        left, right = comparison.left, comparison.right
        told = sizes(left, right)
        if words_in(left) and words_in(right) and not comparison.vocabulary:
            told = "There is nothing but numbers and function words, which are left out."
        self.sizes.update(Content(told))
        self._list(comparison)

    @work(thread=True, group="lists", exclusive=True)
    def _list(self, comparison: Comparison) -> None:
        """Make all lists: of two long texts that takes a second."""
        worker = get_current_worker()
        lists: Lists = {}
        for kind in KINDS:
            for usage in USAGES:
                if worker.is_cancelled:
                    return
                lists[kind, usage] = term_list(comparison.vocabulary, kind, usage)
        self.post_message(self.Listed(comparison, lists))

    @on(Listed)
    def _listed(self, event: Listed) -> None:
        event.stop()
        if event.comparison is self.comparison:
            self._lists = event.lists
            self._fill()

    def _fill(self) -> None:
        """Show the list that is chosen."""
        if not self._lists:
            return
        self._name_lists()
        self.list.show_terms(self._lists[self.kind, self.usage])
        self._tell()

    def _name_lists(self) -> None:
        """Say above the list which lists there are, how long they are, and which one is shown."""
        if not self._lists:
            return
        kinds = [(f"{title}  ", "" if kind is self.kind else "dim") for kind, title in KINDS.items()]
        usages = [
            (
                f"  {title if self.size.width >= WIDE else title.rpartition(' ')[2]} "
                f"{len(self._lists[self.kind, usage].rows):,}",
                "" if usage is self.usage else "dim",
            )
            for usage, title in USAGES.items()
        ]
        self.tabs.update(Content.assemble(*kinds, ("│", "dim"), *usages), layout=False)

    def on_resize(self) -> None:
        """Name the lists as there is room."""
        self._name_lists()

    def _tell(self) -> None:
        """Say all that is known of the highlighted term."""
        if not self._lists:
            return
        row = self.list.term
        if row is not None:
            self.say(_told(row, self.usage))
            return
        alone = self._lists[self.kind, self.usage].alone
        self.say(f"{counted(alone, 'term')} in too few places to be listed" if alone else "")

    # --- choosing --------------------------------------------------------------------------------

    def action_kind(self) -> None:
        kinds = list(KINDS)
        self.kind = kinds[(kinds.index(self.kind) + 1) % len(kinds)]
        self._fill()

    def action_left(self) -> None:
        self._step(-1)

    def action_right(self) -> None:
        self._step(1)

    def _step(self, step: int) -> None:
        usages = list(USAGES)
        self.usage = usages[max(0, min(usages.index(self.usage) + step, len(usages) - 1))]
        self._fill()

    def action_other_side(self) -> None:
        self.usage = Usage.LEFT if self.usage is Usage.RIGHT else Usage.RIGHT
        self._fill()

    # --- the list --------------------------------------------------------------------------------

    def focus_main(self) -> None:
        self.list.focus()

    def find(self, text: str) -> None:
        self.list.narrow(text)

    def back(self) -> bool:
        if self.list.narrowed:
            self.find("")
            return True
        return False

    @property
    def current_word(self) -> tuple[str, ...]:
        row = self.list.term
        return () if row is None else row.forms

    @on(RowList.Highlighted)
    def _highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()
        self._tell()

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.post_message(ShowWord(self.current_word))


def _told(row: TermRow, usage: Usage) -> str:
    low, high = row.interval
    strength = f"G2 {row.g2:.1f}" if row.z is None else f"z {row.z:+.1f}"
    places = "passages" if row.z is None else "places"
    few = f" · in few {places}" if row.few and usage is not Usage.SHARED else ""
    return (
        f"A {row.left:,} in {row.left_passages:,} {places} · B {row.right:,} in {row.right_passages:,} · "
        f"log ratio {row.log_ratio:+.1f} ({low:+.1f} to {high:+.1f}) · {strength}{few}"
    )
