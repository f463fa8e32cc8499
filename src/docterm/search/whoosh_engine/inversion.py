"""Passages turned into the arrays of a segment: in memory, word by word, with no object for each posting.

words.*          the lexicon of surface words, folded, hyphenated ones joined too
postings         where each word's postings begin; `passages` and `counts` hold them, one item a posting
places           where each word's places begin; `positions` holds them, `counts` says how many are whose
stems.*          the lexicon of stems; `forms.starts` and `forms` say which words have each
lengths          the length of each passage in words, as Whoosh's byte
owners, indexes  the document of each passage (`documents` are their first passages) and its index there
pages            the page of each passage, as an index of the facts' list of pages
text, text.starts  the texts themselves, for patterns
"""

from __future__ import annotations

from array import array
from functools import lru_cache
from typing import Any, BinaryIO

from whoosh.util.numeric import length_to_byte

from docterm.search.whoosh_engine.layout import narrow, write_sections
from docterm.search.whoosh_engine.lexicon import COMPOUND, HEADING, LANGUAGE, encode, lexicon_sections, named, parsed
from docterm.search.whoosh_engine.segment import OpenSegment
from docterm.text import ENGLISH, compounds, has_compounds, stem, tokens, words

_BYTES = tuple(length_to_byte(length) for length in range(1024))


class Postings:
    """The postings of a word: passages, how often it stands in each, and where."""

    __slots__ = ("counts", "passages", "positions")

    def __init__(self) -> None:
        self.passages = array("I")
        self.counts = array("I")
        self.positions = array("I")


class _Table(dict[str, Postings]):
    def __missing__(self, word: str) -> Postings:
        postings = self[word] = Postings()
        return postings


