"""Area 1: the documents of the library."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

from textual import on, work
from textual.app import ComposeResult
from textual.message import Message
from textual.worker import get_current_worker

from docterm.errors import DoctermError
from docterm.library.model import Document, Place, Status
from docterm.library.pace import Pace
from docterm.library.watch import changes
from docterm.text import counted, label
from docterm.tui.areas.area import ListArea
from docterm.tui.messages import LibraryChanged, OpenSpot
from docterm.tui.rows import document_row
from docterm.tui.session import Session, Spot
from docterm.tui.widgets.row_list import RowList

EMPTY = (
    "There is no document here that docterm can read. Put documents into the folder, "
    "or leave with Q and use docterm add FILE."
)


class LibraryArea(ListArea):
    """Lists the documents; `enter` opens one."""

    NAME = "library"

    @dataclass
    class Reading(Message):
        """How far reading the folder has come, in a sentence."""

        sentence: str

        def can_replace(self, message: Message) -> bool:
            """Say that a newer count makes this one needless."""
            return isinstance(message, LibraryArea.Reading)

    class FolderChanged(Message):
        """Files have come, gone or changed."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.list = RowList(id="documents", empty=EMPTY)
        self._pace = Pace()
        self._listed = 0
        self._told: frozenset[str] = frozenset()
        """The notes on the library that are on and were shown."""

    def compose(self) -> ComposeResult:
        yield self.list
        yield self.status

    def on_mount(self) -> None:
        """Show the documents as the catalogue knows them."""
        self.library_changed()

    # --- keeping up with the folder --------------------------------------------------------------

    @work(thread=True, group="refresh", exclusive=True)
    def refresh_library(self) -> None:
        """Bring the catalogue and the index up to date with the folder, and tell when something has changed."""
        worker, session = get_current_worker(), self.session

        def cancelled() -> bool:
            return worker.is_cancelled or session.leaving.is_set()

        try:
            self._pace = Pace()
            if session.library.refresh(self._reading, cancelled):
                self.post_message(LibraryChanged())
            self._pace = Pace("Indexing paragraph")
            if session.search.synchronise(cancelled, self._reading, apart=True):
                self.post_message(LibraryChanged())
            if not session.library.known_twins and session.library.twins():
                self.post_message(LibraryChanged())
            session.notebook.refresh()
        except DoctermError as error:
            self.notify(str(error), title="Library", severity="error", markup=False)
            return
        self._tell((*session.library.notes, *session.search.notes))
        for area in ("search", "read", "compare", "quotes"):  # so that the first visit does not wait for it
            import_module(f"docterm.tui.areas.{area}")

    def _tell(self, notes: Sequence[str]) -> None:
        """Warn of what is new among the notes: the folder may change often, and its faults stay."""
        for note in dict.fromkeys(notes):
            if note not in self._told:
                self.notify(note, title="Library", severity="warning", markup=False)
        self._told = frozenset(notes)

    def watch_library(self) -> None:
        """Read the folder again whenever something in it has changed, until the explorer ends."""
        threading.Thread(target=self._watch, name="watch", daemon=True).start()

    def _watch(self) -> None:
        try:
            for _ in changes(self.session.library.root, self.session.leaving):
                self.post_message(self.FolderChanged())
        except OSError as error:
            self.notify(
                f"The folder cannot be watched for changes: {label(error)}. Start again to see new files.",
                severity="warning",
                markup=False,
            )

    @on(FolderChanged)
    def _folder_changed(self, event: FolderChanged) -> None:
        event.stop()
        self.refresh_library()

    def _reading(self, done: int, total: int) -> None:
        if self._pace.is_due(done, total):
            self.post_message(self.Reading(self._pace.sentence(done, total)))

    @on(Reading)
    def _show_progress(self, event: Reading) -> None:
        event.stop()
        documents = self.session.library.documents()
        if len(documents) != self._listed:
            self._list(documents)
        self.say(event.sentence)

    # --- showing ---------------------------------------------------------------------------------

    def library_changed(self) -> None:
        self._list(self.session.library.documents())
        self._count()

    def _list(self, documents: Sequence[Document]) -> None:
        self._listed = len(documents)
        twins = self.session.library.known_twins
        self.list.set_rows([document_row(document, twins.get(document.key, ())) for document in documents])

    def _count(self) -> None:
        every = self.session.library.documents(every=True)
        ready = [document for document in every if document.status is Status.READY]
        parts = [counted(len(ready), "document")]
        if unread := sum(document.status is Status.UNREADABLE for document in every):
            parts.append(f"{counted(unread, 'file')} not read: see `docterm list --problems`")
        self.say(" · ".join(parts))

    def find(self, text: str) -> None:
        shown = self.list.narrow(text)
        if text:
            self.say(f"{counted(shown, 'document')} with “{text}”")
        else:
            self._count()

    @property
    def current_key(self) -> str | None:
        return self.list.row_id

    @on(RowList.Chosen)
    def _opened(self, event: RowList.Chosen) -> None:
        event.stop()
        self.post_message(OpenSpot(Spot(event.row_id, Place(0, 0))))
