"""The table of documents: the stamp and the facts of each, in a log beside Whoosh's table of contents.

A line is a checksum and a JSON object: the commit it belongs to, the key, and what is known of the document, or that
it is gone. A commit appends its lines, and one without a key to say that this is all, before it is made. What stands
behind the last line of the last commit is of a writer that was stopped, or is at work: it does not count, and the next
writer cuts it off. So a correction of a record costs one line, and no passage is indexed again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any
from zlib import crc32

from docterm.search.engine import Known
from docterm.search.facts import Facts
from docterm.search.whoosh_engine.storage import sync

PATTERN = "documents-*.log"
SPARE_LINES = 1000
"""A log is written anew when it has so many lines more than twice what it has to say."""


class Table:
    """The documents of the last commit, read from a log as far as that goes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path: Path | None = None
        self._end = 0
        self._lines = 0
        self._commit = -1
        self.known: dict[str, Known] = {}

    def follow(self, commit: int) -> None:
        """Read what was committed since the last time; raise ValueError or OSError when the log is damaged."""
        path = _log_of(self._folder, commit)
        if path != self._path:
            self._path, self._end, self._lines, self._commit, self.known = path, 0, 0, -1, {}
        with path.open("rb") as file:
            file.seek(self._end)
            waiting: list[tuple[str, Known | None]] = []
            end = self._end
            for line in file:
                value = _read(line)
                if value is None or value[0] > commit:
                    break
                end += len(line)
                waiting.append(value[1:])
                if not value[1]:
                    self._apply(waiting[:-1])
                    self._commit, self._end, waiting = value[0], end, []
        if self._commit != commit:
            raise ValueError("the table of documents is damaged")

    def _apply(self, lines: Iterable[tuple[str, Known | None]]) -> None:
        for key, known in lines:
            self._lines += 1
            if known is None:
                self.known.pop(key, None)
            else:
                self.known[key] = known

    def append(self, commit: int, changed: Iterable[tuple[str, Known]], gone: Iterable[str]) -> None:
        """Write the lines of a commit that is about to be made, through to the disk."""
        lines = [_line(commit, key, known) for key, known in changed]
        lines += [_line(commit, key, None) for key in gone]
        lines.append(_line(commit, "", None))
        if self._path is None or self._lines + len(lines) > 2 * len(self.known) + SPARE_LINES:
            path = self._folder / log_name(commit)
            kept = [_line(commit, key, known) for key, known in self.known.items()]
            path.write_bytes(b"".join(kept + lines))
            sync(path)
            sync(self._folder)
            return
        with self._path.open("r+b") as file:
            file.truncate(self._end)
            file.seek(self._end)
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())

    def clean(self, commit: int) -> None:
        """Remove the logs that a commit has left behind."""
        last = _log_of(self._folder, commit)
        for path in self._folder.glob(PATTERN):
            if path < last:
                path.unlink(missing_ok=True)


def log_name(commit: int) -> str:
    """Give the name of the log that begins with a commit."""
    return PATTERN.replace("*", f"{commit:010}")


def _log_of(folder: Path, commit: int) -> Path:
    logs = [path for path in folder.glob(PATTERN) if int(path.stem.rpartition("-")[2]) <= commit]
    if not logs:
        raise FileNotFoundError("the table of documents is not there")
    return max(logs)


def _line(commit: int, key: str, known: Known | None) -> bytes:
    value: dict[str, Any] = {"commit": commit, "key": key}
    if known is not None:
        value |= {"stamp": known.stamp, "facts": asdict(known.facts)}
    text = json.dumps(value).encode()
    return b"%08x %s\n" % (crc32(text), text)


def _read(line: bytes) -> tuple[int, str, Known | None] | None:
    """Read a line: commit, key, known. None when it is not whole."""
    checksum, _, text = line.rstrip(b"\n").partition(b" ")
    if not line.endswith(b"\n") or checksum != b"%08x" % crc32(text):
        return None
    value = json.loads(text)
    known = Known(value["stamp"], Facts(**value["facts"])) if "stamp" in value else None
    return value["commit"], value["key"], known
