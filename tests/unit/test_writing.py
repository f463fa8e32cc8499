"""Files are put in their places in one step."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from docterm.config.writing import put


def test_a_file_is_there_whole_and_for_the_user_alone(tmp_path: Path) -> None:
    put(tmp_path / "a", b"one")
    put(tmp_path / "a", b"two")
    assert (tmp_path / "a").read_bytes() == b"two"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    if os.name == "posix":
        assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("linking", [True, False])
def test_a_file_that_is_there_stays_when_it_should(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, linking: bool
) -> None:
    if not linking:  # as on a file system that knows no links

        def no_link(*_: object) -> None:
            raise PermissionError

        monkeypatch.setattr(os, "link", no_link)
    put(tmp_path / "a", b"one", mode=0o644, replace=False)
    with pytest.raises(FileExistsError):
        put(tmp_path / "a", b"two", replace=False)
    assert (tmp_path / "a").read_bytes() == b"one"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_nothing_is_left_of_a_file_that_cannot_be_put_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(OSError, match="directory"):
        put(tmp_path / "a", b"one")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    with pytest.raises(FileNotFoundError):
        put(tmp_path / "nothing" / "a", b"one")
