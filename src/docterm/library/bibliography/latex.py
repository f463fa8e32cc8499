"""The signs that LaTeX writes with commands, as the characters they stand for."""

from __future__ import annotations

import re
import unicodedata

_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]+)[ \t\n]*|\\(?P<sign>.)|(?P<mark>``|''|---|--|[~${}])|(?P<text>[^\\~${}`'-]+|.)", re.DOTALL
)
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip
_WORDS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å",
    "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "dj": "đ", "DJ": "Đ", "th": "þ", "TH": "Þ", "ng": "ŋ", "NG": "Ŋ",
    "textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“",
    "textquotedblright": "”", "ldots": "…", "dots": "…", "textellipsis": "…", "textbackslash": "\\",
    "textasciitilde": "~",
    "textunderscore": "_", "textdollar": "$", "textregistered": "®", "texttrademark": "™", "copyright": "©", "S": "§",
    "P": "¶", "pounds": "£", "euro": "€", "texteuro": "€", "guillemotleft": "«", "guillemotright": "»", "newline": " ",
}  # fmt: skip
_SIGNS = {
    "\\": " ",
    "-": "",
    "/": "",
    ",": " ",
    ";": " ",
    ":": " ",
    "!": "",
    "@": "",
    "(": "",
    ")": "",
    "[": "",
    "]": "",
}
_MARKS = {"``": "“", "''": "”", "---": "—", "--": "–", "~": " ", "$": "", "{": "", "}": ""}
_DOTTED = {"ı": "i", "ȷ": "j"}


def decode(text: str) -> str:
    """Give the plain text of a LaTeX fragment: accents and signs as characters, no braces, no unknown commands.

    One pass over the tokens, so that nesting costs nothing.
    """
    if not any(char in text for char in "\\{}$~`'-"):
        return " ".join(text.split())
    pieces: list[str] = []
    accent = ""
    for match in _TOKEN.finditer(text):
        piece = _piece(match)
        if piece is None:
            accent = _ACCENTS[match["word"] or match["sign"]]
        elif piece and accent and (match["mark"] is None):
            piece = piece.lstrip()
            pieces.append(_DOTTED.get(piece[:1], piece[:1]) + accent + piece[1:])
            accent = ""
        else:
            accent = "" if match["mark"] == "}" else accent
            pieces.append(piece)
    return unicodedata.normalize("NFC", " ".join("".join(pieces).split()))


def _piece(match: re.Match[str]) -> str | None:
    """Give the text of a token, or None when it is an accent for the letter after it."""
    word, sign, mark = match["word"], match["sign"], match["mark"]
    if (word or sign) in _ACCENTS:
        return None
    if word is not None:
        return _WORDS.get(word, "")
    if sign is not None:
        return _SIGNS.get(sign, sign)
    return match["text"] if mark is None else _MARKS[mark]
