"""Foreign text in Markdown: escaped, so that it reads as it is and does nothing.

The specials are those of CommonMark and of Pandoc's Markdown (citations, notes, mathematics, sub- and
superscript, fancy lists). Quotation marks and dashes are left to the writer's own typography settings.
"""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"[\\`*_\[\]<>~^$|@]|&(?=#?\w+;)")
_LINE_MARK = re.compile(r"[#%+=:-]|\(?(?:\d{1,9}|[A-Za-z]|[ivxlcdm]{1,9}|[IVXLCDM]{1,9})(?=[.)](?:\s|$))", re.ASCII)
_PLAIN_KEY = re.compile(r"\w(?:\w|[:.#$%&+?~/-](?=\w))*", re.ASCII)
_WEB = re.compile(r"https?://[^\s<>\\\"`]+", re.IGNORECASE)


def escape(text: str) -> str:
    """Give `text` with Markdown's inline specials escaped."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def guard_line(line: str) -> str:
    """Give a line that is escaped already, so that no heading, list, rule or definition begins it."""
    match = _LINE_MARK.match(line)
    if match is None:
        return line
    # A mark is escaped itself; a list number by the stop or bracket behind it.
    place = 0 if match[0] in "#%+=:-" else match.end()
    return f"{line[:place]}\\{line[place:]}"


def italic(text: str) -> str:
    """Give `text` in italics, escaped."""
    return f"*{escape(text)}*" if text else ""


def link(url: str) -> str:
    """Give a web address as a link to itself, and anything else as text."""
    return f"<{url}>" if is_web(url) else escape(url)


def is_web(url: str) -> bool:
    """Say whether a link can be made of `url`: an address of the web, with nothing that would end the link."""
    return _WEB.fullmatch(url) is not None


def citation_key(key: str) -> str:
    """Give a key as Pandoc reads it: bare where its rule allows, else in braces.

    The rule (pandoc manual, "Citation syntax"): begins with a letter, digit or `_`; single internal
    punctuation marks.
    """
    if _PLAIN_KEY.fullmatch(key):
        return f"@{key}"
    return "@{" + re.sub(r"[{}\s]", "_", key) + "}"
