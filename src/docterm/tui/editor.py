"""Opening a file in the reader's own editor, in which the screen is the editor's until it ends."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

from docterm.text import label

DEFAULT = "vi"
_GOTO = {"code", "codium", "zed", "subl", "hx", "helix"}
"""Editors that take FILE:LINE; nearly all others take +LINE."""


def command(path: Path, line: int, editor: str) -> list[str]:
    """Give the command that opens a file at a line in an editor, as `VISUAL` and `EDITOR` name one."""
    words = shlex.split(editor) or [DEFAULT]
    program = Path(words[0]).name
    if program in _GOTO:
        goto = ["--goto"] if program in ("code", "codium") else []
        return [*words, *goto, f"{path}:{line}"]
    return [*words, f"+{line}", str(path)]


def edit(path: Path, line: int) -> str:
    """Run the editor on a file at a line and wait for its end; give a sentence when that cannot be, else nothing."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or DEFAULT
    try:
        done = subprocess.run(command(path.resolve(), line, editor), check=False)  # noqa: S603 - what the user set
    except (OSError, ValueError) as error:
        return f"The editor “{label(editor, 60)}” cannot be run: {error}. Set EDITOR to the one you use."
    return "" if done.returncode == 0 else f"The editor “{label(editor, 60)}” ended with code {done.returncode}."
