"""The tables of benchmarks/README.md: each stands between two comments that name it."""

from __future__ import annotations

import os
import platform
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from child import Sample

PAGE = Path(__file__).with_name("README.md")
DOCTERM = str(Path(sys.executable).with_name("docterm"))


class Figure(NamedTuple):
    """A row of a table."""

    name: str
    target: str
    measured: str
    command: str


def seconds(sample: Sample) -> str:
    """Give a sample of seconds as it stands in a table."""
    return f"{sample.median:.3f} s (lowest {sample.lowest:.3f})"


def milliseconds(sample: Sample) -> str:
    """Give a sample of many seconds with its spread, in milliseconds."""
    low, middle, high = (1000 * each for each in (sample.lowest, sample.median, sample.percentile(95)))
    return f"median {middle:.0f} ms, p95 {high:.0f} ms (lowest {low:.0f})"


def megabytes(sample: Sample) -> str:
    """Give a sample of memory."""
    return f"{sample.median:.0f} MB"


@contextmanager
def own_home() -> Iterator[None]:
    """Give this process and its children a new home, and an environment without the user's settings."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {f"XDG_{kind}_HOME": f"{home}/{kind.lower()}" for kind in ("CACHE", "CONFIG", "DATA", "STATE")}
        os.environ["PYTHONPYCACHEPREFIX"] = f"{home}/python"
        for variable in [each for each in os.environ if each.startswith(("DOCTERM_", "PYTHONDONTWRITE"))]:
            del os.environ[variable]
        yield


def write(section: str, figures: Iterable[Figure], *, printed: bool) -> None:
    """Measure the figures and write them into the section of the page, or print them."""
    measured = _table(figures)
    if printed:
        sys.stdout.write(f"{measured}\n")
        return
    begin, end = (f"<!-- {section}: {place} -->" for place in ("begin", "end"))
    before, _, rest = PAGE.read_text("utf-8").partition(begin)
    PAGE.write_text(f"{before}{begin}\n{measured}\n{end}{rest.partition(end)[2]}", "utf-8")


def _table(figures: Iterable[Figure]) -> str:
    lines = ["| figure | target | measured | command |", "|---|---|---|---|"]
    for figure in figures:
        lines.append(f"| {figure.name} | {figure.target} | {figure.measured} | {figure.command} |")
        sys.stderr.write(f"{figure.name}: {figure.measured}\n")
    load = os.getloadavg()[1]
    return "\n".join([*lines, "", f"Machine: {_machine()}; load {load:.1f} (5 minutes) when this was measured."])


def _machine() -> str:
    found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text("utf-8"), re.MULTILINE)
    model = found[1] if found else platform.machine()
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}"
