"""What the explorer works on: one library, its search, one notebook, and where the reader has been.

Searching, comparing and quoting are imported when they are first asked for: the first screen needs none of them.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from docterm.library.library import Library
from docterm.library.model import Document, Passage, Place, Status
from docterm.text import label

if TYPE_CHECKING:
    from docterm.compare.comparison import Comparison
    from docterm.compare.sides import Side
    from docterm.quotes.check.manuscripts import Uses
    from docterm.quotes.form import Form
    from docterm.quotes.model import Quote
    from docterm.quotes.notebook import Notebook, Saved
    from docterm.quotes.speaking import Spoken
    from docterm.quotes.themes.coding import Coding
    from docterm.quotes.verify import Checked, QuoteStatus
    from docterm.search.service import SearchService
    from docterm.tui.compare_views.candidates import Candidates


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a document of the library."""

    key: str
    place: Place


class Group(NamedTuple):
    """What the reader chose for one side of a comparison."""

    documents: tuple[Document, ...]
    label: str = ""
    """What gathers them, or the empty string for a document that was chosen itself."""

    @classmethod
    def of(cls, document: Document) -> Group:
        """Make a group of one document."""
        return cls((document,))


Where = TypeVar("Where")
"""What tells where the reader is."""


class History(Generic[Where]):
    """The spots the reader jumped from, to go back to and forward again, as in a browser."""

    def __init__(self) -> None:
        self._back: list[Where] = []
        self._forward: list[Where] = []

    def leave(self, spot: Where) -> None:
        """Remember where a jump starts."""
        if not self._back or self._back[-1] != spot:
            self._back.append(spot)
        self._forward.clear()

    def back(self, here: Where | None) -> Where | None:
        """Give the spot before the last jump, or None."""
        return self._step(self._back, self._forward, here)

    def forward(self, here: Where | None) -> Where | None:
        """Give the spot that `back` came from, or None."""
        return self._step(self._forward, self._back, here)

    @staticmethod
    def _step(source: list[Where], other: list[Where], here: Where | None) -> Where | None:
        if not source:
            return None
        if here is not None:
            other.append(here)
        return source.pop()


