"""Fixtures for tests of the explorer: a library that is read once, and a desk to open it at."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path

import pytest
from textual.widgets import Input

from docterm.config.paths import cache_for, shipped_library
from docterm.library.library import Library
from docterm.search.service import SearchService
from docterm.tui import key_order
from tui.support import Desk, Sit, at_desk


@pytest.fixture(autouse=True)
def still_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop what goes by the clock or reaches outside: the blinking cursor, clipboards, garbage that is never let go."""
    monkeypatch.setattr(key_order, "PATIENCE", 60.0)  # a slow machine loses none
    monkeypatch.setattr(Input.cursor_blink, "_default", False)
    monkeypatch.setattr(gc, "freeze", lambda: None)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "TMUX", "WSL_DISTRO_NAME", "WSL_INTEROP"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def read_digests(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give a copy of the two shipped digests, and a cache folder in which they are read and indexed already."""
    root = tmp_path_factory.mktemp("digests") / "library"
    root.mkdir()
    for name in ("voa2023.md", "gabuev2021.md", "references.json"):
        shutil.copy(shipped_library() / name, root / name)
    cache = tmp_path_factory.mktemp("read")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(cache))
        library = Library(root)
        search = SearchService(library)
        library.refresh()
        search.synchronise()
        search.close()
        library.close()
    return root, cache


@pytest.fixture
def digests(read_digests: tuple[Path, Path], own_home: Path) -> Path:
    """Give the folder of the two digests, already read."""
    root, cache = read_digests
    shutil.copytree(cache, os.environ["XDG_CACHE_HOME"], dirs_exist_ok=True)
    assert cache_for(root).is_dir()
    return root


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    """Give the file in which the explorer of this test keeps its quotes."""
    return tmp_path / "notebook.jsonl"


@pytest.fixture
def sit(digests: Path, notebook: Path) -> Sit:
    """Give a seat at the explorer, on the two digests unless told otherwise: to be entered with `async with`."""

    def sit_down(width: int = 100, height: int = 30, root: Path | None = None) -> AbstractAsyncContextManager[Desk]:
        return at_desk(root or digests, notebook, (width, height))

    return sit_down


@pytest.fixture
def make_library(tmp_path: Path) -> Callable[..., Path]:
    """Give a maker of libraries: called with names and texts, it gives the folder."""
    return partial(_write, tmp_path / "made")


def _write(root: Path, files: dict[str, str]) -> Path:
    root.mkdir(exist_ok=True)
    for name, text in files.items():
        (root / name).write_text(text, "utf-8")
    return root
