"""The entries of files of records, and how they are kept."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from docterm.library.model import Record


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as a file has it, and the files that it says are attached to it."""

    record: Record
    files: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The entry's citation key, or the empty string."""
        return str(self.record.get("id", ""))


class Entries:
    """The entries of one file, in order, as lines of JSON: as objects they would take ten times the memory."""

    __slots__ = ("_ends", "lines")

    def __init__(self, lines: bytes = b"") -> None:
        """Take lines, each with a line feed at its end. Raises ValueError when the last one has none."""
        self.lines = lines
        self._ends = array("L")
        end = 0
        while end < len(lines):
            end = lines.index(b"\n", end) + 1
            self._ends.append(end)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Entries:
        """Give entries as they are kept."""
        return cls(b"".join(map(line_of, entries)))

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, place: int) -> Entry:
        start = self._ends[place - 1] if place else 0
        return entry_from_json(json.loads(self.lines[start : self._ends[place]]))

    def __iter__(self) -> Iterator[Entry]:
        return map(self.__getitem__, range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Entries) and self.lines == other.lines

    def __hash__(self) -> int:
        return hash(self.lines)


def line_of(entry: Entry) -> bytes:
    """Give an entry as a line of JSON."""
    text = json.dumps([entry.record, entry.files], ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass") + b"\n"


def entry_from_json(data: list[Any]) -> Entry:
    """Read what `line_of` wrote. Raises ValueError or TypeError when it is none."""
    record, files = data
    return Entry(record, tuple(files))
