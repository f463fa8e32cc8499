"""Measure what docterm costs, and write the figures into benchmarks/README.md.

    python benchmarks/run.py            measures and writes
    python benchmarks/run.py --print    measures and prints

Linux only. Every process runs in a home of its own, with warm caches: Python's compiled modules are kept there too, as
an installation keeps them, whatever the environment says (PYTHONDONTWRITEBYTECODE would add compiling to each start).
Processor time (user and system) is what is compared with the targets: on a machine that does other things too it is
much steadier than time by the clock.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import explorer
import long_text
from child import cpu_of
from table import DOCTERM, Figure, megabytes, milliseconds, own_home, seconds, write


def figures() -> Iterator[Figure]:
    """Measure one thing after the other."""
    for arguments in (["--version"], ["--help"], ["search", "great firewall"]):
        target = "≤ 0.35 s" if arguments[0] == "search" else ""
        shown = " ".join(["docterm", *(f"'{word}'" if " " in word else word for word in arguments)])
        yield Figure(f"`{shown}`", target, seconds(cpu_of([DOCTERM, *arguments])), shown)
    start = explorer.start([DOCTERM])
    yield Figure("explorer, first screen", "≤ 0.35 s", seconds(start.cpu), "docterm")
    yield Figure("the same by the clock", "", seconds(start.wall), "docterm")
    yield Figure("explorer, memory when quiet", "≤ 80 MB", megabytes(start.memory), "docterm")
    after, most = explorer.memory_after_work([DOCTERM])
    did = "docterm: search, read, compare"
    yield Figure("memory after searching, reading, comparing", "≤ 80 MB", f"{after:.0f} MB", did)
    yield Figure("the most memory meanwhile", "", f"{most:.0f} MB", did)
    clock, used = explorer.keys([DOCTERM])
    name = f"from a key to its results on the screen, {len(clock.values)} keys, by the clock"
    yield Figure(name, "p95 < 50 ms", milliseconds(clock), "docterm, `s`, typing")
    yield Figure("processor time of such a key", "", milliseconds(used), "docterm, `s`, typing")
    for comparing, when in (
        (False, "when all is quiet"),
        (True, "while two documents of 1,600 paragraphs are compared"),
    ):
        name = f"from `?` to the page of keys {when}, by the clock"
        target = "p95 < 50 ms" if comparing else ""
        yield Figure(
            name, target, milliseconds(explorer.help_keys(DOCTERM, comparing=comparing)), "docterm FOLDER, `4`, `?`"
        )
    opened, jumped = long_text.open_and_jump()
    made = "in process, 120 columns, 40 lines"
    yield Figure(f"reader, opening {long_text.PASSAGES:,} passages", "", seconds(opened), made)
    yield Figure("reader, jump to the end of them", "", seconds(jumped), made)


def main(arguments: list[str]) -> None:
    """Measure in a new home; write the table, or print it."""
    with own_home():
        write("figures", figures(), printed="--print" in arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
