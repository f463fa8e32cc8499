"""Org, with citations by key (Org 9.5 or newer).

Org has no escape but a character without width between a mark and its neighbour (Org manual, "Escape Character"), and
an entity for the backslash.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from docterm.quotes.forms.prose import Cited, Comment, Listed, Prose, behind, in_form, key_locator, led, run_in
from docterm.quotes.quotation import Setting
from docterm.quotes.works import Mode

ZERO_WIDTH = "\u200b"
_EMPHASIS = f"{ZERO_WIDTH}/", f"/{ZERO_WIDTH}"
"""Org knows an emphasis by what stands around it, and a character without width will do anywhere."""
_SPECIAL = re.compile(r"[*/_=~+\[\]{}<>$^|@#]|(?<=\w)(?:\(|:(?=\S))")
_STYLES = {Mode.PARENTHETICAL: "", Mode.YEAR: "/na"}
_LINE_MARK = re.compile(r"-|:|%|\d+[.)]|[A-Za-z][.)]")
_KEY = re.compile(r"[\w:.#$%&+?<>~/!|'`*-]+")


def escape(text: str) -> str:
    """Give `text` so that nothing in it is a mark of Org; characters without width are put in, no other changes."""
    escaped = _SPECIAL.sub(rf"{ZERO_WIDTH}\g<0>{ZERO_WIDTH}", text).replace("\\", "\\bsol{}")
    return f"{ZERO_WIDTH}{escaped}" if _LINE_MARK.match(escaped) else escaped


def _quote(cited: Cited) -> str:
    prefix = f"{escape(cited.prefix)} " if cited.prefix else ""
    work = f"@{_key(cited.key)} {escape(key_locator(cited))}]"
    narrative = cited.mode is Mode.NARRATIVE
    citation = f"{prefix}[cite/t:{work}" if narrative else f"[cite{_STYLES[cited.mode]}:{prefix}{work}"
    paragraphs = [in_form(line, escape, *_EMPHASIS) for line in cited.quotation.paragraphs]
    if cited.quotation.setting is Setting.RUN_IN:
        return run_in(cited, paragraphs[0], citation)
    words = behind(cited, "\n\n".join(paragraphs), citation)
    block = cited.quotation.setting is Setting.BLOCK
    return led(cited, f"#+begin_quote\n{words}\n#+end_quote" if block else words, citation)


def _key(key: str) -> str:
    return key if _KEY.fullmatch(key) else re.sub(r"[^\w:.#$%&+?<>~/-]", "_", key)


def _references(_: Sequence[Listed], own_file: bool) -> str:
    return "#+print_bibliography:" if own_file else ""


ORG = Prose(_quote, _references, Comment("# "), head="#+title: Quotes\n#+bibliography: quotes.json\n\n")
