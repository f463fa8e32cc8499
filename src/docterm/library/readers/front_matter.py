"""What a text file says of itself in the block of `key: value` lines at its head."""

from __future__ import annotations

import re

_FENCE = "---"
_ENDS = (_FENCE, "...")
_LONGEST = 500
"""Lines: what has no end within so many is no front matter."""
_ENTRY = re.compile(r"([^\W\d_][\w -]{0,63}):(?:[ \t]+(.*))?")
_LIST_ITEM = re.compile(r"""\s*("[^"]*"|'[^']*'|[^,]*)\s*(?:,|$)""")


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """Give the front matter of `text` by lower-case name, and the text below it.

    It is a small part of YAML: strings, quoted strings, and `[a, b]` lists, whose items are joined by "; ".
    Anything else in the block (nested tables, comments) is left out. A text that does not begin with `---`,
    a line `key: value` and, later, a closing `---` has no front matter and is given back whole.
    """
    lines = text.split("\n", _LONGEST)
    end = next((n for n, line in enumerate(lines[1:_LONGEST], 1) if line.rstrip() in _ENDS), 0)
    entries = [match for line in lines[1:end] if (match := _ENTRY.fullmatch(line.rstrip()))]
    if lines[0].rstrip() != _FENCE or not entries:
        return {}, text
    meta = {match[1].rstrip().lower(): _value(match[2] or "") for match in entries}
    return {name: value for name, value in meta.items() if value}, "\n".join(lines[end + 1 :])


def _value(raw: str) -> str:
    raw = raw.strip()
    if raw.startswith("[") and raw.endswith("]"):
        items = (_scalar(item) for item in _LIST_ITEM.findall(raw[1:-1]))
        return "; ".join(item for item in items if item)
    if raw[:1] in ("|", ">", "{", "&", "*", "#"):
        return ""
    return _scalar(raw)


def _scalar(raw: str) -> str:
    """Give one value without its quotation marks, or without the comment after it."""
    raw = raw.strip()
    if len(raw) >= 2 and raw[0] == raw[-1] == '"':
        return raw[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    if len(raw) >= 2 and raw[0] == raw[-1] == "'":
        return raw[1:-1].replace("''", "'")
    return raw.partition(" #")[0].rstrip()
