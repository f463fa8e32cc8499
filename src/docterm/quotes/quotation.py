"""How words stand in a manuscript: run in between quotation marks or set apart, with marks and stops in their places.

The words of the source are kept. What custom changes in a run-in quote is its inner quotation marks, which become those
of the next level, and its closing full stop, which may belong behind the citation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from docterm.quotes.alterations import Shown, ellipsis, shown
from docterm.quotes.model import Quote, QuoteKind
from docterm.quotes.runs import Run, Runs
from docterm.text import Span, tokens, words

PARAPHRASE = "(paraphrase from docterm's digest)"
_PARAGRAPH = re.compile(r"[^\n]*[^\s][^\n]*")
_EMPHASIS_ADDED = {"de": "Hervorhebung hinzugefügt", "fr": "nous soulignons"}
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
    tag: str = "en-US"
    """The language, as BCP 47 names it."""

    @property
    def emphasis_added(self) -> str:
        """What a quotation says of itself whose emphasis is not the source's."""
        return _EMPHASIS_ADDED.get(self.tag.partition("-")[0].lower(), "emphasis added")


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
    paragraphs: tuple[Runs, ...]
    """The words, in italics where emphasis was added; of a run-in quote one paragraph, without marks and `stop`."""
    stop: str = ""
    """The full stop that the citation comes before, or that stands by the closing mark."""

    @property
    def is_emphasised(self) -> bool:
        """Whether emphasis was added."""
        return any(run.italic for runs in self.paragraphs for run in runs)


def block_words(style: str) -> int:
    """Give from how many words on a quote is set apart.

    Chicago 18, 12.10: a hundred words; MLA 9, 6.35: more than four lines, here of thirteen words; APA 7, 8.27: forty.
    """
    if style.startswith("chicago"):
        return 100
    return 53 if style.startswith("modern-language-association") else 40


def quotation(quote: Quote, language: Language, longest: int, style: str = "") -> Quotation:
    """Set a quote: apart from `longest` words on or across paragraphs, else run in. Its alterations follow `style`."""
    made = shown(quote.text, quote.alterations, ellipsis(style, language.tag, quote.text))
    paragraphs = list(_paragraphs(made))
    if quote.kind is QuoteKind.PARAPHRASE:
        return Quotation(Setting.PARAPHRASE, tuple(_runs(text, spans) for text, spans in paragraphs))
    if len(paragraphs) > 1 or len(words(made.text)) >= longest:
        return Quotation(Setting.BLOCK, tuple(_runs(text, spans) for text, spans in paragraphs))
    text, spans = paragraphs[0]
    pieces = _nested(text, language)
    stop = _closing_stop("".join(pieces))
    if stop:
        del pieces[text.rindex(".") :]
    return Quotation(Setting.RUN_IN, (_runs(pieces, spans),), stop)


def _paragraphs(made: Shown) -> Iterator[tuple[str, list[Span]]]:
    """Give the paragraphs of a text, the space around them left out, each with the spans of it that are emphasised."""
    for match in _PARAGRAPH.finditer(made.text):
        text = match[0].strip()
        start = match.start() + match[0].index(text)
        yield (
            text,
            [
                Span(max(span.start - start, 0), min(span.end - start, len(text)))
                for span in made.emphasised
                if span.start < start + len(text) and start < span.end
            ],
        )


def _runs(pieces: Sequence[str], emphasised: Sequence[Span]) -> Runs:
    """Give text as runs; `pieces` is what stands for each of its characters."""
    runs: list[Run] = []
    place = 0
    for span in emphasised:
        runs += [Run("".join(pieces[place : span.start])), Run("".join(pieces[span.start : span.end]), italic=True)]
        place = span.end
    runs.append(Run("".join(pieces[place:]).rstrip()))
    return tuple(run for run in runs if run.text)


def nested(text: str, language: Language) -> str:
    """Give words that come to stand between quotation marks: their own marks become those of the levels inside.

    Apostrophes stay. A mark that opens or closes nothing is taken as one of the first level inside.
    """
    return "".join(_nested(text, language))


def _nested(text: str, language: Language) -> list[str]:
    """Give what stands for each character of words between quotation marks."""
    pairs = ((language.inner_opening, language.inner_closing), (language.opening, language.closing))
    closers: list[str] = []
    result: list[str] = []
    for index, char in enumerate(text):
        before, after = text[index - 1 : index], text[index + 1 : index + 2]
        written = char
        if closers and char in closers[-1] and not (char in "’‘" and after.isalnum()):
            closers.pop()
            written = pairs[len(closers) % 2][1]
        elif char in _OPENING and not before.isalnum() and (char not in "‘‚‹" or _is_closed(text, index)):
            written = pairs[len(closers) % 2][0]
            closers.append(_OPENING[char])
        elif char in "“”„«»":
            written = pairs[len(closers) % 2][char in _CLOSING]
        elif char == '"':
            written = "'" if language.opening != "‘" else char
        elif char in _NO_BREAK and (before in ("«", "‹") or after in ("»", "›")):
            written = ""
        result.append(written)
    return result


def _is_closed(text: str, start: int) -> bool:
    """Say whether a single mark at `start` opens a quotation: one that is no apostrophe closes it."""
    closers = _OPENING[text[start]]
    return any(
        char in closers and not text[place + 1 : place + 2].isalnum()
        for place, char in enumerate(text[start + 1 :], start + 1)
    )


def _closing_stop(text: str) -> str:
    """Give the full stop that closes words; that of an ellipsis or an abbreviation (`U.S.`) belongs to them."""
    if not text.endswith(".") or text.endswith(".."):
        return ""
    last = list(tokens(text))[-1:]
    return "" if last and last[0].end == len(text) else "."
