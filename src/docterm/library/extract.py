"""From the bytes of a file to clean, numbered passages: the one boundary that foreign text crosses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from docterm.errors import ReadError
from docterm.library.fingerprint import Sketch, sketch
from docterm.library.model import Block, Locator, Passage, Role
from docterm.library.readers import READERS, Extract, ReaderSpec, reader_for
from docterm.text import label, sanitise, words

_BYLINE_START = re.compile(r"^(?:words |text |written |reported )?by\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Text:
    """A file's text as docterm keeps it."""

    reader: str
    """Name and version of the reader, so that a better one reads the file again."""
    meta: dict[str, str]
    passages: tuple[Passage, ...]
    words: int
    """Words of the body paragraphs."""
    paragraphs: int
    sketch: Sketch


def require_reader(path: PurePath) -> ReaderSpec:
    """Give the reader for a file name; raise ReadError when docterm has none for it."""
    spec = reader_for(path)
    if spec is None:
        known = ", ".join(suffix for reader in READERS for suffix in reader.suffixes)
        raise ReadError(
            f"docterm has no reader for {label(path.suffix) or 'a file without a suffix'}.", f"It reads {known}."
        )
    return spec


def extract(path: PurePath, data: bytes) -> Text:
    """Read the bytes of the file named `path`. Raises ReadError when they are not what the name says."""
    spec = require_reader(path)
    extracted = spec.load()(data)
    passages = _number(extracted.blocks)
    body = [passage.text for passage in passages if passage.role is Role.BODY]
    return Text(
        reader=spec.stamp,
        meta=_describe(extracted, passages),
        passages=passages,
        words=sum(len(words(text)) for text in body),
        paragraphs=len(body),
        sketch=sketch(passage.text for passage in passages),
    )


def _number(blocks: tuple[Block, ...]) -> tuple[Passage, ...]:
    """Sanitise the blocks and number the body paragraphs from 1."""
    passages: list[Passage] = []
    number = 0
    for block in blocks:
        text = sanitise(block.text).replace("\n", " ").strip()
        if not text:
            continue
        number += block.role is Role.BODY
        locator = Locator(
            number if block.role is Role.BODY else None, block.page, tuple(label(heading) for heading in block.headings)
        )
        passages.append(Passage("", len(passages), block.role, text, locator))
    return tuple(passages)


def _describe(extracted: Extract, passages: tuple[Passage, ...]) -> dict[str, str]:
    """Complete what the file says of itself by its title, byline and date blocks."""
    meta = {label(name): label(value, 1000) for name, value in extracted.meta.items()}
    for name, role in (("title", Role.TITLE), ("author", Role.BYLINE), ("date", Role.DATE)):
        found = next((passage.text for passage in passages if passage.role is role), "")
        if found:
            meta.setdefault(name, label(_BYLINE_START.sub("", found) if role is Role.BYLINE else found, 1000))
    return meta
