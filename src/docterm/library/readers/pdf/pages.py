"""The lines of a page with their geometry, from pdfium's characters.

pdfium gives the text of a page in the order in which it was drawn, with a line feed where a line ends and
U+FFFE where a hyphen at a line end parts a word. Where and how large the text stands has to be asked for a
character at a time: a dozen calls a line.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from docterm.library.readers.lines import cut_line
from docterm.library.readers.pdf.handles import PdfPage, TextPage
from docterm.library.readers.pdf.line import Line, Page

LONGEST_PAGE = 2_000_000
"""Characters; what a page holds above that is left out."""
_LINES = re.compile(r"([^\r\n\ufffe]*)(\r\n|[\r\n\ufffe]|$)")
_WIDE_GAP = 1.2
"""A gap of so many times the font size parts two columns or two cells."""
_FAR_BACK = 5.0
_LONG_ROW = 0.45
"""Only a row this long, in widths of the page, can hold two columns."""
_TINY = 1.5
"""Font sizes below are of text that is scaled up by other means: its height tells more."""
_BOLD = 600
_BOLD_NAME = re.compile(rb"(?i:bold|black|heavy)")
_MARGIN = 1.0
_SOFT_HYPHEN, _HYPHEN = "\u00ad", "-"
_TUCKED = 0.15
"""A space before a hyphen that is narrower, in font sizes, was never there."""
_EN_DASH, _EM_DASH = 0.43, 0.75
"""Widths in font sizes from which a sign is a dash and no hyphen."""
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_LEFT_OUT = _LIGATURES | dict.fromkeys((0x00AD, 0x200B, 0xFEFF, 0x0000), "")


class Box(NamedTuple):
    """A rectangle in points."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(slots=True)
class _Piece:
    """A stretch of the page's text on one line, before the page's direction is known."""

    text: str
    first: Box
    last: Box
    word: Box
    """The last character of the first word."""
    origins: list[tuple[float, float]]
    size: float
    bold: bool
    quarter: int | None
    """Quarter turns, counter-clockwise, of the direction it runs in; None for a slant."""
    end: str = ""
    """The hyphen or dash that pdfium took for the parting of a word, with the space before it if there is one."""
    cell: int = 0


class _Characters:
    """The characters of a page by their place in its text."""

    def __init__(self, textpage: TextPage) -> None:
        from pypdfium2 import raw  # type: ignore[import-untyped]

        self._raw = raw
        self._page = textpage.raw
        self.count = max(0, raw.FPDFText_CountChars(self._page))
        self.text = self._text(min(self.count, LONGEST_PAGE))
        self._same = len(self.text) == self.count
        self._rect, self._matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._name = ctypes.create_string_buffer(128)

    def _text(self, count: int) -> str:
        """Give the text; pdfium can write a few more characters than it counts, and leaves some out."""
        if not count:
            return ""
        buffer = (ctypes.c_ushort * (2 * count + 2))()
        written: int = self._raw.FPDFText_GetText(self._page, 0, count, buffer)
        return bytes(memoryview(buffer)[: max(0, written - 1)]).decode("utf-16-le", "ignore")

    def _index(self, place: int) -> int:
        """Give pdfium's number of the character at a place of the text."""
        if self._same:
            return place
        index: int = self._raw.FPDFText_GetCharIndexFromTextIndex(self._page, place)
        return index if index >= 0 else min(place, self.count - 1)

    def box(self, place: int) -> Box | None:
        """Give the box of a character, as high as its font."""
        rect = self._rect
        if not self._raw.FPDFText_GetLooseCharBox(self._page, self._index(place), rect):
            return None
        box = Box(rect.left, rect.bottom, rect.right, rect.top)
        return box if all(map(math.isfinite, box)) else None

    def origin(self, place: int) -> tuple[float, float] | None:
        """Give where a character stands on its baseline."""
        if not self._raw.FPDFText_GetCharOrigin(self._page, self._index(place), self._x, self._y):
            return None
        x, y = self._x.value, self._y.value
        return (x, y) if math.isfinite(x) and math.isfinite(y) else None

    def size(self, place: int) -> float:
        """Give the font size of a character as it is drawn, its text scaled."""
        index, matrix = self._index(place), self._matrix
        size: float = self._raw.FPDFText_GetFontSize(self._page, index)
        if self._raw.FPDFText_GetMatrix(self._page, index, matrix):
            size *= math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))
        return abs(size) if math.isfinite(size) else 0.0

    def is_bold(self, place: int) -> bool:
        """Say whether a character is bold, by the weight of its font or by what the font is called."""
        index = self._index(place)
        weight: int = self._raw.FPDFText_GetFontWeight(self._page, index)
        if weight >= _BOLD:
            return True
        length = self._raw.FPDFText_GetFontInfo(self._page, index, self._name, len(self._name), None)
        return 0 < length <= len(self._name) and _BOLD_NAME.search(self._name.value) is not None

    def quarter(self, place: int) -> int | None:
        """Give the direction of a character in quarter turns; None when it is none."""
        angle: float = self._raw.FPDFText_GetCharAngle(self._page, self._index(place)) / (math.pi / 2)
        if not math.isfinite(angle) or abs(angle - round(angle)) > 0.07:
            return None
        return round(angle) % 4

    def is_made(self, place: int) -> bool:
        """Say whether pdfium put a space here because it saw a gap."""
        return bool(self._raw.FPDFText_IsGenerated(self._page, self._index(place)) == 1)


