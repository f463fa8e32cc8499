"""The wheel: what is in it, and that it works far from the repository, in an environment of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

import docterm

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel with what the test extra installed: no network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert built.returncode == 0, built.stderr
    [path] = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel alone into a new environment, which borrows only the dependencies of this one."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    paths = sysconfig.get_paths("venv", {"base": str(folder), "platbase": str(folder)})
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*command, "--disable-pip-version-check", str(wheel)], timeout=120, check=True)
    (Path(paths["purelib"]) / "borrowed.pth").write_text(f"{sysconfig.get_path('purelib')}\n", "utf-8")
    return python


def _run(python: Path, folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(python.with_name(command[0])), *command[1:]],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )


def test_the_wheel_holds_what_docterm_needs_and_nothing_else(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
    shipped = {f"docterm/shipped/{path.name}" for path in (ROOT / "library").iterdir() if path.is_file()}
    assert {"docterm/shipped/guide.md", "docterm/shipped/references.json"} <= shipped <= names
    assert {"docterm/py.typed", "docterm/tui/docterm.tcss"} <= names
    [licence] = [name for name in names if name.endswith("/LICENSE")]
    tops = {name.split("/")[0] for name in names}
    assert tops == {"docterm", licence.split("/")[0]}
    assert not [name for name in names if "test" in name or name.endswith((".pyc", ".jsonl"))]


def test_every_module_is_in_the_wheel(wheel: Path) -> None:
    package = ROOT / "src"
    modules = {path.relative_to(package).as_posix() for path in package.rglob("*.py")}
    with ZipFile(wheel) as archive:
        assert modules <= set(archive.namelist())


def test_it_is_the_installed_docterm_that_runs(installed: Path, tmp_path: Path) -> None:
    code = "import docterm, sys; print(docterm.__file__); print(docterm.__version__)"
    answer = _run(installed, tmp_path, installed.name, "-c", code)
    where, version = answer.stdout.split("\n")[:2]
    assert Path(where).is_relative_to(installed.parents[1])
    assert version == docterm.__version__
    assert _run(installed, tmp_path, "docterm", "--version").stdout == f"docterm {docterm.__version__}\n"


def test_the_library_that_comes_with_it_is_listed_and_searched(installed: Path, tmp_path: Path) -> None:
    listed = _run(installed, tmp_path, "docterm", "list", "--json")
    assert listed.returncode == 0, listed.stderr
    assert {document["key"] for document in json.loads(listed.stdout)["documents"]} == {
        path.stem for path in (ROOT / "library").glob("*.md")
    }
    found = _run(installed, tmp_path, "docterm", "search", "--json", "great firewall")
    assert found.returncode == 0, found.stderr
    assert "voa2023:12" in [hit["address"] for hit in json.loads(found.stdout)["hits"]]
