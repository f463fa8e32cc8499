"""What a library holds: documents, passages, roles, addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from docterm.errors import Code, LibraryError
from docterm.library.bibliography.origin import Source
from docterm.text import label

Record = Mapping[str, Any]
"""The bibliographic description of a document: one CSL-JSON item, every string in it sanitised."""


class Role(StrEnum):
    """What a block of a document is. Only BODY is numbered, searched and quoted by address."""

    TITLE = "title"
    DECK = "deck"
    BYLINE = "byline"
    DATE = "date"
    SUBHEAD = "subhead"
    BODY = "body"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    RELATED = "related"
    LINKS = "links"
    FURNITURE = "furniture"
    BOILERPLATE = "boilerplate"


class Kind(StrEnum):
    """How a document stands to what its record describes."""

    ORIGINAL = "original"
    """The user's own copy of a work of which docterm carries a digest."""
    DIGEST = "digest"
    """docterm's own paraphrase of a work, paragraph for paragraph."""
    DOCUMENT = "document"
    """Any other document."""


class Status(StrEnum):
    """Whether a document can be searched and read."""

    READY = "ready"
    REPLACED = "replaced"
    """A digest whose original is in the library."""
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document as its reader gives it: one unwrapped line of text and its role."""

    role: Role
    text: str
    page: int | None = None
    """The page of the file, from 1."""
    headings: tuple[str, ...] = ()
    page_label: str = ""
    """What the page calls itself, where that is not its number: `viii`."""


class Number(int):
    """The number of a body paragraph: a count from 1, and a letter for one that came between two others later.

    As in statutes: what is put in after paragraph 12 is 12a, so that 13 stays 13. Without a letter it is the integer.
    """

    letter: str

    def __new__(cls, count: int, letter: str = "") -> Number:
        """Give the number of a count and a letter, a to z, then aa."""
        made = super().__new__(cls, count)
        made.letter = letter
        return made

    @classmethod
    def parse(cls, text: str) -> Number:
        """Read `12` or `12a`; raise ValueError for anything else."""
        match = _NUMBER.fullmatch(text)
        if match is None:
            raise ValueError(f"{label(text, 40)} is not the number of a paragraph")
        return cls(int(match["count"]), match["letter"])

    def __str__(self) -> str:
        return f"{int(self)}{self.letter}"

    def __repr__(self) -> str:
        return f"Number({self})"

    def __bool__(self) -> bool:
        return True  # 0a, which stands before the first, is a number too

    def __eq__(self, other: object) -> bool:
        return isinstance(other, int) and _place(self) == _place(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((int(self), self.letter)) if self.letter else int.__hash__(self)

    def __lt__(self, other: int) -> bool:
        return _place(self) < _place(other)

    def __gt__(self, other: int) -> bool:
        return _place(self) > _place(other)


_NUMBER = re.compile("(?P<count>[0-9]{1,7})(?P<letter>[a-z]{0,3})")


def _place(number: int) -> tuple[int, int, str]:
    letter = number.letter if isinstance(number, Number) else ""
    return int(number), len(letter), letter


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a passage stands: body paragraph from 1, page, and the headings above it."""

    paragraph: int | None
    """Its number, a `Number` where that has a letter."""
    page: int | None = None
    headings: tuple[str, ...] = ()
    page_label: str = ""

    @property
    def shown_page(self) -> str:
        """The page as a reader would name it: its label, else its number, else nothing."""
        return self.page_label or ("" if self.page is None else str(self.page))

    def as_json(self) -> dict[str, Any]:
        """Give the locator in the shape of the command line's JSON."""
        return {
            "paragraph": None if self.paragraph is None else int(self.paragraph),
            "number": None if self.paragraph is None else str(self.paragraph),
            "page": self.page,
            "page_label": self.page_label,
            "heading": list(self.headings),
        }


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph (or title, caption, ...) of a document."""

    key: str
    index: int
    """Position among all passages of the document, from 0."""
    role: Role
    text: str
    """The canonical text: sanitised, unwrapped. Every span is in code points of it."""
    locator: Locator

    @property
    def number(self) -> int | None:
        """The body paragraph's number, or None."""
        return self.locator.paragraph

    @property
    def address(self) -> str | None:
        """`KEY:N` for a body paragraph, None for anything else."""
        return None if self.number is None else str(Address(self.key, self.number, self.number))


