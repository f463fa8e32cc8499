"""What the user wants passed over: the patterns in the file `.doctermignore` at the top of a library.

One pattern a line, as in git: `*`, `?` and `[a-z]` stand for characters of one name, `**` for any folders; a pattern
without a slash holds at any depth, one with a slash from the top; a slash at its end means folders alone; `!` takes
back what an earlier line passed over. Lines that begin with `#` are comments.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Sequence
from dataclasses import dataclass

from docterm.errors import Code, ReadError

FILE_NAME = ".doctermignore"
LARGEST = 64 * 1024
MOST = 500
"""Patterns: each costs something at every file."""
_ANY_FOLDERS = None

Segments = tuple[re.Pattern[str] | None, ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    segments: Segments
    folders_only: bool
    passes_over: bool


class Ignore:
    """The patterns of one file. Of those that match a path the last one counts."""

    def __init__(self, text: str) -> None:
        """Read the patterns of a text. Raises ReadError when they are more than MOST."""
        lines = [line.strip() for line in text.splitlines()]
        lines = [line for line in lines if line.strip("/!") and not line.startswith("#")]
        if len(lines) > MOST:
            raise ReadError(f"It has more than {MOST} patterns.", "Name folders instead of files.", Code.TOO_BIG)
        self._rules = [_rule(line) for line in lines]

    def passes_over(self, path: str, folder: bool) -> bool:
        """Say whether a file or a folder of the library is passed over; what lies in a folder goes with it."""
        if not self._rules:
            return False
        names = path.split("/")
        for rule in reversed(self._rules):
            if (folder or not rule.folders_only) and _matches(rule.segments, names):
                return rule.passes_over
        return False


def _rule(line: str) -> _Rule:
    pattern = line.removeprefix("!")
    names = [name for name in pattern.split("/") if name]
    if "/" not in pattern.rstrip("/"):
        names.insert(0, "**")
    segments = tuple(_ANY_FOLDERS if name == "**" else re.compile(fnmatch.translate(name)) for name in names)
    return _Rule(segments, pattern.endswith("/"), not line.startswith("!"))


def _matches(segments: Segments, names: Sequence[str]) -> bool:
    """Match the names of a path with the segments of a pattern, following every way at once."""
    at = _after_any_folders({0}, segments)
    for name in names:
        stay = {place for place in at if place < len(segments) and segments[place] is _ANY_FOLDERS}
        step = {place + 1 for place in at - stay if place < len(segments) and _is_named(segments[place], name)}
        at = _after_any_folders(stay | step, segments)
    return len(segments) in at


def _after_any_folders(places: set[int], segments: Segments) -> set[int]:
    """Add the places that are reached where `**` stands for no folder, or for no more of them."""
    reached = set(places)
    for place in range(len(segments)):
        if place in reached and segments[place] is _ANY_FOLDERS:
            reached.add(place + 1)
    return reached


def _is_named(segment: re.Pattern[str] | None, name: str) -> bool:
    return segment is not None and segment.match(name) is not None
