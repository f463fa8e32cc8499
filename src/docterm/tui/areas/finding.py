"""Finding words in the document of a reader: the same in every area that has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import work
from textual.message import Message
from textual.worker import get_current_worker

from docterm.library.model import Passage
from docterm.search.facts import facts_of
from docterm.search.tree import Node
from docterm.text import ENGLISH
from docterm.tui.areas.coding import Coding
from docterm.tui.hits import Hits, Landing, find_hits


class Finding(Coding):
    """An area that marks the hits of a query in the document that it would quote from."""

    @dataclass
    class HitsFound(Message):
        """The hits of a query in `passages` are known."""

        passages: Sequence[Passage]
        hits: Hits
        landing: Landing

    @work(thread=True, group="hits", exclusive=True)
    def _find_hits(self, node: Node, landing: Landing) -> None:
        worker, (document, reader) = get_current_worker(), self.quoted_from()
        passages, language = reader.passages, ENGLISH if document is None else facts_of(document).stemmed_as
        hits = find_hits(node, passages, lambda: worker.is_cancelled, language)
        if hits is not None:
            self.post_message(self.HitsFound(passages, hits, landing))