def read_page(page: PdfPage, number: int) -> Page:
    """Give a page of pdfium's with its lines in the order in which they were drawn.

    Text that stands wholly outside the page's crop box is left out: printers' marks that no reader sees.
    """
    crop = _crop_box(page)
    textpage = page.get_textpage()
    try:
        characters = _Characters(textpage)
        pieces = [piece for piece in _pieces(characters, crop) if _is_inside(piece, crop)]
    finally:
        textpage.close()
    turn = _direction(pieces)
    width, height = crop.right - crop.left, crop.top - crop.bottom
    found = Page(number, *((height, width) if turn in (1, 3) else (width, height)))
    found.cut = characters.count > LONGEST_PAGE
    for piece in pieces:
        for line in _lines(piece, number, crop, turn):
            _add(found.lines, line)
    return found


def _crop_box(page: PdfPage) -> Box:
    box = Box(*page.get_cropbox())
    box = Box(min(box.left, box.right), min(box.bottom, box.top), max(box.left, box.right), max(box.bottom, box.top))
    usable = all(map(math.isfinite, box)) and box.right - box.left > 1 and box.top - box.bottom > 1
    return box if usable else Box(0, 0, 612, 792)


def _is_inside(piece: _Piece, crop: Box) -> bool:
    boxes = (piece.first, piece.last)
    return (
        max(box.right for box in boxes) >= crop.left - _MARGIN
        and min(box.left for box in boxes) <= crop.right + _MARGIN
        and max(box.top for box in boxes) >= crop.bottom - _MARGIN
        and min(box.bottom for box in boxes) <= crop.top + _MARGIN
    )


# --- stretches of text ---------------------------------------------------------------------------


def _pieces(characters: _Characters, crop: Box) -> Iterator[_Piece]:
    for match in _LINES.finditer(characters.text):
        if not match[1].strip():
            continue
        mark = _line_end(characters, match)
        cuts = _wide_gaps(characters, *match.span(1), crop)
        starts, ends = [match.start(1), *(cut + 1 for cut in cuts)], [*cuts, match.end(1)]
        for cell, (start, end) in enumerate(zip(starts, ends, strict=True), 1):
            piece = _piece(characters, start, end)
            if piece is not None:
                piece.end = mark if cell == len(starts) else ""
                piece.cell = cell if cuts else 0
                yield piece


def _line_end(characters: _Characters, match: re.Match[str]) -> str:
    """Give the hyphen or dash at the end of a line where pdfium has U+FFFE for it.

    It has one for every kind of dash, between words too; how wide it is tells which. What ends the page's text
    keeps its own sign, a soft hyphen perhaps.
    """
    if match[2] != "\ufffe":
        return "-" if match[1].endswith(_SOFT_HYPHEN) else ""
    place = match.end(1)
    box = characters.box(place)
    share = 0.0 if box is None else abs(box.right - box.left) / max(characters.size(place), _TINY)
    if match[1][-1:].isalpha() and share < _EM_DASH:
        return "-"  # every sign of a typewriter font is as wide as a dash
    dash = "-" if share < _EN_DASH else "–" if share < _EM_DASH else "—"
    return ("" if dash == "-" and _is_tucked(characters, place) else " ") + dash if match[1].endswith(" ") else dash


def _is_tucked(characters: _Characters, place: int) -> bool:
    """Say whether a hyphen stands so close that the space before it is none, though pdfium saw a gap."""
    if not characters.is_made(place - 1) or not characters.text[place - 2 : place - 1].isalpha():
        return False
    before, box = characters.box(place - 2), characters.box(place)
    near = _TUCKED * max(characters.size(place), _TINY)
    return before is not None and box is not None and box.left - before.right < near


def _wide_gaps(characters: _Characters, start: int, end: int, crop: Box) -> list[int]:
    """Give the places of the spaces between `start` and `end` where the text leaves a column for another."""
    first, last = characters.box(start), characters.box(end - 1)
    if first is None or last is None:
        return []
    if first.left <= last.left and last.right - first.left < _LONG_ROW * (crop.right - crop.left):
        return []
    gaps: list[int] = []
    place = characters.text.find(" ", start + 1, end - 1)
    while place >= 0:
        if characters.is_made(place):
            before, after = characters.box(place - 1), characters.box(place + 1)
            size = max(characters.size(place - 1), _TINY)
            if before is not None and after is not None and _is_apart(before, after, size):
                gaps.append(place)
        place = characters.text.find(" ", place + 1, end - 1)
    return gaps


