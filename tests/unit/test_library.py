"""A library: keeping up with its folder, finding documents and paragraphs, surviving damage."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from docterm.config.paths import shipped_library
from docterm.errors import LibraryError, StorageError
from docterm.library.catalogue import FILE_NAME
from docterm.library.fingerprint import sketch
from docterm.library.library import Library
from docterm.library.model import Address, Document, Kind, Passage, Status
from docterm.library.refresh import Changes

POSIX = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX file system")
ORIGINALS = os.environ.get("DOCTERM_ORIGINALS")


@pytest.fixture
def library(library_folder: Path) -> Iterator[Library]:
    library = Library(library_folder)
    library.refresh()
    yield library
    library.close()


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def texts(library: Library) -> dict[str, list[str]]:
    return {each.path: [passage.text for passage in library.passages(each)] for each in library.documents()}


def assert_as_if_new(library: Library, cache: Path) -> None:
    """Hold the library against one that reads the same folder for the first time, and knows the keys given before."""
    shutil.move(library.cache_folder, cache)
    library.cache_folder.mkdir(mode=0o700)
    shutil.copy2(cache / "keys.json", library.cache_folder)
    fresh = Library(library.root)
    fresh.refresh()
    assert fresh.documents(every=True) == library.documents(every=True)
    assert texts(fresh) == texts(library)
    fresh.close()


# --- keeping up with the folder ------------------------------------------------------------------


def test_before_it_is_read_a_library_is_empty(library_folder: Path) -> None:
    library = Library(library_folder)
    assert library.documents(every=True) == ()
    assert set(library.refresh().read) == {"harbour.md", "ledger.txt", "storm.txt"}
    assert {document.path for document in library.documents()} == {"harbour.md", "ledger.txt", "storm.txt"}
    library.close()


def test_what_was_read_is_there_when_it_is_opened_again(library: Library) -> None:
    again = Library(library.root)
    assert again.documents() == library.documents()
    assert texts(again) == texts(library)
    assert again.refresh() == Changes()
    assert again.notes == []
    again.close()


def test_a_refresh_reads_what_is_new_or_changed_and_nothing_else(library: Library) -> None:
    root = library.root
    assert library.refresh() == Changes()
    write(root / "new.txt", "A new one.")
    assert library.refresh() == Changes(read=("new.txt",))
    write(root / "storm.txt", "A storm of other words.")
    assert library.refresh() == Changes(read=("storm.txt",))
    assert texts(library)["storm.txt"] == ["A storm of other words."]
    (root / "new.txt").unlink()
    assert library.refresh() == Changes(gone=("new.txt",))
    os.utime(root / "ledger.txt", ns=(1, 1))
    assert library.refresh() == Changes(read=("ledger.txt",))
    assert library.refresh() == Changes()


def test_progress_tells_how_far_it_is(library_folder: Path) -> None:
    library = Library(library_folder)
    steps: list[tuple[int, int]] = []
    library.refresh(progress=lambda done, total: steps.append((done, total)))
    assert steps == [(0, 3), (1, 3), (2, 3), (3, 3)]
    library.close()


def test_files_that_change_places_keep_their_own_texts(library: Library, tmp_path: Path) -> None:
    root = library.root
    one, two = (
        write(root / "one.txt", "The text of the first file."),
        write(root / "two.txt", "And that of the second."),
    )
    library.refresh()
    one.rename(root / "three.txt")
    two.rename(one)
    (root / "three.txt").rename(two)
    library.refresh()
    assert texts(library)["one.txt"] == ["And that of the second."]
    assert texts(library)["two.txt"] == ["The text of the first file."]
    assert_as_if_new(library, tmp_path / "cache")


@pytest.mark.parametrize("seed", range(4))
def test_any_run_of_changes_ends_as_if_read_anew(library_folder: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    library = Library(library_folder)
    names = [f"f{number}.txt" for number in range(5)] + ["sub/g.md", "storm.txt"]
    for turn in range(12):
        for _ in range(chance.randint(1, 5)):
            name, other = library_folder / chance.choice(names), library_folder / chance.choice(names)
            action = chance.choice(["write", "write", "move", "copy", "delete", "touch", "garbage"])
            if action == "write":
                write(name, chance.choice(["First text.", "Second text.", f"Text of turn {turn}."]))
            elif action == "garbage":
                write(name, "").write_bytes(b"\0\1\2" * 50)
            elif name.exists():
                other.parent.mkdir(exist_ok=True)
                if action == "move":
                    name.rename(other)
                elif action == "copy" and name != other:
                    shutil.copy2(name, other)
                elif action == "delete":
                    name.unlink()
                elif action == "touch":
                    os.utime(name)
        library.refresh(cancelled=(lambda: chance.random() < 0.5) if chance.random() < 0.3 else lambda: False)
    library.refresh()
    assert_as_if_new(library, tmp_path / "cache")
    library.close()


def test_a_refresh_that_is_cancelled_goes_on_where_it_stopped(library_folder: Path) -> None:
    for number in range(30):
        write(library_folder / f"f{number:02}.txt", f"Text {number}.")
    library = Library(library_folder)
    seen = 0

    def stop(done: int, total: int) -> None:
        nonlocal seen
        seen = done

    first = library.refresh(stop, lambda: seen >= 5)
    assert 5 <= len(first.read) < 33
    assert {document.path for document in library.documents()} == set(first.read)
    second = library.refresh()
    assert set(first.read) | set(second.read) == {path.name for path in library_folder.iterdir()} - {"references.json"}
    assert not set(first.read) & set(second.read)
    assert len(library.documents()) == 33
    library.close()


def test_a_key_stays_as_long_as_its_file_does(library: Library) -> None:
    def said(path: str, text: str) -> None:
        write(library.root / path, f"---\ntitle: Buoys\nauthor: Ada Ritter\ndate: 2001\n---\n\n{text}\n")

    def keys() -> dict[str, str]:
        library.refresh()
        return {each.path: each.key for each in library.documents() if each.title == "Buoys"}

    said("m.md", "The first to come.")
    assert keys() == {"m.md": "ritter2001buoys"}
    said("a.md", "A later one, though first in order.")
    assert keys() == {"m.md": "ritter2001buoys", "a.md": "ritter2001buoys-2"}
    (library.root / "m.md").rename(library.root / "z.md")
    said("b.md", "A third.")
    was = {"z.md": "ritter2001buoys", "a.md": "ritter2001buoys-2", "b.md": "ritter2001buoys-3"}
    assert keys() == was
    said("a.md", "It was rewritten.")
    assert keys() == was
    library.forget()
    assert keys() == was
    (library.root / "z.md").unlink()
    assert keys() == {"a.md": "ritter2001buoys-2", "b.md": "ritter2001buoys-3"}
    said("y.md", "Its key is free.")
    assert keys()["y.md"] == "ritter2001buoys"


def test_a_refresh_that_is_cancelled_at_once(library: Library) -> None:
    write(library.root / "new.txt", "New.")
    before = library.documents()
    assert not library.refresh(cancelled=lambda: True).read
    assert library.documents() == before
    assert library.refresh().read == ("new.txt",)


def test_files_that_cannot_be_read_are_listed_with_the_reason(library: Library) -> None:
    root = library.root
    write(root / "picture.png", "no picture")
    (root / "binary.txt").write_bytes(b"\x00\x01\x02" * 100)
    with (root / "huge.txt").open("wb") as file:
        file.truncate(1 << 36)
    changes = library.refresh()
    assert set(changes.unreadable) == {"picture.png", "binary.txt", "huge.txt"}
    assert changes.read == ()
    assert len(library.documents()) == 3
    problems = {each.path: each.problem for each in library.documents(every=True) if each.status is Status.UNREADABLE}
    assert set(problems) == set(changes.unreadable)
    assert all(problem and problem.endswith(".") for problem in problems.values())
    for document in library.documents(every=True):
        if document.status is Status.UNREADABLE:
            assert library.passages(document) == ()
    write(root / "binary.txt", "Now it is text.")
    assert library.refresh().read == ("binary.txt",)
    assert texts(library)["binary.txt"] == ["Now it is text."]


@POSIX
def test_a_file_that_can_be_opened_again_is_read_though_its_time_is_the_same(library: Library) -> None:
    path = library.root / "pipe.txt"
    os.mkfifo(path)
    stamp = path.stat().st_mtime_ns
    assert library.refresh().unreadable == ("pipe.txt",)
    path.unlink()
    path.write_bytes(b"")
    os.utime(path, ns=(stamp, stamp))
    assert "pipe.txt" in library.refresh().read
    assert library.refresh() == Changes()


@POSIX
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_be_read_again(library: Library) -> None:
    path = write(library.root / "closed.txt", "Closed.")
    path.chmod(0)
    assert library.refresh().unreadable == ("closed.txt",)
    path.chmod(0o600)
    assert library.refresh().read == ("closed.txt",)


@POSIX
def test_pipes_sockets_and_loops_do_not_block(library: Library) -> None:
    os.mkfifo(library.root / "pipe.txt")
    (library.root / "loop.txt").symlink_to("loop.txt")
    (library.root / "device.txt").symlink_to("/dev/zero")
    started = time.perf_counter()
    assert set(library.refresh().unreadable) == {"pipe.txt", "loop.txt", "device.txt"}
    assert "loop.txt" not in library.refresh().unreadable  # what is refused as it stands is not looked at again
    assert time.perf_counter() - started < 20  # a pipe that was opened for reading blocks for ever


def test_an_empty_file_is_a_document_without_paragraphs(library: Library) -> None:
    write(library.root / "empty.txt", "")
    assert library.refresh().read == ("empty.txt",)
    document = library.document("empty")
    assert (document.paragraphs, document.words, library.passages(document)) == (0, 0, ())


def test_two_sessions_on_one_library(library: Library) -> None:
    other = Library(library.root)
    write(library.root / "new.txt", "A new one.")
    assert library.refresh().read == ("new.txt",)
    assert other.refresh() == Changes(described=True)  # nothing is left to read
    assert other.documents(every=True) == library.documents(every=True)
    assert texts(other) == texts(library)
    (library.root / "new.txt").unlink()
    assert other.refresh().gone == ("new.txt",)
    library.refresh()
    assert library.documents(every=True) == other.documents(every=True)
    other.close()


REFRESH = """
import sys
from pathlib import Path
from docterm.library.library import Library
sys.stdin.readline()
library = Library(Path(sys.argv[1]))
library.refresh()
print(sorted(document.key for document in library.documents()), library.notes)
library.close()
"""


def test_processes_refresh_one_catalogue_at_once(tmp_path: Path) -> None:
    root = tmp_path / "library"
    for number in range(25):
        write(root / f"f{number}.txt", f"The text of file {number}.")
    answers = []
    for turn in range(3):
        processes = [
            subprocess.Popen(
                [sys.executable, "-c", REFRESH, str(root)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in range(3)
        ]
        time.sleep(0.2)
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        for process in processes:
            out, err = process.communicate(timeout=60)
            assert (process.returncode, err) == (0, "")
            answers.append(out)
        library = Library(root)
        assert library.refresh() == Changes()
        assert library.notes == []
        assert len(library.documents()) == 25 + turn
        write(root / f"more{turn}.txt", "One more.")
        if turn == 1:  # and once more from nothing
            shutil.rmtree(library.cache_folder)
        library.close()
    assert not [answer for answer in answers if not answer.endswith(" []\n")]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_killed_while_it_reads(tmp_path: Path) -> None:
    root = tmp_path / "library"
    for number in range(120):
        write(root / f"f{number}.txt", f"The text of file {number}.\n\n" * 20)
    chance = random.Random(3)
    for _ in range(4):
        process = subprocess.Popen(
            [sys.executable, "-c", REFRESH, str(root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert process.stdin is not None
        process.stdin.write(b"go\n")
        process.stdin.flush()
        time.sleep(chance.uniform(0.1, 0.5))
        process.kill()
        process.communicate()
    library = Library(root)
    library.refresh()
    assert library.notes == []
    assert_as_if_new(library, tmp_path / "cache")
    library.close()


# --- names of files and folders ------------------------------------------------------------------


@POSIX
@pytest.mark.skipif(sys.platform == "darwin", reason="the file system takes UTF-8 alone")
def test_names_that_are_not_utf8(tmp_path: Path) -> None:
    root = Path(os.fsdecode(os.fsencode(tmp_path) + b"/lib\xff\n\x1b"))
    root.mkdir()
    name = root / os.fsdecode(b"caf\xe9 \x1b[2J\n.txt")
    name.write_text("A text with a strange name.", "utf-8")
    library = Library(root)
    assert len(library.refresh().read) == 1
    (document,) = library.documents()
    for shown in (document.key, document.title, document.path, json.dumps(document.as_json(), ensure_ascii=False)):
        assert "\x1b" not in shown
        assert shown.encode("utf-8")
    assert library.path_of(document) == name
    assert library.document(str(name)) == document
    assert [passage.text for passage in library.passages(document)] == ["A text with a strange name."]
    again = Library(root)
    assert again.refresh() == Changes()
    assert again.notes == []
    again.close()
    name.unlink()
    assert len(library.refresh().gone) == 1
    library.close()


@pytest.mark.parametrize(
    "name", ["two  spaces.txt", " lead.txt", "quote'\".txt", "a:1.txt", "--all.txt", "%s{}.txt", "*.txt"]
)
def test_strange_names_can_be_named(library: Library, name: str) -> None:
    path = write(library.root / name, "Strange.")
    library.refresh()
    document = library.document(str(path))
    assert library.path_of(document) == path
    assert library.document(document.key) == document
    assert all(char.isalnum() or char == "-" for char in document.key)
    assert library.document(document.path).path == document.path


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    write(tmp_path / "file", "x")
    for path in (tmp_path / "nothing", tmp_path / "file", Path("\0"), Path("~nobody-by-this-name")):
        with pytest.raises(LibraryError) as caught:
            Library(path)
        assert caught.value.hint


def test_the_folder_goes_while_the_library_is_open(library: Library) -> None:
    before = library.documents()
    shutil.rmtree(library.root)
    with pytest.raises(LibraryError):
        library.refresh()
    assert library.documents() == before
    assert library.passages(before[0])


# --- documents and paragraphs --------------------------------------------------------------------


def test_a_document_is_named_by_key_path_or_part(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    storm = next(each for each in library.documents() if each.key == "storm")
    monkeypatch.chdir(library.root)
    for name in (
        "storm",
        "storm.txt",
        "./storm.txt",
        str(library.root / "storm.txt"),
        "stor",
        "STO",
        "island",
        "courier",
    ):
        assert library.document(name) == storm
    assert library.document("over the").key == "storm"


def test_a_key_goes_before_a_part(library: Library) -> None:
    write(library.root / "storm-surge.txt", "Another.")
    library.refresh()
    assert library.document("storm").key == "storm"
    assert library.document("surge").key == "storm-surge"


def test_an_ambiguous_name_lists_the_candidates(library: Library) -> None:
    write(library.root / "storm-one.txt", "One\n\nOne.")
    write(library.root / "storm-two.txt", "Two\n\nTwo.")
    library.refresh()
    with pytest.raises(LibraryError) as caught:
        library.document("stor")
    assert all(key in str(caught.value) for key in ("storm (", "storm-one (", "storm-two ("))
    for number in range(30):
        write(library.root / f"many{number}.txt", "Many.")
    library.refresh()
    with pytest.raises(LibraryError) as caught:
        library.document("many")
    assert len(str(caught.value)) < 1000


@pytest.mark.parametrize(
    "name", ["", " ", "nothing", "storm:1", "/", ".", "..", "\0", "\x1b[2J", "~nobody-here", "x" * 5000]
)
def test_a_name_that_means_nothing(library: Library, name: str) -> None:
    if name in (" ", "."):
        pytest.skip("a space or a dot is part of a title")
    with pytest.raises(LibraryError) as caught:
        library.document(name)
    assert not {"\x1b", "\0"} & set(str(caught.value))
    assert len(str(caught.value)) < 500


def test_paragraphs(library: Library) -> None:
    found = library.paragraphs(Address.parse("storm:2-3"))
    assert [passage.number for passage in found] == [2, 3]
    assert [str(passage.address) for passage in found] == ["storm:2", "storm:3"]
    assert library.paragraphs(Address.parse("stor:1"))[0].key == "storm"


@pytest.mark.parametrize("address", ["storm:4", "storm:3-4", "storm:9999999", "storm:1-9999999", "nothing:1"])
def test_paragraphs_that_are_not_there(library: Library, address: str) -> None:
    started = time.process_time()
    with pytest.raises(LibraryError) as caught:
        library.paragraphs(Address.parse(address))
    assert caught.value.hint
    assert time.process_time() - started < 20


@pytest.mark.parametrize(
    "text",
    [
        "storm",
        "storm:",
        ":1",
        "storm:0",
        "storm:2-1",
        "storm:-1",
        "storm:1-",
        "storm:1-2-3",
        "",
        "storm:99999999",
        "storm:１x",
    ],
)
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(LibraryError) as caught:
        Address.parse(text)
    assert caught.value.hint


def test_addresses() -> None:
    for text in ("storm:1", "storm:2-3", "a:b:4", "a-2:5", "x 1:2"):
        assert Address.looks_like(text)
        assert str(Address.parse(text)) == text
    assert str(Address.parse(" storm:3-3 ")) == "storm:3"


def test_passages_are_numbered_and_found_by_index(library: Library) -> None:
    for document in library.documents():
        passages = library.passages(document)
        assert [passage.index for passage in passages] == list(range(len(passages)))
        numbers = [passage.number for passage in passages if passage.number is not None]
        assert numbers == list(range(1, document.paragraphs + 1))
        assert all(library.passage(document.key, passage.index) == passage for passage in passages)
        assert library.passage(document.key, len(passages)) is None
    assert library.passage("nothing", 0) is None


# --- records -------------------------------------------------------------------------------------


def test_records_that_change_are_seen(library: Library) -> None:
    path = library.root / "references.json"
    records = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps([records[0] | {"title": "Another title altogether"}]), "utf-8")
    library.refresh()
    assert library.document("storm").title == "Another title altogether"
    path.unlink()
    library.refresh()
    assert library.document("storm").title == "Storm over the harbour"
    assert library.notes == []


@pytest.mark.parametrize("content", ["", "{", '{"id": 1}', "[" * 50_000, "null", "\ufeff"])
def test_broken_records_are_told_of_once_and_stop_nothing(library: Library, content: str) -> None:
    write(library.root / "references.json", content)
    for _ in range(3):
        library.refresh()
    (note,) = library.notes
    assert note.startswith("The records in references.json: It ")
    assert note.endswith(".")
    assert "char" not in note  # no words of Python
    assert len(library.documents()) == 3
    again = Library(library.root)
    again.refresh()
    assert len(again.notes) == 1
    again.close()


@POSIX
def test_records_behind_a_link_are_told_of(library: Library) -> None:
    path = library.root / "references.json"
    path.rename(library.root.parent / "outside.json")
    path.symlink_to(library.root.parent / "outside.json")
    library.refresh()
    assert library.document("storm").title == "Storm over the harbour"  # as its text says
    (note,) = library.notes
    assert note.startswith("The records in references.json: This link leads out of the library. ")


def test_records_in_folders_count_for_less_than_those_at_the_top(library: Library) -> None:
    for folder, title in (("a", "Of a folder"), ("z", "Of another folder")):
        (library.root / folder).mkdir()
        items = [{"id": "storm", "title": title}, {"id": "ledger", "title": title}]
        write(library.root / folder / "references.json", json.dumps(items))
    library.refresh()
    assert library.document("storm").title == "Storm over the harbour"
    assert library.document("ledger").title == "Of a folder"
    assert {document.path for document in library.documents(every=True)} == {"harbour.md", "storm.txt", "ledger.txt"}


def test_a_key_that_is_pinned_in_a_folder_is_that_of_the_file_in_it(library: Library) -> None:
    pinned = {
        "id": "kept2001",
        "type": "document",
        "custom": {"docterm": {"pinned": {"path": "new.txt", "sha256": ""}}},
    }
    (library.root / "a").mkdir()
    write(library.root / "a" / "references.json", json.dumps([pinned]))
    for path in ("new.txt", "a/new.txt"):
        write(library.root / path, f"The text of {path}.")
    library.refresh()
    assert library.document("kept2001").path == "a/new.txt"


HOSTILE: dict[str, dict[str, object]] = {
    "digits that are none": {"issued": {"date-parts": [["²", "½", "Ⅷ"]]}},
    "years without end": {"issued": {"date-parts": [[10**400, "9" * 4000]]}},
    "negative dates": {"issued": {"date-parts": [[-1, -1, -1]]}},
    "dates of nothing": {"issued": {"date-parts": [[], None, [[]], {}]}},
    "no strings": {"title": {"a": 1}, "author": 5, "container-title": [1], "publisher": {}, "type": [], "URL": None},
    "controls": {"title": "\x1b[2J\x9b\u202e\n\x00", "author": [{"family": "\x1b]0;x\x07"}], "publisher": "\ud800"},
    "long": {"title": "x" * 100_000, "author": [{"family": "y" * 10_000}] * 1000, "note": ["z"] * 100_000},
    "numbers that are none": {"title": float("nan"), "volume": float("inf")},
    "own data": {"custom": {"docterm": [1, 2]}},
    "own data of wrong types": {"custom": {"docterm": {"kind": ["digest"], "source": {}, "fingerprint": {"a": 1}}}},
    "a fingerprint of strings": {"custom": {"docterm": {"kind": "digest", "fingerprint": ["1", "2"]}}},
    "a fingerprint without end": {"custom": {"docterm": {"fingerprint": list(range(200_000))}}},
}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_records_stop_nothing(library: Library, hostile: str) -> None:
    write(
        library.root / "references.json", json.dumps([None, 5, [], {}, {"id": 7}, {"id": "storm", **HOSTILE[hostile]}])
    )
    library.refresh()
    (storm,) = (each for each in library.documents() if each.path == "storm.txt")
    assert len(library.documents()) == 3
    for shown in (storm.title, storm.source, storm.date, storm.key):
        assert shown.isprintable()
        assert len(shown) <= 1000
    assert storm.date in ("", "2021-05-07"), "no date comes of a record that has none"
    assert [passage.number for passage in library.passages(storm) if passage.number] == [1, 2, 3]
    text = json.dumps(storm.record, ensure_ascii=False).encode("utf-8")
    assert not set(b"\x00\x07\x1b") & set(text)
    assert len(text) < 2_000_000


def test_the_depth_of_a_record_is_limited(library: Library) -> None:
    deep = "[" * 400 + "]" * 400
    write(library.root / "references.json", f'[{{"id": "storm", "title": "Storm", "note": {deep}}}]')
    library.refresh()
    assert library.document("storm").title == "Storm"
    assert json.dumps(library.document("storm").record).count("[") < 20


# --- originals -----------------------------------------------------------------------------------


def test_an_original_takes_the_digests_place_until_it_is_gone(tmp_path: Path) -> None:
    chance = random.Random(4)
    body = [
        " ".join("".join(chance.choices("abcdefghij", k=5)) for _ in range(30)).capitalize() + "." for _ in range(12)
    ]
    record = {
        "id": "work2020",
        "type": "report",
        "title": "A made-up work",
        "issued": {"date-parts": [[2020]]},
        "custom": {"docterm": {"kind": "digest", "source": "The Press", "fingerprint": sketch(body)}},
    }
    root = tmp_path / "library"
    write(root / "references.json", json.dumps([record]))
    write(root / "work2020.md", "# A made-up work\n\nThe digest says it shortly.\n\nAnd once more.\n")
    library = Library(root)
    library.refresh()
    assert [(each.key, each.kind) for each in library.documents()] == [("work2020", Kind.DIGEST)]
    write(root / "my copy.txt", "\n\n".join(body))
    library.refresh()
    (original,) = library.documents()
    assert (original.key, original.kind, original.title, original.date) == (
        "work2020", Kind.ORIGINAL, "A made-up work", "2020",
    )  # fmt: skip
    assert library.paragraphs(Address("work2020", 12, 12))[0].text == body[11]
    replaced = next(each for each in library.documents(every=True) if each.status is Status.REPLACED)
    assert (replaced.key, replaced.kind, replaced.path) == ("work2020-digest", Kind.DIGEST, "work2020.md")
    write(root / "second copy.txt", "\n\n".join(body[:-1]))
    library.refresh()
    assert {each.path: each.kind for each in library.documents()} == {
        "my copy.txt": Kind.ORIGINAL,
        "second copy.txt": Kind.DOCUMENT,
    }
    (root / "my copy.txt").unlink()
    (root / "second copy.txt").unlink()
    library.refresh()
    (digest,) = library.documents()
    assert (digest.key, digest.kind) == ("work2020", Kind.DIGEST)
    assert library.passages(digest)[-1].text == "And once more."
    library.close()


@pytest.mark.skipif(not ORIGINALS, reason="DOCTERM_ORIGINALS names no folder with voa.txt and carnegie.txt")
def test_the_real_originals_are_recognised_in_any_library(library_folder: Path) -> None:
    for name in ("voa", "carnegie"):
        shutil.copy(Path(str(ORIGINALS)) / f"{name}.txt", library_folder / f"some {name}.txt")
    library = Library(library_folder)
    library.refresh()
    found = {each.path: (each.key, each.kind, each.paragraphs) for each in library.documents()}
    assert found["some voa.txt"] == ("voa2023", Kind.ORIGINAL, 22)
    assert found["some carnegie.txt"] == ("gabuev2021", Kind.ORIGINAL, 49)
    library.close()


def test_the_shipped_library_opens_without_a_note() -> None:
    library = Library(shipped_library())
    library.refresh()
    assert library.notes == []
    assert {"voa2023", "gabuev2021", "guide"} <= {each.key for each in library.documents()}
    library.close()


# --- damage --------------------------------------------------------------------------------------


def foreign(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE file (path TEXT)")
    connection.execute("INSERT INTO file VALUES ('mine')")
    connection.commit()
    connection.close()


def altered(*statements: str) -> Callable[[Path], None]:
    def alter(path: Path) -> None:
        connection = sqlite3.connect(path)
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.close()

    return alter


def cut(share: float) -> Callable[[Path], None]:
    def shorten(path: Path) -> None:
        data = path.read_bytes()
        path.write_bytes(data[: max(1, int(len(data) * share))])

    return shorten


REBUILT = {
    "cut to a tenth": cut(0.1),
    "cut to half": cut(0.5),
    "garbage": lambda path: path.write_bytes(random.Random(1).randbytes(50_000)),
    "text": lambda path: path.write_text("not a database"),
    "foreign": foreign,
    "another version": altered("PRAGMA user_version = 9999"),
    "another program": altered("PRAGMA application_id = 1"),
    "another root": altered("UPDATE about SET root = '/somewhere/else'"),
    "no root": altered("DELETE FROM about"),
    "no table": altered("DROP TABLE part"),
    "no about": altered("DROP TABLE about"),
    "other columns": altered("ALTER TABLE file DROP COLUMN sketch"),
    "bad json": altered("UPDATE file SET meta = '{'"),
    "wrong json": altered("UPDATE file SET meta = '5'"),
    "bad sketch": altered("UPDATE file SET sketch = 'null'"),
    "bad facts": altered("UPDATE part SET facts = '['"),
    "bad listing": altered("UPDATE about SET listing = '{'"),
    "wrong listing": altered("UPDATE about SET listing = '[5]'"),
    "bad text": altered("UPDATE part SET texts = CAST(x'ff' AS TEXT)"),
    "another text": altered("UPDATE part SET texts = CAST('x' AS BLOB)"),
    "no parts": altered("DELETE FROM part"),
}


@pytest.mark.parametrize("damage", REBUILT)
def test_a_damaged_catalogue_is_made_anew_with_one_note(library: Library, damage: str) -> None:
    wanted, documents = texts(library), library.documents(every=True)
    path = library.cache_folder / FILE_NAME
    library.close()
    REBUILT[damage](path)
    again = Library(library.root)
    again.refresh()
    assert texts(again) == wanted
    assert again.documents(every=True) == documents
    assert again.notes == ["The cache of this library was damaged or of another version; it was made anew."]
    again.close()
    once_more = Library(library.root)
    assert once_more.refresh() == Changes()
    assert once_more.notes == []
    assert texts(once_more) == wanted
    once_more.close()


def test_a_closed_catalogue_is_not_taken_for_a_damaged_one(library: Library) -> None:
    path, document = library.cache_folder / FILE_NAME, library.documents()[0]
    library.close()
    before = path.read_bytes()
    for work in (lambda: library.passages(document), library.refresh):
        with pytest.raises(sqlite3.ProgrammingError):
            work()
    assert path.read_bytes() == before
    assert library.notes == []


def test_what_is_wrong_is_told_where_sqlite_has_rolled_back_itself(library: Library) -> None:
    def write_on_a_full_disk() -> None:
        with library._catalogue._transaction() as connection:
            connection.execute("ROLLBACK")
            raise sqlite3.OperationalError("database or disk is full")

    with pytest.raises(StorageError, match="disk is full"):
        write_on_a_full_disk()


def test_a_locked_catalogue_is_not_taken_for_a_damaged_one(library: Library) -> None:
    def locked() -> None:
        raise operational

    operational = sqlite3.OperationalError("database is locked")
    operational.sqlite_errorcode = sqlite3.SQLITE_BUSY
    with pytest.raises(StorageError, match="is locked"):
        library._healing(locked)
    assert library.notes == []
    assert library.refresh() == Changes()  # everything is still there


@pytest.mark.parametrize("left", [b"", b"S"])  # SQLite takes both for a new file
def test_an_empty_catalogue_is_filled(library: Library, left: bytes) -> None:
    wanted = texts(library)
    library.close()
    (library.cache_folder / FILE_NAME).write_bytes(left)
    again = Library(library.root)
    again.refresh()
    assert texts(again) == wanted
    again.close()


def test_bytes_that_changed_anywhere_stop_nothing(library: Library) -> None:
    path = library.cache_folder / FILE_NAME
    library.close()
    sound, chance = path.read_bytes(), random.Random(13)
    for _ in range(40):
        damaged = bytearray(sound)
        start = chance.randrange(len(sound))
        for at in range(start, min(start + chance.choice([1, 8, 400]), len(sound))):
            damaged[at] = chance.randrange(256)
        path.write_bytes(damaged)
        again = Library(library.root)
        again.refresh()
        for document in again.documents():
            again.passages(document)
        assert len(again.documents(every=True)) >= 1
        assert len(again.notes) <= 1
        again.close()


def test_a_cache_that_goes_while_the_library_is_open(library: Library) -> None:
    shutil.rmtree(library.cache_folder)
    write(library.root / "new.txt", "New.")
    with contextlib.suppress(StorageError):  # a sentence, where the system does not let it go on
        library.refresh()
    again = Library(library.root)
    again.refresh()
    assert "new.txt" in texts(again)
    again.close()


def test_threads_may_share_a_library(library: Library) -> None:
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(5):
                write(library.root / f"t{number}.txt", f"Turn {turn} of {number}.")
                library.refresh()
                for document in library.documents():
                    library.passages(document)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    library.refresh()
    assert [texts(library)[f"t{number}.txt"] for number in range(3)] == [
        [f"Turn 4 of {number}."] for number in range(3)
    ]


def test_a_refresh_tells_that_records_have_changed(library: Library) -> None:
    assert not library.refresh()
    write(library.root / "references.json", json.dumps([{"id": "storm", "title": "Another title"}]))
    assert library.refresh() == Changes(described=True)
    assert library.document("storm").title == "Another title"
    assert not library.refresh()


def test_opening_follows_records_that_another_session_has_read(library: Library) -> None:
    """What documents there are is kept; it must not outlive the records it was made from."""
    first = Library(library.root)
    write(library.root / "references.json", json.dumps([{"id": "storm", "title": "Another title"}]))
    library.refresh()
    second = Library(library.root)
    assert second.documents(every=True) == library.documents(every=True)
    assert second.document("storm").title == "Another title"
    assert second.document("storm").provenance == library.document("storm").provenance
    assert first.refresh() == Changes(described=True)
    assert first.documents(every=True) == library.documents(every=True)
    first.close()
    second.close()


def test_a_kept_listing_is_the_one_that_was_made(library: Library) -> None:
    write(library.root / "shelf" / "note.md", "---\ntitle: A note\nauthor: Ann Bo\n---\n\nSomething.\n")
    (library.root / "broken.pdf").write_bytes(b"no PDF")
    library.refresh()
    again = Library(library.root)
    for kept, made in zip(again.documents(every=True), library.documents(every=True), strict=True):
        for name in Document.__slots__:
            assert repr(getattr(kept, name)) == repr(getattr(made, name)), name
    again.close()


def test_opening_a_library_writes_and_describes_nothing_when_nothing_has_changed(library: Library) -> None:
    catalogue = library.cache_folder / FILE_NAME
    library.close()
    before = catalogue.read_bytes()
    script = (
        "import sys; from pathlib import Path; from docterm.library.library import Library\n"
        "found = [each.title for each in Library(Path(sys.argv[1])).documents()]\n"
        "assert 'Storm over the harbour' in found, found\n"
        "print([name for name in sys.modules if 'identity' in name or 'bibliography.files' in name])"
    )
    run = subprocess.run([sys.executable, "-c", script, str(library.root)], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
    assert catalogue.read_bytes() == before


def test_a_text_that_changes_while_it_is_read_is_not_kept(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    storm, read = library.document("storm"), library._catalogue.passages

    def overtaken(path: str, key: str) -> Sequence[Passage]:
        found = read(path, key)
        monkeypatch.undo()
        write(library.root / "storm.txt", "Storm over the harbour\n\nNothing is as it was.\n")
        library.refresh()
        return found

    monkeypatch.setattr(library._catalogue, "passages", overtaken)
    library.passages(storm)
    assert library.passages(library.document("storm"))[-1].text == "Nothing is as it was."
