"""Adding files to a library."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from docterm.config.paths import default_library, own_library, shipped_library
from docterm.errors import LibraryError, ReadError
from docterm.library.add import Placed, copy_in, writable_root
from docterm.library.library import Library


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    folder = tmp_path / "outside"
    folder.mkdir()
    return folder


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_a_file_is_copied_as_it_is(library_folder: Path, outside: Path) -> None:
    path = outside / "buoys.txt"
    path.write_bytes(b"\xef\xbb\xbfA list.\r\n\x00\xff")
    assert copy_in(library_folder, path) == Placed("buoys.txt", True)
    assert (library_folder / "buoys.txt").read_bytes() == path.read_bytes()
    assert (library_folder / "buoys.txt").stat().st_mode & 0o777 == 0o644
    assert not [each for each in library_folder.iterdir() if each.name.startswith(".")]


def test_the_same_file_twice(library_folder: Path, outside: Path) -> None:
    path = write(outside / "buoys.txt", "A list.")
    assert copy_in(library_folder, path).new
    assert copy_in(library_folder, path) == Placed("buoys.txt", False)
    assert copy_in(library_folder, library_folder / "buoys.txt") == Placed("buoys.txt", False)


def test_a_name_that_another_file_has(library_folder: Path, outside: Path) -> None:
    before = (library_folder / "storm.txt").read_bytes()
    one, two = write(outside / "storm.txt", "Another storm."), outside / "more"
    two.mkdir()
    assert copy_in(library_folder, one) == Placed("storm-2.txt", True)
    assert copy_in(library_folder, one) == Placed("storm-2.txt", False)
    assert copy_in(library_folder, write(two / "storm.txt", "A third.")) == Placed("storm-3.txt", True)
    assert (library_folder / "storm.txt").read_bytes() == before


def test_a_name_that_something_else_has(library_folder: Path, outside: Path) -> None:
    (library_folder / "a.txt").mkdir()
    assert copy_in(library_folder, write(outside / "a.txt", "A")) == Placed("a-2.txt", True)
    if os.name == "posix":
        os.mkfifo(library_folder / "b.txt")
        assert copy_in(library_folder, write(outside / "b.txt", "B")) == Placed("b-2.txt", True)
        victim = write(outside / "victim.txt", "precious")
        (library_folder / "c.txt").symlink_to(victim)
        assert copy_in(library_folder, write(outside / "c.txt", "C")) == Placed("c-2.txt", True)
        (library_folder / "d.txt").symlink_to(outside / "not-there.txt")
        copy_in(library_folder, write(outside / "d.txt", "D"))
        assert victim.read_text() == "precious"
        assert not (outside / "not-there.txt").exists()


def test_a_hidden_file_comes_out_of_hiding(library_folder: Path, outside: Path) -> None:
    first = write(outside / ".notes.txt", "Hidden notes.")
    assert copy_in(library_folder, first) == Placed("notes.txt", True)
    second = outside / "more"
    second.mkdir()
    assert copy_in(library_folder, write(second / ".notes.txt", "Other notes.")) == Placed("notes-2.txt", True)
    library = Library(library_folder)
    library.refresh()
    assert {"notes", "notes-2"} <= {document.key for document in library.documents()}
    library.close()


@pytest.mark.parametrize("name", ["a.xyz", "references.json", "notebook.jsonl", "a.txt.exe"])
def test_what_docterm_cannot_read_is_not_copied(library_folder: Path, outside: Path, name: str) -> None:
    before = sorted(library_folder.iterdir())
    with pytest.raises(ReadError):
        copy_in(library_folder, write(outside / name, "[]"))
    assert sorted(library_folder.iterdir()) == before


@pytest.mark.parametrize("name", ["nothing.txt", "folder.txt", "pipe.txt", "link.txt"])
def test_what_is_no_file_is_not_copied(library_folder: Path, outside: Path, name: str) -> None:
    (outside / "folder.txt").mkdir()
    if os.name == "posix":
        os.mkfifo(outside / "pipe.txt")
        (outside / "link.txt").symlink_to("link.txt")
    with pytest.raises(ReadError):
        copy_in(library_folder, outside / name)


def test_a_folder_that_cannot_be_written(tmp_path: Path, outside: Path) -> None:
    with pytest.raises(LibraryError) as caught:
        copy_in(tmp_path / "nothing", write(outside / "a.txt", "A"))
    assert caught.value.hint
    with pytest.raises(LibraryError):
        copy_in(outside / "a.txt", outside / "a.txt")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(library_folder: Path, outside: Path) -> None:
    library_folder.chmod(0o500)
    try:
        with pytest.raises(LibraryError, match="cannot be written"):
            copy_in(library_folder, write(outside / "a.txt", "A"))
    finally:
        library_folder.chmod(0o700)


def test_a_long_name(library_folder: Path, outside: Path) -> None:
    path = write(outside / ("x" * 251 + ".txt"), "One")
    assert copy_in(library_folder, path).new
    write(path, "Two")
    with pytest.raises(LibraryError):  # there is no room for a number
        copy_in(library_folder, path)


def test_a_folder_of_ones_own_is_taken_as_it_is(library_folder: Path) -> None:
    assert writable_root(library_folder) == library_folder
    assert not own_library().exists()


def test_the_shipped_library_is_copied_once(own_home: Path, outside: Path) -> None:
    shipped = shipped_library().resolve()
    before = {path: path.read_bytes() for path in shipped.iterdir() if path.is_file()}
    own = writable_root(shipped)
    assert own == own_library() == default_library()
    assert {path.name: path.read_bytes() for path in own.iterdir()} == {
        path.name: data for path, data in before.items()
    }
    copy_in(own, write(outside / "a.txt", "A"))
    (own / "guide.md").write_text("changed by the user", "utf-8")
    assert writable_root(shipped) == own
    assert (own / "guide.md").read_text("utf-8") == "changed by the user"
    assert (own / "a.txt").exists()
    assert {path: path.read_bytes() for path in shipped.iterdir() if path.is_file()} == before
    assert [path.name for path in own.parent.iterdir()] == ["library"]


def test_the_copy_can_be_written(own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = tmp_path / "packed"
    packed.mkdir()
    write(packed / "guide.md", "A guide.").chmod(0o444)
    packed.chmod(0o555)  # as where the system's package manager put it
    monkeypatch.setattr("docterm.library.add.shipped_library", lambda: packed)
    own = writable_root(packed)
    assert own.stat().st_mode & 0o200
    assert (own / "guide.md").stat().st_mode & 0o200
    packed.chmod(0o755)


def test_many_copy_the_shipped_library_at_once(own_home: Path) -> None:
    shipped = shipped_library().resolve()
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: writable_root(shipped), range(16)))
    assert set(made) == {own_library()}
    assert {path.name for path in own_library().iterdir()} == {path.name for path in shipped.iterdir()}
    assert [path.name for path in own_library().parent.iterdir()] == ["library"]


def test_a_data_folder_that_cannot_be_made(own_home: Path) -> None:
    own_library().parent.parent.mkdir(parents=True, exist_ok=True)
    own_library().parent.write_text("in the way", "utf-8")
    with pytest.raises(LibraryError) as caught:
        writable_root(shipped_library().resolve())
    assert "--library" in caught.value.hint


def test_many_add_files_of_one_name_at_once(library_folder: Path, outside: Path) -> None:
    code = "import sys; from pathlib import Path; from docterm.library.add import copy_in;"
    code += "print(copy_in(Path(sys.argv[1]), Path(sys.argv[2])).name)"
    processes = []
    for number in range(4):
        (outside / str(number)).mkdir()
        path = write(outside / str(number) / "same.txt", f"Text {number}.")
        command = [sys.executable, "-c", code, str(library_folder), str(path)]
        processes.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
    names = [process.communicate(timeout=30)[0].strip() for process in processes]
    assert [(library_folder / name).read_text() for name in names] == [f"Text {number}." for number in range(4)]
