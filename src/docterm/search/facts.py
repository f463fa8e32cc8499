"""What a query may ask of a document apart from its passages: title, author, source, date, ..."""

from __future__ import annotations

from dataclasses import dataclass

from docterm.languages import stemmed_as
from docterm.library.model import Document
from docterm.search.tree import FieldName


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one document, as text: several authors or tags are parted by semicolons."""

    key: str
    title: str = ""
    author: str = ""
    source: str = ""
    type: str = ""
    tag: str = ""
    lang: str = ""
    path: str = ""
    date: str = ""
    """`2021-06-03`, `2021-06`, `2021` or nothing."""

    @property
    def stemmed_as(self) -> str:
        """The language by whose rules the words of the document have their grammatical forms."""
        return stemmed_as(self.lang)

    def value(self, name: FieldName) -> str:
        """Give the fact that a field of this name asks for; that of a passage, its page, is nothing here."""
        return "" if name == "page" else getattr(self, name)


def facts_of(document: Document) -> Facts:
    """Give the facts of a document of the library."""
    record = document.record
    return Facts(
        key=document.key,
        title=document.title,
        author="; ".join(_names(record.get("author"))),
        source=document.source,
        type=_text(record.get("type")),
        tag="; ".join(document.tags),
        lang=_text(record.get("language")),
        path=document.path,
        date=document.date,
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _names(authors: object) -> list[str]:
    people = [each for each in authors if isinstance(each, dict)] if isinstance(authors, list) else []
    parts = ("given", "non-dropping-particle", "family", "suffix", "literal")
    return [" ".join(_text(person.get(part)) for part in parts if person.get(part)) for person in people]
