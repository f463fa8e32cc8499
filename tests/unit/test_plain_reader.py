"""Plain text: what becomes a paragraph, what role it has, and that no text is lost or makes the reader fail."""

from __future__ import annotations

import textwrap
import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docterm.errors import ReadError
from docterm.library.model import Block, Role
from docterm.library.readers.decode import decode
from docterm.library.readers.lines import LONGEST_LINE
from docterm.library.readers.plain import read

ARTICLE = """\
 By Ada Bell and Bo van Dyk

May 07, 2019

The harbour masters of both islands seem to copy each other's signals and cross-promote each
other's ferries. Nora Quill / ISLE

For ten summers the harbour masters of the two islands have watched each other through long
brass telescopes, and the lamps on the northern mole now blink in much the same order as the
 lamps on the southern one.

The harbour masters of both islands seem to copy each other's signals and also to cross-
promote each other's ferries, which leads some pilots to speak of one single harbour, across-
the-water as they say, with a self-
made clock. Pro-
harbour songs are sung on Fridays by all.

Related article: Nine Gulls Seen Reading Tide Tables

When the fog comes down it is well to remember that two bells stand on the mole. The first one
is rung by hand and the second by the wind itself.
 The keeper of the second bell, who is paid in smoked eels and in nothing else whatever, has now
written down every ring of the last eleven years.

https://example.org/bells/ring-book
https://example.org/eels?price=12


The clerks have read that book.

Shared bells yet divided clocks

Nobody on the southern island has ever owned the book, and nobody on the northern island would
lend it to them, says the keeper of the second bell.
 This article was first published by the Island Bell Office.
 """


def blocks(text: str) -> list[Block]:
    return list(read(text.encode()).blocks)


def texts(text: str, role: Role = Role.BODY) -> list[str]:
    return [block.text for block in blocks(text) if block.role is role]


# --- a saved article, hard-wrapped ---------------------------------------------------------------


def test_wrapped_article_has_its_roles_in_order() -> None:
    roles = [block.role for block in blocks(ARTICLE)]
    assert roles == [
        Role.BYLINE, Role.DATE, Role.CAPTION, Role.BODY, Role.BODY, Role.RELATED, Role.BODY, Role.BODY,
        Role.LINKS, Role.LINKS, Role.BODY, Role.SUBHEAD, Role.BODY, Role.BOILERPLATE,
    ]  # fmt: skip


def test_a_page_break_seen_as_a_leading_space_splits_no_paragraph() -> None:
    assert "same order as the lamps on the southern one." in texts(ARTICLE)[0]


def test_a_leading_space_under_a_short_last_line_begins_a_paragraph() -> None:
    above, below = texts(ARTICLE)[2:4]
    assert above.endswith("by the wind itself.")
    assert below.startswith("The keeper of the second bell,")


def test_compounds_broken_at_their_hyphen_keep_it() -> None:
    second = texts(ARTICLE)[1]
    for compound in ("cross-promote each", "across-the-water", "self-made clock", "Pro-harbour songs"):
        assert compound in second


def test_subhead_stands_above_what_follows() -> None:
    last_body = [block for block in blocks(ARTICLE) if block.role is Role.BODY][-1]
    assert last_body.headings == ("Shared bells yet divided clocks",)
    assert blocks(ARTICLE)[4].headings == ()


def test_without_form_feeds_no_block_has_a_page() -> None:
    assert {block.page for block in blocks(ARTICLE)} == {None}


# --- one line a paragraph ------------------------------------------------------------------------

NEWS = """\
Otters and herons share the weir

Found diaries show how deep the understanding between both banks runs in matters of fish and of eels

Diaries shown to the Reed\u00a0 Gazette confirm that otters and herons share the weir.\x20\x20

Quiet mornings

“We never quarrel before noon,” an otter told the Gazette.

A heron stands below the old mill. Image: Millbay

“We do so after noon,” the otter added.

The weir at dusk. Photo: Courtesy Reedhua

The miller did not answer.

This article is republished courtesy of the Reed Gazette. Read the original here.

The views\u00a0and opinions expressed in this article are those of the otter and do not bind the weir.
"""


