"""Opening the explorer. Apart from its command, because a start without arguments needs no parser of arguments."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from docterm.errors import RequestError


def explore(root: Path | None = None, notebook: Path | None = None) -> int:
    """Open the explorer on a library folder, the default one unless told; give the exit code.

    Raises LibraryError when the folder cannot be listed, RequestError where there is no terminal.
    """
    from docterm.config.paths import default_library, notebook_for
    from docterm.library.scan import require_folder

    root = require_folder(root or default_library())
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        raise RequestError(
            "The explorer needs a terminal, and this is none.",
            "Ask with a verb: `docterm search WORDS`, or `docterm --help`.",
        )
    gc.disable()  # the explorer turns it on again: collecting half-built modules takes 15 % of the start
    from docterm.tui.app import run

    return run(root, notebook or notebook_for(root))
