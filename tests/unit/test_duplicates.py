"""Documents that are in a library more than once."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from docterm.library import duplicates
from docterm.library.duplicates import MOST, Likeness, find_twins, text_mark
from docterm.library.fingerprint import Sketch, resemblance, sketch
from docterm.library.library import Library
from docterm.library.model import Document, Kind, Status
from docterm.search.service import SearchService

if TYPE_CHECKING:
    from conftest import Run

WORDS = [f"word{number}" for number in range(5000)]


def text(seed: int, length: int = 400) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def changed(words: list[str], *places: int) -> list[str]:
    return [f"other{place}" if place in places else word for place, word in enumerate(words)]


def library_of(texts: dict[str, list[str]]) -> tuple[list[Document], dict[str, Sketch]]:
    """Give documents of these texts, each a file of its own, and their sketches."""
    documents = [
        Document(key, key, "", "", Kind.DOCUMENT, key, 1, 1, Status.READY, stamp=key, mark=text_mark([" ".join(words)]))
        for key, words in texts.items()
    ]
    return documents, {key: sketch([" ".join(words)]) for key, words in texts.items()}


def twins_of(texts: dict[str, list[str]]) -> dict[str, set[tuple[str, Likeness]]]:
    return {key: {(twin.key, twin.likeness) for twin in found} for key, found in find_twins(*library_of(texts)).items()}


def test_texts_that_differ_in_a_few_words_are_nearly_the_same() -> None:
    near = Likeness.NEAR
    found = twins_of({"a": text(1), "b": changed(text(1), 50), "c": text(2), "d": changed(text(2), *range(0, 400, 8))})
    assert found == {"a": {("b", near)}, "b": {("a", near)}}


def test_the_same_words_in_the_same_order_are_the_same_text_whatever_the_paragraphs() -> None:
    assert text_mark(["The Harbour", "was dark."]) == text_mark(["the harbour was dark"])
    assert text_mark(["was dark", "the harbour"]) != text_mark(["the harbour was dark"])
    assert text_mark(["", "…"]) == ""
    assert twins_of({"a": text(1), "b": text(1)})["a"] == {("b", Likeness.TEXT)}


def test_what_is_nearly_the_same_as_one_copy_is_so_as_every_copy() -> None:
    found = twins_of({"a": text(1), "b": text(1), "c": changed(text(1), 7)})
    assert found["b"] == {("a", Likeness.TEXT), ("c", Likeness.NEAR)}
    assert found["c"] == {("a", Likeness.NEAR)}


def test_short_texts_are_the_same_or_they_are_not() -> None:
    found = twins_of({"a": text(1, 12), "b": changed(text(1, 12), 0), "c": text(1, 12), "d": [], "e": []})
    assert set(found) == {"a", "c"}


def test_what_many_texts_carry_makes_them_neither_alike_nor_slow_to_compare(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0

    def counting(left: Sketch, right: Sketch) -> float:
        nonlocal compared
        compared += 1
        return resemblance(left, right)

    monkeypatch.setattr(duplicates, "resemblance", counting)
    licence = text(0, 300)
    texts = {f"d{number}": text(number + 1) + licence for number in range(600)}
    texts["twin"] = changed(texts["d599"], 3)
    found = twins_of(texts)
    assert found == {"d599": {("twin", Likeness.NEAR)}, "twin": {("d599", Likeness.NEAR)}}
    assert compared < 700  # of 180,000 pairs


def test_of_many_copies_each_names_a_few() -> None:
    found = find_twins(*library_of({f"d{number}": changed(text(1), number % 2) for number in range(400)}))
    assert len(found) == 400
    assert {len(each) for each in found.values()} == {MOST}
    assert not [key for key, twins in found.items() if key in {twin.key for twin in twins}]


@pytest.fixture
def folder(library_folder: Path) -> Path:
    """Give a library with a copy of a file, the same text in another form, and one nearly the same."""
    storm = (library_folder / "storm.txt").read_text("utf-8")
    (library_folder / "again").mkdir()
    (library_folder / "again" / "storm-copy.txt").write_text(storm, "utf-8")
    long = " ".join(text(1))
    (library_folder / "long.txt").write_text(f"{long}\n\nThe end of it.", "utf-8")
    (library_folder / "long.md").write_text(f"{long}\n\n*The end* of it.", "utf-8")
    (library_folder / "longer.txt").write_text(f"{long} And more.\n\nThe end of it.", "utf-8")
    return library_folder


def test_every_view_names_the_others(docterm: Run, folder: Path) -> None:
    listed = json.loads(docterm("list", "--json", "--library", folder).stdout)["documents"]
    same_as = {each["path"]: [(twin["key"], twin["likeness"]) for twin in each["same_as"]] for each in listed}
    keys = {each["path"]: each["key"] for each in listed}
    assert same_as["again/storm-copy.txt"] == [(keys["storm.txt"], "file")]
    assert same_as["storm.txt"] == [(keys["again/storm-copy.txt"], "file")]
    assert same_as["long.md"] == [(keys["long.txt"], "text"), (keys["longer.txt"], "near")]
    assert same_as["ledger.txt"] == []
    assert f"same file as {keys['storm.txt']}" in docterm("list", "--library", folder).stdout
    shown = docterm("show", keys["longer.txt"], "--library", folder).stdout
    assert "The library has it again: nearly the same text as " in shown
    assert "% of the runs of five words)" in shown
    shown = json.loads(docterm("show", keys["storm.txt"], "--json", "--library", folder).stdout)["document"]["same_as"]
    assert shown == [{"key": keys["again/storm-copy.txt"], "likeness": "file", "share": 1.0}]


def test_a_library_without_copies_has_no_word_of_them(docterm: Run, library_folder: Path) -> None:
    assert "again" not in docterm("list", "--library", library_folder).stdout
    assert "again" not in docterm("show", "storm", "--library", library_folder).stdout


def test_a_search_leaves_no_copy_out_and_says_that_there_are_some(folder: Path) -> None:
    library = Library(folder)
    library.refresh()
    service = SearchService(library)
    service.synchronise()
    results = service.search("fishermen")
    assert len(results.hits) == 2
    assert [note for note in results.notes if note.startswith("The same text is found more than once: ")]
    assert not [note for note in service.search("crossings were entered").notes if "same text" in note]
    service.close()
    library.close()


def test_twins_follow_the_folder(folder: Path) -> None:
    library = Library(folder)
    library.refresh()
    assert library.known_twins == {}
    copies = [document.key for document in library.documents() if document.path.endswith(("storm.txt", "copy.txt"))]
    assert set(copies) <= set(library.twins())
    (folder / "again" / "storm-copy.txt").unlink()
    library.refresh()
    assert not set(copies) & set(library.twins())
    library.close()
