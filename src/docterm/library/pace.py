"""How fast a long piece of work goes, and how long it will still take."""

from __future__ import annotations

import time

BETWEEN_SECONDS = 0.2
STEADY_SECONDS = 2.0


class Pace:
    """Turns counts into a line of progress, a few times a second at most."""

    def __init__(self, work: str = "Reading file") -> None:
        """Begin; `work` is what is done to which thing."""
        self._work = work
        self._began = time.monotonic()
        self._last = 0.0

    def is_due(self, done: int, total: int) -> bool:
        """Say whether it is time for another line: there is something to do, and the last line is a while ago."""
        now = time.monotonic()
        if not total or (now - self._last < BETWEEN_SECONDS and done < total):
            return False
        self._last = now
        return True

    def sentence(self, done: int, total: int) -> str:
        """Give count, rate and time left: `Reading file 120 of 2,000 · 40 a second · 47 s left`."""
        parts = [f"{self._work} {min(done + 1, total):,} of {total:,}"]
        passed = time.monotonic() - self._began
        if done and passed > STEADY_SECONDS:
            rate = done / passed
            left = round((total - done) / rate)
            parts += [f"{rate:.1f} a second", f"{left} s left" if left < 120 else f"{left // 60} min left"]
        return " · ".join(parts)
