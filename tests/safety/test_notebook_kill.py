"""Acknowledged quotes survive SIGKILL, concurrent writers and a torn last line."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from docterm.library.model import Address, Locator
from docterm.quotes.model import Quote, QuoteKind
from docterm.quotes.notebook import Notebook
from docterm.quotes.ulid import new_ulid

ROUNDS = 6
WRITERS = 2


def quote(text: str) -> Quote:
    return Quote(
        id=new_ulid(),
        kind=QuoteKind.VERBATIM,
        text=text,
        address=Address("doc2021", 1, 1),
        start=0,
        end=len(text),
        prefix="",
        suffix="",
        context=text,
        locator=Locator(1),
        record={"id": "doc2021", "title": "On walls"},
        title="On walls",
        source="Carnegie",
        date="2021-06-03",
        path="doc.md",
        created="2026-01-02T03:04:05+00:00",
    )


def write_until_killed(path: Path, name: str) -> None:
    """What a writer process does: say an id only after the notebook said that the quote is saved."""
    book = Notebook(path)
    number = 0
    while True:
        saved = book.capture(quote(f"words {number} of {name} — “quoted”"))
        os.write(1, f"{saved.quote.id}\n".encode())
        number += 1


def start_writer(path: Path, name: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, __file__, str(path), name], stdout=subprocess.PIPE)


def acknowledged(writer: subprocess.Popen[bytes]) -> set[str]:
    out, _ = writer.communicate(timeout=10)
    return set(out.decode().split("\n")[:-1])  # the last piece may be cut


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL and flock are POSIX")
def test_no_acknowledged_quote_is_lost_when_writers_are_killed(tmp_path: Path) -> None:
    path = tmp_path / "notebook.jsonl"
    chance = random.Random(11)
    saved: set[str] = set()
    torn = 0
    for turn in range(ROUNDS):
        writers = [start_writer(path, f"{turn}.{number}") for number in range(WRITERS)]
        deadline = time.monotonic() + 10
        size = path.stat().st_size if path.exists() else 0
        while time.monotonic() < deadline and (not path.exists() or path.stat().st_size <= size):
            time.sleep(0.005)
        time.sleep(chance.uniform(0.01, 0.25))
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
        for writer in writers:
            saved |= acknowledged(writer)
        tail = path.read_bytes().splitlines()[-1][: chance.randrange(1, 200)]
        with path.open("ab") as file:  # a machine that lost power in the middle of a line
            file.write(tail)
        torn += 1
    book = Notebook(path)
    found = {one.id for one in book.quotes()}
    assert len(saved) > ROUNDS * WRITERS
    assert saved <= found
    assert len(found - saved) <= ROUNDS * WRITERS  # at most one a writer was saved and not yet said
    assert len(book.problems) == torn
    assert book.capture(quote("after all that")).new
    assert len(Notebook(path).quotes()) == len(found) + 1


def test_truncation_at_any_byte_of_the_last_record_costs_no_earlier_one(tmp_path: Path) -> None:
    path = tmp_path / "notebook.jsonl"
    book = Notebook(path)
    first = book.capture(quote("the first — words")).quote
    whole = path.stat().st_size
    last = book.capture(quote("the last — words")).quote
    content = path.read_bytes()
    for length in range(whole, len(content) + 1):
        path.write_bytes(content[:length])
        cut = Notebook(path)
        complete = length >= len(content) - 1  # only the line feed may be missing
        assert cut.quotes() == ((first, last) if complete else (first,))
        assert len(cut.problems) == (0 if complete or length == whole else 1)


def test_writing_after_truncation_at_any_byte_heals_the_file(tmp_path: Path) -> None:
    path = tmp_path / "notebook.jsonl"
    book = Notebook(path)
    first = book.capture(quote("the first — words")).quote
    whole = path.stat().st_size
    book.capture(quote("the last — words"))
    content = path.read_bytes()
    for length in range(whole, len(content), 7):
        path.write_bytes(content[:length])
        added = Notebook(path).capture(quote("added")).quote
        healed = Notebook(path)
        assert first in healed.quotes()
        assert added in healed.quotes()
        assert path.read_bytes().startswith(content[:length])


if __name__ == "__main__":
    write_until_killed(Path(sys.argv[1]), sys.argv[2])