def _is_apart(before: Box, after: Box, size: float) -> bool:
    """Say whether two characters are as far apart as columns, or the second stands in a column further left."""
    return after.left - before.right > _WIDE_GAP * size or before.left - after.right > _FAR_BACK * size


def _piece(characters: _Characters, start: int, end: int) -> _Piece | None:
    text = _with_double_hyphens(characters, start, end)
    first = start + len(text) - len(text.lstrip())
    last = start + len(text.rstrip()) - 1
    if last < first:
        return None
    middle = (first + last) // 2
    middle += characters.text[middle].isspace()
    places = (first, middle, last)
    head = characters.box(first) or characters.box(middle) or Box(0, 0, 0, 0)
    tail = characters.box(last) or head
    word = first + len(characters.text[first : last + 1].split(maxsplit=1)[0]) - 1
    size = float(median(characters.size(place) for place in places))
    return _Piece(
        text=text,
        first=head,
        last=tail,
        word=characters.box(word) or head,
        origins=[origin for place in places if (origin := characters.origin(place)) is not None],
        size=size if size > _TINY else max(head.top - head.bottom, head.right - head.left),
        bold=all(characters.is_bold(place) for place in places),
        quarter=characters.quarter(first),
    )


def _with_double_hyphens(characters: _Characters, start: int, end: int) -> str:
    """Give a stretch of the text; of two hyphens in a row pdfium gives one, and a space that it puts before it."""
    text = characters.text[start:end]
    place = text.find("- ")
    while place >= 0:
        if characters.is_made(start + place + 1):
            hyphen, space = characters.box(start + place), characters.box(start + place + 1)
            if hyphen is not None and space is not None and space.right < hyphen.left:
                text = f"{text[:place]}--{text[place + 2 :]}"
        place = text.find("- ", place + 2)
    return text


# --- lines ---------------------------------------------------------------------------------------


def _direction(pieces: list[_Piece]) -> int:
    """Give the direction of most of a page's text in quarter turns."""
    votes: Counter[int] = Counter()
    for piece in pieces:
        if piece.quarter is not None:
            votes[piece.quarter] += len(piece.text)
    return votes.most_common(1)[0][0] if votes else 0


def _add(lines: list[Line], line: Line) -> None:
    """Add a line, or what stands so close to the one before that pdfium parted a word, to that one."""
    before = lines[-1] if lines else None
    if before is None or before.cell or line.cell or before.turned or line.turned or before.broken:
        lines.append(line)
    elif line.text == _HYPHEN and not before.text.endswith(_HYPHEN):
        before.text += _HYPHEN
        before.broken = True
    elif (
        abs(before.baseline - line.baseline) < 0.5
        and before.size == line.size
        and abs(line.left - before.right) < _TUCKED * line.size
    ):
        before.text += line.text
        before.right, before.broken = max(before.right, line.right), line.broken
    else:
        lines.append(line)


def _lines(piece: _Piece, number: int, crop: Box, turn: int) -> Iterator[Line]:
    """Give a piece as a line of a page that is read upright; as several when it is far too long for one."""
    first, last, word = (_upright(box, crop, turn) for box in (piece.first, piece.last, piece.word))
    left = min(first.left, last.left)
    points = [_upright(Box(x, y, x, y), crop, turn).bottom for x, y in piece.origins]
    baseline = median(points) if points else first.bottom
    if piece.text.strip() == _SOFT_HYPHEN:  # on a line of its own, as pdfium gives it now and then
        piece.text = _HYPHEN
    for text in cut_line(piece.text.translate(_LEFT_OUT)):
        yield Line(
            text=" ".join(text.split()) + piece.end,
            page=number,
            left=left,
            right=max(first.right, last.right),
            baseline=baseline,
            size=round(piece.size, 1),
            bold=piece.bold,
            first_word=max(0.0, word.right - left),
            broken=piece.end == "-",
            turned=piece.quarter != turn,
            cell=piece.cell,
        )


def _upright(box: Box, crop: Box, turn: int) -> Box:
    """Give a box in the coordinates of a page turned so that its text runs from left to right."""
    left, bottom = box.left - crop.left, box.bottom - crop.bottom
    right, top = box.right - crop.left, box.top - crop.bottom
    width, height = crop.right - crop.left, crop.top - crop.bottom
    if turn == 1:
        return Box(bottom, width - right, top, width - left)
    if turn == 2:
        return Box(width - right, height - top, width - left, height - bottom)
    if turn == 3:
        return Box(height - top, left, height - bottom, right)
    return Box(left, bottom, right, top)
