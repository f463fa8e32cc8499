"""The folder of an index as Whoosh's storage: what is renamed into place is on the disk, and segments are mapped."""

from __future__ import annotations

import os
from pathlib import Path

from whoosh.filedb.filestore import FileStorage

from docterm.search.whoosh_engine.segment import Contents


class IndexStorage(FileStorage):  # type: ignore[misc]
    """Files in a folder. Whoosh syncs nothing; here the commit, which is a rename, survives a loss of power."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self.path = folder
        self._contents: dict[str, Contents] = {}

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Rename a file, durably: first its bytes, then its name are on the disk."""
        sync(self.path / oldname)
        os.replace(self.path / oldname, self.path / newname)
        sync(self.path)

    def contents(self, name: str) -> Contents:
        """Give what a segment's file holds; it is opened once."""
        if name not in self._contents:
            self._contents[name] = Contents(self.path / name)
        return self._contents[name]

    def keep_only(self, names: set[str]) -> None:
        """Let go of the segments that are no longer part of the index."""
        for name in self._contents.keys() - names:
            del self._contents[name]


def sync(path: Path) -> None:
    """Write a file, or the names in a folder, through to the disk."""
    if path.is_dir() and os.name != "posix":  # folders cannot be opened there
        return
    handle = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
