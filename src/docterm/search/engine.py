"""What docterm asks of a search engine. Nothing above this protocol sees a class of the engine's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from docterm.library.model import Passage
from docterm.search.tree import Node


class EngineDamaged(Exception):
    """The index cannot be read; reset it and index again."""


class EngineBusy(Exception):
    """Another process is writing the index."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage that was found, by its document and its index in it."""

    key: str
    index: int
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the best passages, and how many there are in each document in all."""

    ranked: tuple[Ranked, ...]
    documents: Mapping[str, int]

    @property
    def total(self) -> int:
        """The number of passages found."""
        return sum(self.documents.values())


class Engine(Protocol):
    """An index of body passages. Every method may raise EngineDamaged."""

    def stamps(self) -> Mapping[str, str]:
        """Give the stamp of each indexed document by key: what its text was when it was indexed."""

    def update(self, added: Iterable[tuple[str, str, Iterable[Passage]]], removed: Iterable[str]) -> None:
        """Index documents (key, stamp, passages) in place of what was indexed under their keys; forget `removed`.

        Raises EngineBusy when another process holds the index.
        """

    def search(self, node: Node, limit: int | None) -> Found:
        """Give the passages that answer `node`, the best `limit` of them ranked (None: all)."""

    def count(self, node: Node) -> int:
        """Give the number of passages in which a part of a query is found."""

    def reset(self) -> None:
        """Throw the index away and start an empty one."""

    def close(self) -> None:
        """Let go of the files."""
