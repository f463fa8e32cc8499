"""The command line: `main` runs a verb and turns whatever comes of it into streams and an exit code.

0 found, all well; 1 nothing found, something altered or missing; 2 the request or the input is at fault;
3 docterm is; 130 stopped with Ctrl-C. No traceback reaches the screen: an error that nobody foresaw goes to
a file, and one sentence says where it is.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import Literal, TextIO

from docterm.errors import DoctermError

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run docterm with `arguments` (without the program's name; those of the process unless given)."""
    _prepare_streams()
    try:
        code = _run(sys.argv[1:] if arguments is None else list(arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        code = 0  # whoever read the answer had enough of it
    except KeyboardInterrupt:
        code = INTERRUPTED
    except DoctermError as error:
        code = _complain(error)
    except Exception as error:  # a fault of docterm's own
        code = _confess(error)
    _release_stdout()
    return code


def _run(arguments: list[str]) -> int:
    if not arguments:
        from docterm.cli.start import explore

        return explore()  # without click, whose import takes a tenth of the start
    import click

    from docterm.cli.group import command

    try:
        with command.make_context("docterm", arguments) as context:
            result = command.invoke(context)
            return result if isinstance(result, int) else 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.Abort:
        return INTERRUPTED
    except click.ClickException as error:
        from docterm.cli.group import usage_error

        return _complain(usage_error(error))


def _complain(error: DoctermError) -> int:
    """Say on stderr what is wrong and what to do; give the exit code."""
    from docterm.cli.output import note

    try:
        note(error.message)
        if error.hint:
            note(error.hint)
    except OSError:
        pass  # nobody listens; the exit code still tells
    return error.exit_code


def _confess(error: Exception) -> int:
    from docterm.cli.fault import keep_traceback

    return _complain(keep_traceback(error))


def _prepare_streams() -> None:
    """Make writing safe in any encoding, and possible where a stream was closed before docterm began."""
    sys.stdin = sys.stdin or _nowhere("r")
    sys.stdout = sys.stdout or _nowhere("w")
    sys.stderr = sys.stderr or _nowhere("w")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _nowhere(mode: Literal["r", "w"]) -> TextIO:
    return open(os.devnull, mode, encoding="utf-8")


def _release_stdout() -> None:
    """Write what is left to write; where nobody takes it, keep Python from saying so at its exit."""
    try:
        sys.stdout.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
