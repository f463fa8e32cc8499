"""Markdown with citations as the style has them, and Markdown with citation keys for Pandoc, Quarto and Obsidian."""

from __future__ import annotations

import json
from collections.abc import Sequence

from docterm.quotes import markdown
from docterm.quotes.forms.prose import Cited, Comment, Listed, Prose, behind, in_form, key_locator, led, run_in
from docterm.quotes.quotation import Setting
from docterm.quotes.runs import as_markdown
from docterm.quotes.works import Mode

_COMMENT = Comment("<!-- ", " -->")


def _quote(cited: Cited) -> str:
    if not cited.in_note:
        return _written(cited, as_markdown(cited.runs))
    name = f"q{cited.quote_id[-8:].lower()}"
    return f"{_written(cited, f'[^{name}]')}\n\n[^{name}]: {as_markdown(cited.runs)}"


def _keyed(cited: Cited) -> str:
    key, place = markdown.citation_key(cited.key), markdown.escape(key_locator(cited))
    prefix = f"{markdown.escape(cited.prefix)} " if cited.prefix else ""
    if cited.mode is Mode.NARRATIVE:
        return _written(cited, f"{prefix}{key} [{place}]")
    sign = "-" if cited.mode is Mode.YEAR else ""
    return _written(cited, f"[{prefix}{sign}{key}, {place}]")


def _written(cited: Cited, citation: str) -> str:
    paragraphs = [in_form(line, markdown.escape, "*", "*") for line in cited.quotation.paragraphs]
    if cited.quotation.setting is Setting.RUN_IN:
        return run_in(cited, paragraphs[0], citation)
    lines = [markdown.guard_line(line) for line in paragraphs]
    if cited.quotation.setting is Setting.BLOCK:
        return led(cited, behind(cited, "\n>\n".join(f"> {line}" for line in lines), citation), citation)
    return led(cited, behind(cited, "\n\n".join(lines), citation), citation)


def _references(listed: Sequence[Listed], _: bool) -> str:
    entries = dict.fromkeys(markdown.guard_line(as_markdown(work.runs)) for work in listed)
    return "\n\n".join(["## References", *entries])


def _records(listed: Sequence[Listed], own_file: bool) -> str:
    """Give the records as metadata, which Pandoc takes from anywhere in a file; what is pasted has none."""
    if not own_file:
        return ""
    items = ",\n".join(
        json.dumps(item, ensure_ascii=True) for item in {work.key: work.item for work in listed}.values()
    )
    return f"---\nreferences: [\n{items}\n]\n---"


MARKDOWN = Prose(_quote, _references, _COMMENT)
PANDOC = Prose(_keyed, _records, _COMMENT)
