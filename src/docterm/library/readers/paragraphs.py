"""The lines of a plain text put together to its paragraphs, however they were wrapped, spaced or torn by pages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from docterm.library.model import Role
from docterm.library.readers.hyphens import Vocabulary, breaks_word, join_lines
from docterm.library.readers.lines import Line
from docterm.library.readers.roles import ends_sentence, front_role, is_boilerplate, is_caption, starts_item
from docterm.library.readers.typeset import vocabulary_of

_FRONT_LINES = 12
"""A byline and a date stand among so many lines."""
_NARROWEST, _WIDEST = 30, 200
"""A text is wrapped at a width between these, or not at all."""
_SHORT = 0.8
_VERY_SHORT = 0.6
_HEADING_LENGTH = 50
"""A single line up to this length, open at its end, is no torn paragraph but a heading."""
_LINES_TO_A_BLANK = 8
"""Where sentences stand on lines of their own, a paragraph has so many at most, on average."""
_SENTENCE_INSIDE = re.compile(r"[.!?…][\"”’»)]*\s[\"“‘«(]?[^\W\d_a-zß-ÿ]|[。！？].")


@dataclass(frozen=True, slots=True)
class Layout:
    """How the lines of a text are set."""

    width: int
    """The column at which lines were wrapped."""
    wrapped: bool
    """Whether a paragraph goes over several lines."""
    marked: bool
    """Whether blank lines or indents mark the paragraphs, so that a line that ends early means little."""
    margin: int
    """The indent of most lines."""
    spaced: bool = False
    """Whether blank lines alone mark the paragraphs, and inside them each sentence has a line of its own."""
    indented: bool = False
    """Whether indents mark the paragraphs, and seldom blank lines."""

    def fits(self, before: Line, after: Line) -> bool:
        """Say whether the first word of `after` had room in the line `before`: so the break was wanted."""
        return self.wrapped and before.length + 1 + _first_word(after) <= self.width - 2

    def fills(self, before: Line, after: Line) -> bool:
        """Say whether `before` was broken because it was full."""
        return self.wrapped and before.length <= _WIDEST and not self.fits(before, after)

    def strays(self, line: Line) -> bool:
        """Say whether a line is indented by a column or two: what a page break leaves in a saved text."""
        return 1 <= line.indent - self.margin <= 2


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together."""

    lines: list[Line]
    role: Role | None = None
    """What the paragraph says of itself; None for running text."""
    text: str = ""
    """The lines as one; empty until all of them are found."""

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.lines[0].page


def paragraphs(lines: list[Line]) -> list[Paragraph]:
    """Give the paragraphs of a text in the order in which they begin, each as one line of text.

    A paragraph that a page break, a caption, a link or a `Related article` line interrupts is one paragraph.
    """
    layout = measure(lines)
    _mark_front_lines(lines, layout)
    found = _rejoin(_split(lines, layout), layout)
    vocabulary = Vocabulary.of([line for line in lines if line.role is None])
    if vocabulary.typeset:
        vocabulary = vocabulary_of([line.text for paragraph in found for line in paragraph.lines])
    for paragraph in found:
        paragraph.text = join_lines((line.text for line in paragraph.lines), vocabulary)
    return found


# --- how the text is set -------------------------------------------------------------------------


def measure(lines: list[Line]) -> Layout:
    """Find out how a text is set, from the lines that another follows without a blank line."""
    running = [line for line in lines if line.role is None]
    inner = [
        (line, after)
        for line, after in pairwise(lines)
        if not after.after_blank and line.page == after.page and line.role is None and after.role is None
    ]
    margin = _most_common([line.indent for line in running])
    width = _width(inner)
    blanks, indents = sum(line.after_blank for line in running), _indents(inner, margin)
    marks = max(blanks, indents)
    wrapped = _is_wrapped(inner, width)
    spaced = not wrapped and _is_spaced(running, inner)
    return Layout(width, wrapped, marks >= 2 and marks * 40 >= len(running), margin, spaced, indents > blanks)


def _width(inner: list[tuple[Line, Line]]) -> int:
    """Give the length that all but 3 % of the lines keep within."""
    lengths = sorted(line.length for line, _ in inner)
    return lengths[min(len(lengths) - 1, int(0.97 * len(lengths)))] if lengths else 0


def _is_wrapped(inner: list[tuple[Line, Line]], width: int) -> bool:
    """Say whether most lines end because they are full, and in the middle of a sentence."""
    if not _NARROWEST <= width <= _WIDEST:
        return False
    full = sum(line.length >= 0.85 * width or line.length + 1 + _first_word(after) >= width for line, after in inner)
    unfinished = sum(not ends_sentence(line.text) for line, _ in inner)
    return full > 0.55 * len(inner) and unfinished > 0.5 * len(inner)


def _is_spaced(running: list[Line], inner: list[tuple[Line, Line]]) -> bool:
    """Say whether blank lines set off the paragraphs, and most other lines hold one sentence or a part of one."""
    blanks = sum(line.after_blank for line in running)
    groups = sum(line.after_blank or place == 0 for place, (line, _) in enumerate(inner))
    if groups < 2 or blanks < 2 or blanks * _LINES_TO_A_BLANK < len(running):
        return False
    single = sum(
        (ends_sentence(line.text) or after.text[0].islower()) and not _SENTENCE_INSIDE.search(line.text)
        for line, after in inner
    )
    return single >= 0.6 * len(inner)


