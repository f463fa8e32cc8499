"""The part of YAML that records are written in: mappings, lists, text. No anchors, no tags, no types.

pandoc and Better BibTeX write CSL-YAML with plain, quoted, folded and literal text, and lists in brackets; that is
what is read here, every value as text. What would need more is refused with a sentence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from docterm.errors import Code, ReadError

_DEPTH = 12
_MOST_LINES = 400_000
_KEY = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[\w][^:#\[\]{}"']{0,100}?)[ ]*:(?:[ ]+(.*)|$)""")
_REFUSED = {"&": "an anchor", "*": "an alias", "!": "a tag", "%": "a directive", "@": "an at sign", "`": "a backtick"}
_FLOW = re.compile(
    r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[\[\]{},]|:(?=\s|$)|[^\[\]{},"'\s](?:[^\[\]{},:]|:(?!\s|$))*)"""
)


def read_yaml(text: str) -> object:
    """Give what a YAML text holds, as mappings, lists and strings; raise ReadError for what docterm does not read."""
    raw = text.split("\n")
    if len(raw) > _MOST_LINES:
        raise ReadError(f"It has more than {_MOST_LINES:,} lines.", "Split the file.", Code.TOO_BIG)
    return _Reader(raw).document()


class _Reader:
    """One run over the lines of a text: `at` is the next line, cut into its indent and what stands behind it."""

    def __init__(self, raw: list[str]) -> None:
        self.raw = raw
        self.at = 0
        self.started = False
        self.line = 1
        self.inline: tuple[int, str] | None = None
        """What stands behind `- `, as a line of its own with the indent it has there."""

    def document(self) -> object:
        """Read the first document of the text."""
        line = self._peek()
        value = None if line is None else self._block(line[0], 0)
        if self._peek() is not None:
            raise self.fault("it is not indented like the lines above it")
        return value

    def fault(self, why: str) -> ReadError:
        """Give the error for the line that is being read."""
        return ReadError(f"Line {self.line}: {why}.", "docterm reads plain mappings and lists.", Code.MALFORMED)

    def _peek(self) -> tuple[int, str] | None:
        """Give the indent and the text of the next line that says something, or None at the end."""
        if self.inline is not None:
            return self.inline
        while self.at < len(self.raw):
            line = self.raw[self.at].rstrip()
            text = line.lstrip(" ")
            if text in ("---", "...") and self.started:
                self.at = len(self.raw)
            elif text and not text.startswith("#") and text != "---":
                self.started = True
                self.line = self.at + 1
                return len(line) - len(text), text
            else:
                self.at += 1
        return None

    def _next(self) -> None:
        self.inline = None
        self.at += 1

    def _block(self, indent: int, depth: int) -> object:
        """Read the list, mapping or text that begins at the next line."""
        if depth > _DEPTH:
            raise self.fault("it is nested too deep")
        line = self._peek()
        if line is None:
            return ""
        if line[1] == "-" or line[1].startswith("- "):
            return self._list(indent, depth)
        if _KEY.fullmatch(line[1]):
            return self._mapping(indent, depth)
        self._next()
        return self._value(line[1], indent - 1, depth)

    def _list(self, indent: int, depth: int) -> list[object]:
        items: list[object] = []
        while (line := self._peek()) is not None and line[0] == indent and (line[1] == "-" or line[1].startswith("- ")):
            rest = line[1][1:].lstrip(" ")
            if rest and not rest.startswith("#"):
                self.inline = (indent + len(line[1]) - len(rest), rest)
                items.append(self._block(self.inline[0], depth + 1))
            else:
                self._next()
                items.append(self._below(indent, depth))
        return items

    def _mapping(self, indent: int, depth: int) -> dict[str, object]:
        found: dict[str, object] = {}
        while (line := self._peek()) is not None and line[0] == indent and (match := _KEY.fullmatch(line[1])):
            name, rest = _unquoted(match[1]), (match[2] or "").strip()
            if name in found:
                raise self.fault(f"“{name[:40]}” stands there a second time")
            self._next()
            empty = not rest or rest.startswith("#")
            found[name] = self._below(indent, depth, lists=True) if empty else self._value(rest, indent, depth)
        return found

    def _below(self, indent: int, depth: int, *, lists: bool = False) -> object:
        """Read the block that is indented deeper; of a mapping's lists the items may stand under their name."""
        line = self._peek()
        if line is None or line[0] < indent or (line[0] == indent and not (lists and line[1].startswith("-"))):
            return ""
        return self._block(line[0], depth + 1)

    # --- text ---

    def _value(self, text: str, indent: int, depth: int) -> object:
        if text[0] in _REFUSED:
            raise self.fault(f"it has {_REFUSED[text[0]]}, which docterm does not read")
        if re.fullmatch(r"[|>][+-]?\d?[+-]?(?: +#.*)?", text):
            return self._literal(indent, folded=text[0] == ">")
        parts = [text, *self._continued(indent)]
        whole = " ".join(parts)
        if text[0] in "[{":
            return _Flow(self, whole).value(depth)
        if text[0] in "\"'":
            return _unquoted(whole)
        return re.split(r"(?:^| )#", whole, maxsplit=1)[0].strip()

    def _continued(self, indent: int) -> Iterator[str]:
        while (line := self._peek()) is not None and line[0] > indent:
            self._next()
            yield line[1]

    def _literal(self, indent: int, *, folded: bool) -> str:
        lines: list[str] = []
        while self.at < len(self.raw):
            line = self.raw[self.at].rstrip()
            if line and len(line) - len(line.lstrip(" ")) <= indent:
                break
            lines.append(line.strip())
            self.at += 1
        return (" " if folded else "\n").join(lines).strip()


def _unquoted(text: str) -> str:
    text = text.strip()
    if text.startswith('"'):
        try:
            return str(json.loads(text, strict=False))
        except ValueError:
            return text.strip('"')
    return text[1:-1].replace("''", "'") if text.startswith("'") and text.endswith("'") and len(text) > 1 else text


class _Flow:
    """One run over a value in brackets: `[a, [b, c], {d: e}]`."""

    def __init__(self, reader: _Reader, text: str) -> None:
        self._reader = reader
        self._tokens = [match[1] for match in _FLOW.finditer(" ".join(text.split()))]
        self._at = 0

    def _token(self) -> str:
        if self._at >= len(self._tokens):
            raise self._reader.fault("a bracket in it is not closed")
        return self._tokens[self._at]

    def _takes(self, token: str) -> bool:
        taken = self._token() == token
        self._at += taken
        return taken

    def value(self, depth: int) -> object:
        """Read a value; `depth` is how many it stands in."""
        if depth > _DEPTH:
            raise self._reader.fault("it is nested too deep")
        if self._takes("["):
            return self._list(depth)
        if self._takes("{"):
            return self._mapping(depth)
        token = self._token()
        self._at += 1
        if token[0] in _REFUSED:
            raise self._reader.fault(f"it has {_REFUSED[token[0]]}, which docterm does not read")
        return _unquoted(token)

    def _list(self, depth: int) -> list[object]:
        items: list[object] = []
        while not self._takes("]"):
            items.append(self.value(depth + 1))
            self._takes(",")
        return items

    def _mapping(self, depth: int) -> dict[str, object]:
        pairs: dict[str, object] = {}
        while not self._takes("}"):
            name = str(self.value(depth + 1))
            pairs[name] = self.value(depth + 1) if self._takes(":") else ""
            self._takes(",")
        return pairs
