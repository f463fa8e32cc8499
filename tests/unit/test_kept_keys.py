"""The keys that a cache keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from docterm.library import kept_keys


@pytest.mark.parametrize("key", ["\x1b[31m", "", "two words", "../..", "\ud800", "x" * 100_000, '"'])
def test_what_is_no_key_in_a_damaged_cache_is_passed_over(tmp_path: Path, key: str) -> None:
    good = {"a.md": ("0" * 64, "storm2024")}
    kept_keys.save(tmp_path, {}, {**good, "b.md": ("1" * 64, key)})
    assert kept_keys.load(tmp_path) == good
