"""Carrying text to the user's clipboard, by whichever way there is, and saying honestly which.

Local helpers (pbcopy, clip.exe, wl-copy, xclip, xsel) and tmux report success; a terminal that is sent an
OSC 52 sequence does not. The text always goes to a file as well, so that it is never lost.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from docterm.config.writing import put
from docterm.text import label

OSC52_LIMIT = 74_994
"""Bytes of text: the most that terminals in use take at once (a sequence of 100,000 bytes)."""
HELPER_SECONDS = 1.0
ALL_SECONDS = 2.5


class Helper(NamedTuple):
    """A program that takes text on its standard input, by the name the user knows it by."""

    name: str
    command: tuple[str, ...]
    encoding: str = "utf-8"


class CopyResult(NamedTuple):
    """How a copy went: the route taken, whether it reported success, and a sentence for the user."""

    route: str
    """The helper's name, `osc52`, `file`, or `none`."""
    confirmed: bool
    sentence: str


_WAYLAND = Helper("wl-copy", ("wl-copy", "--type", "text/plain"))
_X11 = (Helper("xclip", ("xclip", "-selection", "clipboard")), Helper("xsel", ("xsel", "--clipboard", "--input")))
_TMUX = Helper("tmux", ("tmux", "load-buffer", "-w", "-"))
_MAC = Helper("pbcopy", ("pbcopy",))


def helpers(environment: Mapping[str, str], platform: str = sys.platform) -> tuple[Helper, ...]:
    """Give the helpers worth trying in an environment, best first.

    Over SSH the machine's own clipboard is not the user's, so only tmux is asked there.
    """
    local = not any(environment.get(name) for name in ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"))
    chosen: list[Helper] = []
    if local and platform == "darwin":
        chosen.append(_MAC)
    if local and (platform == "win32" or environment.get("WSL_DISTRO_NAME") or environment.get("WSL_INTEROP")):
        chosen.append(_windows(environment, platform))
    if environment.get("TMUX"):
        chosen.append(_TMUX)
    if local and environment.get("WAYLAND_DISPLAY"):
        chosen.append(_WAYLAND)
    if local and environment.get("DISPLAY"):
        chosen.extend(_X11)
    return tuple(chosen)


def copy(text: str, environment: Mapping[str, str], osc52: Callable[[str], None] | None, last_copy: Path) -> CopyResult:
    """Copy `text` by the best route that works, and always write it to the file `last_copy` too.

    `osc52` sends its argument to the terminal and may raise OSError; None where there is no terminal. The
    call blocks for at most about three seconds, so call it in a thread. It never raises for a failed route.
    """
    saved = _save(text, last_copy)
    took = _run_helpers(text, environment)
    if took:
        return CopyResult(took[0], True, f"copied by {' and '.join(took)}")
    too_long = len(text.encode("utf-8", "replace")) > OSC52_LIMIT
    if osc52 is not None and not too_long:
        with contextlib.suppress(OSError):
            osc52(text)
            return CopyResult("osc52", False, "sent to the terminal (it does not confirm)")
    if not saved:
        return CopyResult(
            "none", False, f"not copied: no clipboard was found, and {label(last_copy)} cannot be written"
        )
    reason = "it is too long to send to the terminal" if osc52 is not None and too_long else "no clipboard was found"
    return CopyResult("file", False, f"saved in {label(last_copy)}; {reason}")


def _windows(environment: Mapping[str, str], platform: str) -> Helper:
    """Give clip.exe; on Windows by its full path, where a bare name would be looked for in the library first."""
    root = environment.get("SystemRoot", r"C:\Windows")
    program = rf"{root}\System32\clip.exe" if platform == "win32" else "clip.exe"
    return Helper("clip.exe", (program,), "utf-16-le")


def _run_helpers(text: str, environment: Mapping[str, str]) -> list[str]:
    """Run helpers until one took the text, and give the names of those that did.

    tmux passes text on only to terminals that take OSC 52, so after it a local helper is tried as well.
    """
    deadline = time.monotonic() + ALL_SECONDS
    took: list[str] = []
    for helper in helpers(environment):
        if _run(helper, text, environment, deadline):
            took.append(helper.name)
            if helper is not _TMUX:
                break
    return took


def _run(helper: Helper, text: str, environment: Mapping[str, str], deadline: float) -> bool:
    """Run one helper; say whether it ended well within its time."""
    program = shutil.which(helper.command[0], path=environment.get("PATH", ""))
    seconds = min(HELPER_SECONDS, deadline - time.monotonic())
    if program is None or not os.path.isabs(program) or seconds <= 0:
        return False
    # pbcopy reads its input in the locale's encoding; no other helper minds.
    settings = {**environment, "LC_ALL": "en_US.UTF-8"} if helper is _MAC else dict(environment)
    try:
        # A file instead of a pipe: nothing to fill up, and nothing for a helper that stays behind (wl-copy,
        # xclip) to keep open.
        with tempfile.TemporaryFile() as given:
            given.write(text.encode(helper.encoding, "replace"))
            given.seek(0)
            process = subprocess.Popen(  # noqa: S603 - an absolute path and fixed arguments
                [program, *helper.command[1:]],
                stdin=given,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=settings,
                start_new_session=True,
            )
    except OSError:
        return False
    try:
        return process.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return False


def _save(text: str, path: Path) -> bool:
    """Write the text to a file of the user's own in one step; say whether that was possible."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        put(path, text.encode("utf-8", "replace"))
    except OSError:
        return False
    return True
