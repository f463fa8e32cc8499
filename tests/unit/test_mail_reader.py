"""Mail: headers, the part that is read, quotations, signatures, attachments, mboxes, and mails that harm."""

from __future__ import annotations

import contextlib
import random
import time
from email.message import EmailMessage

import pytest

from docterm.errors import ReadError
from docterm.library.model import Block, Role
from docterm.library.readers.mail import read

HEAD = (
    "From: Jo Dyk <jo@ford.example>\nTo: Bo Lind <bo@ford.example>, ann@ford.example\n"
    "Date: Tue, 01 Apr 2031 23:30:00 +0200\nSubject: =?utf-8?q?=C3=96tters_on_the?=\n weir\n"
    "Message-ID: <1@ford.example>\n"
)
PROSE = "The otters came back to the river in spring, and they brought their young with them to the weir."


def pairs(data: bytes) -> list[tuple[Role, str]]:
    return [(block.role, block.text) for block in read(data).blocks]


def body(data: bytes) -> list[str]:
    return [words for role, words in pairs(data) if role is Role.BODY]


def letter(*parts: tuple[str, str]) -> EmailMessage:
    """Make a mail of parts that are alternatives of each other."""
    message = EmailMessage()
    message["From"], message["Subject"] = "Jo Dyk <jo@ford.example>", "Otters"
    message.set_content(parts[0][1], subtype=parts[0][0])
    for subtype, text in parts[1:]:
        message.add_alternative(text, subtype=subtype)
    return message


def test_headers() -> None:
    found = read(f"{HEAD}\n{PROSE}\n".encode())
    assert found.meta == {
        "title": "Ötters on the weir", "author": "Jo Dyk", "date": "2031-04-01", "message-id": "<1@ford.example>",
        "type": "personal_communication",
    }  # fmt: skip
    assert found.blocks == (
        Block(Role.TITLE, "Ötters on the weir"),
        Block(Role.BYLINE, "Jo Dyk"),
        Block(Role.DATE, "Tue, 01 Apr 2031 23:30:00 +0200"),
        Block(Role.FURNITURE, "To: Bo Lind; ann@ford.example"),
        Block(Role.BODY, PROSE),
    )


def test_wrapped_lines_quotations_and_the_signature() -> None:
    text = (
        f"{HEAD}\nBo wrote:\n\n> The otters came back to the river in spring, and\n"
        "> they brought their young with them.\n>\n"
        ">> Did they?\n\nYes, all eleven, and they sleep on the weir that was\nbuilt last autumn below the old mill.\n"
        "\n-- \nJo Dyk\nWarden of the Ford\n"
    )
    found = pairs(text.encode())[4:]
    assert found == [
        (Role.BODY, "Bo wrote:"),
        (Role.BODY, "> The otters came back to the river in spring, and they brought their young with them."),
        (Role.BODY, "> Did they?"),
        (Role.BODY, "Yes, all eleven, and they sleep on the weir that was built last autumn below the old mill."),
        (Role.FURNITURE, "Jo Dyk · Warden of the Ford"),
    ]


def test_plain_text_goes_before_html() -> None:
    assert body(letter(("plain", "Plain."), ("html", "<p>Rich.</p>")).as_bytes()) == ["Plain."]
    assert body(letter(("plain", " \n"), ("html", "<p>Rich.</p>")).as_bytes()) == ["Rich."]


def test_html_is_read_whole() -> None:
    text = (
        f"<html><head><title>x</title></head><body><h1>Hello</h1><div>Dear Bo,</div><p>{PROSE}</p><script>no</script>"
    )
    assert pairs(letter(("html", text)).as_bytes())[2:] == [
        (Role.SUBHEAD, "Hello"),
        (Role.BODY, "Dear Bo,"),
        (Role.BODY, PROSE),
    ]


def test_attachments_are_named_and_not_opened() -> None:
    message = letter(("plain", "See the list."))
    message.add_attachment("secret,1\n", subtype="csv", filename="otters\x1b[2J.csv")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png")
    message.add_attachment("secret", filename="notes.txt")
    found = pairs(message.as_bytes())
    assert (Role.BODY, "See the list.") in found
    assert [words for role, words in found if role is Role.FURNITURE][1:] == [
        "Attachment: image/png",
        "Attachment: notes.txt",
    ]
    assert "secret" not in str(found)


def test_encodings() -> None:
    head = "From: a@b.c\nContent-Type: text/plain; charset={}\nContent-Transfer-Encoding: 8bit\n\n"
    for named, encoding, words in (
        ("koi8-r", "koi8-r", "Выдры вернулись на реку."),
        ("iso-2022-jp", "iso2022_jp", "川獺が川に戻ってきた。"),
        ("utf-7", "utf-8", "Ötter am Wehr."),
        ("unicode_escape", "cp1252", "Ötter am Wehr, und die Fische in der Mühle auch."),
    ):
        assert body(head.format(named).encode() + words.encode(encoding)) == [words]


