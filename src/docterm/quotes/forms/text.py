"""Plain text: what is in notes elsewhere stands in square brackets behind the words."""

from __future__ import annotations

from collections.abc import Sequence

from docterm.quotes.forms.prose import Cited, Comment, Listed, Prose, behind, in_form, led, run_in
from docterm.quotes.quotation import Setting
from docterm.quotes.runs import text_of

_RAISED = str.maketrans("0123456789,-–", "⁰¹²³⁴⁵⁶⁷⁸⁹˒⁻⁻")


def _quote(cited: Cited) -> str:
    paragraphs = [in_form(line, str, "*", "*") for line in cited.quotation.paragraphs]
    if cited.quotation.setting is Setting.RUN_IN:
        return run_in(cited, paragraphs[0], _citation(cited))
    indent = "    " if cited.quotation.setting is Setting.BLOCK else ""
    words = behind(cited, "\n\n".join(f"{indent}{line}" for line in paragraphs), _citation(cited))
    return led(cited, words, _citation(cited))


def _citation(cited: Cited) -> str:
    text = text_of(cited.runs)
    if cited.in_note:
        return f" [{text}]"
    if not cited.is_attached:
        return text
    return text.translate(_RAISED) if all(ord(char) in _RAISED for char in text) else f" [{text}]"


def _references(listed: Sequence[Listed], _: bool) -> str:
    return "\n\n".join(["References", *dict.fromkeys(text_of(work.runs) for work in listed)])


TEXT = Prose(_quote, _references, Comment("[", "]"))
