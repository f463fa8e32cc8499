"""Lists of words as plain text: those that come with docterm, and those that a library adds to them.

An entry a line, or many; `[name]` begins a section, `#` a comment. In a library's own list a line that begins with `-`
takes an entry away, and an entry before the first section goes into the first one.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cache
from pathlib import Path

from docterm.text import sanitise

MOST_LINES = 20_000
"""Of a longer list the rest is not read."""


class Form(Enum):
    """What a line of a list holds."""

    WORDS = "any number of words, each an entry"
    PHRASE = "one entry of one word or more"
    VERB = "the forms of one verb, known by the first"


Sections = dict[str, tuple[str, ...]]
"""The entries of each section, in order and in lower case."""


def read_list(file: Path, form: Form, own: Mapping[str, str]) -> Sections:
    """Give the list in `file`, changed as the text that `own` holds under the name of the file says."""
    shipped = _shipped(file, form)
    return merged(shipped, own[file.name], form) if file.name in own else shipped


@cache
def _shipped(file: Path, form: Form) -> Sections:
    return merged({}, file.read_text("utf-8"), form)


def merged(sections: Sections, text: str, form: Form) -> Sections:
    """Give the sections with the entries of `text` added, and without those it takes away."""
    current = next(iter(sections), "")
    found = {name: dict.fromkeys(entries) for name, entries in sections.items()}
    for line in sanitise(text).splitlines()[:MOST_LINES]:
        entry = " ".join(line.partition("#")[0].lower().replace("’", "'").split())
        if entry.startswith("[") and entry.endswith("]"):
            current = entry[1:-1].strip()
        elif entry.startswith("-"):
            _take_away(found, _entries(entry[1:].strip(), form), form)
        else:
            found.setdefault(current, {}).update(dict.fromkeys(_entries(entry, form)))
    return {name: tuple(entries) for name, entries in found.items() if name}


def _entries(line: str, form: Form) -> list[str]:
    return line.split() if form is Form.WORDS else [line] * bool(line.strip(": "))


def _take_away(found: Mapping[str, dict[str, None]], gone: list[str], form: Form) -> None:
    names = {_name(entry, form) for entry in gone}
    for entries in found.values():
        for entry in [each for each in entries if _name(each, form) in names]:
            del entries[entry]


def _name(entry: str, form: Form) -> str:
    return entry.replace(":", " ").split()[0] if form is Form.VERB else entry
