"""From the bytes of a file to clean, numbered passages: the one boundary that foreign text crosses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from docterm.errors import Code, ReadError
from docterm.languages import language_code, language_of
from docterm.library.duplicates import text_mark
from docterm.library.fingerprint import Sketch, sketch
from docterm.library.model import Block, Locator, Passage, Role
from docterm.library.readers import Clue, Extract, ReaderSpec, reader_for, reader_of, readers
from docterm.text import ENGLISH, label, sanitise, strip_hidden, words

MOST_PASSAGES = 100_000
"""Paragraphs of a document: twenty times those of a long book."""
_AT_A_TIME = 64
"""Passages in one message between processes."""
_ROLES = tuple(Role)
_BYLINE_START = re.compile(r"^(?:words |text |written |reported )?by\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Text:
    """A file's text as docterm keeps it."""

    reader: str
    """Name and version of the reader, so that a better one reads the file again."""
    meta: dict[str, str]
    clues: dict[str, Clue]
    """By the names of `meta`, where some of it was found and how sure it is."""
    passages: tuple[Passage, ...]
    words: int
    """Words of the body paragraphs."""
    paragraphs: int
    sketch: Sketch
    mark: str = ""
    """A hash of the words of its body, the same in every file that has this text."""
    notes: tuple[str, ...] = ()
    """What the reader had to guess or leave out, in sentences."""

    def as_json(self) -> Iterator[dict[str, Any]]:
        """Give the text as JSON objects, to pass it from one process to another one by one.

        The passages follow what else is known, some at a time, in columns, and what many of them share stands there
        once: a process that reads objects of its own for each would need ten times the memory of the text.
        """
        places = [each.locator for each in self.passages]
        headings = {each: place for place, each in enumerate(dict.fromkeys(place.headings for place in places))}
        labels = {each: place for place, each in enumerate(dict.fromkeys(place.page_label for place in places))}
        yield {
            "reader": self.reader,
            "meta": self.meta,
            "clues": self.clues,
            "headings": list(headings),
            "labels": list(labels),
            "words": self.words,
            "paragraphs": self.paragraphs,
            "sketch": self.sketch,
            "mark": self.mark,
            "notes": self.notes,
        }
        for start in range(0, len(self.passages), _AT_A_TIME):
            run = self.passages[start : start + _AT_A_TIME]
            places = [each.locator for each in run]
            yield {
                "text": [each.text for each in run],
                "role": [_ROLES.index(each.role) for each in run],
                "number": [each.number for each in run],
                "page": [place.page for place in places],
                "label": [labels[place.page_label] for place in places],
                "headings": [headings[place.headings] for place in places],
            }


def text_from_json(data: Mapping[str, Any], runs: Iterable[Mapping[str, Any]]) -> Text:
    """Read what `as_json` gave first, and after it. The sender read a foreign file: every string is sanitised again.

    Raises ValueError, KeyError, IndexError or TypeError when the objects are no text.
    """
    headings = [tuple(label(each) for each in path) for path in data["headings"]]
    labels = [label(each) for each in data["labels"]]
    passages: list[Passage] = []
    for run in runs:
        columns = (run[name] for name in ("text", "role", "number", "page", "label", "headings"))
        for text, role, number, page, called, under in zip(*columns, strict=True):
            place = Locator(number, page, headings[under], labels[called])
            passages.append(Passage("", len(passages), _ROLES[role], _line(text), place))
    numbers = tuple(int(number) for number in data["sketch"])
    if not all(0 <= number < 1 << 64 for number in numbers):
        raise ValueError("a number of the sketch is too large")
    return Text(
        reader=label(data["reader"]),
        meta={label(name): label(value, 1000) for name, value in data["meta"].items()},
        clues={label(name): Clue(label(place), float(sure)) for name, (place, sure) in data["clues"].items()},
        passages=tuple(passages),
        words=int(data["words"]),
        paragraphs=int(data["paragraphs"]),
        sketch=numbers,
        mark=label(data["mark"]),
        notes=tuple(label(note) for note in data["notes"]),
    )


