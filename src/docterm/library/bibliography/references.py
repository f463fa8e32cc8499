"""The library's references.json: what docterm keeps in it, and the only place that writes it.

An item that the user corrected has under `custom.docterm.corrected` each corrected field with the value that stood
there before (null where none did), so that a correction can be taken back and other programs read the right value.
An item that docterm made has under `custom.docterm.pinned` the path and the content of the file whose key it holds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from docterm.config.paths import REFERENCES, cache_for
from docterm.config.writing import replace_file
from docterm.errors import Code, LibraryError, ReadError, RequestError
from docterm.library.bibliography.csl import OWN_LISTS
from docterm.library.bibliography.origin import Origin, Source
from docterm.library.bibliography.records import MAX_REFERENCES_BYTES, json_fault, own_data
from docterm.library.cache import locked
from docterm.library.files import read_file
from docterm.library.model import Record
from docterm.text import label

Item = dict[str, Any]
LOCK = "references.lock"


class Pin(NamedTuple):
    """Whose key an item holds: the file's path in the library and the SHA-256 of its content."""

    path: str
    sha256: str


def is_pinned(record: Record) -> bool:
    """Say whether an item was made to hold the key of a file."""
    return isinstance(own_data(record).get("pinned"), dict)


def pin_of(record: Record) -> Pin:
    """Give the file whose key an item holds."""
    pinned = own_data(record).get("pinned")
    data = pinned if isinstance(pinned, dict) else {}
    return Pin(str(data.get("path", "")), str(data.get("sha256", "")))


def layers(source: Source, record: Record) -> Iterator[tuple[Source, Record]]:
    """Part an item into what the user corrected and what stood in it, without docterm's notes on both."""
    corrected = own_data(record).get("corrected")
    names = set(corrected) if isinstance(corrected, dict) else set()
    given = {name: value for name, value in record.items() if name not in names}
    if isinstance(given.get("custom"), dict):
        own = {name: value for name, value in own_data(record).items() if name not in ("corrected", "pinned")}
        custom = {**given["custom"], "docterm": own}
        given["custom"] = {name: value for name, value in custom.items() if value}
        given = {name: value for name, value in given.items() if name != "custom" or value}
    if is_pinned(record) and given.get("type") == "document":
        del given["type"]  # CSL wants every item to have one; this says nothing
    yield Source(Origin.USER, source.path), {name: record[name] for name in names if name in record}
    yield source, given


# --- writing -------------------------------------------------------------------------------------


def pin(root: Path, key: str, file: Pin) -> None:
    """Keep `key` for a file from now on. Raises LibraryError when it cannot be kept."""

    def keep(items: list[Item]) -> None:
        _pin(_item(items, key), file)

    _change(root, keep)


def correct(root: Path, key: str, file: Pin, changes: Mapping[str, Any]) -> None:
    """Write the user's values of fields into the item of `key`, made if need be; None takes a correction back.

    Raises RequestError when there is none to take back, LibraryError when the file cannot be changed.
    """

    def write(items: list[Item]) -> None:
        known = any(item.get("id") == key for item in items)
        item = _item(items, key)
        if not known:
            _pin(item, file)
        for name, value in changes.items():
            (_set_own if name in OWN_LISTS else _set)(item, name, value)

    _change(root, write)


def _item(items: list[Item], key: str) -> Item:
    """Give the item with a key; make the least that CSL allows where there is none."""
    for item in items:
        if item.get("id") == key:
            return item
    items.append({"id": key, "type": "document"})
    return items[-1]


def _own(item: Item) -> Item:
    custom = item.setdefault("custom", {})
    own = custom.setdefault("docterm", {}) if isinstance(custom, dict) else None
    if not isinstance(own, dict):
        raise LibraryError(
            f"The item {label(item.get('id'))} of {REFERENCES} has a `custom` that is no table.", "Mend it."
        )
    return own


def _pin(item: Item, file: Pin) -> None:
    _own(item)["pinned"] = file._asdict()


def _set(item: Item, name: str, value: object) -> None:
    corrected = _own(item).setdefault("corrected", {})
    if value is not None:
        corrected.setdefault(name, item.get(name))
        item[name] = value
        return
    if name not in corrected:
        raise RequestError(f"You have not corrected {name}.", f"Only corrections can be taken back: `{name}=`.")
    before = corrected.pop(name)
    if before is None:
        item.pop(name, None)
    else:
        item[name] = before
    if not corrected:
        del _own(item)["corrected"]


def _set_own(item: Item, name: str, value: list[str] | None) -> None:
    if value:
        _own(item)[name] = value
    elif _own(item).pop(name, None) is None:
        raise RequestError(f"The document has no {name}.", f"Give some with `{name}=a,b`.")


def _change(root: Path, change: Callable[[list[Item]], None]) -> None:
    """Read the file, change its items, and put the result in its place in one step, unless nothing changed."""
    path = root / REFERENCES
    try:
        with locked(cache_for(root), LOCK):  # in the cache: the folder itself may be shared
            before = _read(path)
            items = json.loads(before, object_pairs_hook=_strict)
            if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
                raise LibraryError(f"{REFERENCES} is not a list of records.", "A CSL-JSON file is an array of items.")
            change(items)
            after = json.dumps(items, ensure_ascii=False, indent=2) + "\n"
            if json.loads(after) != json.loads(before):
                replace_file(path, after.encode("utf-8", "surrogatepass"))
    except ReadError as error:
        raise LibraryError(f"{REFERENCES} cannot be changed: {error.message}", error.hint) from error
    except (ValueError, RecursionError) as error:
        raise LibraryError(f"{REFERENCES} cannot be changed: {json_fault(error)}") from error
    except OSError as error:
        raise LibraryError(
            f"{label(path, 1000)} cannot be written: {error.strerror}.", "Check the folder and its permissions."
        ) from error


def _read(path: Path) -> bytes:
    if path.is_symlink():
        raise LibraryError(
            f"{REFERENCES} is a link, and docterm writes no file elsewhere.", "Put the file itself there."
        )
    return read_file(path, MAX_REFERENCES_BYTES).data.removeprefix(b"\xef\xbb\xbf") if path.exists() else b"[]"


def _strict(pairs: list[tuple[str, Any]]) -> Item:
    """Refuse an object that has a name twice: writing it back would lose one of them."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ReadError("An item in it has a field twice.", "Take one of them out.", Code.MALFORMED)
    return found
