"""Coding words of a reader with themes: the same in every area that has one."""

from __future__ import annotations

from textual import work

from docterm.errors import DoctermError
from docterm.library.model import Document, Place
from docterm.quotes.themes.codebook import Code
from docterm.tui.areas.quoting import NOTHING_SELECTED, Quoting
from docterm.tui.dialogs.ask import Ask
from docterm.tui.dialogs.code_bar import Choice, CodeBar
from docterm.tui.messages import NotebookChanged
from docterm.tui.widgets.reader import Reader


class Coding(Quoting):
    """An area from which `t` gives the selection a code, and `.` the code that was given last."""

    _last: Code | None = None

    def action_code(self) -> None:
        """Ask which code the selection is to have."""
        if self.quoted_from()[1].selected() is None:
            self.notify(NOTHING_SELECTED, markup=False)
        else:
            self._choose_code()

    def _choose_code(self) -> None:
        from docterm.quotes.themes.codebook import codes

        def chosen(choice: Choice | None) -> None:
            if choice is not None and choice.code is None:
                self._ask_for_code(choice.memo)
            elif choice is not None and choice.code is not None:
                self._ask_for_memo(choice.code, asked=choice.memo)

        self.app.push_screen(CodeBar(codes(self.session.notebook)), chosen)

    def _ask_for_code(self, memo: bool) -> None:
        def called(name: str | None) -> None:
            if name:
                self._make_code(name, memo)

        self.app.push_screen(Ask("What is the new code called? A digit becomes its key.", ""), called)

    @work(thread=True, group="save")
    def _make_code(self, name: str, memo: bool) -> None:
        from docterm.quotes.themes.codebook import add

        try:
            code = add(self.session.notebook, name)
        except DoctermError as error:
            self.app.notify(str(error), title="No new code", severity="error", markup=False)
        else:
            self.app.call_from_thread(self._ask_for_memo, code, asked=memo)

    def _ask_for_memo(self, code: Code, *, asked: bool) -> None:
        def written(memo: str | None) -> None:
            if memo is not None:
                self._give(code, memo)

        if asked:
            self.app.push_screen(Ask(f"Why {code.name}?", ""), written)
        else:
            self._give(code, "")

    def action_code_again(self) -> None:
        """Give the selection the code that was given last."""
        if self._last is None:
            self.notify("No code was given yet: `t` gives one.", markup=False)
        elif self.quoted_from()[1].selected() is None:
            self.notify(NOTHING_SELECTED, markup=False)
        else:
            self._give(self._last, "")

    def _give(self, code: Code, memo: str) -> None:
        self._last = code
        document, reader = self.quoted_from()
        places = reader.selected()
        if document is not None and places is not None:
            self._save_code(document, reader, places, code, memo)

    @work(thread=True, group="save")
    def _save_code(
        self, document: Document, reader: Reader, places: tuple[Place, Place], code: Code, memo: str
    ) -> None:
        try:
            coding = self.session.save_code(document, reader.passages, *places, code=code.name, memo=memo)
        except DoctermError as error:
            self.app.notify(str(error), title="Not coded", severity="error", markup=False)
            return
        self.app.call_from_thread(reader.clear_selected)
        self.app.notify(f"{coding.cut.address} is coded as {coding.code}. `u` undoes it.", markup=False)
        self.post_message(NotebookChanged())
