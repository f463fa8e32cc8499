"""The one sanitiser, tokenizer, normaliser and sentence splitter.

Search, counts, highlights, concordance, comparison and quotes all read a passage through this module,
so that two views never disagree on a number. It imports nothing else of docterm.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of code points, `text[start:end]`."""

    start: int
    end: int


class Token(NamedTuple):
    """A word of a text: its folded form and where it stands."""

    word: str
    start: int
    end: int


class Normalised(NamedTuple):
    """A text folded for matching; `offsets[i]` is where its character i came from.

    `offsets` has one entry more than `text`: the length of the original.
    """

    text: str
    offsets: tuple[int, ...]


# --- the sanitiser -------------------------------------------------------------------------------

_REPLACEMENT = 0xFFFD
_UNSAFE: dict[int, int] = {code: 0x2400 + code for code in range(0x20)}  # C0 becomes its picture
_UNSAFE |= {0x7F: 0x2421, 0x09: 0x20, 0x0A: 0x0A, 0x2028: 0x20, 0x2029: 0x20, 0xFEFF: 0x20}
_UNSAFE |= dict.fromkeys(range(0x80, 0xA0), _REPLACEMENT)  # C1: 0x9b is a control sequence introducer
_UNSAFE |= dict.fromkeys((0x061C, 0x200E, 0x200F), _REPLACEMENT)  # bidirectional marks
_UNSAFE |= dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), _REPLACEMENT)
_UNSAFE |= dict.fromkeys(range(0xD800, 0xE000), _REPLACEMENT)  # lone surrogates have no UTF-8
_UNSAFE |= dict.fromkeys((*range(0xFDD0, 0xFDF0), *range(0xFFF9, 0xFFFC), 0xFFFE, 0xFFFF), _REPLACEMENT)
_UNSAFE |= dict.fromkeys(range(0xE0000, 0xE0080), _REPLACEMENT)  # tags: invisible letters
_UNSAFE |= dict.fromkeys((0x115F, 0x1160, 0x3164, 0xFFA0, 0x17B4, 0x17B5), _REPLACEMENT)  # letters without a shape
_UNSAFE |= dict.fromkeys((*range(0x206A, 0x2070), *range(0x1D173, 0x1D17B)), _REPLACEMENT)  # given up, or of scores
_NEEDS_CARE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u115f\u1160\u17b4\u17b5\u200e\u200f\u2028-\u202e\u2066-\u206f\u3164"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)


def sanitise(text: str) -> str:
    """Give `text` with every character that could steer a terminal or reorder a line replaced.

    The result is as long as the input, code point for code point, so offsets stay valid. Line feeds
    are kept. Costs about 10 ms a million characters (one regex pass when nothing needs replacing).
    """
    if text.isascii() and text.isprintable():  # most names and titles: a tenth of the time
        return text
    return text if _NEEDS_CARE.search(text) is None else text.translate(_UNSAFE)


MOST_MARKS = 16
"""Accents and the like that are kept on one letter: no language needs as many."""
_ALPHABETS = "[A-Za-zÀ-ʯͰ-ԯḀ-ỿ]"
"""Latin, Greek and Cyrillic letters: between two of them nothing invisible has a meaning."""
_INVISIBLE = "[\u00ad\u034f\u180b-\u180f\u200b-\u200d\u2060-\u2064\ufe00-\ufe0f\U000e0100-\U000e01ef]"
_SEEN_BY_NOBODY = re.compile(_INVISIBLE)
_HIDDEN = re.compile(
    f"(?<={_ALPHABETS}){_INVISIBLE}+(?={_ALPHABETS})"
    r"|[\u00ad\u2060-\u2064]+"
    r"|(?<![^\x00-\x7f])[\u200b-\u200d]+|\u200b+(?![^\x00-\x7f])"  # beside ASCII they part and join nothing
)


@cache
def _heap() -> re.Pattern[str]:
    marks = f"[\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff\ufe20-\ufe2f{_marks()}]"
    return re.compile(f"({marks}{{{MOST_MARKS}}}){marks}+")


def strip_hidden(text: str) -> str:
    """Give `text` without what is there to deceive: characters that nobody sees, and marks heaped on a letter.

    Soft hyphens and word joiners are left out everywhere, what else is invisible where it can mean nothing: between
    Latin, Greek and Cyrillic letters, and beside ASCII. Of the marks on a letter the first 16 are kept.
    """
    if text.isascii():
        return text
    if _SEEN_BY_NOBODY.search(text) is not None:
        text = _HIDDEN.sub("", text)
    return _heap().sub(r"\1", text)


