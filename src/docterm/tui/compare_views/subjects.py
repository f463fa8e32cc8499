"""Subjects: what both sides have on one, typed by the reader or picked from what they share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.worker import get_current_worker

from docterm.compare.cancel import Cancelled
from docterm.compare.comparison import Comparison
from docterm.compare.offers import Kind, Offer
from docterm.compare.sides import Side
from docterm.compare.subjects import BothOnSubject, OnSubject, Subject
from docterm.errors import QueryError
from docterm.library.model import Passage
from docterm.text import counted
from docterm.tui.bindings import bindings
from docterm.tui.compare_views.passage_columns import PassageColumns
from docterm.tui.compare_views.subject_keeping import SubjectKeeping
from docterm.tui.compare_views.view import ShowPair, Which
from docterm.tui.dialogs.ask import Ask
from docterm.tui.rows import passage_row, spot_of, subject_heading, subject_row
from docterm.tui.session import Session
from docterm.tui.widgets.row_list import ListRow, RowList

NO_SUBJECTS = "Both sides share no word to offer. `I` takes a subject that you type."
NOTHING_ON_IT = "Nothing found on this subject. `I` takes other words."
HEADINGS: Mapping[Kind | None, str] = {
    None: "your subjects",
    Kind.PHRASE: "phrases both sides use",
    Kind.NAME: "names both sides use",
    Kind.WORD: "words both sides use",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A subject in the list, and how many passages of each side are on it, once they are counted."""

    subject: Subject
    counts: tuple[int, int] | None = None
    kind: Kind | None = None
    """What is offered, or None for a subject that the reader typed."""
    is_kept: bool = False


