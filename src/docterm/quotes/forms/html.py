"""HTML, with each work's record beside its reference, for programs that read one."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from typing import Any

from docterm.quotes import markdown
from docterm.quotes.forms.prose import Cited, Comment, Listed, Prose, in_form, run_in
from docterm.quotes.quotation import PARAPHRASE, Setting
from docterm.quotes.runs import as_html
from docterm.quotes.works import Mode


def _quote(cited: Cited) -> str:
    place = {"id": cited.key, "label": cited.place.label, "locator": cited.place.value}
    citation = f'<cite data-csl="{_attribute(place)}">{as_html(cited.runs)}</cite>'
    if cited.in_note:
        citation = f" <small>[{citation}]</small>"
    url = str(cited.item.get("URL", ""))
    source = f' cite="{html.escape(url)}"' if markdown.is_web(url) else ""
    paragraphs = [in_form(line, _escape, "<em>", "</em>") for line in cited.quotation.paragraphs]
    anchor = f'id="q-{cited.quote_id.lower()}"'
    if cited.quotation.setting is Setting.BLOCK:
        words = "".join(f"<p>{line}</p>" for line in paragraphs)
        extra = f" {html.escape(cited.extra)}" if cited.extra else ""
        if cited.mode is Mode.NARRATIVE:
            return f"<p>{citation.strip()}:</p>\n<blockquote {anchor}{source}>{words}</blockquote>"
        return f"<blockquote {anchor}{source}>{words}</blockquote>\n<p>— {citation.strip()}{extra}</p>"
    if cited.quotation.setting is Setting.RUN_IN:
        return f"<p {anchor}>{run_in(cited, paragraphs[0], citation)}</p>"
    lines = "</p>\n<p>".join(paragraphs)
    if cited.mode is Mode.NARRATIVE:
        return f"<p {anchor}>{citation.strip()}: {lines} {html.escape(PARAPHRASE, quote=False)}</p>"
    return f"<p {anchor}>{lines} {citation.strip()} {html.escape(PARAPHRASE, quote=False)}</p>"


def _escape(text: str) -> str:
    return html.escape(text, quote=False)


def _references(listed: Sequence[Listed], _: bool) -> str:
    entries = "\n".join(f'<p data-csl="{_attribute(work.item)}">{as_html(work.runs)}</p>' for work in listed)
    return f"<h2>References</h2>\n{entries}"


def _attribute(value: dict[str, Any]) -> str:
    return html.escape(json.dumps(value, ensure_ascii=False))


HTML = Prose(
    _quote,
    _references,
    Comment("<!-- ", " -->"),
    head='<!doctype html>\n<meta charset="utf-8">\n<title>Quotes</title>\n\n',
)
