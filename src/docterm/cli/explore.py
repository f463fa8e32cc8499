"""`docterm [PATH]`: the explorer."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

import click

from docterm.cli.context import HELP, Options, library_root, notebook_path, place_options
from docterm.errors import LibraryError, RequestError
from docterm.text import label


@click.command("explore", context_settings=HELP)
@click.argument("path", required=False)
@place_options
@click.pass_context
def command(context: click.Context, path: str | None) -> int:
    """Open the library, or the folder PATH, in the explorer."""
    options = context.ensure_object(Options)
    root = _folder(options, path)
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        raise RequestError(
            "The explorer needs a terminal, and this is none.",
            "Ask with a verb: `docterm search WORDS`, or `docterm --help`.",
        )
    gc.disable()  # the explorer turns it on again: collecting half-built modules takes 15 % of the start
    from docterm.tui.app import run

    return run(root, notebook_path(options, root))


def _folder(options: Options, path: str | None) -> Path:
    from docterm.library.scan import require_folder

    if path is None:
        return require_folder(library_root(options))
    if options.library is not None:
        raise RequestError("Two libraries are named.", "Give the folder once: `docterm PATH` or --library PATH.")
    if os.path.isfile(path):
        shown = label(path)
        raise LibraryError(
            f"{shown} is a file, not a library.",
            f"Add it with `docterm add {shown}`, or open its folder: `docterm {label(Path(path).parent)}`.",
        )
    return require_folder(Path(path))
