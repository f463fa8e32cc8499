"""The two articles behind the shipped digests, read from the user's own copies; skipped where there are none.

The texts belong to their publishers: the tests know them by counts, lengths, first words and hashes alone.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from docterm.library.model import Block, Role
from docterm.library.readers.plain import read

FOLDER = os.environ.get("DOCTERM_ORIGINALS", "")
pytestmark = pytest.mark.skipif(not FOLDER, reason="DOCTERM_ORIGINALS names no folder with voa.txt and carnegie.txt")

VOA_WORDS = [28, 28, 37, 42, 30, 39, 27, 31, 23, 30, 29, 12, 41, 27, 27, 25, 21, 29, 32, 23, 32, 34]
CARNEGIE_WORDS = [
    29, 44, 33, 33, 56, 51, 69, 34, 89, 47, 33, 51, 84, 74, 177, 29, 99, 142, 130, 152, 67, 83, 59, 40, 50, 83, 41, 221,
    53, 35, 87, 16, 188, 89, 126, 72, 57, 18, 68, 36, 31, 37, 36, 74, 122, 107, 32, 65, 50,
]  # fmt: skip
ROLES = {
    "voa": {"title": 1, "deck": 1, "body": 22, "subhead": 3, "caption": 2, "boilerplate": 2},
    "carnegie": {
        "byline": 1, "date": 1, "caption": 1, "body": 49, "subhead": 1, "related": 4, "links": 6, "boilerplate": 1,
    },
}  # fmt: skip


@cache
def original(name: str) -> str:
    return Path(FOLDER, f"{name}.txt").read_text(encoding="utf-8")


@cache
def blocks(name: str) -> tuple[Block, ...]:
    return read(Path(FOLDER, f"{name}.txt").read_bytes()).blocks


def body(name: str) -> list[Block]:
    return [block for block in blocks(name) if block.role is Role.BODY]


@pytest.mark.parametrize("name", ROLES)
def test_roles(name: str) -> None:
    assert Counter(block.role.value for block in blocks(name)) == ROLES[name]


@pytest.mark.parametrize(("name", "words"), [("voa", VOA_WORDS), ("carnegie", CARNEGIE_WORDS)])
def test_lengths_of_the_body_paragraphs(name: str, words: list[int]) -> None:
    assert [len(block.text.split()) for block in body(name)] == words


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("voa", "19b606f2b8ffed2e0211000256de9930d40ba32ef28d2a83b1008ece67c50f46"),
        ("carnegie", "f7e82ba8772d90531ba197063fbe1af7f84aead572911fe139385015964924fb"),
    ],
)
def test_text_of_the_body_to_the_letter(name: str, digest: str) -> None:
    assert hashlib.sha256("\n".join(block.text for block in body(name)).encode()).hexdigest() == digest


@pytest.mark.parametrize("name", ROLES)
def test_every_block_stands_verbatim_in_the_file(name: str) -> None:
    joined = re.sub(r"(\w)-\s*\n\s*(\w)", r"\1-\2", original(name))
    text = " ".join(joined.split())
    end = 0
    for block in blocks(name):
        start = text.find(block.text, end)
        assert start >= 0, f"{name}: a block of {len(block.text)} characters does not follow character {end}"
        assert not text[end:start].strip()
        end = start + len(block.text)
    assert not text[end:].strip()


@pytest.mark.parametrize(
    ("name", "place", "first"),
    [("carnegie", 11, "The use of"), ("carnegie", 28, "Since 2014,"), ("carnegie", 43, "Russian and Chinese"),
     ("voa", 1, "Leaked documents provided"), ("voa", 14, "At the 2019"), ("voa", 22, "“This report")],
)  # fmt: skip
def test_where_paragraphs_begin(name: str, place: int, first: str) -> None:
    assert body(name)[place - 1].text.startswith(first)


@pytest.mark.parametrize(
    "word", ["cross-promoting", "self-serving", "Pro-government", "across-the-board", "state-linked"]
)
def test_compounds_keep_their_hyphen(word: str) -> None:
    assert any(word in block.text for block in body("carnegie"))


def test_the_caption_and_the_paragraph_that_repeats_it() -> None:
    caption = next(block for block in blocks("carnegie") if block.role is Role.CAPTION)
    words = set(caption.text.split())
    shared = [len(words & set(block.text.split())) for block in body("carnegie")]
    assert max(shared) == shared[2] > 10


def test_subheads_stand_above_their_paragraphs() -> None:
    assert Counter(len(block.headings) for block in body("voa")) == {0: 5, 1: 17}
    assert Counter(len(block.headings) for block in body("carnegie")) == {0: 47, 1: 2}
