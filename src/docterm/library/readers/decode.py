"""The bytes of a text file as text: its encoding found, its line ends made one."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from docterm.errors import Code, ReadError
from docterm.text import counted

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MOST_NULS = 0.01
_MOST_UNPRINTABLE = 0.10
_MOST_MISFITS = 0.01
_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\x0b\f\r\x1b")
_LINE_ENDS = ("\r\n", "\r", "\x85", "\x0b", "\u2028", "\u2029")
_HARMLESS = "\t\n\x0b\f\r\x1b\x85"
"""White space, and the escape character of coloured logs: no sign of a binary file."""
_UNPRINTABLE = re.compile(
    f"[{''.join(chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), 0xFFFD) if chr(code) not in _HARMLESS)}]"
)
_ENCODINGS = re.compile(
    r"windows-?125\d|cp125\d|iso-?8859-?\d+|latin-?\d|koi8-[ru]|gb2312|gbk|gb18030|big5(?:-hkscs)?|euc-(?:jp|kr|cn)|"
    r"shift[_-]jis|x-sjis|sjis|iso-2022-jp|ks_c_5601-1987|tis-620|macintosh|us-ascii|windows-(?:874|31j|949)"
)
"""What a file may name; others (UTF-7, Python's own) are no encodings of documents."""
_READ_AS = {
    "gb2312": "gb18030", "gbk": "gb18030", "x-sjis": "cp932", "sjis": "cp932", "shift_jis": "cp932",
    "shift-jis": "cp932", "windows-31j": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
    "windows-949": "cp949", "us-ascii": "cp1252",
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "iso-8859-9": "cp1254", "tis-620": "cp874",
    "iso-8859-11": "cp874", "windows-874": "cp874", "macintosh": "mac-roman",
}  # fmt: skip
"""Browsers read these names as the larger encoding around them."""
_ESCAPES = ((re.compile(rb"\x1b\$[@B]|\x1b\([JI]"), "iso2022_jp_2"), (re.compile(rb"\x1b\$\)C"), "iso2022_kr"))
"""What the seven-bit encodings of Japan and Korea begin with, which else would pass for ASCII."""
_EASTERN = re.compile(rb"[\x8a\x8e\x9a\x9d\x9e\xb3\xb9]")
"""The letters of Czech, Polish and their neighbours that in Western Europe are none, or rare: else Western is meant."""
_WINDOWS = re.compile(rb"[\x80-\x9f]")
"""Letters and quotation marks in Windows-1250; ISO-8859-2 has nothing there."""
_WRITTEN = re.compile(
    r"[\t-\r -~\xa0-\u058f\u0590-\u06ff\u0900-\u09ff\u0a01-\u0cff\u0d01-\u0fff\u10a0-\u11ff\u1e00-\u1fff"
    r"\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2100-\u22ff\u2460-\u24ff\u2500-\u25ff"
    r"\u3000-\u30ff\u3105-\u312f\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e\uffe5]"
)
"""Code units of the scripts that documents are written in."""
_TELLING = re.compile(
    r"[\t\n\r -~\xa0-\xff\u0370-\u0fff\u2010-\u2027\u3000-\u3002\u3008-\u3011\u3041-\u30ff\uff01\uff0c\uff1a\uff1b"
    r"\uff1f]"
)
"""Those of them that two bytes of another encoding seldom make: spaces, marks, kana, alphabets."""
_MOST_UNWRITTEN, _LEAST_TELLING = 0.01, 0.03
_EAST_ASIAN = ("gb18030", "big5", "cp932", "euc_jp", "cp949")
_SAMPLE = 200_000
"""Bytes that are looked at to guess an encoding."""


def decode(data: bytes, named: str = "") -> str:
    r"""Give the text of `data`: lines end in `\n`, pages in `\f`, and no byte order mark is left.

    The encoding is that of the byte order mark or of ISO-2022 escapes, else UTF-8 when every byte fits, else UTF-16
    when its code units are those in which documents are written, else the one that the file or its envelope names
    (`named`), else a guess from the first bytes, else Windows-1252; U+FFFD stands for what does not fit. Raises
    ReadError when over 1 % of the bytes are NUL (and it is not UTF-16), or over 10 % of the characters are control
    characters or undecodable.
    """
    return decoded(data, named)[0]


def decoded(data: bytes, named: str = "") -> tuple[str, tuple[str, ...]]:
    """Give the text of `data` as `decode` does, and sentences on what of it was guessed or did not fit."""
    text, guess = _characters(data, named.lower())
    notes = [f"Its encoding is not named: it was read as {_shown(guess)}, which is a guess."] if guess else []
    if guess is not None and (misfits := text.count("\ufffd")):
        notes.append(f"{counted(misfits, 'character')} did not fit the encoding; U+FFFD stands there.")
    return _clean(text), tuple(notes)


def _shown(encoding: str) -> str:
    return re.sub(r"^cp(?=125)", "windows-", encoding).replace("_", "-").replace("iso8859", "iso-8859")


def _clean(text: str) -> str:
    """Give text with one kind of line end and no marks of byte order; raise ReadError for what is no text."""
    unprintable = len(_UNPRINTABLE.findall(text))
    if unprintable > _MOST_UNPRINTABLE * len(text):
        raise _not_text()
    for line_end in _LINE_ENDS:
        text = text.replace(line_end, "\n")
    return text.replace("\ufeff", "")  # files that were joined keep their marks in the middle


def _characters(data: bytes, named: str) -> tuple[str, str | None]:
    """Give the characters of `data`, and the encoding where it was guessed; None where every byte was sure to fit."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), ""
    if data.count(0) > _MOST_NULS * len(data):
        return data.decode(_unmarked(data) or _wide_encoding(data), errors="replace"), ""
    for encoding in _strict_encodings(data):
        try:
            return data.decode(encoding), None
        except UnicodeDecodeError:
            continue
    if (wide := _unmarked(data)) is not None:
        return data.decode(wide, errors="replace"), ""
    text = _as_named(data, named)
    if text is not None:
        return text, ""
    guess = _guess(data)
    return data.decode(guess, errors="replace"), guess


def _strict_encodings(data: bytes) -> Iterator[str]:
    if b"\x1b" in data:
        yield from (encoding for escape, encoding in _ESCAPES if escape.search(data))
    yield "utf-8"


def _as_named(data: bytes, named: str) -> str | None:
    """Give the text in the encoding that was named, or None where the name is none or plainly wrong."""
    if _ENCODINGS.fullmatch(named) is None:
        return None
    try:
        text = data.decode(_READ_AS.get(named, named), errors="replace")
    except LookupError:
        return None
    return text if text.count("\ufffd") <= _MOST_MISFITS * len(text) else None


def _guess(data: bytes) -> str:
    sample = data[:_SAMPLE]
    if len(sample.translate(None, _CONTROLS)) < len(sample) * (1 - _MOST_UNPRINTABLE):
        return "cp1252"  # no text in any encoding: let it be seen as what it is
    from charset_normalizer import from_bytes

    matches = from_bytes(sample[: sample.rfind(b"\n") + 1] or sample)
    best = matches.best()
    if best is None:
        return "cp1252"
    if _EASTERN.search(data) is None:
        for match in matches:
            names = (match.encoding, *match.could_be_from_charset)
            if "cp1252" in names and match.chaos <= best.chaos and match.coherence >= best.coherence:
                return "cp1252"
    if best.encoding == "cp1250" and _WINDOWS.search(data) is None:
        return "iso8859_2"
    return best.encoding


def _unmarked(data: bytes) -> str | None:
    """Give the byte order of UTF-16 without a mark, or None for what is hardly UTF-16.

    In the wrong order, and from bytes of other encodings, come private, unassigned and rare characters. Ideographs
    alone tell nothing, as letters of ASCII look like them two by two: there must be spaces, marks or kana as well, or
    bytes that no other encoding has for text.
    """
    sample = data[: min(_SAMPLE, len(data)) & ~1]
    has_controls = len(sample.translate(None, _CONTROLS[1:])) < len(sample)
    best: tuple[int, str] | None = None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, errors="replace")
        if not text or len(text) - len(_WRITTEN.findall(text)) > _MOST_UNWRITTEN * len(text):
            continue
        telling = len(_TELLING.findall(text))
        odd_bytes = has_controls and sample.count(0) == text.count("一")  # U+4E00, which has one
        if (
            telling >= _LEAST_TELLING * len(text)
            or odd_bytes
            or not any(_fits(sample, eastern) for eastern in _EAST_ASIAN)
        ):
            best = max(best or (-1, ""), (telling, encoding))
    return None if best is None else best[1]


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


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
    return ReadError(
        "The file is not text.", "Save it as plain text in UTF-8, or give it the suffix of what it is.", Code.BINARY
    )
