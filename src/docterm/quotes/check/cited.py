"""What the citations of a manuscript name: documents of the library, and places in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from docterm.library.model import Document, Number, Passage
from docterm.quotes.check.prose import Cited
from docterm.quotes.reference import field, short_authors, year
from docterm.quotes.works import completed
from docterm.text import fold, label, words

_YEAR = re.compile(r"(?<!\d)((?:1[5-9]|20)\d\d)[a-z]?(?!\w)|(\bn\.\s?d\.)")
_OUTSIDE = re.compile(r"^(?:see |cf\. )?[^\W\d_a-z][^\d()]{1,80}(?:, | & [^\d,]{1,40},? )(?:1[5-9]|20)\d\d[a-z]?(?!\w)")
"""An author, a comma, a year: a citation, even where nothing in the library is meant. “In May 2019” is none."""
_KINDS = {
    "paragraph": r"paras?|pars?|paragraphs?|paragr|¶{1,2}|abs|absätze|absatz|párrs?|párrafos?|akap|st|п",
    "page": r"pp?|pgs?|pages?|ss?|seiten?|str|págs?|páginas?|с",
}
_NUMBER = r"\d{1,6}[a-z]{0,2}(?![\w])"
_RANGE = rf"{_NUMBER}(?:\s?[-–—]{{1,2}}\s?{_NUMBER})?"
_LIST = rf"{_RANGE}(?:\s?(?:,|&|and|und|et|y)\s?{_RANGE}){{0,20}}"
_LABELLED = re.compile(
    rf"(?<![\w])(?:(?P<paragraph>{_KINDS['paragraph']})|(?P<page>{_KINDS['page']}))\.?\s*(?P<list>{_LIST})",
    re.IGNORECASE,
)
_BARE = re.compile(rf"\s*[,:]?\s*(?P<list>{_LIST})\s*")
_BEHIND_YEAR = re.compile(rf"\s*[,:]\s*(?P<list>{_LIST})\s*$")
_LAST = re.compile(rf"(?:\w{{1,12}}\.?\s?|¶\s?)?{_RANGE}\W*$")
_EACH = re.compile(rf"({_NUMBER})(?:\s?[-–—]{{1,2}}\s?({_NUMBER}))?")


@dataclass(frozen=True, slots=True)
class Where:
    """A place as a citation names it: pages or paragraphs, one or several."""

    is_page: bool
    ranges: tuple[tuple[Number, Number], ...]

    def can_be_checked(self, passages: Sequence[Passage]) -> bool:
        """Say whether the passages have numbers of this kind."""
        return not self.is_page or any(passage.locator.page is not None for passage in passages)

    def names(self, passages: Sequence[Passage], document: Document) -> bool:
        """Say whether one of the passages stands there. Pages count as the file has them, or as the work is printed."""
        return any(
            first <= number <= last
            for passage in passages
            for number in (_pages(passage, document) if self.is_page else _paragraph(passage))
            for first, last in self.ranges
        )


def _paragraph(passage: Passage) -> list[int]:
    return [] if passage.number is None else [passage.number]


def _pages(passage: Passage, document: Document) -> list[int]:
    """Give the numbers that a page may be cited by: its label, its place in the file, and counted from the first."""
    if passage.locator.page is None:
        return []
    pages = [passage.locator.page]
    if passage.locator.page_label.isdecimal():
        pages.append(int(passage.locator.page_label))
    first = re.match(r"\d{1,6}", field(document.record, "page"))
    return [*pages, passage.locator.page + int(first[0]) - 1] if first else pages


def locator(said: str) -> Where | None:
    """Read a place as it is cited, `paras. 4–6`, `S. 3`, `12`; a bare number is a page. None where there is none."""
    found = _LABELLED.search(said) or _BARE.fullmatch(said)
    if found is None:
        year_said = _YEAR.search(said)
        found = _BEHIND_YEAR.match(said, year_said.end()) if year_said else None
    if found is None:
        return None
    is_page = found.groupdict().get("paragraph") is None
    pairs = ((match[1], match[2] or match[1]) for match in _EACH.finditer(found["list"]))
    return Where(is_page, tuple(_range(first.lower(), last.lower()) for first, last in pairs))


def _range(first: str, last: str) -> tuple[Number, Number]:
    """Read a range; its end may be shortened, as in 121–23."""
    if last.isdecimal() and first.isdecimal() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return Number.parse(first), Number.parse(last)


def says(passages: Sequence[Passage]) -> str:
    """Give the place of passages: `para. 4`, `paras. 4–6, p. 3`."""
    numbers = [str(passage.number) for passage in passages if passage.number is not None]
    pages = list(dict.fromkeys(passage.locator.shown_page for passage in passages if passage.locator.shown_page))
    parts = []
    if numbers:
        parts.append(f"para. {numbers[0]}" if len(numbers) == 1 else f"paras. {numbers[0]}–{numbers[-1]}")
    if pages:
        parts.append(f"p. {pages[0]}" if len(pages) == 1 else f"pp. {pages[0]}–{pages[-1]}")
    return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Cites:
    """What is cited for a quotation."""

    inside: tuple[tuple[str, Cited], ...]
    """Documents of the library, by key, and how they are cited."""
    outside: tuple[str, ...] = ()
    """How others are named."""

    def __bool__(self) -> bool:
        return bool(self.inside or self.outside)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the documents, each once."""
        return tuple(dict.fromkeys(key for key, _ in self.inside))

    @property
    def names(self) -> tuple[str, ...]:
        """How all of them are named."""
        return (*self.keys, *self.outside)

    def of(self, key: str) -> list[Cited]:
        """Give the citations of a document."""
        return [cited for name, cited in self.inside if name == key]


