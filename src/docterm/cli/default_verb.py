"""A group of verbs with one that is meant when none is named."""

from __future__ import annotations

import click

from docterm.cli.context import HELP


class ByDefault(click.Group):
    """A group whose verb `default` is meant when no other is named."""

    default = "list"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default verb where none stands, behind the options that may stand before a verb."""
        place = 0
        while place < len(args) and args[place].startswith(("--library", "--notebook")):
            place += 1 if "=" in args[place] else 2
        if not args[place : place + 1] or args[place] not in (*self.commands, *HELP["help_option_names"]):
            args = [*args[:place], self.default, *args[place:]]
        return super().parse_args(ctx, args)
