"""Who has been named in a document so far, and whom a surname, a pronoun or “the report” means."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from docterm.attribution.lexicon import Lexicon
from docterm.attribution.model import Sort
from docterm.attribution.phrases import Names, Phrase, Phrases, name_at, opens
from docterm.attribution.units import Reading, Unit

_NEAR = 3
"""So many passages after an institution spoke “the report” is still its."""
_FORMS = 20
"""Names with the same initials that a new one is held against: those met last."""
_REMEMBERED = 40
"""People a pronoun may mean: those named last."""
_ALIKE = 0.92
"""Two long names with the same initials that are as alike as this are one, misspelt."""


class Speaker(NamedTuple):
    """Who speaks: the name shown, and what sort of source it is."""

    name: str
    sort: Sort


_OF_SOMEBODY = frozenset(("report", "statement"))
"""With “the” and nothing else, such a paper is that of the institution that spoke last."""

NOBODY = Speaker("", Sort.UNNAMED)


class People:
    """The memory of one document, filled as it is read."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._surnames: dict[str, str] = {}
        self._initials: dict[str, list[str]] = {}
        self._recent: list[str] = []
        """Full names of people, who was a subject last at the end."""
        self._he: dict[str, bool] = {}
        self._plural: Speaker = NOBODY
        self._institution: Speaker | None = None
        self._passages = self._spoke = 0
        """How many passages were read, and how many when an institution spoke last."""
        self.capitals: set[str] = set()
        """The words, folded, that were written with a capital where not every word has one."""

    def begin(self, reading: Reading) -> None:
        """Take up which words of the next passage are names by their capitals."""
        self._passages += 1
        self.capitals.update(
            word.word for at, word in enumerate(reading.words) if word.capital and not opens(reading, at)
        )

    def read(self, reading: Reading, unit: Unit) -> None:
        """Take up the names of a sentence, and whom it is about: a person whom it begins with."""
        first = True
        for phrase in self._names(reading, unit):
            if phrase.sort is Sort.PERSON:
                full = self._person(phrase)
                if first:
                    self._about(full)
                first = False
            else:
                known = self._surnames.get(phrase.name)
                if known and first:
                    self._about(known)
                first = first and not known
                self._institution_name(phrase.name)

    def _names(self, reading: Reading, unit: Unit) -> Iterator[Phrase]:
        phrases = Phrases(reading, self._lexicon, self.capitals)
        at = unit.first
        while at < unit.last:
            found = name_at(reading, at, unit.last, self._lexicon)
            if found is None:
                at += 1
                continue
            if not reading.words[at].quoted:
                title = reading.words[at - 1].word if at > unit.first and not reading.words[at].parted else ""
                title = title if title in self._lexicon.titles and "," not in reading.words[at].gap else ""
                yield phrases.name(found, title)
                yield from (phrases.name(part) for part in _members(reading, found))
            at = found.last

    def _person(self, phrase: Phrase) -> str:
        words = phrase.name.split()
        full = self._surnames.get(words[-1], "")
        if len(words) > 1 and not _same_person(full, phrase.name):
            full = phrase.name
            self._surnames[words[-1]] = full
        full = full or phrase.name
        self._surnames.setdefault(words[-1], full)
        if phrase.titled in self._lexicon.male | self._lexicon.female:
            self._he[full] = phrase.titled in self._lexicon.male
        return full

    def _about(self, full: str) -> None:
        if full in self._recent:
            self._recent.remove(full)
        self._recent = [*self._recent[-_REMEMBERED:], full]

    # --- who is meant ------------------------------------------------------------------------------

    def asked(self, phrase: Phrase) -> Speaker:
        """Give who is meant by a phrase that does not speak."""
        return self._meant(phrase)

    def speaker(self, phrase: Phrase) -> Speaker:
        """Give who is meant by a phrase that speaks, and remember who spoke."""
        found = self._meant(phrase)
        if found.sort is Sort.PERSON:
            self._about(found.name)
        elif found.sort is Sort.NAME and found.name != found.name.lower():
            self._institution, self._spoke = found, self._passages
        if phrase.word not in ("he", "she", "they") and found.sort is not Sort.PERSON and found.name:
            self._plural = found
        return found

    def _meant(self, phrase: Phrase) -> Speaker:
        if phrase.word in ("he", "she"):
            return self._pronoun(phrase.word == "he")
        if phrase.word == "they":
            known = self._plural if self._plural.name else Speaker("they", Sort.UNNAMED)
            return known if phrase.name else Speaker(known.name, Sort.UNNAMED)
        if phrase.sort is Sort.PERSON:
            return Speaker(self._person(phrase), Sort.PERSON)
        if phrase.sort is Sort.NAME:
            full = self._surnames.get(phrase.name)
            return Speaker(full, Sort.PERSON) if full else Speaker(self._institution_name(phrase.name), Sort.NAME)
        near = self._passages - self._spoke <= _NEAR
        if phrase.definite and phrase.word in _OF_SOMEBODY and self._institution is not None and near:
            return self._institution
        return Speaker(phrase.name, phrase.sort)

    def _pronoun(self, he: bool) -> Speaker:
        for full in reversed(self._recent):
            if self._he.get(full, he) == he:
                self._he[full] = he
                return Speaker(full, Sort.PERSON)
        return Speaker("he" if he else "she", Sort.UNNAMED)

    def _institution_name(self, name: str) -> str:
        """Give the first form of a name: the long one of an acronym met before, the right one of one misspelt."""
        initials, short = _initials(name)
        if len(initials) < 2:
            return name
        known = self._initials.setdefault(initials, [])
        for form in known:
            other_short = _initials(form)[1]
            alike = not short and not other_short and len(name) > 8
            if form == name or short != other_short or (alike and _alike(form, name)):
                return form
        self._initials[initials] = [*known[-_FORMS:], name]
        return name


def _members(reading: Reading, found: Names) -> Iterator[Names]:
    """Give the names that “and” joins in one."""
    cuts = [at for at in range(*found) if reading.words[at].word == "and"]
    if cuts:
        for first, last in zip([found.first, *(cut + 1 for cut in cuts)], [*cuts, found.last], strict=True):
            yield Names(first, last)


def _same_person(full: str, name: str) -> bool:
    return bool(full) and full.partition(" ")[0] == name.partition(" ")[0]


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def _initials(name: str) -> tuple[str, bool]:
    """Give the initials of a name, part for part (`RFE+RL`), and whether it consists of initials alone."""
    parts = name.replace("&", "and").split(" and ")
    short = all(part.replace(".", "").isupper() and " " not in part for part in parts)
    if short:
        return "+".join(part.replace(".", "") for part in parts), True
    letters = ["".join(word[0] for word in part.split() if word[0].isupper()) for part in parts]
    return "+".join(letters), False
