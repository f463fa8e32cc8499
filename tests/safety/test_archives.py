"""Archives that lie, flood, nest and point elsewhere: refused in a sentence, in bounded time and memory."""

from __future__ import annotations

import random
import resource
import struct
import time
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO

import pytest

from docterm.errors import ReadError
from docterm.library.readers import Extract
from docterm.library.readers.docx import read as read_docx
from docterm.library.readers.epub import read as read_epub
from docterm.library.readers.odt import read as read_odt
from docterm.library.readers.xmlsafe import parse
from docterm.library.readers.zipsafe import Archive, part_name
from office_files import CONTAINER, archive, book, odf, page, paragraph, style, word

MIB = 1024 * 1024
Reader = Callable[[bytes], Extract]
STYLES = style("Title") + style("heading 1")
SOUND: dict[str, tuple[Reader, bytes]] = {
    "docx": (
        read_docx,
        word(
            paragraph("One", "heading1") + paragraph("Some text of a paragraph. ") * 5,
            styles=STYLES,
            footnotes='<w:footnote w:id="2"><w:p/></w:footnote>',
            core="<dc:title>T</dc:title>",
        ),
    ),
    "odt": (
        read_odt,
        odf("<text:h>One</text:h><text:list><text:list-item><text:p>a</text:p></text:list-item></text:list>"),
    ),
    "epub": (read_epub, book({"a.xhtml": page("<h1>One</h1><p>Some text</p>"), "b.xhtml": page("<p>More</p>")})),
}


@pytest.fixture(autouse=True)
def bounds() -> Iterator[None]:
    """Hold every test to a minute of processor time, and the process to 700 MiB of memory more than it had."""
    start, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert time.process_time() - start < 60
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 700 * 1024


def refused(reader: Callable[[bytes], object], data: bytes) -> str:
    """Give the sentence with which a reader refuses something."""
    with pytest.raises(ReadError) as error:
        reader(data)
    assert error.value.message.endswith(".")
    assert error.value.hint.endswith(".")
    message: str = error.value.message
    return message


def with_sizes(data: bytes, name: bytes, packed: int | None = None, unpacked: int | None = None) -> bytes:
    """Give an archive that states other sizes of a part, in its local header and in its directory."""
    changed = bytearray(data)
    for signature, sizes, header in ((b"PK\x03\x04", 18, 30), (b"PK\x01\x02", 20, 46)):
        place = -1
        while (place := data.find(signature, place + 1)) >= 0:
            if data[place + header :].startswith(name):
                for offset, size in ((sizes, packed), (sizes + 4, unpacked)):
                    if size is not None:
                        struct.pack_into("<I", changed, place + offset, size)
    return bytes(changed)


# --- floods --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def flood() -> bytes:
    return word(" " * (80 * MIB))


def test_a_part_that_unpacks_to_too_much(flood: bytes) -> None:
    assert "unpacks to more than" in refused(read_docx, flood)


@pytest.mark.parametrize("claim", [0, 1000, 2**31])
def test_a_part_that_lies_about_its_size(flood: bytes, claim: int) -> None:
    refused(read_docx, with_sizes(flood, b"word/document.xml", unpacked=claim))


def test_a_part_that_lies_about_its_packed_size(flood: bytes) -> None:
    refused(read_docx, with_sizes(flood, b"word/document.xml", packed=len(flood) * 2))


def test_parts_that_claim_too_much_together() -> None:
    claims = archive({f"{number}": b"" for number in range(300)})
    assert "unpacks to more than 512 MiB" in refused(Archive, with_sizes(claims, b"", unpacked=2 * MIB))


def test_a_text_that_packs_well_is_no_bomb() -> None:
    assert len(read_docx(word(paragraph("All work and no play. " * 200) * 2000)).blocks) == 2000


@pytest.mark.parametrize("claim", [0xFFFF, 1])
def test_too_many_parts(claim: int) -> None:
    entry = b"PK\x01\x02" + bytes(24) + struct.pack("<HHHHHII", 1, 0, 0, 0, 0, 0, 0) + b"a"
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, claim, claim, 200_000 * len(entry), 0, 0)
    assert "more than 10,000 parts" in refused(read_epub, entry * 200_000 + end)


