"""Noun phrases that may speak: the subject before a verb, the words after “according to” or after “said”.

There is no grammar here but the order of words: a phrase is taken to the clause's edge, its head is the first name or
the first noun for people or papers in it, and what follows the head (of the ministry, who was there) is left off.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import NamedTuple

from docterm.attribution.lexicon import Lexicon
from docterm.attribution.model import Sort
from docterm.attribution.units import Reading
from docterm.text import Span

FARTHEST = 45
"""Words that a subject may begin before its verb."""
CLAUSE = frozenset(
    "that but because although though while when as if where after before since what how whether why than so yet "
    "until unless whereas".split()
)
"""Words at which a subject is looked for no further to the left."""
FINITE = frozenset(
    "is are was were am be been being has have had do does did will would can could may might must shall should says "
    "became becomes seem seems seemed appear appears remains".split()
)
PREPOSITIONS = frozenset(
    "of in at from with for by on about to into among amid against during under over between like without within "
    "after before since through per via despite following alongside".split()
)
_PHRASAL = frozenset("as after before since until than".split())
"""Of these, what may begin a mere phrase: four years as mayor."""
RELATIVE = frozenset("who whom whose which that".split())
PRONOUNS = frozenset("he she they".split())
NOBODY = frozenset("no nobody none neither nothing it this that these those there i we you me us".split())
_SKIPPED = frozenset(
    "and or but also however meanwhile still then now even last next earlier later yesterday today monday tuesday "
    "wednesday thursday friday saturday sunday similarly moreover furthermore finally instead likewise indeed thus "
    "therefore nevertheless nonetheless additionally again too yet perhaps nor either neither".split()
)
_LEAD = _SKIPPED | frozenset(
    "both all other another some many several most few the a an his her its their our my these those this that such "
    "first second third only just one two three four five six seven eight nine ten".split()
)
_LINKING = frozenset("of for and the de la le van von der den al el bin ibn da di du del dos y i &".split())
_DETERMINERS = frozenset("the this that".split())
_PAST = ("ed", "told", "said", "wrote", "spoke")
_OF_OFFICES = frozenset("state defense defence treasury commerce staff interior justice".split())


class Phrase(NamedTuple):
    """A noun phrase that may speak."""

    span: Span
    name: str
    """The name in it without titles, else its head noun with the adjectives of countries before it."""
    sort: Sort
    word: str = ""
    """The head noun or pronoun, folded; empty for a name alone."""
    definite: bool = False
    """Whether it is a bare noun with “the”: `the report`."""
    titled: str = ""
    """The title, folded, that stood before a name."""


class Names(NamedTuple):
    """A run of capitalised words."""

    first: int
    last: int
    """One more than the index of its last word."""


def name_at(reading: Reading, at: int, stop: int, lexicon: Lexicon) -> Names | None:
    """Give the name that begins with the word at `at` and ends before `stop`, linking words inside included."""
    words = reading.words
    if not (at < stop and words[at].capital):
        return None
    if words[at].word in _LEAD | NOBODY | PREPOSITIONS | CLAUSE and not _abbreviates(reading, at):
        return None
    last = at + 1
    while last < stop and not words[last - 1].possessive and _joined(words[last].gap):
        if words[last].capital:
            last += 1
        elif words[last].word in _LINKING:
            ahead = last + 1 + (last + 1 < stop and words[last + 1].word == "the")
            together = ahead < stop and all(_joined(words[each].gap) for each in range(last, ahead + 1))
            if not together or not words[ahead].capital or _of_people(reading, ahead, stop, lexicon):
                break
            last = ahead + 1
        else:
            break
    return Names(at, last)


def _abbreviates(reading: Reading, at: int) -> bool:
    """Say whether a word is an acronym or an initial: `WHO`, or `A.` before a surname, but not the article `A`."""
    words = reading.words
    form = words[at].form
    return form.isupper() and (len(form) > 1 or (at + 1 < len(words) and words[at + 1].gap.startswith(".")))


def _of_people(reading: Reading, at: int, stop: int, lexicon: Lexicon) -> bool:
    """Say whether a word is an adjective of a country before a common noun: `Chinese` officials."""
    word = reading.words[at]
    return lexicon.is_of_people(word.word) and at + 1 < stop and not reading.words[at + 1].capital


def _joined(gap: str) -> bool:
    return gap.strip() in ("", "-", ".", "&", "/", "’", "'")


def opens(reading: Reading, at: int) -> bool:
    """Say whether a word begins a sentence or a quotation, where every word has a capital."""
    word = reading.words[at]
    return (at == 0 or any(char in word.gap for char in '.!?:”"“')) and not word.possessive


class Phrases:
    """Reading the noun phrases of one passage."""

    def __init__(self, reading: Reading, lexicon: Lexicon, names: Set[str]) -> None:
        """`names` are the words, folded, that are known to be written with a capital inside a sentence."""
        self.reading = reading
        self.lexicon = lexicon
        self._names = names

    def subject(self, verb: int, first: int) -> Phrase | None:
        """Give the phrase that ends before the word at `verb`, in a unit that begins with the word at `first`."""
        words = self.reading.words
        parts: list[list[int]] = [[]]
        at = verb
        if at > first and words[at].gap.strip() == ")":
            at = edge = self._before_bracket(at, first)
        else:
            edge = -1
        while at > first and verb - at < FARTHEST:
            before = words[at - 1]
            if before.quoted or (words[at].parted and at != edge and not words[at].gap.startswith("]")):
                break
            apposition = len(parts) == 2 and not parts[0]
            if before.word in CLAUSE and not before.capital and not apposition:
                if before.word in _PHRASAL and len(parts) > 1:
                    parts.pop()
                break
            if "," in words[at].gap:
                parts.append([])
            parts[-1].append(at - 1)
            at -= 1
        ordered = [part[::-1] for part in reversed(parts)]
        if not ordered[-1] or words[ordered[-1][0]].word in ("who", "which"):
            return self._before_comma(ordered[:-1])
        if words[ordered[-1][-1]].word == "and":
            if self._begins_verb(ordered[-1][0]):
                return self._before_comma(ordered[:-1])
            return self.before_verb(ordered[-1][0], ordered[-1][-1])
        return self.head(ordered[-1])

    def _begins_verb(self, at: int) -> bool:
        """Say whether what follows a comma goes on with a verb: Lind, who was ill, met the pilots and said."""
        word = self.reading.words[at]
        return not (word.capital or word.word in _LEAD | PREPOSITIONS | PRONOUNS or self.lexicon.is_source(word.word))

    def _before_bracket(self, at: int, first: int) -> int:
        back = at - 1
        while back > first and "(" not in self.reading.words[back].gap:
            back -= 1
        return back

    def _before_comma(self, parts: Sequence[list[int]]) -> Phrase | None:
        """Choose among the parts of a clause that commas part, the verb following a comma: X, the head of Y, said."""
        words = self.reading.words
        joint = (place for place, part in enumerate(parts) if part and words[part[0]].word in ("and", "but"))
        parts = [part for part in parts[max(joint, default=0) :] if part and words[part[0]].word not in RELATIVE]
        plain = [part for part in parts if words[part[0]].word not in PREPOSITIONS]
        for place, part in enumerate(plain):
            phrase = self.head(part)
            if phrase is not None:
                named = next((each for each in plain[place + 1 :] if words[each[0]].capital), None)
                better = self.head(named) if named is not None and phrase.sort is Sort.UNNAMED else None
                return better or phrase
        return next((phrase for part in parts if (phrase := self.head(part)) is not None), None)

    def after(self, first: int, end: int) -> Phrase | None:
        """Give the phrase that begins with the word at `first`, in a unit that ends before the word at `end`."""
        words = self.reading.words
        first += first < end and words[first].word == "what"
        last = first
        while last < end and last - first < 15 and not words[last].quoted:
            gap = words[last].gap
            word = words[last].word
            told = word in self.lexicon.verbs and word.endswith(_PAST)
            if last > first and (told or words[last].parted or "," in gap or word in CLAUSE | RELATIVE | FINITE):
                break
            last += 1
        return self.head(list(range(first, last)))

    def head(self, part: Sequence[int]) -> Phrase | None:
        """Give the phrase among consecutive words: its name, or its noun for people or papers."""
        words = self.reading.words
        part = self._without_relative(part)
        for place in range(len(part) - 1, -1, -1):
            if words[part[place]].word in FINITE and not words[part[place]].form.isupper():
                part = part[place + 1 :]
                break
        if not part or words[part[0]].word == "no":
            return None
        if words[part[0]].word in PREPOSITIONS:
            return self._last_of(part)
        return self._first_of(part)

    def _without_relative(self, part: Sequence[int]) -> Sequence[int]:
        for place, index in enumerate(part):
            if place and self.reading.words[index].word in RELATIVE:
                return part[:place]
        return part

    def _first_of(self, part: Sequence[int]) -> Phrase | None:
        words, lexicon = self.reading.words, self.lexicon
        stop = part[-1] + 1
        origin = next((at for at in part if words[at].word not in _SKIPPED), stop)
        at = origin
        while at < stop:
            word = words[at]
            if word.word in PRONOUNS and stop - at == 1:
                return Phrase(self.reading.span(at, at + 1), word.form, Sort.UNNAMED, word.word)
            if word.word == "one" and at + 1 < stop and words[at + 1].word == "of":
                return self._one_of(at, stop)
            if word.word in PREPOSITIONS:
                return None
            found = name_at(self.reading, at, stop, lexicon)
            if found is not None and not self._is_modifier(found, stop):
                return self._named(found, stop)
            alone = found is None or found.last - found.first == 1
            if alone and self._is_noun(at, stop):
                return self._nominal(origin, at, stop)
            at += 1 if found is None else found.last - found.first
        return None

    def _last_of(self, part: Sequence[int]) -> Phrase | None:
        """Give the last phrase of words that begin with a preposition: on Monday the minister said."""
        words = self.reading.words
        for at in reversed(part):
            starts = words[at].word in _DETERMINERS or (words[at].capital and not words[at - 1].capital)
            if starts and at > part[0] and words[at - 1].word not in PREPOSITIONS | _LINKING:
                return self._first_of(range(at, part[-1] + 1))
        return None

    def _one_of(self, at: int, stop: int) -> Phrase | None:
        """Read “one of the pilots”, who has no name."""
        span = self.reading.span(at, stop)
        if self.reading.words[stop - 1].word == "them":
            return Phrase(span, "", Sort.UNNAMED, "they")
        of = self._first_of(range(at + 2, stop))
        return None if of is None else Phrase(span, of.name, Sort.UNNAMED, of.word)

    def before_verb(self, first: int, last: int) -> Phrase | None:
        """Give who a clause of the words `first` to `last`, the last one left out, begins with: the mayor was blunt."""
        part = range(first, last)
        finite = next((at for at in part if self.reading.words[at].word in FINITE), last)
        return self.head(range(first, finite))

    def _is_noun(self, at: int, stop: int) -> bool:
        """Say whether a word is a noun for people or papers and ends its run of nouns: not `state` in state media."""
        words, lexicon = self.reading.words, self.lexicon
        word = words[at].word
        if words[at].possessive or not lexicon.is_source(word):
            return False
        if word in _LEAD and at + 1 < stop:
            return words[at + 1].word in PREPOSITIONS
        return not (at + 1 < stop and _joined(words[at + 1].gap) and lexicon.is_source(words[at + 1].word))

    def _is_modifier(self, found: Names, stop: int) -> bool:
        """Say whether capitalised words only tell whose a common noun is: `Chinese` officials, `Lind's` lawyer."""
        words, lexicon = self.reading.words, self.lexicon
        if words[found.last - 1].possessive and any(self._is_noun(at, stop) for at in range(found.last, stop)):
            return True
        if all(lexicon.is_of_people(words[at].word) for at in range(found.first, found.last)):
            return found.last < stop
        alone = found.last - found.first == 1
        if alone and self._is_noun(found.first, stop):
            return not words[found.first].form.isupper()
        return alone and found.last < stop and self._is_ordinary(found.first) and not self._postmodified(found.last)

    def _is_ordinary(self, at: int) -> bool:
        """Say whether a word has its capital from the beginning of its sentence alone, as far as is known."""
        word = self.reading.words[at]
        return opens(self.reading, at) and word.word not in self._names and not word.form[1:].isupper()

    def _postmodified(self, at: int) -> bool:
        return self.reading.words[at].word in PREPOSITIONS

    def _nominal(self, origin: int, at: int, stop: int) -> Phrase:
        """Make the phrase of a common noun; a name that follows at once is the name of who it is."""
        words, lexicon = self.reading.words, self.lexicon
        follower = name_at(self.reading, at + 1, stop, lexicon)
        document = lexicon.is_document(words[at].word) and not lexicon.is_people(words[at].word)
        if follower is not None and _joined(words[at + 1].gap) and not document and not words[at].possessive:
            named = self._named(follower, stop, words[at].word)
            return named._replace(span=Span(words[origin].start, named.span.end))
        owner = next((each for each in range(origin, at) if words[each].possessive and words[each].capital), None)
        if document and owner is not None and (name := name_at(self.reading, origin, at, lexicon)) is not None:
            return Phrase(self.reading.span(origin, at + 1), self.name(name).name, Sort.NAME, words[at].word)
        proper = [words[each].form for each in range(origin, at) if words[each].capital and not self._lone(each)]
        noun = words[at].form if words[at].form.isupper() else words[at].form.lower()
        bare = at - origin == 1 and words[origin].word in _DETERMINERS
        institution = words[at].word in lexicon.organisations and not document
        if institution and at > origin and words[at - 1].word not in _LEAD and not words[at - 1].capital:
            proper.append(
                self.reading.text[words[at - 1].start : words[at].start].strip()
            )  # coast guard, mayor's office
        sort = Sort.DOCUMENT if document else Sort.NAME if institution else Sort.UNNAMED
        return Phrase(self.reading.span(origin, at + 1), " ".join([*proper, noun]), sort, words[at].word, bare)

    def _lone(self, at: int) -> bool:
        """Say whether a capitalised word before a noun is an ordinary one that begins the sentence: `Leaked`."""
        word = self.reading.words[at].word
        return word in _LEAD or (self._is_ordinary(at) and not self.lexicon.is_of_people(word))

    def _named(self, found: Names, stop: int, title: str = "") -> Phrase:
        """Read a name where it may speak; a common noun after it makes it a modifier: Kremlin officials."""
        named = self.name(found, title)
        last = found.last
        if not named.titled and last < stop and _joined(self.reading.words[last].gap):
            noun = next((at for at in range(last, min(last + 2, stop)) if self._is_noun(at, stop)), None)
            if noun is not None:
                return self._owned(found, noun, stop)
        return named

    def name(self, found: Names, title: str = "") -> Phrase:
        """Read a name by itself: its titles are left off, and with one it is a person's."""
        words, lexicon = self.reading.words, self.lexicon
        first, last = found
        for at in range(first, last - 1):
            plain = words[at + 1].capital and words[at + 1].word not in _OF_OFFICES
            if words[at].word in lexicon.titles and plain:
                first, title = at + 1, words[at].word
            elif words[at].word in _OF_OFFICES and words[at - 1].word == "of" and words[at - 2].word in lexicon.titles:
                first, title = at + 1, words[at - 2].word
        name = self.reading.text[words[first].start : words[last - 1].end]
        sort = Sort.PERSON if title or self._is_person(first, last) else Sort.NAME
        return Phrase(self.reading.span(found.first, last), name, sort, titled=title)

    def _owned(self, found: Names, noun: int, stop: int) -> Phrase:
        """Read a name before a noun: Kremlin officials have no name, the BBC report has the BBC's."""
        words, lexicon = self.reading.words, self.lexicon
        if lexicon.is_document(words[noun].word):
            name = self.reading.text[words[found.first].start : words[found.last - 1].end]
            return Phrase(self.reading.span(found.first, noun + 1), name, Sort.NAME, words[noun].word)
        return self._nominal(found.first, noun, stop)

    def _is_person(self, first: int, last: int) -> bool:
        """Say whether a name looks like that of a person: two to four words, none of an institution or a people."""
        run = self.reading.words[first:last]
        if not 2 <= len(run) <= 4 or any(not word.capital and word.word in ("of", "for", "and", "the") for word in run):
            return False
        foreign = self.lexicon.organisations | self.lexicon.no_person
        if any(word.word in foreign or word.form[1:].isupper() for word in run):
            return False
        return not self.lexicon.is_of_people(run[0].word)
