"""The lists of words that a library has of its own: plain text files in its folder `docterm-words`.

They say for this library which words report speech, who may speak, what hedges; docs/words.md tells their form.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from docterm.config.paths import OWN_WORDS
from docterm.errors import ReadError
from docterm.library.files import read_file

LARGEST = 256 * 1024
MOST = 40
"""Files that are looked at, in the order of their names."""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The texts of the lists by the names of their files, and a sentence for each that cannot be read."""

    lists: dict[str, str] = field(default_factory=dict)
    faults: tuple[str, ...] = ()


NO_OWN_WORDS = OwnWords()


def own_words(root: Path) -> OwnWords:
    """Give the lists of the library in the folder `root`; most have none. A link in its place is not followed."""
    folder = root / OWN_WORDS
    if folder.is_symlink():
        return NO_OWN_WORDS
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(".txt"))[:MOST]
    except OSError:
        return NO_OWN_WORDS
    lists: dict[str, str] = {}
    faults: list[str] = []
    for name in names:
        if (folder / name).is_symlink():
            faults.append(f"{OWN_WORDS}/{name} is not used: it is a link. Put the file itself there.")
            continue
        try:
            lists[name] = read_file(folder / name, LARGEST).data.decode("utf-8-sig", "replace")
        except ReadError as error:
            faults.append(f"{OWN_WORDS}/{name} is not used: {error}")
    return OwnWords(lists, tuple(faults))
