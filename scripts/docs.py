"""Write what the program knows of itself into docs/: keys.md, commands.md, and the examples in json.md.

    python scripts/docs.py            writes them
    python scripts/docs.py --check    says which are out of date, and exits 1 when one is

keys.md is made of the table of actions, commands.md of the commands' own descriptions. json.md is written by hand
but for its examples: each `$ docterm ...` line in it is run on the shipped library, in a home of its own, and the
answer, shortened, is put below it. An example is out of date when its shape is: ids and times differ each time.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import platform
import re
import shlex
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from docterm.actions import Scope, actions, key_name
from docterm.cli import main as run
from docterm.cli.group import command as docterm

DOCS = Path(__file__).parents[1] / "docs"
EXAMPLE = re.compile(
    r"(```console\n\$ docterm (?P<arguments>[^\n]*)\n```\n\n```json\n)(?P<answer>.*?)(?=\n```\n)", re.DOTALL
)
SCALARS = re.compile(r"\[\s+([^\[\]{}]*?)\s+\]")
"""A list of plain values, which reads better on one line."""
LONGEST = 64
"""Code points of a string in an example."""
MADE_BY = "<!-- Made by scripts/docs.py: change what it is made from, and run it again. -->"
NOTES = "Notes on the harbour\n\nThe harbour was closed in May.\n"
"""The file notes.txt of the examples."""
DRAFT = "The guide says that “every document has its own key” [@guide, para. 3].\n"
"""The file draft.md of the examples."""


# --- keys ----------------------------------------------------------------------------------------


def keys_page() -> str:
    """Give the page of keys: a table a scope."""
    lines = [
        "# Keys",
        "",
        MADE_BY,
        "",
        "A key means the same wherever it works. In a text field letters are text; everywhere else they are keys.",
    ]
    for scope in Scope:
        lines += ["", f"## {scope.value}", "", "| keys | name | what it does |", "|---|---|---|"]
        for action in actions(scope):
            keys = ", ".join(f"`{key_name(key)}`" for key in action.keys)
            lines.append(f"| {keys} | {action.title} | {_cell(action.help)} |")
    return "\n".join(lines) + "\n"


# --- commands ------------------------------------------------------------------------------------


def commands_page() -> str:
    """Give the page of commands: usage, description and options of each."""
    lines = ["# Commands", "", MADE_BY, "", "`--library` and `--notebook` may stand before or after a verb."]
    for context in _contexts(click.Context(docterm, info_name="docterm")):
        verb = context.command
        level = context.command_path.count(" ") + 2
        usage = " ".join([context.command_path, *_usage(verb)])
        lines += ["", f"{'#' * level} {context.command_path}", "", "```", usage, "```"]
        lines += ["", *_description(verb)]
        if options := _options(context):
            lines += ["", "| option | what it does |", "|---|---|"]
            lines += [f"| {_option(option)} | {_cell(option.help or '')} |" for option in options]
    return "\n".join(lines) + "\n"


def _contexts(context: click.Context) -> Iterator[click.Context]:
    """Give the context of a command and of all below it, in the order of the help."""
    yield context
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            verb = context.command.get_command(context, name)
            if verb is not None and not verb.hidden:
                yield from _contexts(click.Context(verb, info_name=name, parent=context))


def _options(context: click.Context) -> list[click.Option]:
    """Give the options of a command that the group `docterm` has not."""
    known = {each.name for each in docterm.params} if context.parent else set()
    return [each for each in context.command.params if isinstance(each, click.Option) and each.name not in known]


def _usage(verb: click.Command) -> Iterator[str]:
    yield "[OPTIONS]"
    for parameter in verb.params:
        if isinstance(parameter, click.Argument):
            name = parameter.metavar or (parameter.name or "").upper()
            more = "..." if parameter.nargs == -1 and not name.endswith("...") else ""
            yield (name if parameter.required or name.startswith("[") else f"[{name}]") + more
    if isinstance(verb, click.Group):
        yield verb.subcommand_metavar or "COMMAND"


def _description(verb: click.Command) -> list[str]:
    paragraphs = (verb.help or "").split("\n\n")
    joined = (" ".join(paragraph.split()) for paragraph in paragraphs)
    return "\n\n".join(joined).replace("*", "\\*").splitlines()


def _option(option: click.Option) -> str:
    value = option.metavar or ""
    if isinstance(option.type, click.Choice):
        value = "\\|".join(map(str, option.type.choices))
    names = ", ".join(f"`{name}`" for name in option.opts)
    return f"{names} {value}".strip()


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


# --- the examples of JSON ------------------------------------------------------------------------


def json_page() -> str:
    """Give json.md with the examples as docterm answers now, run in their order in one home."""
    with _home():
        return EXAMPLE.sub(lambda match: match[1] + _answer(match["arguments"]), (DOCS / "json.md").read_text("utf-8"))


def shapes(page: str) -> list[tuple[str, object]]:
    """Give the arguments and the shape of each example: names, and types of values."""
    return [(match["arguments"], _shape(json.loads(match["answer"]))) for match in EXAMPLE.finditer(page)]


def _answer(arguments: str) -> str:
    written = io.StringIO()
    with contextlib.redirect_stdout(written), contextlib.redirect_stderr(io.StringIO()):
        run(shlex.split(arguments))
    text = json.dumps(_shortened(json.loads(written.getvalue())), ensure_ascii=False, indent=2)
    return SCALARS.sub(lambda match: f"[{' '.join(match[1].split())}]", text)


def _shortened(value: object) -> object:
    """Give a JSON value with one item of each list of objects, and no long strings."""
    if isinstance(value, str):
        value = value.replace(os.environ["HOME"], "~").replace(platform.platform(), platform.system())
        return value if len(value) <= LONGEST else f"{value[: LONGEST - 1]}…"
    if isinstance(value, list):
        return [_shortened(item) for item in (value[:1] if value[:1] and isinstance(value[0], dict) else value[:3])]
    if isinstance(value, dict):
        return {name: _shortened(item) for name, item in value.items()}
    return value


def _shape(value: object) -> object:
    if isinstance(value, dict):
        return {name: _shape(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_shape(value[0])] if value else []
    return "number" if isinstance(value, int | float) and not isinstance(value, bool) else type(value).__name__


@contextlib.contextmanager
def _home() -> Iterator[None]:
    """Run in a new home, in a folder with the files notes.txt and draft.md, with a saved search."""
    before, place = dict(os.environ), Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        home = Path(name).resolve()
        for variable in [each for each in os.environ if each.startswith("DOCTERM_")]:
            del os.environ[variable]
        os.environ |= {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CACHE", "CONFIG", "DATA", "STATE")}
        os.environ["HOME"] = str(home)
        os.chdir(home)
        (home / "notes.txt").write_text(NOTES, "utf-8")
        (home / "draft.md").write_text(DRAFT, "utf-8")
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            run(["search", "firewall", "--save", "walls"])
        try:
            yield
        finally:
            os.chdir(place)
            os.environ.clear()
            os.environ.update(before)


# --- writing and checking ------------------------------------------------------------------------

PAGES: dict[str, Callable[[], str]] = {"keys.md": keys_page, "commands.md": commands_page, "json.md": json_page}


def outdated() -> Iterator[str]:
    """Give the names of the pages that are not what the program says now."""
    for name, make in PAGES.items():
        path = DOCS / name
        written, now = path.read_text("utf-8") if path.exists() else "", make()
        if shapes(written) != shapes(now) if name == "json.md" else written != now:
            yield name


def main(arguments: list[str]) -> int:
    """Write the pages, or check them; give the exit code."""
    if arguments == ["--check"]:
        names = list(outdated())
        for name in names:
            sys.stdout.write(f"docs/{name} is out of date: run python scripts/docs.py\n")
        return int(bool(names))
    for name in list(outdated()):
        (DOCS / name).write_text(PAGES[name](), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
