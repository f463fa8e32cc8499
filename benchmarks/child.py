"""Commands measured from outside: the processor time of the whole process, and what is printed comes to nothing."""

from __future__ import annotations

import os
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

WARM_UPS = 1
RUNS = 7


@dataclass(frozen=True, slots=True)
class Sample:
    """Figures of the same thing, measured again and again."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one: what to expect."""
        return statistics.median(self.values)

    @property
    def lowest(self) -> float:
        """The lowest: nearest to a machine with nothing else to do."""
        return min(self.values)

    def percentile(self, share: int) -> float:
        """The figure that `share` percent stay below."""
        return statistics.quantiles(self.values, n=100)[share - 1]


def cpu_of(command: Sequence[str]) -> Sample:
    """Give the user and system time of `command` in seconds, warm: the median is of RUNS runs."""
    return Sample(tuple(_run(command) for _ in range(WARM_UPS + RUNS))[WARM_UPS:])


def _run(command: Sequence[str]) -> float:
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {said}")
    return usage.ru_utime + usage.ru_stime
