"""`docterm quote` and `docterm quotes`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Run

FIELDS = {
    *("id", "kind", "text", "address", "locator", "key", "note", "tags", "created", "status", "now", "captured"),
    *("alterations", "attribution", "citation"),
}


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
    assert set(quote) == FIELDS | {"used"}
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
            expected = f"Not as they were taken: {said}. `docterm quotes verify` says which.\n" if said else ""
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


# --- verifying and accepting ---------------------------------------------------------------------


def rewrite(library_folder: Path, old: str, new: str) -> None:
    path = library_folder / "harbour.md"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_verify_shows_what_changed_and_accept_cites_it_anew(docterm: Run, library_folder: Path, quoted: str) -> None:
    verify = ["quotes", "verify", "--library", library_folder]
    answer = docterm(*verify)
    assert (answer.returncode, answer.stdout) == (0, "1 quote: 1 ok.\n")
    rewrite(library_folder, "We count the buoys", "We count all the buoys")
    answer = docterm(*verify)
    assert answer.returncode == 1
    assert f"{quoted}  harbour:2  altered\n  We count {{+all+}} the buoys\n" in answer.stdout
    assert f"docterm quotes verify --accept {quoted[:12]}" in answer.stdout
    assert docterm("quotes", "--library", library_folder).returncode == 1
    answer = docterm(*verify, "--accept", quoted.lower()[:14])
    assert answer.returncode == 0
    assert "1 quote anchored anew" in answer.stdout
    (quote,) = json.loads(docterm("quotes", "--json", "--library", library_folder).stdout)["quotes"]
    assert (quote["text"], quote["status"]) == ("We count all the buoys", "ok")
    assert quote["captured"] == {"address": "harbour:2", "text": "We count the buoys"}
    assert docterm("quotes", "undo", "--library", library_folder).stdout.startswith("Undone: anchoring the quote")
    assert docterm(*verify).returncode == 1


def test_verify_json_has_the_difference_and_the_proposal(docterm: Run, library_folder: Path, quoted: str) -> None:
    rewrite(library_folder, "We count the buoys", "We counted the buoys")
    found = json.loads(docterm("quotes", "verify", quoted, "--json", "--library", library_folder).stdout)
    assert (found["schema"], found["accepted"]) == ("docterm.quotes/1", [])
    (quote,) = found["quotes"]
    assert set(quote) == {*FIELDS, "diff", "proposal"}
    assert quote["diff"] == "We [-count-] {+counted+} the buoys"
    assert (quote["proposal"]["address"], quote["proposal"]["text"]) == ("harbour:2", "We counted the buoys")
    assert not quote["proposal"]["denies_otherwise"]


def test_a_not_is_never_accepted(docterm: Run, library_folder: Path, quoted: str) -> None:
    rewrite(library_folder, "We count the buoys", "We never count the buoys")
    answer = docterm("quotes", "verify", "--library", library_folder)
    assert answer.returncode == 1
    assert "We {+never+} count the buoys" in answer.stdout
    assert "cannot be accepted" in answer.stdout
    before = (library_folder / "notebook.jsonl").read_bytes()
    answer = docterm("quotes", "verify", "--accept", quoted, "--library", library_folder)
    assert answer.returncode == 2
    assert "it says something else now" in answer.stderr
    docterm("quotes", "verify", "--accept-all-moved", "--library", library_folder)
    assert (library_folder / "notebook.jsonl").read_bytes() == before


def test_all_that_only_moved_is_accepted_at_once(docterm: Run, library_folder: Path, quoted: str) -> None:
    rewrite(library_folder, "We count the buoys", "Here we are. We count the buoys")
    answer = docterm("quotes", "verify", "--library", library_folder)
    assert (answer.returncode, "moved" in answer.stdout, "certain: the same words" in answer.stdout) == (0, True, True)
    answer = docterm("quotes", "verify", "--accept-all-moved", "--library", library_folder)
    assert answer.stdout.startswith("1 quote: 1 ok.\n1 quote anchored anew")
    assert docterm("quotes", quoted, "--library", library_folder).stdout.startswith(f"{quoted}  harbour:2  ok\n")


def test_accept_asks_for_names_and_verify_says_that_nothing_is_saved(docterm: Run, library_folder: Path) -> None:
    answer = docterm("quotes", "verify", "--accept", "--library", library_folder)
    assert answer.returncode == 2
    assert "--accept QUOTE" in answer.stderr
    answer = docterm("quotes", "verify", "--library", library_folder)
    assert (answer.returncode, answer.stdout) == (0, "")
    assert "No quote was saved yet" in answer.stderr


# --- changing ------------------------------------------------------------------------------------


def test_a_quote_is_changed_removed_and_brought_back(docterm: Run, library_folder: Path, quoted: str) -> None:
    at = ["--library", library_folder]
    assert "note: New." in docterm("quotes", "note", quoted, "New.", *at).stdout
    assert "tags: pilots, sea" in docterm("quotes", "tag", quoted, "--add", "sea", *at).stdout
    assert "tags: sea\n" in docterm("quotes", "tag", quoted, "--take", "pilots", *at).stdout
    assert f"{quoted}  harbour:2  removed" in docterm("quotes", "remove", quoted, *at).stdout
    assert docterm("quotes", *at).returncode == 1
    assert quoted in docterm("quotes", "restore", *at).stdout
    assert "restored" in docterm("quotes", "restore", quoted[:20], *at).stdout
    assert docterm("quotes", "restore", *at).returncode == 1
    for said in ("restoring", "removing", "the tags of", "the tags of", "the note on", "the note on", "the tags"):
        answer = docterm("quotes", "undo", *at)
        if "saving" in answer.stdout:
            break
        assert said in answer.stdout
    assert docterm("quotes", "redo", *at).returncode == 0


def test_changes_say_what_is_missing(docterm: Run, library_folder: Path, quoted: str) -> None:
    at = ["--library", library_folder]
    for arguments in (["tag", quoted], ["note", "ZZZ", "x"], ["remove", "ZZZ"], ["remove"], ["restore", quoted]):
        assert docterm("quotes", *arguments, *at).returncode == 2
    assert docterm("quotes", "redo", *at).returncode == 1
    assert docterm("quotes", "undo", "--library", library_folder / "nowhere").returncode == 2


def test_quotes_are_put_in_an_order_of_ones_own(docterm: Run, library_folder: Path, quoted: str) -> None:
    at = ["--library", library_folder]
    docterm("quote", "storm:2", "No pilot was asked", *at)
    assert "now 2 of 2" in docterm("quotes", "move", quoted, "1", *at).stdout
    assert "now 1 of 2" in docterm("quotes", "move", quoted, "-1", *at).stdout
    assert docterm("quotes", "move", quoted, "--far", *at).returncode == 2
    assert "now 2 of 2" in docterm("quotes", "move", quoted, "1", *at).stdout
    assert docterm("quotes", *at).stdout.index("storm:2") < docterm("quotes", *at).stdout.index("harbour:2")
    assert docterm("quotes", "move", quoted, "1", *at).returncode == 1
    assert "now 1 of 2" in docterm("quotes", "move", *at, "--", quoted, "-1").stdout


# --- what no export may touch --------------------------------------------------------------------


def test_an_export_never_goes_onto_a_source_or_its_records(
    docterm: Run, library_folder: Path, tmp_path: Path, quoted: str
) -> None:
    link = tmp_path / "link.md"
    link.symlink_to(library_folder / "harbour.md")
    before = {path: path.read_bytes() for path in library_folder.iterdir() if path.is_file()}
    assert quoted
    for form, place, said in (
        ("markdown", library_folder / "harbour.md", "is the document harbour"),
        ("markdown", link, "is the document harbour"),
        ("text", library_folder / "storm.txt", "is the document storm"),
        ("csl-json", library_folder / "references.json", "holds records of your library"),
        ("biblatex", library_folder / "new.bib", "holds records of your library"),
        ("json", library_folder / "notebook.jsonl", "is your notebook"),
    ):
        answer = docterm("quotes", "export", "--form", form, "-o", place, "--library", library_folder)
        assert answer.returncode == 2, place
        assert said in answer.stderr
        assert "Name another file, best outside the library" in answer.stderr
    assert {path: path.read_bytes() for path in library_folder.iterdir() if path.is_file()} == before


@pytest.mark.parametrize("form", ["markdown", "docx"])
def test_an_export_that_stands_in_the_library_is_brought_up_to_date(
    docterm: Run, library_folder: Path, quoted: str, form: str
) -> None:
    place = library_folder / ("mine.docx" if form == "docx" else "mine.md")
    for said in ("1 new", "1 unchanged"):
        answer = docterm("quotes", "export", quoted, "--form", form, "-o", place, "--library", library_folder)
        assert (answer.returncode, said in answer.stdout) == (0, True), answer.stderr


def test_a_quote_is_altered_and_its_captured_words_stay(docterm: Run, library_folder: Path, quoted: str) -> None:
    place = ("--library", library_folder)
    answer = docterm("quotes", "alter", quoted, "--replace", "We=we", "--emphasise", "buoys", *place)
    assert answer.returncode == 0
    assert "“[w]e count the *buoys*” (Okafor, 2019, para. 2) (emphasis added)" in answer.stdout
    docterm("quotes", "alter", quoted, "--insert", "buoys=old", *place)
    assert "lie over each other" in docterm("quotes", "alter", quoted, "--omit", "the buoys", *place).stderr
    (quote,) = json.loads(docterm("quotes", "--json", *place).stdout)["quotes"]
    assert quote["text"] == "We count the buoys"
    assert (quote["status"], len(quote["alterations"])) == ("ok", 3)
    assert "“We count the buoys”" in docterm("quotes", "alter", quoted, "--plain", *place).stdout
    docterm("quotes", "undo", *place)
    assert "“[w]e count the [old] *buoys*”" in docterm("quotes", *place).stdout


def test_an_alteration_that_cannot_be_says_why(docterm: Run, library_folder: Path, quoted: str) -> None:
    for arguments, said in (
        (["--omit", "lighthouse"], "does not have the words “lighthouse”"),
        (["--replace", "buoys"], "does not say what is to stand there"),
        ([], "No alteration is named."),
    ):
        answer = docterm("quotes", "alter", quoted, *arguments, "--library", library_folder)
        assert answer.returncode == 2
        assert said in answer.stderr


def test_a_quote_of_somebody_is_offered_and_cited_as_theirs(docterm: Run, library_folder: Path) -> None:
    (library_folder / "tide.md").write_text(
        "---\ntitle: Tide\nauthor: Tomas Lind\ndate: 2020-01-01\n---\n\n# Tide\n\n"
        "“We waited at the quay all night,” Mara Cao told the Review.\n"
    )
    place = ("--library", library_folder)
    answer = docterm("quote", "tide:1", "We waited at the quay", *place)
    assert "The source seems to quote Mara Cao here: --speaker 'Mara Cao' cites it so" in answer.stderr
    assert "(Lind, 2020, para. 1)" in answer.stdout
    answer = docterm("quote", "tide:1", "We waited at the quay", "--speaker", "Mara Cao", *place)
    assert "(Mara Cao, as cited in Lind, 2020, para. 1)" in answer.stdout
    (quote,) = json.loads(docterm("quotes", "--json", *place).stdout)["quotes"]
    assert quote["attribution"] == {"speaker": "Mara Cao", "kind": "speaker"}
    narrative = docterm("quotes", "copy", "--cite", "narrative", *place).stdout
    assert narrative.startswith("Mara Cao, as cited in Lind (2020, para. 1): “We waited at the quay”")
    answer = docterm("quote", "tide:1", "We waited at the quay", "--own-words", *place)
    assert "(Lind, 2020, para. 1)" in answer.stdout
    assert docterm("quote", "tide:1", "We waited", "--own-words", "--speaker", "X", *place).returncode == 2