class Subjects(SubjectKeeping):
    """The list of subjects, and beside it the passages of both sides on the highlighted one, the best first."""

    NAME = "subjects"
    BINDINGS = bindings("compare.other-side", "subject.")

    @dataclass
    class Found(Message):
        """What both sides of a comparison have on a subject is known."""

        comparison: Comparison
        found: BothOnSubject

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.list = RowList(id="subjects", empty=NO_SUBJECTS)
        self.columns = PassageColumns(NOTHING_ON_IT)
        self._typed: dict[str, Subject] = {}
        """What the reader typed and did not keep."""
        self._entries: dict[str, Entry] = {}
        """By the id of their rows."""
        self._found: dict[Subject, BothOnSubject] = {}
        self._shown: BothOnSubject | None = None
        self._wanted = ""
        """The name of the subject to highlight when the list is filled next, or none."""

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield self.list
            yield self.columns

    # --- the list --------------------------------------------------------------------------------

    def begin(self, left: Side, right: Side) -> None:
        super().begin(left, right)
        self._found, self._shown = {}, None
        self.list.set_rows(())
        for column in self.columns.columns.values():
            column.set_rows("", ())

    def show(self, comparison: Comparison) -> None:
        super().show(comparison)
        self.say(comparison.notes[0] if comparison.notes else "")
        self._fill()

    def notebook_changed(self) -> None:
        if self.comparison is not None:
            self._fill()

    def _fill(self) -> None:
        """List the subjects: those typed and kept, then those that both sides share."""
        if self.comparison is None:
            return
        kept = self.kept_subjects()
        own = [Entry(subject, is_kept=True) for subject in kept.values()]
        own += [Entry(subject) for name, subject in self._typed.items() if name not in kept]
        known = {entry.subject.query.casefold() for entry in own}
        offers = [offer for offer in self.comparison.subjects if offer.text.casefold() not in known]
        wanted = self._wanted or (self._entry.subject.name if self._entry is not None else "")
        self._wanted = ""
        self._entries = {f"own\n{entry.subject.name}": entry for entry in own}
        self._entries |= {f"offer\n{offer.text}": _offered(offer) for offer in offers}
        self.list.set_rows(list(self._rows()))
        self.list.highlight(f"own\n{wanted}")
        self._look()
        self._count(self.comparison, [entry.subject for entry in own if entry.subject not in self._found])

    def _rows(self) -> Iterator[ListRow]:
        for kind, heading in HEADINGS.items():
            entries = {row_id: entry for row_id, entry in self._entries.items() if entry.kind is kind}
            if entries:
                yield subject_heading(heading)
            for row_id, entry in entries.items():
                yield subject_row(row_id, entry.subject.name, self._counts(entry), is_kept=entry.is_kept)

    def _counts(self, entry: Entry) -> tuple[int, int] | None:
        found = self._found.get(entry.subject)
        return entry.counts if found is None else (len(found.left), len(found.right))

    @property
    def _entry(self) -> Entry | None:
        """The highlighted subject."""
        return self._entries.get(self.list.row_id or "")

    # --- the passages on a subject ---------------------------------------------------------------

    @on(RowList.Highlighted)
    def _highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()
        self._look()

    def _look(self) -> None:
        """Show what both sides have on the highlighted subject."""
        entry = self._entry
        if entry is None or self.comparison is None:
            return
        found = self._found.get(entry.subject)
        if found is None:
            self._find(self.comparison, entry.subject)
        elif found is not self._shown:
            self._show_found(found, self.comparison)

    @work(thread=True, group="subject", exclusive=True)
    def _find(self, comparison: Comparison, subject: Subject) -> None:
        self._search(comparison, [subject])

    @work(thread=True, group="subjects", exclusive=True)
    def _count(self, comparison: Comparison, subjects: Sequence[Subject]) -> None:
        self._search(comparison, subjects)

    def _search(self, comparison: Comparison, subjects: Sequence[Subject]) -> None:
        """Find what is on some subjects, in the thread of a worker."""
        worker = get_current_worker()
        for subject in subjects:
            try:
                found = comparison.on_subject(subject, cancelled=lambda: worker.is_cancelled)
            except Cancelled:
                return
            self.post_message(self.Found(comparison, found))

    @on(Found)
    def _on_found(self, event: Found) -> None:
        event.stop()
        if event.comparison is self.comparison:
            self._found[event.found.subject] = event.found
            self.list.set_rows(list(self._rows()))
            self._look()

    def _show_found(self, found: BothOnSubject, comparison: Comparison) -> None:
        self._shown = found
        facts = {Which.LEFT: comparison.left_facts, Which.RIGHT: comparison.right_facts}
        for which, passages in self._on_sides(found).items():
            column = self.columns.columns[which]
            of = counted(facts[which].paragraphs, "paragraph")
            column.set_rows(f"{which.letter}: {found.subject.name}, {len(passages):,} of {of}", ())
            column.list.start_with([_row(each) for each in passages])

    @staticmethod
    def _on_sides(found: BothOnSubject) -> dict[Which, tuple[OnSubject, ...]]:
        return {Which.LEFT: found.left, Which.RIGHT: found.right}

    @on(PassageColumns.Chosen)
    def _passage_chosen(self, event: PassageColumns.Chosen) -> None:
        event.stop()
        spot = spot_of(event.row_id)
        passages = self._on_sides(self._shown)[event.which] if self._shown is not None else ()
        spans = next((each.spans for each in passages if _id(each) == event.row_id), ())
        self.post_message(ShowPair(event.which, spot, spans))

    # --- moving ----------------------------------------------------------------------------------

    @property
    def _is_at_list(self) -> bool:
        return not self.has_class("-opened")

    def focus_main(self) -> None:
        (self.list if self._is_at_list else self.columns.list).focus()

    @on(RowList.Chosen)
    def _subject_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_other_side()

    def action_other_side(self) -> None:
        """Go over from the list to the passages, or to those of the other side."""
        if self._is_at_list:
            self.add_class("-opened")
            self.columns.list.focus()
        else:
            self.columns.go_over()

    def on_descendant_focus(self) -> None:
        """On a narrow screen the part that has the focus is shown."""
        self.set_class(not self.list.has_focus, "-opened")

    def back(self) -> bool:
        here = self.list if self._is_at_list else self.columns.list
        if here.narrowed:
            here.narrow("")
        elif self._is_at_list:
            return False
        else:
            self.remove_class("-opened")
            self.list.focus()
        return True

    def find(self, text: str) -> None:
        (self.list if self._is_at_list else self.columns.list).narrow(text)

    @property
    def current_key(self) -> str | None:
        if not self._is_at_list and self.columns.list.row_id is not None:
            return spot_of(self.columns.list.row_id).key
        keys = () if self.comparison is None else self.comparison.left.keys
        return keys[0] if keys else None

    # --- the reader's own subjects ---------------------------------------------------------------

    def action_type(self) -> None:
        """Ask for a subject."""
        self._ask("Which subject? Words; OR between words of which either will do.", "", self._type)

    def _ask(self, question: str, value: str, then: Callable[[str], None]) -> None:
        def answered(text: str | None) -> None:
            if text is not None and text.strip():
                then(text)

        self.app.push_screen(Ask(question, value), answered)

    def _type(self, query: str) -> None:
        try:
            subject = Subject.typed(query)
        except QueryError as error:
            self.notify(str(error), markup=False)
            return
        self._typed[subject.name] = subject
        self._wanted = subject.name
        self.list.narrow("")
        self._fill()
        self.list.focus()

    def action_keep(self) -> None:
        """Keep the subject with the notebook; a second time takes it back."""
        entry = self._entry
        if entry is not None:
            self._typed[entry.subject.name] = entry.subject
            self.save_subjects({entry.subject.name: None if entry.is_kept else entry.subject})

    def action_edit(self) -> None:
        """Ask for another name, and for other words, of the subject."""
        entry = self._entry
        if entry is None:
            return
        subject = entry.subject

        def named(name: str) -> None:
            self._ask("Which words?", subject.query, lambda query: self._change(subject, name, query))

        self._ask("What is the subject called?", subject.name, named)

    def _change(self, subject: Subject, name: str, query: str) -> None:
        try:
            typed = Subject.typed(query)
            named = Subject.typed(name)
        except QueryError as error:
            self.notify(str(error), markup=False)
            return
        self._typed.pop(subject.name, None)
        changed = replace(subject, name=named.name, query=typed.query)
        self._wanted = changed.name
        changes: dict[str, Subject | None] = {} if changed.name == subject.name else {subject.name: None}
        self.save_subjects({**changes, changed.name: changed})

    def action_remove(self) -> None:
        """Take the highlighted subject away, or the highlighted passage out of its subject."""
        entry = self._entry
        if entry is None:
            return
        if self._is_at_list:
            self._typed.pop(entry.subject.name, None)
            self.save_subjects({entry.subject.name: None})
            self._fill()
            return
        passage = self._highlighted_passage()
        if passage is not None:
            self.save_subjects({entry.subject.name: entry.subject.without_passage(passage)})

    def _highlighted_passage(self) -> Passage | None:
        passages = self._on_sides(self._shown)[self.columns.leading] if self._shown is not None else ()
        return next((each.passage for each in passages if _id(each) == self.columns.list.row_id), None)


def _offered(offer: Offer) -> Entry:
    return Entry(Subject.typed(offer.text), (offer.left, offer.right), offer.kind)


def _row(found: OnSubject) -> ListRow:
    return passage_row(found.passage, found.spans, about="put in by hand" if found.by_hand else "")


def _id(found: OnSubject) -> str:
    return f"{found.passage.key}\n{found.passage.index}"