def label(value: object, limit: int = 200) -> str:
    """Give any foreign value as one safe line of at most `limit` code points, for names and messages."""
    line = " ".join(sanitise(strip_hidden(str(value))).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def counted(number: int, noun: str) -> str:
    """Give a number with its noun: `1 quote`, `2 quotes`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


# --- tokens --------------------------------------------------------------------------------------


def _marks() -> str:
    """Give the accents, vowel signs and the like, which belong to the letter before them, as ranges of a class."""
    blocks = ((0x300, 0x1200), (0x1700, 0x1C00), (0x1DC0, 0x1E00), (0x3099, 0x309B), (0x11000, 0x11500))
    ranges: list[list[int]] = []
    for code in (code for block in blocks for code in range(*block)):
        if unicodedata.category(chr(code)) in ("Mn", "Mc"):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


_CHINESE = "\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_HANGUL = "\u1100-\u11ff\uac00-\ud7a3"
"""A Korean character is a syllable, one letter when composed and several when not, and never an abbreviation."""


@cache
def _word() -> re.Pattern[str]:
    """Give the pattern of a word, which takes 5 ms to make. Its quantifiers give nothing back, so it is linear."""
    marks = _marks()
    letters = rf"(?:[^\W_{_CHINESE}]++[{marks}]*+)++"
    return re.compile(
        rf"[{_CHINESE}][{marks}]*+|"  # Chinese and Japanese put no space between words: each character is one
        rf"(?:[^\W\d_{_HANGUL}][{marks}]*+\.){{2,}}"  # U.S., e.g.: one token, dots and all
        rf"|\d++(?:[.,]\d++)+"  # 1,200.5
        rf"|{letters}(?:['’]{letters})*+"  # words, with inner apostrophes
    )


_ASCII_WORD = re.compile(r"(?:[a-z]\.){2,}|\d++(?:[.,]\d++)+|[a-z0-9]++(?:'[a-z0-9]++)*+", re.ASCII)
"""What the pattern of a word comes to in lower-case ASCII."""


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """Give a word as it is compared: case folded, accents removed, apostrophes straight.

    A folded word is a word, and folded again it stays as it is: what a reader is shown can be searched for.
    """
    if word.isascii():
        return word.lower()
    word = word.replace("’", "'")
    widest = _without_accents(unicodedata.normalize("NFKD", word).casefold())
    if _word().fullmatch(widest):
        return widest
    canonical = unicodedata.normalize("NFD", word)  # the rest takes ½ apart, or ß between full stops
    closer = _without_accents(canonical.casefold())
    return closer if _word().fullmatch(closer) else _without_accents(canonical.lower())


def _without_accents(word: str) -> str:
    word = word.replace("и\u0306", "й")  # a letter of its own: its endings tell the forms of Russian words
    return "".join(char for char in word if not unicodedata.combining(char))


def tokens(text: str) -> Iterator[Token]:
    """Give the words of `text` in order, folded, with their spans.

    A word is a run of letters and digits with inner apostrophes; a dotted abbreviation (`U.S.`) and a
    grouped number (`1,200`) are one word; a hyphen parts two words. A Chinese or Japanese character is a word, so
    that words of these languages are found as phrases.
    """
    if text.isascii():
        for match in _ASCII_WORD.finditer(text.lower()):
            yield Token(match[0], match.start(), match.end())
        return
    for match in _word().finditer(text):
        yield Token(fold(match[0]), match.start(), match.end())


def words(text: str) -> list[str]:
    """Give the folded words of `text` in order. Most text is ASCII, in which they are found in half the time."""
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    return [fold(word) for word in _word().findall(text)]


_HYPHENS = frozenset("-\u2010\u2011\u00ad")
_HYPHENED = re.compile(r"(?<=[^\W\d_])[-\u2010\u2011\u00ad](?=[^\W\d_])")


class Compound(NamedTuple):
    """A word written with hyphens as it is written without them, and the run of tokens that it is made of."""

    word: str
    first: int
    last: int
    """The index of its last token."""


def has_compounds(text: str) -> bool:
    """Say whether there may be hyphenated words in a text, which most passages have not."""
    return _HYPHENED.search(text) is not None


def compounds(text: str, run: Sequence[Token]) -> Iterator[Compound]:
    """Give the hyphenated words among the tokens of `text`, joined: `co-operate` is also `cooperate`.

    Only words of letters are joined. They are no tokens: they count for what is found, not for how long a text is.
    """
    if len(run) < 2 or not has_compounds(text):
        return
    first = 0
    for index in range(1, len(run) + 1):
        if index < len(run) and run[index].start - run[index - 1].end == 1:
            gap = text[run[index - 1].end]
            if gap in _HYPHENS and run[index].word.isalpha() and run[index - 1].word.isalpha():
                continue
        if index - first > 1:
            yield Compound("".join(token.word for token in run[first:index]), first, index - 1)
        first = index


ENGLISH = "en"
"""The language whose stems words have where nothing else is known."""
UNSTEMMED = "none"
"""What stands for all languages that docterm has no stemmer for: a word has no other forms there."""
_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", ENGLISH: "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "ne": "nepali", "nl": "dutch", "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""The Snowball stemmers by the codes of ISO 639-1. Older releases of PyStemmer do not have all of them."""


@cache
def _stem_word(language: str) -> Callable[[str], str]:
    import Stemmer  # here, because `docterm --help` does not need it

    name = _STEMMERS.get(language, "")
    stem_word: Callable[[str], str] = Stemmer.Stemmer(name).stemWord if name in Stemmer.algorithms() else str
    return stem_word


def has_stemmer(language: str) -> bool:
    """Say whether docterm has a stemmer for a language, given by its code."""
    return _stem_word(language) is not str


def stemmers() -> str:
    """Give the version of the stemmers: another one may have other stems."""
    import Stemmer

    return str(Stemmer.version())


@lru_cache(maxsize=65_536)
def stem(word: str, language: str = ENGLISH) -> str:
    """Give the stem of a folded word by the Snowball rules of its language; in English without a possessive ending."""
    return _stem_word(language)(word)


# --- sentences -----------------------------------------------------------------------------------

_ABBREVIATIONS = frozenset(
    "adm al assoc ave bros capt cf cmdr co col corp dept dr ed eds e.g est gen gov hon i.e inc jr lt ltd maj messrs mr "
    "mrs ms mt pres prof rep rev sen sgt sr st univ v vs".split()
)
_BEFORE_NUMBERS = frozenset("approx art ca ch eq fig figs no nos op p pp pt sec vol vols".split())
"""Words that are abbreviations before a number alone: `No. 5`, but not `"No." He left.`"""
_NUMBER = re.compile(r"[#§]|[A-Z]?\d|[IVXLC]{2,}\b")
_SENTENCE_END = re.compile(
    r"(?<![.!?…。！？])[.!?…。！？]++[\"'”’»)\]]*+"
    r"(?:\s?\[\d{1,3}\])*+"  # the marks of notes
    r"(?=\s|$)"
)
_SPACE = re.compile(r"\s*")
_OPENING = "\"'“‘«(["
_OPENINGS = re.compile(rf"[{re.escape(_OPENING)}]*")
_LONGEST_ABBREVIATION = 40


def sentences(text: str) -> list[Span]:
    """Give the sentences of a passage, in order and without the space between them.

    A full stop ends no sentence after a known abbreviation, after a single initial, or before a
    lower-case letter.
    """
    found: list[Span] = []
    start = _end(_SPACE, text, 0)
    for match in _SENTENCE_END.finditer(text):
        rest = _end(_SPACE, text, match.end())
        if rest < len(text) and not _ends_sentence(text, start, match, rest):
            continue
        found.append(Span(start, match.end()))
        start = rest
    end = len(text.rstrip())
    if end > start:
        found.append(Span(start, end))
    return found


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return start if match is None else match.end()


def _ends_sentence(text: str, start: int, end: re.Match[str], rest: int) -> bool:
    """Say whether the sentence that begins at `start` ends at `end`, when `rest` is where the text goes on."""
    opened = _end(_OPENINGS, text, rest)
    following = text[opened : opened + 1]
    if following.islower():
        return False
    if not end[0].startswith("."):
        return True
    before = text[max(start, end.start() - _LONGEST_ABBREVIATION) : end.start()].split()
    word = before[-1].lstrip(_OPENING).lower() if before else ""
    if word in _ABBREVIATIONS:
        return False
    if word in _BEFORE_NUMBERS and end[0] == "." and _NUMBER.match(text, rest):
        return False
    dotted = (len(word) == 1 and word.isalpha()) or re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", word) is not None
    return not (dotted and (following.isupper() or (len(word) == 1 and following.isdigit())))


# --- folding for verbatim matching ---------------------------------------------------------------

_TYPOGRAPHY = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "…": "...", "\u00ad": "", "\u200b": "",
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
}  # fmt: skip


