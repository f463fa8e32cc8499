"""What stands around a verb: the words before and after it, quotations, the ends of clauses.

Every look goes a bounded way, so that asking at each word of a text takes time in proportion to it.
"""

from __future__ import annotations

from collections.abc import Iterator

from docterm.attribution.lexicon import Lexicon
from docterm.attribution.phrases import CLAUSE, FINITE, Phrase
from docterm.attribution.quotations import Quotation
from docterm.attribution.units import Reading, Unit

BE = frozenset("is are was were be been being am".split())
_HELPERS = BE | frozenset("has have had do does did will would may might could can should".split())
_ADVERBS = frozenset(
    "also not never later once often again just even further simply always sometimes then already still both all "
    "first now soon thus himself herself themselves itself ever".split()
)
_NO_ADVERBS = frozenset("family italy only ally supply reply".split())
_CLAUSAL = frozenset("that how whether why what".split())
_ADDITIONS = frozenset(
    "out in on at to during after this last earlier later from via through when as while referring speaking adding "
    "monday tuesday wednesday thursday friday saturday sunday yesterday today".split()
)
_HEARERS = frozenset("told tells informed asked".split())
_STOPS = tuple(',.;:?!—–”“"')


class Surroundings:
    """Asking about the places of one passage. Words inside quotations count as no words."""

    def __init__(self, reading: Reading, lexicon: Lexicon) -> None:
        self._reading = reading
        self._words = reading.words
        self._lexicon = lexicon
        self._opening = {reading.word_at(each.inner.start): each for each in reading.quotations}
        self._closing = {each.outer.end: each for each in reading.quotations}

    def word(self, at: int) -> str:
        """Give the folded word at an index; nothing for one that is quoted or not there."""
        return self._words[at].word if 0 <= at < len(self._words) and not self._words[at].quoted else ""

    def verb_start(self, at: int, unit: Unit) -> tuple[int, bool]:
        """Give where a verb begins with its helping verbs and adverbs, and whether a form of `be` is among them."""
        start, be = at, False
        while start > unit.first and start > at - 6 and not self._words[start].parted:
            word = self.word(start - 1)
            adverb = word in _ADVERBS or (word.endswith("ly") and word not in _NO_ADVERBS)
            if "," in self._words[start].gap or not (word in _HELPERS or adverb or word.endswith("n't")):
                break
            be = be or word in BE
            start -= 1
        return start, be

    def ahead(self, at: int, unit: Unit, most: int) -> Iterator[int]:
        """Give the words that follow, up to the next mark."""
        for each in range(at + 1, min(at + 1 + most, unit.last)):
            if self._words[each].parted:
                return
            yield each

    def clause_follows(self, at: int, unit: Unit) -> bool:
        """Say whether that, how, whether, why or what follows a verb, with no other verb between."""
        for each in self.ahead(at, unit, 8):
            word = self.word(each)
            if word in _CLAUSAL:
                return not (word == "that" and self.word(each + 1) in FINITE | {""})
            if word in CLAUSE or word in FINITE or "," in self._words[each].gap:
                return False
            if word in self._lexicon.verbs:
                return False
        return False

    def is_relative(self, phrase: Phrase, unit: Unit) -> bool:
        """Say whether “that” or “which” stands before a source: a prospect that both have denied."""
        first = self._reading.word_at(phrase.span.start)
        return first > unit.first + 1 and self.word(first - 1) in ("that", "which")

    def ends(self, at: int, unit: Unit) -> bool:
        """Say whether a word is the last of its clause."""
        return at + 1 >= unit.last or self._reading.gap(at + 1).lstrip()[:1] in _STOPS

    def trails(self, at: int, phrase: Phrase, unit: Unit) -> bool:
        """Say whether source and verb stand after what is said: a clause, a comma, and nothing that they report on."""
        first = self._reading.word_at(phrase.span.start)
        after_comma = first > unit.first + 2 and self._reading.gap(first).strip() in (",", "—", "–")
        return after_comma and (self.ends(at, unit) or self._ends_soon(at, unit))

    def _ends_soon(self, at: int, unit: Unit) -> bool:
        """Say whether a short addition ends the clause: she pointed out, he said in May, Cao told the Courier."""
        following = self.word(at + 1)
        if not (self.word(at) in _HEARERS or following in _ADDITIONS or following.endswith("ly")):
            return False
        for each in range(at + 1, min(at + 9, unit.last)):
            if self.word(each) in CLAUSE:
                return False
            if self.ends(each, unit):
                return True
        return False

    # --- quotations --------------------------------------------------------------------------------

    def quotation_before(self, offset: int) -> Quotation | None:
        """Give the quotation that ends right before a source or a verb, unless a full stop ends it."""
        text = self._reading.text
        end = offset
        while end > 0 and end > offset - 4 and text[end - 1] in " ,\u00a0—–-":
            end -= 1
        found = self._closing.get(end)
        if found is None or not found.closed:
            return None
        comma = "," in text[end:offset]
        return found if comma or text[found.inner.end - 1] != "." else None

    def quotation_before_clause(self, verb: int, unit: Unit) -> Quotation | None:
        """Give the quotation that ends right before the clause of a verb: “…,” a spokesman, Jon Berg, said."""
        for at in range(verb - 1, max(verb - 25, unit.first), -1):
            if self._words[at].word in CLAUSE:
                return None
            if self._words[at - 1].quoted:
                return self.quotation_before(self._words[at].start)
            if self._words[at].parted:
                return None
        return None

    def quotation_soon(self, at: int, unit: Unit) -> bool:
        """Say whether quoted words follow a verb in its clause: called the report “a fabrication”."""
        for each in range(at + 1, min(at + 12, unit.last)):
            if self._words[each].quoted:
                return True
            if self._words[each].parted or "," in self._words[each].gap:
                return False
        return False

    def quotation_after(self, offset: int) -> Quotation | None:
        """Give the quotation that begins right after a source: said Cao, “…”."""
        found = self._opening.get(self._reading.word_at(offset))
        between = "" if found is None else self._reading.text[offset : found.outer.start].strip()
        return found if between in ("", ",", ":") else None

    def quotation_behind(self, at: int, unit: Unit) -> Quotation | None:
        """Give the quotation that begins after a verb, and whom it is said to, or “that”."""
        for each in range(at + 1, min(at + 9, unit.last + 1)):
            if found := self._opening.get(each):
                gap = self._reading.text[self._words[each - 1].end : found.outer.start].strip()
                near = each == at + 1 or gap[-1:] in (",", ":") or self.word(each - 1) in ("that", "was", "is")
                return found if near else None
            if each >= unit.last or self._words[each].parted:
                return None
        return None
