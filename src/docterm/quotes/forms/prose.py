"""What every form of prose is given, and what it gives back."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from docterm.quotes.quotation import ENGLISH, PARAPHRASE, Language, Quotation, Setting
from docterm.quotes.runs import Runs, is_raised
from docterm.quotes.works import Mode, Place, said


@dataclass(frozen=True, slots=True)
class Cited:
    """A quote and its citation, to be written in a form."""

    quotation: Quotation
    quote_id: str
    key: str
    place: Place
    item: dict[str, Any]
    """The work, as a CSL-JSON item."""
    runs: Runs = ()
    """The citation in the style; empty in forms that cite by key."""
    in_note: bool = False
    language: Language = ENGLISH
    prefix: str = ""
    """What stands before the work in the citation, for forms that cite by key: `Cao, as cited in`."""
    mode: Mode = Mode.PARENTHETICAL
    extra: str = ""
    """What stands in brackets behind the citation: the place where the style leaves it out, that emphasis was added."""

    @property
    def is_attached(self) -> bool:
        """Whether the citation stands at the words as a note or a raised number, not behind them in brackets."""
        return self.in_note or is_raised(self.runs)


@dataclass(frozen=True, slots=True)
class Listed:
    """A work in the list of references."""

    key: str
    item: dict[str, Any]
    runs: Runs = ()


@dataclass(frozen=True, slots=True)
class Comment:
    """How a form writes a line that is not part of its text."""

    before: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """A form of prose: functions that write in it."""

    quote: Callable[[Cited], str]
    references: Callable[[Sequence[Listed], bool], str]
    """Write the list of works, sorted as given; True for a file of its own, False for what is pasted."""
    comment: Comment
    head: str = ""
    """What a new file begins with."""


def run_in(cited: Cited, words: str, citation: str) -> str:
    """Give the words of a run-in quote between its marks, and the citation at the place that the language has for it.

    Both are written in their form already.
    """
    stop, language = cited.quotation.stop, cited.language
    extra = f" {cited.extra}" if cited.extra else ""
    opening, closing = language.opening, language.closing
    if cited.mode is Mode.NARRATIVE:
        ended = f"{stop}{closing}" if language.stop_inside and not extra else f"{closing}{extra}{stop}"
        return f"{citation}: {opening}{words}{ended}"
    if not cited.is_attached:
        return f"{opening}{words}{closing} {citation}{extra}{stop}"
    if extra:
        return f"{opening}{words}{closing}{citation}{extra}{stop}"
    return (
        f"{opening}{words}{stop}{closing}{citation}"
        if language.stop_inside
        else f"{opening}{words}{closing}{stop}{citation}"
    )


def behind(cited: Cited, words: str, citation: str) -> str:
    """Give the words of a block or a paraphrase with the citation behind them, and what a paraphrase says of itself."""
    extra = f" {cited.extra}" if cited.extra else ""
    space = "" if cited.is_attached else " "
    end = f" {PARAPHRASE}" if cited.quotation.setting is Setting.PARAPHRASE else ""
    if cited.mode is Mode.NARRATIVE:  # it stands before them: `led`
        return f"{words}{extra}{end}"
    return f"{words}{space}{citation}{extra}{end}"


def led(cited: Cited, words: str, citation: str) -> str:
    """Give a block or a paraphrase with the citation before it, where that is part of the sentence that leads to it."""
    if cited.mode is not Mode.NARRATIVE:
        return words
    return f"{citation}:{' ' if cited.quotation.setting is Setting.PARAPHRASE else chr(10) * 2}{words}"


def in_form(runs: Runs, escape: Callable[[str], str], before: str, after: str) -> str:
    """Give words in a form: escaped, and what is emphasised in them between the marks of the form."""
    return "".join(f"{before}{escape(run.text)}{after}" if run.italic else escape(run.text) for run in runs)


def key_locator(cited: Cited) -> str:
    """Give the place as it stands behind a key: `para. 4`, `paras. 4–6`, or a heading and a paragraph."""
    return said(cited.place, cited.language)


def escaper(specials: str, line_mark: str = r"(?!)") -> Callable[[str], str]:
    """Give a function that puts a backslash before every special character, and before a mark that begins a line.

    `specials` is a class of characters. A match of `line_mark` gets its backslash before its last character.
    """
    special, mark = re.compile(specials), re.compile(line_mark)

    def escape(text: str) -> str:
        escaped = special.sub(r"\\\g<0>", text)
        found = mark.match(escaped)
        return escaped if found is None else f"{escaped[: found.end() - 1]}\\{escaped[found.end() - 1 :]}"

    return escape
