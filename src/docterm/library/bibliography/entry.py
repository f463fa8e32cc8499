"""One entry of a file of records."""

from __future__ import annotations

from dataclasses import dataclass

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
