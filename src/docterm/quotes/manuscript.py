"""Quotes with their citations and the list of what they cite, as they stand in a manuscript of some form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from docterm.errors import CitationError
from docterm.quotes import speaking
from docterm.quotes.form import Form
from docterm.quotes.forms.html import HTML
from docterm.quotes.forms.latex import LATEX
from docterm.quotes.forms.markdown import MARKDOWN, PANDOC
from docterm.quotes.forms.org import ORG
from docterm.quotes.forms.prose import Cited, Listed, Prose
from docterm.quotes.forms.text import TEXT
from docterm.quotes.forms.typst import TYPST
from docterm.quotes.model import Quote
from docterm.quotes.processor import Rendered, author_date, rendered
from docterm.quotes.quotation import Language, Quotation, block_words, quotation
from docterm.quotes.styles import DEFAULT, Style, find
from docterm.quotes.works import By, Cite, Mode, Work, csl_item, place, said, works

PROSE: dict[Form, Prose] = {
    Form.TEXT: TEXT, Form.MARKDOWN: MARKDOWN, Form.PANDOC: PANDOC, Form.ORG: ORG, Form.LATEX: LATEX,
    Form.TYPST: TYPST, Form.HTML: HTML,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wishes:
    """How quotes are to be cited."""

    style: str = DEFAULT
    by: By = By.PARAGRAPH
    locators: bool = False
    """Whether the place stands in brackets where the style leaves it out."""
    language: str = ""
    """The manuscript's language (a BCP 47 tag); of the style unless given."""
    cite: Mode = Mode.PARENTHETICAL
    """How citations stand to their sentences; a style that cites in notes has one way only."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """Quotes that are cited, and the works that they cite."""

    quotes: tuple[Cited, ...]
    references: tuple[Listed, ...]
    notes: tuple[str, ...] = ()
    """What the user should know, in sentences."""


def manuscript(quotes: Sequence[Quote], wishes: Wishes, *, plain: bool = False) -> Manuscript:
    """Cite quotes in their order; `plain` leaves the style out and gives author-date citations, at once.

    Raises CitationError for a style that does not exist.
    """
    cited, index = works(quotes)
    places = [place(quote, wishes.by) for quote in quotes]
    style = None if plain else find(wishes.style)
    mode = Mode.PARENTHETICAL if style is not None and style.in_notes else Mode(wishes.cite)
    prefixes = ["" if mode is Mode.YEAR else _prefix(quote, wishes, style) for quote in quotes]
    cites = [Cite(*each, mode) for each in zip(index, places, prefixes, strict=True)]
    done = author_date(cited, cites) if style is None else rendered(style, cited, cites, wishes.language)
    name = wishes.style if style is None else style.id
    settings = [quotation(quote, done.language, block_words(name), name) for quote in quotes]
    shows_place = style is None or style.prints_locator or not wishes.locators
    items = [csl_item(work.record, work.key) for work in cited]
    made = tuple(
        Cited(
            quotation=setting,
            quote_id=quote.id,
            key=quote.key,
            place=where,
            item=items[number],
            runs=runs,
            in_note=done.in_notes,
            language=done.language,
            prefix=prefix,
            mode=mode,
            extra=_extra(setting, "" if shows_place else said(where, done.language), done.language),
        )
        for quote, setting, where, number, runs, prefix in zip(
            quotes, settings, places, index, done.citations, prefixes, strict=True
        )
    )
    return Manuscript(
        made, _listed(done, cited, items), () if plain else (*_without_locators(done, wishes), *_one_way(style, wishes))
    )


def _prefix(quote: Quote, wishes: Wishes, style: Style | None) -> str:
    language = wishes.language or (style.language if style else "")
    name = style.id if style else wishes.style
    return speaking.prefix(quote.attribution, name, language, in_notes=style is not None and style.in_notes)


def _extra(setting: Quotation, where: str, language: Language) -> str:
    parts = [where, language.emphasis_added if setting.is_emphasised else ""]
    return " ".join(f"({part})" for part in parts if part)


def _listed(done: Rendered, cited: Sequence[Work], items: list[dict[str, Any]]) -> tuple[Listed, ...]:
    return tuple(Listed(cited[number].key, items[number], runs) for number, runs in done.references)


def _without_locators(done: Rendered, wishes: Wishes) -> tuple[str, ...]:
    return tuple(note for note in done.notes if not (wishes.locators and "--locators" in note))


def _one_way(style: Style | None, wishes: Wishes) -> tuple[str, ...]:
    if style is None or not style.in_notes or wishes.cite == Mode.PARENTHETICAL:
        return ()
    return (f"{style.title} cites in notes: a citation cannot be part of the sentence.",)


class Pasted(NamedTuple):
    """Quotes to paste."""

    text: str
    html: str
    """The same for programs that take formatted text; empty in forms that cite by key."""
    notes: tuple[str, ...]


def write_out(quotes: Sequence[Quote], form: Form, wishes: Wishes) -> Pasted:
    """Give quotes as text to paste, with the references where the form has them, and sentences for the user.

    Raises CitationError for a form that is no text, and for a style that does not exist.
    """
    prose = PROSE.get(form)
    if prose is None:
        raise CitationError(
            f"{form.says[:1].upper()}{form.says[1:]} cannot be pasted.", "Write a file: docterm quotes export."
        )
    made = manuscript(quotes, wishes, plain=form.cites_by_key)
    html = "" if form.cites_by_key else _pasted(HTML, made)
    return Pasted(_pasted(prose, made), html, made.notes)


def _pasted(prose: Prose, made: Manuscript) -> str:
    references = prose.references(made.references, False) if made.references else ""
    return "\n\n".join([*map(prose.quote, made.quotes), *([references] if references else [])])
