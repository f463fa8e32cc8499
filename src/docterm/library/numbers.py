"""The library's paragraphs.jsonl: the numbers of paragraphs that counting would not give any more.

A text that docterm has seen in one version only counts from 1, and needs no line here. A document gets a line when a
quote is taken from it, and when its text changes and its paragraphs keep their numbers (see `numbering`). The file is
the user's: it goes with the library, and a line that is deleted lets the next reading from scratch count from 1 again.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from docterm.config.paths import cache_for, paragraphs_for
from docterm.config.writing import replace_file
from docterm.errors import ReadError, StorageError
from docterm.library.cache import NO_FILE, locked, stamp
from docterm.library.files import read_file
from docterm.library.model import Number, Passage
from docterm.library.numbering import Entry, Mark, Whereabouts, living, mark, numbered, renumber, whereabouts
from docterm.text import label

MAX_BYTES = 256 << 20
LOCK = "paragraphs.lock"
_MARK = re.compile("([0-9a-f]{12})((?:[0-9a-f]{6}){0,16})")


@dataclass(frozen=True, slots=True)
class Line:
    """The numbering of a document, as of the content that it had last."""

    path: str
    sha256: str
    entries: tuple[Entry, ...]


class Numbers:
    """The numbers that the paragraphs of a library keep. Methods may be called from any thread."""

    def __init__(self, root: Path) -> None:
        """Prepare to read the file of the library `root`; it is read when it is first needed."""
        self.path = paragraphs_for(root)
        self.notes: list[str] = []
        """What is wrong with the file, in sentences."""
        self._cache = cache_for(root)
        self._lock = threading.RLock()
        self._stamp = ""
        """That of the file as it was read."""
        self._lines: dict[str, Line] = {}
        self._by_content: dict[str, Line] = {}
        """The line of each content, those too whose file has another content since the file was read."""
        self._foreign: list[bytes] = []
        """Lines that are none of docterm's; they are kept as they are."""
        self._changed: dict[str, Line] = {}
        self._unread = False
        """Whether there is a file that cannot be read; what it has would be lost if it were written."""

    # --- asking ----------------------------------------------------------------------------------

    def whereabouts(self, path: str, number: int) -> Whereabouts | None:
        """Say what became of a paragraph of the file at `path`; None where nothing is recorded of that number."""
        with self._lock:
            self._load()
            line = self._lines.get(path)
        return None if line is None else whereabouts(line.entries, number)

    def signature(self) -> str:
        """Give what changes whenever someone writes the file."""
        return stamp(self.path)

    def contents(self) -> dict[str, str]:
        """Give the SHA-256 that each file with numbers of its own had when it was numbered, by its path."""
        with self._lock:
            self._load()
            return {path: line.sha256 for path, line in self._lines.items()}

    # --- numbering -------------------------------------------------------------------------------

    def settle(
        self, path: str, sha256: str, passages: Sequence[Passage], before: Sequence[Passage]
    ) -> Sequence[Passage]:
        """Give the passages of a file with the numbers they keep; `before` are those that it had until now."""
        with self._lock:
            self._load()
            line = self._line_of(path, sha256) or self._lines.get(path)
            base = _base(before, passages) if line is None else line.entries
            if base is None:
                return passages
            marks = [mark(each.text) for each in passages if each.number is not None]
            entries = renumber(base, marks)
            self._put(Line(path, sha256, entries))
            return _with_numbers(passages, entries)

    def settle_copy(self, path: str, sha256: str, passages: Sequence[Passage]) -> Sequence[Passage]:
        """Do the same for a file that has now the content of another one, and with it the numbers of that."""
        with self._lock:
            self._load()
            if self._line_of(path, sha256) is not None:
                return self.settle(path, sha256, passages, ())
            if path in self._lines:
                self._put(Line(path, sha256, _entries(passages)))
            return passages

    def keep(self, path: str, sha256: str, passages: Sequence[Passage]) -> None:
        """Keep the numbers of a file from now on, since they are used; `save` writes them."""
        with self._lock:
            self._load()
            if self._line_of(path, sha256) is None:
                self._put(Line(path, sha256, _entries(passages)))

    def _line_of(self, path: str, sha256: str) -> Line | None:
        """Give the line of a content: that of the file itself, else that of another file that has it too."""
        line = self._lines.get(path)
        if line is not None and line.sha256 == sha256:
            return line
        return self._by_content.get(sha256)

    def _put(self, line: Line) -> None:
        if self._lines.get(line.path) != line:
            self._lines[line.path] = self._changed[line.path] = line
            self._by_content[line.sha256] = line

    # --- the file --------------------------------------------------------------------------------

    def save(self) -> bool:
        """Write what has changed and say whether nobody else had written meanwhile.

        Raises StorageError when it cannot be written; it is kept for the next time.
        """
        with self._lock:
            if not self._changed:
                return False
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                with locked(self._cache, LOCK):
                    alone = stamp(self.path) == self._stamp
                    self._load()
                    if self._unread:
                        raise OSError("it cannot be read, and is left as it is")
                    lines = [_as_line(line) for _, line in sorted(self._lines.items())]
                    replace_file(self.path, b"".join([*lines, *self._foreign]))
                    self._stamp = stamp(self.path)
            except OSError as error:
                raise StorageError(
                    f"{label(self.path, 1000)} cannot be written: {error.strerror or error}.",
                    "The numbers of paragraphs that have changed are kept in the cache alone.",
                ) from error
            self._changed = {}
            return alone

    def _load(self) -> None:
        """Read the file when it is another one than last time; what is not written yet stays."""
        now = stamp(self.path)
        if now == self._stamp:
            return
        self._stamp, self.notes = now, []
        self._lines, self._foreign, self._unread = {}, [], False
        if now != NO_FILE:
            self._read()
        self._lines |= self._changed
        self._by_content = {line.sha256: line for line in self._lines.values()}

    def _read(self) -> None:
        try:
            data = read_file(self.path, MAX_BYTES).data
        except ReadError as error:
            self.notes.append(f"{label(self.path.name)} cannot be read. {error}")
            self._unread = True
            return
        for raw in data.splitlines(keepends=True):
            try:
                line = _line_from(json.loads(raw))
            except (ValueError, TypeError, KeyError, RecursionError):
                self._foreign.append(raw if raw.endswith(b"\n") else raw + b"\n")
            else:
                self._lines[line.path] = line
        if self._foreign:
            self.notes.append(
                f"{len(self._foreign):,} lines of {label(self.path.name)} are damaged and left as they are."
            )


