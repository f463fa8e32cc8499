"""What a reader must know before trusting a figure: sides too short, in other languages, or of no words at all."""

from __future__ import annotations

from collections.abc import Iterator

from docterm.compare.facts import LONG_PASSAGE, Facts
from docterm.compare.sides import Side, listed
from docterm.library.model import Kind

FEW_WORDS = 100
"""Of fewer words than this no difference in vocabulary can be told."""

ENGLISH = "en"
_LANGUAGES = {
    ENGLISH: "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "pt": "Portuguese",
    "nl": "Dutch",
    "ru": "Russian",
}


def differ_in_language(left: Facts, right: Facts) -> bool:
    """Say whether the languages of both sides are known and none is the same."""
    return bool(left.languages and right.languages) and not set(left.languages) & set(right.languages)


def read_english(left: Facts, right: Facts) -> bool:
    """Say whether nothing but English is known to be in either side."""
    return {*left.languages, *right.languages} <= {ENGLISH}


def can_compare_words(left: Facts, right: Facts) -> bool:
    """Say whether counts of words of one side can be set against those of the other."""
    return left.has_letters and right.has_letters and not differ_in_language(left, right)


def cautions(left: tuple[Side, Facts], right: tuple[Side, Facts]) -> Iterator[str]:
    """Give the sentences, those that matter most first."""
    sides = (left, right)
    for side, facts in sides:
        if not facts.words:
            yield f"{side.label} has no body paragraphs to compare."
        elif not facts.has_letters:
            yield f"{side.label} has numbers and no words: only numbers that both have can link them."
        elif facts.words < FEW_WORDS:
            yield f"{side.label} has only {facts.words:,} words: what it does not have says nothing."
    yield from _of_language(left, right)
    for _, facts in sides:
        if facts.long_passages:
            named = listed(facts.long_passages)
            yield f"{named}: of more than {LONG_PASSAGE:,} words, so a link does not say where in it the likeness is."
    for side, _ in sides:
        digests = [document.key for document in side.documents if document.kind is Kind.DIGEST]
        if digests:
            named = listed(digests)
            are, words = ("is a digest", "its words are") if len(digests) == 1 else ("are digests", "their words are")
            yield (
                f"{named} {are}: {words} docterm's, not the source's; "
                "the vocabulary and the share of quoted words say nothing about how the source speaks."
            )


def _of_language(left: tuple[Side, Facts], right: tuple[Side, Facts]) -> Iterator[str]:
    if differ_in_language(left[1], right[1]):
        first, second = (f"{side.label} is in {_named(facts)}" for side, facts in (left, right))
        yield (
            f"{first}, {second}: only names, numbers and quotations that both have are compared, and no words counted."
        )
        return
    for side, facts in (left, right):
        if len(facts.languages) > 1:
            yield f"{side.label} is in several languages, {_named(facts)}: words count only within one."
        elif facts.languages and ENGLISH not in facts.languages:
            yield (
                f"{side.label} is in {_named(facts)}: forms of words, and which are rare, are told by English here, "
                "so its links and counts are rough."
            )


def _named(facts: Facts) -> str:
    return " and ".join(_LANGUAGES.get(language, language) for language in facts.languages)
