"""Citations and references in a style: by Pandoc, or by docterm's own plain author-date form where that cannot be.

Works and citations go in, formatted text comes out. Citations are processed as those of one manuscript in their order,
so that later ones of a work are short, or ibid., where the style says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from docterm.errors import CitationError, ProgramError
from docterm.library.model import Record
from docterm.quotes.pandoc import Refused, shared
from docterm.quotes.quotation import ENGLISH, Language
from docterm.quotes.reference import reference_runs, short_authors, year
from docterm.quotes.runs import Run, Runs, closed, from_pandoc, plain, text_of
from docterm.quotes.styles import Style, as_data
from docterm.quotes.works import Cite, Mode, Place, Work, csl_item, republisher, said
from docterm.text import fold, label

_MODES = {Mode.PARENTHETICAL: "NormalCitation", Mode.NARRATIVE: "AuthorInText", Mode.YEAR: "SuppressAuthor"}
_AND = {"en": "and", "de": "und", "fr": "et", "es": "y", "it": "e", "nl": "en", "pt": "e"}
_API = [1, 23, 1]
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_LOCALES = re.compile(r"<locale(?:\s[^>]*[^/>])?>.*?</locale>", re.DOTALL)
_COMMENTS = re.compile(r"<!--.*?-->", re.DOTALL)
_PROBE = (
    '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>Terms</title>'
    "<id>terms</id><updated>2020-01-01T00:00:00+00:00</updated></info>{locales}<citation><layout>"
    '<group delimiter="|"><text term="open-quote"/><text term="close-quote"/><text term="open-inner-quote"/>'
    '<text term="close-inner-quote"/><text term="paragraph" form="short"/><text term="page" form="short"/>'
    '<group delimiter=", "><text value="in" quotes="true"/><text value="out"/></group></group>'
    "</layout></citation></style>"
)


@dataclass(frozen=True, slots=True)
class Rendered:
    """Citations and references, formatted."""

    citations: tuple[Runs, ...]
    """In the order they were asked for; in a style that cites in notes, the text of each note."""
    references: tuple[tuple[int, Runs], ...]
    """In the order of the style, each with the index of its work; none where the style has no list."""
    in_notes: bool
    language: Language
    notes: tuple[str, ...] = ()
    """What the user should know, in sentences."""


def rendered(style: Style, works: Sequence[Work], cites: Sequence[Cite], language: str = "") -> Rendered:
    """Give citations of places in works, by the works' index, and the list of all works, in a style.

    `language` is that of the manuscript, else the style's own, else English; raises CitationError when it is no tag.
    Where Pandoc is missing or refuses, the answer is plain author-date, and its notes say why.
    """
    if language and not _TAG.fullmatch(language):
        raise CitationError(f"“{label(language, 40)}” is no language.", "Write a tag such as de, en-GB or zh-Hans.")
    tag = language or style.language or "en-US"
    try:
        terms = _language(style, tag)
        done = shared().cite(_document(style.source, tag, terms, cites, len(works)), _items(works))
    except ProgramError as error:
        return author_date(works, cites, f"Plain author-date citations, not {style.title}: {error}")
    except Refused as error:
        why = label(error, 200).rstrip(".")
        return author_date(
            works, cites, f"Plain author-date citations, not {style.title}: Pandoc refused them ({why})."
        )
    paragraphs = [block for block in done["blocks"] if block["t"] == "Para"]
    entries = [entry for block in done["blocks"] if block["t"] == "Div" for entry in block["c"][1]]
    numbered = ((int(entry["c"][0][0].removeprefix("ref-")), from_pandoc(entry["c"][1])) for entry in entries)
    # Some styles print nothing of a work that lacks what they ask for; it is cited and listed all the same.
    citations = (
        _in_sentence(from_pandoc([paragraph]), cite, tag) or plain(_author_date(works[cite.work].record, cite))
        for paragraph, cite in zip(paragraphs, cites, strict=True)
    )
    references = [(index, runs or reference_runs(works[index].record)) for index, runs in numbered]
    return Rendered(
        citations=tuple(citations),
        references=tuple((index, _republished(runs, works[index].record)) for index, runs in references),
        in_notes=style.in_notes,
        language=terms,
        notes=_notes(style, cites),
    )


def _in_sentence(runs: Runs, cite: Cite, tag: str) -> Runs:
    """Give a citation as part of its sentence: after its prefix, the names joined by a word and not by a sign.

    Pandoc puts a prefix behind the names there, and no style can tell it of the word (APA 7, 8.17).
    """
    if cite.mode is not Mode.NARRATIVE or not runs:
        return runs
    first, joint = runs[0], _AND.get(tag.partition("-")[0].lower())
    names, bracket, rest = first.text.partition("(")
    if joint:
        first = replace(first, text=f"{names.replace(' & ', f' {joint} ')}{bracket}{rest}")
    return (*plain(f"{cite.prefix} " if cite.prefix else ""), first, *runs[1:])


def author_date(works: Sequence[Work], cites: Sequence[Cite], *notes: str) -> Rendered:
    """Give the same in docterm's own plain author-date form, in English, which needs no other program."""
    references = [(index, reference_runs(work.record)) for index, work in enumerate(works)]
    references.sort(key=lambda listed: fold(text_of(listed[1])))
    return Rendered(
        citations=tuple(plain(_author_date(works[cite.work].record, cite)) for cite in cites),
        references=tuple((index, _republished(runs, works[index].record)) for index, runs in references),
        in_notes=False,
        language=ENGLISH,
        notes=notes,
    )


