"""Blocks in a text file that docterm writes and the user writes around.

A block stands between two comments, `docterm:begin NAME SUM` and `docterm:end NAME`. The sum is that of what docterm
wrote: a block that does not have it any more was changed by hand and is left alone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping

from docterm.quotes.export.changes import Changes
from docterm.quotes.forms.prose import Comment

LAST = "references"
"""The name of the block that stays behind all others."""


def names(text: str, comment: Comment) -> list[str]:
    """Give the names of the blocks in a text, in their order."""
    return [found["name"] for found in _pattern(comment).finditer(text)]


def merge(text: str, blocks: Mapping[str, str], comment: Comment, known: Collection[str]) -> tuple[str, Changes]:
    """Give the text with each of `blocks`, a content by its name, brought up to date in its place or put at the end.

    Nothing else in the text is changed. `known` are the names that are not lost although no content is given for them.
    """
    changes = Changes()
    line = "\r\n" if "\r\n" in text else "\n"

    def renewed(found: re.Match[str]) -> str:
        name = found["name"]
        if name not in blocks:
            changes.lost += [] if name in known or name == LAST else [name]
            return found[0]
        inside, wanted = _plain(found["inside"]), _plain(blocks[name])
        if inside == wanted:
            fate = changes.unchanged
        else:
            fate = changes.updated if found["sum"] == checksum(inside) else changes.kept
        if name != LAST or fate is changes.kept:
            fate.append(name)
        return _block(name, wanted, comment, line) if fate is changes.updated else found[0]

    merged = _pattern(comment).sub(renewed, text)
    present = set(re.findall(rf"{re.escape(comment.before)}docterm:begin (\S+)", merged))
    fresh = [name for name in blocks if name not in present]
    changes.new += [name for name in fresh if name != LAST]
    changes.kept += sorted(present.intersection(blocks).difference(names(text, comment)))  # without its end
    return _put(merged, {name: blocks[name] for name in fresh}, comment, line), changes


def checksum(content: str) -> str:
    """Give the sum that tells whether a block is as docterm wrote it."""
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _put(text: str, blocks: Mapping[str, str], comment: Comment, line: str) -> str:
    """Put new blocks at the end, before the references where these stand already."""
    last = next((found for found in _pattern(comment).finditer(text) if found["name"] == LAST), None)
    place = len(text) if last is None else last.start()
    before, after = text[:place], text[place:]
    for name, content in blocks.items():
        gap = "" if not before or before.endswith(line * 2) else line if before.endswith(line) else line * 2
        before += f"{gap}{_block(name, _plain(content), comment, line)}{line}"
    return before + (line if blocks and after else "") + after


def _block(name: str, content: str, comment: Comment, line: str) -> str:
    begin = f"{comment.before}docterm:begin {name} {checksum(content)}{comment.after}"
    end = f"{comment.before}docterm:end {name}{comment.after}"
    return line.join([begin, "", *content.split("\n"), "", end])


def _plain(content: str) -> str:
    return content.replace("\r\n", "\n").strip("\n")


def _pattern(comment: Comment) -> re.Pattern[str]:
    before, after = re.escape(comment.before), re.escape(comment.after)
    return re.compile(
        rf"^{before}docterm:begin (?P<name>\S+) (?P<sum>[0-9a-f]{{12}}){after}\r?$\n(?P<inside>.*?)"
        rf"^{before}docterm:end (?P=name){after}(?=\r?$)",
        re.MULTILINE | re.DOTALL,
    )
