"""`docterm check`."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from docterm.quotes.pandoc import programs, shared

if TYPE_CHECKING:
    from conftest import Run

GOOD = "Okafor says “We count the buoys by ear” [@harbour, para. 2].\n"
BAD = """# The night

The order was
“We do not count the buoys by ear” [@harbour, para. 3], as “No pilot was asked” shows.
"""


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    (tmp_path / "good.md").write_text(GOOD, "utf-8")
    (tmp_path / "bad.md").write_text(BAD, "utf-8")
    return tmp_path


@pytest.fixture(scope="module", autouse=True)
def _close_pandoc() -> Iterator[None]:
    yield
    shared().close()


def test_all_is_well(docterm: Run, drafts: Path, library_folder: Path) -> None:
    answer = docterm("check", drafts / "good.md", "--library", library_folder)
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "1 quotation: 1 verbatim.\n", "")
    quiet = docterm("check", "--quiet", drafts / "good.md", "--library", library_folder)
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")


def test_each_fault_names_its_line(docterm: Run, drafts: Path, library_folder: Path) -> None:
    bad = drafts / "bad.md"
    answer = docterm("check", "--quiet", drafts / "good.md", bad, "--library", library_folder)
    assert answer.returncode == 1
    assert answer.stdout == (
        f"{bad}:4: altered, wrong locator  harbour:2\n"
        "  “We do not count the buoys by ear”\n"
        "  We {+do not+} count the buoys by ear\n"
        "  Cited with “para. 3”, but the words stand in para. 2.\n\n"
        f"{bad}:4: citation missing  storm:2\n"
        "  “No pilot was asked”\n\n"
        "3 quotations: 2 verbatim, 1 altered, 1 without a citation, 1 with a wrong locator.\n"
    )


def test_json(docterm: Run, drafts: Path, library_folder: Path) -> None:
    answer = docterm("check", "--json", drafts / "bad.md", "--library", library_folder)
    found = json.loads(answer.stdout)
    assert answer.returncode == 1
    assert found["schema"] == "docterm.check/1"
    first, second = found["quotations"]
    assert (first["line"], first["verdict"], first["address"]) == (4, "altered", "harbour:2")
    assert (first["diff"], first["citation"]) == ("We {+do not+} count the buoys by ear", "wrong locator")
    assert BAD[slice(*first["span"])] == first["text"] == "We do not count the buoys by ear"
    assert first["cited"] == [{"key": "harbour", "locator": "para. 3", "said": ""}]
    assert (second["verdict"], second["diff"], second["citation"]) == ("verbatim", None, "missing")


def test_few_words_are_judged_when_asked(docterm: Run, tmp_path: Path, library_folder: Path) -> None:
    draft = tmp_path / "short.txt"
    draft.write_text("The “bright stars” shone.", "utf-8")
    answer = docterm("check", draft, "--library", library_folder)
    assert (answer.returncode, answer.stdout) == (0, "0 quotations: 1 too short to judge.\n")
    assert docterm("check", "--all", draft, "--library", library_folder).returncode == 1


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("missing.md", None, "There is no such file."),
        ("book.pdf", b"%PDF", "Manuscripts of the form .pdf are not read."),
        ("binary.md", bytes(range(256)) * 40, "not text"),
        ("broken.docx", b"PK\x03\x04 nothing", "not a whole zip archive"),
        ("text.docx", b"Only text.", "not a whole zip archive"),
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_is_checked(
    docterm: Run, drafts: Path, library_folder: Path, name: str, data: bytes | None, said: str
) -> None:
    if data is not None:
        (drafts / name).write_bytes(data)
    answer = docterm("check", drafts / name, drafts / "bad.md", "--library", library_folder)
    assert answer.returncode == 2
    assert said in answer.stderr
    assert "bad.md:4: altered" in answer.stdout
    found = json.loads(docterm("check", "--json", drafts / name, "--library", library_folder).stdout)
    assert said in found["files"][0]["problem"]


def test_a_word_document_that_floods_is_refused(docterm: Run, tmp_path: Path, library_folder: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w:p>" + b" " * 80_000_000)
    (tmp_path / "bomb.docx").write_bytes(packed.getvalue())
    answer = docterm("check", tmp_path / "bomb.docx", "--library", library_folder)
    assert answer.returncode == 2
    assert "times its size" in answer.stderr or "MiB" in answer.stderr


@pytest.mark.parametrize("text", ["", "\n\n", "No quotation."])
def test_a_draft_without_quotations_is_well(docterm: Run, tmp_path: Path, library_folder: Path, text: str) -> None:
    (tmp_path / "empty.md").write_text(text, "utf-8")
    answer = docterm("check", tmp_path / "empty.md", "--library", library_folder)
    assert (answer.returncode, answer.stdout) == (0, "0 quotations.\n")


def test_without_a_library_nothing_is_checked(docterm: Run, drafts: Path) -> None:
    (drafts / "none").mkdir()
    answer = docterm("check", drafts / "good.md", "--library", drafts / "none")
    assert answer.returncode == 2
    assert "There is nothing to check against." in answer.stderr
    assert docterm("check", drafts / "good.md", "--library", drafts / "nowhere").returncode == 2
    assert docterm("check").returncode == 2


def test_a_quotation_that_is_not_closed_is_named(docterm: Run, tmp_path: Path, library_folder: Path) -> None:
    (tmp_path / "open.md").write_text("He said “No pilot was asked, and so on.\n\nNext.\n", "utf-8")
    answer = docterm("check", tmp_path / "open.md", "--library", library_folder)
    assert answer.returncode == 1
    assert "not closed" in answer.stdout
    assert "Next" not in answer.stdout


def test_hostile_text_reaches_no_terminal(docterm: Run, tmp_path: Path, library_folder: Path) -> None:
    draft = tmp_path / "evil.md"
    draft.write_text("“\x1b]0;evil\x07 words \x9b31m that nobody has written” [@\x1b[31m, p. 3].", "utf-8")
    answer = docterm("check", draft, "--library", library_folder)
    assert answer.returncode == 1
    assert not {"\x1b", "\x9b", "\x07"} & set(answer.stdout + answer.stderr)


MARKDOWN = """# The night

