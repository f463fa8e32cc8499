"""Errors that nobody foresaw: the traceback goes to a file, the user gets a sentence."""

from __future__ import annotations

import platform
import sys
import traceback

import docterm
from docterm.config.paths import private_folder, state_folder
from docterm.errors import DoctermError
from docterm.text import label, sanitise

LAST_ERROR = "last-error.txt"


def keep_traceback(error: Exception) -> DoctermError:
    """Write the traceback of `error` to the state folder, and give the error to tell the user."""
    message = f"docterm made a mistake of its own: {label(repr(error))}"
    try:
        path = private_folder(state_folder()) / LAST_ERROR
        path.write_text(_report(error), encoding="utf-8")
    except Exception:  # whatever it was that failed may fail here too
        return DoctermError(message, "What happened could not be written down.")
    return DoctermError(message, f"What happened is written in {label(path, 1000)}; please send it with your report.")


def _report(error: Exception) -> str:
    about = f"docterm {docterm.__version__}, Python {platform.python_version()}, {platform.platform()}\n"
    arguments = f"arguments: {sys.argv[1:]!r}\n\n"
    return sanitise(about + arguments + "".join(traceback.format_exception(error)))
