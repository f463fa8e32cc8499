"""The text of a query, parted into lexemes. Each character is looked at a fixed number of times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from docterm.languages import stop_words
from docterm.search.query.fields import field_name
from docterm.text import ENGLISH, sanitise, words

MAX_LENGTH = 10_000
"""More of a text than this is not looked at: what is pasted by mistake must not hold up the field."""
MAX_WORDS = 500
SHOUTED_WORDS = 4
"""In a text of so many words in capital letters AND and OR are words like the others,"""
SHOUTED_JOINS = 2
"""where other signs than punctuation are in it, if so many of them are function words."""
NEAR_DISTANCE = 10
"""Words between, where NEAR or BEFORE says no number."""


class Kind(Enum):
    """What a lexeme is."""

    CHUNK = auto()
    """What stands between spaces: a word, or several with punctuation between them."""
    QUOTED = auto()
    """What stands between quotation marks, without them."""
    REGEX = auto()
    """What stands between slashes, without them."""
    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    NEAR = auto()
    BEFORE = auto()
    FIELD = auto()
    """The name of a field, with a colon behind it."""
    RANGE = auto()
    """What stands between the brackets of `date:[2019 TO 2021]`."""
    TILDE = auto()
    BOOST = auto()


OPERATORS = (Kind.AND, Kind.OR, Kind.NOT, Kind.NEAR, Kind.BEFORE)
OPERANDS = (Kind.CHUNK, Kind.QUOTED, Kind.REGEX, Kind.CLOSE)


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of a query."""

    kind: Kind
    text: str
    """What it holds: words, a pattern, a name; of an operator, how it was typed."""
    number: float | None = None
    """The distance of NEAR, BEFORE and `~`, the factor of `^`."""
    whole: bool = True
    """Whether it has an end: a quotation its mark, a chunk something behind it."""

    @property
    def is_word(self) -> bool:
        """Whether an operator was typed as a word, which it can be read as."""
        return self.kind in OPERATORS and self.text[:1].isalpha()


