"""Typst, with citations by key."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from docterm.quotes.forms.prose import Cited, Comment, Listed, Prose, behind, escaper, in_form, key_locator, led, run_in
from docterm.quotes.quotation import Setting
from docterm.quotes.works import Mode

escape = escaper(r"[\\*_`$#<>@\[\]~=\"'/+{}|^-]|\.(?=\.)", r"\d+[.)]")
_LABEL = re.compile(r"\w[\w-]*")


def _quote(cited: Cited) -> str:
    place = escape(key_locator(cited))
    citation = _citation(cited, place)
    paragraphs = [in_form(line, escape, "#emph[", "]") for line in cited.quotation.paragraphs]
    if cited.quotation.setting is Setting.RUN_IN:
        return run_in(cited, paragraphs[0], citation)
    words = behind(cited, "\n\n".join(paragraphs), citation)
    block = cited.quotation.setting is Setting.BLOCK
    return led(cited, f"#quote(block: true)[\n{words}\n]" if block else words, citation)


def _citation(cited: Cited, place: str) -> str:
    """Give the citation; Typst has no words before a work in it, so that these stand around it."""
    plain = _LABEL.fullmatch(cited.key)
    key = f"<{cited.key}>" if plain else f"label({json.dumps(cited.key, ensure_ascii=False)})"
    prefix = f"{escape(cited.prefix)} " if cited.prefix else ""
    prose = f'{prefix}#cite({key}, form: "prose", supplement: [{place}])'
    if cited.mode is Mode.NARRATIVE:
        return prose
    if cited.mode is Mode.YEAR:
        return f'({prefix}#cite({key}, form: "year", supplement: [{place}]))'
    if prefix:
        return f"({prose})"
    return f"@{cited.key}[{place}]" if plain else f"#cite({key}, supplement: [{place}])"


def _references(_: Sequence[Listed], own_file: bool) -> str:
    return '#bibliography("quotes.bib")' if own_file else ""


TYPST = Prose(_quote, _references, Comment("// "))