class Place(NamedTuple):
    """A place in a document: which of its passages (from 0, every role counted) and the code point in it."""

    passage: int
    offset: int


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the library and what is known of it."""

    key: str
    title: str
    source: str
    """The outlet or institution that speaks, or the empty string."""
    date: str
    """`2021-06-03`, `2021-06`, `2021`, or the empty string: never more than the record knows."""
    kind: Kind
    path: str
    """Relative to the library folder, with forward slashes; sanitised, for showing."""
    words: int
    paragraphs: int
    status: Status
    problem: str | None = None
    """Why the file cannot be read, and what to do."""
    record: Record = field(default_factory=dict)
    stamp: str = ""
    """What the text depends on: the file's SHA-256 and the reader. Another stamp, another text."""
    provenance: Mapping[str, Source] = field(default_factory=dict)
    """Where each field of the record comes from."""
    tags: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    code: Code | None = None
    """The problem, in a word."""
    notes: tuple[str, ...] = ()
    """What its reader guessed or left out, in sentences."""
    mark: str = ""
    """A hash of the words of its text, by which copies of it are known."""

    @property
    def speaker(self) -> str:
        """Who speaks, in lists and above texts: the source, else the authors' family names, else nothing."""
        return self.source or _family_names(self.record.get("author"))

    @property
    def passed_over(self) -> bool:
        """Whether it is nothing that could fail to be read: a link that leads out, a pipe, a folder met twice."""
        return self.code is Code.NOT_REGULAR

    def as_json(self) -> dict[str, Any]:
        """Give the document in the shape of `docterm.list/1`."""
        return {
            "key": self.key,
            "title": self.title,
            "source": self.source,
            "date": self.date,
            "kind": self.kind.value,
            "path": self.path,
            "words": self.words,
            "paragraphs": self.paragraphs,
            "status": self.status.value,
            "problem": self.problem,
            "code": self.code,
            "notes": list(self.notes),
            "tags": list(self.tags),
            "groups": list(self.groups),
        }


def _family_names(authors: object) -> str:
    """Give the names of one author or two, of more the first."""
    people = [name for name in authors if isinstance(name, dict)] if isinstance(authors, list) else []
    names = [_family_name(name) for name in people if _family_name(name)]
    return f"{names[0]} et al." if len(names) > 2 else " and ".join(names)


def _family_name(name: dict[str, Any]) -> str:
    parts = [name.get("non-dropping-particle"), name.get("family")] if name.get("family") else [name.get("literal")]
    return " ".join(part for part in parts if isinstance(part, str) and part)


_ADDRESS = re.compile(r"(?P<key>.+):(?P<first>[0-9]{1,7}[a-z]{0,3})(?:-(?P<last>[0-9]{1,7}[a-z]{0,3}))?")


@dataclass(frozen=True, slots=True)
class Address:
    """`KEY:N` or `KEY:N-M`: body paragraphs N to M of document KEY, in the order of the document."""

    key: str
    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.key}:{self.first}" if self.first == self.last else f"{self.key}:{self.first}-{self.last}"

    @staticmethod
    def looks_like(text: str) -> bool:
        """Say whether `text` has the form of an address."""
        return _ADDRESS.fullmatch(text) is not None

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read an address; raise LibraryError when it has not the form of one."""
        match = _ADDRESS.fullmatch(text.strip())
        if match is None:
            raise LibraryError(f"“{label(text)}” is not an address.", "Write KEY:N or KEY:N-M, for example voa2023:9.")
        first = Number.parse(match["first"])
        last = Number.parse(match["last"] or match["first"])
        if (first < 1 and not first.letter) or int(last) < int(first):
            raise LibraryError(
                f"“{label(text)}” names no paragraphs.", "Paragraphs count from 1, the lower number first."
            )
        return cls(match["key"], first, last)
