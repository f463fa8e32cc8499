"""Watching a library's folder for files that come, go or change."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from docterm.library.ignore import FILE_NAME as IGNORE
from docterm.library.links import linked
from docterm.library.scan import is_own

SETTLE_MS = 800
"""How long the folder must be quiet before a change is told: a copy in progress makes many."""
STOP_MS = 300
"""How soon a stop is noticed."""

_NAME = re.compile(r"path .* to string", re.DOTALL)
"""What watchfiles says when a file has changed whose name is no UTF-8: it has lost no more than that event."""


def changes(root: Path, stop: threading.Event) -> Iterator[None]:
    """Give an item each time documents or records below `root`, or linked into it, have changed, until `stop` is set.

    Raises OSError when the folder cannot be watched, as when the system has no watches left.
    """
    missed = False
    """Whether there was a moment without a watch, in which anything may have changed."""
    while not stop.is_set():
        places = [root, *linked(root)]
        for changed in _changes_in(places, stop):
            if changed or missed:
                missed = False
                yield
                if linked(root) != places[1:]:
                    break  # what is linked now is watched from now on
        missed = True


def _changes_in(places: Sequence[Path], stop: threading.Event) -> Iterator[bool]:
    """Say again and again whether something has changed, until a watch ends."""
    from watchfiles import Change, watch

    def concerns(_: Change, path: str) -> bool:
        place = next((place for place in places if Path(path).is_relative_to(place)), Path("/"))
        parts = Path(path).relative_to(place).parts
        if parts == (IGNORE,):
            return True
        return not any(part.startswith(".") for part in parts) and not is_own("/".join(parts))

    try:
        for found in watch(
            *places,
            watch_filter=concerns,
            debounce=SETTLE_MS,
            step=SETTLE_MS // 4,
            stop_event=stop,
            rust_timeout=STOP_MS,
            raise_interrupt=False,
            ignore_permission_denied=True,
            yield_on_timeout=True,
        ):
            yield bool(found)
    except RuntimeError as error:  # watchfiles' own error, which its Rust part raises
        if not _NAME.search(str(error)):
            raise OSError(str(error)) from error
        stop.wait(SETTLE_MS / 1000)