def test_news_with_a_line_a_paragraph() -> None:
    found = blocks(NEWS)
    assert [block.role for block in found] == [
        Role.TITLE, Role.DECK, Role.BODY, Role.SUBHEAD, Role.BODY, Role.CAPTION, Role.BODY, Role.CAPTION, Role.BODY,
        Role.BOILERPLATE, Role.BOILERPLATE,
    ]  # fmt: skip
    assert found[2].text == "Diaries shown to the Reed Gazette confirm that otters and herons share the weir."


def test_headline_byline_and_date_without_blank_lines() -> None:
    found = blocks("Otters win\nBy Ada Bell\nMay 7, 2019\nThe otters won the race.\nThe herons lost it again.\n")
    assert [block.role for block in found] == [Role.TITLE, Role.BYLINE, Role.DATE, Role.BODY, Role.BODY]


def test_deck_may_be_a_sentence_when_the_byline_follows() -> None:
    found = blocks("Otters win\n\nThey won.\n\nBy Ada Bell\n\nThe otters won the race on Sunday.\n")
    assert [block.role for block in found] == [Role.TITLE, Role.DECK, Role.BYLINE, Role.BODY]


@pytest.mark.parametrize(
    "line",
    ["2019-05-07", "7 May 2019", "May 7th, 2019", "Published: 7 May 2019, 10:30 am", "Tuesday, May 7, 2019", "May 2019",
     "Updated 07/05/2019 at 10:30 GMT", "3. Juni 2021", "2021年6月3日"],
)  # fmt: skip
def test_dates(line: str) -> None:
    assert texts(f"Otters win\n\n{line}\n\nThe otters won the race.", Role.DATE) == [line]


def test_dates_and_bylines_stand_only_at_the_head() -> None:
    body = "\n\n".join(f"Sentence number {n} of the long report." for n in range(20))
    assert texts(f"Otters win\n\n{body}\n\nBy Ada Bell\n\nMay 7, 2019\n\nThe end is near.", Role.BYLINE) == []


def test_a_wrapped_sentence_about_a_day_is_no_date() -> None:
    text = textwrap.fill(
        "The otters of the weir won the race. " * 3 + "It was held on Monday and on 7 May 2019 too.", 60
    )
    assert {block.role for block in blocks(text)} == {Role.BODY}


# --- other shapes of text ------------------------------------------------------------------------

LONG = (
    "The otters of the lower weir keep a ledger of every fish that passes the gate in spring. "
    "The herons dispute most of the entries, and they have said so in writing for many years now. "
    "A mill stands between the two parties, and the miller grinds barley without taking any side."
)


@pytest.mark.parametrize("width", [45, 60, 72, 95])
def test_any_width_gives_back_the_paragraph(width: int) -> None:
    wrapped = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in (LONG, "So it goes on. " + LONG, LONG))
    assert texts(wrapped) == [LONG, "So it goes on. " + LONG, LONG]


def test_indents_mark_paragraphs_where_no_blank_line_does() -> None:
    wrapped = "\n".join(textwrap.fill(LONG, 70, initial_indent="   ") for _ in range(4))
    assert texts(wrapped) == [LONG] * 4


def test_indented_paragraphs_of_one_line_are_several() -> None:
    said = ["“The weir is shut,” said the heron at dusk.", "“It is not,” said the otter, and swam.", LONG, LONG]
    assert texts("\n".join(textwrap.fill(text, 70, initial_indent="    ") for text in [LONG, *said])) == [LONG, *said]


def test_early_line_ends_mark_paragraphs_where_nothing_else_does() -> None:
    wrapped = "\n".join(textwrap.fill(paragraph, 66) for paragraph in (LONG, LONG + " Yes.", LONG))
    assert texts(wrapped) == [LONG, LONG + " Yes.", LONG]


def test_lines_without_blank_lines_are_paragraphs_when_they_are_not_wrapped() -> None:
    lines = [LONG, "A short one.", LONG + LONG, "Another one."]
    assert texts("\n".join(lines)) == lines


def sentences(text: str) -> str:
    return text.replace(". ", ".\n")


def test_blank_lines_mark_paragraphs_where_each_sentence_has_its_line() -> None:
    paragraphs = [LONG, "So it goes on. " + LONG, LONG[:-1] + ", " + "or any word of it at all, " * 8 + "ever. " + LONG]
    assert texts("\n\n".join(map(sentences, paragraphs))) == paragraphs


