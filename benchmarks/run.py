"""Measure what docterm costs, and write the figures into benchmarks/README.md.

    python benchmarks/run.py            measures and writes
    python benchmarks/run.py --print    measures and prints

Linux only. Every process runs in a home of its own, with warm caches: Python's compiled modules are kept there too, as
an installation keeps them, whatever the environment says (PYTHONDONTWRITEBYTECODE would add compiling to each start).
Processor time (user and system) is what is compared with the targets: on a machine that does other things too it is
much steadier than time by the clock.
"""

from __future__ import annotations

import os
import platform
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import explorer
import long_text
from child import Sample, cpu_of

PAGE = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
DOCTERM = str(Path(sys.executable).with_name("docterm"))


class Figure(NamedTuple):
    """A row of the table."""

    name: str
    target: str
    measured: str
    command: str


def figures() -> Iterator[Figure]:
    """Measure one thing after the other."""
    for arguments in (["--version"], ["--help"], ["search", "great firewall"]):
        target = "≤ 0.35 s" if arguments[0] == "search" else ""
        shown = " ".join(["docterm", *(f"'{word}'" if " " in word else word for word in arguments)])
        yield Figure(f"`{shown}`", target, _seconds(cpu_of([DOCTERM, *arguments])), shown)
    start = explorer.start([DOCTERM])
    yield Figure("explorer, first screen", "≤ 0.35 s", _seconds(start.cpu), "docterm")
    yield Figure("the same by the clock", "", _seconds(start.wall), "docterm")
    yield Figure("explorer, memory when quiet", "≤ 80 MB", f"{start.memory.median:.0f} MB", "docterm")
    after, most = explorer.memory_after_work([DOCTERM])
    did = "docterm: search, read, compare"
    yield Figure("memory after searching, reading, comparing", "≤ 80 MB", f"{after:.0f} MB", did)
    yield Figure("the most memory meanwhile", "", f"{most:.0f} MB", did)
    clock, used = explorer.keys([DOCTERM])
    name = f"from a key to its results on the screen, {len(clock.values)} keys, by the clock"
    yield Figure(name, "p95 < 50 ms", _milliseconds(clock), "docterm, `s`, typing")
    yield Figure("processor time of such a key", "", _milliseconds(used), "docterm, `s`, typing")
    opened, jumped = long_text.open_and_jump()
    made = "in process, 120 columns, 40 lines"
    yield Figure(f"reader, opening {long_text.PASSAGES:,} passages", "", _seconds(opened), made)
    yield Figure("reader, jump to the end of them", "", _seconds(jumped), made)


def _seconds(sample: Sample) -> str:
    return f"{sample.median:.3f} s (lowest {sample.lowest:.3f})"


def _milliseconds(sample: Sample) -> str:
    low, middle, high = (1000 * each for each in (sample.lowest, sample.median, sample.percentile(95)))
    return f"median {middle:.0f} ms, p95 {high:.0f} ms (lowest {low:.0f})"


def table() -> str:
    """Give the table, with a line on the machine."""
    lines = ["| figure | target | measured | command |", "|---|---|---|---|"]
    for figure in figures():
        lines.append(f"| {figure.name} | {figure.target} | {figure.measured} | {figure.command} |")
        sys.stderr.write(f"{figure.name}: {figure.measured}\n")
    load = os.getloadavg()[1]
    return "\n".join([*lines, "", f"Machine: {_machine()}; load {load:.1f} (5 minutes) when this was measured."])


def _machine() -> str:
    found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text("utf-8"), re.MULTILINE)
    model = found[1] if found else platform.machine()
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}"


def main(arguments: list[str]) -> None:
    """Measure in a new home; write the table, or print it."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {f"XDG_{kind}_HOME": f"{home}/{kind.lower()}" for kind in ("CACHE", "CONFIG", "DATA", "STATE")}
        os.environ["PYTHONPYCACHEPREFIX"] = f"{home}/python"
        for variable in [each for each in os.environ if each.startswith(("DOCTERM_", "PYTHONDONTWRITE"))]:
            del os.environ[variable]
        measured = table()
    if "--print" in arguments:
        sys.stdout.write(f"{measured}\n")
        return
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{measured}\n{END}{rest.partition(END)[2]}", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
