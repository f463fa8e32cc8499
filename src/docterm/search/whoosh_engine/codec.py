"""The index as Whoosh sees it: an ordinary one, which its own queries can be run on.

docterm's searcher reads the arrays itself and needs none of this to answer. Whoosh needs the segment, which stands
in the table of contents with what was deleted; the readers let stock queries run over the same files.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from typing import Any

from whoosh.codec import base
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.reading import TermInfo
from whoosh.util.numeric import byte_to_length

from docterm.search.whoosh_engine.lexicon import decode, encode
from docterm.search.whoosh_engine.plain import Plain
from docterm.search.whoosh_engine.segment import OpenSegment
from docterm.search.whoosh_engine.storage import IndexStorage

EXTENSION = ".passages"
WORDS, STEMS = "words", "stems"


class PassageSegment(base.Segment):  # type: ignore[misc]
    """A segment in Whoosh's table of contents, where it is pickled: its name, its size, what is deleted from it."""

    def __init__(self, indexname: str, passages: int = 0) -> None:
        super().__init__(indexname)
        self.passages = passages
        self.deleted: list[tuple[int, int]] = []
        """The ranges of passages that were deleted, in order."""

    @property
    def file_name(self) -> str:
        """The name of the segment's one file."""
        return str(self.make_filename(EXTENSION))

    def opened(self, storage: IndexStorage) -> OpenSegment:
        """Give the segment for reading; raise OSError or ValueError when its file is missing or no such file."""
        return OpenSegment(self.file_name, storage.contents(self.file_name), tuple(self.deleted))

    def codec(self) -> PassageCodec:
        """Give the codec that reads the segment."""
        return PassageCodec()

    def doc_count_all(self) -> int:
        """Give the number of passages, the deleted ones too."""
        return self.passages

    def set_doc_count(self, doccount: int) -> None:
        """Set the number of passages."""
        self.passages = doccount

    def deleted_count(self) -> int:
        """Give the number of deleted passages."""
        return sum(last - first for first, last in self.deleted)

    def deleted_docs(self) -> Iterator[int]:
        """Give the deleted passages."""
        return (passage for first, last in self.deleted for passage in range(first, last))

    def is_deleted(self, docnum: int) -> bool:
        """Say whether a passage is deleted."""
        at = bisect_right(self.deleted, (docnum, self.passages)) - 1
        return at >= 0 and docnum < self.deleted[at][1]

    def delete_passages(self, first: int, last: int) -> None:
        """Delete the passages of a document, which follow one another."""
        insort(self.deleted, (first, last))

    def should_assemble(self) -> bool:
        """Say that the file is not to be packed with others: packed, Whoosh would copy it into memory."""
        return False


class PassageCodec(base.Codec):  # type: ignore[misc]
    """How Whoosh reads a segment. It is written by `writer`, whole documents at a time."""

    def terms_reader(self, storage: IndexStorage, segment: PassageSegment) -> _Terms:
        """Give what reads words and their postings."""
        return _Terms(segment.opened(storage))

    def per_document_reader(self, storage: IndexStorage, segment: PassageSegment) -> _Passages:
        """Give what reads the passages themselves."""
        return _Passages(segment.opened(storage))

    def new_segment(self, storage: IndexStorage, indexname: str) -> PassageSegment:
        """Give a new segment."""
        return PassageSegment(indexname)


class _Passages(base.PerDocumentReader):  # type: ignore[misc]
    def __init__(self, segment: OpenSegment) -> None:
        self._segment = segment

    def doc_count(self) -> int:
        return len(self._segment) - self._segment.deleted_count

    def doc_count_all(self) -> int:
        return len(self._segment)

    def has_deletions(self) -> bool:
        return bool(self._segment.deleted)

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> set[int]:
        return {passage for first, last in self._segment.deleted for passage in range(first, last)}

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return int(byte_to_length(self._segment.lengths[docnum]))

    def field_length(self, fieldname: str) -> int:
        return self._segment.contents.length

    def min_field_length(self, fieldname: str) -> int:
        return int(byte_to_length(min(self._segment.lengths, default=0)))

    def max_field_length(self, fieldname: str) -> int:
        return int(byte_to_length(max(self._segment.lengths, default=0)))

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        segment = self._segment
        return {"document": segment.keys[segment.contents.owners[docnum]], "index": segment.indexes[docnum]}


