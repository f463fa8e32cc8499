"""Books in EPUB: the order of the spine, headings, roles, printed pages, description, what is refused."""

from __future__ import annotations

import pytest

from docterm.errors import ReadError
from docterm.library.model import Role
from docterm.library.readers.epub import read
from office_files import CONTAINER, archive, book, page

NAV_ITEM = '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'


def pairs(body: str) -> list[tuple[Role, str]]:
    return [(block.role, block.text) for block in read(book({"a.xhtml": page(body)})).blocks]


def texts(data: bytes) -> list[str]:
    return [block.text for block in read(data).blocks]


# --- chapters ------------------------------------------------------------------------------------


def test_chapters_come_in_the_order_of_the_spine_under_their_headings() -> None:
    chapters = {"b%20c.xhtml": page("<h1>One</h1><p>a</p><h2>Deep</h2><p>b</p>"), "text/a.xhtml": page("<p>c</p>")}
    data = book(chapters, "<dc:title>The Weir</dc:title>", others={"OEBPS/b c.xhtml": chapters["b%20c.xhtml"]})
    assert [(block.role, block.text, block.headings) for block in read(data).blocks] == [
        (Role.TITLE, "The Weir", ()),
        (Role.SUBHEAD, "One", ()),
        (Role.BODY, "a", ("One",)),
        (Role.SUBHEAD, "Deep", ("One",)),
        (Role.BODY, "b", ("One", "Deep")),
        (Role.BODY, "c", ("One", "Deep")),
    ]


def test_elements_give_roles() -> None:
    body = (
        "bare <b>text</b><div>in a <i>div</i><p>para\n graph</p>rest</div><ul><li>item<ul><li>inner</li></ul></li></ul>"
        "<figure><img src='x.png' alt='none'/><figcaption>A pike</figcaption></figure><pre>x = 1\n  y = 2</pre>"
        "<aside epub:type='footnote'><p>note</p></aside><nav><ol><li><a href='a.xhtml'>One</a></li></ol></nav>"
        "<p>one<br/>line <ruby>漢<rt>kan</rt></ruby><span hidden='hidden'>unseen</span><script>var x;</script></p>"
        "<table><caption>Catch</caption><tr><th>Fish</th><th>Tons</th></tr><tr><td>Pike</td><td><p>1</p><p>2</p></td></tr>"
        "</table><dl><dt>term</dt><dd>meaning</dd></dl>"
    )
    assert pairs(body) == [
        (Role.BODY, "bare text"), (Role.BODY, "in a div"), (Role.BODY, "para graph"), (Role.BODY, "rest"),
        (Role.BODY, "item"), (Role.BODY, "inner"), (Role.CAPTION, "A pike"), (Role.BODY, "x = 1"),
        (Role.BODY, "y = 2"), (Role.FOOTNOTE, "note"), (Role.LINKS, "One"), (Role.BODY, "one line 漢"),
        (Role.CAPTION, "Catch"), (Role.BODY, "Fish | Tons"), (Role.BODY, "Pike"), (Role.BODY, "1"), (Role.BODY, "2"),
        (Role.BODY, "term"), (Role.BODY, "meaning"),
    ]  # fmt: skip


def test_title_page_and_small_print_are_no_paragraphs() -> None:
    body = (
        "<section epub:type='titlepage'><h1>The Weir</h1><p>Ines Okafor</p></section>"
        "<section epub:type='frontmatter copyright-page'><p>All rights reserved.</p></section><p>The weir is old.</p>"
    )
    assert pairs(body) == [
        (Role.FURNITURE, "The Weir"), (Role.FURNITURE, "Ines Okafor"), (Role.BOILERPLATE, "All rights reserved."),
        (Role.BODY, "The weir is old."),
    ]  # fmt: skip


