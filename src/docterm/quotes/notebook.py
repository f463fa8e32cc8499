"""The notebook: the append-only log of a user's quotes, notes and tags.

`notebook.jsonl` holds one event a line. When another program keeps it locked, events go to a file of
this process beside it, `notebook.HOST.PID.jsonl`, and every load reads those files too: saving a quote
never fails because of a lock.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from docterm.errors import NothingFound, QuoteError, StorageError
from docterm.quotes import log
from docterm.quotes.alterations import Alteration, Altered, ordered, sum_of
from docterm.quotes.events import (
    Change,
    Event,
    EventKind,
    Kept,
    Link,
    State,
    Value,
    event_as_json,
    event_from_json,
    rank_between,
    replay,
)
from docterm.quotes.history import done_again, history, said, said_in_full, taken_back
from docterm.quotes.model import Anchor, Quote, QuoteKind, clean_tags
from docterm.quotes.speaking import Spoken
from docterm.quotes.ulid import new_ulid
from docterm.text import label, sanitise

_LOCK_SECONDS = 2.0
_MOST_PROBLEMS = 10_000
_MOST_NAMED = 5


class Saved(NamedTuple):
    """What `capture` did: the quote as it stands in the notebook, and whether it is new there."""

    quote: Quote
    new: bool


class _Loaded(NamedTuple):
    signature: log.Signature
    events: list[Event]
    problems: list[str]


class Notebook:
    """The quotes of one notebook file.

    It may be used from several threads. Nothing is read again behind the caller's back: `quotes` and
    `get` answer from the last load, `refresh` looks at the disk, and so does every change before it acts.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[str] = []
        """A sentence for each line that cannot be read; such lines stay in the file as they are."""
        self._files: dict[Path, _Loaded] = {}
        self._unread: list[str] = []
        self._state = State()
        self._live: tuple[Quote, ...] = ()
        self._latest: datetime | None = None
        self._own: set[str] = set()
        """The ids of the events that this process wrote."""
        self._guard = threading.RLock()
        self.refresh()

    # --- reading ---------------------------------------------------------------------------------

    def quotes(self) -> tuple[Quote, ...]:
        """Give the quotes that were not removed, in the order of their capture, but for those moved by hand."""
        return self._live

    def removed(self) -> tuple[Quote, ...]:
        """Give the quotes that were removed and can be restored."""
        return tuple(self._state.quotes[name] for name in self._state.quotes if name in self._state.removed)

    def get(self, name: str) -> Quote:
        """Give the quote whose id is `name` or begins with it and no other's does; case does not matter.

        Raises QuoteError when there is none, or more than one.
        """
        return self._named(name, self._live)

    def kept(self, about: str) -> Mapping[str, Mapping[str, Any]]:
        """Give what the reader decided about links, subjects, names, ...: JSON objects by name."""
        return self._state.kept.get(about, {})

    def refresh(self) -> bool:
        """Load what changed on disk since the last load; say whether anything did."""
        with self._guard:
            self._unread = []
            found: dict[Path, _Loaded] = {}
            for path in self._paths():
                loaded = self._load(path)
                if loaded is not None:
                    found[path] = loaded
            changed = found != self._files or bool(self._unread)
            self._files = found
            if changed or not self._live:
                self._replay()
            return changed

    # --- changing --------------------------------------------------------------------------------

    def capture(self, quote: Quote) -> Saved:
        """Save a quote; it is on the disk when this returns.

        When the same words of the same span are already saved, nothing is written and that quote is given.
        Raises QuoteError when the quote is too long for a line, StorageError when the file cannot be written.
        """
        with self._guard:
            self.refresh()
            same = next((saved for saved in self._live if saved.identity == quote.identity), None)
            if same is not None:
                return Saved(same, new=False)
            known = quote.id in self._state.quotes
            self._do([Change(EventKind.RESTORE, quote.id) if known else Change(EventKind.CAPTURE, quote.id, quote)])
            return Saved(self._state.quotes.get(quote.id, quote), new=True)

    def set_note(self, name: str, text: str) -> Quote:
        """Give the quote called `name` (as for `get`) a note, in place of the one it has; empty takes it away."""
        with self._guard:
            self.refresh()
            return self._set(self.get(name), EventKind.NOTE, "note", sanitise(text))

    def set_tags(self, name: str, tags: Iterable[str]) -> Quote:
        """Give the quote called `name` (as for `get`) these tags, in place of those it has."""
        with self._guard:
            self.refresh()
            return self._set(self.get(name), EventKind.TAGS, "tags", clean_tags(tuple(tags)))

    def alter(self, name: str, operations: Iterable[Alteration]) -> Quote:
        """Give the quote called `name` (as for `get`) these alterations, in place of those it has; none leave it plain.

        Raises QuoteError where they do not fit its words, and for a paraphrase, whose words are no source's.
        """
        with self._guard:
            self.refresh()
            quote = self.get(name)
            made = ordered(quote.text, operations)
            if made and quote.kind is QuoteKind.PARAPHRASE:
                raise QuoteError("A paraphrase is not altered: its words are no source's.", "Write it in your own.")
            return self._set(quote, EventKind.ALTER, "altered", Altered(sum_of(quote.text), made) if made else None)

    def attribute(self, name: str, spoken: Spoken | None) -> Quote:
        """Say whose words the quote called `name` (as for `get`) is; None leaves it undecided."""
        with self._guard:
            self.refresh()
            return self._set(self.get(name), EventKind.ATTRIBUTE, "attribution", spoken)

    def tag(self, names: Sequence[str], tags: Iterable[str], *, take: bool = False) -> list[Quote]:
        """Give quotes further tags, or with `take` take these from them, in one action. Names are as for `get`."""
        with self._guard:
            self.refresh()
            chosen, wanted = [self.get(name) for name in names], clean_tags(tuple(tags))
            changed = []
            for quote in chosen:
                left = tuple(tag for tag in quote.tags if tag not in wanted)
                new = left if take else tuple(dict.fromkeys([*quote.tags, *wanted]))
                if new != quote.tags:
                    changed.append(Change(EventKind.TAGS, quote.id, new))
            self._do(changed)
            return [self._state.quotes[quote.id] for quote in chosen]

    def remove(self, *names: str) -> list[Quote]:
        """Take quotes off the list, in one action (names as for `get`); their lines stay in the file."""
        with self._guard:
            self.refresh()
            quotes = [self.get(name) for name in names]
            self._do([Change(EventKind.REMOVE, quote.id) for quote in quotes])
            return quotes

    def restore(self, *names: str) -> list[Quote]:
        """Put removed quotes back; a name is an id or the beginning of it. Raises QuoteError as `get` does."""
        with self._guard:
            self.refresh()
            gone = self.removed()
            quotes = [self._named(name, gone) for name in names]
            self._do([Change(EventKind.RESTORE, quote.id) for quote in quotes])
            return quotes

    def reanchor(self, anchors: Mapping[str, Anchor]) -> list[Quote]:
        """Anchor quotes, by their ids, anew, in one action: what was captured stays in the file and in `captured`."""
        with self._guard:
            self.refresh()
            quotes = {self.get(name).id: anchor for name, anchor in anchors.items()}
            self._do([Change(EventKind.REANCHOR, quote_id, anchor) for quote_id, anchor in quotes.items()])
            return [self._state.quotes[quote_id] for quote_id in quotes]

    def move(self, name: str, steps: int) -> bool:
        """Put a quote so many places further down the list, or up; say whether it was not at its end already."""
        with self._guard:
            self.refresh()
            quote = self.get(name)
            rest = [each.id for each in self._live if each.id != quote.id]
            here = self._live.index(quote)
            place = min(max(here + steps, 0), len(rest))
            if place == here:
                return False
            before = self._state.ranks[rest[place - 1]] if place else ""
            behind = self._state.ranks[rest[place]] if place < len(rest) else ""
            self._do([Change(EventKind.ORDER, quote.id, rank_between(before, behind))])
            return True

    def keep(self, about: str, name: str, value: Mapping[str, Any] | None, what: str) -> None:
        """Keep what the reader decided, in place of what was kept under that name; None takes it away.

        `what` says it in the words of an undo: “keeping the link from a:1 to b:2”.
        """
        with self._guard:
            self.refresh()
            if value != self.kept(about).get(name):
                self._do([Change(EventKind.KEEP, "", Kept(about, name, value, what))])

    def undo(self, *, everyone: bool = False) -> str:
        """Take back this process's last action, or with `everyone` the last of the notebook, and say what it was.

        Raises NothingFound when there is none.
        """
        with self._guard:
            self.refresh()
            action = self._last(history(self._events()).done, everyone)
            if action is None:
                hint = "The notebook is empty." if everyone else "Only what was done since the start can be undone."
                raise NothingFound("There is nothing to undo.", hint)
            what = self._what(action, everyone)
            self._append(taken_back(action, self._events()))
            return f"Undone: {what}."

    def redo(self, *, everyone: bool = False) -> str:
        """Do again what `undo` took back last and say what it was; raise NothingFound when there is nothing."""
        with self._guard:
            self.refresh()
            action = self._last(history(self._events()).undone, everyone)
            if action is None:
                raise NothingFound(
                    "There is nothing to do again.", "Only what was undone since the last change can be done again."
                )
            what = self._what(action, everyone)
            self._append(done_again(action))
            return f"Done again: {what}."

    # --- inside ----------------------------------------------------------------------------------

    def _events(self) -> list[Event]:
        return [event for loaded in self._files.values() for event in loaded.events]

    def _last(self, actions: Sequence[list[Event]], everyone: bool) -> list[Event] | None:
        wanted = (action for action in reversed(actions) if everyone or any(event.id in self._own for event in action))
        return next(wanted, None)

    def _what(self, action: Sequence[Event], everyone: bool) -> str:
        return said_in_full(action, self._state.quotes) if everyone else said(action, self._state.quotes)

    def _set(self, quote: Quote, kind: EventKind, attribute: str, value: Value) -> Quote:
        if value != getattr(quote, attribute):
            self._do([Change(kind, quote.id, value)])
        return self._state.quotes.get(quote.id, quote)

    def _do(self, changes: Sequence[Change]) -> None:
        """Make changes as one action."""
        link = Link(group=new_ulid()) if len(changes) > 1 else Link()
        self._append([(change, link) for change in changes])

    def _append(self, changes: Sequence[tuple[Change, Link]]) -> None:
        """Write events durably, then let the quotes follow them."""
        if not changes:
            return
        lines, events, latest = b"", [], self._latest
        for change, link in changes:
            line = log.encode(event_as_json(change, latest, link))
            if len(line) > log.LONGEST_LINE:
                raise QuoteError(
                    "This is too long for the notebook, which keeps a megabyte a quote.", "Quote less at once."
                )
            try:
                events.append(event_from_json(log.decode(line)))  # "saved" means that it can be read back
            except ValueError as error:
                raise QuoteError(f"The quote cannot be saved. {error}") from None
            lines, latest = lines + line, events[-1].at
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path, before, after = self._write(lines)
        except OSError as error:
            raise StorageError(
                f"The notebook {label(self.path)} cannot be written: {error.strerror or error}.",
                "Nothing was saved. Choose another file with --notebook.",
            ) from None
        self._own.update(event.id for event in events)
        loaded = self._files.get(path)
        if loaded is None and before.size == 0:
            loaded = _Loaded(before, [], [])
        if loaded is None or loaded.signature != before:  # someone wrote since the refresh
            self.refresh()
            return
        self._files[path] = _Loaded(after, [*loaded.events, *events], loaded.problems)
        self._replay()

    def _write(self, line: bytes) -> tuple[Path, log.Signature, log.Signature]:
        try:
            return self.path, *log.append(self.path, line, _LOCK_SECONDS)
        except log.Locked:
            own = self._own_path()
            return own, *log.append(own, line, None)

    def _own_path(self) -> Path:
        import socket  # here, because it is needed only when a lock is held

        host = re.sub(r"[^A-Za-z0-9-]+", "-", socket.gethostname()) or "host"
        return self.path.with_name(f"{self.path.stem}.{host}.{os.getpid()}{self.path.suffix}")

    def _paths(self) -> list[Path]:
        """Give the notebook and the files that other processes wrote beside it while it was locked."""
        pattern = re.compile(rf"{re.escape(self.path.stem)}\.[A-Za-z0-9-]+\.\d+{re.escape(self.path.suffix)}", re.ASCII)
        try:
            names = sorted(name for name in os.listdir(self.path.parent) if pattern.fullmatch(name))
        except OSError:
            names = []  # no folder yet; a notebook that cannot be read says so when it is read
        return [self.path, *(self.path.with_name(name) for name in names)]

    def _load(self, path: Path) -> _Loaded | None:
        try:
            signature = log.signature(path)
            loaded = self._files.get(path)
            if signature is None or (loaded is not None and loaded.signature == signature):
                return loaded if signature is not None else None
            return _Loaded(signature, *_read(path))
        except OSError as error:
            self._unread.append(f"{label(path.name)} cannot be read: {error.strerror or error}.")
            return None

    def _replay(self) -> None:
        events = self._events()
        self._latest = max((event.at for event in events), default=None)
        self._state = replay(events)
        live = (quote_id for quote_id in self._state.quotes if quote_id not in self._state.removed)
        self._live = tuple(self._state.quotes[quote_id] for quote_id in sorted(live, key=self._state.ranks.__getitem__))
        problems = [*self._unread, *(problem for loaded in self._files.values() for problem in loaded.problems)]
        problems += [f"The quote {lost} was changed, but its capture is not there." for lost in self._state.orphans]
        self.problems = problems

    @staticmethod
    def _named(name: str, quotes: tuple[Quote, ...]) -> Quote:
        wanted = name.strip().upper()
        matches = [quote for quote in quotes if quote.id.startswith(wanted)]
        if len(matches) == 1:
            return matches[0]
        if not wanted or not matches:
            raise QuoteError(f"No quote has the id “{label(name, 40)}”.", "`docterm quotes` lists them.")
        named = ", ".join(quote.id for quote in matches[:_MOST_NAMED])
        raise QuoteError(
            f"{len(matches)} quotes have ids that begin with “{label(name, 40)}”: {named}.", "Give more of it."
        )


def beside(path: Path) -> list[Path]:
    """Give the notebooks in the folder of one: `notebook.jsonl`, and each `notebook.NAME.jsonl` with a name given."""
    try:
        names = sorted(name for name in os.listdir(path.parent) if re.fullmatch(r"notebook(?:\.[\w -]+)?\.jsonl", name))
    except OSError:
        names = []
    return [path.with_name(name) for name in names]


def _read(path: Path) -> tuple[list[Event], list[str]]:
    """Read the events of a file, and a sentence for each of its damaged lines.

    A file that is no notebook at all must not fill the memory: after 10,000 damaged lines the rest stays unread.
    """
    events: list[Event] = []
    problems: list[str] = []
    for line in log.read(path):
        try:
            if line.data is None:
                raise ValueError(line.problem)
            events.append(event_from_json(line.data))
        except ValueError as error:
            reason = str(error).rstrip(".")
            problems.append(f"Line {line.number} of {label(path.name)} is damaged and left as it is: {reason}.")
        if len(problems) == _MOST_PROBLEMS:
            problems.append(f"{label(path.name)} was not read beyond line {line.number}: too many are damaged.")
            break
    return events, problems
