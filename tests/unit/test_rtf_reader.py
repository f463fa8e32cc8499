"""RTF: paragraphs, tables, letters, what the head says, and files that are damaged."""

from __future__ import annotations

import contextlib
import random
import time

import pytest

from docterm.errors import ReadError
from docterm.library.model import Block, Role
from docterm.library.readers.rtf import read

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}}"
    r"{\colortbl;\red0\green0\blue0;}"
)


def rtf(body: str) -> bytes:
    return f"{HEAD}{body}}}".encode("latin-1")


def pairs(body: str) -> list[tuple[Role, str]]:
    return [(block.role, block.text) for block in read(rtf(body)).blocks]


def body(text: str) -> list[str]:
    return [words for role, words in pairs(text) if role is Role.BODY]


def test_paragraphs_end_at_par_and_not_at_line() -> None:
    assert body(r"\pard One \b bold\b0  otter,\line on the weir.\par" "\n" r"\par Two\tab herons.\par}") == [
        "One bold otter, on the weir.",
        "Two herons.",
    ]


def test_letters() -> None:
    text = (
        r"\'d6tter \emdash  \ldblquote x[i]\rdblquote , hy\-phen, \{brace\}, \u960?, \u-10179?\u-8704?, "
        r"{\f1 \'e2\'fb\'e4\'f0\'e0}"
    )
    assert body(text) == ["Ötter — “x[i]”, hyphen, {brace}, π, 😀, выдра"]


def test_the_address_of_a_link_is_not_in_the_text() -> None:
    text = r'See {\field{\*\fldinst{HYPERLINK "https://example.org/otters"}}{\fldrslt{the count}}} of otters.\par'
    assert body(text) == ["See the count of otters."]


def test_the_row_of_a_table_is_a_line() -> None:
    text = (
        r"\trowd\cellx1\cellx2\intbl Year\cell Otters | all\cell\row\trowd\intbl 2031\cell 11\cell\row\pard After.\par"
    )
    assert body(text) == ["Year | Otters | all", "2031 | 11", "After."]


def test_outline_levels_are_headings() -> None:
    text = (
        r"\pard\outlinelevel0 Otters\par\pard Text.\par\pard\outlinelevel1 Weirs\par\pard More.\par"
        r"\pard\outlinelevel2 Ladders\par\pard\outlinelevel1 Winter\par\pard Last.\par"
    )
    assert read(rtf(text)).blocks == (
        Block(Role.TITLE, "Otters"),
        Block(Role.BODY, "Text."),
        Block(Role.SUBHEAD, "Weirs"),
        Block(Role.BODY, "More.", None, ("Weirs",)),
        Block(Role.SUBHEAD, "Ladders", None, ("Weirs",)),
        Block(Role.SUBHEAD, "Winter"),
        Block(Role.BODY, "Last.", None, ("Winter",)),
    )


def test_what_the_head_says() -> None:
    found = read(
        rtf(r"{\info{\title \'d6tters return}{\author Jo Dyk}}\pard \'d6tters return\par By Jo Dyk\par Text.\par")
    )
    assert found.meta == {"title": "Ötters return", "author": "Jo Dyk"}
    assert [block.role for block in found.blocks] == [Role.TITLE, Role.BYLINE, Role.BODY]
    assert read(rtf(r"{\info{\author Administrator}}x\par")).meta == {}


def test_pictures_are_passed_over_and_footnotes_are_missed() -> None:
    found = read(rtf(r"Before.\par{\pict\pngblip " + "89504e47\n" * 5_000 + r"}After{\footnote A note.}.\par"))
    assert [block.text for block in found.blocks] == ["Before.", "After."]
    assert found.notes == ("Its footnotes were left out.",)


@pytest.mark.parametrize("data", [b"", b"Text.", b"{\\rt", b"\x00{\\rtf1"])
def test_what_is_no_rtf_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="is not RTF"):
        read(data)


@pytest.mark.parametrize("text", [r"\u9999999999?", r"\u1114112?", r"\uc?", r"\uc\u", r"\pict\bin x"])
def test_damage_is_a_read_error_at_most(text: str) -> None:
    with contextlib.suppress(ReadError):
        read(rtf(text))


def test_too_large() -> None:
    with pytest.raises(ReadError, match="16 MB"):
        read(rtf("otter " * 3_000_000))


@pytest.mark.parametrize(
    "text",
    ["{" * 200_000, r"\par" * 100_000, r"{\field{\*\fldinst{HYPERLINK " * 5_000, r"{\fonttbl" * 20_000, r"\'" * 200_000,
     "a" * 1_000_000, r"{\title " * 20_000, r"\f0" * 100_000, "ab" * 500_000, r"{\fonttbl{\f0 " + r"\f1" * 20_000],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_hostile_files_are_read_in_seconds(text: str) -> None:
    start = time.process_time()
    with contextlib.suppress(ReadError):
        read(rtf(text))
    assert time.process_time() - start < 30


def test_broken_files_raise_nothing_but_read_errors() -> None:
    chance = random.Random(3)
    whole = rtf(r"{\info{\title Otters}}\pard\outlinelevel0 One\par \'d6 \u960? {\f1\'e2}\cell\row\line x\par " * 5)
    for _ in range(400):
        data = bytearray(whole[: chance.randrange(6, len(whole))] if chance.random() < 0.3 else whole)
        for _ in range(chance.randrange(40)):
            data[chance.randrange(6, len(data))] = chance.randrange(256) if len(data) > 6 else 0
        try:
            found = read(bytes(data))
        except ReadError:
            continue
        assert all(block.text.strip() and "\n" not in block.text for block in found.blocks)
