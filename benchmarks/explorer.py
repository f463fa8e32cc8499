"""What the explorer costs on the shipped library: the first screen, memory, and a key of a search."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from child import RUNS, WARM_UPS, Sample
from corpus import Writer
from pseudo_terminal import Explorer

from docterm.config.paths import shipped_library
from docterm.library.library import Library
from docterm.search.service import SearchService

FIRST_SCREEN = "Comrades in Tweets"
"""Stands in the list of documents."""
PAUSE = 0.1
"""Seconds between the results of a key and the next key."""
LONG_TEXT = 900_000
"""Characters of a text whose comparison with another takes longer than HELP_KEYS keys."""
HELP_KEYS = 50
QUERIES = (
    "great firewall",
    "censorship agreement",
    "information operations",
    "chinese state media",
    "russia cooperation china",
)


@dataclass(frozen=True, slots=True)
class Start:
    """A start of the explorer, up to its first screen with the documents on it."""

    cpu: Sample
    wall: Sample
    memory: Sample


def start(command: Sequence[str]) -> Start:
    """Start the explorer again and again; memory is looked at when all is quiet."""
    figures: list[tuple[float, float, float]] = []
    for _ in range(WARM_UPS + RUNS):
        with Explorer(command) as explorer:
            explorer.wait_for(FIRST_SCREEN)
            cpu, wall = explorer.cpu, time.perf_counter() - explorer.started
            explorer.rest(1.0)
            figures.append((cpu, wall, explorer.memory()))
    cpus, walls, memories = zip(*figures[WARM_UPS:], strict=True)
    return Start(Sample(cpus), Sample(walls), Sample(memories))


def keys(command: Sequence[str]) -> tuple[Sample, Sample]:
    """Type queries key by key; give the seconds from each key to the results for what is typed by then.

    By the clock first, then in processor time: up to the next key, so with all that is painted after the results.
    """
    expected = _expected()
    taken: list[float] = []
    used: list[float] = []
    with Explorer(command) as explorer:
        explorer.wait_for(FIRST_SCREEN)
        explorer.rest(1.0)
        for query in QUERIES:
            explorer.press("s", "Search")
            explorer.rest(0.3)
            for end in range(1, len(query) + 1):
                before = explorer.cpu
                taken.append(explorer.press(query[end - 1], expected[query[:end]]))
                explorer.rest(PAUSE)
                used.append(explorer.cpu - before)
            explorer.write("\x1b")
            explorer.rest(0.5)
    return Sample(tuple(taken)), Sample(tuple(used))


def help_keys(program: str, *, comparing: bool) -> Sample:
    """Open the page of keys again and again, while two long documents are compared or not; the seconds to its paint."""
    taken: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        for seed, name in ((5, "one"), (6, "two")):
            body = Writer(seed).paragraphs(LONG_TEXT)
            Path(folder, f"{name}.txt").write_text("\n\n".join([name, *body]), "utf-8")
        with Explorer([program, folder]) as explorer:
            explorer.wait_for("two")
            explorer.rest(6.0)
            if comparing:
                explorer.press("4", "Comparing… ")
            for _ in range(HELP_KEYS):
                taken.append(explorer.press("?", "every key"))
                explorer.rest(PAUSE)
                explorer.write("\x1b")
                explorer.rest(2 * PAUSE)
    return Sample(tuple(taken))


def memory_after_work(command: Sequence[str]) -> tuple[float, float]:
    """Search, read and compare; give the memory in MB then, and the most there was."""
    with Explorer(command) as explorer:
        explorer.wait_for(FIRST_SCREEN)
        explorer.rest(1.0)
        explorer.write("s")
        explorer.rest(0.5)
        explorer.press("great firewall", "read as: great AND firewall.")
        explorer.press("\r", "hit 1/")
        explorer.press("n", "document 2/")
        explorer.write("c")
        explorer.rest(1.0)
        explorer.write("gabuev")
        explorer.rest(1.0)
        explorer.press("\r", "Carnegie Moscow Center")
        explorer.rest(3.0)
        explorer.press("D", "linked")
        explorer.press("]", "› 1/")
        explorer.rest(1.0)
        return explorer.memory(), explorer.memory("VmHWM")


def _expected() -> dict[str, str]:
    """Give, for every beginning of a query, the line that stands above its results."""
    library = Library(shipped_library())
    library.refresh()
    service = SearchService(library)
    service.synchronise()
    beginnings = [query[:end] for query in QUERIES for end in range(1, len(query) + 1)]
    expected = {typed: f"read as: {service.search(typed, typing=True).read_as}." for typed in beginnings}
    service.close()
    library.close()
    return expected
