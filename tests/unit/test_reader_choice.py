"""Which reader a file gets: by what it holds, where that shows, else by its name."""

from __future__ import annotations

from pathlib import PurePath

import pytest

from docterm.errors import ReadError
from docterm.library.extract import extract, require_reader
from docterm.library.readers import reader_of


@pytest.mark.parametrize(
    ("name", "data", "reader"),
    [
        ("a.txt", b"Plain words.", "plain"),
        ("a.txt", b"%PDF-1.7 ...", "pdf"),
        ("a.txt", b"{\\rtf1 words}", "rtf"),
        ("a.txt", b" <!-- note --> <!DOCTYPE html><p>Words", "html"),
        ("a.md", b"<htmlx> is no page", "markdown"),
        ("a", b"Plain words.", "plain"),
        ("a.bin", b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/epub+zip", "epub"),
    ],
)
def test_the_reader_of_a_file(name: str, data: bytes, reader: str) -> None:
    assert require_reader(PurePath(name), data).name == reader


def test_a_suffix_nobody_reads_is_refused() -> None:
    with pytest.raises(ReadError, match=r"no reader for \.xyz"):
        require_reader(PurePath("a.xyz"), b"words")


def test_a_name_that_misleads_is_said() -> None:
    assert extract(PurePath("a.txt"), b"<html><p>Some words of a page, enough for one.</p></html>").notes


@pytest.mark.parametrize("start", [b"<!---->", b"<!-- ", b" ", b"<!-- -- --> "])
def test_a_file_of_comments_is_looked_at_once(start: bytes) -> None:
    """A pattern that backtracks would look at it for ever."""
    assert reader_of(start * 2000) is None
