"""Plain text, Markdown and RTF: noise, escapes, endless lines, heaps of marks, and deep groups."""

from __future__ import annotations

import random
from collections.abc import Callable

GOOD = (
    "A good text\n\nBy N. N.\n\nMay 7, 2021\n\n"
    + "A paragraph says what a paragraph says,\nin lines of which each ends where it ends.\n\n" * 20
).encode()
MARKDOWN = (
    "---\ntitle: A good text\nauthor: N. N.\n---\n\n# A good text\n\n"
    + "A *paragraph* says [what](http://example.org) it says.\n\n> A quote.\n\n- A list\n\n| a | b |\n|---|---|\n\n"
    * 10
).encode()
RTF = (
    rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times;}}{\info{\title A good text}{\author N. N.}}"
    + rb"\pard\b A heading\b0\par A paragraph with \'e9 and \u8217? and {\i italics}.\par " * 20
    + b"}"
)
ESCAPES = (
    "\x1b]0;owned\x07 \x1b]52;c;aGk=\x07 \x1b]8;;http://127.0.0.1:9/\x1b\\link\x1b]8;;\x1b\\ "
    "\x1bPq#0\x1b\\ \x1b[2J\x1b[31m "
    "\x9b31m \x9d0;owned\x9c \x90x\x9c \x08\x08\x7f\x0c\x0b \u202etxet\u202c \u2066x\u2069 \u200f \u061c \ufeff \u2028 "
    "\U000e0041 \u200b \u2060 \u00ad [@click=app.quit]press[/] [/etc/passwd] [sic] [/] [link=http://x]y[/link] {0} %s"
)
_HEAP = "Z" + "".join(chr(0x300 + n % 100) for n in range(3000)) + "a" + "\u0e49" * 999
_STORIES = "Paragraph {} of the text.\n\n"


def _random(weight: float) -> bytes:
    return random.Random(1).randbytes(int(20_000_000 * weight))


def _utf16(weight: float, encoding: str) -> bytes:
    return ("A text in which every second byte is nothing.\n\n" * int(50_000 * weight)).encode(encoding)


def _words(weight: float) -> bytes:
    """As many different words as fit."""
    return "\n".join(f"w{n:x}" for n in range(int(3_000_000 * weight))).encode()


def _bad_utf8(_: float) -> bytes:
    """Bytes that are nearly UTF-8: too long, too short, surrogates, beyond the end."""
    pieces = (b"\xc0\xaf", b"\xe0\x80\xaf", b"\xed\xa0\x80\xed\xb0\x80", b"\xf4\x90\x80\x80", b"\xfe\xff", b"\xe2\x82")
    return b"\n\n".join(b"A paragraph with " + piece + b" in it, and then it goes on." for piece in pieces * 50)


def _groups(weight: float) -> bytes:
    depth = int(1_000_000 * weight)
    return rb"{\rtf1 " + b"{" * depth + b"words" + b"}" * depth + b"}"


def _rtf(body: bytes) -> bytes:
    return rb"{\rtf1\ansi " + body + b"}"


