"""What is done to quotes in area 5: to the highlighted one, or to all that are selected."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work

from docterm.errors import DoctermError
from docterm.quotes.alterations import Alteration
from docterm.quotes.form import Form
from docterm.quotes.model import Quote, QuoteKind, clean_tags
from docterm.quotes.speaking import OWN_WORDS, Spoken, spoken_by
from docterm.text import counted, label
from docterm.tui.areas.area import ListArea
from docterm.tui.bindings import bindings
from docterm.tui.dialogs.ask import Ask
from docterm.tui.dialogs.pick import Pick
from docterm.tui.editor import edit
from docterm.tui.messages import ChooseStyle, CopyQuotes, NotebookChanged
from docterm.tui.quote_view import Grouping, Narrowed, facet_rows
from docterm.tui.rows import choice_row, name_row
from docterm.tui.session import Session

if TYPE_CHECKING:
    from docterm.quotes.check.manuscripts import Uses

EVERYTHING, NEW = "everything", "new"
OFFERED, OTHER, OWN = "offered", "other", "own"


class QuoteActions(ListArea):
    """An area with a list of quotes, some of which may be selected."""

    NAME = "quotes"
    BINDINGS = bindings("quotes.")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.statuses: Mapping[str, str] = {}
        self.uses: Uses | None = None
        """Where the linked manuscripts use the quotes; None when none is linked."""
        self.selected: set[str] = set()
        self._edited = ("", 0)
        """The quote whose line was opened last, and which of its lines that was."""
        self.grouping = Grouping.DOCUMENT
        self.narrowed = Narrowed()

    def quote(self) -> Quote | None:
        """Give the highlighted quote."""
        raise NotImplementedError

    def listed(self) -> list[Quote]:
        """Give the quotes that are listed."""
        raise NotImplementedError

    def show(self) -> None:
        """Show the list anew."""
        raise NotImplementedError

    def _meant(self) -> list[Quote]:
        """Give the selected quotes, in the notebook's order; without any the highlighted one."""
        if self.selected:
            return [quote for quote in self.session.notebook.quotes() if quote.id in self.selected]
        quote = self.quote()
        return [] if quote is None else [quote]

    # --- carrying them away ----------------------------------------------------------------------

    def action_copy(self) -> None:
        self._copy(choose=False)

    def action_copy_as(self) -> None:
        self._copy(choose=True)

    def _copy(self, *, choose: bool) -> None:
        quotes = self._meant()
        if quotes:
            first = quotes[0]
            said = f"{first.key}, para. {first.address.first}" if len(quotes) == 1 else counted(len(quotes), "quote")
            self.post_message(CopyQuotes(quotes, said, choose=choose))

    def action_style(self) -> None:
        self.post_message(ChooseStyle())

    def action_export(self) -> None:
        """Ask for the form and the file: the selected quotes are meant, without any all that are listed."""
        quotes = self._meant() if self.selected else self.listed()
        if not quotes:
            self.notify("There is no quote to export.", severity="warning", markup=False)
            return

        def formed(name: str | None) -> None:
            if name is not None:
                ask = Ask(f"File for {counted(len(quotes), 'quote')} as {Form(name).says}", "")
                self.app.push_screen(ask, lambda place: self._placed(quotes, Form(name), place))

        rows = [name_row(form.value, form.says) for form in Form]
        self.app.push_screen(Pick(f"Export {counted(len(quotes), 'quote')} as", rows), formed)

    def _placed(self, quotes: Sequence[Quote], form: Form, place: str | None) -> None:
        if place is not None and place.strip():
            self._export(quotes, form, Path(place.strip()).expanduser())

    @work(thread=True, group="save")
    def _export(self, quotes: Sequence[Quote], form: Form, path: Path) -> None:
        try:
            said = self.session.export(quotes, form, path, self.session.style)
        except DoctermError as error:
            self.app.notify(str(error), title="Not exported", severity="error", markup=False)
        else:
            self.app.notify(" ".join(said), markup=False)

    # --- what is listed --------------------------------------------------------------------------

    def action_narrow(self) -> None:
        """Choose a tag, document, status or kind of those that the quotes have."""
        rows = facet_rows(self.session.notebook.quotes(), self.statuses, self.uses)
        if self.narrowed.facet:
            rows = [choice_row(EVERYTHING, "all quotes", f"not only {self.narrowed}"), *rows]

        def picked(choice: str | None) -> None:
            if choice is not None:
                self.narrowed = Narrowed() if choice == EVERYTHING else Narrowed(*choice.split("\n", 1))
                self.show()

        self.app.push_screen(Pick("Narrow the quotes to", rows), picked)

    def action_order(self) -> None:
        orders = list(Grouping)
        self.grouping = orders[(orders.index(self.grouping) + 1) % len(orders)]
        self.show()

    def action_select(self) -> None:
        quote = self.quote()
        if quote is not None:
            self.selected ^= {quote.id}
            self.show()
            self.list.action_down()

    def action_select_all(self) -> None:
        shown = set(self.list.row_ids)
        self.selected = self.selected - shown if shown <= self.selected else self.selected | shown
        self.show()

    def action_move_up(self) -> None:
        self._move(-1)

    def action_move_down(self) -> None:
        self._move(1)

    def _move(self, steps: int) -> None:
        quote = self.quote()
        if quote is None:
            return
        if self.grouping is not Grouping.OWN:
            self.grouping = Grouping.OWN
            self.show()
            self.notify("This is your own order: quotes are moved in it, copied and exported by it.", markup=False)
        elif not self.narrowed.facet:
            self._change(lambda: self.session.notebook.move(quote.id, steps))
        else:
            self.notify("Quotes are moved among all of them: `escape` lists all.", severity="warning", markup=False)

    # --- changing them ---------------------------------------------------------------------------

    def action_note(self) -> None:
        quote = self.quote()
        if quote is not None:
            self._ask("Note on this quote", quote.note, lambda text: self.session.notebook.set_note(quote.id, text))

    def action_tag(self) -> None:
        quotes = self._meant()
        ids = [quote.id for quote in quotes]
        if self.selected:
            question = f"Tags to add to {counted(len(quotes), 'quote')}, separated by commas"
            self._ask(question, "", lambda text: self.session.notebook.tag(ids, text.split(",")))
        elif quotes:
            tags = ", ".join(quotes[0].tags)
            self._ask(
                "Tags, separated by commas",
                tags,
                lambda text: self.session.notebook.set_tags(ids[0], clean_tags(text.split(","))),
            )

    def action_alter(self) -> None:
        """Alter how the quote is written out."""
        from docterm.tui.dialogs.alter import Alter

        quote = self.quote()
        if quote is None:
            return
        if quote.kind is QuoteKind.PARAPHRASE:
            self.notify("A paraphrase is not altered: its words are no source's.", severity="warning", markup=False)
            return

        def altered(made: Sequence[Alteration] | None) -> None:
            if made is not None and made != quote.alterations:
                done = "The captured words stay as they are; `u` takes it back."
                self._change(lambda: self.session.notebook.alter(quote.id, made), done)

        self.app.push_screen(Alter(quote), altered)

    @work(thread=True, group="save")
    def action_speaker(self) -> None:
        """Choose whose words the quote is; what the source says of it is offered."""
        quote = self.quote()
        if quote is None:
            return
        offer = self.session.offered_speaker(quote)
        rows = [choice_row(OFFERED, label(offer.speaker), "as the source says")] if offer else []
        rows.append(choice_row(OTHER, "somebody else…", "whose name you type"))
        rows.append(choice_row(OWN, "the source's own words", label(quote.source or quote.title)))

        def keep(spoken: Spoken) -> None:
            self._change(lambda: self.session.notebook.attribute(quote.id, spoken))

        def named(name: str | None) -> None:
            if name is not None and (spoken := spoken_by(name)).speaker:
                keep(spoken)

        def picked(choice: str | None) -> None:
            if choice == OTHER:
                known = quote.attribution.speaker if quote.attribution else ""
                self.app.push_screen(Ask("Who says these words?", known), named)
            elif choice is not None:
                keep(OWN_WORDS if offer is None or choice == OWN else offer)

        self.app.call_from_thread(self.app.push_screen, Pick("Whose words are they?", rows), picked)

    def action_remove(self) -> None:
        quotes = self._meant()
        if quotes:
            number = "" if len(quotes) == 1 else f"{len(quotes):,} quotes "
            back = "it" if len(quotes) == 1 else "them"
            done = f"{number}removed; `u` brings {back} back.".capitalize()
            self._change(lambda: self.session.notebook.remove(*(quote.id for quote in quotes)), done)

    def action_accept(self) -> None:
        """Anchor the quotes anew by what is proposed for them."""
        quotes = self._meant()
        if quotes:
            self._change(lambda: self.session.accept(quotes), "Cited by the new place; `u` takes it back.")

    def _ask(self, question: str, value: str, change: Callable[[str], object]) -> None:
        def answered(text: str | None) -> None:
            if text is not None:
                self._change(lambda: change(text))

        self.app.push_screen(Ask(question, value), answered)

    @work(thread=True, group="save")
    def _change(self, change: Callable[[], object], done: str = "") -> None:
        """Change the notebook, and say `done` once it is written."""
        try:
            change()
        except DoctermError as error:
            self.app.notify(str(error), title="Not saved", severity="error", markup=False)
        else:
            if done:
                self.app.notify(done, markup=False)
        self.post_message(NotebookChanged())

    # --- the manuscript --------------------------------------------------------------------------

    def action_edit(self) -> None:
        """Open the line of the manuscript in which the quote is used; once more opens the next."""
        quote = self.quote()
        found = [] if quote is None or self.uses is None else self.uses.of(quote)
        if quote is None or not found:
            linked = "The quote is not used in the manuscript." if self.uses else "No manuscript is linked."
            self.notify(f"{linked} `docterm check DRAFT --link` links one.", severity="warning", markup=False)
            return
        self._edited = (quote.id, self._edited[1] + 1 if self._edited[0] == quote.id else 0)
        use = found[self._edited[1] % len(found)]
        with self.app.suspend():
            problem = edit(use.path, use.line)
        if problem:
            self.notify(problem, severity="error", markup=False)
        self.post_message(NotebookChanged())

    # --- notebooks -------------------------------------------------------------------------------

    def action_notebook(self) -> None:
        """Choose the notebook to work with, or give a new one its name."""
        here = self.session.notebook_path
        rows = [
            choice_row(str(path), label(path.name), "this one" if path == here else label(path.parent))
            for path in self.session.notebooks()
        ]

        def picked(choice: str | None) -> None:
            if choice == NEW:
                self.app.push_screen(Ask("Name of the new notebook, for example thesis", ""), named)
            elif choice is not None:
                self._open(Path(choice))

        def named(name: str | None) -> None:
            clean = re.sub(r"[^\w -]+", "-", (name or "").strip())[:60].strip("- ")
            if clean:
                self._open(here.with_name(f"notebook.{clean}.jsonl"))

        rows.append(choice_row(NEW, "a new notebook…", "for another manuscript"))
        self.app.push_screen(Pick("Work with the notebook", rows), picked)

    @work(thread=True, group="save")
    def _open(self, path: Path) -> None:
        self.session.open_notebook(path)
        self.app.notify(f"Quotes are now kept in {label(path)}.", markup=False)
        self.post_message(NotebookChanged())
