"""Web pages that never end, never close, and never stop nesting."""

from __future__ import annotations

import json
from collections.abc import Callable

_ESCAPES = "&#27;]0;owned&#7; &#155;31m &#x202e;txet&#x202c; [@click=app.quit]press[/] [/etc/passwd] [sic] &#x200b;"


def good() -> bytes:
    """Give a page with nothing wrong in it."""
    body = "".join(f"<p>Paragraph {n} of an article says what a paragraph says, and ends.</p>" for n in range(30))
    head = '<title>A page</title><meta name="author" content="N. N."><script type="application/ld+json">{}</script>'
    return f"<!doctype html><html><head>{head}</head><body><article><h1>A page</h1>{body}</article></body>".encode()


def _page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


def _nested(tag: str, count: int, weight: float, text: str = "words of the page") -> bytes:
    return _page(f"<{tag}>" * int(count * weight) + text)


def _attributes(weight: float) -> bytes:
    return _page("<p " + " ".join(f"a{n}='x'" for n in range(int(50_000 * weight))) + ">words</p>")


def _tables(weight: float) -> bytes:
    return _page("<table><tr><td>" * int(20_000 * weight) + "x")


def _misnested(weight: float) -> bytes:
    """Formatting that is never closed is opened again in each paragraph."""
    return _page("<b><i><u><font>" * 50 + "<p>x" * int(200_000 * weight))


def _data(weight: float) -> bytes:
    deep = "[" * int(100_000 * weight)
    wide = json.dumps({"@type": "Article", "headline": "\x1b]0;owned\x07", "author": [{"name": "x"}] * 50_000})
    return _page(
        "<p>words of the page</p>",
        f'<script type="application/ld+json">{deep}</script><script type="application/ld+json">{wide}</script>',
    )


def _calls(_: float) -> bytes:
    """Everything that a browser would fetch or run."""
    there = "http://127.0.0.1:9/x"
    head = f'<base href="{there}"><link rel="stylesheet" href="{there}">'
    head += f'<meta http-equiv="refresh" content="0;url={there}">'
    body = (
        f'<img src="{there}"><iframe src="file:///etc/passwd"></iframe><object data="{there}"></object><p>words</p>'
        f'<script src="{there}"></script><script>while(1){{}}</script><svg onload="alert(1)"><script>x</script></svg>'
    )
    return _page(body, head)


KINDS: dict[str, Callable[[float], bytes]] = {
    "html/divs.html": lambda weight: _nested("div", 200_000, weight),
    "html/tables.html": _tables,
    "html/lists.html": lambda weight: _nested("ul><li", 100_000, weight),
    "html/formatting.html": lambda weight: _nested("b", 200_000, weight),
    "html/quotes.html": lambda weight: _nested("blockquote", 100_000, weight),
    "html/svg.html": lambda weight: _nested("svg", 100_000, weight),
    "html/templates.html": lambda weight: _nested("template", 50_000, weight),
    "html/misnested.html": _misnested,
    "html/attributes.html": _attributes,
    "html/attribute-endless.html": lambda weight: _page('<p title="' + "x" * int(19_000_000 * weight)),
    "html/never-closed.html": lambda weight: _page("<p><a><em>words " * int(300_000 * weight)),
    "html/comments.html": lambda weight: b"<!-- - -->" * int(1_900_000 * weight) + b"<html><p>words",
    "html/comment-open.html": lambda weight: b"<html>" + b"<!--" * int(4_000_000 * weight),
    "html/entities.html": lambda weight: _page("<p>" + "&amp" * int(4_000_000 * weight)),
    "html/references.html": lambda _: _page(
        "<p>&#0;&#x110000;&#xD800;&#99999999999;&#x1b;]0;owned&#7; words</p>" * 999
    ),
    "html/brackets.html": lambda weight: _page("<" * int(10_000_000 * weight)),
    "html/script.html": lambda weight: _page("<script>" + "x=1;" * int(4_000_000 * weight)),
    "html/calls.html": _calls,
    "html/data.html": _data,
    "html/escapes.html": lambda _: _page(f"<h1>{_ESCAPES}</h1><p>{_ESCAPES}</p>" * 20, f"<title>{_ESCAPES}</title>"),
    "html/one-word.html": lambda weight: _page("<p>" + "a" * int(15_000_000 * weight)),
    "html/empty.html": lambda _: b"<html></html>",
    "html/charset-odd.html": lambda _: b"<html><meta charset=nonsense><p>caf\xe9 \x9b31m \x1b$B\x1b(B words",
    "html/charset-7.html": lambda _: b"<html><meta charset=utf-7><p>+ADw-script+AD4-alert(1) words",
    "html/too-large.html": lambda _: _page("<p>words</p>" * 1_800_000),
}  # fmt: skip
