"""The words of a quotation as what they ask of a source: parts that must stand there, and gaps between them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from docterm.quotes.check.folding import fold

FAR = 5_000
"""Characters that an ellipsis can stand for: two pages."""
NEAR = 100
"""Characters that words in brackets can stand for."""
_GAP = re.compile(
    r"[\[(]\s*(?:…|\.(?:\s?\.){2,3})\s*[\])]"  # [...] (…)
    r"|\.(?:\s?\.){2,3}|…+"
    r"|\[(?P<inside>[^\[\]]{0,200})\]"
)
_NO_WORDS = re.compile(
    r"\s*(?:\d{1,4}|sic[!.]?|recte|(?:emphasis|italics|my|our)\s[\w\s]{0,40}|[\w\s]{0,20}(?:emphasis|italics)"
    r"|Herv(?:orhebung|\.)[\w\s.]{0,30})\s*",
    re.IGNORECASE,
)
"""What brackets say of the quotation and not in it: the numbers of notes, [sic], [emphasis added]."""
_EDGES = " ,.;:-'\"\n\t"
_BROKEN = re.compile(r"(?<=\w)[-\u2010\u00ad]\n[ \t]*(?=\w)")


@dataclass(frozen=True, slots=True)
class Part:
    """Words that must stand in the source one behind the other."""

    raw: str
    """As the draft has them."""
    text: str
    """Folded, without the stops at its ends: those belong to the sentence that quotes."""
    gap: int
    """How many characters may be left out before it, from the end of the part before."""
    cut_before: bool = False
    """Whether it begins inside a word, as behind `[T]he`."""
    cut_after: bool = False


def parts(words: str) -> list[Part]:
    """Give the parts of a quotation, in order."""
    found: list[Part] = []
    gap, start, cut = 0, 0, False
    pieces: list[str] = []

    def close(cut_after: bool) -> None:
        raw = "".join(pieces)
        text = fold(raw).text.strip(_EDGES)
        if any(char.isalnum() for char in text):
            found.append(Part(raw, text, gap, cut and raw[:1].isalnum(), cut_after and raw[-1:].isalnum()))
        pieces.clear()

    for match in _GAP.finditer(words):
        pieces.append(words[start : match.start()])
        start = match.end()
        inside = match["inside"]
        if inside is not None and _NO_WORDS.fullmatch(inside):
            continue
        count = len(found)
        close(cut_after=inside is not None)
        fresh = NEAR if inside is not None else FAR
        gap = max(gap, fresh) if len(found) == count else fresh
        cut = inside is not None
    pieces.append(words[start:])
    close(cut_after=False)
    return found


def unbroken(words: str, known: str) -> str:
    """Give words without the hyphens that break them at the ends of lines.

    One stays that belongs to its word: it is left out where the joined word stands in the folded text `known`.
    """

    def join(match: re.Match[str]) -> str:
        before = re.search(r"\w+$", words[max(0, match.start() - 80) : match.start()])
        after = re.match(r"\w+", words[match.end() : match.end() + 80])
        joined = (before[0] if before else "") + (after[0] if after else "")
        return "" if joined.casefold() in known else "-"

    return _BROKEN.sub(join, words) if "\n" in words else words
