"""No text from outside can be taken for Textual's markup: what shows text is told not to look for any.

A string that is not written out in the source could be a document's. Textual reads markup in most strings, and markup
can run an action; so every widget, message and title that is given such a string has to be given it as plain text.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import docterm

FILES = sorted((Path(docterm.__file__).parent / "tui").rglob("*.py"))
TOLD = {
    *("Static", "Label", "Button", "Checkbox", "RadioButton", "OptionList", "SelectionList", "Digits", "notify"),
}
"""What reads markup in its first argument, or in the options it is given later, unless `markup=False`."""
UNTELLABLE = {
    *("DataTable", "Tree", "Tab", "TabPane", "Collapsible", "Link"),
    *("add_row", "add_column", "add_leaf", "add_pane"),
}
"""What cannot be told so: it may be given what is written out, or Content."""
NEVER = {"from_markup", "from_ansi", "render_markup", "Markdown", "MarkdownViewer", "RichLog", "Log", "to_content"}
"""What reads markup, or lets escape sequences through, whatever it is told."""
ATTRIBUTES = {"border_title", "border_subtitle", "tooltip", "label", "prompt"}
"""What reads markup in a string that is assigned to it."""


def name_of(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def is_plain(node: ast.expr) -> bool:
    """Say whether an expression is written out here, or is Content already."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.IfExp):
        return is_plain(node.body) and is_plain(node.orelse)
    if isinstance(node, ast.Call):
        of = node.func.value if isinstance(node.func, ast.Attribute) else node.func
        return name_of(of) in ("Content", "Text") and name_of(node.func) not in NEVER
    return name_of(node) == "content"


def is_told(call: ast.Call) -> bool:
    """Say whether a call has `markup=False`."""
    return any(
        each.arg == "markup" and isinstance(each.value, ast.Constant) and each.value.value is False
        for each in call.keywords
    )


def faults(source: str) -> Iterator[str]:
    """Give every place at which a string could be read as markup."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from in_call(node)
        elif isinstance(node, ast.ClassDef):
            yield from in_class(node)
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Attribute) and target.attr in ATTRIBUTES and not is_plain(node.value):
                    yield f"{node.lineno}: {target.attr} is given what may be foreign"


def in_call(call: ast.Call) -> Iterator[str]:
    name = name_of(call.func)
    if name in NEVER:
        yield f"{call.lineno}: {name} is never right"
    elif name in TOLD and not is_told(call):
        yield f"{call.lineno}: {name} is not told that this is no markup"
    elif name in UNTELLABLE and not all(map(is_plain, [*call.args, *(each.value for each in call.keywords)])):
        yield f"{call.lineno}: {name} is given what may be foreign"


def in_class(node: ast.ClassDef) -> Iterator[str]:
    calls = [each for each in ast.walk(node) if isinstance(each, ast.Call) and name_of(each.func) == "__init__"]
    if TOLD & set(map(name_of, node.bases)) and not any(map(is_told, calls)):
        yield f"{node.lineno}: {node.name} does not tell its parent that this is no markup"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_foreign_is_taken_for_markup(path: Path) -> None:
    assert list(faults(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "line",
    [
        "Static(title)", "Label(f'{title}')", "Label('Title: ' + title, classes='x')", "Static(title, markup=True)",
        "self.notify(str(error))", "self.app.notify(error.message, title='No')", "OptionList(*names)",
        "table.add_row(title, 'a')", "widget.border_title = document.title", "widget.tooltip = title",
        "Content.from_markup(title)", "Text.from_markup(title)", "Text.from_ansi(title)", "Markdown(text)",
        "RichLog()", "Button(title)", "Tab(title)", "Collapsible(x, title=title)", "Static(markup=title)",
        "class List(OptionList):\n    def __init__(self):\n        super().__init__()",
        "class List(OptionList):\n    pass",
    ],
)  # fmt: skip
def test_the_fault_would_be_found(line: str) -> None:
    assert list(faults(line))


@pytest.mark.parametrize(
    "line",
    [
        "Static(title, markup=False)", "Label('x', markup=False)", "self.notify(title, markup=False)",
        "table.add_row(Content(title), 'a')", "widget.border_title = 'Title'", "widget.border_title = Content(title)",
        "Option(row.content)", "Option(title)", "self.status.update(title)", "Content.assemble(title, (x, 'bold'))",
        "class List(OptionList):\n    def __init__(self):\n        super().__init__(markup=False)",
    ],
)  # fmt: skip
def test_what_is_right_is_left_alone(line: str) -> None:
    assert not list(faults(line))
