"""From a walk over XML to blocks: what books and office documents have in common.

A walk keeps its own stack, so no depth of nesting can exhaust Python's. What an element means is the business of
its reader, which hands finished paragraphs to an Outline; that knows headings, the rows of tables and pages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from docterm.library.model import Block, Role

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Step: TypeAlias = "Element | str | Callable[[], Sequence[Step]]"
"""What is to be walked: an element, a piece of text, or what is to be done (and then walked) at this point."""

_CELL_BORDER = " | "
_LONGEST_HEAD = 20
_HEAD = frozenset({Role.TITLE, Role.DECK, Role.BYLINE, Role.DATE})


def walk(root: Element, enter: Callable[[Element], Sequence[Step]], text: Callable[[str], None]) -> None:
    """Walk the tree under `root` in document order.

    `enter` gives what is to be walked in place of an element; texts are handed to `text`.
    """
    steps: list[Step] = [root]
    while steps:
        step = steps.pop()
        if isinstance(step, str):
            text(step)
        elif callable(step):
            steps.extend(reversed(step()))
        else:
            steps.extend(reversed(enter(step)))


def mixed(element: Element) -> list[Step]:
    """Give the text and the children of an element, in order."""
    steps: list[Step] = [element.text] if element.text else []
    for child in element:
        steps.append(child)
        if child.tail:
            steps.append(child.tail)
    return steps


def local(name: str) -> str:
    """Give the name of an element or attribute without its namespace."""
    return name.rpartition("}")[2]


def one_line(text: str) -> str:
    """Give a text on one line, without the hyphens that show only where a line is broken."""
    return " ".join(text.replace("\u00ad", "").split())


@dataclass(slots=True)
class Paragraph:
    """A finished paragraph on its way to become a block."""

    text: str
    role: Role = Role.BODY
    level: int = 0
    """Of a heading, from 1; 0 for anything else."""
    page: int | None = None
    page_label: str = ""


@dataclass(slots=True)
class _Row:
    page: int
    """On which the row begins."""
    last: int
    """On which its longest cell ends."""
    cells: list[list[Paragraph]] = field(default_factory=list)

    @property
    def is_data(self) -> bool:
        """Say whether each cell holds one plain paragraph at most: else the table is only there for the layout."""
        return all(
            len(cell) <= 1 and all(found.role is Role.BODY and not found.level for found in cell) for cell in self.cells
        )


class Outline:
    """The blocks of a document as they come, each with the headings above it."""

    def __init__(self) -> None:
        """Begin an empty document on page 1."""
        self.blocks: list[Block] = []
        self.page = 1
        self._open: list[tuple[int, str]] = []
        self._rows: list[_Row] = []
        self._later: list[Paragraph] = []
        """The notes of a table, which come after it so that its rows stay whole."""

    def put(self, paragraph: Paragraph) -> None:
        """Take a paragraph: into the cell that is open, else as a block. Without text it is passed over."""
        paragraph.text = one_line(paragraph.text)
        if not paragraph.text:
            return
        if self._rows and paragraph.role is Role.FOOTNOTE:
            self._later.append(paragraph)
        elif self._rows and self._rows[-1].cells:
            self._rows[-1].cells[-1].append(paragraph)
        else:
            self._add(paragraph)

    def _add(self, paragraph: Paragraph) -> None:
        if paragraph.level:
            while self._open and self._open[-1][0] >= paragraph.level:
                self._open.pop()
        above = tuple(heading for _, heading in self._open)
        self.blocks.append(Block(paragraph.role, paragraph.text, paragraph.page, above, paragraph.page_label))
        if paragraph.level:
            self._open.append((paragraph.level, paragraph.text))

    def open_row(self) -> None:
        """Begin a row of a table; it may stand in a cell of another."""
        self._rows.append(_Row(self.page, self.page))

    def open_cell(self) -> bool:
        """Begin a cell, on the page on which its row began; False where it stands in no row."""
        if not self._rows:
            return False
        row = self._rows[-1]
        row.last = max(row.last, self.page)
        self.page = row.page
        row.cells.append([])
        return True

    def close_row(self) -> Sequence[Step]:
        """End a row: one paragraph of all its cells, or its paragraphs one by one where a cell has several."""
        row = self._rows.pop()
        self.page = max(row.last, self.page)
        found = [paragraph for cell in row.cells for paragraph in cell]
        if row.is_data and found:
            text = _CELL_BORDER.join(paragraph.text for paragraph in found)
            found = [Paragraph(text, Role.BODY, 0, found[0].page, found[0].page_label)]
        if not self._rows:
            found += self._later
            self._later = []
        for paragraph in found:
            self.put(paragraph)
        return ()

    @property
    def is_at_head(self) -> bool:
        """Say whether nothing but what may stand at the head of a document has come so far."""
        return len(self.blocks) < _LONGEST_HEAD and all(block.role in _HEAD for block in self.blocks)

    def leave_headings(self) -> None:
        """Say that what comes now stands under no heading."""
        self._open.clear()


EMPTY = "There is no text in the file; it may be made of pictures alone."
"""The note on a document without blocks."""


def name_title(blocks: list[Block]) -> list[Block]:
    """Give the blocks with their first as the title, if it is the one heading of the first level and no title is named.

    Then it was written as the title, and stands above no other block.
    """
    first = blocks[0] if blocks else None
    if first is None or first.role is not Role.SUBHEAD or any(block.role is Role.TITLE for block in blocks):
        return blocks
    rest = blocks[1:]
    running = [block for block in rest if block.role in (Role.BODY, Role.SUBHEAD)]
    if not running or not all(block.headings[:1] == (first.text,) for block in running):
        return blocks
    return [replace(first, role=Role.TITLE), *(_without(block, first.text) for block in rest)]


def _without(block: Block, heading: str) -> Block:
    return replace(block, headings=block.headings[1:]) if block.headings[:1] == (heading,) else block
