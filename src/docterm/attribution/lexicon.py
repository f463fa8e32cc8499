"""The words by which attribution knows verbs of saying, sources and titles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from docterm.attribution.wordlists import Form, read_list

FOLDER = Path(__file__).with_name("words")
FILES = ("reporting.txt", "sources.txt", "titles.txt")

_PEOPLE_ENDINGS = ("ers", "ors", "ists", "ians", "men", "women", "eers", "ants", "people", "person")
_NO_PEOPLE = frozenset("others matters papers numbers letters orders powers members factors sectors borders".split())
_OF_PEOPLES = ("ese", "ian", "ish", "ean", "ani", "can")


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb as it may report."""

    name: str
    section: str
    """`any`, `clause`, `with`, `request` or `show`: when it reports, as reporting.txt says."""
    followers: frozenset[str] = frozenset()
    """The words of which one must follow, if there are any."""


@dataclass(frozen=True)
class Lexicon:
    """All lists, ready to be asked. Words are folded."""

    verbs: Mapping[str, tuple[Verb, ...]]
    """By form. A form may report in several ways."""
    passive: frozenset[str]
    hearsay: frozenset[str]
    people: frozenset[str]
    documents: frozenset[str]
    organisations: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    titles: frozenset[str]
    peoples: frozenset[str]
    no_person: frozenset[str]

    def is_document(self, word: str) -> bool:
        """Say whether a noun names papers and the like."""
        return word in self.documents

    def is_people(self, word: str) -> bool:
        """Say whether a noun names people who may speak: by the list, or as a plural that only people have."""
        return (
            word in self.people
            or word in self.titles
            or (word.endswith(_PEOPLE_ENDINGS) and len(word) > 5 and word not in _NO_PEOPLE)
        )

    def is_source(self, word: str) -> bool:
        """Say whether a noun names people, papers or an institution."""
        return self.is_people(word) or word in self.documents or word in self.organisations

    def is_of_people(self, word: str) -> bool:
        """Say whether a capitalised word is an adjective made of a country or region: `Chinese`, `Western`."""
        return word in self.peoples or (word.endswith(_OF_PEOPLES) and len(word) > 5)


def lexicon(own: Mapping[str, str] | None = None) -> Lexicon:
    """Give the lists, with what a library's own files of the same names add and take away."""
    changes = {name: text for name, text in (own or {}).items() if name in FILES}
    return _made(changes) if changes else _shipped()


@cache
def _shipped() -> Lexicon:
    return _made({})


def _made(own: Mapping[str, str]) -> Lexicon:
    reporting = read_list(FOLDER / "reporting.txt", Form.VERB, own)
    sources = read_list(FOLDER / "sources.txt", Form.WORDS, own)
    titles = read_list(FOLDER / "titles.txt", Form.WORDS, own)
    verbs: dict[str, list[Verb]] = {}
    for section in ("any", "clause", "with", "request", "show"):
        for line in reporting.get(section, ()):
            forms, _, followers = line.partition(":")
            for form in forms.split():
                verb = Verb(forms.split()[0], section, frozenset(followers.split()))
                verbs.setdefault(form, []).append(verb)
    return Lexicon(
        {form: tuple(found) for form, found in verbs.items()},
        *(
            frozenset(word for line in reporting.get(name, ()) for word in line.split())
            for name in ("passive", "hearsay")
        ),
        *(frozenset(sources.get(name, ())) for name in ("people", "documents", "organisations", "he", "she")),
        *(frozenset(titles.get(name, ())) for name in ("titles", "peoples", "no person")),
    )
