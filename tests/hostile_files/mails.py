"""Mail with too many parts, too deep, and headers that steer a terminal."""

from __future__ import annotations

from collections.abc import Callable

GOOD = (
    "From: N. N. <n@example.org>\nTo: m@example.org\nSubject: A good mail\nDate: Fri, 7 May 2021 10:00:00 +0000\n"
    "Message-ID: <1@example.org>\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n"
    "--b\nContent-Type: text/plain; charset=utf-8\n\n"
    + "A paragraph says what it says.\n\n" * 20
    + "--b\nContent-Type: text/html\n\n<p>A paragraph says what it says.</p>\n--b--\n"
).encode()
MBOX = b"".join(b"From n@example.org Fri May  7 10:00:00 2021\n" + GOOD + b"\n" for _ in range(3))
_HEAD = b"From: a@b.org\nSubject: s\nMIME-Version: 1.0\n"


def _deep(weight: float) -> bytes:
    head = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(int(5000 * weight))
    )
    return _HEAD + head + b"Content-Type: text/plain\n\nwords at the bottom\n"


def _attached(weight: float) -> bytes:
    return _HEAD + b"Content-Type: message/rfc822\n\n" * int(10_000 * weight) + b"words at the bottom\n"


def _parts(weight: float) -> bytes:
    part = b"--b\nContent-Type: text/plain\n\nwords\n"
    return _HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + part * int(100_000 * weight) + b"--b--\n"


def _plain(headers: bytes, body: bytes = b"words of the mail\n") -> bytes:
    return headers + b"\n" + body


KINDS: dict[str, Callable[[float], bytes]] = {
    "eml/deep.eml": _deep,
    "eml/attached.eml": _attached,
    "eml/parts.eml": _parts,
    "eml/headers.eml": lambda weight: _plain(b"".join(b"X-%d: a\n" % n for n in range(int(200_000 * weight)))),
    "eml/header-long.eml": lambda weight: _plain(b"Subject: " + b"a" * int(10_000_000 * weight) + b"\n"),
    "eml/header-folded.eml": lambda weight: _plain(b"Subject: a\n" + b" b\n" * int(500_000 * weight)),
    "eml/words-encoded.eml": lambda weight: _plain(
        b"Subject: " + b"=?utf-8?q?=1b=5d0=3bx=07?= " * int(20_000 * weight) + b"\n"
    ),
    "eml/addresses.eml": lambda weight: _plain(b"From: " + b"a@b.org, " * int(20_000 * weight) + b"\n"),
    "eml/address-nested.eml": lambda weight: _plain(b"From: " + b"(" * int(20_000 * weight) + b" a@b.org\n"),
    "eml/address-quoted.eml": lambda weight: _plain(b'From: "' + b"\\" * int(20_000 * weight) + b"\n"),
    "eml/parameters.eml": lambda weight: _plain(
        b"Content-Type: text/plain; " + b"a*0*=x; " * int(20_000 * weight) + b"charset=nonsense\n"
    ),
    "eml/escapes.eml": lambda _: _plain(
        b"From: \x1b]0;owned\x07 <a@b.org>\nSubject: \x1b[2J =?utf-8?q?=1b=5b2J=c2=9b31m=e2=80=ae?=\nDate: \x1b[31m\n",
        b"\x1b]52;c;aGk=\x07 words \x9b31m \xe2\x80\xae [@click=app.quit]press[/] [/etc/passwd] [sic]\n\n" * 20,
    ),
    "eml/base64.eml": lambda weight: _plain(
        b"MIME-Version: 1.0\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n",
        b"QUJD=" * int(2_000_000 * weight),
    ),
    "eml/html-deep.eml": lambda weight: _plain(
        b"MIME-Version: 1.0\nContent-Type: text/html\n", b"<div>" * int(200_000 * weight) + b"words"
    ),
    "eml/attachment.eml": lambda _: _HEAD + b'Content-Type: application/x-sh; name="../../owned.sh"\n'
    b"Content-Disposition: attachment; filename=/etc/owned\n\n#!/bin/sh\ntouch owned\n",
    "eml/boundary-empty.eml": lambda _: _HEAD + b'Content-Type: multipart/mixed; boundary=""\n\n--\n\nwords\n----\n',
    "eml/dates.eml": lambda _: _plain(b"Date: Fri, 99 Foo 999999999999 99:99:99 +999999\nSubject: s\n"),
    "eml/nothing.eml": lambda _: b"",
    "mbox/letters.mbox": lambda weight: (
        b"From a@b.org Fri May  7 10:00:00 2021\nSubject: s\n\nwords\n\n" * int(100_000 * weight)
    ),
    "mbox/from-lines.mbox": lambda weight: b"From \n" * int(1_000_000 * weight),
}  # fmt: skip
