"""From a file's bytes to passages: what is cut, what is left out, and what passes from one process to another."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any

import pytest

from docterm.errors import Code, ReadError
from docterm.library.extract import MOST_PASSAGES, Text, extract, text_from_json
from docterm.library.readers.lines import MOST_LINES

TEXT = PurePath("a.txt")


def sent(text: Text) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Give a text as it comes out of another process."""
    said, *runs = [json.loads(json.dumps(each)) for each in text.as_json()]
    return said, runs


def test_a_text_passes_from_one_process_to_another_unchanged() -> None:
    data = b"# One\n\nA paragraph.\n\n## Two\n\nAnother.\n\n> Quoted.\n\n## Three\n\nA third.\n"
    text = extract(PurePath("a.md"), data)
    assert len({passage.locator.headings for passage in text.passages}) >= 3
    assert text_from_json(*sent(text)) == text
    paged = extract(TEXT, b"A first page.\n\n\fA second page.\n" * 100)
    assert text_from_json(*sent(paged)) == paged


def test_what_another_process_says_is_not_believed() -> None:
    said, (run,) = sent(extract(TEXT, b"A paragraph.\n"))
    assert text_from_json(said, [{**run, "text": ["\x1b[2Jowned"]}]).passages[0].text == "␛[2Jowned"
    for name, wrong in (("role", [99]), ("headings", [99]), ("text", []), ("text", [None])):
        with pytest.raises((ValueError, LookupError, TypeError, AttributeError)):
            text_from_json(said, [{**run, name: wrong}])


def test_a_document_of_too_many_paragraphs_is_read_to_the_limit() -> None:
    text = extract(TEXT, b"A line.\f" * (MOST_PASSAGES + 5))
    assert len(text.passages) == MOST_PASSAGES
    assert text.notes == (f"It has {MOST_PASSAGES + 5:,} paragraphs: the first {MOST_PASSAGES:,} were read.",)


def test_a_text_of_too_many_lines_is_refused() -> None:
    with pytest.raises(ReadError, match="500,001 lines; the limit is 500,000") as caught:
        extract(TEXT, b"\n" * (MOST_LINES + 1))
    assert caught.value.code is Code.TOO_BIG


def test_hidden_characters_and_heaps_of_marks_are_left_out_of_passages() -> None:
    text = extract(TEXT, "A pass\u200bword is Z\u0301".encode() + b"\xcc\x81" * 99 + b" here.\n")
    assert text.passages[0].text == "A password is Z" + "\u0301" * 16 + " here."


@pytest.mark.parametrize(("name", "data"), [("a.txt", b""), ("a.md", b"\n\n"), ("a.html", b"<html></html>")])
def test_a_document_without_text_says_so(name: str, data: bytes) -> None:
    assert "There is no text in it." in extract(PurePath(name), data).notes
