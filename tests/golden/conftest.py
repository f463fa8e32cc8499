"""The fixtures of the explorer's tests, for the golden screens as well; no screen shows where the tests ran."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.conftest import digests, make_library, read_digests, sit, still_screen

__all__ = ["digests", "make_library", "notebook", "read_digests", "sit", "still_screen"]


@pytest.fixture
def notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a notebook in the current folder, which is the test's own."""
    monkeypatch.chdir(tmp_path)
    return Path("notebook.jsonl")
