"""Indexing in a process of its own: `python -I -m docterm.search.indexing FOLDER`.

Python runs one thread at a time: an index that is made in a thread of the explorer makes every key late. The process
reads the catalogue, commits to the index, and says how far it has come, a line of JSON at a time: `done` and `total`
paragraphs, at the end `touched` documents and `notes`. It ends when nobody holds the other end of its input any more,
and can be killed at any moment: what was committed stays.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO, NamedTuple

from docterm.library.confine import end_with
from docterm.text import label

COMMAND = (sys.executable, "-I", "-m", "docterm.search.indexing")
LOOK_SECONDS = 0.1
"""Between two looks at whether the work is still wanted."""
STANDS_BACK = 5
"""How much less of a busy machine the process asks for than the explorer."""
Progress = Callable[[int, int], None]


class Outcome(NamedTuple):
    """What became of indexing."""

    touched: int
    notes: tuple[str, ...]


def index_apart(root: Path, cancelled: Callable[[], bool], progress: Progress) -> Outcome | None:
    """Bring the index of the library in `root` up to date in a process of its own, and wait for it.

    Gives None when that is cancelled or fails; what was committed by then stays.
    """
    import subprocess  # here: most libraries need no process

    process = subprocess.Popen(  # noqa: S603 - docterm's own command
        (*COMMAND, str(root)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    lines: SimpleQueue[bytes] = SimpleQueue()
    with process:
        threading.Thread(target=_pass_on, args=(process.stdout, lines), name="index", daemon=True).start()
        try:
            return _follow(lines, cancelled, progress)
        finally:
            process.kill()


def _pass_on(stream: IO[bytes], lines: SimpleQueue[bytes]) -> None:
    for line in stream:
        lines.put(line)
    lines.put(b"")


def _follow(lines: SimpleQueue[bytes], cancelled: Callable[[], bool], progress: Progress) -> Outcome | None:
    while not cancelled():
        try:
            line = lines.get(timeout=LOOK_SECONDS)
        except Empty:
            continue
        if not line:  # it has ended before its time
            return None
        said = json.loads(line)
        if "touched" in said:
            return Outcome(said["touched"], tuple(label(note, 1000) for note in said["notes"]))
        progress(said["done"], said["total"])
    return None


def main(root: Path) -> None:
    """Bring the index of a library up to date."""
    from docterm.library.library import Library
    from docterm.search.service import SearchService

    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not come between the lines
    end_with(0)
    if hasattr(os, "nice"):
        os.nice(STANDS_BACK)

    def say(**said: object) -> None:
        out.write(f"{json.dumps(said)}\n")
        out.flush()

    library = Library(root)
    service = SearchService(library)
    touched = service.synchronise(progress=lambda done, total: say(done=done, total=total))
    say(touched=touched, notes=service.notes)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
