"""PDF: that paragraphs come out as they were written, all else keeps a role, and no file breaks the reader."""

from __future__ import annotations

import random
import re
import textwrap

import pytest
from pdf_files import BOLD, MONO, PdfPage, pdf

from docterm.errors import ReadError
from docterm.library.model import Block, Role
from docterm.library.readers import Extract
from docterm.library.readers.pdf import document, pages, read

TOP, LEFT, RIGHT = 700, 60, 330
"""Where the text of a page begins, and the left edges of two columns, in points."""
COLUMN = 40
"""Signs in a line of a column, each of 6 points."""
TIDES = (
    "The harbour masters of both islands keep a book of tides, and the clerk who writes it has never yet missed an "
    "evening, although the lamp on the mole goes out when the wind stands in the north. Nobody remembers at all who "
    "began it."
)
PILOTS = (
    "Pilots read the book before they cross, for the sand moves every winter and the old charts are worth less than "
    "the paper on which they are printed. The younger ones copy the last page by hand and carry it in their caps."
)
CLERKS = (
    "Clerks are paid in smoked eels, a custom that the council has tried three times to end and has three times "
    "restored, because no clerk would write for money what his father had written down for eels and for honour."
)


def wrapped(text: str, width: int = COLUMN) -> list[str]:
    return textwrap.wrap(text, width, break_on_hyphens=False)


def texts(extract: Extract, *roles: Role) -> list[str]:
    return [block.text for block in extract.blocks if block.role in (roles or (Role.BODY,))]


def only_page(draw: list[tuple[float, list[str]]]) -> PdfPage:
    """Give a page with lines at some heights."""
    page = PdfPage()
    for y, lines in draw:
        page.lines(LEFT, y, lines)
    return page


# --- paragraphs ----------------------------------------------------------------------------------


def test_lines_become_paragraphs_at_gaps() -> None:
    page = PdfPage()
    y = page.lines(LEFT, TOP, wrapped(TIDES))
    page.lines(LEFT, y - 8, wrapped(PILOTS))
    assert texts(read(pdf([page]))) == [TIDES, PILOTS]


def test_a_line_that_ends_early_ends_its_paragraph() -> None:
    page = PdfPage()
    page.lines(LEFT, TOP, [*wrapped(TIDES), *wrapped(PILOTS), *wrapped(CLERKS)])
    assert texts(read(pdf([page]))) == [TIDES, PILOTS, CLERKS]


def test_an_indent_begins_a_paragraph() -> None:
    page, y = PdfPage(), float(TOP)
    for paragraph in (TIDES, PILOTS, CLERKS):
        first, *rest = wrapped("xx" + paragraph)
        page.text(LEFT + 12, y, first[2:], font=MONO)
        y = page.lines(LEFT, y - 12, rest)
    assert texts(read(pdf([page]))) == [TIDES, PILOTS, CLERKS]


def test_items_of_a_list_are_paragraphs() -> None:
    items = ["• The first bell is rung by hand, twice.", "• The second bell is rung by the wind.", "• A third is sunk."]
    page = PdfPage()
    y = page.lines(LEFT, TOP, wrapped(TIDES))
    page.lines(LEFT, y, items)
    assert texts(read(pdf([page]))) == [TIDES, *items]


@pytest.mark.parametrize(
    ("by_row", "higher"),
    [(False, 0), (True, 0), (True, 3)],
    ids=["column by column", "row by row", "row by row, the right ones first"],
)
def test_two_columns_are_read_one_after_the_other(by_row: bool, higher: int) -> None:
    columns = [[*wrapped(TIDES), *wrapped(PILOTS)], [*wrapped(CLERKS), *wrapped(TIDES.upper())]]
    places = [
        (x, TOP - 12 * row + (higher if x == RIGHT else 0), text)
        for x, lines in zip((LEFT, RIGHT), columns, strict=True)
        for row, text in enumerate(lines)
    ]
    page = PdfPage()
    for x, y, text in sorted(places, key=lambda place: (-place[1], place[0])) if by_row else places:
        page.text(x, y, text, font=MONO)
    assert texts(read(pdf([page]))) == [TIDES, PILOTS, CLERKS, TIDES.upper()]


def test_the_rows_of_a_table_stay_whole() -> None:
    page = PdfPage()
    for row, (name, count) in enumerate(
        [("bells", "2"), ("eels", "412"), ("lamps", "31"), ("clerks", "5"), ("caps", "9")]
    ):
        page.text(LEFT, TOP - 12 * row, name, font=MONO)
        page.text(RIGHT + 100, TOP - 12 * row, count, font=MONO)
    found = " ".join(texts(read(pdf([page])), *Role))
    assert "bells 2" in found
    assert "clerks 5" in found


