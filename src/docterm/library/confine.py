"""What the process that reads foreign files may take and do: memory, time, open files, and nothing outside it.

The limits are the system's own, and hold for native parsers too. What Python code could do beyond them (write, start
a program, ask the network) is refused by an audit hook. It is asked 4,000 times while a PDF of 350 pages is read, which
is too little to be measured. It stops a parser that was led astray, not machine code that was smuggled into one.
"""

from __future__ import annotations

import contextlib
import math
import os
import sys
import threading
import time
from typing import Any

MEMORY_BYTES = 1 << 30
OPEN_FILES = 64
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REFUSED = (
    "socket.", "subprocess.", "shutil.", "tempfile.", "sqlite3.", "pty.", "os.exec", "os.fork", "os.posix_spawn",
    "os.spawn", "os.startfile", "os.system", "os.kill", "os.link", "os.symlink", "os.mkdir", "os.remove", "os.rename",
    "os.rmdir", "os.truncate", "os.utime", "os.chmod", "os.chown", "os.setxattr", "os.removexattr", "os.putenv",
    "signal.pthread_kill", "mmap.", "webbrowser.", "urllib.", "http.", "ftplib.", "smtplib.", "sys.remote_exec",
)  # fmt: skip


def confine() -> None:
    """Put this process under its limits for good."""
    _limit_resources()
    readable = tuple({os.path.realpath(path) for path in (*sys.path, sys.prefix, sys.base_prefix)})

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if isinstance(path, str | bytes | os.PathLike) and (
                (isinstance(flags, int) and flags & _WRITING) or not _stands_in(path, readable)
            ):
                raise PermissionError(f"a reader may not open {os.fspath(path)!r}")
        elif event.startswith(_REFUSED):
            raise PermissionError(f"a reader may not do {event}")

    sys.addaudithook(watch)


def _stands_in(path: str | bytes | os.PathLike[Any], folders: tuple[str, ...]) -> bool:
    whole = os.path.abspath(os.fsdecode(path))
    return whole.startswith(folders)


def _limit_resources() -> None:
    try:
        import resource
    except ImportError:  # Windows has none; there the time limit is all
        return
    limits = (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    )
    for kind, limit in limits:
        with contextlib.suppress(ValueError, OSError):  # some systems refuse some of them
            resource.setrlimit(kind, (limit, limit))


def allow_seconds(seconds: float) -> None:
    """Let the system end this process when it takes more than so many seconds of processor time from now on.

    The reader outside stops it by the clock before that; this is for a worker whose reader is gone.
    """
    try:
        import resource
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time() + seconds), most))


def end_with(descriptor: int) -> None:
    """End this process as soon as nobody holds the other end of a pipe any more: who started it is gone."""
    try:
        from select import poll
    except ImportError:  # Windows; there the process ends when it has answered
        return
    watched = poll()
    watched.register(descriptor, 0)  # the hang-up is told whatever is asked for

    def wait() -> None:
        watched.poll()
        os._exit(0)

    threading.Thread(target=wait, name="parent", daemon=True).start()
