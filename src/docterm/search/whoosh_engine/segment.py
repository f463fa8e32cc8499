"""A segment, opened for reading: its words, postings and columns, with what was deleted from it since."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from docterm.search.whoosh_engine.layout import SegmentFile
from docterm.search.whoosh_engine.lexicon import Lexicon, decode, named, parsed
from docterm.text import ENGLISH


class Contents:
    """What a segment's file holds. It never changes, so that commits share it."""

    def __init__(self, path: Path) -> None:
        file = SegmentFile(path)
        self.words = Lexicon(file, "words")
        self.stems = Lexicon(file, "stems")
        self.form_starts = file.section("forms.starts")
        self.forms = file.section("forms")
        self.postings = file.section("postings")
        self.passages = file.section("passages")
        self.counts = file.section("counts")
        self.places = file.section("places")
        self.positions = file.section("positions")
        self.lengths = file.section("lengths")
        self.sizes = file.section("sizes")
        self.owners = file.section("owners")
        self.documents = file.section("documents")
        self.indexes = file.section("indexes")
        self.page_numbers = file.section("pages")
        self.text = file.section("text")
        self.text_starts = file.section("text.starts")
        self.keys: list[str] = file.facts["keys"]
        self.pages: list[str] = file.facts["pages"]
        self.length: int = file.facts["length"]
        self.languages: list[str] = file.facts["languages"]

    @cached_property
    def places_of_keys(self) -> dict[str, int]:
        """The place of each document; the last one, where a key is there twice."""
        return {key: place for place, key in enumerate(self.keys)}


class OpenSegment:
    """A segment as one commit sees it."""

    def __init__(self, name: str, contents: Contents, deleted: Sequence[tuple[int, int]]) -> None:
        """Take a segment's contents, and the passages deleted from it, as ranges in order."""
        self.name = name
        self.contents = contents
        self.deleted = deleted
        self.words = contents.words
        self.keys = contents.keys
        self.indexes = contents.indexes
        self.lengths = contents.lengths

    def __len__(self) -> int:
        return len(self.contents.lengths)

    def postings(self, number: int) -> tuple[memoryview, memoryview, memoryview]:
        """Give the passages a word stands in, how often it does, and its positions, all of them in a row."""
        contents = self.contents
        first, last = contents.postings[number], contents.postings[number + 1]
        return (
            contents.passages[first:last],
            contents.counts[first:last],
            contents.positions[contents.places[number] : contents.places[number + 1]],
        )

    def forms_of(self, stemmed: str, language: str = ENGLISH) -> list[int]:
        """Give the numbers of the words of a language that have a stem."""
        number = self.contents.stems.find(named(stemmed, language))
        if number is None:
            return []
        starts = self.contents.form_starts
        return self.contents.forms[starts[number] : starts[number + 1]].tolist()

    def width(self, number: int) -> int:
        """Give how many words of a passage a word of the lexicon takes up: two for `co-operate`, joined."""
        return parsed(self.words.word(number)).width

    def passages_of(self, place: int) -> tuple[int, int]:
        """Give the passages of the document at `place` as a range."""
        return self.contents.documents[place], self.contents.documents[place + 1]

    def live(self, key: str) -> tuple[int, int] | None:
        """Give the passages of a document that is not deleted as a range, or None when there are none."""
        place = self.contents.places_of_keys.get(key)
        if place is None:
            return None
        first, last = self.passages_of(place)
        return None if first == last or self.is_deleted(first) else (first, last)

    def is_deleted(self, passage: int) -> bool:
        """Say whether a passage is deleted."""
        at = bisect_right(self.deleted, (passage, len(self))) - 1
        return at >= 0 and passage < self.deleted[at][1]

    @cached_property
    def deleted_count(self) -> int:
        """The number of passages that are deleted."""
        return sum(last - first for first, last in self.deleted)

    def page(self, passage: int) -> str:
        """Give the page a passage stands on, as it is called there."""
        return self.contents.pages[self.contents.page_numbers[passage]]

    def raw_text(self, passage: int) -> bytes:
        """Give the text of a passage as it is kept."""
        starts = self.contents.text_starts
        return bytes(self.contents.text[starts[passage] : starts[passage + 1]])

    def passage_text(self, passage: int) -> str:
        """Give the text of a passage."""
        return decode(self.raw_text(passage))