def test_a_paragraph_goes_on_over_a_column_and_a_page() -> None:
    lines = wrapped(f"{TIDES[:-1]}, {PILOTS[0].lower()}{PILOTS[1:-1]}, {CLERKS[0].lower()}{CLERKS[1:]}")
    first, second = PdfPage(), PdfPage()
    first.lines(LEFT, TOP, lines[:5])
    first.lines(RIGHT, TOP, lines[5:10])
    second.lines(LEFT, TOP, lines[10:])
    found = read(pdf([first, second]))
    assert texts(found) == [" ".join(lines)]
    assert found.blocks[0].page == 1


# --- hyphens and signs ---------------------------------------------------------------------------


def test_hyphens_of_a_typesetter_go_and_others_stay() -> None:
    lines = [
        "The well-known clerk has had much suc-",
        "cess with a self-made clock, and all cross-",
        "promoting stopped when the well-",
        "known bell rang over the wide har-",
        "bour. Nobody had heard it for years now.",
        "A cross-promoting pilot left the harbour.",
    ]
    text = " ".join(texts(read(pdf([only_page([(TOP, lines)])]))))
    assert "much success with" in text
    assert "all cross-promoting stopped" in text
    assert "the well-known bell" in text
    assert "wide harbour. Nobody" in text


def test_a_dash_at_a_line_end_stays_a_dash() -> None:
    page = PdfPage()
    page.text(LEFT, TOP, "The lamp went out on the mole that night –")
    page.text(LEFT, TOP - 12, "nobody saw it, and nobody was asked about")
    page.text(LEFT, TOP - 24, "it when the council met again in spring.")
    assert texts(read(pdf([page]))) == [
        "The lamp went out on the mole that night – nobody saw it, and nobody was asked about "
        "it when the council met again in spring."
    ]


def test_an_address_that_two_lines_part_is_put_together() -> None:
    lines = ["The book stands at https://tides.example/", "book/of/tides and nowhere else on the isle."]
    assert texts(read(pdf([only_page([(TOP, lines)])]))) == [
        "The book stands at https://tides.example/book/of/tides and nowhere else on the isle."
    ]


# --- what belongs to the page --------------------------------------------------------------------


def paged(count: int = 6) -> list[PdfPage]:
    """Give pages with a running head that changes sides, a foot with the number, and other text on each."""
    made = []
    for number in range(1, count + 1):
        page = PdfPage()
        page.text(LEFT if number % 2 else RIGHT, 760, "The Book of Tides")
        page.lines(
            LEFT,
            TOP,
            wrapped(f"On page {number} the clerk of the {'abcdefghijklmnop'[number]}-lamp writes: {TIDES}", 70),
        )
        page.text(300, 30, f"Page {number} of {count}")
        made.append(page)
    return made


def test_running_heads_and_page_numbers_are_kept_as_furniture() -> None:
    found = read(pdf(paged()))
    assert len(texts(found)) == 6
    furniture = texts(found, Role.FURNITURE)
    assert furniture.count("The Book of Tides") == 6
    assert {f"Page {number} of 6" for number in range(1, 7)} <= set(furniture)


def test_headings_that_look_alike_at_the_top_of_a_page_are_no_furniture() -> None:
    made = paged(12)
    made[3].text(LEFT, 740, "Chapter 2: The Bells", 14, BOLD)
    made[8].text(LEFT, 740, "Chapter 3: The Bells", 14, BOLD)
    found = read(pdf(made))
    assert texts(found, Role.SUBHEAD) == ["Chapter 2: The Bells", "Chapter 3: The Bells"]


def test_text_outside_the_crop_box_is_left_out() -> None:
    page = PdfPage("/CropBox[50 50 500 750]")
    page.lines(LEFT, TOP, wrapped(TIDES))
    page.text(60, 770, "printer's slug 12.3.2019")
    page.text(540, 400, "17")
    assert texts(read(pdf([page])), *Role) == [TIDES]


def test_text_across_the_page_is_furniture() -> None:
    page = PdfPage()
    page.lines(LEFT, TOP, wrapped(TIDES))
    page.text(30, 200, "stamped on arrival", turn="0 1 -1 0")
    found = read(pdf([page]))
    assert texts(found) == [TIDES]
    assert texts(found, Role.FURNITURE) == ["stamped on arrival"]


@pytest.mark.parametrize(
    ("rotate", "turn"), [(90, "0 1 -1 0"), (180, "-1 0 0 -1"), (270, "0 -1 1 0")], ids=["90", "180", "270"]
)
def test_a_turned_page_is_read_upright(rotate: int, turn: str) -> None:
    page = PdfPage(f"/Rotate {rotate}")
    for row, line in enumerate([*wrapped(TIDES), *wrapped(PILOTS)]):
        x, y = {90: (60 + 12 * row, 60), 180: (540, 60 + 12 * row), 270: (540 - 12 * row, 700)}[rotate]
        page.text(x, y, line, font=MONO, turn=turn)
    assert texts(read(pdf([page]))) == [TIDES, PILOTS]