def test_blank_lines_between_sections_join_no_lines_that_are_paragraphs() -> None:
    lines = [LONG, "So it goes on. " + LONG, LONG + " Yes."]
    assert texts("\n\n".join(["\n".join(lines)] * 3)) == lines * 3


def test_a_heading_right_above_its_sentences_stays_a_line() -> None:
    text = "\n\n".join(f"The weir in {year}\n{sentences(LONG)}" for year in (1931, 1932, 1933))
    assert LONG in texts(text)
    assert not any(block.text.startswith("The weir in 1932 The") for block in blocks(text))


def test_each_item_of_a_list_is_a_paragraph() -> None:
    items = [
        "- a rod",
        "- a net that is very wide and can hold more fish than anyone would",
        "* a hat",
        "2) a boat",
        "(c) an oar",
    ]
    assert texts("Take this along:\n" + "\n".join(items)) == ["Take this along:", *items]


def test_wrapped_items_are_unwrapped() -> None:
    items = [f"{n}. {LONG}" for n in range(1, 4)]
    wrapped = "\n".join(textwrap.fill(item, 70, subsequent_indent="   ") for item in items)
    assert texts(wrapped) == items


def test_form_feeds_count_pages_and_running_heads_are_furniture() -> None:
    words = " ".join(f"the weir of year {n} was {chr(97 + n)}{chr(98 + n)} wide" for n in range(24))
    lines = textwrap.fill(words, 62).split("\n")
    pages = [f"The Weir Almanac {n}\n\n" + "\n".join(lines[n * 6 : n * 6 + 6]) + f"\n\n{n + 1}\n" for n in range(3)]
    found = blocks("\f".join(pages))
    assert [block.text for block in found if block.role is Role.BODY] == [" ".join(lines)]
    assert 12 < len(lines) <= 18
    assert [block.page for block in found if block.role is Role.FURNITURE] == [1, 1, 2, 2, 3, 3]


def test_a_paragraph_torn_by_a_page_of_links_is_one() -> None:
    first, second = textwrap.fill(LONG, 70).split("\n")[:2], textwrap.fill(LONG, 70).split("\n")[2:]
    assert second[0][0].islower()
    text = (
        "\n".join(first)
        + "\n\nhttps://example.org/a\n[2] https://example.org/b\n\fPhoto: A weir\n\n"
        + "\n".join(second)
    )
    assert texts(text) == [LONG]
    assert texts(text, Role.LINKS) == ["https://example.org/a", "[2] https://example.org/b"]


def test_typeset_hyphens_are_removed_by_the_words_of_the_document() -> None:
    text = (
        "The success of the weir was well-known to the miller and the otters\n"
        "who had seen it with their own eyes many times, and their suc-\ncess was well-\nknown."
    )
    assert texts(text)[0].endswith("their success was well-known.")


def test_a_suspended_hyphen_keeps_its_space_and_a_soft_one_vanishes() -> None:
    text = "The weir was judged by both the short-\nand long-term members of the board and of the coun\u00ad\ncil."
    assert "short- and long-term" in texts(text)[0]
    assert texts(text)[0].endswith("council.")


def test_two_hyphens_for_a_dash_keep_their_space() -> None:
    first = "The otter had counted every buoy in the bay before it was dark --"
    assert texts(f"{first}\nall of them, twice -- and then it swam home along the mole and slept.")[0].startswith(
        f"{first} all of them, twice -- and"
    )


def test_words_of_the_language_judge_typeset_hyphens_that_the_text_does_not_know() -> None:
    text = (
        "The otter of the weir had counted the buoys, and it was a beauti-\n"
        "ful evening that the heron of the mill said was the most imagi-\n"
        "native of all that were to be had on the river, with a high-\n"
        "priority bell that rang for the tide and was to be heard in for-\n"
        "eign towns."
    )
    said = texts(text)[0]
    assert "a beautiful evening" in said
    assert "most imaginative of" in said
    assert "a high-priority bell" in said
    assert said.endswith("in foreign towns.")


