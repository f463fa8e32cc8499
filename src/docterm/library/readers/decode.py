"""The bytes of a text file as text: its encoding found, its line ends made one."""

from __future__ import annotations

import codecs

from docterm.errors import ReadError

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MOST_NULS = 0.01
_MOST_UNPRINTABLE = 0.10
_LINE_ENDS = ("\r\n", "\r", "\x85", "\x0b", "\u2028", "\u2029")
_HARMLESS = "\t\n\x0b\f\r\x1b\x85"
"""White space, and the escape character of coloured logs: no sign of a binary file."""
_UNPRINTABLE = "".join(chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), 0xFFFD) if chr(code) not in _HARMLESS)


def decode(data: bytes) -> str:
    r"""Give the text of `data`: lines end in `\n`, pages in `\f`, and no byte order mark is left.

    The encoding is that of the byte order mark, else UTF-8 when every byte fits, else UTF-16 when every
    other byte is NUL, else Windows-1252 with U+FFFD for what it does not define. Raises ReadError when
    over 1 % of the bytes are NUL (and it is not UTF-16), or over 10 % of the characters are control
    characters or undecodable.
    """
    text = _characters(data)
    unprintable = sum(map(text.count, _UNPRINTABLE))
    if unprintable > _MOST_UNPRINTABLE * len(text):
        raise _not_text()
    for line_end in _LINE_ENDS:
        text = text.replace(line_end, "\n")
    return text.replace("\ufeff", "")  # files that were joined keep their marks in the middle


def _characters(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if data.count(0) > _MOST_NULS * len(data):
        return data.decode(_wide_encoding(data), errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _wide_encoding(data: bytes) -> str:
    """Give the byte order of UTF-16 without a mark: the high bytes of most scripts' spaces and marks are NUL."""
    half = len(data) / 2
    even, odd = data[0::2].count(0) / half, data[1::2].count(0) / half
    if odd > 0.1 and even < odd / 10:
        return "utf-16-le"
    if even > 0.1 and odd < even / 10:
        return "utf-16-be"
    raise _not_text()


def _not_text() -> ReadError:
    return ReadError("The file is not text.", "Save it as plain text in UTF-8, or give it the suffix of what it is.")
