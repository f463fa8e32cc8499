"""Paragraphs that keep their numbers: in a library that is edited, read anew, copied, and shared by processes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from docterm.errors import LibraryError
from docterm.library import readers
from docterm.library.library import Library
from docterm.library.model import Address, Block, Number, Role
from docterm.library.readers import Extract
from docterm.library.refresh import Changes
from docterm.quotes.capture import find
from docterm.quotes.model import quote_from_json
from docterm.quotes.verify import QuoteStatus, locate_in, told

if TYPE_CHECKING:
    from conftest import Run

TEXTS = [
    "The harbour was closed on the first of May, and the council told nobody why it had been.",
    "Three ships lay outside for a night with their lamps lit and their crews asleep.",
    "A pilot said that he had asked twice for an order in writing and had been given none.",
    "On the second day the lamps of the northern mole were put out to save oil.",
    "The ledger of the office has forty crossings for March and not a single one for May.",
    "In the evening the council met behind closed doors, as it does when the budget is read.",
]
NEW = "Nobody had thought of the fishermen, who came in by the old channel as they always had."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    save(folder, TEXTS)
    return folder


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    library = Library(folder)
    library.refresh()
    yield library
    library.close()


def save(folder: Path, texts: list[str], name: str = "log.md") -> None:
    (folder / name).write_text("# Log of the harbour\n\n" + "\n\n".join(texts) + "\n", "utf-8")


def shown(library: Library, name: str = "log") -> dict[str, str]:
    passages = library.passages(library.document(name))
    return {str(each.number): each.text for each in passages if each.number is not None}


def read_anew(library: Library) -> dict[str, str]:
    """Give the numbers in a library that has lost its cache."""
    shutil.rmtree(library.cache_folder)
    fresh = Library(library.root)
    fresh.refresh()
    found = shown(fresh)
    fresh.close()
    return found


EDITS: dict[str, tuple[list[str], str]] = {
    "edited": ([*TEXTS[:2], TEXTS[2].replace("twice", "three times"), *TEXTS[3:]], "1 2 3 4 5 6"),
    "put in": ([*TEXTS[:2], NEW, *TEXTS[2:]], "1 2 2a 3 4 5 6"),
    "put before": ([NEW, *TEXTS], "0a 1 2 3 4 5 6"),
    "put behind": ([*TEXTS, NEW], "1 2 3 4 5 6 7"),
    "taken out": ([*TEXTS[:2], *TEXTS[3:]], "1 2 4 5 6"),
    "moved": ([*TEXTS[:2], *TEXTS[3:5], TEXTS[2], TEXTS[5]], "1 2 4 5 5a 6"),
    "all at once": ([NEW, TEXTS[0], *TEXTS[3:5], TEXTS[1], f"{TEXTS[5]} So it said."], "0a 1 4 5 5a 6"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_unchanged_paragraphs_keep_their_numbers_even_without_the_cache(library: Library, edit: str) -> None:
    texts, numbers = EDITS[edit]
    before = shown(library)
    save(library.root, texts)
    assert "log.md" in library.refresh().read
    after = shown(library)
    assert " ".join(after) == numbers
    assert list(after.values()) == texts
    gone_or_changed = {number for number, text in before.items() if after.get(number) != text}
    assert gone_or_changed == {number for number, text in before.items() if text not in texts or text in moved(after)}
    assert read_anew(library) == after
    assert library.refresh() == Changes()


def moved(after: dict[str, str]) -> list[str]:
    return [text for number, text in after.items() if number.endswith("a")]


@pytest.mark.parametrize("edit", EDITS)
def test_an_old_address_leads_to_its_words_or_says_what_became_of_them(library: Library, edit: str) -> None:
    texts, _ = EDITS[edit]
    save(library.root, texts)
    library.refresh()
    for number, text in enumerate(TEXTS, 1):
        address = Address("log", number, number)
        if number == 3 and edit in ("taken out", "all at once"):
            with pytest.raises(LibraryError, match="it is gone"):
                library.follow(address)
            continue
        passages, notes = library.follow(address)
        if text in texts:
            assert [each.text for each in passages] == [text]
            assert bool(notes) == (passages[0].number != number)
            assert all(str(passages[0].address) in note for note in notes)
        else:
            assert "has changed" in notes[0]


@pytest.mark.parametrize("edit", EDITS)
def test_old_quotes_find_their_place(library: Library, edit: str) -> None:
    document = library.document("log")
    quotes = [
        find(document, library.passages(document), Address("log", number, number), " ".join(text.split()[2:9]))
        for number, text in enumerate(TEXTS, 1)
    ]
    texts, _ = EDITS[edit]
    save(library.root, texts)
    library.refresh()
    for quote in quotes:
        verdict = locate_in(library, quote)
        if not any(quote.text in text for text in texts):
            assert verdict.status is QuoteStatus.ALTERED
        elif verdict.status is QuoteStatus.OK:
            assert verdict.address == quote.address
            assert quote.text in shown(library)[str(quote.address.first)]
        else:
            assert verdict.address is not None
            assert quote.text in shown(library)[str(verdict.address.first)]
            assert told(quote, verdict) == f"moved to {verdict.address}"


def test_a_quote_from_a_paragraph_with_a_letter_is_read_back(library: Library) -> None:
    save(library.root, EDITS["put in"][0])
    library.refresh()
    document = library.document("log")
    quote = find(document, library.passages(document), Address.parse("log:2a"), "the fishermen")
    assert str(quote.address) == "log:2a"
    data = json.loads(json.dumps(quote.as_json()))
    assert quote_from_json(data) == quote
    assert (data["locator"]["paragraph"], data["locator"]["number"]) == (2, "2a")
    assert locate_in(library, quote).status is QuoteStatus.OK


def test_a_range_is_in_the_order_of_the_document(library: Library) -> None:
    save(library.root, EDITS["put in"][0])
    library.refresh()
    assert [str(each.number) for each in library.paragraphs(Address.parse("log:2-3"))] == ["2", "2a", "3"]
    assert [str(each.number) for each in library.paragraphs(Address.parse("log:2a-4"))] == ["2a", "3", "4"]
    with pytest.raises(LibraryError, match="stands before"):
        library.paragraphs(Address.parse("log:2a-2"))


def test_nothing_is_written_as_long_as_counting_gives_the_same(library: Library) -> None:
    save(library.root, [*TEXTS, NEW])
    library.refresh()
    save(library.root, [*TEXTS, NEW, "And so on."])
    library.refresh()
    assert " ".join(shown(library)) == "1 2 3 4 5 6 7 8"
    assert sorted(os.listdir(library.root)) == ["log.md"]


def test_what_was_quoted_keeps_its_numbers_though_nobody_saw_the_edit(library: Library) -> None:
    library.pin(library.document("log"))
    shutil.rmtree(library.cache_folder)
    save(library.root, EDITS["put in"][0])
    again = Library(library.root)
    again.refresh()
    assert " ".join(shown(again)) == EDITS["put in"][1]
    again.close()


@pytest.mark.skipif(os.name != "posix", reason="needs a folder in the place of a file")
def test_a_quote_is_saved_though_its_numbers_cannot_be_kept(docterm: Run, folder: Path) -> None:
    (folder / "paragraphs.jsonl").mkdir()
    answer = docterm("quote", "log:3", "had asked twice", "--library", folder)
    assert (answer.returncode, answer.stdout.count("log:3")) == (0, 1)
    assert "paragraphs.jsonl cannot be written" in answer.stderr


def test_numbers_go_with_a_file_that_is_renamed_or_copied(library: Library) -> None:
    save(library.root, EDITS["put in"][0])
    library.refresh()
    (library.root / "log.md").rename(library.root / "diary.md")
    library.refresh()
    shutil.copy(library.root / "diary.md", library.root / "copy.md")
    library.refresh()
    save(library.root, [*EDITS["put in"][0][:4], *EDITS["put in"][0][5:]], "diary.md")
    library.refresh()
    assert " ".join(shown(library, "diary.md")) == "1 2 2a 3 5 6"
    assert " ".join(shown(library, "copy.md")) == "1 2 2a 3 4 5 6"


def test_files_that_change_places_take_their_numbers_along(library: Library) -> None:
    save(library.root, EDITS["put in"][0])
    save(library.root, TEXTS[1:4], "other.md")
    library.refresh()
    for name, other in (("log.md", "spare"), ("other.md", "log.md"), ("spare", "other.md")):
        (library.root / name).rename(library.root / other)
    library.refresh()
    assert " ".join(shown(library, "other.md")) == "1 2 2a 3 4 5 6"
    assert " ".join(shown(library, "log.md")) == "1 2 3"
    save(library.root, TEXTS[1:3])
    library.refresh()
    assert " ".join(shown(library, "log.md")) == "1 2"


def test_numbers_that_come_later_than_the_text_are_taken_over(library: Library, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(library.root, elsewhere)
    save(library.root, EDITS["put in"][0])
    library.refresh()
    shutil.copy(library.root / "log.md", elsewhere / "log.md")
    other = Library(elsewhere)
    other.refresh()
    assert " ".join(shown(other)) == "1 2 3 4 5 6 7"
    shutil.copy(library.root / "paragraphs.jsonl", elsewhere / "paragraphs.jsonl")
    assert other.refresh()
    assert shown(other) == shown(library)
    assert other.refresh() == Changes()
    other.close()


def test_a_line_that_is_taken_out_lets_a_reading_from_scratch_count_anew(library: Library) -> None:
    save(library.root, EDITS["put in"][0])
    library.refresh()
    (library.root / "paragraphs.jsonl").unlink()
    assert " ".join(read_anew(library)) == "1 2 3 4 5 6 7"


@pytest.mark.parametrize(
    "line",
    ["{", "[]", "null", '{"path":"log.md"}', '{"path":1,"sha256":"x","paragraphs":[]}', "[" * 5000, "<<<<<<< HEAD",
     '{"path":"log.md","sha256":"x","paragraphs":[["1","00"]]}', '{"path":"log.md","sha256":"x","paragraphs":[[1,2]]}',
     '{"path":"log.md","sha256":"x","paragraphs":[["1","000000000000"],["1","000000000000"]]}', "\x00\x1b[2J"],
)  # fmt: skip
def test_a_line_of_someone_else_stops_nothing_and_is_kept(library: Library, line: str) -> None:
    path = library.root / "paragraphs.jsonl"
    path.write_text(f"{line}\n", "utf-8")
    save(library.root, EDITS["put in"][0])
    library.refresh()
    assert " ".join(shown(library)) == EDITS["put in"][1]
    assert f"{line}\n" in path.read_text("utf-8")
    assert any("damaged" in note for note in library.notes)
    assert " ".join(read_anew(library)) == EDITS["put in"][1]


def test_a_file_that_cannot_be_read_is_not_written_over(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.pin(library.document("log"))
    path = library.root / "paragraphs.jsonl"
    before = path.read_bytes() + b" " * 100
    path.write_bytes(before)
    monkeypatch.setattr("docterm.library.numbers.MAX_BYTES", 50)
    save(library.root, [NEW, *TEXTS])
    library.refresh()
    assert path.read_bytes() == before
    assert any("cannot be read, and is left as it is" in note for note in library.notes)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_the_place_of_the_file_does_not_block(library: Library) -> None:
    os.mkfifo(library.root / "paragraphs.jsonl")
    save(library.root, EDITS["put in"][0])
    library.refresh()
    assert " ".join(shown(library)) == EDITS["put in"][1]


def test_a_library_that_cannot_be_written_keeps_numbers_in_the_data_folder(
    library: Library, monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    reader = Library(library.root)
    save(library.root, EDITS["put in"][0])
    reader.refresh()
    assert " ".join(shown(reader)) == EDITS["put in"][1]
    reader.close()
    assert sorted(os.listdir(library.root)) == ["log.md"]
    assert list(own_home.rglob("paragraphs/*.jsonl"))


# --- a newer reader ------------------------------------------------------------------------------


def newer(split: Callable[[str], list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the reader of Markdown be of a newer version, which parts some paragraphs."""
    spec = next(each for each in readers.readers() if each.name == "markdown")
    read = spec.load()

    def parted(data: bytes) -> Extract:
        extract = read(data)
        blocks = [
            Block(block.role, text, block.page, block.headings)
            for block in extract.blocks
            for text in (split(block.text) if block.role is Role.BODY else [block.text])
        ]
        return type(extract)(tuple(blocks), extract.meta, extract.notes)

    monkeypatch.setattr(type(spec), "load", lambda self: parted if self.name == "markdown" else read)
    monkeypatch.setattr(type(spec), "stamp", property(lambda self: f"{self.name}/99"))


