"""What docterm asks of a search engine. Nothing above this protocol sees a class of the engine's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from docterm.library.model import Passage
from docterm.search.facts import Facts
from docterm.search.tree import Node


class EngineDamaged(Exception):
    """The index cannot be read; reset it and index again."""


class EngineBusy(Exception):
    """Another process is writing the index."""


class Cancelled(Exception):
    """The search was overtaken by a newer one."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage that was found, by its document and its index in it."""

    key: str
    index: int
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the best passages, and how many there are in all, in each document and for each part."""

    ranked: tuple[Ranked, ...]
    documents: Mapping[str, int]
    parts: Mapping[Node, int]
    """For each of the query's `conjuncts` the number of passages that answer it."""

    @property
    def total(self) -> int:
        """The number of passages found."""
        return sum(self.documents.values())


@dataclass(frozen=True, slots=True)
class Known:
    """What the index knows of a document: the stamp of the text that was indexed, and its facts."""

    stamp: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class Entry:
    """A document to index, in place of what was indexed under its key."""

    facts: Facts
    stamp: str
    passages: Iterable[Passage] | None
    """None where only the facts have changed: the passages that are indexed stay. Another language is more than that:
    it gives their words other stems."""


def never() -> None:
    """Let a search go on."""


class Engine(Protocol):
    """An index of body passages. Every method may raise EngineDamaged."""

    def documents(self) -> Mapping[str, Known]:
        """Give what is known of each indexed document, by key."""

    def update(self, added: Iterable[Entry], removed: Iterable[str]) -> None:
        """Index documents and forget `removed`, in one commit that no search waits for.

        Raises EngineBusy when another process holds the index.
        """

    def tidy(self, cancelled: Callable[[], bool] = lambda: False) -> bool:
        """Put the index in order, when nobody waits for it; say whether there was something to do.

        Raises EngineBusy when another process holds the index.
        """

    def search(self, node: Node, limit: int | None, check: Callable[[], None] = never) -> Found:
        """Give the passages that answer `node`, the best `limit` of them ranked (None: all).

        `check` is called now and then and may raise Cancelled, which ends the search. Raises QueryError for a
        pattern that is none, or takes too long.
        """

    def count(self, node: Node) -> int:
        """Give the number of passages that answer `node`."""

    def words(self, start: str = "") -> Mapping[str, int]:
        """Give the words that begin with `start`, as they are written, with about the number of passages of each."""

    def reset(self) -> None:
        """Throw the index away and start an empty one."""

    def close(self) -> None:
        """Let go of the files."""
