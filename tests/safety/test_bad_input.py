"""Whatever comes in, docterm answers with a sentence and an exit code, and sends nothing that steers a terminal."""

from __future__ import annotations

import ctypes
import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from docterm.library.library import Library

if TYPE_CHECKING:
    from conftest import Run

VERBS = (
    ["search", "storm"], ["show", "storm"], ["list"], ["list", "--problems"], ["kwic", "storm"],
    ["compare", "storm", "harbour"], ["quote", "storm:1", "storm"], ["quotes"], ["quotes", "copy"], ["doctor"],
)  # fmt: skip
STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udbff\U000e0000-\U000e007f]"
)
HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m [bold red]loud[/] \u202etxet\u202c \x00 \u2066x\u2069 {{7*7}} <script>"


def drop_root_powers() -> None:
    """Let permissions bind even when the tests run as root; takes effect when the program starts."""
    if sys.platform == "linux" and os.geteuid() == 0:
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


needs_permissions = pytest.mark.skipif(
    os.name != "posix" or (os.geteuid() == 0 and not hasattr(ctypes.CDLL(None), "prctl")),
    reason="permissions do not bind this user, and there is no prctl to change that",
)


def assert_sober(*texts: str) -> None:
    """Fail when a text could steer a terminal or shows Python's own way of failing."""
    for text in texts:
        assert not STEERING.search(text), repr(text)
        assert "Traceback" not in text
        assert "Error(" not in text


# --- the request ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    ["", " ", "?!…", '""', "--", "(((((", "\x1b[31m", "💥", "a" * 5000, "x " * 3000, '"' * 99, "\\"],
)
def test_nonsense_queries(docterm: Run, library_folder: Path, query: str) -> None:
    for verb in ("search", "kwic"):
        answer = docterm(verb, "--library", library_folder, "--", query)
        assert answer.returncode in (1, 2)
        assert answer.stderr
        assert_sober(answer.stdout, answer.stderr)


@pytest.mark.skipif(os.name != "posix", reason="arguments are bytes the POSIX way")
@pytest.mark.parametrize("verb", [*VERBS, ["add"], []])
def test_lone_surrogates(program: Run, library_folder: Path, verb: list[str]) -> None:
    for extra in ("\udcff\udc9b", "\udced\udca0\udc80:1"):
        answer = program(*verb, extra, "--library", library_folder)
        assert answer.returncode in (0, 1, 2), answer.stderr
        assert_sober(answer.stdout, answer.stderr)


@pytest.mark.parametrize("verb", [*VERBS, ["show"], ["quote", "storm:1"], ["quotes", "copy"], []])
def test_hostile_arguments(docterm: Run, library_folder: Path, verb: list[str]) -> None:
    answer = docterm("--library", library_folder, *verb, HOSTILE.replace("\x00", ""))
    assert answer.returncode in (0, 1, 2)
    assert_sober(answer.stdout, answer.stderr)


@pytest.mark.parametrize("verb", VERBS)
def test_very_long_names(docterm: Run, library_folder: Path, verb: list[str]) -> None:
    for arguments in ([*verb, "--library", "x" * 5000], ["--library", library_folder, *verb[:1], "x" * 5000]):
        answer = docterm(*arguments)
        assert answer.returncode in (1, 2)
        assert_sober(answer.stdout, answer.stderr)


# --- the library ---------------------------------------------------------------------------------