Okafor writes that “Pilots said that *dimmed* lights made every crossing slower” (Okafor, 2019, para. 2). The
“**ferries** stayed in boats”.[^1]

> The council answered that the order would stand until spring.

[^1]: Lind, 2021, para. 2, says “No pilot was ever asked”.
"""


def word(path: Path, markdown: str) -> Path:
    """Make a Word document with Pandoc."""
    path.with_suffix(".source.md").write_text(markdown, "utf-8")
    program = next(programs())
    subprocess.run([program, str(path.with_suffix(".source.md")), "-o", str(path)], check=True)
    return path


def test_a_word_document_that_pandoc_wrote(docterm: Run, tmp_path: Path, library_folder: Path) -> None:
    path = word(tmp_path / "draft.docx", MARKDOWN)
    found = json.loads(docterm("check", "--json", path, "--library", library_folder).stdout)
    rows = [(each["line"], each["kind"], each["verdict"], each["citation"]) for each in found["quotations"]]
    assert rows[:3] == [
        (2, "inline", "verbatim", "ok"),
        (2, "inline", "altered", "ok"),
        (3, "block", "verbatim", "missing"),
    ]
    assert found["quotations"][1]["diff"] == "ferries stayed in [-port-] {+boats+}"
    assert found["quotations"][3]["diff"] == "No pilot was {+ever+} asked"


@pytest.mark.parametrize(
    ("form", "suffix"),
    [("docx", "docx"), ("pandoc", "md"), ("markdown", "md"), ("latex", "tex"), ("org", "org"), ("typst", "typ")],
)
@pytest.mark.parametrize("style", ["apa", "mla", "chicago-notes-bibliography"])
def test_what_docterm_exports_is_well(
    docterm: Run, tmp_path: Path, library_folder: Path, form: str, suffix: str, style: str
) -> None:
    where = ("--library", library_folder)
    docterm("quote", "harbour:2", "We count the buoys by ear", *where)
    docterm("quote", "storm:2", "No pilot was asked. The ferries stayed in port", *where)
    docterm("quote", "storm:3", "Fishermen counted their losses in nets rather than in boats.", *where)
    path = tmp_path / f"export.{suffix}"
    docterm("quotes", "export", "--form", form, "--style", style, "-o", path, *where)
    answer = docterm("check", path, *where)
    assert (answer.returncode, answer.stderr) == (0, ""), answer.stdout
    assert int(answer.stdout.split()[0]) >= 3


def test_a_work_that_zotero_numbers_is_known_by_its_record(docterm: Run, tmp_path: Path, library_folder: Path) -> None:
    where = ("--library", library_folder)
    docterm("quote", "storm:2", "No pilot was asked. The ferries stayed in port", *where)
    path = tmp_path / "export.docx"
    docterm("quotes", "export", "--form", "docx", "-o", path, *where)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    numbered = parts["word/document.xml"].replace(b'"id": "storm"', b'"id": 1234')
    assert numbered != parts["word/document.xml"]
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in (parts | {"word/document.xml": numbered}).items():
            archive.writestr(name, data)
    found = json.loads(docterm("check", "--json", path, *where).stdout)
    assert [(each["verdict"], each["citation"]) for each in found["quotations"]] == [("verbatim", "ok")]
    moved = numbered.replace(b'"locator": "2"', b'"locator": "3"')
    assert moved != numbered
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in (parts | {"word/document.xml": moved}).items():
            archive.writestr(name, data)
    found = json.loads(docterm("check", "--json", path, *where).stdout)
    assert found["quotations"][0]["citation"] == "wrong locator"
