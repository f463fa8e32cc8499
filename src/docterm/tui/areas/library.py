"""Area 1: the documents of the library."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from textual import on, work
from textual.app import ComposeResult
from textual.message import Message
from textual.worker import get_current_worker

from docterm.errors import DoctermError
from docterm.library.model import Place, Status
from docterm.tui.areas.area import Area
from docterm.tui.messages import LibraryChanged, OpenSpot
from docterm.tui.rows import counted, document_row
from docterm.tui.session import Session, Spot
from docterm.tui.widgets.row_list import RowList

PROGRESS_STEP = 20
"""Files between two lines of progress."""
EMPTY = (
    "There is no document here that docterm can read. Put text or Markdown files into the folder, "
    "or leave with Q and use docterm add FILE."
)


class LibraryArea(Area):
    """Lists the documents; `enter` opens one."""

    NAME = "library"

    @dataclass
    class Reading(Message):
        """So many files of the folder have been read."""

        done: int
        total: int

        def can_replace(self, message: Message) -> bool:
            """Say that a newer count makes this one needless."""
            return isinstance(message, LibraryArea.Reading)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.list = RowList(id="documents", empty=EMPTY)

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
        try:
            changes = session.library.refresh(self._reading, lambda: worker.is_cancelled)
            session.search.synchronise()
            session.notebook.refresh()
            for area in ("search", "read", "compare", "quotes"):  # so that the first visit does not wait for it
                import_module(f"docterm.tui.areas.{area}")
        except DoctermError as error:
            self.notify(str(error), title="Library", severity="error", markup=False)
            return
        for note in (*session.library.notes, *session.search.notes):
            self.notify(note, title="Library", severity="warning", markup=False)
        if changes.read or changes.gone or changes.unreadable:
            self.post_message(LibraryChanged())

    def _reading(self, done: int, total: int) -> None:
        if done % PROGRESS_STEP == 0:
            self.post_message(self.Reading(done, total))

    @on(Reading)
    def _show_progress(self, event: Reading) -> None:
        event.stop()
        self.say(f"Reading {event.done:,} of {counted(event.total, 'file')}…")

    # --- showing ---------------------------------------------------------------------------------

    def library_changed(self) -> None:
        self.list.set_rows([document_row(document) for document in self.session.library.documents()])
        self._count()

    def _count(self) -> None:
        every = self.session.library.documents(every=True)
        ready = [document for document in every if document.status is Status.READY]
        parts = [counted(len(ready), "document")]
        if unread := sum(document.status is Status.UNREADABLE for document in every):
            parts.append(f"{counted(unread, 'file')} not read: see `docterm list --problems`")
        self.say(" · ".join(parts))

    def focus_main(self) -> None:
        self.list.focus()

    def find(self, text: str) -> None:
        shown = self.list.narrow(text)
        if text:
            self.say(f"{counted(shown, 'document')} with “{text}”")
        else:
            self._count()

    def back(self) -> bool:
        if self.list.narrowed:
            self.find("")
            return True
        return False

    @property
    def current_key(self) -> str | None:
        return self.list.row_id

    @on(RowList.OptionSelected)
    def _opened(self, event: RowList.OptionSelected) -> None:
        event.stop()
        if event.option_id:
            self.post_message(OpenSpot(Spot(event.option_id, Place(0, 0))))
