"""A page of HTML as a tree of plain objects, and the lines of text in it.

The tree of the parser is walked once. What came of it are lists, so that every later question (how much text,
how much of it in links) is answered by one pass forwards or backwards, at any depth.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docterm.errors import Code, ReadError

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MOST_ELEMENTS = 500_000
_BREAK = "\ufdd0"
"""Stands for <br>; a noncharacter, which no text may hold."""
_BLOCKS = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol option p pre section summary "
    "table tbody td tfoot th thead tr ul".split()
)
_UNREAD = frozenset(
    "annotation annotation-xml applet area audio canvas datalist embed frame head iframe link map meta "
    "noframes noscript object param progress rp rt script select source style svg template textarea title track "
    "video".split()
)
_ANCHORS = frozenset("#¶§")
"""What stands beside headings, to link to them."""
_OUT_OF_SIGHT = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WIDE = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]"
)
"""Scripts that put no space between words, and Korean: a letter says as much as three Latin ones."""


@dataclass(slots=True, eq=False)
class Node:
    """An element of the page."""

    tag: str
    attributes: dict[str, str | None]
    parent: Node | None
    index: int
    """Its place among all elements of the page, parents first."""
    block: Node | None = None
    """The innermost element around its text that stands on lines of its own: itself, if it does."""
    typed: bool = False
    """Whether it is in a <pre>, where lines are as they were typed."""
    hint: str = ""
    """What the page calls it: the words of its class and id, in lower case."""
    end: int = 0
    """The index after that of its last descendant."""
    children: list[Node | str] = field(default_factory=list)

    @property
    def is_block(self) -> bool:
        """Say whether it stands on lines of its own."""
        return self.tag in _BLOCKS

    def ancestors(self) -> Iterator[Node]:
        """Give the elements around it, the innermost first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


@dataclass(slots=True, eq=False)
class Line:
    """A paragraph of the page, or whatever else stands on lines of its own."""

    text: str
    node: Node
    """The innermost element that stands on lines of its own around it; the row, for the cells of a table."""
    size: int
    """How much it says, in Latin letters."""
    linked: int
    """How much of that is links."""
    inner: tuple[Node, ...] = ()
    """The elements within it."""


def measure(text: str) -> int:
    """Give how much a text says, counted in Latin letters."""
    return len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text))


# --- the tree ------------------------------------------------------------------------------------


def grow(body: LexborNode, hidden: bool = False) -> list[Node]:
    """Give the elements of a page that can be seen, parents first; `hidden` takes the others too.

    Raises ReadError when there are more than MOST_ELEMENTS.
    """
    root = Node("body", {}, None, 0)
    root.block = root
    nodes = [root]
    open_nodes: list[tuple[LexborNode | None, Node]] = [(body.first_child, root)]
    while open_nodes:
        source, parent = open_nodes.pop()
        if source is None:
            parent.end = len(nodes)
            continue
        open_nodes.append((source.next, parent))
        if source.is_text_node:
            parent.children.append(source.text_content or "")
        elif source.is_element_node and (source.tag or "") not in _UNREAD:
            node = Node(source.tag or "", source.attributes, parent, len(nodes))
            if _is_out_of_sight(node) and not hidden:
                continue
            node.hint = _hint(node.attributes)
            node.block = node if node.is_block else parent.block
            node.typed = parent.typed or node.tag == "pre"
            parent.children.append(node)
            nodes.append(node)
            open_nodes.append((source.first_child, node))
            if len(nodes) > MOST_ELEMENTS:
                raise ReadError(
                    f"The page has more than {MOST_ELEMENTS:,} elements.", "Save the article by itself.", Code.TOO_BIG
                )
    return nodes


def _is_out_of_sight(node: Node) -> bool:
    attributes = node.attributes
    if "hidden" in attributes and (attributes["hidden"] or "").lower() != "false":
        return True
    if attributes.get("aria-hidden") == "true" and not node.is_block:  # an icon, the mark beside a heading
        return True
    style = attributes.get("style")
    return style is not None and _OUT_OF_SIGHT.search(style) is not None


def _hint(attributes: dict[str, str | None]) -> str:
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    if not named.strip():
        return ""
    return _CAMEL.sub(" ", named[:500]).replace("-", " ").replace("_", " ").lower()


def inherit(nodes: list[Node], test: Callable[[Node], bool]) -> list[bool]:
    """Say of each element whether it or one around it passes a test."""
    found: list[bool] = []
    for node in nodes:
        found.append((node.parent is not None and found[node.parent.index]) or test(node))
    return found


