"""Adding whole folders, as copies and as links."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from docterm.library.links import trusted

if TYPE_CHECKING:
    from conftest import Run

POSIX = pytest.mark.skipif(os.name != "posix", reason="needs links")


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """Give a folder of documents, records and other files, outside the library."""
    folder = tmp_path / "papers"
    for path, content in {
        "buoys.txt": b"A list of buoys.\n\nThe last is lost.\n",
        "years/1999/lights.md": b"# Lights\n\nThe lights were dimmed.\n",
        "years/1999/lights.md.csl.json": b'{"id": "lights1999", "title": "Lights of the harbour", "type": "book"}',
        "refs.bib": b"@book{ritter2001, title={Buoys}, author={Ritter, Ada}, file={/home/ada/buoys.txt}}",
        "references.json": b'[{"id": "elsewhere", "title": "A work that is not here", "type": "book"}]',
        "settings.yaml": b"colour: blue\n",
        "picture.png": b"\x89PNG",
        "table.XLSX": b"PK",
        "years/photo.png": b"\x89PNG",
        ".hidden/secret.txt": b"Nothing to see.",
    }.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return folder


def tree(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


def added(answer: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def listed(docterm: Run, library: Path, *options: str) -> dict[str, dict[str, Any]]:
    answer = docterm("list", "--json", *options, "--library", library)
    return {each["path"]: each for each in json.loads(answer.stdout)["documents"]}


def test_a_folder_comes_with_its_order_and_its_records(docterm: Run, library_folder: Path, papers: Path) -> None:
    before = tree(library_folder)
    answer = docterm("add", papers, "--library", library_folder)
    assert answer.returncode == 0
    assert answer.stdout == f"{papers}: 2 documents added in papers, 3 files of records.\n"
    assert (
        f"{papers}: 4 files left out, since docterm has no reader for them: 2 .png, 1 .xlsx, 1 .yaml." in answer.stderr
    )
    copied = {"buoys.txt", "years/1999/lights.md", "years/1999/lights.md.csl.json", "refs.bib", "references.json"}
    assert tree(library_folder) - before == {f"papers/{path}" for path in copied}
    documents = listed(docterm, library_folder)
    assert documents["papers/buoys.txt"]["key"] == "ritter2001"
    assert documents["papers/years/1999/lights.md"]["title"] == "Lights of the harbour"


def test_the_same_folder_twice_adds_nothing(docterm: Run, library_folder: Path, papers: Path) -> None:
    docterm("add", papers, "--library", library_folder)
    before = {path: (library_folder / path).stat().st_mtime_ns for path in tree(library_folder)}
    answer = docterm("add", f"{papers}/", "--library", library_folder)
    assert answer.returncode == 0
    assert "0 documents added in papers, 2 in the library already" in answer.stdout
    assert {path: (library_folder / path).stat().st_mtime_ns for path in tree(library_folder)} == before


def test_a_folder_is_completed_and_nothing_in_it_replaced(docterm: Run, library_folder: Path, papers: Path) -> None:
    docterm("add", papers, "--library", library_folder)
    (papers / "buoys.txt").write_text("Another list of buoys.", "utf-8")
    (papers / "new.txt").write_text("A new one.", "utf-8")
    (papers / "refs.bib").write_text("@book{other, title={Other}}", "utf-8")
    answer = docterm("add", papers, "--library", library_folder)
    assert answer.returncode == 1
    assert f"{papers}/refs.bib: The library has another papers/refs.bib." in answer.stderr
    assert (library_folder / "papers/buoys.txt").read_text("utf-8").startswith("A list")
    assert (library_folder / "papers/buoys-2.txt").read_text("utf-8") == "Another list of buoys."
    assert "ritter2001" in (library_folder / "papers/refs.bib").read_text("utf-8")
    assert "2 documents added in papers, 1 in the library already" in answer.stdout


def test_each_file_that_is_refused_has_a_line_and_the_others_are_added(
    docterm: Run, library_folder: Path, papers: Path
) -> None:
    (papers / "years" / "broken.pdf").write_bytes(b"%PDF-1.7 no more")
    (papers / "bad").mkdir()
    (papers / "bad" / "binary.txt").write_bytes(b"\0\1\2" * 1000)
    answer = docterm("add", papers, "--library", library_folder)
    assert answer.returncode == 1
    assert "2 documents added" in answer.stdout
    assert [
        line for line in answer.stderr.splitlines() if line.startswith(f"{papers}/years/broken.pdf: This is no PDF")
    ]
    assert [line for line in answer.stderr.splitlines() if line.startswith(f"{papers}/bad/binary.txt: The file is not")]
    assert not (library_folder / "papers" / "bad").exists()
    assert not listed(docterm, library_folder, "--problems")


def test_add_a_folder_as_json(docterm: Run, library_folder: Path, papers: Path) -> None:
    (papers / "broken.pdf").write_bytes(b"%PDF-1.7 no more")
    found = added(docterm("add", papers, "--json", "--library", library_folder))
    assert {each["path"] for each in found["added"]} == {"papers/buoys.txt", "papers/years/1999/lights.md"}
    assert [(each["path"], each["code"]) for each in found["failed"]] == [(f"{papers}/broken.pdf", "malformed")]
    assert (found["records"], found["left_out"]) == (3, {".png": 2, ".xlsx": 1, ".yaml": 1})


def test_a_folder_in_the_other_is_refused(docterm: Run, library_folder: Path) -> None:
    inside = library_folder / "inside"
    inside.mkdir()
    for folder, why in ((library_folder, "in the library"), (inside, "in the library"), (inside.parents[1], "lies in")):
        answer = docterm("add", folder, "--library", library_folder)
        assert (answer.returncode, answer.stdout) == (2, "")
        assert why in answer.stderr
    assert not list(inside.iterdir())


def test_records_alone_can_be_added(docterm: Run, library_folder: Path, papers: Path) -> None:
    (library_folder / "buoys.txt").write_bytes((papers / "buoys.txt").read_bytes())
    assert docterm("add", papers / "refs.bib", "--library", library_folder).returncode == 0
    assert listed(docterm, library_folder)["buoys.txt"]["key"] == "ritter2001"
    answer = docterm("add", papers / "references.json", "--library", library_folder)
    assert answer.returncode == 1
    assert "The library has another references.json." in answer.stderr


def test_what_the_library_ignores_is_not_added(docterm: Run, library_folder: Path, papers: Path) -> None:
    (library_folder / ".doctermignore").write_text("buoys*", "utf-8")
    answer = docterm("add", papers / "buoys.txt", "--library", library_folder)
    assert answer.returncode == 1
    assert ".doctermignore passes it over" in answer.stderr
    assert not (library_folder / "buoys.txt").exists()


@POSIX
def test_links_in_an_added_folder_bring_nothing_from_elsewhere(
    docterm: Run, library_folder: Path, papers: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    (papers / "link.txt").symlink_to(tmp_path / "secret.txt")
    (papers / "inside.txt").symlink_to("buoys.txt")
    answer = docterm("add", papers, "--library", library_folder)
    assert answer.returncode == 1
    assert f"{papers}/link.txt: This link leads out" in answer.stderr
    assert not os.path.lexists(library_folder / "papers" / "link.txt")
    assert not (library_folder / "papers" / "inside.txt").is_symlink()


@POSIX
def test_nothing_is_written_through_a_link_in_the_library(
    docterm: Run, library_folder: Path, papers: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (library_folder / "papers").mkdir()
    (library_folder / "papers" / "years").symlink_to(elsewhere)
    assert docterm("add", papers, "--library", library_folder).returncode == 2
    (library_folder / "papers" / "years").unlink()
    (library_folder / "papers" / "buoys.txt").unlink()
    (library_folder / "papers").rmdir()
    (library_folder / "papers").symlink_to(elsewhere)
    assert "added in papers-2" in docterm("add", papers, "--library", library_folder).stdout
    assert list(elsewhere.iterdir()) == []


@POSIX
def test_a_linked_file_follows_its_original(docterm: Run, library_folder: Path, papers: Path) -> None:
    answer = docterm("add", "--link", papers / "buoys.txt", "--library", library_folder)
    assert (answer.returncode, answer.stdout) == (0, f"{papers}/buoys.txt: linked as buoys, 2 paragraphs.\n")
    assert (library_folder / "buoys.txt").readlink() == papers / "buoys.txt"
    (papers / "buoys.txt").write_text("Another list of buoys, in one paragraph.", "utf-8")
    assert listed(docterm, library_folder)["buoys.txt"]["paragraphs"] == 1
    again = docterm("add", "--link", papers / "buoys.txt", "--library", library_folder)
    assert "is in the library already, as buoys" in again.stdout
    (papers / "buoys.txt").unlink()
    assert listed(docterm, library_folder, "--problems")["buoys.txt"]["code"] == "missing"


@POSIX
def test_a_linked_folder_is_read_where_it_is(docterm: Run, library_folder: Path, papers: Path) -> None:
    before = tree(papers)
    answer = docterm("add", "--link", papers, "--library", library_folder)
    assert answer.stdout == f"{papers}: linked as papers, 2 documents.\n"
    assert (library_folder / "papers").readlink() == papers
    documents = listed(docterm, library_folder)
    assert documents["papers/buoys.txt"]["key"] == "ritter2001"
    (papers / "new.txt").write_text("A new one.", "utf-8")
    assert "papers/new.txt" in listed(docterm, library_folder)
    assert docterm("show", papers / "new.txt", "--library", library_folder).returncode == 0
    assert docterm("add", papers, "--library", library_folder).stdout.startswith(
        f"{papers}: is linked already as papers,"
    )
    assert tree(papers) == before | {"new.txt"}


@POSIX
def test_a_library_that_is_named_by_a_link_follows_its_links(
    docterm: Run, library_folder: Path, papers: Path, tmp_path: Path
) -> None:
    (tmp_path / "named").symlink_to(library_folder)
    assert docterm("add", "--link", papers, "--library", tmp_path / "named").returncode == 0
    assert "papers/buoys.txt" in listed(docterm, library_folder)
    assert "papers/buoys.txt" in listed(docterm, tmp_path / "named")


@POSIX
def test_a_link_to_what_cannot_be_read_is_taken_away_again_and_its_original_kept(
    docterm: Run, library_folder: Path, papers: Path
) -> None:
    (papers / "broken.pdf").write_bytes(b"%PDF-1.7 no more")
    assert docterm("add", "--link", papers / "broken.pdf", "--library", library_folder).returncode == 1
    assert not os.path.lexists(library_folder / "broken.pdf")
    assert (papers / "broken.pdf").exists()


@POSIX
def test_a_library_that_is_copied_with_its_links_does_not_follow_them(
    docterm: Run, library_folder: Path, papers: Path, tmp_path: Path
) -> None:
    docterm("add", "--link", papers, "--library", library_folder)
    library_folder.rename(tmp_path / "moved")
    assert listed(docterm, tmp_path / "moved", "--problems")["papers"]["code"] == "not-regular"
    assert docterm("add", "--link", papers, "--library", tmp_path / "moved").returncode == 0
    assert "papers/buoys.txt" in listed(docterm, tmp_path / "moved")


def test_the_record_beside_a_file_comes_along(docterm: Run, library_folder: Path, papers: Path) -> None:
    lights = papers / "years" / "1999" / "lights.md"
    answer = docterm("add", lights, "--library", library_folder)
    assert answer.returncode == 0
    assert listed(docterm, library_folder)["lights.md"]["title"] == "Lights of the harbour"
    lights.with_name("lights.md.csl.json").write_text('{"title": "Other lights"}', "utf-8")
    again = docterm("add", lights, "--library", library_folder)
    assert again.returncode == 1
    assert f"{lights}.csl.json: The library has another lights.md.csl.json." in again.stderr


def test_no_record_is_left_of_a_file_that_cannot_be_read(docterm: Run, library_folder: Path, papers: Path) -> None:
    before = tree(library_folder)
    (papers / "x.pdf").write_bytes(b"%PDF-1.7 no more")
    (papers / "x.csl.json").write_text('{"title": "X"}', "utf-8")
    assert docterm("add", papers / "x.pdf", "--library", library_folder).returncode == 1
    assert tree(library_folder) == before


def test_the_notebook_of_a_folder_stays_where_it_is(docterm: Run, library_folder: Path, papers: Path) -> None:
    (papers / "notebook.jsonl").write_text("", "utf-8")
    answer = docterm("add", papers, "--library", library_folder)
    assert f"The quotes in {papers}/notebook.jsonl stay there; --notebook opens them." in answer.stderr
    assert not (library_folder / "papers" / "notebook.jsonl").exists()


@POSIX
def test_when_it_is_killed_every_file_is_there_whole_or_not_at_all(
    docterm: Run, library_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    text = "The harbour lights were dimmed by order of the council. " * 200
    for number in range(300):
        (folder / f"{number}.txt").write_text(f"{number} {text}", "utf-8")
    command = [sys.executable, "-m", "docterm", "add", str(folder), "--library", str(library_folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    copies = library_folder / "many"
    deadline = time.monotonic() + 60
    while (not copies.exists() or len(list(copies.iterdir())) < 20) and time.monotonic() < deadline:
        time.sleep(0.005)
    process.kill()
    process.wait()
    there = [path for path in copies.iterdir() if not path.name.startswith(".")]
    assert len(there) > 0
    assert all(path.read_bytes() == (folder / path.name).read_bytes() for path in there)
    assert docterm("add", folder, "--library", library_folder).returncode == 0
    assert len([path for path in copies.iterdir() if not path.name.startswith(".")]) == 300


def test_a_sidecar_follows_its_document_under_another_name(docterm: Run, library_folder: Path, papers: Path) -> None:
    theirs = library_folder / "papers/years/1999/lights.md"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("# Lights\n\nOther lights altogether.\n", "utf-8")
    (papers / "buoys.csl.json").write_text('{"id": "buoys1998", "title": "The buoys", "type": "book"}', "utf-8")
    (papers / "buoys.md").write_text("# Buoys\n\nAnother text about buoys.\n", "utf-8")
    (library_folder / "papers/buoys.md").write_text("# Buoys\n\nSomebody else's.\n", "utf-8")
    for _ in range(2):
        assert docterm("add", papers, "--library", library_folder).returncode == 0
    assert not theirs.with_name("lights.md.csl.json").exists()
    found = listed(docterm, library_folder)
    assert found["papers/years/1999/lights-2.md"]["key"] == "lights1999"
    assert found["papers/years/1999/lights.md"]["title"] == "Lights"
    assert {name for name in tree(library_folder / "papers") if name.endswith(".csl.json")} == {
        "buoys.csl.json",
        "buoys-2.md.csl.json",
        "years/1999/lights-2.md.csl.json",
    }


def test_two_docterms_that_link_at_once_lose_no_link(tmp_path: Path) -> None:
    many = (
        "import sys; from pathlib import Path; from docterm.library.links import trust\n"
        "for n in range(25): trust(Path(sys.argv[1]), f'{sys.argv[2]}{n}', Path('/elsewhere'))"
    )
    running = [subprocess.Popen([sys.executable, "-c", many, str(tmp_path), each]) for each in "abc"]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    assert len(trusted(tmp_path)) == 75
