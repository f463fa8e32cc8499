"""Typst, with citations by key."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from docterm.quotes.forms.prose import Cited, Comment, Listed, Prose, behind, escaper, in_form, key_locator, run_in
from docterm.quotes.quotation import Setting

escape = escaper(r"[\\*_`$#<>@\[\]~=\"'/+{}|^-]|\.(?=\.)", r"\d+[.)]")
_LABEL = re.compile(r"\w[\w-]*")


def _quote(cited: Cited) -> str:
    place = escape(key_locator(cited))
    if _LABEL.fullmatch(cited.key):
        citation = f"@{cited.key}[{place}]"
    else:
        citation = f"#cite(label({json.dumps(cited.key, ensure_ascii=False)}), supplement: [{place}])"
    paragraphs = [in_form(line, escape, "#emph[", "]") for line in cited.quotation.paragraphs]
    if cited.quotation.setting is Setting.RUN_IN:
        return run_in(cited, paragraphs[0], citation)
    words = behind(cited, "\n\n".join(paragraphs), citation)
    return f"#quote(block: true)[\n{words}\n]" if cited.quotation.setting is Setting.BLOCK else words


def _references(_: Sequence[Listed], own_file: bool) -> str:
    return '#bibliography("quotes.bib")' if own_file else ""


TYPST = Prose(_quote, _references, Comment("// "))
