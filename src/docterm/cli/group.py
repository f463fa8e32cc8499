"""The command `docterm`: its verbs, each imported when it is asked for, and the explorer for everything else."""

from __future__ import annotations

import os
from importlib import import_module

import click

from docterm import __version__
from docterm.cli.context import HELP, Options, place_options
from docterm.errors import RequestError
from docterm.text import label

VERBS = {
    "search": "search",
    "show": "show",
    "list": "documents",
    "add": "add",
    "record": "record",
    "index": "index",
    "kwic": "kwic",
    "compare": "compare",
    "terms": "terms",
    "quote": "quote",
    "quotes": "quotes",
    "check": "check",
    "cite": "cite",
    "themes": "themes",
    "meaning": "meaning",
    "doctor": "doctor",
}
"""The verbs, in the order of the help, and the modules they are in."""
EXPLORER = "explore"


class Verbs(click.Group):
    """A group that imports a verb's module when the verb is used, and reads any other word as a folder to open."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names of the verbs in the order of the help."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Give the verb of a name."""
        module = VERBS.get(cmd_name)
        return None if module is None else _load(module)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb the first argument names; when it is a path, that is one for the explorer."""
        if args[0] in VERBS:
            return super().resolve_command(ctx, args)
        if os.path.exists(args[0]):
            return EXPLORER, _load(EXPLORER), args
        raise _unknown(args[0])


def _load(module: str) -> click.Command:
    verb: click.Command = import_module(f"docterm.cli.{module}").command
    return verb


def _unknown(word: str) -> RequestError:
    from difflib import get_close_matches

    near = get_close_matches(word.lower(), VERBS, n=1)
    shown = label(word, 60)
    hint = f"Did you mean `docterm {near[0]}`?" if near else f"To search for it: `docterm search {shown}`."
    return RequestError(
        f"“{shown}” is no command of docterm and no folder.", f"{hint} `docterm --help` lists the commands."
    )


def usage_error(error: click.ClickException) -> RequestError:
    """Turn click's complaint about the arguments into docterm's own."""
    path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "docterm"
    return RequestError(
        label(error.format_message(), 400), f"`{path.removesuffix(f' {EXPLORER}')} --help` says what can be asked."
    )


@click.group(cls=Verbs, invoke_without_command=True, context_settings=HELP, subcommand_metavar="[PATH | COMMAND ...]")
@place_options
@click.version_option(__version__, message="docterm %(version)s")
@click.pass_context
def command(context: click.Context) -> int:
    """Search, read and compare the documents in a folder, and collect quotes with their citations.

    `docterm` opens your library in the explorer, and `docterm PATH` the folder PATH. The commands below
    answer at once, for scripts and for quick questions.

    Exit codes: 0 found, all well; 1 nothing found, or something altered or missing; 2 the request or its
    input is at fault; 3 docterm is.
    """
    context.ensure_object(Options)
    if context.invoked_subcommand is None:
        return int(context.invoke(_load(EXPLORER)))
    return 0
