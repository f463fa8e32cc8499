"""The words of a passage as comparing sees them: stem, folded word and the form the reader sees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from docterm.library.model import Passage, Role
from docterm.text import stem, tokens

FUNCTION_WORDS = frozenset(
    "a about above across after again against ago all almost along already also although always am amid among amongst "
    "an and another any anybody anyone anything anyway are aren around as at away be because been before being below "
    "beneath beside besides between beyond both but by can cannot could did do does doing done down during each either "
    "else enough et etc even ever every everybody everyone everything except few fewer for from further had has have "
    "having he hence her here hers herself hi him himself his how however i if in indeed instead into is it its itself "
    "just least less lest many may me might mine more moreover most much must my myself neither never nevertheless "
    "no nobody none nonetheless nor not nothing now of off often on once one oneself only onto or other others "
    "otherwise ought our ours ourselves out over own per perhaps quite rather same shall she should since so some "
    "somebody somehow someone something sometimes somewhat somewhere soon still such than that the thee their theirs "
    "them themselves then there thereby therefore these they thine this those thou though through throughout thus thy "
    "till to together too toward towards under unless until unto up upon us very via was we well were what whatever "
    "when whenever where whereas whereby wherein wherever whether which while who whoever whole whom whose why will "
    "with within without would ye yet you your yours yourself yourselves".split()
)
"""English words that only hold a sentence together; they are no terms of a vocabulary."""


class Word(NamedTuple):
    """One word of a passage."""

    stem: str
    word: str
    """Folded, as `docterm.text` gives it."""
    form: str
    """As it stands in the passage, a possessive ending removed."""

    @property
    def is_term(self) -> bool:
        """Whether the word says something: no function word, or one in capitals (`US`, `WHO`)."""
        in_capitals = len(self.form) > 1 and self.form.isupper()
        return in_capitals or not is_function_word(self.word)


def words_of(text: str) -> Iterator[Word]:
    """Give the words of `text` in order."""
    for token in tokens(text):
        form = text[token.start : token.end]
        bare = token.word.removesuffix("'s")
        yield Word(stem(token.word), token.word, form if bare == token.word else form[:-2])


def is_function_word(word: str) -> bool:
    """Say whether a folded word is a function word, contractions (`didn't`, `they've`) included."""
    if word in FUNCTION_WORDS or word.endswith("n't"):
        return True
    head, apostrophe, _ = word.partition("'")
    return bool(apostrophe) and head in FUNCTION_WORDS


def usual_form(forms: Mapping[str, int]) -> str:
    """Give the most frequent of the forms of one stem; of equals the one in lower case, then the shortest."""
    return min(forms, key=lambda form: (-forms[form], form != form.lower(), len(form), form))


def distinct(forms: Iterable[str]) -> tuple[str, ...]:
    """Give of the forms of a term the first of each stem: Russia and Russian, but not Russians."""
    found: dict[tuple[str, ...], str] = {}
    for form in forms:
        found.setdefault(tuple(stem(token.word) for token in tokens(form)), form)
    return tuple(found.values())


def shown(forms: Sequence[str]) -> str:
    """Give a term as it is shown: a word with all that are counted as one with it, a longer term in its usual form."""
    return "/".join(distinct(forms)) if len(list(tokens(forms[0]))) == 1 else forms[0]


def in_order(forms: Mapping[str, int]) -> tuple[str, ...]:
    """Give the forms of a term, the usual one first, then the most frequent."""
    usual = usual_form(forms)
    return tuple(sorted(forms, key=lambda form: (form != usual, -forms[form], form)))


def count_forms(words: Iterable[Word]) -> dict[str, Counter[str]]:
    """Count how often each form of each stem occurs."""
    forms: dict[str, Counter[str]] = {}
    for word in words:
        forms.setdefault(word.stem, Counter())[word.form] += 1
    return forms


def body(passages: Iterable[Passage]) -> list[Passage]:
    """Give the body passages: what a comparison is about."""
    return [passage for passage in passages if passage.role is Role.BODY]
