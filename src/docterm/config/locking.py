"""The one way in which docterm waits for the lock of a file. Closing the descriptor gives the lock back."""

from __future__ import annotations

import sys
import time

PAUSE_SECONDS = 0.01


def lock(descriptor: int, seconds: float) -> None:
    """Lock an open file against other processes; on Windows nothing is locked.

    Raises BlockingIOError when another process keeps it for more than `seconds`, another OSError where the file system
    knows no locks.
    """
    if sys.platform == "win32":
        return
    import fcntl

    until = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= until:
                raise
            time.sleep(PAUSE_SECONDS)
