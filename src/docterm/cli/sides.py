"""The sides that a command line names: a document by its name, or all documents in which a query finds something."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from docterm.cli import output
from docterm.cli.context import readable, searching
from docterm.errors import NothingFound, RequestError
from docterm.text import label

if TYPE_CHECKING:
    from docterm.compare.sides import Side
    from docterm.library.library import Library
    from docterm.library.model import Document

EXAMPLE = "`docterm compare voa carnegie`, or `docterm compare --left 'source:voice' --right 'source:carnegie'`."
_LONGEST_LABEL = 80


def sides(library: Library, names: Sequence[str], left: str | None, right: str | None) -> tuple[Side, Side]:
    """Give the two sides: each a query where there is one, else the next of the names of documents.

    Raises RequestError when these are not two, or name the same documents, and NothingFound for a query that finds
    nothing.
    """
    from docterm.compare.sides import Side, parted

    if len(names) + (left is not None) + (right is not None) != 2:
        raise RequestError("Comparing takes two sides, each a document or a query.", EXAMPLE)
    rest = iter(names)
    groups = [
        _found(library, query) if query is not None else [readable(library, next(rest))] for query in (left, right)
    ]
    labels = [label(query or "", _LONGEST_LABEL) for query in (left, right)]
    first, second = (Side.read(library, group, name) for group, name in zip(groups, labels, strict=True))
    apart = parted(first, second)
    if not (apart.left.documents and apart.right.documents):
        same = f"Both sides name {first.keys[0]}." if len(groups[0]) == 1 else "Both sides are the same documents."
        raise RequestError(same, "Name two documents; `docterm list` has their keys.")
    return first, second


def _found(library: Library, query: str) -> list[Document]:
    """Give the documents in which a query finds something, in the order of the library."""
    from docterm.search.query import parse

    with searching(library) as service:
        results = service.search(query, limit=1)
        output.notes(service.notes)
    if not results.documents or results.node != parse(query).node:  # then it has some of what is asked for, not all
        raise NothingFound(
            f"No document answers “{label(query, _LONGEST_LABEL)}”.", "`docterm search` says what a query finds."
        )
    return [document for document in library.documents() if document.key in results.documents]