@pytest.mark.parametrize("broken", ["", "<p>unclosed <br> & loose"])
def test_what_closes_itself_does_not_swallow_the_chapter(broken: str) -> None:
    source = (
        "<html><head><title/><script src='x'/><style/></head><body><a id='x'/><p>first<textarea/></p>"
        f"<iframe/><div/><p>se&nbsp;cond &eacute;&#233;</p>{broken}</body></html>"
    )
    assert texts(book({"a.xhtml": source}))[:2] == ["first", "se cond éé"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    source = f'<?xml version="1.0" encoding="{name}"?><html><body><p>Fähre</p></body></html>'
    assert texts(book({"a.xhtml": source.encode(encoding)})) == ["Fähre"]


def test_printed_pages() -> None:
    mark = '<span epub:type="pagebreak" id="p{0}" title="{0}"/>'.format
    chapters = {
        "a.xhtml": page(f"<p>front</p>{mark('ix')}<p>preface</p><p>end of {mark('1')}preface</p>"),
        "b.xhtml": page("<p>one</p><div role='doc-pagebreak' aria-label='Page 2.'/><p>two</p>"),
    }
    found = read(book(chapters)).blocks
    assert [(block.text, block.page, block.page_label) for block in found] == [
        ("front", None, ""), ("preface", None, "ix"), ("end of preface", None, "ix"), ("one", 1, ""), ("two", 2, "")
    ]  # fmt: skip


# --- the table of contents -----------------------------------------------------------------------


def test_a_chapter_without_headings_takes_those_of_the_navigation() -> None:
    nav = page(
        '<nav epub:type="landmarks"><ol><li><a href="a.xhtml">Start</a></li></ol></nav><nav epub:type="toc">'
        '<h2>Contents</h2><ol><li><a href="a.xhtml">One</a><ol><li><a href="a.xhtml#x">In <i>one</i></a></li></ol></li>'
        '<li><a href="b.xhtml">Two</a></li><li><a href="../../../x">Out</a></li></ol></nav>'
    )
    chapters = {"a.xhtml": page("<p>a</p><p id='x'>b</p>"), "b.xhtml": page("<h3>Second</h3><p>c</p>")}
    found = read(book(chapters, items=NAV_ITEM, others={"OEBPS/nav.xhtml": nav})).blocks
    assert [(block.role, block.text, block.headings) for block in found] == [
        (Role.SUBHEAD, "One", ()),
        (Role.BODY, "a", ("One",)),
        (Role.SUBHEAD, "In one", ("One",)),
        (Role.BODY, "b", ("One", "In one")),
        (Role.SUBHEAD, "Second", ("One", "In one")),
        (Role.BODY, "c", ("One", "In one", "Second")),
    ]


def test_the_ncx_serves_older_books() -> None:
    ncx = (
        '<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">'
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>Part</text></navLabel>'
        '<content src="a.xhtml"/><navPoint><navLabel><text>Chapter</text></navLabel><content src="b.xhtml"/></navPoint>'
        "</navPoint></navMap></ncx>"
    )
    item = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    chapters = {"a.xhtml": page("<p>a</p>"), "b.xhtml": page("<p>b</p>")}
    found = read(book(chapters, items=item, others={"OEBPS/toc.ncx": ncx})).blocks
    assert [block.headings for block in found] == [(), ("Part",), ("Part",), ("Part", "Chapter")]


def test_a_damaged_table_of_contents_does_not_keep_the_text_away() -> None:
    assert texts(book({"a.xhtml": page("<p>a</p>")}, items=NAV_ITEM)) == ["a"]


# --- the book ------------------------------------------------------------------------------------


def test_the_description_of_the_book() -> None:
    meta = (
        '<dc:title id="t">The Weir</dc:title><dc:title id="s">A Book of Fish</dc:title>'
        '<meta refines="#s" property="title-type">subtitle</meta><dc:creator opf:role="aut">Bell, Ada</dc:creator>'
        '<dc:creator id="e">Bo Dyk</dc:creator><meta refines="#e" property="role">edt</meta>'
        '<dc:contributor opf:role="trl">Cy Eng</dc:contributor><dc:contributor>A Printer</dc:contributor>'
        '<dc:date opf:event="modification">2022</dc:date><dc:date>2019-05-07</dc:date>'
        "<dc:identifier>urn:isbn:978-0-306-40615-7</dc:identifier><dc:identifier>urn:uuid:1</dc:identifier>"
        "<dc:identifier>https://doi.org/10.1000/182</dc:identifier><dc:identifier>https://example.org/w</dc:identifier>"
        "<dc:publisher>Mill Press</dc:publisher><dc:subject>fish</dc:subject><dc:subject>rivers</dc:subject>"
    )
    assert read(book({"a.xhtml": page("<p>a</p>")}, meta)).meta == {
        "type": "book",
        "title": "The Weir",
        "author": "Ada Bell",
        "editor": "Bo Dyk",
        "translator": "Cy Eng",
        "date": "2019-05-07",
        "isbn": "9780306406157",
        "doi": "10.1000/182",
        "url": "https://example.org/w",
        "publisher": "Mill Press",
        "subject": "fish; rivers",
    }


def test_chapters_that_cannot_be_read_are_named_and_the_others_are_read() -> None:
    chapters = {"a.xhtml": page("<p>a</p>"), "../../x.xhtml": "", "b.xhtml": '<!DOCTYPE x [<!ENTITY e "e">]><x>&e;</x>'}
    found = read(book(chapters))
    assert [block.text for block in found.blocks] == ["a"]
    assert [note.partition(". ")[0] for note in found.notes] == ["A chapter was left out"] * 2


def test_what_cannot_be_shown_is_replaced_by_its_fallback() -> None:
    items = (
        '<item id="c0" href="x.json" media-type="application/json" fallback="f"/>'
        '<item id="f" href="f.xhtml" media-type="application/xhtml+xml"/>'
    )
    package = f'<package><manifest>{items}</manifest><spine><itemref idref="c0"/></spine></package>'
    parts = {"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": package, "OEBPS/f.xhtml": page("<p>a</p>")}
    assert texts(archive(parts)) == ["a"]


def encryption(algorithm: str) -> dict[str, str | bytes]:
    return {
        "META-INF/encryption.xml": '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
        'xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>'
        f'<enc:EncryptionMethod Algorithm="{algorithm}"/></enc:EncryptedData></encryption>'
    }


def test_hidden_fonts_are_no_drm_and_anything_else_is() -> None:
    chapters = {"a.xhtml": page("<p>a</p>")}
    assert texts(book(chapters, others=encryption("http://www.idpf.org/2008/embedding"))) == ["a"]
    with pytest.raises(ReadError, match="protected by DRM"):
        read(book(chapters, others=encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc")))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK", "not a whole zip archive"),
        (archive({"a.txt": "a"}), "no EPUB book is in it"),
        (archive({"META-INF/container.xml": CONTAINER}), "has no part OEBPS/book.opf"),
        (archive({"META-INF/container.xml": CONTAINER.replace("OEBPS", "../..")}), "points outside itself"),
        (book({}), "no text to read"),
        (book({"../../../etc/passwd": "x"}), "points outside itself"),
    ],
    ids=["cut", "other", "no package", "outside", "empty", "no chapter"],
)
def test_what_is_no_book(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message) as refused:
        read(data)
    assert refused.value.hint