class Inversion:
    """Passages on their way into a segment."""

    def __init__(self) -> None:
        self._table = _Table()
        self._lengths = bytearray()
        self._sizes = array("I")
        self._owners = array("I")
        self._indexes = array("I")
        self._pages = array("I")
        self._page_numbers: dict[str, int] = {}
        self._texts: list[bytes] = []
        self._documents = array("I")
        self._known: set[str] = set()
        self._language = ENGLISH
        self.keys: list[str] = []

    def __len__(self) -> int:
        return len(self._lengths)

    def begin(self, key: str, language: str = ENGLISH) -> None:
        """Begin a document; the passages that are added next are its, and have the stems of its language.

        Raises ValueError when it was here before.
        """
        if key in self._known:
            raise ValueError(f"{key} is indexed twice in one commit")
        self._known.add(key)
        self._language = language
        self.keys.append(key)
        self._documents.append(len(self))

    def add(self, index: int, page: str, headings: tuple[str, ...], text: str) -> None:
        """Add a passage, and the headings above it."""
        number = len(self)
        run = list(tokens(text)) if has_compounds(text) else ()
        found = [token.word for token in run] if run else words(text)
        where: dict[str, list[int]] = {}
        for position, word in enumerate(found):
            if word in where:
                where[word].append(position)
            else:
                where[word] = [position]
        for joined in compounds(text, run):
            name = f"{joined.word}{COMPOUND}{joined.last - joined.first + 1}"
            where.setdefault(name, []).append(joined.first)
        for name in _heading_names(headings, self._language):
            where[name] = [0]
        if self._language != ENGLISH:
            where = {named(name, self._language): positions for name, positions in where.items()}
        table = self._table
        for word, positions in where.items():
            postings = table[word]
            postings.passages.append(number)
            postings.counts.append(len(positions))
            postings.positions.extend(positions)
        self._add_columns(index, page, encode(text), len(found))

    def _add_columns(self, index: int, page: str, text: bytes, length: int) -> None:
        self._lengths.append(_BYTES[length] if length < len(_BYTES) else length_to_byte(length))
        self._sizes.append(length)
        self._owners.append(len(self.keys) - 1)
        self._indexes.append(index)
        self._pages.append(self._page_numbers.setdefault(page, len(self._page_numbers)))
        self._texts.append(text)

    def absorb(self, segment: OpenSegment) -> None:
        """Add the passages of a segment that are not deleted: arrays are joined, no text is read again."""
        moved = self._absorb_columns(segment)
        shift = None if segment.deleted else moved[0]
        table = self._table
        for number in range(len(segment.words)):
            passages, counts, positions = segment.postings(number)
            postings = None
            if shift is not None:
                postings = table[segment.words.word(number)]
                postings.passages.extend(passages if shift == 0 else map(shift.__add__, passages))
                postings.counts.extend(counts)
                postings.positions.extend(positions)
                continue
            end = 0
            for passage, count in zip(passages, counts, strict=True):
                end += count
                if moved[passage] >= 0:
                    postings = postings or table[segment.words.word(number)]
                    postings.passages.append(moved[passage])
                    postings.counts.append(count)
                    postings.positions.extend(positions[end - count : end])

    def _absorb_columns(self, segment: OpenSegment) -> list[int]:
        """Take over what is known of each passage that is not deleted; give the new number of each, or -1."""
        moved = [-1] * len(segment)
        for place, key in enumerate(segment.keys):
            first, last = segment.passages_of(place)
            if first == last or segment.is_deleted(first):
                continue
            self.begin(key)
            for passage in range(first, last):
                moved[passage] = len(self)
                index, page, size = segment.indexes[passage], segment.page(passage), segment.contents.sizes[passage]
                self._add_columns(index, page, segment.raw_text(passage), size)
        return moved

    def save(self, file: BinaryIO) -> None:
        """Write the segment's file."""
        names = sorted(self._table)
        sections: dict[str, array[int] | bytes] = lexicon_sections("words", names)
        flat = Postings()
        postings, places = array("I", [0]), array("I", [0])
        for name in names:
            entry = self._table[name]
            flat.passages.extend(entry.passages)
            flat.counts.extend(entry.counts)
            flat.positions.extend(entry.positions)
            postings.append(len(flat.passages))
            places.append(len(flat.positions))
        sections |= {
            "postings": postings,
            "passages": narrow(flat.passages),
            "counts": narrow(flat.counts),
            "places": places,
            "positions": narrow(flat.positions),
        }
        sections |= _stem_sections(names) | self._column_sections()
        facts: dict[str, Any] = {
            "keys": self.keys,
            "pages": list(self._page_numbers),
            "passages": len(self),
            "length": sum(self._sizes),
            "languages": [ENGLISH, *sorted({parsed(name).language for name in names if LANGUAGE in name})],
        }
        write_sections(file, sections, facts)

    def _column_sections(self) -> dict[str, array[int] | bytes]:
        starts = array("Q", [0])
        total = 0
        for text in self._texts:
            total += len(text)
            starts.append(total)
        return {
            "lengths": bytes(self._lengths),
            "sizes": narrow(self._sizes),
            "owners": narrow(self._owners),
            "documents": array("I", [*self._documents, len(self)]),
            "indexes": narrow(self._indexes),
            "pages": narrow(self._pages),
            "text": b"".join(self._texts),
            "text.starts": narrow(starts),
        }


@lru_cache(maxsize=256)
def _heading_names(headings: tuple[str, ...], language: str) -> frozenset[str]:
    """Give the entries of the lexicon for the words of some headings: one after the other, passages have the same."""
    return frozenset(HEADING + stem(word, language) for heading in headings for word in words(heading))


def _stem_sections(names: list[str]) -> dict[str, array[int] | bytes]:
    forms: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        if not name.startswith(HEADING):
            word, _, language = parsed(name)
            forms.setdefault(named(stem(word, language), language), []).append(number)
    stems = sorted(forms)
    starts, flat = array("I", [0]), array("I")
    for each in stems:
        flat.extend(forms[each])
        starts.append(len(flat))
    return {**lexicon_sections("stems", stems), "forms.starts": starts, "forms": flat}