def test_a_newer_reader_that_splits_a_paragraph(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    document = library.document("log")
    passages = library.passages(document)
    quotes = [find(document, passages, Address("log", 3, 3), words) for words in ("A pilot said", "in writing")]
    newer(lambda text: [text[:43], text[44:]] if text == TEXTS[2] else [text], monkeypatch)
    library.refresh()
    assert len(shown(library)) == 7
    assert [shown(library)[str(number)] for number in (1, 2, 4, 5, 6)] == [*TEXTS[:2], *TEXTS[3:]]
    found, notes = library.follow(Address("log", 3, 3))
    assert " ".join(each.text for each in found) == TEXTS[2]
    assert "words of it stand in" in notes[0]
    for quote in quotes:
        verdict = locate_in(library, quote)
        assert verdict.status in (QuoteStatus.OK, QuoteStatus.MOVED)
        assert verdict.address is not None
        assert quote.text in shown(library)[str(verdict.address.first)]


def test_a_newer_reader_that_reads_the_same_changes_nothing(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    before = shown(library)
    newer(lambda text: [text], monkeypatch)
    assert library.refresh().read == ("log.md",)
    assert shown(library) == before
    assert not (library.root / "paragraphs.jsonl").exists()


# --- from outside --------------------------------------------------------------------------------

REFRESH = """
import sys
from pathlib import Path
from docterm.library.library import Library
sys.stdin.readline()
library = Library(Path(sys.argv[1]))
library.refresh()
print([str(each.number) for key in ("log", "other") for each in library.passages(library.document(key))], library.notes)
library.close()
"""


def test_processes_that_see_an_edit_at_once_give_the_same_numbers(library: Library) -> None:
    save(library.root, TEXTS, "other.md")
    library.refresh()
    for texts in (EDITS["put in"][0], EDITS["taken out"][0], EDITS["moved"][0]):
        save(library.root, texts)
        save(library.root, [NEW, *texts], "other.md")
        processes = [
            subprocess.Popen(
                [sys.executable, "-c", REFRESH, str(library.root)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            )
            for _ in range(3)
        ]  # fmt: skip
        answers = [process.communicate("go\n", timeout=60) for process in processes]
        assert [error for _, error in answers] == ["", "", ""]
        library.refresh()
        wanted = [*["None"], *shown(library), *["None"], *shown(library, "other")]
        assert {answer for answer, _ in answers} == {f"{wanted} []\n"}
        lines = [json.loads(line) for line in (library.root / "paragraphs.jsonl").read_text("utf-8").splitlines()]
        assert [line["path"] for line in lines] == ["log.md", "other.md"]


def test_show_and_quotes_follow_what_moved(docterm: Run, folder: Path) -> None:
    place = ("--library", folder)
    assert docterm("quote", "log:3", "had asked twice", *place).returncode == 0
    save(folder, EDITS["moved"][0])
    answer = docterm("show", "log:3", *place)
    assert (answer.returncode, "5a  A pilot said" in answer.stdout) == (0, True)
    assert "log:3 has moved: it is log:5a now." in answer.stderr
    listed = docterm("quotes", *place)
    assert (listed.returncode, "log:3  moved to log:5a" in listed.stdout) == (0, True)
    (quote,) = json.loads(docterm("quotes", "--json", *place).stdout)["quotes"]
    assert (quote["status"], quote["address"], quote["now"]) == ("moved", "log:3", "log:5a")
    passage = json.loads(docterm("show", "log:5a", "--json", *place).stdout)["passages"][0]
    assert (passage["address"], passage["locator"]["paragraph"], passage["locator"]["number"]) == ("log:5a", 5, "5a")
    save(folder, EDITS["taken out"][0])
    gone = docterm("show", "log:3", *place)
    assert (gone.returncode, "it is gone" in gone.stderr) == (2, True)
    assert docterm("show", "log:99", *place).stderr.count("Its paragraphs are 1 to 6.") == 1
    edited = [*TEXTS[:3], f"{TEXTS[3]} So they said.", *TEXTS[4:]]
    save(folder, edited)
    assert "log:4 has changed since it was numbered." in docterm("show", "log:4", *place).stderr
    assert "para. 4" in docterm("show", "log:3-5", *place).stderr


def test_a_number_with_a_letter_is_none_without() -> None:
    assert Number(12) == 12
    assert Number(12, "a") != 12
    assert Number(12, "a") != Number(12, "b")
    assert len({12, Number(12), Number(12, "a"), Number(12, "a")}) == 2
    assert sorted([Number(3), Number(2, "aa"), Number(2, "b"), 2, Number(0, "a")]) == [
        Number(0, "a"), 2, Number(2, "b"), Number(2, "aa"), 3,
    ]  # fmt: skip
    assert f"{Number(12, 'a')} {Number(12)}" == "12a 12"
    assert json.dumps(Number(12, "a")) == "12"
    assert Number(0, "a")