def test_a_mbox_begins_each_message_with_its_subject() -> None:
    message = "From jo@ford.example Tue Apr  1 23:30:00 2031\nFrom: Jo Dyk <jo@ford.example>\nSubject: {}\n\n{}\n\n"
    text = message.format("One", ">From the weir, all is well.") + message.format("Two", "From here too.")
    found = read(text.encode())
    assert found.blocks == (
        Block(Role.SUBHEAD, "One"),
        Block(Role.BYLINE, "Jo Dyk", None, ("One",)),
        Block(Role.BODY, "From the weir, all is well.", None, ("One",)),
        Block(Role.SUBHEAD, "Two"),
        Block(Role.BYLINE, "Jo Dyk", None, ("Two",)),
        Block(Role.BODY, "From here too.", None, ("Two",)),
    )


def test_escapes_in_headers_do_no_harm() -> None:
    found = read(b"From: a@b.c\nSubject: =?utf-8?q?=1B]52;c;eA=3D=3D=07?=\n\nText.\n")
    assert found.blocks[-1] == Block(Role.BODY, "Text.")


@pytest.mark.parametrize(
    "header",
    [b"Date: 99 Foo 2031", b"Date: Mon, 1 Jan 99999 00:00:00 +9999", b"From: <<>>@@,;:", b"From: \xff\xfe",
     b"To: ((((((", b"Content-Type: ;;;=",
     b"Content-Type: text/plain; charset=\"\xff\"", b"Content-Type: multipart/mixed",
     b"Content-Type: multipart/mixed; boundary=", b"Content-Disposition: ;filename*=x''%ff", b"Message-ID: <[>",
     b"Subject: =?x?q?=?=", b"Content-Transfer-Encoding: base64", b"Content-Type: text/html; charset=hex"],
)  # fmt: skip
def test_headers_that_are_none(header: bytes) -> None:
    assert read(b"Subject: Otters\n" + header + b"\n\nText of the mail.\n").blocks


def test_limits_on_parts() -> None:
    many = "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nOtter.\n" * 300 + "--b--\n"
    found = read(many.encode())
    assert len(found.blocks) == 199
    assert found.notes == ("Parts beyond the first 200 or deeper than 20 were left out.",)
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(60)) + "\nOtter.\n"
    assert read(deep.encode()).notes == found.notes


def test_far_too_deep() -> None:
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(1_500)) + "\nOtter.\n"
    with contextlib.suppress(ReadError):  # where the parser of the standard library gives up
        assert read(deep.encode()).notes


@pytest.mark.parametrize("data", [b"", b"Dear Bo,\n\nall is well.\n", b"\x00\x01", b"{\\rtf1}"])
def test_what_is_no_mail_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="no header"):
        read(data)


def test_broken_mails_raise_nothing_but_read_errors() -> None:
    chance = random.Random(2)
    message = letter(("plain", f"{PROSE}\n\n> {PROSE}\n\n-- \nJo"), ("html", f"<p>{PROSE}</p>"))
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="ötter.png")
    whole = HEAD.encode() + message.as_bytes()
    for _ in range(400):
        data = bytearray(whole[: chance.randrange(len(whole))] if chance.random() < 0.3 else whole)
        for _ in range(chance.randrange(40) if data else 0):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            found = read(bytes(data))
        except ReadError:
            continue
        assert all(block.text.strip() and "\n" not in block.text for block in found.blocks)


@pytest.mark.parametrize("value", [b"=?utf-8?q?a?= ", b"(", b'"'])
@pytest.mark.parametrize("name", [b"Subject", b"From", b"To"])
def test_a_header_without_end_costs_no_more_than_others(name: bytes, value: bytes) -> None:
    start = time.process_time()
    assert [
        block.text
        for block in read(name + b": " + value * 50_000 + b"\n\nThe text.\n").blocks
        if block.role is Role.BODY
    ]
    assert time.process_time() - start < 30


def test_a_date_beyond_all_numbers_is_none() -> None:
    for date in ("Fri, 7 May 99999999999 10:00:00 +0000", "7 99999999999999999999999 2021", "1 Jan 1 99999999999:0:0"):
        found = read(f"From: a@b.org\nSubject: s\nDate: {date}\n\nwords\n".encode())
        assert "date" not in found.meta
        assert found.blocks[-1].text == "words"


def test_a_mail_of_very_many_parts_is_refused_before_it_is_parsed() -> None:
    head = b"From: a@b.org\nContent-Type: multipart/mixed; boundary=b\n\n"
    with pytest.raises(ReadError, match="more than 20,000 parts"):
        read(head + b"--b\n\nwords\n" * 20_001)
