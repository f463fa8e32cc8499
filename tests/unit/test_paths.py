"""Where things are on disk."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from docterm.config.paths import (
    cache_for,
    default_library,
    notebook_for,
    own_library,
    private_folder,
    shipped_library,
    state_folder,
)
from docterm.errors import StorageError


def test_the_shipped_library_is_there() -> None:
    assert (shipped_library() / "references.json").is_file()


def test_the_default_library(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert default_library() == shipped_library()
    own_library().mkdir(parents=True)
    assert default_library() == own_library()
    monkeypatch.setenv("DOCTERM_LIBRARY", str(own_home / "named"))
    assert default_library() == own_home / "named"
    monkeypatch.setenv("DOCTERM_LIBRARY", "")
    assert default_library() == own_library()


def test_folders_follow_the_environment(own_home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert own_library().is_relative_to(own_home)
    assert state_folder().is_relative_to(own_home)
    assert cache_for(tmp_path).is_relative_to(own_home)
    if os.name == "posix" and os.uname().sysname == "Linux":
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "elsewhere"))
        assert cache_for(tmp_path).is_relative_to(tmp_path / "elsewhere")


def test_each_library_has_a_cache_of_its_own(tmp_path: Path) -> None:
    folders = [tmp_path / "a", tmp_path / "b", tmp_path / "A", Path(os.fsdecode(bytes(tmp_path) + b"/\xff"))]
    assert len({cache_for(folder) for folder in folders}) == 4
    assert cache_for(tmp_path / "a") == cache_for(tmp_path / "a")


def test_nothing_is_created_by_asking(own_home: Path, tmp_path: Path) -> None:
    for path in (own_library(), state_folder(), cache_for(tmp_path), notebook_for(tmp_path), default_library()):
        assert path
    assert list(own_home.iterdir()) == []
    assert list(tmp_path.iterdir()) == []


def test_the_notebook(own_home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert notebook_for(tmp_path) == tmp_path / "notebook.jsonl"
    assert notebook_for(shipped_library()).is_relative_to(own_home)
    assert notebook_for(tmp_path / "nothing").is_relative_to(own_home)
    monkeypatch.setenv("DOCTERM_NOTEBOOK", str(tmp_path / "my.jsonl"))
    assert notebook_for(tmp_path) == notebook_for(shipped_library()) == tmp_path / "my.jsonl"


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX modes")
def test_a_private_folder(tmp_path: Path) -> None:
    def mode(path: Path) -> int:
        return stat.S_IMODE(path.stat().st_mode)

    old = os.umask(0)
    try:
        assert private_folder(tmp_path / "a" / "b") == tmp_path / "a" / "b"
        assert mode(tmp_path / "a" / "b") == 0o700
        (tmp_path / "open").mkdir(mode=0o777)
        private_folder(tmp_path / "open")
        assert mode(tmp_path / "open") == 0o700
        (tmp_path / "group").mkdir(mode=0o750)
        private_folder(tmp_path / "group")
        assert mode(tmp_path / "group") == 0o700
    finally:
        os.umask(old)


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX modes")
def test_a_private_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "dangling").symlink_to("nothing/there")
    for path in (tmp_path / "file", tmp_path / "file" / "below", tmp_path / "dangling"):
        with pytest.raises(StorageError) as caught:
            private_folder(path)
        assert caught.value.hint
        assert caught.value.exit_code == 3


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_someone_else_is_not_trusted(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    os.chown(tmp_path / "theirs", 12345, 12345)
    with pytest.raises(StorageError, match="another user"):
        private_folder(tmp_path / "theirs")