_EVEN = str.maketrans({char: folded for char, folded in _TYPOGRAPHY.items() if len(folded) == 1})
_EVEN.update(dict.fromkeys((0x09, 0x0A, 0xA0, 0x2007, 0x202F, 0x3000), " "))


def fold_evenly(text: str) -> str:
    """Fold typography and case as far as that can be done code point for code point: offsets stay valid.

    Costs a tenth of `normalise`, which goes further.
    """
    even = text.translate(_EVEN)
    lower = even.lower()
    return (
        lower if len(lower) == len(even) else "".join(low if len(low := char.lower()) == 1 else char for char in even)
    )


def normalise(text: str) -> Normalised:
    """Fold `text` for matching words that were typed or pasted, and keep the way back.

    Quotation marks and dashes become their ASCII forms, ligatures and ellipses are spelt out, soft
    hyphens vanish, runs of white space become one space, and case is folded.
    """
    characters: list[str] = []
    offsets: list[int] = []
    in_space = False
    for position, char in enumerate(text):
        if char.isspace():
            if not in_space:
                characters.append(" ")
                offsets.append(position)
            in_space = True
            continue
        folding = _TYPOGRAPHY.get(char, char).casefold()
        in_space = in_space and not folding
        for folded in folding:
            characters.append(folded)
            offsets.append(position)
    offsets.append(len(text))
    return Normalised("".join(characters), tuple(offsets))
