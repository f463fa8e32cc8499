"""Word documents: roles, numbers, tables, notes, tracked changes, pages, properties."""

from __future__ import annotations

import pytest

from docterm.errors import ReadError
from docterm.library.model import Role
from docterm.library.readers.docx import read
from office_files import STRICT_W, archive, paragraph, style, word

LEVELS = "".join(
    f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{label}"/></w:lvl>'
    for level, (form, label) in enumerate((("decimal", "%1."), ("lowerLetter", "(%2)"), ("upperRoman", "%1.%3")))
)
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="5">{LEVELS}</w:abstractNum>'
    '<w:abstractNum w:abstractNumId="6"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="6"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="5"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/>'
    "</w:lvlOverride></w:num>"
)


def pairs(body: str, **others: str) -> list[tuple[Role, str]]:
    return [(block.role, block.text) for block in read(word(body, **others)).blocks]


def texts(body: str, **others: str) -> list[str]:
    return [text for _, text in pairs(body, **others)]


def item(text: str, list_id: int, level: int = 0) -> str:
    return paragraph(text, "", f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


# --- roles ---------------------------------------------------------------------------------------

STYLES = (
    style("Title")
    + style("Subtitle")
    + style("heading 1", identity="berschrift1")
    + style("Mine", "berschrift1")
    + style("Deep", properties='<w:outlineLvl w:val="1"/>')
    + style("caption")
    + style("toc 1", "berschrift1")
    + style("Plain", "berschrift1", '<w:outlineLvl w:val="9"/>')
)


def test_styles_give_roles_and_headings_by_their_name_their_level_and_what_they_inherit() -> None:
    body = (
        paragraph("The Weir", "Title") + paragraph("A book of fish", "Subtitle") + paragraph("Contents 1", "toc1")
        + paragraph("One", "berschrift1") + paragraph("a") + paragraph("Deep", "Deep") + paragraph("b")
        + paragraph("Two", "Mine") + paragraph("c", "Plain") + paragraph("Figure 1. A pike", "caption")
        + paragraph("Own level", "", '<w:outlineLvl w:val="2"/>') + paragraph("A late title", "Title")
    )  # fmt: skip
    found = read(word(body, styles=STYLES)).blocks
    assert [(block.role, block.text, block.headings) for block in found] == [
        (Role.TITLE, "The Weir", ()),
        (Role.DECK, "A book of fish", ()),
        (Role.LINKS, "Contents 1", ()),
        (Role.SUBHEAD, "One", ()),
        (Role.BODY, "a", ("One",)),
        (Role.SUBHEAD, "Deep", ("One",)),
        (Role.BODY, "b", ("One", "Deep")),
        (Role.SUBHEAD, "Two", ()),
        (Role.BODY, "c", ("Two",)),
        (Role.CAPTION, "Figure 1. A pike", ("Two",)),
        (Role.SUBHEAD, "Own level", ("Two",)),
        (Role.SUBHEAD, "A late title", ()),
    ]


def test_styles_that_inherit_from_each_other_in_a_ring_end() -> None:
    assert pairs(paragraph("x", "a"), styles=style("a", "b") + style("b", "a")) == [(Role.BODY, "x")]


def test_the_one_first_heading_is_the_title() -> None:
    body = paragraph("The Weir", "berschrift1") + paragraph("a") + paragraph("Deep", "Deep") + paragraph("b")
    found = read(word(body, styles=STYLES)).blocks
    assert [(block.role, block.headings) for block in found] == [
        (Role.TITLE, ()), (Role.BODY, ()), (Role.SUBHEAD, ()), (Role.BODY, ("Deep",))
    ]  # fmt: skip


def test_a_whole_paragraph_that_looks_like_a_heading_is_none() -> None:
    assert pairs(paragraph("word " * 100, "berschrift1"), styles=STYLES)[0][0] is Role.BODY


# --- numbers -------------------------------------------------------------------------------------


def test_numbers_stand_before_their_paragraphs() -> None:
    body = (
        item("a", 1) + item("b", 1, 1) + item("c", 1, 1) + item("d", 1, 2) + item("e", 1) + item("f", 1, 1)
        + item("bullet", 2) + item("anew", 3) + item("no such list", 9) + item("no such level", 1, 8)
    )  # fmt: skip
    assert texts(body, numbering=NUMBERING) == [
        "1. a", "(a) b", "(b) c", "1.I d", "2. e", "(a) f", "bullet", "7. anew", "no such list", "no such level"
    ]  # fmt: skip


def test_a_style_brings_its_number() -> None:
    styles = style("heading 1", "", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    body = paragraph("One", "heading1") + paragraph("x") + paragraph("Two", "heading1")
    assert texts(body, numbering=NUMBERING, styles=styles) == ["1. One", "x", "2. Two"]


# --- what is in a paragraph ----------------------------------------------------------------------


def test_runs_links_controls_and_insertions_are_text_and_deletions_are_not() -> None:
    body = (
        "<w:p><w:r><w:t>The </w:t></w:r><w:hyperlink><w:r><w:t>linked</w:t></w:r></w:hyperlink>"
        "<w:ins><w:r><w:tab/><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:br/><w:t>here</w:t></w:r></w:moveTo>"
        '<w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:t xml:space="preserve"> co</w:t><w:softHyphen/>'
        '<w:t>op</w:t><w:noBreakHyphen/><w:t>er\u00adate</w:t><w:sym w:font="x" w:char="2014"/></w:r></w:p>'
        "<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>" + paragraph("in a control") + "</w:sdtContent></w:sdt>"
    )
    assert texts(body) == ["The linked new here coop\u2011erate—", "in a control"]


def test_a_large_first_letter_belongs_to_the_paragraph_after_it() -> None:
    assert texts(paragraph("T", "", '<w:framePr w:dropCap="drop"/>') + paragraph("he weir.")) == ["The weir."]


def test_a_text_box_follows_its_paragraph_once() -> None:
    box = f"<w:txbxContent>{paragraph('boxed')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>before </w:t></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t>after</w:t></w:r></w:p>"
    )
    assert texts(body) == ["before after", "boxed"]


def test_rows_are_paragraphs_unless_a_cell_holds_several() -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"

    nested = f"<w:tbl>{row(paragraph('x'), paragraph('y'))}</w:tbl>"
    body = (
        f"<w:tbl>{row(paragraph('a'), paragraph('b'))}{row(paragraph(''), paragraph('c'))}"
        f"{row(paragraph('d') + paragraph('e'), paragraph('f'))}{row(nested, paragraph('z'))}"
        "<w:tr><w:trPr><w:del/></w:trPr><w:tc>" + paragraph("gone") + "</w:tc></w:tr></w:tbl>"
    )
    assert texts(body) == ["a | b", "c", "d", "e", "f", "x | y | z"]


def test_notes_follow_the_paragraph_that_refers_to_them() -> None:
    notes = '<w:footnote w:type="separator" w:id="0">' + paragraph("----") + "</w:footnote>"
    notes += "".join(f'<w:footnote w:id="{n}">{paragraph(f"note {n}")}</w:footnote>' for n in (1, 2, 3))
    body = (
        '<w:p><w:r><w:t>a</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
        '<w:tbl><w:tr><w:tc><w:p><w:r><w:t>b</w:t><w:footnoteReference w:id="1"/></w:r></w:p></w:tc><w:tc>'
        + paragraph("c")
        + '</w:tc></w:tr></w:tbl><w:p><w:r><w:t>d</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    )
    assert pairs(body, footnotes=notes) == [
        (Role.BODY, "a"), (Role.FOOTNOTE, "note 2"), (Role.BODY, "b | c"), (Role.FOOTNOTE, "note 1"),
        (Role.BODY, "d"), (Role.FOOTNOTE, "note 3"),
    ]  # fmt: skip


def test_headers_and_footers_are_furniture_at_the_end() -> None:
    found = pairs(paragraph("text"), header1=paragraph("The Weir"), footer1=paragraph("draft"))
    assert found == [(Role.BODY, "text"), (Role.FURNITURE, "The Weir"), (Role.FURNITURE, "draft")]


# --- pages ---------------------------------------------------------------------------------------


def test_pages_are_those_that_word_laid_out() -> None:
    turn = "<w:r><w:lastRenderedPageBreak/></w:r>"
    cell = f"<w:tc><w:p><w:r><w:t>x</w:t></w:r>{turn}<w:r><w:t>y</w:t></w:r></w:p></w:tc>"
    body = (
        paragraph("one") + f"<w:p>{turn}<w:r><w:t>two</w:t></w:r></w:p>"
        f"<w:p><w:r><w:t>still two</w:t></w:r>{turn}<w:r><w:t> and three</w:t></w:r></w:p>"
        f"<w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl>" + paragraph("four")
    )
    found = read(word(body))
    assert [block.page for block in found.blocks] == [1, 2, 2, 3, 4]
    assert "Page numbers are those of the last time" in found.notes[0]


def test_without_traces_of_a_layout_there_are_no_pages() -> None:
    assert read(word('<w:p><w:r><w:br w:type="page"/><w:t>a</w:t></w:r></w:p>')).blocks[0].page is None


# --- the document --------------------------------------------------------------------------------


def test_the_strict_form_reads_alike() -> None:
    body = paragraph("One", "heading1") + paragraph("a") + paragraph("Two", "heading1")
    assert read(word(body, STRICT_W, styles=style("heading 1"))) == read(word(body, styles=style("heading 1")))


def test_properties_leave_out_what_a_program_wrote_unasked() -> None:
    core = (
        "<dc:title>{}</dc:title><dc:creator>{}</dc:creator><dcterms:created>2020-01-02T03:04:05Z</dcterms:created>"
        "<dc:language>en-GB</dc:language>"
    )
    meta = read(word(paragraph("a"), core=core.format("On weirs", "Ada Bell"))).meta
    assert meta == {"title": "On weirs", "author": "Ada Bell", "created": "2020-01-02T03:04:05Z", "language": "en-GB"}
    for title, author in (
        ("Microsoft Word - x.doc", "Administrator"),
        ("Document1", "user"),
        ("a.dotx", "Windows User"),
    ):
        assert read(word(paragraph("a"), core=core.format(title, author))).meta.keys() == {"created", "language"}


def test_the_title_on_the_page_goes_before_the_property() -> None:
    found = read(word(paragraph("Seen", "Title"), styles=STYLES, core="<dc:title>Stale</dc:title>"))
    assert found.meta["title"] == "Seen"


def test_damaged_properties_do_not_keep_the_text_away() -> None:
    assert texts(paragraph("a"), core="<broken") == ["a"]


def test_what_is_left_out_is_said() -> None:
    assert read(word(paragraph("a"), comments="<w:comment/>")).notes == ("The comments in the margin were left out.",)
    assert read(word("")).notes == ("There is no text in the file; it may be made of pictures alone.",)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"plain text", "not a whole zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "protected with a password"),
        (archive({"a.txt": "a"}), "no Word document is in it"),
        (archive({"word/document.xml": "<workbook/>"}), "not one of Word"),
    ],
    ids=["text", "ole", "other", "workbook"],
)
def test_what_is_no_word_document(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message) as refused:
        read(data)
    assert refused.value.hint
