"""Commands measured from outside: the processor time of the whole process, and what is printed comes to nothing."""

from __future__ import annotations

import contextlib
import os
import re
import statistics
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

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


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process used, with the processes it started itself: seconds, and at its own height megabytes."""

    cpu: float
    wall: float
    megabytes: float


def cpu_of(command: Sequence[str]) -> Sample:
    """Give the user and system time of `command` in seconds, warm: the median is of RUNS runs."""
    return Sample(tuple(usage_of(command).cpu for _ in range(WARM_UPS + RUNS))[WARM_UPS:])


def usage_of(command: Sequence[str]) -> Usage:
    """Run `command` once and give what it used; raise RuntimeError when it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    height = _Height(process.pid)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {said.decode()}")
    return Usage(usage.ru_utime + usage.ru_stime, wall, height.megabytes())


class _Height:
    """The most memory a process has held. What wait4 tells begins with the memory of the process that started it."""

    def __init__(self, pid: int) -> None:
        self._status = Path(f"/proc/{pid}/status")
        self._kilobytes = 0
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def _watch(self) -> None:
        with contextlib.suppress(OSError):  # it has ended
            while found := re.search(r"^VmHWM:\s*(\d+)", self._status.read_text("ascii"), re.MULTILINE):
                self._kilobytes = int(found[1])
                time.sleep(0.02)

    def megabytes(self) -> float:
        self._thread.join()
        return self._kilobytes / 1024
