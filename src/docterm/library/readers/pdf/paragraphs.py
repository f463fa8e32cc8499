"""The lines of a document put together to paragraphs, over columns and pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from docterm.library.readers.pdf.joining import join
from docterm.library.readers.pdf.line import Line
from docterm.library.readers.roles import ends_sentence
from docterm.library.readers.typeset import vocabulary_of
from docterm.text import sentences

_ITEM = re.compile(
    r"(?:[•◦▪‣·○●■□–—*-]\s|\(?\d{1,3}[.)]\s|\(?[a-zA-Z][.)]\s|\([ivxlc]{1,5}\)\s|\[\d{1,3}\]\s|[•◦▪‣○●■□]\S)"
)
CAPTION = re.compile(
    r"(?:figure|fig\.|table|tab\.|abbildung|abb\.|tabelle|tableau|figura|tabla|chart|exhibit|listing|plate|map|box)"
    r" ?(?:\d{1,3}|[A-Z])(?:[.\-–]\d{1,3})*(?P<end>[.:|]? )",
    re.IGNORECASE,
)
"""How the caption of a figure or a table begins."""
_LEADER = re.compile(r"(?:\. ?){4,}[\divxlc]{1,5}$")
_LONGEST_LEADER = 40
_WIDE_GAP = 1.32
"""Lines that stand further apart than so many times the usual distance are of two paragraphs in any setting."""
_SMALL_GAP = 1.12
"""And in a setting where so often a sentence ends above such a gap."""
_SURE = 0.45
_MANY_GAPS = 5
_FAR_GAP = 6
_LONG_LINE = 20
"""Characters: shorter lines say little about the edges of a column."""
_MOST_LINES = 2_000
"""A page with more lines is no page of text."""
_FLUSH = 1.0
"""Points: the last line of a paragraph seldom comes so near the edge, a line in its middle mostly does."""
_FEW = 2
"""Lines: of a shorter paragraph it is not known where its column ends."""
_OVERHANG = 0.5
"""A full stop may hang so far over the edge, in font sizes."""
_FEWEST_FLUSH, _JUSTIFIED = 4, 0.5
_FALLS_SHORT = 0.35
"""Font sizes that a line of a justified column must keep from the edge to be a last one."""
_TAIL = 60
_LOOK_BACK = 6
"""A paragraph that a column or a page breaks goes on behind at most so many captions, notes and headings."""


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together."""

    lines: list[Line]
    right: float
    """The right edge of the column in which it ends."""
    text: str = ""
    """The lines as one; empty until all of them are found."""

    @property
    def first(self) -> Line:
        """The line with which it begins."""
        return self.lines[0]

    @property
    def last(self) -> Line:
        """The line with which it ends."""
        return self.lines[-1]

    @property
    def size(self) -> float:
        """The font size of most of it."""
        sizes: Counter[float] = Counter()
        for line in self.lines:
            sizes[line.size] += len(line.text)
        return sizes.most_common(1)[0][0]

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.bold for line in self.lines)


@dataclass(frozen=True, slots=True)
class Setting:
    """How a document is set."""

    size: float
    """The font size of most of its text."""
    leading: float
    """The distance between two lines of a paragraph."""
    gap: float = _WIDE_GAP
    """Lines that stand further apart than so many times the leading are of two paragraphs."""


@dataclass(frozen=True, slots=True)
class Column:
    """The edges of a column."""

    left: float
    right: float
    justified: bool = False
    """Whether its lines are stretched to the right edge, so that one which falls short is the last of a paragraph."""


