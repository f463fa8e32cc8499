"""Formatted text as Pandoc gives it: runs of characters with their type, written as text, Markdown or HTML."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from docterm.quotes import markdown

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one type."""

    text: str
    italic: bool = False
    bold: bool = False
    small_caps: bool = False
    underline: bool = False
    position: str = ""
    """`super`, `sub`, or nothing."""
    url: str = ""


Runs = tuple[Run, ...]
_PLAIN = Run("")


def plain(text: str) -> Runs:
    """Give text as one run."""
    return (Run(text),) if text else ()


def text_of(runs: Iterable[Run]) -> str:
    """Give the characters alone."""
    return "".join(run.text for run in runs)


def is_raised(runs: Sequence[Run]) -> bool:
    """Say whether all of it stands above the line, as the numbers of notes do."""
    return bool(runs) and all(run.position == "super" for run in runs)


def closed(runs: Runs) -> Runs:
    """End runs with a full stop, unless they end with a mark of their own."""
    text = text_of(runs).rstrip(" *\"'”’»")
    return runs if text.endswith((".", "?", "!", "…")) else (*runs, Run("."))


def from_pandoc(nodes: Iterable[Json]) -> Runs:
    """Give inlines or blocks of Pandoc's JSON as runs; paragraphs and columns are divided by a space."""
    return _joined(_walk(nodes, _PLAIN))


_TYPES: Mapping[str, dict[str, Any]] = {
    "Emph": {"italic": True}, "Strong": {"bold": True}, "SmallCaps": {"small_caps": True},
    "Underline": {"underline": True}, "Superscript": {"position": "super"}, "Subscript": {"position": "sub"},
}  # fmt: skip


def _walk(nodes: Iterable[Json], style: Run) -> Iterator[Run]:
    for node in nodes:
        kind, content = node["t"], node.get("c", "")
        if kind in ("Space", "SoftBreak", "LineBreak"):
            yield replace(style, text=" ")
        elif kind in ("Str", "Code", "Math", "RawInline"):
            yield replace(style, text=content if kind == "Str" else content[1])
        else:
            yield from _inside(kind, content, style)


def _inside(kind: str, content: Any, style: Run) -> Iterator[Run]:  # noqa: ANN401 - it depends on the kind
    if kind in _TYPES:
        yield from _walk(content, replace(style, **_TYPES[kind]))
    elif kind == "Quoted":
        opening, closing = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
        yield from (replace(style, text=opening), *_walk(content[1], style), replace(style, text=closing))
    elif kind == "Link":
        yield from _walk(content[1], replace(style, url=content[2][0]))
    elif kind in ("Cite", "Span", "Div"):
        yield from _walk(content[1], style)
        if kind != "Cite" and (kind == "Div" or "csl-block" in content[0][1]):
            yield replace(style, text=" ")
    elif kind in ("Para", "Plain", "Note"):
        yield from _walk(content, style)


def _joined(runs: Iterable[Run]) -> Runs:
    """Join neighbours of one type, with single spaces and none at the ends."""
    joined = [
        replace(key, text="".join(run.text for run in group))
        for key, group in groupby(runs, lambda run: replace(run, text=""))
    ]
    result: list[Run] = []
    for run in joined:
        after_space = not result or result[-1].text.endswith(" ")
        text = _spaced(run.text)
        text = text.lstrip(" ") if after_space else text
        if text:
            result.append(replace(run, text=text))
    if result:
        result[-1] = replace(result[-1], text=result[-1].text.rstrip(" "))
    return tuple(run for run in result if run.text)


def _spaced(text: str) -> str:
    while "  " in text:
        text = text.replace("  ", " ")
    return text


# --- forms ---------------------------------------------------------------------------------------


def as_markdown(runs: Iterable[Run]) -> str:
    """Give runs as Markdown, escaped: raised characters and small capitals as HTML, which Markdown has no marks for."""
    return "".join(_marked(run, markdown.escape, _MARKDOWN, _markdown_link) for run in runs)


def as_html(runs: Iterable[Run]) -> str:
    """Give runs as HTML, escaped."""
    return "".join(_marked(run, _html_text, _HTML, _html_link) for run in runs)


_HTML = {
    "italic": ("<i>", "</i>"), "bold": ("<b>", "</b>"), "underline": ("<u>", "</u>"),
    "small_caps": ('<span style="font-variant:small-caps">', "</span>"),
    "super": ("<sup>", "</sup>"), "sub": ("<sub>", "</sub>"),
}  # fmt: skip
_MARKDOWN = _HTML | {"italic": ("*", "*"), "bold": ("**", "**")}


def _marked(
    run: Run, escape: Callable[[str], str], marks: Mapping[str, tuple[str, str]], link: Callable[[str, str], str]
) -> str:
    inner = run.text.strip(" ")
    if not inner:
        return escape(run.text)
    before, _, after = run.text.partition(inner)
    text = link(inner, run.url) if run.url else escape(inner)
    chosen = [name for name in ("italic", "bold", "underline", "small_caps") if getattr(run, name)]
    for name in [*chosen, *([run.position] if run.position else [])]:
        text = f"{marks[name][0]}{text}{marks[name][1]}"
    return f"{before}{text}{after}"


def _html_text(text: str) -> str:
    return html.escape(text, quote=False)


def _html_link(text: str, url: str) -> str:
    if not markdown.is_web(url):
        return _html_text(text)
    return f'<a href="{html.escape(url)}">{_html_text(text)}</a>'


def _markdown_link(text: str, url: str) -> str:
    if not markdown.is_web(url):
        return markdown.escape(text)
    return f"<{url}>" if text == url else f"[{markdown.escape(text)}](<{url}>)"