def test_one_hyphen_in_a_short_text_is_judged_by_the_words_of_its_language() -> None:
    torn = "The miller and the otter of the weir had agreed that it was a most imagi-\nnative gauge of the tide."
    kept = (
        "The miller and the otter of the weir had agreed that the tide gauge was hand-\nheld and that it was for all."
    )
    assert "a most imaginative gauge" in texts(torn)[0]
    assert "was hand-held and" in texts(kept)[0]


def test_a_dash_at_the_line_end_takes_no_space_it_did_not_have() -> None:
    first = "The otters fished all day at the weir without any rest whatever—"
    second = "the herons did not rest that day, and they told the miller so —"
    assert texts(f"{first}\n{second}\nloudly.") == [f"{first}{second} loudly."]


def test_chinese_lines_join_without_a_space() -> None:
    line = "水獭和苍鹭在旧磨坊旁边的水坝上分享鱼群它们每天早晨都在那里见面并且互相问候"
    assert texts(f"{line}\n{line}\n{line}。") == [f"{line}{line}{line}。"]


@pytest.mark.parametrize("text", ["", "\n", " \n\t\n\f\n", "\ufeff"])
def test_nothing_gives_no_blocks(text: str) -> None:
    assert blocks(text) == []


def test_one_line_is_a_paragraph() -> None:
    assert blocks("Hello weir") == [Block(Role.BODY, "Hello weir")]


def test_escape_characters_pass_through_to_the_sanitiser() -> None:
    assert texts("The \x1b[31mred\x1b[0m otter \x07 won the race.") == [
        "The \x1b[31mred\x1b[0m otter \x07 won the race."
    ]


# --- bytes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings(encoding: str) -> None:
    assert decode("“Otters” – and a café.\n".encode(encoding)) == "“Otters” – and a café.\n"


SCRIPTS = {
    "Chinese": "水獭数了浮标，关了灯。一次也没有错过潮汐。",
    "Chinese without marks": "水獭数了浮标关了灯一次也没有错过潮汐春天到了河水上涨",
    "Japanese": "カワウソは浮標を数え、灯りを消した。潮を逃したことは一度もない。",
    "Korean": "수달은 부표를 세고 불을 껐다. 한 번도 물때를 놓친 적이 없다.",
    "Russian": "Выдра пересчитала буи и погасила огни. Прилива она не пропустила ни разу.",
    "Greek": "Η βίδρα μέτρησε τις σημαδούρες και έσβησε τα φώτα.",
    "Arabic": "عدّ القضاعة العوامات وأطفأ الأنوار ولم يفته المد قط.",
    "Thai": "นากนับทุ่นแล้วดับไฟ ไม่เคยพลาดน้ำขึ้นเลยสักครั้ง",
    "Hindi": "ऊदबिलाव ने बोये गिने और बत्तियाँ बुझा दीं।",
    "German": "Der Otter zählte die Bojen – „alle da“ – und löschte das Licht.",
}


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("script", SCRIPTS)
def test_utf_16_needs_no_mark_in_any_script(script: str, encoding: str) -> None:
    assert decode(SCRIPTS[script].encode(encoding)) == SCRIPTS[script]


@pytest.mark.parametrize(
    ("script", "encoding"),
    [
        ("Chinese", "gb18030"), ("Japanese", "cp932"), ("Japanese", "euc_jp"), ("Korean", "cp949"),
        ("Russian", "cp1251"), ("Russian", "koi8_r"), ("Greek", "cp1253"), ("Thai", "cp874"), ("German", "cp1252"),
    ],
)  # fmt: skip
def test_what_is_in_an_older_encoding_is_not_taken_for_utf_16(script: str, encoding: str) -> None:
    assert decode((SCRIPTS[script] * 4).encode(encoding)) == SCRIPTS[script] * 4


@given(
    st.text("水獭数了浮标关灯一次没有错过潮汐，、「」か的はカナ", min_size=6),
    st.sampled_from(["utf-16-le", "utf-16-be"]),
)
def test_a_line_of_utf_16_is_read_in_its_own_order(text: str, encoding: str) -> None:
    assert decode(f"{text}。\n".encode(encoding)) == f"{text}。\n"


