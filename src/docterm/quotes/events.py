"""The events of a notebook, and replaying them into the quotes as they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from docterm.quotes.model import Quote, clean_tags, quote_from_json, read_time
from docterm.quotes.ulid import is_ulid, new_ulid
from docterm.text import label, sanitise

VERSION = 1


class EventKind(StrEnum):
    """What happened: to a quote, or, for `keep`, to something else that the reader decided."""

    CAPTURE = "capture"
    NOTE = "note"
    TAGS = "tags"
    REMOVE = "remove"
    RESTORE = "restore"
    KEEP = "keep"


class Kept(NamedTuple):
    """Something the reader decided that is no quote: a link kept by hand, a subject, a name put right."""

    about: str
    """What kind of thing it is: `link`, `subject`, ..."""
    name: str
    """Which one of them; the last value kept under a name is the one that counts."""
    value: Mapping[str, Any] | None
    """What was decided, as JSON; None takes it away."""


Value = Quote | Kept | str | tuple[str, ...] | None
"""What an event carries: the quote captured, what was kept, the new note, the new tags, or nothing."""


class Change(NamedTuple):
    """An event without its id and time."""

    kind: EventKind
    quote_id: str
    """The quote it is about, or the empty string."""
    value: Value = None


class Event(NamedTuple):
    """A change, when it was made, and its id."""

    at: datetime
    id: str
    change: Change


@dataclass(slots=True)
class State:
    """The quotes as the events leave them, in the order of their capture."""

    quotes: dict[str, Quote] = field(default_factory=dict)
    """Removed ones too."""
    removed: set[str] = field(default_factory=set)
    orphans: list[str] = field(default_factory=list)
    """Ids of quotes that events speak of, and whose capture is not there."""
    kept: dict[str, dict[str, Mapping[str, Any]]] = field(default_factory=dict)
    """What else the reader decided, by what it is about and by name."""


def event_as_json(change: Change, latest: datetime | None) -> dict[str, Any]:
    """Give a new event as a JSON object, timed now, yet always after `latest`, the last event known.

    So the last writer wins even where the clock was set back.
    """
    now = datetime.now(UTC)
    if latest is not None and latest >= now and latest < datetime.max.replace(tzinfo=UTC):
        now = latest + timedelta(microseconds=1)
    data: dict[str, Any] = {
        "v": VERSION,
        "id": new_ulid(),
        "at": now.isoformat(timespec="microseconds"),
        "event": change.kind.value,
    }
    if isinstance(change.value, Kept):
        return data | change.value._asdict()
    data["quote"] = change.value.as_json() if isinstance(change.value, Quote) else change.quote_id
    if change.kind is EventKind.NOTE:
        data["note"] = change.value
    if change.kind is EventKind.TAGS:
        data["tags"] = list(change.value) if isinstance(change.value, tuple) else []
    return data


def event_from_json(data: Mapping[str, Any]) -> Event:
    """Read an event; raise ValueError with a sentence when it is none of this version's."""
    if data.get("v") != VERSION:
        raise ValueError("It was written by another version of docterm.")
    identity, at = data.get("id"), data.get("at")
    if not isinstance(identity, str) or not is_ulid(identity) or not isinstance(at, str):
        raise ValueError("The event has no id or no time.")
    try:
        kind = EventKind(str(data.get("event")))
    except ValueError:
        raise ValueError(f"“{label(data.get('event'), 40)}” is no event of a notebook.") from None
    return Event(read_time(at), identity, _change(kind, data))


def replay(events: Iterable[Event]) -> State:
    """Apply events in the order of their times; where times are equal, in the order given.

    Each field of a quote is what its last event says; its words are what its first capture says. So a
    merge of two copies of a notebook, where lines are doubled and out of order, gives what each had.
    """
    state = State()
    changed: dict[str, dict[str, Any]] = {}
    for event in sorted(events, key=lambda event: event.at):
        kind, quote_id, value = event.change
        if isinstance(value, Kept):
            _keep(state, value)
        elif isinstance(value, Quote):
            state.quotes.setdefault(quote_id, value)
        elif kind is EventKind.REMOVE:
            state.removed.add(quote_id)
        elif kind is EventKind.RESTORE:
            state.removed.discard(quote_id)
        else:
            changed.setdefault(quote_id, {})[kind.value] = value
    for quote_id in changed.keys() & state.quotes.keys():
        state.quotes[quote_id] = replace(state.quotes[quote_id], **changed[quote_id])
    state.orphans = sorted((changed.keys() | state.removed) - state.quotes.keys())
    return state


def _keep(state: State, kept: Kept) -> None:
    of_its_kind = state.kept.setdefault(kept.about, {})
    if kept.value is None:
        of_its_kind.pop(kept.name, None)
    else:
        of_its_kind[kept.name] = kept.value


def _change(kind: EventKind, data: Mapping[str, Any]) -> Change:
    if kind is EventKind.CAPTURE:
        quote = quote_from_json(data.get("quote"))
        return Change(kind, quote.id, quote)
    if kind is EventKind.KEEP:
        return Change(kind, "", _kept(data))
    quote_id = data.get("quote")
    if not isinstance(quote_id, str) or not is_ulid(quote_id):
        raise ValueError("The event names no quote.")
    if kind is EventKind.TAGS:
        return Change(kind, quote_id, clean_tags(data.get("tags")))
    if kind is not EventKind.NOTE:
        return Change(kind, quote_id)
    note = data.get("note")
    if not isinstance(note, str):
        raise ValueError("The note is not a string.")
    return Change(kind, quote_id, sanitise(note))


def _kept(data: Mapping[str, Any]) -> Kept:
    about, name, value = data.get("about"), data.get("name"), data.get("value")
    if not isinstance(about, str) or not isinstance(name, str) or not isinstance(value, dict | None):
        raise ValueError("The event does not say what is kept.")
    return Kept(label(about, 40), sanitise(name), None if value is None else _clean(value))


def _clean(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Sanitise every string in a JSON value."""
    if isinstance(value, str):
        return sanitise(value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {sanitise(name): _clean(item) for name, item in value.items()}
    return value
