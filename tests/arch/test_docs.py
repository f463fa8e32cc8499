"""The documentation says what the program does: generated pages are up to date, and what README names exists."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from docterm.actions import ACTIONS, key_name
from docterm.cli.group import command

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
KEYS = {stroke for action in ACTIONS for key in action.keys for stroke in key_name(key).split()}
WORDS = {
    *(
        "great firewall",
        '"a phrase"',
        "censor*",
        "OR",
        "-word",
        "NEAR/5",
        "title:",
        "since:2019",
        "role:",
    ),  # to type into a search
    *("venv", ".venv", "pip install .", "docterm", "notebook.jsonl", "paragraphs.jsonl", "references.json"),
    *("DOCTERM_LIBRARY", "DOCTERM_NOTEBOOK"),
}
"""What README sets as code besides keys, commands and their options."""


def verbs() -> dict[str, click.Command]:
    """Give every command below `docterm` by its words: `quotes copy`."""
    found: dict[str, click.Command] = {}

    def walk(group: click.Group, path: tuple[str, ...]) -> None:
        context = click.Context(group)
        for name in group.list_commands(context):
            verb = group.get_command(context, name)
            assert verb is not None
            found[" ".join((*path, name))] = verb
            if isinstance(verb, click.Group):
                walk(verb, (*path, name))

    walk(command, ())
    return found


VERBS = verbs()


def code(page: str) -> Iterator[str]:
    """Give what a page sets as code, between backticks and in blocks of shell lines."""
    for block in re.findall(r"```(?:sh|console)\n(.*?)```", page, re.DOTALL):
        yield from (line.removeprefix("$ ") for line in block.splitlines() if line.startswith(("$ ", "./")))
    yield from re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", page, flags=re.DOTALL))


def test_the_generated_pages_are_up_to_date() -> None:
    answer = subprocess.run(
        [sys.executable, str(ROOT / "scripts/docs.py"), "--check"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (answer.stdout, answer.returncode) == ("", 0), answer.stderr


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_and_option_is_described(name: str) -> None:
    verb = VERBS[name]
    summary = (verb.help or "").split("\n\n")[0]
    assert summary.endswith(".")
    for option in verb.params:
        assert not isinstance(option, click.Option) or option.help, f"{name} {option.name}"


@pytest.mark.parametrize("name", [name for name in VERBS if " " not in name])
def test_every_verb_stands_in_the_readme(name: str) -> None:
    assert f"`docterm {name}" in README


@pytest.mark.parametrize("span", sorted({span for span in code(README) if "docterm" in span.split()[0]}))
def test_a_command_in_the_readme_exists(span: str) -> None:
    words = span.removeprefix("./").split()[1:]
    if not words or words == ["FOLDER"]:
        return
    verb = VERBS.get(" ".join(words[:2])) or VERBS.get(words[0])
    assert verb is not None, f"docterm has no verb {words[0]}"
    options = {name for parameter in (*verb.params, *command.params) for name in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= options


@pytest.mark.parametrize("span", sorted({span for span in code(README) if "docterm" not in span.split()[0]}))
def test_what_else_the_readme_sets_as_code_is_a_key_an_option_or_known(span: str) -> None:
    if span == "./test" or re.fullmatch(r"\.[a-z]+", span):  # a command, a kind of file
        return
    options = {name for verb in (*VERBS.values(), command) for option in verb.params for name in option.opts}
    assert span in WORDS | options or set(span.split()) <= KEYS


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "benchmarks/README.md"])
def test_links_lead_somewhere(page: str) -> None:
    path = ROOT / page
    for target in re.findall(r"\]\(([^)#]+)", path.read_text("utf-8")):
        assert target.startswith("https://") or (path.parent / target).exists(), target


def test_the_two_commands_of_the_readme_are_there_and_continuous_integration_runs_the_second() -> None:
    first, second = re.findall(r"```sh\n(.*)\n```", README)[:2]
    assert (first, second) == ("./docterm", "./test")
    assert (ROOT / first).stat().st_mode & 0o111
    assert (ROOT / second).stat().st_mode & 0o111
    assert second in (ROOT / ".ci/run").read_text("utf-8").splitlines()


def test_every_dependency_is_explained() -> None:
    pyproject = (ROOT / "pyproject.toml").read_text("utf-8")
    listed = re.search(r"^dependencies = \[(.*?)\]", pyproject, re.DOTALL | re.MULTILINE)
    assert listed is not None
    names = re.findall(r'"([A-Za-z0-9_-]+)', listed[1])
    assert names
    assert not [name for name in names if f"\n| {name} |" not in README]