def test_empty_library(docterm: Run, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    for verb in (["list"], ["search", "storm"], ["kwic", "storm"]):
        answer = docterm(*verb, "--library", folder)
        assert (answer.returncode, answer.stdout) == (1, "")
        assert f"The library {folder} is empty: add documents with `docterm add FILE`" in answer.stderr
        notes = json.loads(docterm(*verb, "--library", folder, "--json").stdout)["notes"]
        assert any("is empty" in note for note in notes)


def test_library_with_nothing_to_read(docterm: Run, tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "picture.png").touch()
    answer = docterm("list", "--library", folder)
    assert answer.returncode == 1
    assert "`docterm list --problems` says why" in answer.stderr


@pytest.mark.parametrize("verb", [*VERBS[:-1], []])
@pytest.mark.parametrize("what", ["missing", "file", "loop"])
def test_library_that_is_none(docterm: Run, tmp_path: Path, own_home: Path, verb: list[str], what: str) -> None:
    path = tmp_path / what
    if what == "file":
        path.write_text("text", "utf-8")
    if what == "loop":
        path.symlink_to(path)
    answer = docterm(*verb, "--library", path)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert str(path) in answer.stderr
    assert not (own_home / "cache").exists(), "nothing is kept for a library that is none"


@needs_permissions
def test_folder_without_permission(program: Run, library_folder: Path) -> None:
    library_folder.chmod(0)
    try:
        for verb in VERBS[:-1]:
            answer = program(*verb, "--library", library_folder, preexec_fn=drop_root_powers)
            assert (answer.returncode, answer.stdout) == (2, ""), verb
            assert "cannot be listed: Permission denied." in answer.stderr
    finally:
        library_folder.chmod(0o700)


@needs_permissions
def test_file_without_permission(program: Run, library_folder: Path) -> None:
    (library_folder / "storm.txt").chmod(0)
    answer = program("list", "--problems", "--library", library_folder, preexec_fn=drop_root_powers)
    assert answer.returncode == 1
    assert answer.stdout == "storm.txt: The file may not be read. Change its permissions. [permission]\n"


@needs_permissions
def test_library_that_cannot_be_written(program: Run, library_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "new.txt"
    file.write_text("New words.", "utf-8")
    library_folder.chmod(0o500)
    try:
        answer = program("add", file, "--library", library_folder, preexec_fn=drop_root_powers)
        assert answer.returncode == 2
        assert "cannot be written" in answer.stderr
        quoted = program("quote", "storm:1", "storm", "--library", library_folder, preexec_fn=drop_root_powers)
        assert quoted.returncode == 0, "the notebook is then in the user's own folder"
        assert str(library_folder) not in quoted.stderr
    finally:
        library_folder.chmod(0o700)


# --- the documents -------------------------------------------------------------------------------


def test_binary_file_named_txt(docterm: Run, library_folder: Path) -> None:
    (library_folder / "noise.txt").write_bytes(bytes(range(256)) * 64)
    answer = docterm("list", "--problems", "--library", library_folder)
    assert answer.returncode == 1
    assert answer.stdout.startswith("noise.txt: ")
    assert docterm("search", "storm", "--library", library_folder).returncode == 0
    assert_sober(answer.stdout)


@pytest.fixture
def hostile_library(library_folder: Path) -> Path:
    """Give the small library with terminal escapes, markup and bidi controls wherever text can stand."""
    text = HOSTILE.replace("\x00", "")
    front = json.dumps(text)
    (library_folder / "storm.txt").write_text(f"storm {text}\n\nThe storm {text} went on.\n", "utf-8")
    (library_folder / "harbour.md").write_text(
        f"---\ntitle: {front}\nauthor: {text}\nsource: {text}\n---\n\n# {text}\n\nThe harbour and the storm {text}.\n",
        "utf-8",
    )
    record = {"id": "storm", "title": text, "container-title": text, "author": [{"family": text}], "type": text}
    (library_folder / "references.json").write_text(json.dumps([record]), "utf-8")
    name = "storm \x1b[31m\u202e.txt" if os.name == "posix" else "storm \u202e.txt"
    (library_folder / name).write_text("Another storm.", "utf-8")
    (library_folder / name.replace(".txt", ".png")).touch()
    return library_folder


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
@pytest.mark.parametrize("form", [[], ["--json"]], ids=["text", "json"])
def test_no_verb_steers_the_terminal(docterm: Run, hostile_library: Path, verb: list[str], form: list[str]) -> None:
    docterm("quote", "storm:1", "storm", "--note", "\x1b[31m", "--tag", "\u202e", "--library", hostile_library)
    answer = docterm(*verb, *([] if verb == ["quotes", "copy"] else form), "--library", hostile_library)
    assert answer.returncode in (0, 1)
    assert answer.stdout
    assert_sober(answer.stdout, answer.stderr)


def test_no_verb_steers_a_real_terminal(on_terminal: Callable[..., tuple[int, str]], hostile_library: Path) -> None:
    for verb in VERBS:
        _, written = on_terminal(*verb, "--library", hostile_library, columns=40)
        assert_sober(re.sub(r"\x1b\[(?:0|1)m", "", written))


@pytest.mark.skipif(sys.platform != "linux", reason="only here are file names any bytes")
def test_file_name_that_is_no_utf8(program: Run, library_folder: Path) -> None:
    name = os.fsdecode(b"caf\xe9 storm.txt")
    (library_folder / name).write_text("A storm of coffee.", "utf-8")
    for verb in VERBS:
        answer = program(*verb, "--library", library_folder)
        assert answer.returncode in (0, 1, 2)
        assert_sober(answer.stdout, answer.stderr)
    assert "A storm of coffee." in program("search", "coffee", "--library", library_folder).stdout
    outside = library_folder.parent / name
    outside.write_text("More coffee.", "utf-8")
    answer = program("add", outside, "--library", library_folder)
    assert answer.returncode == 0
    assert_sober(answer.stdout, answer.stderr)
    assert "More coffee." in program("search", "coffee", "--library", library_folder).stdout


def test_records_that_are_none(docterm: Run, library_folder: Path) -> None:
    for content in ("{nonsense", "[" * 100_000, '{"a": 1}', "[1, null, []]", ""):
        (library_folder / "references.json").write_text(content, "utf-8")
        answer = docterm("list", "--library", library_folder)
        assert answer.returncode == 0
        assert "storm" in answer.stdout
        assert_sober(answer.stderr)


# --- docterm's own files -------------------------------------------------------------------------


def cache(home: Path) -> Path:
    (folder,) = home.glob("cache/docterm/libraries/*")
    return folder


def test_an_empty_catalogue_is_one_that_was_just_begun(docterm: Run, library_folder: Path, own_home: Path) -> None:
    expected = docterm("search", "storm", "--library", library_folder).stdout
    for path in cache(own_home).glob("catalogue.sqlite*"):
        path.write_bytes(b"")
    assert docterm("search", "storm", "--library", library_folder).stdout == expected


@pytest.mark.parametrize("content", [b"nonsense", b"SQLite format 3\x00" + b"\xff" * 4096])
def test_corrupt_catalogue(docterm: Run, library_folder: Path, own_home: Path, content: bytes) -> None:
    expected = docterm("search", "storm", "--library", library_folder).stdout
    for path in cache(own_home).glob("catalogue.sqlite*"):
        path.write_bytes(content)
    answer = docterm("search", "storm", "--library", library_folder)
    assert (answer.returncode, answer.stdout) == (0, expected)
    assert answer.stderr.count("it was made anew") == 1
    assert docterm("search", "storm", "--library", library_folder).stderr == "read as: storm\n"


def test_catalogue_damaged_inside(docterm: Run, library_folder: Path, own_home: Path) -> None:
    expected = docterm("list", "--library", library_folder).stdout
    path = cache(own_home) / "catalogue.sqlite"
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    path.write_bytes(data)
    answer = docterm("list", "--library", library_folder)
    assert (answer.returncode, answer.stdout) == (0, expected)
    assert answer.stderr.count("it was made anew") == 1


@pytest.mark.parametrize("content", [b"", b"nonsense" * 999, b"\x80\x05cposix\nsystem\n."])
def test_corrupt_index(docterm: Run, library_folder: Path, own_home: Path, content: bytes) -> None:
    expected = docterm("search", "storm", "--library", library_folder).stdout
    for path in (cache(own_home) / "index").iterdir():
        path.write_bytes(content)
    answer = docterm("search", "storm", "--library", library_folder)
    assert (answer.returncode, answer.stdout) == (0, expected)
    assert answer.stderr.count("it was made anew") == 1
    assert docterm("search", "storm", "--library", library_folder).stderr == "read as: storm\n"


def test_a_folder_in_the_place_of_the_lock(docterm: Run, library_folder: Path, own_home: Path) -> None:
    assert docterm("search", "storm", "--library", library_folder).returncode == 0
    lock = cache(own_home) / "index" / "MAIN_WRITELOCK"
    lock.unlink()
    (lock / "in it").mkdir(parents=True)
    (library_folder / "new.txt").write_text("A new storm.", "utf-8")
    answer = docterm("search", "new", "--library", library_folder)
    assert answer.returncode == 0
    assert "A new storm." in answer.stdout
    assert answer.stderr.count("it was made anew") == 1
    assert lock.is_file()


# Whoosh leaves the file open that it cannot read, so that it is closed only when its object is gone.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("suffix", [".toc", ".seg", ".json"])
def test_index_damaged_in_part(docterm: Run, library_folder: Path, own_home: Path, suffix: str) -> None:
    expected = docterm("search", "storm", "--library", library_folder).stdout
    paths = [path for path in (cache(own_home) / "index").iterdir() if path.name.endswith(suffix)]
    for path in paths:
        path.write_bytes(path.read_bytes()[:20])
    answer = docterm("search", "storm", "--library", library_folder)
    assert (answer.returncode, answer.stdout) == (0, expected)
    assert answer.stderr.count("it was made anew") == (1 if paths else 0)


def test_cache_that_cannot_be_kept(docterm: Run, library_folder: Path, own_home: Path) -> None:
    (own_home / "cache").write_text("a file where the folder should be", "utf-8")
    for arguments in (["search", "pilot"], ["show", "storm"], ["quote", "storm:2", "No pilot was asked"]):
        answer = docterm(*arguments, "--library", library_folder)
        assert answer.returncode == 0
        assert "No pilot" in answer.stdout
        assert answer.stderr.count("works without a cache") == 1


def test_a_cache_on_a_full_disk(library_folder: Path) -> None:
    library = Library(library_folder)
    library.refresh()
    (pages,) = library._catalogue._connection.execute("PRAGMA page_count").fetchone()
    library._catalogue._connection.execute(f"PRAGMA max_page_count = {pages}")  # SQLite then says what a full disk says
    (library_folder / "long.txt").write_text("Nobody was on the quay that night.\n\n" * 5000, "utf-8")
    assert "long.txt" in library.refresh().read
    assert len(library.passages(library.document("long"))) == 5000
    assert library.passages(library.document("storm"))[-1].number == 3
    scratch = library.cache_folder
    assert [note.partition(",")[0] for note in library.notes] == ["docterm works without a cache"]
    assert "full" in library.notes[0]
    assert scratch.stat().st_mode & 0o777 == 0o700
    library.close()
    assert not scratch.exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("name", ["catalogue.sqlite", "catalogue.sqlite-wal", "records.json", "opening.lock"])
def test_a_pipe_in_the_place_of_a_cache_file(program: Run, library_folder: Path, own_home: Path, name: str) -> None:
    expected = program("search", "pilot", "--library", library_folder).stdout
    folder = cache(own_home)
    for path in (folder / name, folder / "index" / "stamps.json"):
        path.unlink(missing_ok=True)
        os.mkfifo(path)
    answer = program("search", "pilot", "--library", library_folder, timeout=20)
    assert (answer.returncode, answer.stdout) == (0, expected)
    assert not [path for path in folder.rglob("*") if path.is_fifo()]
