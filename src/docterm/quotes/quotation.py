"""How words stand in a manuscript: run in between quotation marks or set apart, with marks and stops in their places.

The words of the source are kept. What custom changes in a run-in quote is its inner quotation marks, which become those
of the next level, and its closing full stop, which may belong behind the citation.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from docterm.quotes.model import Quote, QuoteKind
from docterm.text import tokens, words

PARAPHRASE = "(paraphrase from docterm's digest)"
_PARAGRAPH = "\n"
_NO_BREAK = "\u00a0\u202f"
_OPENING = {"“": "”", "„": "“”", "«": "»", "‘": "’", "‚": "‘’", "‹": "›"}
_CLOSING = "”»’›"


@dataclass(frozen=True, slots=True)
class Language:
    """What a manuscript's language says of quotations and of places in a work."""

    opening: str = "“"
    closing: str = "”"
    inner_opening: str = "‘"
    inner_closing: str = "’"
    stop_inside: bool = True
    """Whether a full stop stands before the closing mark when a raised number or nothing follows."""
    paragraph: str = "para."
    page: str = "p."


ENGLISH = Language()


class Setting(StrEnum):
    """How a quote is set."""

    RUN_IN = "run in"
    BLOCK = "block"
    PARAPHRASE = "paraphrase"
    """Not the source's words: no marks, no block, and it says what it is."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quote as it stands in a manuscript, in no form yet."""

    setting: Setting
    paragraphs: tuple[str, ...]
    """The words; of a run-in quote one paragraph, without the marks around it and without `stop`."""
    stop: str = ""
    """The full stop that the citation comes before, or that stands by the closing mark."""


def block_words(style: str) -> int:
    """Give from how many words on a quote is set apart.

    Chicago 18, 12.10: a hundred words; MLA 9, 6.35: more than four lines, here of thirteen words; APA 7, 8.27: forty.
    """
    if style.startswith("chicago"):
        return 100
    return 53 if style.startswith("modern-language-association") else 40


def quotation(quote: Quote, language: Language, longest: int) -> Quotation:
    """Set a quote: apart from `longest` words on or across paragraphs, else run in."""
    paragraphs = tuple(line.strip() for line in quote.text.split(_PARAGRAPH) if line.strip())
    if quote.kind is QuoteKind.PARAPHRASE:
        return Quotation(Setting.PARAPHRASE, paragraphs)
    if len(paragraphs) > 1 or len(words(quote.text)) >= longest:
        return Quotation(Setting.BLOCK, paragraphs)
    text, stop = _without_stop(nested(paragraphs[0], language))
    return Quotation(Setting.RUN_IN, (text,), stop)


def nested(text: str, language: Language) -> str:
    """Give words that come to stand between quotation marks: their own marks become those of the levels inside.

    Apostrophes stay. A mark that opens or closes nothing is taken as one of the first level inside.
    """
    pairs = ((language.inner_opening, language.inner_closing), (language.opening, language.closing))
    closers: list[str] = []
    result: list[str] = []
    for index, char in enumerate(text):
        before, after = text[index - 1 : index], text[index + 1 : index + 2]
        if closers and char in closers[-1] and not (char in "’‘" and after.isalnum()):
            closers.pop()
            result.append(pairs[len(closers) % 2][1])
        elif char in _OPENING and not before.isalnum() and (char not in "‘‚‹" or _is_closed(text, index)):
            result.append(pairs[len(closers) % 2][0])
            closers.append(_OPENING[char])
        elif char in "“”„«»":
            result.append(pairs[len(closers) % 2][char in _CLOSING])
        elif char == '"':
            result.append("'" if language.opening != "‘" else char)
        elif not (char in _NO_BREAK and (before in ("«", "‹") or after in ("»", "›"))):
            result.append(char)
    return "".join(result)


def _is_closed(text: str, start: int) -> bool:
    """Say whether a single mark at `start` opens a quotation: one that is no apostrophe closes it."""
    closers = _OPENING[text[start]]
    return any(
        char in closers and not text[place + 1 : place + 2].isalnum()
        for place, char in enumerate(text[start + 1 :], start + 1)
    )


def _without_stop(text: str) -> tuple[str, str]:
    """Part a closing full stop from the words; that of an ellipsis or an abbreviation (`U.S.`) belongs to them."""
    if not text.endswith(".") or text.endswith(".."):
        return text, ""
    last = list(tokens(text))[-1:]
    return (text, "") if last and last[0].end == len(text) else (text[:-1], ".")
