"""What is indexed of a passage.

The analyzers are pickled into the index by module path: renaming them means raising SCHEMA_VERSION.
"""

from __future__ import annotations

from collections.abc import Iterator

from whoosh.analysis import Token, Tokenizer
from whoosh.fields import ID, STORED, TEXT, Schema

from docterm.text import stem, words

SCHEMA_VERSION = 6


class Words(Tokenizer):  # type: ignore[misc]
    """docterm's own tokens, folded: the lexicon in which prefixes are looked up."""

    def __call__(
        self, value: str, positions: bool = False, start_pos: int = 0, mode: str = "", **_: object
    ) -> Iterator[Token]:
        """Give the words of a passage in the way Whoosh asks for them: one token object, changed in place."""
        token = Token(positions, chars=False, mode=mode)
        token.boost = 1.0
        for position, word in enumerate(words(value), start=start_pos):
            token.text = self.form(word)
            if positions:
                token.pos = position
            yield token

    @staticmethod
    def form(word: str) -> str:
        """Give a word as it is indexed."""
        return word


class Stems(Words):
    """The stems of docterm's tokens. Stop words are kept: phrases need them."""

    @staticmethod
    def form(word: str) -> str:
        """Give a word as it is indexed."""
        return stem(word)


def make_schema() -> Schema:
    """Give the schema of the index: one Whoosh document a body passage."""
    return Schema(
        document=ID(stored=True, sortable=True),
        index=STORED,
        stems=TEXT(analyzer=Stems(), phrase=True),
        words=TEXT(analyzer=Words(), phrase=False),
    )
