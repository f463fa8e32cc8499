"""`docterm quote` and `docterm quotes`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Run

FIELDS = {"id", "kind", "text", "address", "locator", "key", "note", "tags", "created", "status", "now", "citation"}


@pytest.fixture
def quoted(docterm: Run, library_folder: Path) -> str:
    """Save a quote in the small library and give its id."""
    docterm(
        "quote", "harbour:2", "we  COUNT the buoys", "--tag", "pilots", "--note", "Why?", "--library", library_folder
    )
    answer = docterm("quotes", "--json", "--library", library_folder)
    (quote,) = json.loads(answer.stdout)["quotes"]
    return str(quote["id"])


def test_quote_text(docterm: Run, library_folder: Path) -> None:
    answer = docterm("quote", "storm:2", "no pilot was asked", "--library", library_folder)
    assert answer.returncode == 0
    assert "  storm:2  saved\n  “No pilot was asked” (Lind, 2021, para. 2)\n" in answer.stdout
    assert answer.stderr == f"The notebook is {library_folder / 'notebook.jsonl'}.\n"


def test_quote_json(docterm: Run, library_folder: Path) -> None:
    arguments = ["quote", "sto:3", "nets rather", "--tag", "a", "--tag", "b", "--note", "n", "--json"]
    found = json.loads(docterm(*arguments, "--library", library_folder).stdout)
    assert found["schema"] == "docterm.quotes/1"
    assert found["new"]
    (quote,) = found["quotes"]
    assert set(quote) == FIELDS
    assert (quote["address"], quote["note"], quote["tags"]) == ("storm:3", "n", ["a", "b"])
    assert quote["citation"] == "(Lind, 2021, para. 3)"


def test_quote_again_adds_to_what_is_there(docterm: Run, library_folder: Path, quoted: str) -> None:
    arguments = ["quote", "harbour:2", "We count the buoys", "--tag", "sea", "--note", "How?", "--json"]
    found = json.loads(docterm(*arguments, "--library", library_folder).stdout)
    (quote,) = found["quotes"]
    assert not found["new"]
    assert (quote["id"], quote["note"], quote["tags"]) == (quoted, "How?", ["pilots", "sea"])


def test_quote_from_standard_input(program: Run, library_folder: Path) -> None:
    text = "dimmed lights\nmade every crossing"
    answer = program("quote", "harbour:2", "-", "--library", library_folder, input=text)
    assert answer.returncode == 0
    assert "dimmed lights made every crossing" in answer.stdout


@pytest.mark.parametrize(
    ("address", "text", "said"),
    [
        ("harbour:1", "we count", "They stand in harbour:2."),
        ("harbour:1", "no such words", "does not have the words"),
        ("harbour:1", "...", "no words to quote"),
        ("harbour", "lights", "is not an address"),
        ("harbour:99", "lights", "does not exist"),
        ("zebra:1", "lights", "No document is called"),
    ],
)
def test_quote_what_is_not_there(docterm: Run, library_folder: Path, address: str, text: str, said: str) -> None:
    answer = docterm("quote", address, text, "--library", library_folder)
    assert answer.returncode == 2
    assert said in answer.stderr
    assert not (library_folder / "notebook.jsonl").exists()


def test_quotes_text(docterm: Run, library_folder: Path, quoted: str) -> None:
    expected = (
        f"{quoted}  harbour:2  ok\n  “We count the buoys” (Okafor, 2019, para. 2)\n  note: Why?\n  tags: pilots\n\n"
    )
    for arguments in ([], ["list"], [quoted], ["list", quoted.lower()[:24]]):
        answer = docterm("quotes", *arguments, "--library", library_folder)
        assert (answer.returncode, answer.stdout, answer.stderr) == (0, expected, "")
    assert docterm("quotes", "--library", library_folder).stdout == expected
    assert docterm("--library", library_folder, "quotes").stdout == expected


def test_quotes_json(docterm: Run, library_folder: Path, quoted: str) -> None:
    found = json.loads(docterm("quotes", "--library", library_folder, "--json").stdout)
    assert found["schema"] == "docterm.quotes/1"
    (quote,) = found["quotes"]
    assert set(quote) == FIELDS
    assert quote["id"] == quoted
    (line,) = docterm("quotes", "--jsonl", "--library", library_folder).stdout.splitlines()
    assert json.loads(line) == quote


def test_quotes_that_were_altered(docterm: Run, library_folder: Path, quoted: str) -> None:
    path = library_folder / "harbour.md"
    path.write_text(path.read_text("utf-8").replace("buoys", "boats"), "utf-8")
    answer = docterm("quotes", "--library", library_folder)
    assert answer.returncode == 1
    assert answer.stdout.startswith(f"{quoted}  harbour:2  altered\n")
    path.unlink()
    answer = docterm("quotes", "--library", library_folder, "--json")
    assert answer.returncode == 1
    assert json.loads(answer.stdout)["quotes"][0]["status"] == "source missing"


def test_what_is_written_out_is_checked_against_its_source(
    docterm: Run, library_folder: Path, tmp_path: Path, quoted: str
) -> None:
    path = library_folder / "harbour.md"
    verbs = (["copy"], ["export", "--form", "text", "-o", tmp_path / "quotes.txt"])
    original = path.read_text("utf-8")
    moved = original.replace("We count the buoys", "We count them") + "\n\nWe count the buoys at last.\n"
    for text, said in (
        (original, ""),
        (original.replace("buoys", "boats"), "1 altered"),
        (moved, "1 moved"),
        (None, "1 source missing"),
    ):
        path.unlink() if text is None else path.write_text(text, "utf-8")
        for verb in verbs:
            answer = docterm("quotes", *verb, "--library", library_folder)
            assert answer.returncode == 0
            expected = f"Not as they were taken: {said}. `docterm quotes` says which.\n" if said else ""
            assert answer.stderr == expected, verb


def test_no_quotes(docterm: Run, library_folder: Path) -> None:
    for verb in (["quotes"], ["quotes", "copy"]):
        answer = docterm(*verb, "--library", library_folder)
        assert (answer.returncode, answer.stdout) == (1, "")
        assert "`docterm quote ADDRESS TEXT` saves one" in answer.stderr


def test_unknown_quote(docterm: Run, library_folder: Path, quoted: str) -> None:
    assert docterm("quotes", "zebra", "--library", library_folder).returncode == 2
    assert docterm("quotes", "copy", "zebra", quoted, "--library", library_folder).returncode == 2


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("text", "“We count the buoys” (Okafor, 2019, para. 2)\n\nReferences\n\nOkafor, I. (2019, April 2)."),
        ("markdown", "“We count the buoys” (Okafor, 2019, para. 2)\n\n## References\n\nOkafor, I. (2019, April 2)."),
        ("pandoc", "“We count the buoys” [@harbour, para. 2]\n"),
        ("org", "“We count the buoys” [cite:@harbour para. 2]\n"),
        ("typst", "“We count the buoys” @harbour[para. 2]\n"),
        ("latex", "\\textcquote[para.~2]{harbour}{We count the buoys}\n"),
    ],
)
def test_copy(docterm: Run, library_folder: Path, quoted: str, form: str, expected: str) -> None:
    for names in ([], [quoted]):
        answer = docterm("quotes", "copy", "--form", form, *names, "--library", library_folder)
        assert answer.returncode == 0
        assert answer.stdout.startswith(expected)
    assert docterm("quotes", "--library", library_folder, "copy", "--form", form).stdout == answer.stdout


@pytest.mark.parametrize("order", ["option", "option with =", "environment"])
def test_another_notebook(
    docterm: Run, library_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    notebook = tmp_path / "mine" / "notes.jsonl"
    named = {"option": ["--notebook", str(notebook)], "option with =": [f"--notebook={notebook}"]}.get(order, [])
    if order == "environment":
        monkeypatch.setenv("DOCTERM_NOTEBOOK", str(notebook))
    docterm("quote", "storm:1", "storm", *named, "--library", library_folder)
    assert notebook.exists()
    assert not (library_folder / "notebook.jsonl").exists()
    assert docterm("quotes", *named, "--library", library_folder).returncode == 0
    assert docterm("quotes", *named, "copy", "--library", library_folder).returncode == 0


def test_paraphrase_of_a_digest(docterm: Run, shipped: Path) -> None:
    text = json.loads(docterm("show", "voa2023:1", "--library", shipped, "--json").stdout)["passages"][0]["text"]
    found = json.loads(docterm("quote", "voa2023:1", text, "--library", shipped, "--json").stdout)
    assert found["quotes"][0]["kind"] == "paraphrase"
    answer = docterm("quotes", "--library", shipped)
    assert "(paraphrase from docterm's digest)" in answer.stdout
    assert not (shipped / "notebook.jsonl").exists()


def test_damaged_notebook_says_so(docterm: Run, library_folder: Path, quoted: str) -> None:
    with (library_folder / "notebook.jsonl").open("a", encoding="utf-8") as file:
        file.write("{nonsense\n")
    answer = docterm("quotes", "--library", library_folder)
    assert answer.returncode == 0
    assert quoted in answer.stdout
    assert "is damaged and left as it is" in answer.stderr
