"""Markdown: the words without the marks, the roles, the headings above, the front matter."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docterm.errors import ReadError
from docterm.library.model import Block, Role
from docterm.library.readers import Extract
from docterm.library.readers.markdown import read


def extract(text: str) -> Extract:
    return read(text.encode())


def pairs(text: str) -> list[tuple[Role, str]]:
    return [(block.role, block.text) for block in extract(text).blocks]


# --- front matter --------------------------------------------------------------------------------


def test_front_matter_values() -> None:
    text = """---
Title: "The \\"Weir\\" Book"
authors: [Ada Bell, "Dyk, Bo", 'Q']
date: 2019-05-07   # a Tuesday
URL: https://example.org/a#b
it's: ignored
quoted: 'it''s'
nested:
  deep: value
# remark
empty:
block: |
  lines
---
Body.
"""
    assert extract(text).meta == {
        "title": 'The "Weir" Book',
        "authors": "Ada Bell; Dyk, Bo; Q",
        "date": "2019-05-07",
        "url": "https://example.org/a#b",
        "quoted": "it's",
    }


def test_front_matter_title_stands_in_for_the_heading() -> None:
    text = "---\ntitle: The Weir\n---\n*A book of fish.*\n\nBody.\n\n# Later\n\nMore."
    assert pairs(text) == [
        (Role.TITLE, "The Weir"),
        (Role.DECK, "A book of fish."),
        (Role.BODY, "Body."),
        (Role.SUBHEAD, "Later"),
        (Role.BODY, "More."),
    ]


def test_a_first_heading_wins_over_the_front_matter() -> None:
    assert pairs("---\ntitle: Weir\n---\n\n# The Weir\n\nBody.") == [(Role.TITLE, "The Weir"), (Role.BODY, "Body.")]


@pytest.mark.parametrize("text", ["---\nkey: value\n", "---\n\nJust a rule.\n\n---\n", "key: value\n---\n"])
def test_what_is_no_front_matter_stays_text(text: str) -> None:
    assert extract(text).meta == {}
    assert extract(text).blocks


# --- roles and headings --------------------------------------------------------------------------


def test_headings_carry_down_by_level() -> None:
    found = extract("# T\n\na\n\n## One\n\nb\n\n### Deep\n\nc\n\n## Two\n\nd\n").blocks
    assert found == (
        Block(Role.TITLE, "T"),
        Block(Role.BODY, "a"),
        Block(Role.SUBHEAD, "One"),
        Block(Role.BODY, "b", None, ("One",)),
        Block(Role.SUBHEAD, "Deep", None, ("One",)),
        Block(Role.BODY, "c", None, ("One", "Deep")),
        Block(Role.SUBHEAD, "Two"),
        Block(Role.BODY, "d", None, ("Two",)),
    )


def test_a_text_without_headings_has_no_title() -> None:
    assert pairs("One paragraph\nover two lines.\n\nAnother.") == [
        (Role.BODY, "One paragraph over two lines."),
        (Role.BODY, "Another."),
    ]


def test_deck_is_a_paragraph_wholly_in_emphasis_right_under_the_title() -> None:
    assert pairs("# T\n\n*All of\nit.*\n\n*Not here.*")[1:] == [(Role.DECK, "All of it."), (Role.BODY, "Not here.")]
    assert pairs("# T\n\n*a* and *b*")[1] == (Role.BODY, "a and b")
    assert pairs("# T\n\n- *item*")[1] == (Role.BODY, "item")


def test_marks_are_removed_and_words_kept() -> None:
    text = "A `code  span`, **strong *inner***, [a link](http://x.y 't'), a hard\\\nbreak &amp; \\*star\\*, [sic]."
    assert pairs(text) == [(Role.BODY, "A code span, strong inner, a link, a hard break & *star*, [sic].")]


def test_items_and_quotations_are_body() -> None:
    text = "1. one\n2. two\n\n   more of two\n\n> quoted\n> words\n>\n> again\n"
    assert [words for role, words in pairs(text)] == ["one", "two", "more of two", "quoted words", "again"]
    assert {role for role, words in pairs(text)} == {Role.BODY}


def test_each_line_of_code_is_a_block_as_it_is_typed() -> None:
    text = "```sh\ndocterm  search 'a b'\n\n  docterm list\n```\n\n    indented *code*\n"
    assert [words for role, words in pairs(text)] == ["docterm  search 'a b'", "docterm list", "indented *code*"]


def test_pictures_are_captions_by_their_text() -> None:
    text = "![An *old* mill](m.png)\n\n[![Linked](a)](b)\n\n![](empty.png)\n\nA ![small](s.png) one."
    assert pairs(text) == [(Role.CAPTION, "An old mill"), (Role.CAPTION, "Linked"), (Role.BODY, "A small one.")]


def test_paragraphs_of_nothing_but_links() -> None:
    text = (
        "[One](a), [Two](b)\n\n<https://example.org/a>\n\nhttps://example.org/b_c\nhttps://a.org/d\n\nSee [One](a).\n"
    )
    assert pairs(text) == [
        (Role.LINKS, "One"),
        (Role.LINKS, "Two"),
        (Role.LINKS, "https://example.org/a"),
        (Role.LINKS, "https://example.org/b_c"),
        (Role.LINKS, "https://a.org/d"),
        (Role.BODY, "See One."),
    ]


def test_rules_are_dropped_and_html_is_only_text() -> None:
    assert pairs("a\n\n***\n\n<script>b</script>\n\nH<sub>2</sub>O") == [
        (Role.BODY, "a"),
        (Role.BODY, "<script>b</script>"),
        (Role.BODY, "H<sub>2</sub>O"),
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "***", "#", "![](x)", "[](x)", "---\na: b\n---\n"])
def test_nothing_to_read_gives_no_blocks(text: str) -> None:
    assert extract(text).blocks == ()


def test_binary_is_refused() -> None:
    with pytest.raises(ReadError, match="is not text"):
        read(bytes(range(256)) * 20)


# --- any text ------------------------------------------------------------------------------------

markdown_like = st.lists(
    st.sampled_from(["# ", "## ", "*", "**", "`", "```\n", "> ", "- ", "1. ", "[", "](", ")", "![", "<", ">",
                     "\n", "\n\n", "---\n", "a", "otter", " ", ": ", "\\", "&amp;",
                     "\t", "\f", "\x1b[2J", "https://a.b", "é", "=", "\n    "]),
    max_size=60,
).map("".join)  # fmt: skip


@given(st.one_of(st.text(max_size=300), markdown_like))
def test_any_text_gives_single_lines_of_something(text: str) -> None:
    try:
        found = read(text.encode("utf-8", "ignore"))
    except ReadError:
        return
    assert all(block.text.strip() and "\n" not in block.text for block in found.blocks)
    assert all(name == name.lower() and value for name, value in found.meta.items())


@given(st.lists(st.text("otrewiné ", min_size=1).map(str.strip).filter(bool), max_size=10))
def test_plain_paragraphs_come_back_as_they_are(paragraphs: list[str]) -> None:
    expected = [" ".join(paragraph.split()) for paragraph in paragraphs]
    assert [words for role, words in pairs("\n\n".join(paragraphs))] == expected


@pytest.mark.parametrize(
    "text",
    ["[" * 50_000, ">" * 100_000, "*a " * 50_000, "[a](" * 50_000, "`a``b" * 50_000, "\\" * 100_000, "![](" * 50_000,
     "a" * 10**6, "![](\n" * 30_000, "# a\n" * 20_000, "---\n" + "a: b\n" * 50_000, "![" * 5_000 + "](x)" * 5_000],
    ids=lambda text: repr(text[:8]),
)  # fmt: skip
def test_hostile_text_is_read_in_seconds(text: str) -> None:
    start = time.process_time()
    read(text.encode())
    assert time.process_time() - start < 30  # about 1 s here
