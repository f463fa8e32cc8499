"""The one matcher: where in a canonical text a query is found.

Hits, highlights, snippets and concordance all come from here, never from the engine's own highlighter; the engine
must find exactly the passages that `Matcher.matches` accepts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docterm.search.tree import And, Node, Phrase, Prefix, Term, conjuncts
from docterm.text import Span, Token, stem, tokens


class Matcher:
    """A query, ready to be held against many passages."""

    def __init__(self, node: Node) -> None:
        self._all = isinstance(node, And)
        self._terms = {stem(part.word) for part in conjuncts(node) if isinstance(part, Term)}
        self._prefixes = tuple(part.start for part in conjuncts(node) if isinstance(part, Prefix))
        self._phrases = {
            tuple(stem(word.word) for word in part.parts if isinstance(word, Term))
            for part in conjuncts(node)
            if isinstance(part, Phrase)
        }
        self._wanted = len(self._terms) + len(set(self._prefixes)) + len(self._phrases)

    def matches(self, text: str) -> bool:
        """Say whether the passage answers the query: all parts of it, or for an `Or` at least one."""
        found = {part for part, _ in self._find(text)}
        return len(found) == self._wanted if self._all else bool(found)

    def spans(self, text: str) -> list[Span]:
        """Give where the parts stand, in order, overlapping ones joined; nothing when the passage does not match."""
        found = list(self._find(text))
        if self._all and len({part for part, _ in found}) != self._wanted:
            return []
        return _joined(sorted(span for _, span in found))

    def _find(self, text: str) -> Iterator[tuple[object, Span]]:
        run = list(tokens(text))
        stems = [stem(token.word) for token in run]
        for token, stemmed in zip(run, stems, strict=True):
            if stemmed in self._terms:
                yield (Term, stemmed), Span(token.start, token.end)
            for start in self._prefixes:
                if token.word.startswith(start):
                    yield (Prefix, start), Span(token.start, token.end)
        for phrase in self._phrases:
            for first in _positions(stems, phrase):
                yield (Phrase, phrase), _cover(run, first, len(phrase))


def _positions(stems: Sequence[str], phrase: tuple[str, ...]) -> Iterator[int]:
    for first in range(len(stems) - len(phrase) + 1):
        if stems[first] == phrase[0] and tuple(stems[first : first + len(phrase)]) == phrase:
            yield first


def _cover(run: Sequence[Token], first: int, length: int) -> Span:
    return Span(run[first].start, run[first + length - 1].end)


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
