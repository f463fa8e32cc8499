"""Keeping subjects in the notebook, and putting a passage into one by hand."""

from __future__ import annotations

from collections.abc import Mapping

from textual import work

from docterm.compare.subjects import ABOUT, Subject, subjects_from
from docterm.errors import DoctermError
from docterm.library.model import Passage
from docterm.tui.compare_views.view import View
from docterm.tui.messages import NotebookChanged

NONE_KEPT = "No subject is kept yet. `B` lists subjects, and `+` keeps one."


class SubjectKeeping(View):
    """A view that changes subjects."""

    def kept_subjects(self) -> dict[str, Subject]:
        """Give the subjects that are kept, by name."""
        return subjects_from(self.session.notebook.kept(ABOUT))

    def add_to_subject(self, passage: Passage) -> None:
        """Ask for a subject, and put a passage into it."""
        from docterm.tui.dialogs.pick import Pick
        from docterm.tui.rows import choice_row

        kept = self.kept_subjects()
        if not kept:
            self.notify(NONE_KEPT, markup=False)
            return

        def chosen(name: str | None) -> None:
            if name is not None:
                subject = kept[name].with_passage(passage)
                self.save_subjects({name: subject}, f"{passage.address} is put into the subject “{name}”.")

        rows = [choice_row(name, name, subject.query) for name, subject in kept.items()]
        self.app.push_screen(Pick(f"Put {passage.address} into which subject?", rows), chosen)

    @work(thread=True, group="save")
    def save_subjects(self, changes: Mapping[str, Subject | None], said: str = "") -> None:
        """Keep subjects by name, or take away those that are None; `said` tells what was done, where it is not seen."""
        try:
            for name, subject in changes.items():
                value = None if subject is None else subject.as_json()
                self.session.notebook.keep(ABOUT, name, value, f"changing the subject “{name}”")
        except DoctermError as error:
            self.app.notify(str(error), title="Not saved", severity="error", markup=False)
            return
        if said:
            self.app.notify(f"{said} `u` undoes it.", markup=False)
        self.post_message(NotebookChanged())
