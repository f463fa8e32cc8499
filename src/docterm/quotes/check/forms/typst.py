"""Typst."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docterm.quotes.check.flow import Flow
from docterm.quotes.check.prose import Paragraph, masked

_NO_TEXT = re.compile(
    r"(?<![:\\])//[^\n]*|/\*(?s:.*?)(?:\*/|\Z)"
    r"|(?P<fence>`{3,}+)(?s:.*?)(?:(?P=fence)|\Z)|(?<!\\)`[^`\n]{1,1000}`|(?<!\\)\$(?s:[^$]{1,1000})\$"
    r"|^[ \t]*#(?:set|let|import|show|include|bibliography)\b[^\n]*",
    re.MULTILINE,
)
_KEY = r"\w(?:[\w.:-]{0,199}\w)?"
_ARGUMENTS = r"\((?P<{}>(?:[^()\[\]]|\[(?:[^\[\]]|\[[^\[\]]{{0,200}}\]){{0,500}}\]|\([^()]{{0,200}}\)){{0,1000}})\)"
_MARKS = re.compile(
    r"(?P<part>\n[ \t]*\n\s*|(?:(?<=\n)|\A)[ \t]*(?:=+|[-+/]|\d{1,4}\.)[ \t]+)"
    rf"|(?P<quote>#quote(?:{_ARGUMENTS.format('about')})?\[)"
    rf"|#cite{_ARGUMENTS.format('cite')}"
    rf"|(?<![\w\\])@(?P<key>{_KEY})(?:\[(?P<place>(?:[^\[\]]|\[[^\[\]]{{0,100}}\]){{0,200}})\])?"
    r"|(?P<note>#footnote\[)"
    rf"|(?P<call>#[a-z][\w.-]*(?:{_ARGUMENTS.format('given')})?)(?P<opened>\[)?"
    r"|\\u\{(?P<code>[0-9a-fA-F]{1,6})\}|\\(?P<escaped>[^\s\w])|(?P<line>\\(?=\s))"
    r"|(?P<space>~)|(?P<label><[\w.:-]{1,200}>)"
    r"|(?P<emphasis>(?<!\w)[*_]+(?=\S)|(?<=\S)[*_]+(?!\w))"
    r"|(?P<open>\[)|(?P<close>\])"
)
_WORK = re.compile(rf"<(?P<label>{_KEY})>|label\(\"(?P<named>[^\"]{{1,200}})\"\)|@(?P<at>{_KEY})")
_SUPPLEMENT = re.compile(r"supplement:\s*\[((?:[^\[\]]|\[[^\[\]]*\])*)\]")
_BEHIND = re.compile(r"@[\w.:-]+\[([^\[\]]*)\]")
_ESCAPE = re.compile(r"\\(.)")


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Give the paragraphs of a Typst document, and those of its notes."""
    flow = Flow(masked(text, _NO_TEXT))
    flow.run(_MARKS, _mark, 0, len(text))
    yield from flow.paragraphs()


def _mark(match: re.Match[str], flow: Flow) -> None:
    start, end = match.span()
    if match["part"]:
        flow.part()
    elif match["quote"]:
        _quote(match, flow)
    elif match["cite"] is not None:
        _cite(match["cite"], flow, start, end)
    elif match["key"]:
        flow.weaver.cite(match["key"], _plain(match["place"] or ""))
    elif match["note"]:
        flow.note()
    elif match["opened"]:
        flow.enter()
    elif match["open"]:
        flow.weaver.put("[", start, end)
        flow.enter(lambda start, end: flow.weaver.put("]", start, end))
    elif match["close"]:
        if not flow.leave(start, end):
            flow.weaver.put("]", start, end)
    else:
        flow.weaver.put(_character(match), start, end)


def _character(match: re.Match[str]) -> str:
    if match["code"]:
        code = int(match["code"], 16)
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
    if match["line"] or match["space"]:
        return " "
    return match["escaped"] or ""


def _quote(match: re.Match[str], flow: Flow) -> None:
    about = match["about"] or ""
    work, supplement = _WORK.search(about), _BEHIND.search(about) or _SUPPLEMENT.search(about)

    def cite() -> None:
        if work is not None:
            place = _plain(supplement[1]) if supplement else ""
            flow.weaver.cite(work["label"] or work["named"] or work["at"], place)

    if re.search(r"\bblock:\s*true\b", about) is None:
        flow.quote(*match.span(), cite)
        return

    def end(start: int, end: int) -> None:
        cite()
        flow.end_block()

    flow.begin_block()
    flow.enter(end)


def _cite(arguments: str, flow: Flow, start: int, end: int) -> None:
    work, supplement = _WORK.search(arguments), _SUPPLEMENT.search(arguments)
    if work is None:
        return
    key = work["label"] or work["named"] or work["at"]
    narrative = re.search(r"form:\s*\"(?:prose|author)\"", arguments) is not None
    flow.weaver.cite(key, _plain(supplement[1]) if supplement else "", narrative=narrative)
    if narrative:
        flow.weaver.put(key.capitalize(), start, end)


def _plain(text: str) -> str:
    return _ESCAPE.sub(r"\1", text).replace("~", " ")
