"""Paragraphs of a Word document, whose citations are fields that Zotero keeps alive.

The fields are those that Zotero's plug-in writes: `ADDIN ZOTERO_ITEM CSL_CITATION` with CSL-JSON, and
`ADDIN ZOTERO_BIBL`. A citation that belongs in a note stands in one when the document can hold it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from docterm.quotes.forms.prose import Cited, Listed, run_in
from docterm.quotes.quotation import PARAPHRASE, Setting
from docterm.quotes.runs import Run, Runs, text_of
from docterm.quotes.works import said

SCHEMA = "https://github.com/citation-style-language/schema/raw/master/csl-citation.json"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WORDS, _CITED = "\ue000", "\ue001"
"""They stand for the words and their citation while what is around them is put in order."""

Note = Callable[[str], str]
"""Takes the runs of a note and gives the run that refers to it."""


def quote_xml(cited: Cited, note: Note | None) -> str:
    """Give the paragraphs of a quote; `note` makes a note where the style cites in notes, None where there are none."""
    field = _field(_citation(cited), cited.runs)
    if cited.in_note:
        field = note(field) if note else f"{_run(Run(' ['))}{field}{_run(Run(']'))}"
    paragraphs = ["".join(map(_run, line)) for line in cited.quotation.paragraphs]
    if cited.quotation.setting is Setting.RUN_IN:
        around = re.split(f"[{_WORDS}{_CITED}]", run_in(cited, _WORDS, _CITED))
        before, between, after = (_run(Run(text)) for text in around)
        return _paragraph(f"{before}{paragraphs[0]}{between}{field}{after}")
    block = cited.quotation.setting is Setting.BLOCK
    style = "Quote" if block else ""
    space = "" if cited.is_attached else " "
    end = (f" {cited.extra}" if cited.extra else "") + ("" if block else f" {PARAPHRASE}")
    last = f"{paragraphs[-1]}{_run(Run(space))}{field}{_run(Run(end))}"
    return "".join(_paragraph(each, style) for each in (*paragraphs[:-1], last))


def references_xml(listed: Sequence[Listed]) -> str:
    """Give the heading and the list of references, which is one field over several paragraphs."""
    code = ' ADDIN ZOTERO_BIBL {"uncited":[],"omitted":[],"custom":[]} CSL_BIBLIOGRAPHY '
    entries = ["".join(map(_run, work.runs)) for work in listed] or [""]
    entries[0] = f"{_mark('begin')}{_code(code)}{_mark('separate')}{entries[0]}"
    entries[-1] += _mark("end")
    heading = _paragraph(_run(Run("References")), "Heading1")
    return heading + "".join(_paragraph(entry, "Bibliography") for entry in entries)


def _citation(cited: Cited) -> dict[str, Any]:
    place = cited.place
    where = {"suffix": f", {said(place, cited.language)}"} if place.heading else {}
    where = where or {"locator": place.value, "label": place.label}
    where |= {"prefix": f"{cited.prefix} "} if cited.prefix else {}
    text = text_of(cited.runs)
    return {
        "citationID": cited.quote_id[-10:].lower(),
        "properties": {"formattedCitation": text, "plainCitation": text, "noteIndex": 0},
        "citationItems": [{"id": cited.key, "uris": [f"urn:x-docterm:{cited.key}"], "itemData": cited.item, **where}],
        "schema": SCHEMA,
    }


def _field(citation: dict[str, Any], shown: Runs) -> str:
    code = f" ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps(citation, ensure_ascii=False)} "
    return f"{_mark('begin')}{_code(code)}{_mark('separate')}{''.join(map(_run, shown))}{_mark('end')}"


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _code(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{escape(_clean(text))}</w:instrText></w:r>'


def _paragraph(runs: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{runs}</w:p>"


def _run(run: Run) -> str:
    if not run.text:
        return ""
    properties = "".join(
        xml
        for wanted, xml in (
            (run.bold, "<w:b/>"),
            (run.italic, "<w:i/>"),
            (run.small_caps, "<w:smallCaps/>"),
            (run.underline, '<w:u w:val="single"/>'),
            (run.position, f'<w:vertAlign w:val="{run.position}script"/>'),
        )
        if wanted
    )
    shown = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{shown}<w:t xml:space="preserve">{escape(_clean(run.text))}</w:t></w:r>'


def _clean(text: str) -> str:
    return _NO_XML.sub("", text)
