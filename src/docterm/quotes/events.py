"""The events of a notebook, and replaying them into the quotes as they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from docterm.quotes.alterations import Altered, altered_from_json
from docterm.quotes.model import Anchor, Quote, anchor_from_json, clean_tags, quote_from_json, read_time
from docterm.quotes.speaking import Spoken, spoken_from_json
from docterm.quotes.ulid import is_ulid, new_ulid
from docterm.text import label, sanitise

VERSION = 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_RANK = re.compile(r"\d{1,4096}", re.ASCII)
_RANK_DIGITS = 18


class EventKind(StrEnum):
    """What happened: to a quote, or, for `keep`, to something else that the reader decided.

    `reanchor` says where a quote stands today, beside what its capture says; `alter` says what is done to its words
    where they are written out; `order` puts it elsewhere in the list.
    """

    CAPTURE = "capture"
    NOTE = "note"
    TAGS = "tags"
    REMOVE = "remove"
    RESTORE = "restore"
    REANCHOR = "reanchor"
    ALTER = "alter"
    ATTRIBUTE = "attribute"
    ORDER = "order"
    KEEP = "keep"


class Kept(NamedTuple):
    """Something the reader decided that is no quote: a link kept by hand, a subject, a name put right."""

    about: str
    """What kind of thing it is: `link`, `subject`, ..."""
    name: str
    """Which one of them; the last value kept under a name is the one that counts."""
    value: Mapping[str, Any] | None
    """What was decided, as JSON; None takes it away."""
    what: str = ""
    """What was done, in the words of an undo: “keeping the link from a:1 to b:2”."""


Value = Quote | Kept | Anchor | Altered | Spoken | str | tuple[str, ...] | None
"""What an event carries: the quote captured, what was kept, an anchor, alterations, who speaks, a note, and so on."""


class Change(NamedTuple):
    """An event without its id and time."""

    kind: EventKind
    quote_id: str
    """The quote it is about, or the empty string."""
    value: Value = None


class Link(NamedTuple):
    """How an event belongs to others: ids of events, or empty strings."""

    undoes: str = ""
    """The event whose effect this one takes back."""
    redoes: str = ""
    """The event whose effect this one brings back, after another took it back."""
    group: str = ""
    """What the events of one action have in common: they are undone together."""


class Event(NamedTuple):
    """A change, when it was made, and its id."""

    at: datetime
    id: str
    change: Change
    link: Link = Link()


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
    ranks: dict[str, str] = field(default_factory=dict)
    """For each quote what it is ordered by: the digits of the time of its capture, unless it was moved by hand."""


def event_as_json(change: Change, latest: datetime | None, link: Link = Link()) -> dict[str, Any]:  # noqa: B008
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
        **{name: value for name, value in link._asdict().items() if value},
    }
    if isinstance(change.value, Kept):
        return data | change.value._asdict()
    data["quote"] = change.value.as_json() if isinstance(change.value, Quote) else change.quote_id
    if change.kind is EventKind.NOTE:
        data["note"] = change.value
    if change.kind is EventKind.TAGS:
        data["tags"] = list(change.value) if isinstance(change.value, tuple) else []
    if change.kind is EventKind.REANCHOR:
        data["anchor"] = change.value.as_json() if isinstance(change.value, Anchor) else None
    if change.kind is EventKind.ALTER:
        data["alterations"] = change.value.as_json() if isinstance(change.value, Altered) else None
    if change.kind is EventKind.ATTRIBUTE:
        data["attribution"] = change.value.as_json() if isinstance(change.value, Spoken) else None
    if change.kind is EventKind.ORDER:
        data["rank"] = change.value
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
    return Event(read_time(at), identity, _change(kind, data), _link(data))


def replay(events: Iterable[Event]) -> State:
    """Apply events in the order of their times; where times are equal, in the order given.

    Each field of a quote is what its last event says; its words are what its first capture says. So a
    merge of two copies of a notebook, where lines are doubled and out of order, gives what each had.
    """
    state = State()
    changed: dict[str, dict[EventKind, Value]] = {}
    for event in sorted(events, key=lambda event: event.at):
        kind, quote_id, value = event.change
        if isinstance(value, Kept):
            _keep(state, value)
        elif isinstance(value, Quote):
            state.quotes.setdefault(quote_id, value)
            state.ranks.setdefault(quote_id, rank_of(event.at))
        elif kind is EventKind.REMOVE:
            state.removed.add(quote_id)
        elif kind is EventKind.RESTORE:
            state.removed.discard(quote_id)
        else:
            changed.setdefault(quote_id, {})[kind] = value
    for quote_id in changed.keys() & state.quotes.keys():
        state.quotes[quote_id] = _with(state.quotes[quote_id], changed[quote_id])
        rank = changed[quote_id].get(EventKind.ORDER)
        if isinstance(rank, str):
            state.ranks[quote_id] = rank
    state.orphans = sorted((changed.keys() | state.removed) - state.quotes.keys())
    return state


def rank_of(moment: datetime) -> str:
    """Give what a quote that was captured at a moment is ordered by: as many digits for every moment."""
    return f"{max(moment - _EPOCH, timedelta()) // timedelta(microseconds=1):0{_RANK_DIGITS}d}"


def rank_between(before: str, behind: str) -> str:
    """Give digits that sort behind `before` and before `behind`; an empty string stands for the first or last place.

    Behind the last place there is room for what is captured later.
    """
    if before and not behind:
        return f"{int(before[:_RANK_DIGITS].ljust(_RANK_DIGITS, '0')) + 1:0{_RANK_DIGITS}d}"
    made = ""
    for index in range(max(len(before), len(behind)) + 1):
        low = int(before[index]) if index < len(before) else 0
        high = int(behind[index]) if index < len(behind) else 10
        if high - low > 1:
            return f"{made}{(low + high) // 2}"
        made += str(low)
        if high > low:
            behind = ""
    return f"{made}5"


def _with(quote: Quote, changes: Mapping[EventKind, Value]) -> Quote:
    """Give a quote with the last note, tags, alterations and anchor that it was given."""
    note, tags, anchor = (changes.get(kind) for kind in (EventKind.NOTE, EventKind.TAGS, EventKind.REANCHOR))
    altered = changes.get(EventKind.ALTER)
    if isinstance(note, str):
        quote = replace(quote, note=note)
    if isinstance(tags, tuple) and not isinstance(tags, (Anchor, Kept)):
        quote = replace(quote, tags=tags)
    if isinstance(spoken := changes.get(EventKind.ATTRIBUTE), Spoken):
        quote = replace(quote, attribution=spoken)
    if isinstance(altered, Altered):
        quote = replace(quote, altered=altered)
    return quote.anchored(anchor) if isinstance(anchor, Anchor) else quote


_ALONE = Link()


def _link(data: Mapping[str, Any]) -> Link:
    if data.keys().isdisjoint(Link._fields):
        return _ALONE
    given = (data.get(name) for name in Link._fields)
    return Link(*(value if isinstance(value, str) and is_ulid(value) else "" for value in given))


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
    return Change(kind, quote_id, _READ[kind](data) if kind in _READ else None)


def _read_note(data: Mapping[str, Any]) -> str:
    note = data.get("note")
    if not isinstance(note, str):
        raise ValueError("The note is not a string.")
    return sanitise(note)


def _read_anchor(data: Mapping[str, Any]) -> Anchor | None:
    anchor = data.get("anchor")
    return None if anchor is None else anchor_from_json(anchor)


def _read_rank(data: Mapping[str, Any]) -> str | None:
    rank = data.get("rank")
    if rank is not None and not (isinstance(rank, str) and _RANK.fullmatch(rank)):
        raise ValueError("The event does not say where the quote stands in the list.")
    return rank


_READ: dict[EventKind, Callable[[Mapping[str, Any]], Value]] = {
    EventKind.NOTE: _read_note,
    EventKind.TAGS: lambda data: clean_tags(data.get("tags")),
    EventKind.REANCHOR: _read_anchor,
    EventKind.ATTRIBUTE: lambda data: spoken_from_json(data.get("attribution")),
    EventKind.ALTER: lambda data: altered_from_json(data.get("alterations")),
    EventKind.ORDER: _read_rank,
}
"""What reads the value of an event about a quote."""


def _kept(data: Mapping[str, Any]) -> Kept:
    about, name, value = data.get("about"), data.get("name"), data.get("value")
    if not isinstance(about, str) or not isinstance(name, str) or not isinstance(value, dict | None):
        raise ValueError("The event does not say what is kept.")
    what = data.get("what")
    said = label(what) if isinstance(what, str) else ""
    return Kept(label(about, 40), sanitise(name), None if value is None else _clean(value), said)


def _clean(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Sanitise every string in a JSON value."""
    if isinstance(value, str):
        return sanitise(value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {sanitise(name): _clean(item) for name, item in value.items()}
    return value
