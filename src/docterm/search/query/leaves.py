"""The words of a query: what one piece of text, or what stands between quotation marks, stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docterm.search.tree import Everything, Fuzzy, Node, Or, Phrase, Prefix, Term, Wildcard, Word
from docterm.text import compounds, tokens

MOST_EDITS = 2
_FUZZY = re.compile(r"~(\d*)(?=\s|$)")


def chunk(text: str, *, unfinished: bool = False) -> Word | Phrase | Everything | None:
    """Give what a piece of a query without spaces stands for: a word, or words side by side, or nothing.

    While it is `unfinished`, a last word that may go on stands for those that begin so.
    """
    if text and not text.strip("*"):
        return Everything()
    return _joined([*_words(text, plain="://" in text)], text, unfinished=unfinished)


def either_way(part: Node, text: str) -> Node:
    """Give what a piece of a query stands for; words with hyphens between them also joined: `e-mail` is `email`."""
    if isinstance(part, Phrase) and all(isinstance(word, Term) for word in part.parts[:-1]):
        run, last = list(tokens(text)), part.parts[-1]
        joined = next(compounds(text, run), None)
        if joined and joined.last - joined.first + 1 == len(run) and isinstance(last, Term | Prefix):
            return Or((part, Prefix(joined.word) if isinstance(last, Prefix) else Term(joined.word)))
    return part


def phrase(text: str, *, unfinished: bool = False) -> Word | Phrase | None:
    """Give what a quotation stands for: its words side by side, each of which may have signs of its own."""
    parts: list[Word] = []
    start = 0
    for found in _FUZZY.finditer(text):
        parts += _words(text[start : found.start()])
        if parts and not text[found.start() - 1 : found.start()].isspace():
            parts[-1] = fuzzy(parts[-1], found[1])
        start = found.end()
    parts += _words(text[start:])
    return _joined(parts, text, unfinished=unfinished)


def fuzzy(word: Word, edits: str) -> Word:
    """Give a word with `~` behind it, and perhaps a number of edits."""
    distance = min(int(edits[:3] or 1), MOST_EDITS)
    return Fuzzy(word.word, distance) if isinstance(word, Term | Fuzzy) and distance else word


def _joined(parts: Sequence[Word], text: str, *, unfinished: bool) -> Word | Phrase | None:
    if not parts:
        return None
    if unfinished and isinstance(last := parts[-1], Term) and _ends_in_word(text):
        parts = [*parts[:-1], Prefix(last.word)]
    return parts[0] if len(parts) == 1 else Phrase(tuple(parts))


def _ends_in_word(text: str) -> bool:
    """Say whether a text breaks off in a word, which the next character may go on with."""
    return any(token.end == len(text) for token in tokens(text))


def _words(text: str, *, plain: bool = False) -> Iterator[Word]:
    """Give the words of a text, those with `*` and `?` in or beside them as wildcards.

    Signs that stand alone among other words stand for nothing.
    """
    signs = [] if plain else [(found.start(), found.end(), found[0]) for found in re.finditer(r"[*?]", text)]
    pieces = sorted([*signs, *((token.start, token.end, token.word) for token in tokens(text))])
    run = last = ""
    before = -1
    for start, end, piece in pieces:
        if run and (start != before or not {piece, last} & {"*", "?"}):
            yield from _word(run)
            run = ""
        run, last, before = run + piece, piece, end
    yield from _word(run)


def _word(run: str) -> Iterator[Word]:
    pattern = re.sub(r"\*+", "*", run).rstrip("?")  # a question mark at the end of a word is punctuation
    bare = pattern.strip("*?")
    if not bare:
        return
    if pattern == bare and not _signed(bare):
        yield Term(pattern)
    elif pattern == f"{bare}*" and not _signed(bare):
        yield Prefix(bare)
    else:
        yield Wildcard(pattern)


def _signed(text: str) -> bool:
    return "*" in text or "?" in text