def _indents(inner: list[tuple[Line, Line]], margin: int) -> int:
    """Give how many lines are indented under the end of a sentence."""
    return sum(
        after.indent >= margin + 2 and line.indent <= margin and ends_sentence(line.text) for line, after in inner
    )


def _first_word(line: Line) -> int:
    return len(line.text.partition(" ")[0])


def _most_common(numbers: list[int]) -> int:
    return Counter(numbers).most_common(1)[0][0] if numbers else 0


def _mark_front_lines(lines: list[Line], layout: Layout) -> None:
    """Mark byline and date: lines of their own near the top, not the middle of a wrapped sentence."""
    front = [line for line in lines[: 3 * _FRONT_LINES] if line.role is not Role.FURNITURE][:_FRONT_LINES]
    before: Line | None = None
    for line in front:
        alone = before is None or before.role is not None or line.after_blank or layout.fits(before, line)
        if line.role is None and (alone or not layout.wrapped):
            line.role = front_role(line.text)
        before = line


# --- where a paragraph begins --------------------------------------------------------------------


def _split(lines: list[Line], layout: Layout) -> list[Paragraph]:
    found: list[Paragraph] = []
    for line in lines:
        if found and (_ends_caption(line, found[-1], layout) or not _begins(line, found[-1], layout)):
            found[-1].lines.append(line)
        else:
            found.append(Paragraph([line], line.role))
    for paragraph in found:
        if paragraph.role is None and is_caption(" ".join(line.text for line in paragraph.lines[:6])):
            paragraph.role = Role.CAPTION
    return found


def _ends_caption(line: Line, current: Paragraph, layout: Layout) -> bool:
    """Say whether a line is the credit of a caption that was wrapped just before it."""
    inside = layout.marked and not line.after_blank and line.page == current.lines[-1].page
    return inside and line.role is Role.CAPTION and current.role is None and len(current.lines) <= 3


def _begins(line: Line, current: Paragraph, layout: Layout) -> bool:
    """Say whether a line begins a paragraph, `current` being the one above it."""
    before = current.lines[-1]
    too_long = before.length > _WIDEST and not layout.spaced
    if line.after_blank or line.page != before.page or line.role is not None or too_long:
        return True
    if current.role is not None:  # an aside goes on in the next line only when it filled its own
        goes_on = current.role in (Role.RELATED, Role.CAPTION) and not ends_sentence(before.text)
        return not (goes_on and layout.fills(before, line))
    if breaks_word(before.text, line.text):
        return False
    finished = ends_sentence(before.text)
    if starts_item(line.text):
        return finished or not layout.fills(before, line) or starts_item(current.lines[0].text)
    if finished and is_boilerplate(line.text):
        return True
    return _is_indented(line, current, layout) or _ended(before, line, layout)


def _is_indented(line: Line, current: Paragraph, layout: Layout) -> bool:
    before = current.lines[-1]
    if not layout.wrapped or line.indent < layout.margin + 2 or starts_item(current.lines[0].text):
        return False
    under_one_line = layout.indented and len(current.lines) == 1 and line.indent == before.indent
    if not under_one_line and (before.indent != layout.margin or line.indent < before.indent + 2):
        return False
    return ends_sentence(before.text) or layout.fits(before, line)


def _ended(before: Line, line: Line, layout: Layout) -> bool:
    """Say whether the line before is the last of its paragraph.

    In a wrapped text it is when it ends a sentence and the next word had room. Where paragraphs are marked,
    much room is asked for, unless a page break stands between: there the mark may be lost. Where lines
    are not wrapped, each is a paragraph, but for one that plainly goes on. Where blank lines alone mark
    paragraphs, only a heading ends with its line.
    """
    finished, lower = ends_sentence(before.text), line.text[0].islower()
    if layout.spaced:
        return not finished and not lower and len(before.text) <= _HEADING_LENGTH
    if not layout.wrapped:
        return finished or not lower or len(before.text) <= _HEADING_LENGTH
    if lower or not layout.fits(before, line):
        return False
    if finished:
        return not layout.marked or layout.strays(line) or before.length < _SHORT * layout.width
    return before.length < _VERY_SHORT * layout.width


# --- paragraphs that were torn -------------------------------------------------------------------


def _rejoin(torn: list[Paragraph], layout: Layout) -> list[Paragraph]:
    found: list[Paragraph] = []
    last: Paragraph | None = None
    for paragraph in torn:
        if paragraph.role is None:
            if last is not None and _goes_on(last, paragraph, found[-1] is not last, layout):
                last.lines.extend(paragraph.lines)
                continue
            if len(paragraph.lines) > 1 or len(paragraph.lines[0].text) > _HEADING_LENGTH:
                last = paragraph
        found.append(paragraph)
    return found


def _goes_on(upper: Paragraph, lower: Paragraph, interrupted: bool, layout: Layout) -> bool:
    """Say whether `lower` is the rest of `upper`; `interrupted` when something else stands between them."""
    before, line = upper.lines[-1], lower.lines[0]
    new_page = before.page != line.page
    if starts_item(line.text):
        return False
    if breaks_word(before.text, line.text):
        return before.length <= _WIDEST or new_page or interrupted
    if line.text[0].islower():
        if new_page:
            return True
        return not ends_sentence(before.text) and (interrupted or layout.fills(before, line))
    if ends_sentence(before.text) or len(upper.lines) < 2:
        return False
    return (new_page or layout.strays(line)) and layout.fills(before, line)
