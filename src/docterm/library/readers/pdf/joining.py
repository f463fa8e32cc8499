"""The lines of a paragraph made one text: hyphens set by a typesetter taken out, long addresses put together."""

from __future__ import annotations

import re
from collections.abc import Iterable

from docterm.library.readers.hyphens import join_lines
from docterm.library.readers.typeset import TypesetVocabulary

_LONGEST = 200
"""Characters of an address that are looked at."""
_ADDRESS = re.compile(r"(?:[^\s@]+@|\w+://|www\.|[^\W\d_]{2,}(?:\.[^\W\d_]{2,})+)\S*")
_BEGINS_WITH_MARK = re.compile(r"\[\d{1,3}\](?!\w)")
_DASHES = "-–—"


def join(texts: Iterable[str], vocabulary: TypesetVocabulary) -> str:
    """Give lines that are not empty as one."""
    stretches: list[list[str]] = []
    for text in texts:
        before = stretches[-1][-1] if stretches else ""
        torn_mark = vocabulary.close_marks and _BEGINS_WITH_MARK.match(text) is not None
        if before and (torn_mark or _is_torn_address(before, text)):
            stretches[-1][-1] = before + text
        elif before and not _is_free_dash(before):
            stretches[-1].append(text)
        else:
            stretches.append([text])
    return " ".join(join_lines(stretch, vocabulary) for stretch in stretches)


def _is_free_dash(text: str) -> bool:
    """Say whether a line ends with a dash, of one sign or more, between two words: a space follows it."""
    stripped = text.rstrip(_DASHES)
    return len(stripped) < len(text) and stripped.endswith(" ")


def _is_torn_address(before: str, after: str) -> bool:
    """Say whether an address or a path goes on in the next line: it was parted at one of its signs."""
    end = before[-_LONGEST:].rpartition(" ")[2]
    if end[-1:] == "/" and end[-2:-1].isalnum() and after[0].isalnum():
        return True
    if len(end) < 2 or not (after[0].islower() or after[0] in "/~_%?&=#" or after[0].isdigit()):
        return False
    if end[-1] == "/":
        return end[-2] != "/" or "://" in end
    if after.startswith("//"):
        return end.endswith(":")
    return end[-1] in ".:_@?&=#%" and _ADDRESS.match(end.lstrip("(<[")) is not None