def _base(before: Sequence[Passage], now: Sequence[Passage]) -> tuple[Entry, ...] | None:
    """Give the numbering to go on from where none was recorded; None where counting from 1 gives the same numbers."""
    old = [each for each in before if each.number is not None]
    new = [each.text for each in now if each.number is not None]
    counted = all(each.number == count for count, each in enumerate(old, 1))
    if counted and all(each.text == text for each, text in zip(old, new, strict=False)) and len(old) <= len(new):
        return None
    return _entries(old)


def _entries(passages: Iterable[Passage]) -> tuple[Entry, ...]:
    pairs = [(each.number, each.text) for each in passages if each.number is not None]
    return numbered([number for number, _ in pairs], [text for _, text in pairs])


def _with_numbers(passages: Sequence[Passage], entries: Iterable[Entry]) -> tuple[Passage, ...]:
    numbers = iter(living(entries))
    return tuple(
        each
        if each.number is None
        else replace(each, locator=replace(each.locator, paragraph=_plain(next(numbers).number)))
        for each in passages
    )


def _plain(number: Number) -> int:
    return number if number.letter else int(number)


# --- lines ---------------------------------------------------------------------------------------


def _as_line(line: Line) -> bytes:
    entries = [
        [str(each.number), _as_text(each.mark)] + ["gone"] * each.gone + ([_as_text(each.was)] if each.was else [])
        for each in line.entries
    ]
    data = {"path": line.path, "sha256": line.sha256, "paragraphs": entries}
    return json.dumps(data, separators=(",", ":")).encode() + b"\n"


def _as_text(each: Mark) -> str:
    return each.exact + "".join(f"{part:06x}" for part in each.parts)


def _line_from(data: dict[str, Any]) -> Line:
    entries = tuple(_entry(*each) for each in data["paragraphs"])
    numbers = {each.number for each in entries}
    path, sha256 = data["path"], data["sha256"]
    if not isinstance(path, str) or not isinstance(sha256, str) or len(numbers) < len(entries):
        raise ValueError("it is no numbering")
    return Line(path, sha256, entries)


def _entry(number: str, text: str, *rest: str) -> Entry:
    gone = rest[:1] == ("gone",)
    was = rest[int(gone) :]
    return Entry(Number.parse(number), _mark(text), gone, _mark(*was) if was else None)


def _mark(text: str) -> Mark:
    match = _MARK.fullmatch(text)
    if match is None:
        raise ValueError("it is no mark")
    parts = match[2]
    return Mark(match[1], tuple(int(parts[start : start + 6], 16) for start in range(0, len(parts), 6)))
