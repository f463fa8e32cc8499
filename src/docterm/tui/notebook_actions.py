"""What can be done to the notebook from anywhere: copying quotes with their citations, undo and redo."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from textual import on, work
from textual.app import App

from docterm.config.paths import last_copy_file
from docterm.errors import DoctermError, NothingFound
from docterm.quotes.form import Form
from docterm.quotes.model import Quote
from docterm.tui.dialogs.pick import Pick
from docterm.tui.messages import ChooseStyle, CopyQuotes, NotebookChanged
from docterm.tui.rows import name_row
from docterm.tui.session import Session
from docterm.tui.widgets.row_list import ListRow

_STANDING = {
    "narrative": "in the form chosen last, the citation before the words: Okafor (2019) …",
    "year": "in the form chosen last, the year alone, where your sentence has the names",
}
"""How a citation may stand for once; the values of `docterm.quotes.works.Mode`."""


class NotebookActions(App[None]):
    """An app that keeps a notebook. Whatever waits for a disk or a clipboard runs in a thread."""

    session: Session

    copy_form = Form.MARKDOWN
    """The form that was chosen last, for as long as the explorer runs."""

    @property
    def copy_style(self) -> str:
        """The style that was chosen last, in this session or an earlier one; nothing is the default one."""
        return self.session.style

    @on(CopyQuotes)
    def _copy_quotes(self, event: CopyQuotes) -> None:
        if event.choose:
            self._choose_form(event.quotes, event.said)
        else:
            self._copy(event.quotes, event.said)

    def _choose_form(self, quotes: Sequence[Quote], said: str) -> None:
        def chosen(name: str | None) -> None:
            if name is None:
                return
            if name in _STANDING:
                self._copy(quotes, said, cite=name)
                return
            self.copy_form = Form(name)
            if self.copy_form.cites_by_key:
                self._copy(quotes, said)
            else:
                self._choose_style(lambda: self._copy(quotes, said))

        forms = [form for form in Form if form.can_be_pasted]
        rows = [name_row(form.value, form.says) for form in forms]
        rows += [name_row(name, says) for name, says in _STANDING.items()]
        self.push_screen(Pick("Copy as", rows), chosen)

    @on(ChooseStyle)
    def _style_wanted(self) -> None:
        self._choose_style(lambda: self.post_message(NotebookChanged()))

    @work(thread=True, group="copy")
    def _choose_style(self, then: Callable[[], object]) -> None:
        from docterm.quotes.styles import search

        def chosen(name: str | None) -> None:
            if name is not None:
                self._keep_style(name)
                then()

        def find(text: str) -> list[ListRow]:
            return [name_row(entry.id, entry.title) for entry in search(text)]

        find("apa")  # reads the names of all styles, which takes a moment
        question = "In which style? Of the CSL project, citationstyles.org, CC BY-SA 3.0"
        self.call_from_thread(self.push_screen, Pick(question, find(""), find), chosen)

    def _keep_style(self, name: str) -> None:
        try:
            self.session.style = name
        except DoctermError as error:
            self.notify(str(error), title="Not kept", severity="warning", markup=False)

    @work(thread=True, group="copy")
    def _copy(self, quotes: Sequence[Quote], said: str, cite: str = "parenthetical") -> None:
        from docterm.quotes.clipboard import copy
        from docterm.quotes.manuscript import Wishes, write_out
        from docterm.quotes.styles import DEFAULT
        from docterm.quotes.works import Mode

        form, wishes = self.copy_form, Wishes(self.copy_style or DEFAULT, cite=Mode(cite))
        try:
            made = write_out(quotes, form, wishes)
        except DoctermError as error:
            self.notify(str(error), title="Not copied", severity="error", markup=False)
            return
        result = copy(made.text, os.environ, self._osc52, last_copy_file(), made.html, form is Form.HTML)
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