def test_parts_that_lie_over_each_other() -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("word/document.xml", b"a" * 1000)
        made.writestr("word/document.xm2", b"b" * 1000)
        first = made.getinfo("word/document.xml")
        made.getinfo("word/document.xm2").header_offset = first.header_offset
    assert "lies over another part" in refused(read_docx, target.getvalue())


def test_an_archive_in_an_archive_is_not_opened() -> None:
    inner = word(paragraph("a"))
    assert "no Word document is in it" in refused(read_docx, archive({"word.docx": inner}))
    refused(read_docx, archive({"word/document.xml": inner}))


def test_another_way_of_packing_is_refused() -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_LZMA) as made:
        made.writestr("word/document.xml", "<a/>")
    assert "packed in a way" in refused(read_docx, target.getvalue())


def test_an_encrypted_part_needs_a_password() -> None:
    data = bytearray(archive({"content.xml": "<a/>"}))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(signature) + flags] |= 1
    assert "needs a password" in refused(read_odt, bytes(data))


# --- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "link",
    [
        "../../x",
        "/etc/passwd",
        "%2e%2e/%2e%2e/x",
        "..\\..\\x",
        "file:///etc/passwd",
        "http://example.org/x",
        "a\0b",
        "c:/x",
    ],
)
def test_names_that_leave_the_archive(link: str) -> None:
    with pytest.raises(ReadError, match="points outside itself"):
        part_name("OEBPS/book.opf", link)


def test_names_inside_the_archive() -> None:
    assert part_name("OEBPS/book.opf", "../a%20b.xhtml#c") == "a b.xhtml"
    assert part_name("OEBPS/text/a.xhtml", "#c") == "OEBPS/text/a.xhtml"


def test_a_message_carries_no_control_characters() -> None:
    message = refused(read_epub, book({"../../&#x9b;2J&#x9d;52;c;x&#x202e;.xhtml": ""}))
    assert message.isprintable()


# --- XML -----------------------------------------------------------------------------------------

LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]><a>&a11;</a>"
)
SPY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
PARAMETER = '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]><a/>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("bomb", [LAUGHS, SPY, PARAMETER], ids=["laughs", "spy", "parameter"])
def test_entities_are_refused_everywhere(bomb: str, encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{bomb}'.encode(encoding)
    assert "document type" in refused(read_docx, archive({"word/document.xml": xml}))
    assert "document type" in refused(read_odt, archive({"content.xml": xml}))
    assert "entities" in refused(read_epub, archive({"META-INF/container.xml": xml}))
    assert "entities" in refused(read_epub, archive({"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": xml}))
    assert "entities" in refused(read_epub, book({"a.xhtml": xml}))


def test_a_document_type_is_refused_in_any_part_of_an_office_document() -> None:
    sound = word(paragraph("a"), styles=STYLES)
    with zipfile.ZipFile(BytesIO(sound)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    parts["word/styles.xml"] = b"<!DOCTYPE x>" + parts["word/styles.xml"].partition(b"?>")[2]
    assert "document type" in refused(read_docx, archive(parts))


@pytest.mark.parametrize("depth", [600, 100_000, 1_000_000])
def test_deep_xml(depth: int) -> None:
    nested = "<w:sdt>" * depth + "</w:sdt>" * depth
    refused(read_docx, word(nested))
    assert "deep" in refused(parse, f"<a>{'<b>' * depth}{'</b>' * depth}</a>".encode())


@pytest.mark.parametrize("broken", ["", "<p>not well & formed"])
@pytest.mark.parametrize("depth", [2_000, 200_000])
def test_a_deep_chapter(depth: int, broken: str) -> None:
    assert "deep" in refused(read_epub, book({"a.xhtml": page(broken + "<div>" * depth + "</div>" * depth)}))


def test_depth_that_is_read_is_read_to_its_end() -> None:
    body = "<w:sdt><w:sdtContent>" * 200 + paragraph("deep") + "</w:sdtContent></w:sdt>" * 200
    assert [block.text for block in read_docx(word(body)).blocks] == ["deep"]


def test_too_many_elements() -> None:
    assert "more XML elements" in refused(parse, b"<a>" + b"<p/>" * 3_000_001 + b"</a>")


@pytest.mark.parametrize(
    "broken",
    [
        "<p " + " ".join(f"a{n}='x'" for n in range(200_000)) + "> & </p>",
        "<" * 2_000_000,
        "<![CDATA[" * 200_000,
        "<p>&" * 400 + "&amp" * 500_000,
        "<!--" * 500_000,
        '<p title="' * 200_000,
    ],
    ids=["attributes", "brackets", "cdata", "ampersands", "comments", "quotes"],
)
def test_a_chapter_that_is_slow_to_parse(broken: str) -> None:
    read_epub(book({"a.xhtml": page(broken), "b.xhtml": page("<p>b</p>")}))


def test_one_note_that_a_million_places_refer_to_is_read_once() -> None:
    notes = f'<w:footnote w:id="1">{paragraph("note " * 1000)}</w:footnote>'
    body = "<w:p>" + '<w:footnoteReference w:id="1"/>' * 200_000 + "</w:p>"
    assert len(read_docx(word(body, footnotes=notes)).blocks) == 1


def test_numbers_that_are_none() -> None:
    level = '<w:lvl w:ilvl="{}"><w:start w:val="{}"/><w:numFmt w:val="{}"/><w:lvlText w:val="%1%9"/></w:lvl>'
    numbering = (
        '<w:abstractNum w:abstractNumId="x">' + level.format("0", "999999999", "lowerLetter")
        + level.format("-1", "²", "lowerRoman") + level.format("99999999999", "-5", "?") + "</w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="x"/></w:num>'
    )  # fmt: skip
    number = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="{}"/>'
    body = "".join(
        paragraph("a", "", number.format(*pair)) for pair in (("0", "²"), ("-1", "-3"), ("²", "99"), ("8", ""))
    )
    found = read_docx(word(body, numbering=numbering)).blocks
    assert len(found) == 4
    assert all(len(block.text) < 50 for block in found)


# --- damage --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", SOUND)
def test_the_sound_files_are_read(kind: str) -> None:
    reader, data = SOUND[kind]
    assert len(reader(data).blocks) >= 2


@pytest.mark.parametrize("kind", SOUND)
def test_truncated_anywhere(kind: str) -> None:
    reader, data = SOUND[kind]
    for end in range(0, len(data), 7):
        refused(reader, data[:end])


def attempt(reader: Reader, data: bytes) -> None:
    """Read something: it is read, or refused in a sentence, and nothing else happens."""
    try:
        found = reader(data)
    except ReadError as error:
        complete = error.message.endswith(".") and error.hint.endswith(".")
    else:
        complete = all(block.text == " ".join(block.text.split()) for block in found.blocks)
    assert complete


@pytest.mark.parametrize("kind", SOUND)
def test_bytes_changed_at_random(kind: str) -> None:
    reader, data = SOUND[kind]
    chance = random.Random(20260101)
    for _ in range(300):
        changed = bytearray(data)
        for _ in range(chance.randint(1, 8)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        attempt(reader, bytes(changed))


@pytest.mark.parametrize("kind", SOUND)
def test_parts_changed_at_random(kind: str) -> None:
    """Change the XML itself, which the check sums of an archive would hide: cut, double, drop and swap pieces."""
    reader, data = SOUND[kind]
    with zipfile.ZipFile(BytesIO(data)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    chance = random.Random(20260102)
    for _ in range(300):
        name = chance.choice(list(parts))
        pieces = parts[name].replace(b"<", b"\0<").replace(b'"', b'\0"').split(b"\0")
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(pieces))
            pieces[place] = chance.choice(
                [b"", pieces[place] * 2, chance.choice(pieces), bytes([chance.randrange(256)])]
            )
        attempt(reader, archive(parts | {name: b"".join(pieces)}))
