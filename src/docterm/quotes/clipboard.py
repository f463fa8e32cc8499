"""Carrying text to the user's clipboard, by whichever way there is, and saying honestly which.

Local helpers (pbcopy, clip.exe, wl-copy, xclip, xsel) report success. tmux reports that it holds the text, but not
whether the terminal around it took it, and a terminal that is sent an OSC 52 sequence reports nothing. The text always
goes to a file as well, and formatted text to another beside it, so that it is never lost.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
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
    formatted: tuple[str, ...] = ()
    """The command for HTML, where the program can carry it; programs that cannot paste HTML then paste nothing."""


class CopyResult(NamedTuple):
    """How a copy went: the route taken, whether it reported success, and a sentence for the user."""

    route: str
    """The helper's name, `osc52`, `file`, or `none`."""
    confirmed: bool
    sentence: str


_WAYLAND = Helper("wl-copy", ("wl-copy", "--type", "text/plain"), formatted=("wl-copy", "--type", "text/html"))
_XCLIP = ("xclip", "-selection", "clipboard")
_X11 = (
    Helper("xclip", _XCLIP, formatted=(*_XCLIP, "-t", "text/html")),
    Helper("xsel", ("xsel", "--clipboard", "--input")),
)
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


def copy(  # noqa: PLR0917
    text: str,
    environment: Mapping[str, str],
    osc52: Callable[[str], None] | None,
    last_copy: Path,
    html: str = "",
    formatted: bool = False,
) -> CopyResult:
    """Copy `text` by the best route that works, and always write it to the file `last_copy` too.

    `html` is the same as formatted text: it goes to a file of that name with the suffix `.html`, and if `formatted` it
    is what is copied where the route can carry it. `osc52` sends its argument to the terminal and may raise OSError;
    None where there is no terminal. The call blocks for at most about three seconds, so call it in a thread. It never
    raises for a failed route.
    """
    saved = _save(text, last_copy)
    beside = last_copy.with_suffix(".html")
    if not html or not _save(html, beside):
        with contextlib.suppress(OSError):
            beside.unlink()
    took = _run_helpers(text, html if formatted else "", environment)
    named = " and ".join(f"{helper.name} as formatted text" if rich else helper.name for helper, rich in took)
    if any(helper is not _TMUX for helper, _ in took):
        return CopyResult(took[0][0].name, True, f"copied by {named}")
    if took:
        return CopyResult("tmux", False, "held by tmux, and sent to the terminal (it does not confirm)")
    why = _unable(text, environment, osc52 is not None)
    if osc52 is not None and not why:
        with contextlib.suppress(OSError):
            osc52(text)
            return CopyResult("osc52", False, "sent to the terminal (it does not confirm)")
    if not saved:
        return CopyResult(
            "none", False, f"not copied: no clipboard was found, and {label(last_copy)} cannot be written"
        )
    return CopyResult("file", False, f"saved in {label(last_copy)}; {why or 'no clipboard was found'}")


def _unable(text: str, environment: Mapping[str, str], has_terminal: bool) -> str:
    """Say why the terminal cannot be sent a text, if that is known."""
    if not has_terminal:
        return ""
    if len(text.encode("utf-8", "replace")) > OSC52_LIMIT:
        return "it is too long to send to the terminal"
    # GNOME's terminals and their kin (VTE) and Apple's take no text from programs, and say nothing.
    if environment.get("VTE_VERSION") or environment.get("TERM_PROGRAM") == "Apple_Terminal":
        return "this terminal takes no text from programs"
    return ""


def _windows(environment: Mapping[str, str], platform: str) -> Helper:
    """Give clip.exe; on Windows by its full path, where a bare name would be looked for in the library first."""
    root = environment.get("SystemRoot", r"C:\Windows")
    program = rf"{root}\System32\clip.exe" if platform == "win32" else "clip.exe"
    return Helper("clip.exe", (program,), "utf-16-le")


def _run_helpers(text: str, html: str, environment: Mapping[str, str]) -> list[tuple[Helper, bool]]:
    """Run helpers until one took the text; give those that did, and whether each took it formatted.

    tmux passes text on only to terminals that take OSC 52, so after it a local helper is tried as well.
    """
    deadline = time.monotonic() + ALL_SECONDS
    took: list[tuple[Helper, bool]] = []
    for helper in helpers(environment):
        rich = bool(html and helper.formatted)
        given = (html if rich else text).encode(helper.encoding, "replace")
        if _run(helper.formatted if rich else helper.command, given, environment, deadline):
            took.append((helper, rich))
            if helper is not _TMUX:
                break
    return took


def _run(command: Sequence[str], given: bytes, environment: Mapping[str, str], deadline: float) -> bool:
    """Run one helper; say whether it ended well within its time."""
    program = shutil.which(command[0], path=environment.get("PATH", ""))
    seconds = min(HELPER_SECONDS, deadline - time.monotonic())
    if program is None or not os.path.isabs(program) or seconds <= 0:
        return False
    # pbcopy reads its input in the locale's encoding; no other helper minds.
    settings = {**environment, "LC_ALL": "en_US.UTF-8"} if command == _MAC.command else dict(environment)
    try:
        # A file instead of a pipe: nothing to fill up, and nothing for a helper that stays behind (wl-copy,
        # xclip) to keep open.
        with tempfile.TemporaryFile() as file:
            file.write(given)
            file.seek(0)
            process = subprocess.Popen(  # noqa: S603 - an absolute path and fixed arguments
                [program, *command[1:]],
                stdin=file,
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
