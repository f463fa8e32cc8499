"""Markdown as Pandoc, Quarto and Obsidian write it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from docterm.quotes.check.forms.keys import KEY, cite_all, cite_as_subject
from docterm.quotes.check.prose import Paragraph, Weaver, masked, weave
from docterm.text import Span

_NO_TEXT = re.compile(
    r"(?:\A|(?<=\n\n))---[ \t]*\n(?=[\w-]+:)(?:(?!---|\.\.\.)[^\n]*\n)*+(?:---|\.\.\.)[ \t]*$"  # settings, records
    r"|<!--(?s:.*?)(?:-->|\Z)"
    r"|^[ \t>]*(?P<fence>`{3,}+|~{3,}+)[^\n]*\n(?s:.*?)(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|\$\$(?s:[^$]{1,2000})\$\$",
    re.MULTILINE,
)
_MARKS = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<code>(?<!`)(?P<ticks>`{1,3})(?!`)[^`]{1,1000}(?P=ticks)(?!`))"
    r"|(?P<tag></?[A-Za-z][^<>\n]{0,500}>|<https?:[^<>\s]{1,500}>)"
    r"|(?P<image>!\[[^\[\]]{0,1000}\]\([^()\s]{0,1000}(?:[ ]\"[^\"\n]{0,500}\")?\))"
    r"|(?P<label>\[(?P<inside>[^\[\]@^][^\[\]]{0,1000})\]"
    r"(?:\((?:[^()\s]|\([^()\s]{0,200}\)){0,1000}(?:[ ]\"[^\"\n]{0,500}\")?\)|\{[^{}\n]{0,200}\}))"
    r"|\[\^(?P<note>[^\]\s]{1,80})\]"
    r"|(?P<inline>\^\[(?P<inner>(?:[^\[\]]|\[[^\[\]]{0,500}\]){1,2000})\])"
    r"|\[(?P<group>[^\[\]@]{0,500}(?<![\w\\])@[^\[\]]{1,1000})\]"
    rf"|(?P<narrative>(?<![\w\\]){KEY}(?:[ ]?\[(?P<place>[^\[\]@]{{0,200}})\]"
    r"|,[ ](?:paras?|pp?|¶{1,2}|Abs|S)\.?[ ]?\d[\d–-]{0,12})?)"
    r"|(?P<emphasis>\*{1,3}|~~|==|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w))"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<line>\\?\n[ \t]*(?:>[ \t]?)*)"
)
_LINE = re.compile(r"[^\n]*\n?")
_QUOTE = re.compile(r"[ ]{0,3}(?:>[ \t]?)+")
_CALLOUT = re.compile(r"\[!(?P<kind>[\w-]+)\][^\n]*")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\(?(?:\d{1,9}|[A-Za-z]|#|@[\w-]*)[.)]|:)[ \t]+(?:\[[ xX]\][ ])?")
_NOTE = re.compile(r"\[\^(?P<name>[^\]\s]{1,80})\]:[ \t]*")
_ALONE = re.compile(r"[ \t]*(?:#{1,6}[ \t]+|\|)")
_RULE = re.compile(r"[ \t]*(?:={3,}|(?:[-*_][ \t]*){3,})$")


@dataclass(slots=True)
class _State:
    """Where a reading of lines is: the paragraph that is open, and what it is part of."""

    text: str
    """The text, nothing in it masked."""
    spans: list[tuple[Span, int, str]] = field(default_factory=list)
    start: int = -1
    end: int = -1
    block: int = 0
    blocks: int = 0
    note: str = ""
    in_list: bool = False
    aside: bool = False
    """Whether what stands behind `>` is a remark, as `[!note]` says, and no quotation."""

    def close(self) -> None:
        if self.start >= 0:
            self.spans.append((Span(self.start, self.end), self.block, self.note))
        self.start = -1

    def take(self, start: int, end: int) -> None:
        if self.start < 0:
            self.start = start
        self.end = end


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Give the paragraphs of a Markdown text, and those of its notes."""
    shown = masked(text, _NO_TEXT)
    state = _State(text)
    for match in _LINE.finditer(shown):
        if match[0]:
            _take_line(shown, match.start(), match.start() + len(match[0].rstrip()), state)
    state.close()
    for span, block, note in state.spans:
        weaver = Weaver(block, note)
        weave(shown, span, _MARKS, _mark, weaver)
        yield weaver.paragraph()


def _take_line(text: str, start: int, end: int, state: _State) -> None:
    quoted = _QUOTE.match(text, start, end)
    body = quoted.end() if quoted else start
    if not text[body:end].strip():
        state.close()
        if quoted is None:
            state.block, state.aside = 0, False
        return
    if quoted is not None:
        _enter_quote(text, body, end, state)
        return
    if state.block and state.start >= 0 and not _begins(text, start, end):
        state.take(start, end)  # the mark may be left out on the lines that follow the first
        return
    if state.block:
        state.close()
        state.block = 0
    _take_body(text, start, end, state)


def _enter_quote(text: str, body: int, end: int, state: _State) -> None:
    callout = _CALLOUT.match(text, body, end)
    if callout is not None:
        state.close()
        state.aside = callout["kind"].lower() not in ("quote", "cite")
        state.block = 0
    if not state.block and not state.aside:
        state.close()
        state.blocks += 1
        state.block, state.note = state.blocks, ""
    if callout is None and not _is_callout_id(text[body:end]):
        state.take(body, end)


def _is_callout_id(line: str) -> bool:
    """Say whether a line is the name of a block in Obsidian."""
    return re.fullmatch(r"\^[\w-]+", line.strip()) is not None


def _begins(text: str, start: int, end: int) -> re.Match[str] | None:
    return _ALONE.match(text, start, end) or _ITEM.match(text, start, end) or _NOTE.match(text, start, end)


def _take_body(text: str, start: int, end: int, state: _State) -> None:
    note, item = _NOTE.match(text, start, end), _ITEM.match(text, start, end)
    indented = state.text.startswith(("    ", "\t"), start)
    if state.start < 0 and not indented:
        state.note = ""
        state.in_list = state.in_list and item is not None
    if note is not None:
        state.close()
        state.note = note["name"]
        state.take(note.end(), end)
    elif _RULE.match(text, start, end):
        state.close()
    elif item is not None and (state.start < 0 or state.in_list or text[start] in "-*+"):
        state.close()
        state.in_list = True
        state.take(item.end(), end)
    elif (alone := _ALONE.match(text, start, end)) is not None:
        state.close()
        state.take(alone.end(), end)
        state.close()
    elif not (indented and state.start < 0 and not state.in_list and not state.note):  # else it is code
        state.take(start, end)


def _mark(match: re.Match[str], weaver: Weaver) -> None:
    span = match.span()
    if match["escaped"]:
        weaver.put(match["escaped"], *span)
    elif match["label"]:
        weave(match.string, Span(*match.span("inside")), _MARKS, _mark, weaver)
    elif match["note"]:
        weaver.cite("", note=match["note"])
    elif match["inline"]:
        cite_all(match["inner"], weaver)
        if "@" not in match["inner"]:
            weaver.cite("", said=match["inner"])
    elif match["group"]:
        cite_all(match["group"], weaver)
    elif match["narrative"]:
        cite_as_subject(match["narrative"], span, weaver)
    elif match["entity"]:
        weaver.put(html.unescape(match["entity"]), *span)
    elif match["line"]:
        weaver.put("\n", *span)