class _Named(NamedTuple):
    """By what a citation names a document: the words of its first author's name, and the year."""

    names: frozenset[str]
    year: str
    key: str


class Naming:
    """Which documents of a library citations mean."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._keys: dict[str, str] = {}
        self._by_word: dict[str, list[_Named]] = {}
        self._by_field: dict[tuple[str, str], str] = {}
        for document in documents:
            self._keys[document.key.casefold()] = document.key
            record = completed(document.record, document.title, document.source, document.date)
            first = short_authors(record).split(" & ")[0].removesuffix(" et al.")
            names = frozenset(words(first))
            if names:
                named = _Named(names, year(record), document.key)
                self._by_word.setdefault(max(names, key=len), []).append(named)
            for name in ("DOI", "URL", "title"):
                if value := _plain(field(record, name)):
                    self._by_field.setdefault((name, value), document.key)

    def resolve(self, citations: Sequence[Cited]) -> Cites:
        """Give the documents that citations name, and what they name besides."""
        inside: list[tuple[str, Cited]] = []
        outside: list[str] = []
        for cited in citations:
            keys = self._keys_of(cited)
            inside += [(key, cited if cited.locator else _located(cited)) for key in keys]
            if not keys and (cited.key or _is_outside(cited)):
                outside.append(label(cited.key or cited.said, 80))
        return Cites(tuple(inside), tuple(dict.fromkeys(outside)))

    def _keys_of(self, cited: Cited) -> list[str]:
        if cited.key and (key := self._keys.get(cited.key.casefold())) is not None:
            return [key]
        if cited.item:
            return self._of_item(cited)
        said = frozenset(words(cited.said))
        years = {found[1] or "n.d." for found in _YEAR.finditer(cited.said)}
        near = (each for word in said for each in self._by_word.get(word, ()))
        return sorted(each.key for each in near if each.names <= said and (each.year in years or not years))

    def _of_item(self, cited: Cited) -> list[str]:
        """Find the document of a record: by its own key, else by what no two works share."""
        named = self._keys.get(field(cited.item, "citation-key").casefold())
        if named is not None:
            return [named]
        values = ((name, _plain(field(cited.item, name))) for name in ("DOI", "URL", "title"))
        found = (self._by_field[each] for each in values if each[1] and each in self._by_field)
        return list(found)[:1]


def _is_outside(cited: Cited) -> bool:
    """Say whether a citation without a key, which means nothing in the library, is one all the same."""
    in_note = cited.at == cited.end
    return (_YEAR.search(cited.said) if in_note else _OUTSIDE.match(cited.said.strip())) is not None


def _located(cited: Cited) -> Cited:
    """Give a citation by author and year with the place that it names."""
    year_said = _YEAR.search(cited.said)
    rest = cited.said[year_said.end() :] if year_said else (_LAST.search(cited.said) or [""])[0]
    return Cited(cited.at, cited.end, cited.key, rest.strip(" ,.:;") if locator(cited.said) else "", cited.said)


def _plain(value: str) -> str:
    return " ".join(fold(word) for word in words(value.removeprefix("https://doi.org/")))
