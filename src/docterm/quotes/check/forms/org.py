"""Org, with the citations of Org 9.5."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docterm.quotes.check.flow import Flow
from docterm.quotes.check.forms.keys import cite_all, cite_as_subject
from docterm.quotes.check.prose import Paragraph, masked

_NO_TEXT = re.compile(
    r"^[ \t]*#\+begin_(?P<hidden>src|example|comment|export)\b(?s:.*?)(?:^[ \t]*#\+end_(?P=hidden)[ \t]*$|\Z)"
    r"|^[ \t]*#(?:[ \t][^\n]*)?$"
    r"|^[ \t]*#\+(?!(?:begin|end)_)[^\n]*"
    r"|^[ \t]*:[\w-]{1,60}:[ \t]*\n(?:[ \t]*:[^\n]*\n){0,200}[ \t]*:END:[ \t]*$"
    r"|^[ \t]*:[ \t][^\n]*",
    re.MULTILINE | re.IGNORECASE,
)
_MARKS = re.compile(
    r"(?P<block>(?:(?<=\n)|\A)[ \t]*#\+(?i:begin)_(?i:quote)[^\n]*)"
    r"|(?P<ended>(?:(?<=\n)|\A)[ \t]*#\+(?i:end)_(?i:quote)[^\n]*)"
    r"|(?P<definition>(?:(?<=\n)|\A)\[fn:(?P<defined>[\w-]{1,80})\][ \t]*)"
    r"|(?P<part>\n[ \t]*\n\s*|(?:(?<=\n)|\A)(?:[ \t]*#\+\w[^\n]*|\*+[ \t]+|[ \t]*(?:[-+]|\d{1,4}[.)]|\|)[ \t]+))"
    r"|\[cite(?P<style>/[\w/-]{1,20})?:(?P<group>[^\[\]]{1,1000})\]"
    r"|\[fn:(?P<note>[\w-]{1,80})\]"
    r"|(?P<inline>\[fn:[\w-]{0,80}:)"
    r"|\[\[(?P<target>[^\[\]]{1,1000})\](?:\[(?P<shown>[^\[\]]{1,1000})\])?\]"
    "|\u200b(?P<literal>[^\\w\\s])\u200b|(?P<nothing>\u200b)"
    r"|(?P<backslash>\\bsol\{\})|(?P<dots>\\(?:ldots|dots|hellip)(?:\{\})?)"
    r"|(?P<emphasis>(?<![\w\\])[*/_=~+](?=\S)|(?<=\S)[*/_=~+](?![\w]))"
    r"|(?P<open>\[)|(?P<close>\])"
)
_CHARACTERS = {"backslash": "\\", "dots": "…"}


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Give the paragraphs of an Org document, and those of its notes."""
    flow = Flow(masked(text, _NO_TEXT))
    flow.run(_MARKS, _mark, 0, len(text))
    yield from flow.paragraphs()


def _mark(match: re.Match[str], flow: Flow) -> None:
    start, end = match.span()
    if match["block"]:
        flow.begin_block()
    elif match["ended"]:
        flow.end_block()
    elif match["part"] or match["definition"]:
        flow.part(match["defined"] or "")
    elif match["group"] or match["note"]:
        _cite(match, flow)
    elif match["inline"]:
        flow.note()
    elif match["open"]:
        flow.weaver.put("[", start, end)
        flow.enter(lambda start, end: flow.weaver.put("]", start, end))
    elif match["close"]:
        if not flow.leave(start, end):
            flow.weaver.put("]", start, end)
    elif match["target"]:
        flow.weaver.copy(flow.text, *match.span("shown" if match["shown"] else "target"))
    else:
        flow.weaver.put(match["literal"] or _CHARACTERS.get(match.lastgroup or "", ""), start, end)


def _cite(match: re.Match[str], flow: Flow) -> None:
    if match["note"]:
        flow.weaver.cite("", note=match["note"])
    elif (match["style"] or "").startswith("/t"):
        cite_as_subject(match["group"], match.span(), flow.weaver)
    else:
        cite_all(match["group"], flow.weaver)
