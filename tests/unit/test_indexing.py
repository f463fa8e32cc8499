"""Indexing in a process of its own: the same index, told of as it grows, and no process that outlives its reader."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from docterm.library.library import Library
from docterm.search import indexing
from docterm.search.service import INDEX_FOLDER, SearchService
from docterm.search.whoosh_engine.engine import NAME
from docterm.search.whoosh_engine.storage import IndexStorage
from docterm.search.whoosh_engine.writer import locked

FILES, PARAGRAPHS = 12, 20


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SearchService]:
    """A library that was read and is not indexed, of which all is indexed apart."""
    monkeypatch.setattr("docterm.search.service.APART_FROM", 1)
    folder = tmp_path / "library"
    folder.mkdir()
    for number in range(FILES):
        texts = (f"Paragraph {each} of file {number} on the harbour council.\n" for each in range(PARAGRAPHS))
        (folder / f"f{number}.txt").write_text("\n".join(texts), "utf-8")
    library = Library(folder)
    library.refresh()
    service = SearchService(library)
    yield service
    service.close()
    library.close()


def apart_only(service: SearchService, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave indexing to the other process."""
    monkeypatch.setattr(service, "_synchronise", lambda *_: 0)


def test_an_index_that_was_made_apart_is_found_and_told_of(
    service: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[int, int]] = []
    apart_only(service, monkeypatch)
    assert service.synchronise(progress=lambda done, total: told.append((done, total)), apart=True) == FILES
    assert told[-1] == (FILES * PARAGRAPHS, FILES * PARAGRAPHS)
    assert service.engine.documents().keys() == {document.key for document in service.library.documents()}
    results = service.search("harbour")
    assert results.passages == FILES * PARAGRAPHS
    assert not results.notes
    assert service.notes == []


def test_what_is_few_is_indexed_here(service: SearchService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docterm.search.service.APART_FROM", FILES * PARAGRAPHS + 1)
    monkeypatch.setattr("docterm.search.service.index_apart", None)
    assert service.synchronise(apart=True) == FILES


@pytest.mark.parametrize("code", ["raise SystemExit(1)", "import os; os.abort()"])
def test_what_fails_apart_is_done_here(service: SearchService, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    monkeypatch.setattr(indexing, "COMMAND", (sys.executable, "-I", "-c", code))
    assert service.synchronise(apart=True) == FILES
    assert service.search("harbour").passages == FILES * PARAGRAPHS


def test_a_cancelled_process_is_ended_and_the_next_call_goes_on(
    service: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Kept(subprocess.Popen[bytes]):
        def __init__(self, *arguments: object, **options: object) -> None:
            super().__init__(*arguments, **options)  # type: ignore[call-overload] # whatever is asked for
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Kept)
    assert not service.engine.documents()
    with locked(IndexStorage(service.library.cache_folder / INDEX_FOLDER), NAME):  # so that it must wait
        assert indexing.index_apart(service.library.root, lambda: bool(started), lambda done, total: None) is None
    assert started[0].returncode is not None
    assert service.synchronise() == FILES


def test_the_process_ends_with_the_one_that_started_it(service: SearchService) -> None:
    assert not service.engine.documents()
    with locked(IndexStorage(service.library.cache_folder / INDEX_FOLDER), NAME):  # so that it must wait
        process = subprocess.Popen(
            (*indexing.COMMAND, str(service.library.root)), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        written, _ = process.communicate()  # which closes its input
    assert b"touched" not in written
