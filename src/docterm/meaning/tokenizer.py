"""WordPiece as BERT's uncased models have it: a text as the numbers of the pieces that the model was trained on.

After Devlin et al. 2019: the text is parted at spaces and punctuation, each Chinese character is a word, letters are
small and without accents; a word is then cut, from its beginning, into the longest pieces the vocabulary has.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

UNKNOWN, BEGIN, END = "[UNK]", "[CLS]", "[SEP]"
LONGEST_WORD = 100
"""A longer word is unknown, whatever its pieces."""
_CHINESE = (
    *((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2A6DF)),
    *((0x2A700, 0x2B73F), (0x2B740, 0x2B81F), (0x2B820, 0x2CEAF), (0x2F800, 0x2FA1F)),
)


class Tokenizer:
    """Cuts texts by a vocabulary: each piece has its place in it as its number."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        """Take the pieces in order; those inside a word begin with `##`. Raises KeyError without the special ones."""
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._unknown, self._begin, self._end = (self._numbers[piece] for piece in (UNKNOWN, BEGIN, END))
        self._of_word = lru_cache(maxsize=1 << 15)(self._cut)

    def numbers(self, text: str, longest: int) -> list[int]:
        """Give a text as at most `longest` numbers, those of its beginning and its end included."""
        found: list[int] = []
        for word in words(text):
            found += self._of_word(word)
            if len(found) >= longest - 2:
                break
        return [self._begin, *found[: longest - 2], self._end]

    def _cut(self, word: str) -> tuple[int, ...]:
        if len(word) > LONGEST_WORD:
            return (self._unknown,)
        found: list[int] = []
        start = 0
        while start < len(word):
            for end in range(len(word), start, -1):
                number = self._numbers.get(word[start:end] if start == 0 else f"##{word[start:end]}")
                if number is not None:
                    break
            else:
                return (self._unknown,)
            found.append(number)
            start = end
        return tuple(found)


def words(text: str) -> Iterator[str]:
    """Give the words of a text as the model reads them: in small letters, without accents, punctuation apart."""
    for part in "".join(_spaced(text)).split():
        folded = unicodedata.normalize("NFD", part.lower())
        word = ""
        for character in folded:
            if unicodedata.category(character) == "Mn":
                continue
            if _is_punctuation(character):
                if word:
                    yield word
                yield character
                word = ""
            else:
                word += character
        if word:
            yield word


def _spaced(text: str) -> Iterator[str]:
    for character in text:
        if character.isascii():
            yield character if character >= " " or character in "\t\n\r" else ""
        elif any(first <= ord(character) <= last for first, last in _CHINESE):
            yield f" {character} "
        elif character != "\ufffd" and unicodedata.category(character)[0] != "C":
            yield character


@lru_cache(maxsize=1 << 12)
def _is_punctuation(character: str) -> bool:
    if character.isascii():
        return not character.isalnum()  # signs such as $ and + too
    return unicodedata.category(character)[0] == "P"
