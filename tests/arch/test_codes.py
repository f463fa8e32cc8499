"""Every refusal of a file says in a word, in one sentence and in a hint what is wrong, why, and what to do."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import docterm
from docterm.errors import Code

ROOT = Path(docterm.__file__).parent
RAISED = [path for path in sorted((ROOT / "library").rglob("*.py")) if "ReadError(" in path.read_text("utf-8")]


def refusals(path: Path) -> Iterator[ast.Call]:
    """Give every making of a ReadError in a module, but those whose arguments come from elsewhere in it."""
    calls = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
    for call in calls:
        passed_on = any(isinstance(argument, ast.Starred) for argument in call.args)
        if ast.unparse(call.func) == "ReadError" and not passed_on:
            yield call


@pytest.mark.parametrize("path", RAISED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_refusal_names_its_code_and_what_to_do(path: Path) -> None:
    for call in refusals(path):
        assert len(call.args) == 3, f"{path.name}:{call.lineno} gives no code or no hint"
        hint = call.args[1]
        assert not isinstance(hint, ast.Constant) or hint.value, f"{path.name}:{call.lineno} does not say what to do"


def test_no_code_is_idle() -> None:
    said = "".join(path.read_text("utf-8") for path in RAISED)
    assert not [code for code in Code if f"Code.{code.name}" not in said]