KINDS: dict[str, Callable[[float], bytes]] = {
    "txt/random.txt": _random,
    "txt/random-small.txt": lambda _: random.Random(2).randbytes(5000),
    "txt/utf-16-without-mark.txt": lambda weight: _utf16(weight, "utf-16-le"),
    "txt/utf-16-other-way.txt": lambda weight: _utf16(weight, "utf-16-be"),
    "txt/utf-16-odd.txt": lambda weight: _utf16(weight, "utf-16-le")[:-1],
    "txt/utf-32.txt": lambda weight: _utf16(weight, "utf-32"),
    "txt/nothing.txt": lambda _: b"",
    "txt/nul.txt": lambda weight: bytes(int(10_000_000 * weight)),
    "txt/nul-in-it.txt": lambda _: b"A text\0with\0NUL in it.\n\n" * 100,
    "txt/one-line.txt": lambda weight: b"words and " * int(2_000_000 * weight),
    "txt/one-word.txt": lambda weight: b"a" * int(20_000_000 * weight),
    "txt/one-word-hyphens.txt": lambda weight: b"ab-" * int(6_000_000 * weight),
    "txt/lines.txt": lambda weight: b"a\n" * int(12_000_000 * max(weight, 0.05)),
    "txt/empty-lines.txt": lambda weight: b"\n" * int(20_000_000 * max(weight, 0.05)),
    "txt/returns.txt": lambda weight: b"a\r" * int(5_000_000 * weight),
    "txt/form-feeds.txt": lambda weight: b"a\f" * int(2_000_000 * weight),
    "txt/words.txt": _words,
    "txt/full-stops.txt": lambda weight: b". " * int(500_000 * weight),
    "txt/capitals.txt": lambda weight: b"A. B. Mr. U.S. " * int(60_000 * weight),
    "txt/quotes.txt": lambda weight: "“‘".encode() * int(150_000 * weight),
    "txt/parentheses.txt": lambda weight: b"(" * int(1_000_000 * weight),
    "txt/heap.txt": lambda _: f"Zalgo {_HEAP} comes.\n\nA good paragraph.\n".encode(),
    "txt/marks-alone.txt": lambda weight: ("\u0301" * int(500_000 * weight)).encode(),
    "txt/joiners.txt": lambda weight: ("\u200d\u200b\u2060" * int(300_000 * weight)).encode(),
    "txt/escapes.txt": lambda _: "\n\n".join(f"Paragraph {n}: {ESCAPES} ends." for n in range(50)).encode(),
    "txt/latin-escapes.txt": lambda _: b"caf\xe9 \x9b31m \x9d0;owned\x9c words that stay\n\n" * 30,
    "txt/bad-utf-8.txt": _bad_utf8,
    "txt/iso-2022.txt": lambda _: b"\x1b$B$3$s$K$A$O\x1b(B and then \x1b[2J words\n\n" * 30,
    "txt/bidi.txt": lambda _: ("if access \u202e\u2066// check\u2069 \u2066 admin\n\n" * 50).encode(),
    "txt/homoglyphs.txt": lambda _: "раураl gооglе ﬁle ｆｕｌｌ\u3164hidden\uffa0word\u115f\n\n".encode() * 50,
    "txt/ideographs.txt": lambda weight: ("漢" * int(1_000_000 * weight)).encode(),
    "txt/too-large.txt": lambda weight: b"a line of text\n" * (2_300_000 if weight >= 1 else 10),
    "md/brackets.md": lambda weight: b"[" * int(50_000 * max(weight, 0.5)),
    "md/quotes.md": lambda weight: b">" * int(20_000 * max(weight, 0.5)) + b" a",
    "md/stars.md": lambda weight: b"*a **a " * int(60_000 * weight),
    "md/backticks.md": lambda weight: b"".join(b"`" * n + b" " for n in range(int(2000 * weight))),
    "md/lists.md": lambda weight: b"\n".join(b" " * n + b"- a" for n in range(int(3000 * weight))),
    "md/tables.md": lambda weight: b"|a" * 20_000 + b"|\n" + b"|-" * 20_000 + b"|\n" + b"|a|\n" * int(20_000 * weight),
    "md/links.md": lambda weight: b"[a](<" * int(50_000 * weight) + b"[a](" * int(50_000 * weight),
    "md/references.md": lambda weight: b"[a]: b\n" * int(50_000 * weight) + b"[a][a]" * int(50_000 * weight),
    "md/html.md": lambda weight: b"<!--" * int(20_000 * weight) + b"<a b='" * int(50_000 * weight),
    "md/front-matter.md": lambda weight: b"---\n" + b"a: &a [*a, *a]\n" * int(50_000 * weight) + b"---\n\ntext\n",
    "md/front-matter-open.md": lambda weight: b"---\n" + b"- " * int(100_000 * weight) + b"\n",
    "md/escapes.md": lambda _: f"---\ntitle: {ESCAPES!r}\n---\n\n# {ESCAPES}\n\n{ESCAPES}\n\n> {ESCAPES}\n".encode(),
    "md/scripts.md": lambda _: b"<script>alert(1)</script>\n\n[a](javascript:alert(1)) ![b](http://127.0.0.1:9/x)\n\nwords\n",
    "rtf/groups.rtf": _groups,
    "rtf/groups-open.rtf": lambda weight: rb"{\rtf1 " + b"{" * int(1_000_000 * weight),
    "rtf/groups-closed.rtf": lambda weight: rb"{\rtf1 " + b"}" * int(1_000_000 * weight),
    "rtf/characters.rtf": lambda _: _rtf(
        rb"\u99999999999? \u-99999? \u55357? \u27? \u155? \'zz \'1b]0;owned\'07 words " * 99
    ),
    "rtf/skips.rtf": lambda weight: _rtf(rb"\uc999999999\u8217 words\par " * int(100_000 * weight)),
    "rtf/binary.rtf": lambda _: _rtf(rb"\bin999999999999 abc words"),
    "rtf/words.rtf": lambda weight: _rtf(rb"\a\b\c-9\d99" * int(1_000_000 * weight) + b" words"),
    "rtf/objects.rtf": lambda _: _rtf(
        rb"{\object\objocx{\*\objdata 0105000002000000}}{\field{\*\fldinst INCLUDETEXT /etc/passwd}} words"
    ),
    "rtf/code-page.rtf": lambda _: rb"{\rtf1\ansi\ansicpg99999\'e9 words}",
    "rtf/hex.rtf": lambda weight: _rtf(rb"{\pict " + b"00" * int(10_000_000 * weight) + b"} words"),
}  # fmt: skip