def _author_date(record: Record, cite: Cite) -> str:
    authors, place = short_authors(record), [said(cite.place, ENGLISH)] if cite.place else []
    inside = ", ".join([year(record), *place])
    lead = f"{cite.prefix} " if cite.prefix else ""
    if cite.mode is Mode.NARRATIVE:
        return f"{lead}{authors.replace(' & ', ' and ')} ({inside})"
    return f"({inside})" if cite.mode is Mode.YEAR else f"({lead}{authors}, {inside})"


def _republished(runs: Runs, record: Record) -> Runs:
    """Add who republished the work that was read, where the style has left that out."""
    by = republisher(record)
    if not by or "republished" in text_of(runs).casefold():
        return runs
    return (*closed(runs), Run(f" Republished by {by}."))


def _notes(style: Style, cites: Sequence[Cite]) -> tuple[str, ...]:
    if style.prints_locator or not any(cite.place for cite in cites):
        return ()
    return (f"The style {style.title} prints no paragraph or page; --locators adds it in brackets.",)


# --- what Pandoc is asked ------------------------------------------------------------------------


def _items(works: Sequence[Work]) -> list[dict[str, Any]]:
    return [csl_item(work.record, str(index)) for index, work in enumerate(works)]


def _document(csl: str, tag: str, terms: Language, cites: Sequence[Cite], works: int) -> dict[str, Any]:
    """Give a document with one paragraph a citation, that lists all works."""
    meta: dict[str, Any] = {
        "csl": {"t": "MetaString", "c": csl},
        "lang": {"t": "MetaString", "c": tag},
        "notes-after-punctuation": {"t": "MetaBool", "c": False},
        "nocite": {"t": "MetaInlines", "c": [_cite([Cite(index, None) for index in range(works)], 0, terms)]},
    }
    blocks = [{"t": "Para", "c": [_cite([cite], number, terms)]} for number, cite in enumerate(cites, 1)]
    return {"pandoc-api-version": _API, "meta": meta, "blocks": blocks}


def _cite(cites: Sequence[Cite], number: int, terms: Language) -> dict[str, Any]:
    citations = [
        {
            "citationId": str(cite.work),
            "citationPrefix": [] if cite.mode is Mode.NARRATIVE else _inlines(cite.prefix),
            "citationSuffix": _suffix(cite.place, terms) if cite.place else [],
            "citationMode": {"t": _MODES[cite.mode]},
            "citationNoteNum": number,
            "citationHash": 0,
        }
        for cite in cites
    ]
    return {"t": "Cite", "c": [citations, [{"t": "Str", "c": "?"}]]}


def _inlines(text: str) -> list[dict[str, Any]]:
    spaced = [[{"t": "Str", "c": word}, {"t": "Space"}] for word in text.split()]
    return [node for pair in spaced for node in pair][:-1]


def _suffix(where: Place, terms: Language) -> list[dict[str, Any]]:
    """Give a place as Pandoc reads one: in braces, with the term of the language; with a heading as plain text."""
    if where.heading:
        return [{"t": "Str", "c": ","}, {"t": "Space"}, {"t": "Str", "c": said(where, terms)}]
    name = (terms.paragraph if where.label == "paragraph" else terms.page).replace(" ", "\u00a0")
    return [{"t": "Str", "c": f"{{{name}"}, {"t": "Space"}, {"t": "Str", "c": f"{where.value}}}"}]


@cache
def _language(style: Style, tag: str) -> Language:
    """Ask Pandoc for the marks and terms of a language as a style has them: it knows all of CSL's locales.

    A little style is made that prints them.
    """
    probe = _PROBE.format(locales="".join(_LOCALES.findall(_COMMENTS.sub("", style.text))))
    done = shared().cite(
        _document(as_data(probe), tag, ENGLISH, [Cite(0, None)], 1), [{"id": "0", "type": "book", "title": "x"}]
    )
    printed = text_of(from_pandoc(done["blocks"][:1])).split("|")
    if len(printed) != 7:
        return replace(ENGLISH, tag=tag)
    opening, closing, inner_opening, inner_closing, paragraph, page, example = printed
    return Language(
        *(opening, closing, inner_opening, inner_closing),
        stop_inside=example.startswith(f"{opening}in,"),
        paragraph=paragraph,
        page=page,
        tag=tag,
    )
