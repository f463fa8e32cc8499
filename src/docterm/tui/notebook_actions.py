"""What can be done to the notebook from anywhere: copying quotes with their citations, undo and redo."""

from __future__ import annotations

import os
from collections.abc import Sequence

from textual import on, work
from textual.app import App

from docterm.config.paths import state_folder
from docterm.errors import DoctermError, NothingFound
from docterm.quotes.model import Quote
from docterm.tui.messages import CopyQuotes, NotebookChanged
from docterm.tui.session import Session


class NotebookActions(App[None]):
    """An app that keeps a notebook. Whatever waits for a disk or a clipboard runs in a thread."""

    session: Session

    @on(CopyQuotes)
    def _copy_quotes(self, event: CopyQuotes) -> None:
        self._copy(event.quotes, event.said)

    @work(thread=True, group="copy")
    def _copy(self, quotes: Sequence[Quote], said: str) -> None:
        from docterm.quotes.clipboard import copy
        from docterm.quotes.form import Form
        from docterm.quotes.manuscript import Wishes, write_out

        made = write_out(quotes, Form.MARKDOWN, Wishes())
        result = copy(made.text, os.environ, self._osc52, state_folder() / "last-copy.txt", made.html)
        self.notify(f"{said}; {'. '.join([result.sentence, *made.notes])}", markup=False)

    def _osc52(self, text: str) -> None:
        self.call_from_thread(self.copy_to_clipboard, text)

    def action_undo(self) -> None:
        self._change_notebook(undo=True)

    def action_redo(self) -> None:
        self._change_notebook(undo=False)

    @work(thread=True, group="save")
    def _change_notebook(self, *, undo: bool) -> None:
        notebook = self.session.notebook
        try:
            self.notify(notebook.undo() if undo else notebook.redo(), markup=False)
        except NothingFound as nothing:
            self.notify(str(nothing), markup=False)
        except DoctermError as error:
            self.notify(str(error), severity="error", markup=False)
        else:
            self.post_message(NotebookChanged())
