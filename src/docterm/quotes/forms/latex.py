"""LaTeX for biblatex and csquotes, which set the marks and the citation as the document asks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docterm.quotes.forms.prose import Cited, Comment, Listed, Prose, in_form, key_locator
from docterm.quotes.quotation import PARAPHRASE, Setting
from docterm.quotes.works import Mode

_NAMES = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}",
    ">": r"\textgreater{}", "|": r"\textbar{}", '"': r"\textquotedbl{}", "`": r"\textasciigrave{}",
    "'": "'{}", "-": "-{}", "[": "{[}", "]": "{]}",
}  # fmt: skip
_SPECIAL = re.compile(r"[\\{}$&#%_~^<>|\"`\[\]]|-(?=-)|'(?=')")
_NOT_IN_KEY = re.compile(r"[\s\\{}#%,~\"'()=\[\]]")


def escape(text: str) -> str:
    """Give `text` with the specials of LaTeX written as what they look like."""
    return _SPECIAL.sub(lambda found: _NAMES.get(found[0], f"\\{found[0]}"), text)


def _quote(cited: Cited) -> str:
    key = _NOT_IN_KEY.sub("_", cited.key)
    words = "\n\n".join(in_form(line, escape, r"\emph{", "}") for line in cited.quotation.paragraphs)
    prenote = f"[{escape(cited.prefix)}]" if cited.prefix else ""
    notes = f"{prenote}[{_postnote(cited)}]{{{key}}}"
    if cited.mode is not Mode.PARENTHETICAL:
        return _apart(cited, words, notes)
    if cited.quotation.setting is Setting.RUN_IN:
        stop = f"[{cited.quotation.stop}]" if cited.quotation.stop else ""
        return f"\\textcquote{notes}{stop}{{{words}}}"
    if cited.quotation.setting is Setting.BLOCK:
        return f"\\begin{{displaycquote}}{notes}\n{words}\n\\end{{displaycquote}}"
    return f"{words} \\autocite{notes} {escape(PARAPHRASE)}"


def _apart(cited: Cited, words: str, notes: str) -> str:
    """Give words and a citation that csquotes has no command for: one that is part of its sentence, or a year alone."""
    narrative = cited.mode is Mode.NARRATIVE
    citation = f"\\textcite{notes}" if narrative else f"\\autocite*{notes}"
    if cited.quotation.setting is Setting.BLOCK:
        block = f"\\begin{{displayquote}}\n{words}{'' if narrative else f' {citation}'}\n\\end{{displayquote}}"
        return f"{citation}:\n\n{block}" if narrative else block
    if cited.quotation.setting is Setting.RUN_IN:
        stop = cited.quotation.stop
        return f"{citation}: \\enquote{{{words}{stop}}}" if narrative else f"\\enquote{{{words}}} {citation}{stop}"
    said = escape(PARAPHRASE)
    return f"{citation}: {words} {said}" if narrative else f"{words} {citation} {said}"


def _postnote(cited: Cited) -> str:
    """Give the place: a page as a bare number, which biblatex names itself, anything else with its name.

    csquotes puts the citation where the document wants it, so that emphasis was added is said in it.
    """
    added = f"; {cited.language.emphasis_added}" if cited.quotation.is_emphasised else ""
    if cited.place.label == "page" and not cited.place.heading and not added:
        return escape(cited.place.value.replace("–", "--")).replace("-{}-", "--")
    return f"{escape(key_locator(cited)).replace('. ', '.~')}{escape(added)}"


def _references(_: Sequence[Listed], own_file: bool) -> str:
    return "\\printbibliography" if own_file else ""


LATEX = Prose(
    _quote,
    _references,
    Comment("% "),
    head="% In the preamble: \\usepackage{csquotes} \\usepackage{biblatex} \\addbibresource{quotes.bib}\n\n",
)