_CLOSING = {
    '"': '"', "“": '”"', "”": "”", "„": '“”"', "‟": "”", "«": "»", "»": "«»", "‹": "›", "›": "‹›",
    "「": "」", "『": "』", "《": "》",
}  # fmt: skip
"""The marks that a quotation may end in, by the one it begins with."""
_BEGINS = '"“„‟«‹「『《'
"""Marks that begin a quotation even where none ends it."""
_QUOTES = "".join({*_CLOSING, *"".join(_CLOSING.values())})
_SUFFIX = r"~\d*(?=[\s()|^]|$)|\^\d+(?:\.\d+)?(?=[\s()|^]|$)"
_PIECE = re.compile(
    rf"""(?P<space>\s+)
    |(?P<open>\()
    |(?P<close>\))
    |(?P<quote>[{re.escape(_QUOTES)}])
    |(?P<either>\|\|?)
    |(?P<both>&&?(?=[\s(]|$))
    |(?P<suffix>{_SUFFIX})
    |(?P<chunk>(?:(?!{_SUFFIX})[^\s()|{re.escape(_QUOTES)}])++)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_REGEX = re.compile(r"/((?:\\.|[^/\\])++)/(?=[\s()|^~]|$)", re.DOTALL)
_NEGATION = re.compile(r"(?:[-−!+](?=[^\s)|−!+-]))")
_FIELD = re.compile(r"([^\W\d_]\w{0,30}):(?!//)")
_RANGE = re.compile(r"[\[{]([^\[\]{}]{0,60})[\]}]")
_CLOSE_BY = re.compile(r"(NEAR|W|WITHIN|BEFORE|PRE)/(\d{1,4})", re.IGNORECASE)
_PLAIN = re.compile(r"[\w\s.,;?'’-]*")
_JOINTS = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT, "NEAR": Kind.NEAR, "BEFORE": Kind.BEFORE}


def lexemes(text: str, notes: list[str]) -> list[Lexeme]:
    """Part a query into lexemes; what is repaired on the way is said in `notes`."""
    # A space where the text is cut tells that its last word is not being typed.
    whole = sanitise(text[:MAX_LENGTH]).replace("\n", " ") + " " * (len(text) > MAX_LENGTH)
    found: list[Lexeme] = []
    room = MAX_WORDS
    for lexeme in _Lexer(whole, notes).run():
        if lexeme.kind in (Kind.CHUNK, Kind.QUOTED, Kind.REGEX):
            if not room:
                notes.append(f"Only the first {MAX_WORDS} words were used.")
                return found
            found.append(_cut(lexeme, room))
            room = max(room - len(words(lexeme.text)), 0)
        else:
            found.append(lexeme)
    if len(text) > MAX_LENGTH:
        notes.append(f"Only the first {MAX_LENGTH:,} characters were read.")
    return found


def _cut(lexeme: Lexeme, room: int) -> Lexeme:
    if len(lexeme.text) < room:
        return lexeme
    found = words(lexeme.text)
    return lexeme if len(found) <= room else Lexeme(Kind.QUOTED, " ".join(found[:room]))


class _Lexer:
    """Reads a text from its beginning to its end."""

    def __init__(self, text: str, notes: list[str]) -> None:
        self._text = text
        self._notes = notes
        self._shouted = _is_shouted(text)
        self._at = 0
        self._fresh = True
        """Whether what comes next begins something: it does not stand right behind a word or a quotation."""
        self._last: Lexeme | None = None

    def run(self) -> Iterator[Lexeme]:
        """Give the lexemes in order."""
        while self._at < len(self._text):
            lexeme = self._special() if self._fresh else None
            lexeme = lexeme or self._next()
            if lexeme is not None:
                self._last = lexeme
                self._fresh = lexeme.kind not in (*OPERANDS, Kind.TILDE, Kind.BOOST)
                yield lexeme

    def _take(self, found: re.Match[str]) -> str:
        self._at = found.end()
        return found[0]

    def _special(self) -> Lexeme | None:
        """Give what is only known at the beginning of a word: a regular expression, a sign, a field."""
        if found := _REGEX.match(self._text, self._at):
            self._take(found)
            return Lexeme(Kind.REGEX, re.sub(r"\\([\s\S])", lambda pair: "/" if pair[1] == "/" else pair[0], found[1]))
        if found := _NEGATION.match(self._text, self._at):
            sign = self._take(found)
            return None if sign == "+" else Lexeme(Kind.NOT, sign)
        if self._last is not None and self._last.kind is Kind.FIELD and (found := _RANGE.match(self._text, self._at)):
            self._take(found)
            return Lexeme(Kind.RANGE, found[1])
        if found := _FIELD.match(self._text, self._at):
            directly = not self._text[found.end() : found.end() + 1].isspace() and found.end() < len(self._text)
            if name := field_name(found[1], self._notes, directly=directly):
                self._take(found)
                return Lexeme(Kind.FIELD, name)
        return None

    def _next(self) -> Lexeme | None:  # noqa: PLR0911 - a line for each kind of piece
        found = _PIECE.match(self._text, self._at)
        if found is None:  # at the end
            return None
        piece = self._take(found)
        match found.lastgroup:
            case "open":
                return Lexeme(Kind.OPEN, piece)
            case "close":
                return Lexeme(Kind.CLOSE, piece)
            case "either":
                return Lexeme(Kind.OR, piece)
            case "both":
                return Lexeme(Kind.AND, piece)
            case "quote":
                return self._quotation(piece)
            case "suffix" if self._last is not None and not self._fresh:
                number = float(piece[1:]) if piece[1:] else None
                return Lexeme(Kind.TILDE if piece[0] == "~" else Kind.BOOST, piece, number)
            case "chunk":
                whole = self._at < len(self._text)
                return Lexeme(Kind.CHUNK, piece, whole=whole) if self._shouted else _word(piece, whole=whole)
            case _:
                self._fresh = True
                return None

    def _quotation(self, mark: str) -> Lexeme | None:
        ends = [self._text.find(closing, self._at) for closing in _CLOSING.get(mark, "")]
        end = min((end for end in ends if end >= 0), default=-1)
        begins = self._fresh and mark in _BEGINS
        self._fresh = True
        if end >= 0:
            inside, self._at = self._text[self._at : end], end + 1
            return Lexeme(Kind.QUOTED, inside)
        if begins and self._text[self._at : self._at + 1].strip():
            inside, self._at = self._text[self._at :], len(self._text)
            return Lexeme(Kind.QUOTED, inside, whole=False)
        note = f"A quotation mark without a partner ({mark}) was left out."
        if note not in self._notes:
            self._notes.append(note)
        return None


def _is_shouted(text: str) -> bool:
    """Say whether a text is words in capital letters, among which operators cannot be told from words."""
    if text != text.upper():
        return False
    said = words(text)
    others = [word for word in said if word.upper() not in _JOINTS]
    joins = sum(word in stop_words(ENGLISH) for word in others)
    return len(others) >= SHOUTED_WORDS and (_PLAIN.fullmatch(text) is not None or joins >= SHOUTED_JOINS)


def _word(piece: str, *, whole: bool) -> Lexeme:
    if piece in _JOINTS:
        return Lexeme(_JOINTS[piece], piece, NEAR_DISTANCE if piece in ("NEAR", "BEFORE") else None)
    if found := _CLOSE_BY.fullmatch(piece):
        kind = Kind.BEFORE if found[1].upper() in ("BEFORE", "PRE") else Kind.NEAR
        return Lexeme(kind, piece, float(found[2]))
    return Lexeme(Kind.CHUNK, piece, whole=whole)