# --- headings, captions, notes -------------------------------------------------------------------


def article() -> PdfPage:
    page = PdfPage()
    page.text(LEFT, 740, "The Harbour at Night", 20, BOLD)
    page.text(LEFT, 722, "By Ines Okafor", 10)
    page.text(LEFT, 700, "The tides", 12, BOLD)
    page.lines(LEFT, 684, wrapped(TIDES))
    page.text(LEFT, 584, "The pilots", 12, BOLD)
    page.lines(LEFT, 568, wrapped(PILOTS))
    return page


def test_headings_are_told_by_size_and_weight() -> None:
    found = read(pdf([article()]))
    assert texts(found, Role.TITLE) == ["The Harbour at Night"]
    assert texts(found, Role.BYLINE) == ["By Ines Okafor"]
    assert texts(found, Role.SUBHEAD) == ["The tides", "The pilots"]
    assert [block.headings for block in found.blocks if block.role is Role.BODY] == [("The tides",), ("The pilots",)]


def test_the_outline_tells_headings_that_look_like_text() -> None:
    page = PdfPage()
    page.lines(LEFT, TOP, ["1. The tides"])
    page.lines(LEFT, TOP - 24, wrapped(TIDES))
    found = read(pdf([page], outline=[("The tides", 0)]))
    assert [(block.role, block.text, block.headings) for block in found.blocks] == [
        (Role.SUBHEAD, "1. The tides", ()),
        (Role.BODY, TIDES, ("1. The tides",)),
    ]


def test_captions_and_footnotes_are_no_body() -> None:
    page = PdfPage()
    page.lines(LEFT, TOP, wrapped(TIDES))
    page.text(LEFT, 560, "Figure 3. The mole at low water", 8)
    page.lines(LEFT, 530, wrapped(PILOTS))
    page.text(LEFT, 80, "1 The second lamp was sold in the year of the long ice.", 7)
    found = read(pdf([page]))
    assert texts(found) == [TIDES, PILOTS]
    assert texts(found, Role.CAPTION) == ["Figure 3. The mole at low water"]
    assert texts(found, Role.FOOTNOTE) == ["1 The second lamp was sold in the year of the long ice."]


def test_a_table_of_contents_is_no_body() -> None:
    entries = [f"{number} The chapter on {name} . . . . . . . . . {number}3" for number, name in enumerate("abcd", 1)]
    page, second = PdfPage(), PdfPage()
    page.lines(LEFT, TOP, entries)
    second.lines(LEFT, TOP, wrapped(TIDES))
    found = read(pdf([page, second]))
    assert texts(found, Role.LINKS) == entries
    assert texts(found) == [TIDES]


# --- pages and what a file says of itself --------------------------------------------------------


def test_pages_have_the_labels_they_call_themselves_by() -> None:
    labels = "/PageLabels<</Nums[0<</S/r>> 2<</S/D>>]>>"
    made = [only_page([(TOP, wrapped(text))]) for text in (TIDES, PILOTS, CLERKS)]
    found = read(pdf(made, catalog=labels)).blocks
    assert [(block.page, block.page_label) for block in found] == [(1, "i"), (2, "ii"), (3, "1")]


def test_without_labels_a_page_has_its_number_only() -> None:
    first = read(pdf([article()])).blocks[0]
    assert (first.page, first.page_label) == (1, "")


@pytest.mark.parametrize(
    ("info", "meta"),
    [
        ("/Title(Tides)/Author(Ines Okafor)", {"title": "Tides", "author": "Ines Okafor"}),
        ("/Title(Microsoft Word - tides.doc)/Author(Administrator)", {}),
        ("/Title(tides_final.indd)", {}),
        ("/Title(untitled)/Author(user)", {}),
        ("/Title(Tides\\000rubbish)", {"title": "Tides"}),
        ("/CreationDate(D:20210603121314+02'00')", {"file-date": "2021-06-03"}),
        ("/CreationDate(yesterday)", {}),
    ],
)
def test_the_info_dictionary_without_what_programs_put_there(info: str, meta: dict[str, str]) -> None:
    assert read(pdf([article()], info=info)).meta == meta


def xmp(fields: str, attributes: str = "") -> str:
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/" '
        f"{attributes}>{fields}</rdf:Description></rdf:RDF></x:xmpmeta>"
    )


