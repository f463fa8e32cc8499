"""The words of passages as vocabulary counts them: in clauses, each word with its stem and how it is written.

A word is kept once, however often it occurs, so that a side of a million words takes a few bytes for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from docterm.compare.cancel import Check
from docterm.compare.countries import country_stems
from docterm.compare.sides import Side
from docterm.compare.terms import body, is_function_word
from docterm.library.model import Passage
from docterm.text import Token, sentences, stem, tokens

_JOINTS = frozenset("-\u2010\u2011/")
"""What joins two words without a space."""
_OPENERS = frozenset(':“«"')
"""What a sentence may begin behind."""


class Written(NamedTuple):
    """A word as it is written, and what joins it to the next one."""

    stem: str
    """The words of a country (Russia, Russian) have one in common."""
    word: str
    """Folded."""
    form: str
    """As it stands in the text, a possessive ending removed."""
    full: str
    """As it stands in the text, with what joins it to the next word."""
    is_term: bool
    """Whether it says something: neither a function word nor a number."""
    is_capital: bool
    """Whether it begins with a capital letter."""


class Clause(NamedTuple):
    """Words that follow each other with nothing but spaces and hyphens between them."""

    opens: bool
    """Whether it begins a sentence, where a capital letter says nothing."""
    words: tuple[Written, ...]


Unit = list[Clause]
"""What dispersion is counted in: a passage, or a document where a side has many."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one side."""

    words: int
    """Of the body, function words and numbers counted."""
    units: tuple[Unit, ...]
    in_documents: bool
    """Whether a unit is a document, else a passage."""


class Writer:
    """Reads passages, and keeps each word that is written in them once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Written] = {}
        self._countries = country_stems()

    def wording(self, side: Side, check: Check) -> Wording:
        """Read the body of a side; its units are documents where it is a group."""
        units: list[Unit] = []
        for passages in side.passages:
            read = []
            for passage in body(passages):
                check()
                read.append(self.clauses(passage))
            units += [[clause for clauses in read for clause in clauses]] if side.is_group else read
        words = sum(len(clause.words) for unit in units for clause in unit)
        return Wording(words, tuple(units), side.is_group)

    def clauses(self, passage: Passage) -> list[Clause]:
        """Give the clauses of a passage in order."""
        text = passage.text
        starts = {span.start for span in sentences(text)}
        found: list[Clause] = []
        run: list[Token] = []
        opens, done = True, 0
        for token in tokens(text):
            gap = text[done : token.start]
            begins = not found and not run
            if run and not (gap.isspace() or gap in _JOINTS):
                found.append(self._clause(opens, run, text))
                run, begins = [], True
            if begins:
                opens = not _OPENERS.isdisjoint(gap) or any(at in starts for at in range(done, token.start + 1))
            run.append(token)
            done = token.end
        return [*found, self._clause(opens, run, text)] if run else found

    def _clause(self, opens: bool, run: Sequence[Token], text: str) -> Clause:
        ends = [*(text[one.end : two.start][:1] for one, two in pairwise(run)), ""]
        joints = [joint if joint in _JOINTS else " " for joint in ends]
        return Clause(opens, tuple(self._written(token, text, joint) for token, joint in zip(run, joints, strict=True)))

    def _written(self, token: Token, text: str, joint: str) -> Written:
        surface = text[token.start : token.end]
        known = self._known.get((surface, joint))
        if known is None:
            known = self._known[surface, joint] = self._new(token.word, surface, joint)
        return known

    def _new(self, word: str, surface: str, joint: str) -> Written:
        form = surface[:-2] if word.endswith("'s") else surface
        in_capitals = len(form) > 1 and form.isupper()
        is_term = (in_capitals or not is_function_word(word)) and any(char.isalpha() for char in word)
        is_capital = form[:1].isupper()
        root = stem(word)
        if is_capital and is_term:
            root = self._countries.get(root, root)
        elif root in self._countries:
            root = f"{root}-"  # a turkey is no Turkey
        return Written(root, word, form, surface + joint, is_term, is_capital)
