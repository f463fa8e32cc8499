"""Finding the files of a library folder."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from docterm.errors import Code, LibraryError, ReadError
from docterm.library.add import add_folder
from docterm.library.ignore import Ignore
from docterm.library.links import trust
from docterm.library.scan import MAX_DEPTH, scan

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs links and pipes")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    return folder


def paths(folder: Path) -> list[str]:
    return [each.path for each in scan(folder) if each.refusal is None]


def refused(folder: Path) -> dict[str, Code]:
    return {each.path: each.refusal.code for each in scan(folder) if each.refusal is not None}


def write(path: Path, text: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_files_are_found_in_the_order_of_their_paths(folder: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/b/c.txt", "B.pdf", "ä.txt", "no suffix"):
        write(folder / name, name)
    assert paths(folder) == sorted(["b.txt", "a/z.md", "a/b/c.txt", "B.pdf", "ä.txt", "no suffix"])
    status = (folder / "a/z.md").stat()
    found = next(each for each in scan(folder) if each.path == "a/z.md")
    assert (found.size, found.mtime_ns) == (status.st_size, status.st_mtime_ns)


def test_hidden_and_own_files_are_passed_over(folder: Path) -> None:
    for name in (".hidden.txt", ".git/a.txt", "a/.b/c.txt", "references.json", "notebook.jsonl", "notebook.bad.jsonl"):
        write(folder / name)
    kept = ["a/notebook.jsonl", "notebook.txt", "references.json.txt"]
    for name in kept:
        write(folder / name)
    assert paths(folder) == kept


def test_links_stay_in_the_folder(folder: Path) -> None:
    outside = write(folder.parent / "outside.txt")
    write(folder.parent / "beside" / "b.txt")
    write(folder.parent / "library-2" / "c.txt")
    write(folder / "a.txt")
    (folder / "in.txt").symlink_to("a.txt")
    (folder / "out.txt").symlink_to(outside)
    (folder / "up.txt").symlink_to("../outside.txt")
    (folder / "sibling.txt").symlink_to("../library-2/c.txt")
    (folder / "folder-out").symlink_to(folder.parent / "beside")
    (folder / "through").symlink_to("out.txt")
    (folder / "dangling.txt").symlink_to("nothing.txt")
    (folder / "passwd.txt").symlink_to("/etc/passwd")
    assert paths(folder) == ["a.txt", "in.txt"]
    leave = dict.fromkeys(("folder-out", "out.txt", "passwd.txt", "sibling.txt", "through", "up.txt"), Code.NOT_REGULAR)
    assert refused(folder) == {"dangling.txt": Code.MISSING, **leave}


def test_a_link_that_the_user_made_is_followed_as_long_as_it_leads_where_it_led(folder: Path) -> None:
    outside = write(folder.parent / "outside.txt")
    write(folder.parent / "beside" / "b.txt")
    write(folder.parent / "beside" / "more" / "c.txt")
    (folder.parent / "beside" / "up").symlink_to("..")
    (folder / "file.txt").symlink_to(outside)
    (folder / "linked").symlink_to(folder.parent / "beside")
    trust(folder, "file.txt", outside)
    trust(folder, "linked", folder.parent / "beside")
    assert paths(folder) == ["file.txt", "linked/b.txt", "linked/more/c.txt"]
    assert refused(folder) == {"linked/up": Code.NOT_REGULAR}
    (folder / "file.txt").unlink()
    (folder / "file.txt").symlink_to("/etc/passwd")
    (folder / "linked").rename(folder / "renamed")
    assert paths(folder) == []
    assert refused(folder) == {"file.txt": Code.NOT_REGULAR, "renamed": Code.NOT_REGULAR}


def test_a_link_that_somebody_else_made_is_followed_in_no_other_library(folder: Path) -> None:
    outside = write(folder.parent / "outside.txt")
    other = folder.parent / "other"
    other.mkdir()
    (other / "file.txt").symlink_to(outside)
    trust(folder, "file.txt", outside)
    assert refused(other) == {"file.txt": Code.NOT_REGULAR}


def test_a_folder_that_is_linked_into_itself_ends(folder: Path) -> None:
    write(folder / "a.txt")
    (folder / "parent").symlink_to(folder.parent)
    trust(folder, "parent", folder.parent)
    assert paths(folder) == ["a.txt"]
    assert refused(folder) == {"parent/library": Code.NOT_REGULAR}


def test_what_the_user_wants_ignored_is_passed_over_in_silence(folder: Path) -> None:
    for name in (
        "a.txt",
        "a.log",
        "sub/b.log",
        "sub/keep.log",
        "drafts/c.txt",
        "sub/drafts/d.txt",
        "build",
        "x/build/e",
    ):
        write(folder / name)
    write(folder / "sub" / "refs.bib")
    write(folder / ".doctermignore", "# comment\n*.log\n!keep.log\n/drafts\nbuild/\nsub/*.bib\n\n")
    assert paths(folder) == ["a.txt", "build", "sub/drafts/d.txt", "sub/keep.log"]
    assert refused(folder) == {}
    assert scan(folder, records=True) == []


@pytest.mark.parametrize(
    ("pattern", "path", "ignored"),
    [
        ("a", "x/y/a", True), ("a", "x/ab", False), ("*.tx?", "b/a.txt", True), ("[ab].txt", "a.txt", True),
        ("x/a", "x/a", True), ("x/a", "y/x/a", False), ("/a", "x/a", False), ("x/*", "x/y", True),
        ("x/**/a", "x/a", True), ("x/**/a", "x/1/2/a", True), ("x/**", "x/1/2", True), ("**/a", "1/2/a", True),
        ("**/**/**/a", "1/2/b", False), ("a*b", "a/b", False), ("!a", "a", False), ("(", "(", True), ("[", "[", True),
    ],
)  # fmt: skip
def test_patterns_are_those_of_git(pattern: str, path: str, ignored: bool) -> None:
    assert Ignore(pattern).passes_over(path, folder=False) is ignored


def test_a_pattern_that_is_built_to_take_forever_does_not(folder: Path) -> None:
    assert not Ignore("\n".join(["/".join(["**"] * 500 + ["x"])] * 5)).passes_over("a/" * 30 + "b", folder=False)
    assert not Ignore("*a" * 500 + "b").passes_over("a" * 250, folder=False)


def test_a_file_system_in_the_folder_is_read_when_the_user_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder / "a.txt")
    write(folder / "mounted" / "b.txt")
    write(folder / "mounted" / "more" / "c.txt")
    real = os.stat

    def stat(path: str | Path, **options: bool) -> os.stat_result:
        status = real(path, **options)
        foreign = "mounted" in str(path)
        return os.stat_result((*status[:2], status.st_dev + 1, *status[3:])) if foreign else status

    monkeypatch.setattr(os, "stat", stat)
    assert paths(folder) == ["a.txt"]
    assert refused(folder) == {"mounted": Code.NOT_REGULAR}
    with pytest.raises(ReadError, match="is in the library"):
        add_folder(folder, folder / "mounted", False, lambda done, total: None)
    add_folder(folder, folder / "mounted", True, lambda done, total: None)
    assert paths(folder) == ["a.txt", "mounted/b.txt", "mounted/more/c.txt"]


def test_patterns_that_cannot_be_read_are_told(folder: Path) -> None:
    write(folder / "a.txt")
    for content in ("x" * 100_000, "x\n" * 501):
        write(folder / ".doctermignore", content)
        assert paths(folder) == ["a.txt"]
        assert refused(folder) == {".doctermignore": Code.TOO_BIG}


def test_loops_end(folder: Path) -> None:
    write(folder / "a" / "b.txt")
    (folder / "a" / "up").symlink_to("..")
    (folder / "a" / "self").symlink_to("self")
    (folder / "one").symlink_to("two")
    (folder / "two").symlink_to("one")
    assert paths(folder) == ["a/b.txt"]
    assert refused(folder) == dict.fromkeys(("a/self", "one", "two"), Code.NOT_REGULAR)


def test_the_folder_may_be_a_link_itself(folder: Path) -> None:
    write(folder / "a.txt")
    link = folder.parent / "link"
    link.symlink_to(folder)
    assert paths(link) == ["a.txt"]


def test_pipes_are_listed_without_being_opened(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    assert paths(folder) == ["pipe.txt"]  # as a file that cannot be read, it is then shown with the reason


def test_depth_is_limited(folder: Path) -> None:
    deep = folder
    for level in range(MAX_DEPTH + 3):
        write(deep / f"{level:02}.txt")
        deep = deep / "d"
    found = paths(folder)
    assert sorted(path.rpartition("/")[2] for path in found) == [f"{level:02}.txt" for level in range(MAX_DEPTH + 1)]
    assert list(refused(folder).values()) == [Code.TOO_BIG]


def test_a_path_of_the_greatest_depth_the_system_has(folder: Path) -> None:
    here = Path.cwd()
    os.chdir(folder)
    try:
        for _ in range(60):
            os.mkdir("d" * 200)
            os.chdir("d" * 200)
        assert len(paths(folder)) == 0
    finally:
        os.chdir(here)
        shutil.rmtree(folder / ("d" * 200))


@pytest.mark.skipif(sys.platform == "darwin", reason="the file system takes UTF-8 alone")
def test_names_that_are_not_utf8(folder: Path) -> None:
    name = os.fsencode(folder) + b"/caf\xe9\n\x1b.txt"
    with open(name, "wb") as file:
        file.write(b"x")
    (found,) = scan(folder)
    assert os.fsencode(found.path) == b"caf\xe9\n\x1b.txt"


def test_a_folder_that_cannot_be_listed(folder: Path) -> None:
    write(folder / "file.txt")
    (folder / "loop").symlink_to("loop")
    for path in (folder / "nothing", folder / "file.txt", folder / "loop", Path("~nobody-by-this-name/x"), Path("\0")):
        with pytest.raises(LibraryError) as caught:
            scan(path)
        assert "\x00" not in str(caught.value)


@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may list everything")
def test_a_folder_inside_that_may_not_be_listed(folder: Path) -> None:
    write(folder / "a.txt")
    write(folder / "closed" / "b.txt")
    (folder / "closed").chmod(0)
    try:
        assert paths(folder) == ["a.txt"]
        assert refused(folder) == {"closed": Code.PERMISSION}
    finally:
        (folder / "closed").chmod(0o700)
