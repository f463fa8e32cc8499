"""`docterm [PATH]`: the explorer."""

from __future__ import annotations

import os
from pathlib import Path

import click

from docterm.cli.context import HELP, Options, place_options
from docterm.cli.start import explore
from docterm.errors import LibraryError, RequestError
from docterm.text import label


@click.command("explore", context_settings=HELP)
@click.argument("path", required=False)
@place_options
@click.pass_context
def command(context: click.Context, path: str | None) -> int:
    """Open the library, or the folder PATH, in the explorer."""
    options = context.ensure_object(Options)
    return explore(_folder(options, path), options.notebook)


def _folder(options: Options, path: str | None) -> Path | None:
    if path is None:
        return options.library
    if options.library is not None:
        raise RequestError("Two libraries are named.", "Give the folder once: `docterm PATH` or --library PATH.")
    if os.path.isfile(path):
        shown = label(path)
        raise LibraryError(
            f"{shown} is a file, not a library.",
            f"Add it with `docterm add {shown}`, or open its folder: `docterm {label(Path(path).parent)}`.",
        )
    return Path(path)
