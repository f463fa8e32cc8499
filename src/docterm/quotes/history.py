"""What was done to a notebook, undone and done again, as its log tells: so any process can undo what another did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from docterm.quotes.events import Change, Event, EventKind, Kept, Link, Value
from docterm.quotes.model import Anchor, Quote
from docterm.text import label

_WORDS = 60


class History(NamedTuple):
    """The actions of a notebook, the last one last; those of one group are one action."""

    done: list[list[Event]]
    undone: list[list[Event]]
    """Those that were taken back and can be done again: a new action ends that."""


def history(events: Iterable[Event]) -> History:
    """Find what was done and not undone in the events of a notebook, doubled and shuffled as a merge may leave them."""
    done: dict[str, list[Event]] = {}
    undone: dict[str, list[Event]] = {}
    names: dict[str, str] = {}
    for event in in_order(events):
        link = event.link
        if link.undoes or link.redoes:
            name = names.get(link.undoes or link.redoes, "")
            source, other = (done, undone) if link.undoes else (undone, done)
            if name in source:
                other[name] = source.pop(name)
            continue
        name = names[event.id] = link.group or event.id
        if name not in done:
            undone.clear()
        done.setdefault(name, []).append(event)
    return History(list(done.values()), list(undone.values()))


def in_order(events: Iterable[Event]) -> list[Event]:
    """Give events by their times, each once."""
    return sorted({event.id: event for event in events}.values(), key=lambda event: event.at)


def taken_back(action: Sequence[Event], events: Iterable[Event]) -> list[tuple[Change, Link]]:
    """Give the changes that take an action back, the last first."""
    ordered = in_order(events)
    return [(_reverse(event, ordered), Link(undoes=event.id)) for event in reversed(action)]


def done_again(action: Sequence[Event]) -> list[tuple[Change, Link]]:
    """Give the changes that do an action again after it was taken back."""
    again = (
        Change(EventKind.RESTORE, event.change.quote_id) if event.change.kind is EventKind.CAPTURE else event.change
        for event in action
    )
    return [(change, Link(redoes=event.id)) for change, event in zip(again, action, strict=True)]


def said(action: Sequence[Event], quotes: Mapping[str, Quote]) -> str:
    """Say what an action was: “the note on the quote from voa2023:3”."""
    first = action[0].change
    more = f" and {len(action) - 1:,} more" if len(action) > 1 else ""
    if isinstance(first.value, Kept):
        return f"{first.value.what or f'{first.value.about} {label(first.value.name, 60)}'}{more}"
    quote = quotes.get(first.quote_id)
    where = f"the quote from {(quote.captured or quote.anchor).address}" if quote else f"the quote {first.quote_id}"
    what = {
        EventKind.CAPTURE: "saving {}",
        EventKind.NOTE: "the note on {}",
        EventKind.TAGS: "the tags of {}",
        EventKind.REMOVE: "removing {}",
        EventKind.RESTORE: "restoring {}",
        EventKind.ORDER: "moving {} in the list",
        EventKind.REANCHOR: "anchoring {} anew",
        EventKind.ALTER: "altering {}",
        EventKind.ATTRIBUTE: "saying whose words {} is",
    }[first.kind].format(where)
    target = f" at {first.value.address}" if isinstance(first.value, Anchor) else ""
    return f"{what}{target}{more}"


def said_in_full(action: Sequence[Event], quotes: Mapping[str, Quote]) -> str:
    """Say what an action was, on which words, and when it was done: for those who did not see it done."""
    quote = quotes.get(action[0].change.quote_id)
    words = f" (“{label(quote.text, _WORDS)}”)" if quote else ""
    return f"{said(action, quotes)}{words}, done {action[0].at:%Y-%m-%d %H:%M} UTC"


def _reverse(event: Event, ordered: Sequence[Event]) -> Change:
    kind, quote_id, value = event.change
    if kind in (EventKind.CAPTURE, EventKind.RESTORE):
        return Change(EventKind.REMOVE, quote_id)
    if kind is EventKind.REMOVE:
        return Change(EventKind.RESTORE, quote_id)
    return Change(kind, quote_id, _before(event, ordered, value))


def _before(event: Event, ordered: Sequence[Event], value: Value) -> Value:
    """Give what stood in the place of an event's value until then."""
    before: Value = Kept(value.about, value.name, None) if isinstance(value, Kept) else None
    for other in ordered:
        if other.id == event.id:
            break
        kind, quote_id, given = other.change
        if isinstance(given, Quote) and quote_id == event.change.quote_id:
            own: dict[EventKind, Value] = {EventKind.NOTE: given.note, EventKind.TAGS: given.tags}
            before = own.get(event.change.kind)
        elif kind is event.change.kind and quote_id == event.change.quote_id and _same_thing(given, value):
            before = given
    return before


def _same_thing(one: Value, other: Value) -> bool:
    if isinstance(one, Kept) and isinstance(other, Kept):
        return (one.about, one.name) == (other.about, other.name)
    return True
