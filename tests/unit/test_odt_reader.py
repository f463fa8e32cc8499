"""OpenDocument texts: roles, numbers, tables, notes, boxes, pages, properties."""

from __future__ import annotations

import pytest

from docterm.errors import ReadError
from docterm.library.model import Role
from docterm.library.readers.odt import read
from office_files import archive, odf, odf_root


def pairs(text: str, automatic: str = "", styles: str = "") -> list[tuple[Role, str]]:
    return [(block.role, block.text) for block in read(odf(text, automatic, styles)).blocks]


def test_headings_and_named_styles() -> None:
    automatic = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    text = (
        '<text:p text:style-name="P1">The Weir</text:p><text:p text:style-name="Subtitle">Of fish</text:p>'
        '<text:h text:outline-level="1">One</text:h>'
        '<text:p>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d</text:p>'
        '<text:h text:outline-level="2">Deep</text:h><text:p text:style-name="Illustration">A pike</text:p>'
        '<text:h text:outline-level="1">Two</text:h>'
        "<text:p>in <text:span>spans <text:a>and links</text:a></text:span> too</text:p>"
    )
    found = read(odf(text, automatic)).blocks
    assert [(block.role, block.text, block.headings) for block in found] == [
        (Role.TITLE, "The Weir", ()),
        (Role.DECK, "Of fish", ()),
        (Role.SUBHEAD, "One", ()),
        (Role.BODY, "a b c d", ("One",)),
        (Role.SUBHEAD, "Deep", ("One",)),
        (Role.CAPTION, "A pike", ("One", "Deep")),
        (Role.SUBHEAD, "Two", ()),
        (Role.BODY, "in spans and links too", ("Two",)),
    ]


def test_lists_and_headings_are_numbered() -> None:
    number = '<text:list-level-style-number text:level="{}" style:num-format="{}" style:num-suffix="{}" {}/>'
    automatic = (
        '<text:list-style style:name="L1">' + number.format(1, "1", ".", 'text:start-value="3"')
        + number.format(2, "a", ")", 'text:display-levels="2"') + "</text:list-style>"
        '<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1"/></text:list-style>'
    )  # fmt: skip
    styles = '<text:outline-style><text:outline-level-style text:level="1" style:num-format="I"/></text:outline-style>'
    item = "<text:list-item><text:p>{}</text:p>{}</text:list-item>".format
    inner = f"<text:list>{item('b', '<text:p>c</text:p>')}</text:list>"
    text = (
        '<text:h text:outline-level="1">One</text:h>'
        f'<text:list text:style-name="L1">{item("a", inner)}{item("d", "")}</text:list>'
        f'<text:list text:style-name="L2">{item("e", "")}</text:list>'
        f'<text:list text:style-name="L1" text:continue-numbering="true">{item("f", "")}</text:list>'
        f'<text:list text:style-name="L1">{item("g", "")}</text:list><text:h text:outline-level="1">Two</text:h>'
    )
    assert [found for _, found in pairs(text, automatic, styles)] == [
        "I One", "3. a", "3.a) b", "c", "4. d", "e", "5. f", "3. g", "II Two"
    ]  # fmt: skip


def test_notes_boxes_tables_indexes_and_changes() -> None:
    inside = "<text:note-citation>1</text:note-citation><text:note-body><text:p>note</text:p></text:note-body>"
    note = f"<text:note>{inside}</text:note>"
    box = "<draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame>"
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>".format
    text = (
        "<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>"
        "<text:table-of-content><text:index-body><text:p>One 1</text:p></text:index-body></text:table-of-content>"
        f"<text:p>be{note}fore{box}<office:annotation><text:p>comment</text:p></office:annotation>, after</text:p>"
        f"<table:table><table:table-row>{cell('a' + note)}{cell('b')}</table:table-row></table:table>"
    )
    assert pairs(text) == [
        (Role.LINKS, "One 1"), (Role.BODY, "before, after"), (Role.FOOTNOTE, "note"), (Role.BODY, "boxed"),
        (Role.BODY, "a | b"), (Role.FOOTNOTE, "note"),
    ]  # fmt: skip


def test_pages_and_furniture() -> None:
    styles = (
        "<office:master-styles><style:master-page><style:header><text:p>Head</text:p></style:header></style:master-page>"
        "<style:master-page><style:header><text:p>Head</text:p></style:header></style:master-page></office:master-styles>"
    )
    text = "<text:p>one</text:p><text:p><text:soft-page-break/>two</text:p>"
    assert [(each.role, each.text, each.page) for each in read(odf(text, styles=styles)).blocks] == [
        (Role.BODY, "one", 1), (Role.BODY, "two", 2), (Role.FURNITURE, "Head", None)
    ]  # fmt: skip
    assert read(odf("<text:p>one</text:p>")).blocks[0].page is None


def test_the_author_is_who_wrote_it_first() -> None:
    meta = (
        "<dc:title>On weirs</dc:title><meta:initial-creator>Ada Bell</meta:initial-creator>"
        "<dc:creator>Bo Dyk</dc:creator><meta:creation-date>2020-01-02</meta:creation-date>"
    )
    assert read(odf("", meta=meta)).meta == {"title": "On weirs", "author": "Ada Bell", "created": "2020-01-02"}
    assert read(odf("", meta="<dc:creator>Bo Dyk</dc:creator>")).meta == {"author": "Bo Dyk"}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not a whole zip archive"),
        (archive({"a.txt": "a"}), "no ODF text is in it"),
        (archive({"content.xml": odf_root("document-content", "<office:body/>")}), "not a text"),
        (
            archive({"content.xml": b"\x93\x01", "META-INF/manifest.xml": "<m:x><m:encryption-data/></m:x>"}),
            "needs a password",
        ),
    ],
    ids=["empty", "other", "no text", "encrypted"],
)
def test_what_is_no_odf_text(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message) as refused:
        read(data)
    assert refused.value.hint
