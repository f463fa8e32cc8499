"""Reads a folder as a library, and watches what docterm's own process does meanwhile.

    python reading.py FOLDER [SECONDS]

prints one JSON object: what came of each file, how long it took, the memory of this process, and every path that it
opened to write, every address it asked for and every program it started. SECONDS is the time given to one file, in
place of docterm's own. The cache goes where XDG_CACHE_HOME says. Linux only.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.truncate")
_STARTS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork")


class Watch:
    """Everything that was done and could do harm, as Python's own auditing tells it."""

    def __init__(self) -> None:
        self.written: set[str] = set()
        self.network: set[str] = set()
        self.started: set[str] = set()

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Note an event; called by Python."""
        if event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING:
            if not isinstance(arguments[0], int):  # a pipe to a worker
                self.written.add(os.fsdecode(arguments[0]))
        elif event == "sqlite3.connect":
            self.written.add(os.fsdecode(arguments[0]))
        elif event in _CHANGES:
            self.written.update(os.fsdecode(each) for each in arguments[:2] if isinstance(each, str | bytes))
        elif event.startswith("socket."):
            self.network.add(f"{event} {arguments[1:]}")
        elif event in _STARTS:
            self.started.add(" ".join(map(str, arguments[1] if event == "subprocess.Popen" else arguments)))


def outside(written: list[str], home: Path) -> list[str]:
    """Give the paths, of those that were written, that do not stand in docterm's cache."""
    return [path for path in written if path != os.devnull and not Path(path).is_relative_to(home)]


def memory(name: str) -> float:
    """Give a figure of this process's memory in MB: VmRSS now, VmHWM the most there was."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.partition(f"{name}:")[2].split()[0]) / 1024


def read(folder: Path, seconds: float | None, watch: Watch) -> dict[str, Any]:
    """Read the folder once."""
    from docterm.library import reading
    from docterm.library.library import Library

    if seconds is not None:
        reading.SECONDS, reading.SECONDS_A_MEGABYTE = seconds, 0.0
    times: dict[str, float] = {}
    original = reading.Reading.read

    def timed(self: reading.Reading, path: Any, data: Any) -> Any:
        began = time.perf_counter()
        try:
            return original(self, path, data)
        finally:
            times[str(path)] = time.perf_counter() - began

    reading.Reading.read = timed  # type: ignore[method-assign]
    library = Library(folder)
    before, began, cpu = memory("VmRSS"), time.perf_counter(), time.process_time()
    changes = library.refresh()
    took = time.perf_counter() - began
    files = {each.path: {"problem": each.problem, "code": each.code} for each in library._catalogue.files()}
    return {
        "files": {os.fsencode(path).decode("utf-8", "backslashreplace"): said for path, said in files.items()},
        "notes": library.notes,
        "read": len(changes.read),
        "unreadable": len(changes.unreadable),
        "seconds": took,
        "cpu": time.process_time() - cpu,
        "slowest": sorted(((took, path) for path, took in times.items()), reverse=True)[:12],
        "memory": {"before": before, "most": memory("VmHWM"), "after": memory("VmRSS")},
        "threads": [thread.name for thread in threading.enumerate()],
        "written": sorted(watch.written),
        "network": sorted(watch.network),
        "started": sorted(watch.started),
    }


def main() -> None:
    """Read the folder that is named, and print what came of it."""
    watch = Watch()
    sys.addaudithook(watch)
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else None
    json.dump(read(Path(sys.argv[1]), seconds, watch), sys.stdout)


if __name__ == "__main__":
    main()
