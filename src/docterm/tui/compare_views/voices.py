"""Who speaks on each side: the voices, and what each of them says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from textual import on, work
from textual.app import ComposeResult
from textual.widgets import Static

from docterm.compare.comparison import Comparison
from docterm.compare.sides import Side
from docterm.compare.voices import ABOUT, NOBODY, Decisions, Entry, voices
from docterm.errors import DoctermError
from docterm.library.model import Place
from docterm.tui.bindings import bindings
from docterm.tui.compare_views.view import ShowPair, View, Which
from docterm.tui.compare_views.voice_rows import Sides, entry_id, entry_rows, overview, voice_id
from docterm.tui.dialogs.ask import Ask
from docterm.tui.dialogs.pick import Pick
from docterm.tui.messages import NotebookChanged
from docterm.tui.rows import choice_row
from docterm.tui.session import Session, Spot
from docterm.tui.widgets.row_list import RowList

NOTHING = "Nobody was found who is quoted or cited on either side."
CAUTION = "Found by the order of words: look at each where it stands. What you correct is kept in the notebook."

_Entries = Mapping[str, tuple[Which, Entry]]


class VoicesView(View):
    """A list of voices with the counts of both sides; `enter` lists what one says, and opens that in its passage."""

    NAME = "voices"
    BINDINGS = bindings("voices.")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.heading = Static("", classes="column-heading", markup=False)
        self.list = RowList(empty=NOTHING)
        self._sides: Sides = {}
        self._decisions: Decisions = {}
        self._entries: _Entries = {}
        """What is said on both sides, by the ids of its rows."""
        self._opened: str | None = None
        """The voice whose entries are listed, or None for the list of voices."""

    def compose(self) -> ComposeResult:
        yield self.heading
        yield self.list

    def begin(self, left: Side, right: Side) -> None:
        super().begin(left, right)
        self._sides, self._opened = {}, None
        self.list.start_with(())

    def show(self, comparison: Comparison) -> None:
        super().show(comparison)
        self.notebook_changed()

    def notebook_changed(self) -> None:
        if self.comparison is not None:
            self._gather(self.comparison)

    @work(thread=True, group="voices", exclusive=True)
    def _gather(self, comparison: Comparison) -> None:
        """Put the entries together by who says them, with the names that the reader decided on."""
        decisions = dict(self.session.notebook.kept(ABOUT))
        speeches = zip(Which, (comparison.left_speech, comparison.right_speech), strict=True)
        sides = {which: voices(speech.entries, decisions) for which, speech in speeches}
        entries = {entry_id(which, entry): (which, entry) for which, entry in _every(sides)}
        self.app.call_from_thread(self._take_up, comparison, sides, decisions, entries)

    def _take_up(self, comparison: Comparison, sides: Sides, decisions: Decisions, entries: _Entries) -> None:
        if comparison is not self.comparison:
            return
        self._sides, self._decisions, self._entries = sides, decisions, entries
        if self._opened is not None and not self._said_by(self._opened):
            self._opened = None
        self._fill()

    def _said_by(self, name: str) -> list[tuple[Which, Entry]]:
        found = ((which, voice) for which, side in self._sides.items() for voice in side.every if voice.name == name)
        return [(which, entry) for which, voice in found for entry in voice.entries]

    def _fill(self) -> None:
        """List the voices, or what one of them says."""
        if self._opened is not None:
            self.heading.update(f"{self._opened}: q goes back to all voices")
            self.list.set_rows(list(entry_rows("What it says", self._said_by(self._opened))))
        else:
            self.heading.update(self._told())
            self.list.set_rows(list(overview(self._sides, self.size.width or self.app.size.width)))
        self.say(CAUTION)

    def _told(self) -> str:
        """Say how many voices each side has, and which part of what is said has no name to it."""
        parts = []
        for which, found in self._sides.items():
            share = "" if found.unnamed_share is None else f", {found.unnamed_share:.0%} of what is said without a name"
            parts.append(f"{which.letter}: {len(found.every):,} voices{share}")
        return "   ".join(parts)

    def on_resize(self) -> None:
        """Give the names what room there is."""
        if self._sides and self._opened is None:
            self._fill()

    def focus_main(self) -> None:
        self.list.focus()

    def find(self, text: str) -> None:
        self.list.narrow(text)

    def back(self) -> bool:
        if self.list.narrowed:
            self.find("")
            return True
        if self._opened is not None:
            name, self._opened = self._opened, None
            self._fill()
            self.list.highlight(voice_id(name))
            return True
        return False

    @property
    def current_key(self) -> str | None:
        found = self._entries.get(self.list.row_id or "")
        return None if found is None else found[1].passage.key

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        found = self._entries.get(event.row_id)
        if found is not None:
            which, entry = found
            spot = Spot(entry.passage.key, Place(entry.passage.index, entry.whole.start))
            said = [span for span in (entry.found.source, entry.found.content) if span is not None]
            self.post_message(ShowPair(which, spot, sorted(said)))
        elif (name := self._voice()) is not None:
            self._opened = name
            self.list.narrow("")
            self._fill()
            self.list.action_first()

    # --- correcting ------------------------------------------------------------------------------

    def _voice(self) -> str | None:
        """Give the name of the highlighted voice, or None where no voice is."""
        row_id = self.list.row_id or ""
        kind, _, name = row_id.partition("\n")
        return name if kind == "voice" else None

    def _subject(self) -> tuple[str, str] | None:
        """Give what is to be corrected: its name in the notebook, and how it is called."""
        found = self._entries.get(self.list.row_id or "")
        if found is not None:
            return found[1].id, f"“{found[1].name or NOBODY}” at {found[1].passage.address}"
        name = self._voice()
        return None if name is None else (name, f"“{name}”")

    def action_rename(self) -> None:
        subject = self._subject()
        if subject is None:
            return
        found = self._entries.get(self.list.row_id or "")
        value = found[1].name if found is not None else subject[0]

        def answered(name: str | None) -> None:
            if name is not None and name.strip() and name.strip() != value:
                self._give(subject, name.strip())

        self.app.push_screen(Ask(f"What is the name of {subject[1]}?", value), answered)

    def action_merge(self) -> None:
        subject = self._subject()
        if subject is None:
            return

        def chosen(name: str | None) -> None:
            if name is not None:
                self._give(subject, name)

        names = dict.fromkeys(voice.name for side in self._sides.values() for voice in side.every)
        others = [name for name in names if name not in (subject[0], NOBODY)]
        self.app.push_screen(
            Pick(f"Whose voice is {subject[1]}?", [choice_row(name, name, "") for name in others]), chosen
        )

    def _give(self, subject: tuple[str, str], name: str) -> None:
        self._keep(subject[0], {"name": name}, f"naming {subject[1]} “{name}”")

    def action_remove(self) -> None:
        """Mark as wrong, or take that back."""
        subject = self._subject()
        if subject is None:
            return
        found = self._entries.get(self.list.row_id or "")
        if found is None or not found[1].wrong:
            self._keep(subject[0], {"wrong": True}, f"marking {subject[1]} as wrong")
            return
        entry = found[1]
        own = self._decisions.get(entry.id, {}).get("wrong") is True
        name = entry.id if own else (entry.found.speaker or NOBODY)
        self._keep(name, None, f"marking {subject[1]} as right")

    @work(thread=True, group="save")
    def _keep(self, name: str, value: Mapping[str, Any] | None, what: str) -> None:
        try:
            self.session.notebook.keep(ABOUT, name, value, what)
        except DoctermError as error:
            self.app.notify(str(error), title="Not saved", severity="error", markup=False)
            return
        self.post_message(NotebookChanged())


def _every(sides: Sides) -> Iterator[tuple[Which, Entry]]:
    for which, found in sides.items():
        for group in (*(voice.entries for voice in found.every), found.no_reply, found.scare, found.wrong):
            yield from ((which, entry) for entry in group)