class _Terms(base.TermsReader):  # type: ignore[misc]
    """Words as they stand in passages, and stems, which have the postings of all their words."""

    def __init__(self, segment: OpenSegment) -> None:
        self._segment = segment
        self._lexicons = {WORDS: segment.words, STEMS: segment.contents.stems}

    def _numbers(self, fieldname: str, text: bytes) -> list[int]:
        word = decode(text)
        if fieldname == STEMS:
            return self._segment.forms_of(word)
        number = self._segment.words.find(word)
        return [] if number is None else [number]

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return term[0] in self._lexicons and bool(self._numbers(*term))

    def indexed_field_names(self) -> list[str]:
        return list(self._lexicons)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for fieldname in sorted(self._lexicons):
            yield from self.terms_from(fieldname, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        lexicon = self._lexicons[fieldname]
        first = bisect_left(lexicon.words, prefix, key=lambda number: encode(lexicon.word(number)))
        return ((fieldname, encode(lexicon.word(number))) for number in lexicon.words[first:])

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        matcher = self.matcher(fieldname, text, None)
        lengths = [byte_to_length(self._segment.lengths[passage]) for passage in matcher.passages]
        return TermInfo(
            weight=float(sum(map(len, matcher.positions))),
            df=len(matcher.passages),
            minlength=min(lengths),
            maxlength=max(lengths),
            maxweight=float(max(map(len, matcher.positions))),
            minid=matcher.passages[0],
            maxid=matcher.passages[-1],
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        return float(self.term_info(fieldname, text).weight())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        runs = [self._segment.postings(number)[0] for number in self._numbers(fieldname, text)]
        sets = Plain(len(self._segment))
        return sets.size_of(sets.marked(runs))

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> PassageMatcher:  # noqa: ANN401
        where: dict[int, list[int]] = {}
        numbers = self._numbers(fieldname, text)
        if not numbers:
            raise KeyError((fieldname, text))
        for number in numbers:
            passages, counts, positions = self._segment.postings(number)
            end = 0
            for passage, count in zip(passages, counts, strict=True):
                where.setdefault(passage, []).extend(positions[end : end + count])
                end += count
        return PassageMatcher(where, (fieldname, text), format_, scorer)


class PassageMatcher(LeafMatcher):  # type: ignore[misc]
    """The postings of a term, for Whoosh's own queries."""

    def __init__(self, where: dict[int, list[int]], term: tuple[str, bytes], format_: Any, scorer: Any) -> None:  # noqa: ANN401
        self.passages = sorted(where)
        self.positions = [sorted(where[passage]) for passage in self.passages]
        self.format = format_
        self.scorer = scorer
        self._term = term
        self._at = 0

    def is_active(self) -> bool:
        """Say whether there is a posting here."""
        return self._at < len(self.passages)

    def reset(self) -> None:
        """Go back to the first posting."""
        self._at = 0

    def id(self) -> int:
        """Give the passage of this posting."""
        if not self.is_active():
            raise ReadTooFar
        return self.passages[self._at]

    def next(self) -> bool:
        """Go to the next posting."""
        self._at += 1
        return False

    def skip_to(self, id: int) -> None:  # noqa: A002 - Whoosh's name
        """Go to the first posting at or behind a passage."""
        self._at = bisect_left(self.passages, id, self._at)

    def weight(self) -> float:
        """Give how often the term stands there."""
        return float(len(self.positions[self._at]))

    def all_ids(self) -> Iterator[int]:
        """Give the passages from here on."""
        return iter(self.passages[self._at :])

    def value_as(self, astype: str) -> Any:  # noqa: ANN401
        """Give the positions, or how many there are."""
        positions = self.positions[self._at]
        return positions if astype == "positions" else len(positions)

    def supports_block_quality(self) -> bool:
        """Say that nothing can be skipped."""
        return False

    def copy(self) -> PassageMatcher:
        """Give another one at the same place."""
        other = PassageMatcher({}, self._term, self.format, self.scorer)
        other.passages, other.positions, other._at = self.passages, self.positions, self._at
        return other