def test_line_ends_become_one() -> None:
    assert decode("a\r\nb\rc\x85d\x0be\u2028f\u2029g\fh".encode()) == "a\nb\nc\nd\ne\nf\ng\fh"


@pytest.mark.parametrize("data", [bytes(range(256)) * 20, b"\x00" * 100, b"PK\x03\x04" + b"\x00\x01\x02abc" * 50])
def test_binary_is_refused_with_advice(data: bytes) -> None:
    with pytest.raises(ReadError, match="is not text") as refused:
        decode(data)
    assert refused.value.hint


# --- any text ------------------------------------------------------------------------------------

anything = st.text(st.one_of(st.characters(), st.sampled_from(" \n\f\t-.:/AaBby1")), max_size=400)
lines_of_words = st.lists(
    st.lists(
        st.sampled_from("The otter by Ada May 7 2019 https://a.b Related: - 1. end. Photo: TASS / weir”".split()),
        max_size=14,
    ),
    max_size=25,
).map(lambda lines: "\n".join(" ".join(words) for words in lines))


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        found = read(data).blocks
    except ReadError:
        return
    assert all(block.text.strip() and "\n" not in block.text and "\f" not in block.text for block in found)


@given(st.one_of(anything, lines_of_words))
def test_no_character_is_lost_or_added(text: str) -> None:
    text = text.replace("-", "").replace("\u2010", "").replace("\u00ad", "")  # hyphens at line ends may go
    try:
        decoded = decode(text.encode("utf-8", "ignore"))
    except ReadError:
        return
    found = "".join(block.text for block in read(text.encode("utf-8", "ignore")).blocks)
    assert Counter("".join(found.split())) == Counter("".join(decoded.split()))


@given(lines_of_words)
def test_every_word_stands_in_some_block_as_it_was(text: str) -> None:
    found = [word for block in blocks(text) for word in block.text.split()]
    assert sorted(found) == sorted(text.split())


@given(st.one_of(anything, lines_of_words))
def test_text_is_on_one_line_with_single_spaces(text: str) -> None:
    try:
        found = read(text.encode("utf-8", "ignore")).blocks
    except ReadError:
        return
    assert all(block.text and block.text == " ".join(block.text.split()) for block in found)


def test_a_huge_line_is_cut_and_loses_nothing() -> None:
    text = "otter weir " * 10_000
    found = blocks(text)
    assert all(len(block.text) <= LONGEST_LINE for block in found)
    assert " ".join(block.text for block in found) == text.strip()


@pytest.mark.parametrize(
    "text",
    ["a" * 10**6, "a-" * 500_000, "a-\nb" * 100_000, "a\n" * 100_000, "\f" * 200_000, "a\f" * 50_000, " " * 10**6,
     "." * 10**6, '."' * 300_000, "By " + "AB " * 100_000, "A/" * 300_000, "Photo by " * 100_000,
     "abc def\n\n" * 50_000],
    ids=lambda text: repr(text[:8]),
)  # fmt: skip
def test_hostile_text_costs_no_more_than_its_length(text: str) -> None:
    start = time.process_time()
    read(text.encode())
    assert time.process_time() - start < 30  # about 1 s here; a quadratic rule needs minutes


@pytest.mark.parametrize(
    ("data", "notes"),
    [
        ("Na\u00efve caf\u00e9s, \u201cquoted\u201d, and the fa\u00e7ade of the h\u00f4tel.".encode("cp1252"), 1),
        ("Na\u00efve caf\u00e9s.".encode(), 0),
        (b"Plain words.", 0),
        ("A mark before it.".encode("utf-16"), 0),
        ("\ufeffA mark.".encode(), 0),
        ("It holds \ufffd itself.".encode(), 0),
        (b"\xef\xbb\xbfA mark, and then \xff what does not fit.", 1),
    ],
)
def test_an_encoding_that_is_guessed_or_does_not_fit_is_told(data: bytes, notes: int) -> None:
    assert len(read(data).notes) == notes


def test_the_guess_is_named_as_people_name_it() -> None:
    (note,) = read("\u201cThe fa\u00e7ade of the h\u00f4tel,\u201d he said.".encode("cp1252")).notes
    assert note == "Its encoding is not named: it was read as windows-1252, which is a guess."
