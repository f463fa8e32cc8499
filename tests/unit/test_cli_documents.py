"""`docterm list` and `docterm show`."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from docterm.cli import show
from docterm.library.model import Document, Kind, Locator, Passage, Role, Status

if TYPE_CHECKING:
    from conftest import Run


def test_list_text(docterm: Run, library_folder: Path) -> None:
    answer = docterm("list", "--library", library_folder)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.splitlines() == [
        "key      title                   source            date        kind      words",
        "harbour  The harbour at night    Tidewater Review  2019-04-02  document     50",
        "storm    Storm over the harbour  Island Courier    2021-05-07  document     46",
        "ledger   ledger                                                document     22",
    ]


def test_list_json(docterm: Run, library_folder: Path) -> None:
    found = json.loads(docterm("list", "--library", library_folder, "--json").stdout)
    assert found["schema"] == "docterm.list/1"
    assert found["documents"][1] == {
        "key": "storm",
        "title": "Storm over the harbour",
        "source": "Island Courier",
        "date": "2021-05-07",
        "kind": "document",
        "path": "storm.txt",
        "words": 46,
        "paragraphs": 3,
        "status": "ready",
        "problem": None,
        "code": None,
        "notes": [],
        "tags": [],
        "groups": [],
        "same_as": [],
    }
    lines = docterm("list", "--library", library_folder, "--jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == found["documents"]


def test_list_mentions_files_it_cannot_read(docterm: Run, library_folder: Path) -> None:
    (library_folder / "picture.png").write_bytes(b"\x89PNG")
    answer = docterm("list", "--library", library_folder)
    assert answer.returncode == 0
    assert "picture" not in answer.stdout
    assert answer.stderr == "1 file of the folder cannot be read; `docterm list --problems` says why.\n"
    listed = json.loads(docterm("list", "--library", library_folder, "--json").stdout)["documents"]
    assert [each["problem"] for each in listed if each["path"] == "picture.png"] != [None]


def test_list_problems(docterm: Run, library_folder: Path) -> None:
    answer = docterm("list", "--problems", "--library", library_folder)
    assert (answer.returncode, answer.stdout) == (0, "Every file of the library can be read.\n")
    (library_folder / "picture.png").write_bytes(b"\x89PNG")
    answer = docterm("list", "--problems", "--library", library_folder)
    assert answer.returncode == 1
    assert answer.stdout.startswith("picture.png: docterm has no reader for .png.")
    assert answer.stdout.endswith(" [unsupported]\n")
    assert answer.stdout.count("\n") == 1


def test_what_was_guessed_is_told_by_list_and_show(docterm: Run, library_folder: Path) -> None:
    (library_folder / "old.txt").write_bytes("“The façade of the hôtel,” he said.".encode("cp1252"))
    guess = "Its encoding is not named: it was read as windows-1252, which is a guess."
    answer = docterm("list", "--problems", "--library", library_folder)
    assert answer.returncode == 0
    assert answer.stdout == f"Every file of the library can be read.\nold.txt: {guess}\n"
    listed = json.loads(docterm("list", "--problems", "--json", "--library", library_folder).stdout)["documents"]
    assert [(each["path"], each["status"], each["notes"]) for each in listed] == [("old.txt", "ready", [guess])]
    assert f"Note: {guess}\n" in docterm("show", "old.txt", "--library", library_folder).stdout


@pytest.mark.skipif(os.name != "posix", reason="needs links and pipes")
def test_what_the_scan_passes_over_is_named(docterm: Run, library_folder: Path) -> None:
    (library_folder / "passwd.txt").symlink_to("/etc/passwd")
    (library_folder / "gone.txt").symlink_to("nothing.txt")
    (library_folder / ".hidden.txt").write_text("hidden", "utf-8")
    os.mkfifo(library_folder / "pipe.txt")
    (library_folder.joinpath(*("d" for _ in range(40)))).mkdir(parents=True)
    answer = docterm("list", "--problems", "--library", library_folder)
    assert answer.returncode == 1
    said = {line.partition(":")[0][:10]: line.rpartition("[")[2].rstrip("]") for line in answer.stdout.splitlines()}
    assert said == {
        "passwd.txt": "not-regular",
        "gone.txt": "missing",
        "pipe.txt": "not-regular",
        "d/d/d/d/d/": "too-big",
    }


def test_problems_are_told_apart_by_a_code(docterm: Run, library_folder: Path) -> None:
    (library_folder / "picture.png").write_bytes(b"\x89PNG")
    (library_folder / "binary.txt").write_bytes(b"\x00\x01\x02" * 100)
    (library_folder / "large.txt").write_bytes(b"\x00\x01\x02" * 500_000)  # read in a worker
    (library_folder / "broken.docx").write_bytes(b"PK no archive")
    (library_folder / "huge.txt").touch()
    os.truncate(library_folder / "huge.txt", 1 << 36)
    listed = json.loads(docterm("list", "--problems", "--json", "--library", library_folder).stdout)["documents"]
    assert {each["path"]: each["code"] for each in listed} == {
        "binary.txt": "binary",
        "broken.docx": "malformed",
        "huge.txt": "too-big",
        "large.txt": "binary",
        "picture.png": "unsupported",
    }


def test_show_text(docterm: Run, library_folder: Path) -> None:
    answer = docterm("show", "storm", "--library", library_folder)
    assert (answer.returncode, answer.stderr) == (0, "")
    lines = answer.stdout.splitlines()
    assert lines[:2] == ["Storm over the harbour", "storm · Island Courier · 2021-05-07 · 3 paragraphs, 46 words"]
    assert "   [byline] By Tomas Lind" in lines
    assert "3  Fishermen counted their losses in nets rather than in boats." in lines
    assert answer.stdout.count("Storm over the harbour") == 1, "the title heads the page and is not said again"


def test_show_names_pages_as_they_call_themselves(capsys: pytest.CaptureFixture[str]) -> None:
    locators = (Locator(1, 1, page_label="viii"), Locator(2, 1, page_label="viii"), Locator(3, 2), Locator(4))
    passages = [Passage("a", number, Role.BODY, "Words.", locator) for number, locator in enumerate(locators)]
    show._write(Document("a", "A", "", "", Kind.DOCUMENT, "a.epub", 4, 4, Status.READY), passages, ())
    pages = [line.strip() for line in capsys.readouterr().out.splitlines() if "[page" in line]
    assert pages == ["[page viii]", "[page 2]"]


def test_show_an_address(docterm: Run, library_folder: Path) -> None:
    answer = docterm("show", "storm:2-3", "--library", library_folder, "--json")
    found = json.loads(answer.stdout)
    assert found["schema"] == "docterm.show/1"
    assert found["document"]["key"] == "storm"
    assert [passage["address"] for passage in found["passages"]] == ["storm:2", "storm:3"]
    assert set(found["passages"][0]) == {"address", "locator", "role", "text"}
    assert found["passages"][0]["role"] == "body"


def test_show_json_has_every_passage(docterm: Run, library_folder: Path) -> None:
    passages = json.loads(docterm("show", "harbour.md", "--library", library_folder, "--json").stdout)["passages"]
    assert [passage["role"] for passage in passages] == ["title", "body", "subhead", "body", "body", "body"]
    assert [passage["address"] for passage in passages][:2] == [None, "harbour:1"]


@pytest.mark.parametrize("name", ["storm", "sto", "storm.txt", "over the", "courier", "STORM"])
def test_names_of_a_document(docterm: Run, library_folder: Path, name: str) -> None:
    assert docterm("show", name, "--library", library_folder).stdout.startswith("Storm over the harbour\n")


def test_path_of_a_document(docterm: Run, library_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(library_folder.parent)
    for path in (library_folder / "storm.txt", "library/storm.txt", "./library/storm.txt"):
        assert docterm("show", path, "--library", library_folder).returncode == 0


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("zebra", "No document is called “zebra”."),
        (
            "the harbour",
            "can mean more than one document: harbour (The harbour at night), storm (Storm over the harbour)",
        ),
        ("storm:9", "storm has no paragraph 9."),
        ("storm:0", "names no paragraphs"),
        ("storm:x", "“x” is no paragraph of storm."),
        ("storm:1,2", "“1,2” is no paragraph of storm."),
        ("zebra:x", "No document is called “zebra:x”."),
        ("storm:3-2", "names no paragraphs"),
        ("~zebra", "No document is called “~zebra”."),
        ("", "No document is called “”."),
    ],
)
def test_show_what_is_not_there(docterm: Run, library_folder: Path, name: str, said: str) -> None:
    answer = docterm("show", "--library", library_folder, "--", name)
    assert answer.returncode == 2
    assert said in answer.stderr
    assert not answer.stdout


def test_show_an_unreadable_file(docterm: Run, library_folder: Path) -> None:
    (library_folder / "picture.png").write_bytes(b"\x89PNG")
    answer = docterm("show", "picture", "--library", library_folder)
    assert answer.returncode == 2
    assert "picture.png cannot be read." in answer.stderr


def test_a_digest_says_that_it_is_one(docterm: Run, shipped: Path) -> None:
    shown = docterm("show", "voa2023", "--library", shipped)
    assert "This is docterm's digest" in shown.stdout
    assert "docterm's digest" in docterm("search", "censorship", "--library", shipped).stdout
    found = json.loads(docterm("search", "censorship", "--library", shipped, "--json").stdout)
    assert {hit["kind"] for hit in found["hits"] if hit["document"] == "voa2023"} == {"digest"}