def paragraphs(lines: list[Line], setting: Setting) -> list[Paragraph]:
    """Give the paragraphs of a document in the order in which they begin, from its lines without the furniture."""
    pages: dict[int, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    found: list[Paragraph] = []
    for segment in _segments(lines, setting):
        _add_segment(found, segment, _column(segment, pages[segment[0].page]), setting)
    vocabulary = vocabulary_of([line.text for paragraph in found for line in paragraph.lines])
    for paragraph in found:
        paragraph.text = join((line.text for line in paragraph.lines), vocabulary)
    return found


def is_leader(line: Line) -> bool:
    """Say whether a line is of a table of contents: dots lead to a page number."""
    return _LEADER.search(line.text[-_LONGEST_LEADER:]) is not None


# --- how the text is set -------------------------------------------------------------------------


def measure(lines: list[Line]) -> Setting:
    """Find out the font size and the distance of the lines of running text; there must be some line."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    size = sizes.most_common(1)[0][0]
    drops = [
        (before.baseline - line.baseline, before)
        for before, line in pairwise(lines)
        if before.page == line.page
        and 0.3 * size < before.baseline - line.baseline < 4 * size
        and abs(before.size - line.size) < 0.6
        and line.overlaps(before.left, before.right)
    ]
    if not drops:
        return Setting(size, 1.2 * size)
    leading = median(drop for drop, _ in drops)
    between = [before for drop, before in drops if _SMALL_GAP * leading < drop <= _WIDE_GAP * leading]
    ended = sum(ends_sentence(before.text) for before in between)
    marked = len(between) >= _MANY_GAPS and ended >= _SURE * len(between)
    return Setting(size, leading, _SMALL_GAP if marked else _WIDE_GAP)


def _segments(lines: list[Line], setting: Setting) -> Iterator[list[Line]]:
    """Give the runs of lines that go down one column without a great gap."""
    segment: list[Line] = []
    left = right = 0.0
    for line in lines:
        if segment:
            before = segment[-1]
            goes_on = line.page == before.page and (
                _is_beside(before, line)
                or (
                    -1 <= before.baseline - line.baseline < _FAR_GAP * setting.leading
                    and line.overlaps(left - 2, right)
                    and not _leaves_column(line, before, setting)
                )
            )
            if not goes_on:
                yield segment
                segment = []
        left = min(left, line.left) if segment else line.left
        right = max(right, line.right) if segment else line.right
        segment.append(line)
    if segment:
        yield segment


def _leaves_column(line: Line, before: Line, setting: Setting) -> bool:
    """Say whether a line is of another column, or across them: not the rest of a title that is wider than one."""
    if line.column == before.column:
        return False
    drop = before.baseline - line.baseline
    return _differs(line, before) or line.bold != before.bold or drop > setting.gap * _leading(line, setting)


def _is_beside(before: Line, line: Line) -> bool:
    """Say whether a line goes on in the row of the one before, which a raised mark has parted."""
    apart = line.left - before.right
    return abs(before.baseline - line.baseline) < 1 and -1 <= apart < line.size and not before.cell


def _column(segment: list[Line], page: list[Line]) -> Column:
    """Give the edges to which most lines of a segment's column are set, from all of the page's lines in it."""
    low, high = min(line.left for line in segment), max(line.right for line in segment)
    sizes: Counter[float] = Counter()
    for line in segment:
        sizes[line.size] += len(line.text)
    size = sizes.most_common(1)[0][0]
    column = Counter(line.column for line in segment).most_common(1)[0][0]
    near = page if len(page) <= _MOST_LINES else segment  # else a page of scattered words takes minutes
    inside = [
        line for line in near if line.column == column and line.overlaps(low, high) and abs(line.size - size) < 1.5
    ]
    inside = inside or segment
    lines = [line for line in inside if len(line.text) > _LONG_LINE] or inside
    lefts = Counter(round(line.left) for line in lines)
    usual = [left for left, count in lefts.items() if count >= max(2, 0.1 * len(lines))]
    rights = sorted(line.right for line in lines)
    right = rights[int(0.95 * (len(rights) - 1))]
    flush = sum(abs(edge - right) <= _FLUSH for edge in rights)
    return Column(min(usual or lefts), right, flush > max(_FEWEST_FLUSH, _JUSTIFIED * len(rights)))


# --- where a paragraph begins --------------------------------------------------------------------


def _add_segment(found: list[Paragraph], segment: list[Line], column: Column, setting: Setting) -> None:
    """Add the lines of a segment to the paragraphs before it, and to new ones."""
    current = _torn(found, segment[0], column)
    for place, line in enumerate(segment):
        if (
            current is not None
            and place > 0
            and _begins(line, current, column, setting, segment[place + 1 : place + 2])
        ):
            below_heading = line.text[0].islower() and _differs(line, current.last)
            current = _torn_above(found, line, column) if below_heading else None
        if current is None:
            current = Paragraph([], column.right)
            found.append(current)
        current.lines.append(line)
        current.right = column.right


def _begins(line: Line, current: Paragraph, column: Column, setting: Setting, after: list[Line]) -> bool:
    """Say whether a line begins a paragraph, `current` being the one above it and `after` what is below it."""
    before = current.last
    drop = before.baseline - line.baseline
    if (before.broken and not _differs(line, before)) or _is_marked(line, before):
        return False
    if drop < 1:  # pieces of one row
        return line.left < before.right - 1 or line.left - before.right > 3 * line.size
    room = column.right - before.right
    return (
        _differs(line, before)
        or drop > setting.gap * _leading(line, setting)
        or _turns_bold(line, before, room, drop > 1.15 * setting.leading)
        or _is_entry(line, before)
        or _is_item(line, current, room)
        or _is_indented(line, current, column, room, after)
        or _leaves_item(line, current)
        or _ended(line, before, column, setting, room)
    )


def _is_entry(line: Line, before: Line) -> bool:
    """Say whether an entry of a table of contents begins between two lines."""
    return is_leader(before) or (not line.text[0].islower() and is_leader(line))


def _is_item(line: Line, current: Paragraph, room: float) -> bool:
    """Say whether a line begins an item of a list, and not just with a number or a dash."""
    if _ITEM.match(line.text) is None:
        return False
    cited = line.text.startswith("[")  # perhaps no entry of a list of works but the mark of one, behind its sentence
    if (ends_sentence(current.last.text) and not cited) or room > line.first_word + 0.3 * line.size:
        return True
    return _ITEM.match(current.first.text) is not None and abs(line.left - current.first.left) < line.size


def _differs(line: Line, before: Line) -> bool:
    """Say whether two lines are set in different sizes; a few signs beside a line may be an index or a mark."""
    return not _is_mark_beside(line, before) and abs(line.size - before.size) > 0.08 * max(line.size, before.size) + 0.3


def _is_mark_beside(line: Line, before: Line) -> bool:
    beside = abs(before.baseline - line.baseline) < 0.6 * max(line.size, before.size)
    return beside and min(len(line.text), len(before.text)) <= 3


def _is_marked(line: Line, before: Line) -> bool:
    """Say whether a line stands right behind the raised mark of its note."""
    close = -1 <= line.left - before.right < line.size
    return close and before.size < line.size and len(before.text) <= 3 and _is_mark_beside(line, before)


def _leading(line: Line, setting: Setting) -> float:
    """Give the distance to expect between lines of the size of this one."""
    return max(setting.leading * line.size / setting.size, 1.05 * line.size)


def _turns_bold(line: Line, before: Line, room: float, apart: bool) -> bool:
    """Say whether a heading begins or ends between two lines."""
    if line.bold == before.bold:
        return False
    return apart or (not ends_sentence(before.text) and len(before.text) < 60 and room > 4 * line.size)


def _is_indented(line: Line, current: Paragraph, column: Column, room: float, after: list[Line]) -> bool:
    """Say whether a line is indented as the first of a paragraph is."""
    before, em = current.last, line.size
    indent = line.left - before.left
    if len(current.lines) == 1 and abs(indent) < 0.1 * em and 0.7 * em < line.left - column.left < 6 * em:
        alone = any(abs(below.left - column.left) < 0.1 * em for below in after)  # else a quotation, all indented
        return ends_sentence(before.text) and (alone or room > em)
    if not 0.7 * em < indent < 6 * em or line.left - column.left <= 0.7 * em:
        return False
    if abs(before.left - column.left) >= 0.5 * em + 1 or _ITEM.match(current.first.text):
        return False
    return ends_sentence(before.text) or room > line.first_word + 0.25 * em


def _leaves_item(line: Line, current: Paragraph) -> bool:
    """Say whether a line stands left of an item's text, after its end."""
    before = current.last
    if _ITEM.match(current.first.text) is None or not ends_sentence(before.text):
        return False
    hanging = len(current.lines) > 1 and before.left - current.first.left > 0.3 * line.size
    return hanging and before.left - line.left > 0.5 * line.size


def _ended(line: Line, before: Line, column: Column, setting: Setting, room: float) -> bool:
    """Say whether the line before is the last of its paragraph: the first word of this one had room in it."""
    if column.justified and room > _FALLS_SHORT * line.size and ends_sentence(before.text):
        return True
    needed = line.first_word + 0.45 * line.size
    if room <= needed:
        return False
    if line.size > 1.15 * setting.size and abs(line.size - before.size) < 0.1:
        return False  # a title is broken where it reads well, not where it is full
    return ends_sentence(before.text) or room > 0.25 * (column.right - column.left)


# --- paragraphs that were torn -------------------------------------------------------------------


def _torn(found: list[Paragraph], line: Line, column: Column) -> Paragraph | None:
    """Give the paragraph that the first line of a column goes on with."""
    for paragraph in reversed(found[-_LOOK_BACK:]):
        before = paragraph.last
        if abs(before.size - line.size) > 0.4 or before.bold != line.bold:
            continue
        if line.page - before.page > 1:
            return None
        return paragraph if _goes_on(paragraph, line, column) else None
    return None


def _torn_above(found: list[Paragraph], line: Line, column: Column) -> Paragraph | None:
    """Give the paragraph that a line under a title or a caption at the top of a column goes on with."""
    torn = _torn(found, line, column)
    if torn is None or ends_sentence(torn.last.text):
        return None
    return torn if (torn.last.page, torn.last.column) != (line.page, line.column) else None


def _goes_on(paragraph: Paragraph, line: Line, column: Column) -> bool:
    before = paragraph.last
    if before.broken:
        return True
    room = paragraph.right - before.right
    if room >= line.first_word + 0.45 * line.size or is_leader(before) or CAPTION.match(line.text) is not None:
        return False
    finished = _is_finished(before.text, line.text)
    if line.text[0].islower() and not finished:
        return True
    if finished and (len(paragraph.lines) < _FEW or not -_OVERHANG * before.size <= room <= _FLUSH):
        return False
    runs_on = min(len(before.text), len(line.text)) > 25 and not line.bold
    return runs_on and not _ITEM.match(line.text) and line.left - column.left < 0.7 * line.size


def _is_finished(before: str, after: str) -> bool:
    """Say whether a sentence ends between two lines: not after an abbreviation, nor before a small letter."""
    if not ends_sentence(before):
        return False
    if before.endswith((":", ";")):
        return True
    end = before[-_TAIL:]
    return any(span.end == len(end) for span in sentences(f"{end} {after[:_TAIL]}"))