class Session:
    """One library and one notebook, open in the explorer."""

    def __init__(self, library: Library, notebook: Path) -> None:
        self.library = library
        self.history: History[Spot] = History()
        self._notebook_path = notebook
        self._search: SearchService | None = None
        self._notebook: Notebook | None = None
        self._lock = threading.Lock()
        self.leaving = threading.Event()
        """Set when the explorer ends, for threads that would run on."""

    @property
    def search(self) -> SearchService:
        """The search over the library."""
        from docterm.search.service import SearchService

        with self._lock:
            if self._search is None:
                self._search = SearchService(self.library)
            return self._search

    @property
    def notebook(self) -> Notebook:
        """The notebook, loaded when it is first asked for."""
        from docterm.quotes.notebook import Notebook

        with self._lock:
            if self._notebook is None:
                self._notebook = Notebook(self._notebook_path)
            return self._notebook

    @cached_property
    def _style(self) -> list[str]:
        from docterm.config.state import recall

        return [recall("style")]

    @property
    def style(self) -> str:
        """The style of citations that was chosen last; the empty string is the default one."""
        return self._style[0]

    @style.setter
    def style(self, name: str) -> None:
        """Take another style, and remember it for later sessions. Raises StorageError when that cannot be written."""
        from docterm.config.state import remember

        self._style[0] = name
        remember("style", name)

    @property
    def notebook_path(self) -> Path:
        """The file of the notebook."""
        return self._notebook_path

    def notebooks(self) -> list[Path]:
        """Give the notebooks to choose from: this one, and those that stand beside it or beside the library's own."""
        from docterm.config.paths import notebook_for
        from docterm.quotes.notebook import beside

        own = notebook_for(self.library.root)
        return list(dict.fromkeys([self._notebook_path, *beside(self._notebook_path), *beside(own)]))

    def open_notebook(self, path: Path) -> None:
        """Work with another notebook from now on."""
        from docterm.quotes.notebook import Notebook

        notebook = Notebook(path)
        with self._lock:
            self._notebook_path, self._notebook = path, notebook

    def stop(self) -> None:
        """Make what is running end soon: leaving waits for it."""
        self.leaving.set()
        if self._search is not None:
            self._search.cancel()

    def close(self) -> None:
        """Let go of the files."""
        if self._search is not None:
            self._search.close()
        self.library.close()

    def known(self, key: str) -> Document | None:
        """Give a document that can be read by its key, or None when it is gone."""
        document = self.library.get(key)
        return document if document is not None and document.status is Status.READY else None

    def save_quote(self, document: Document, passages: Sequence[Passage], start: Place, end: Place) -> Saved:
        """Cut the quote between two places and write it to the notebook; returns when it is on the disk."""
        from docterm.quotes.capture import cut

        saved = self.notebook.capture(cut(document, passages, start, end))
        self.library.pin(document)
        return saved

    def offered_speaker(self, quote: Quote) -> Spoken | None:
        """Say who seems to say the words of a quote, where its source has them in quotation marks."""
        from docterm.quotes.speaking import offered, offered_in

        document = self.known(quote.key)
        return offered(quote) if document is None else offered_in(quote, self.library.passages(document))

    def save_code(
        self, document: Document, passages: Sequence[Passage], start: Place, end: Place, *, code: str, memo: str
    ) -> Coding:
        """Give the words between two places a code; returns when it is on the disk."""
        from docterm.quotes.capture import cut
        from docterm.quotes.themes.coding import code_words

        coding = code_words(self.notebook, cut(document, passages, start, end), code, memo)
        self.library.pin(document)
        return coding

    def code_notes(self, key: str, passages: Sequence[Passage]) -> dict[int, str]:
        """Give, by the index of a passage of document `key`, the keys of the first two codes that its words have."""
        from docterm.quotes.themes.codebook import codes
        from docterm.quotes.themes.coding import codings, covered

        keys = {code.name: code.key or "•" for code in codes(self.notebook)}
        numbers = [passage.number for passage in passages if passage.number is not None]
        given: dict[int, str] = {}
        for coding in codings(self.notebook):
            mark = keys.get(coding.code, "•")
            for number in covered(coding, numbers) if coding.key == key else ():
                if mark not in given.get(number, ""):
                    given[number] = (given.get(number, "") + mark)[:2]
        return {each.index: given[each.number] for each in passages if each.number is not None and each.number in given}

    def report(self, name: str, comparison: Comparison) -> Path:
        """Write the report of a comparison to the file `name`, and give its path."""
        from docterm.reporting import target, write

        path = target(os.path.expanduser(name), self.library, self.notebook)
        write(path, comparison, self.notebook)
        return path.resolve()

    def find_quote(self, quote: Quote) -> tuple[QuoteStatus, Spot | None]:
        """Give the status of a quote, and the spot at which its words stand today."""
        from docterm.quotes.verify import locate_in

        verdict = locate_in(self.library, quote)
        address = verdict.address or quote.address
        document = self.known(address.key)
        passages = () if document is None else self.library.passages(document)
        numbered = [passage for passage in passages if passage.number is not None]
        index = next((passage.index for passage in numbered if passage.number == address.first), None)
        if index is None:  # its number is gone: where it stood
            index = next((passage.index for passage in numbered if int(passage.number or 0) >= address.first), None)
        if index is None and numbered:
            index = numbered[-1].index
        if index is None:
            return verdict.status, None
        return verdict.status, Spot(address.key, Place(index, verdict.start if verdict.address else 0))

    def statuses(self) -> Mapping[str, str]:
        """Say of every quote, by its id, how it stands to its source, and where its words are if they have moved."""
        from docterm.quotes.verify import told, verdicts

        quotes = self.notebook.quotes()
        found = verdicts(self.library, quotes)
        return {quote.id: told(quote, found[quote.id]) for quote in quotes}

    def known_of(self, group: Group) -> Group:
        """Give a group with its documents as they are now, without those that are gone."""
        known = (self.known(document.key) for document in group.documents)
        return Group(tuple(document for document in known if document is not None), group.label)

    def used(self, quotes: Sequence[Quote]) -> Uses | None:
        """Say where the manuscripts that are linked to the notebook use quotes; None when none is linked."""
        from docterm.quotes.check.manuscripts import used

        return used(self.notebook, quotes)

    def verify(self, quotes: Sequence[Quote]) -> list[Checked]:
        """Hold quotes against their sources, and find where those that left their places stand now."""
        from docterm.quotes.verify import verify

        return verify(self.library, quotes)

    def accept(self, quotes: Sequence[Quote]) -> int:
        """Anchor quotes by what is proposed for them, and give their number. Raises QuoteError where that cannot be."""
        from docterm.quotes.verify import accepted

        found = [each for each in self.verify(quotes) if each.needs_attention or len(quotes) == 1]
        anchors = {each.quote.id: accepted(self.library, each) for each in found}
        self.notebook.reanchor(anchors)
        for each in found:
            if each.document is not None:
                self.library.pin(each.document)
        return len(anchors)

    def export(self, quotes: Sequence[Quote], form: Form, path: Path, style: str) -> list[str]:
        """Write quotes into a file, or bring those in it up to date; say in sentences what that did."""
        from docterm.quotes.export.exporting import Task, export
        from docterm.quotes.export.guard import refuse_sources
        from docterm.quotes.manuscript import Wishes

        refuse_sources(path, self.library, self._notebook_path)
        wishes = Wishes(style) if style else Wishes()
        report = export(Task(quotes, self.notebook.quotes(), form, path, wishes))
        counts = ", ".join(f"{len(ids):,} {fate}" for fate, ids in report.changes.as_json().items() if ids)
        return [f"{label(path)}: {counts}.", *report.notes]

    def compare(
        self, left: Side, right: Side, cancelled: Callable[[], bool], progress: Callable[[float], None]
    ) -> Comparison:
        """Set two sides against each other, obeying what the reader decided about links.

        `progress` is called with the part that is done. Raises compare.cancel.Cancelled when nobody wants it any more.
        """
        from docterm.compare.comparison import compare_in
        from docterm.compare.judgement import ABOUT, judgements_from

        judgements = judgements_from(self.notebook.kept(ABOUT))
        return compare_in(self.library, left, right, judgements=judgements, cancelled=cancelled, progress=progress)

    def candidates(self, comparison: Comparison) -> Candidates:
        """Give what each passage of a comparison may be set beside, by what the reader has decided up to now."""
        from docterm.compare.judgement import ABOUT, judgements_from, settle
        from docterm.tui.compare_views.candidates import Candidates

        judgements = judgements_from(self.notebook.kept(ABOUT))
        return Candidates(comparison, settle(judgements, comparison.left.body(), comparison.right.body()))