def heading_level(node: Node) -> int:
    """Give the level of a heading, 0 for anything else."""
    return int(node.tag[1]) if len(node.tag) == 2 and node.tag[0] == "h" and node.tag[1].isdigit() else 0


# --- the lines -----------------------------------------------------------------------------------


class _Reading:
    """One walk over the tree: the line that is open, and the lines so far."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._pieces: list[str] = []
        self._inner: list[Node] = []
        self._linked = 0
        self._links = 0

    def walk(self, root: Node) -> None:
        """Read the whole tree; a child that is None is the end of its parent."""
        block = root
        todo: list[tuple[Node | str | None, Node]] = [(root, root)]
        while todo:
            child, parent = todo.pop()
            if isinstance(child, str):
                self._take(child)
            elif child is None:
                if parent.is_block:
                    self._flush(block)
                    block = (parent.parent and parent.parent.block) or root
                self._links -= parent.tag == "a"
            else:
                if child.is_block:
                    self._flush(block)
                    block = child
                self._enter(child)
                todo.append((None, child))
                todo.extend((below, child) for below in reversed(child.children))

    def _take(self, text: str) -> None:
        if not self._links:
            self._pieces.append(text)
        elif text.strip() not in _ANCHORS:
            self._pieces.append(text)
            self._linked += len(text.strip())

    def _enter(self, node: Node) -> None:
        self._links += node.tag == "a"
        if node.tag == "br":
            self._pieces.append("\n" if node.typed else _BREAK)
        elif not node.is_block:
            self._inner.append(node)

    def _flush(self, block: Node) -> None:
        text = "".join(self._pieces)
        if text.strip():
            whole = " ".join(text.replace(_BREAK, " ").split())
            share = min(1.0, self._linked / len(whole)) if whole else 0.0
            parts = text.split("\n") if block.typed else _split_at_breaks(text)
            for part in parts:
                words = " ".join(part.replace("\u00ad", "").split())
                if words:
                    size = measure(words)
                    self.lines.append(Line(words, block, size, round(size * share), tuple(self._inner)))
        self._pieces, self._inner, self._linked = [], [], 0


_SINGLE_BREAK = 100
"""Where lines between single breaks say so much on average, each is a paragraph; shorter ones were wrapped by hand."""


def _split_at_breaks(text: str) -> list[str]:
    """Give the paragraphs of a text with <br> in it: parted by empty lines, or by every break if they are long."""
    if _BREAK not in text:
        return [text]
    lines = text.split(_BREAK)
    filled = [line for line in lines if line.strip()]
    if sum(map(measure, filled)) >= _SINGLE_BREAK * len(filled):
        return filled
    parts: list[str] = []
    fresh = True
    for line in lines:
        if not line.strip():
            fresh = True
        elif fresh or line.lstrip(" \t\r\n\xa0").startswith("\u3000"):  # Chinese and Japanese indent by a wide space
            parts.append(line)
            fresh = False
        else:
            parts[-1] += f" {line}"
    return parts


def lines_of(nodes: list[Node]) -> list[Line]:
    """Give the lines of a page in reading order, the row of a table as one."""
    reading = _Reading()
    reading.walk(nodes[0])
    return _join_rows(nodes, reading.lines)


def _join_rows(nodes: list[Node], lines: list[Line]) -> list[Line]:
    """Join the cells of a row, where no cell has more than one line: else the table is only there for the layout."""
    cells: list[tuple[Node | None, Node | None]] = []
    for node in nodes:
        row, cell = cells[node.parent.index] if node.parent is not None else (None, None)
        cells.append((node, None) if node.tag == "tr" else (row, node) if node.tag in ("td", "th") else (row, cell))
    found: list[Line] = []
    start = 0
    while start < len(lines):
        row = cells[lines[start].node.index][0]
        end = start + 1
        while row is not None and end < len(lines) and cells[lines[end].node.index][0] is row:
            end += 1
        of_row = lines[start:end]
        its_cells = {id(cells[line.node.index][1]) for line in of_row}
        if row is not None and 1 < len(of_row) == len(its_cells) and row.end - row.index < 40 * len(of_row):
            of_row = [_row(row, of_row)]
        found += of_row
        start = end
    return found


def _row(row: Node, cells: list[Line]) -> Line:
    text = " | ".join(cell.text for cell in cells)
    inner = tuple(node for cell in cells for node in cell.inner)
    return Line(text, row, sum(cell.size for cell in cells), sum(cell.linked for cell in cells), inner)