def test_xmp_comes_before_the_info_dictionary() -> None:
    fields = (
        "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>The Book of Tides</rdf:li></rdf:Alt></dc:title>"
        "<dc:creator><rdf:Seq><rdf:li>Ines Okafor</rdf:li><rdf:li>Bo van Dyk</rdf:li></rdf:Seq></dc:creator>"
        "<prism:publicationDate>2019-04-02</prism:publicationDate><prism:doi>10.1000/182</prism:doi>"
    )
    made = pdf([article()], info="/Title(old)/CreationDate(D:20210603)", xmp=xmp(fields))
    assert read(made).meta == {
        "title": "The Book of Tides",
        "author": "Ines Okafor; Bo van Dyk",
        "date": "2019-04-02",
        "file-date": "2021-06-03",
        "doi": "10.1000/182",
    }


def test_the_date_of_the_file_is_not_that_of_the_document() -> None:
    fields = "<dc:date><rdf:Seq><rdf:li>2021-06-03T10:00:00Z</rdf:li></rdf:Seq></dc:date>"
    made = pdf([article()], xmp=xmp(fields, 'xmp:CreateDate="2021-06-03T10:00:00Z"'))
    assert read(made).meta == {"file-date": "2021-06-03"}


@pytest.mark.parametrize("packet", ["<x:xmpmeta>", "<x:xmpmeta></x:xmpmeta>", "<x:xmpmeta><a b=</x:xmpmeta>"])
def test_a_broken_packet_says_nothing(packet: str) -> None:
    assert read(pdf([article()], xmp=packet)).meta == {}


# --- what cannot be read -------------------------------------------------------------------------


def test_no_text_is_an_error_that_names_the_remedy() -> None:
    with pytest.raises(ReadError, match="no text in this PDF") as caught:
        read(pdf([PdfPage()]))
    assert "ocrmypdf" in caught.value.hint


def test_a_password_is_asked_for_in_words() -> None:
    encrypted = f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'00' * 32}>/U<{'11' * 32}>>>/ID[<00><00>]"
    with pytest.raises(ReadError, match="password"):
        read(pdf([article()], trailer=encrypted))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"hello", b"%PDF-1.4\n%%EOF", bytes(range(256)) * 40])
def test_what_is_no_pdf_is_an_error(data: bytes) -> None:
    with pytest.raises(ReadError, match="no PDF"):
        read(data)


def test_more_pages_than_the_limit_are_left_out_with_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "MOST_PAGES", 2)
    found = read(pdf(paged(5)))
    assert {block.page for block in found.blocks} == {1, 2}
    assert found.notes == ("The PDF has 5 pages: the first 2 were read.",)


def test_a_page_that_is_too_long_is_cut_with_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "LONGEST_PAGE", 100)
    found = read(pdf([article()]))
    assert sum(len(block.text) for block in found.blocks) <= 100
    assert len(found.notes) == 1


def test_pages_without_text_are_told() -> None:
    assert read(pdf([article(), PdfPage(), PdfPage()])).notes == ("2 pages (2, 3) of 3 without text: perhaps scans.",)


def words(blocks: tuple[Block, ...]) -> list[str]:
    return sorted(word for block in blocks for word in re.findall(r"\w+", block.text))


def test_no_word_is_lost() -> None:
    found = read(pdf([*paged(), article()], outline=[("The tides", 6), ("nowhere", 2)]))
    drawn = [*paged(), article()]
    source = b" ".join(re.findall(rb"\((.*)\) Tj", b"".join(part for page in drawn for part in page.drawn)))
    assert words(found.blocks) == sorted(re.findall(r"\w+", source.decode("cp1252")))


def test_mutated_files_raise_nothing_but_read_errors() -> None:
    chance = random.Random(20261122)
    originals = [
        pdf(
            [*paged(3), article()], outline=[("The tides", 3)], info="/Title(Tides)", xmp=xmp("<dc:title>x</dc:title>")
        ),
        pdf([PdfPage("/Rotate 90/CropBox[0 0 0 0]", article().drawn)], catalog="/PageLabels<</Nums[0<</S/r>>]>>"),
    ]
    for _ in range(300):
        data = bytearray(chance.choice(originals))
        for _ in range(chance.randint(1, 12)):
            place = chance.randrange(len(data))
            match chance.randrange(4):
                case 0:
                    data[place] = chance.randrange(256)
                case 1:
                    del data[place : place + chance.randrange(40)]
                case 2:
                    data[place:place] = bytes(chance.randrange(256) for _ in range(chance.randrange(9)))
                case _:
                    data[place : place + 1] = chance.choice([b"9", b"-", b"0", b"/", b">>", b"99999", b"null", b"1e38"])
        try:
            found = read(bytes(data))
        except ReadError:
            continue
        assert all(block.text and block.text == block.text.strip() for block in found.blocks)