def _line(text: str) -> str:
    """Give a paragraph as its canonical text: safe, without what nobody sees, and one line."""
    return sanitise(strip_hidden(text)).replace("\n", " ").strip()


def require_reader(path: PurePath, data: bytes = b"") -> ReaderSpec:
    """Give the reader for a file by its content, where that shows, else by its name; a file without a suffix is text.

    Raises ReadError when docterm has none for it.
    """
    spec = reader_of(data) or reader_for(path if path.suffix or not data else path.with_suffix(".txt"))
    if spec is None:
        known = ", ".join(suffix for reader in readers() for suffix in reader.suffixes)
        raise ReadError(
            f"docterm has no reader for {label(path.suffix) or 'a file without a suffix'}.",
            f"It reads {known}.",
            Code.UNSUPPORTED,
        )
    return spec


def extract(path: PurePath, data: bytes) -> Text:
    """Read the bytes of the file named `path`. Raises ReadError when they are not what the name says."""
    spec = require_reader(path, data)
    extracted = spec.load()(data)
    passages = _number(extracted.blocks[:MOST_PASSAGES])
    body = [passage.text for passage in passages if passage.role is Role.BODY]
    notes = [label(note) for note in extracted.notes]
    if len(extracted.blocks) > MOST_PASSAGES:
        notes.append(f"It has {len(extracted.blocks):,} paragraphs: the first {MOST_PASSAGES:,} were read.")
    if reader_for(path) not in (spec, None):
        notes.append(f"By its content this is {spec.name}, whatever its name says.")
    if not passages:
        notes.append("There is no text in it.")
    meta, clues = _describe(extracted, passages, spec.confidence)
    if "language" not in meta and (language := _foreign(body, meta)):
        meta["language"], clues["language"] = language, _ITS_WORDS
    return Text(
        reader=spec.stamp,
        meta=meta,
        clues=clues,
        passages=passages,
        words=sum(len(words(text)) for text in body),
        paragraphs=len(body),
        sketch=sketch(passage.text for passage in passages),
        mark=text_mark(body),
        notes=tuple(notes),
    )


def _foreign(body: Sequence[str], meta: Mapping[str, str]) -> str:
    """Give the language that a text is in by its words, else by its page's mark, where it is another than English.

    Pages in every language are marked as English ones: the mark is that of the template.
    """
    language = language_of(word for text in body for word in words(text)) or language_code(meta.get("lang", ""))
    return "" if language == ENGLISH else language


def _number(blocks: tuple[Block, ...]) -> tuple[Passage, ...]:
    """Sanitise the blocks and number the body paragraphs from 1."""
    passages: list[Passage] = []
    number = 0
    for block in blocks:
        text = _line(block.text)
        if not text:
            continue
        number += block.role is Role.BODY
        locator = Locator(
            number if block.role is Role.BODY else None,
            block.page,
            tuple(label(heading) for heading in block.headings),
            label(block.page_label),
        )
        passages.append(Passage("", len(passages), block.role, text, locator))
    return tuple(passages)


_SEEN = (
    ("title", Role.TITLE, Clue("the headline", 0.85)),
    ("author", Role.BYLINE, Clue("the byline", 0.9)),
    ("date", Role.DATE, Clue("the date line", 0.9)),
)
"""What blocks tell, and how often that was right of articles in plain text."""
_ITS_WORDS = Clue("its words", 0.95)


def _describe(
    extracted: Extract, passages: tuple[Passage, ...], confidence: float
) -> tuple[dict[str, str], dict[str, Clue]]:
    """Complete what the file says of itself by its title, byline and date blocks."""
    clues = dict(extracted.clues)
    meta = {label(name): label(value, 1000) for name, value in extracted.meta.items()}
    for name, role, clue in _SEEN:
        found = next((passage.text for passage in passages if passage.role is role), "")
        if found and name not in meta:
            meta[name] = label(_BYLINE_START.sub("", found) if role is Role.BYLINE else found, 1000)
            clues[name] = clue._replace(sure=min(clue.sure, confidence))
    return meta, {name: clue for name, clue in clues.items() if name in meta}
