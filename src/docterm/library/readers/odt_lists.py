"""The numbers before the headings and list items of an ODF text (ODF 1.3, part 3, 16.30 and 19.880 to 19.884)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docterm.library.readers.docx_numbering import numeral
from docterm.library.readers.outline import local

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_LEVELS = 10
_LONGEST_LABEL = 40
_NUMBERED = frozenset({"list-level-style-number", "outline-level-style"})


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    prefix: str
    suffix: str
    shown: int
    """How many levels are written: 2 gives `3.1`."""
    start: int


@dataclass(slots=True)
class _List:
    style: str
    counts: list[int | None]
    depth: int
    pending: str = ""
    """The label of the item that is open, until its first paragraph takes it."""


@dataclass(slots=True)
class Lists:
    """The lists of a text: which are open and how far each has counted."""

    _styles: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _open: list[_List] = field(default_factory=list)
    _last: dict[str, list[int | None]] = field(default_factory=dict)
    _headings: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)

    def take_styles(self, roots: Iterable[Element]) -> None:
        """Learn the list styles and the outline style below some elements."""
        for root in roots:
            for kind in ("list-style", "outline-style"):
                for style in root.iter(TEXT + kind):
                    name = style.get(f"{STYLE}name", "") if kind == "list-style" else ""
                    self._styles[name] = dict(_levels(style))

    def begin(self, element: Element) -> None:
        """Begin the list `text:list`, in the style of the one around it where it names none."""
        around = self._open[-1] if self._open else None
        style = element.get(f"{TEXT}style-name") or ("" if around is None else around.style)
        if around is not None and around.style == style:
            counts = around.counts
        elif element.get(f"{TEXT}continue-numbering") == "true" or element.get(f"{TEXT}continue-list"):
            counts = self._last.get(style, [None] * _LEVELS)
        else:
            counts = [None] * _LEVELS
        self._last[style] = counts
        self._open.append(_List(style, counts, 0 if around is None else around.depth + 1))

    def end(self) -> None:
        """End the innermost list."""
        self._open.pop()

    def item(self, element: Element) -> None:
        """Begin an item of the innermost list."""
        if not self._open:
            return
        inner = self._open[-1]
        start = element.get(f"{TEXT}start-value", "")
        restart = int(start) if start.isdigit() and len(start) < 10 else None
        levels = self._styles.get(inner.style, {}) if inner.style else {}
        inner.pending = _label(levels, inner.counts, inner.depth, restart)

    def label(self) -> str:
        """Give the label of the item that is open to its first paragraph, and nothing to the others."""
        if not self._open:
            return ""
        label, self._open[-1].pending = self._open[-1].pending, ""
        return label

    def heading(self, level: int, restart: int | None) -> str:
        """Count a heading of a level, from 1, and give the number before it."""
        return _label(self._styles.get("", {}), self._headings, level - 1, restart)


def _levels(style: Element) -> Iterable[tuple[int, _Level]]:
    for level in style:
        if local(level.tag) not in _NUMBERED:
            continue
        place = level.get(f"{TEXT}level", "")
        yield (
            int(place) - 1 if place.isdigit() and len(place) < 3 else -1,
            _Level(
                form=_FORMS.get(level.get(f"{STYLE}num-format", ""), ""),
                prefix=level.get(f"{STYLE}num-prefix", "")[:_LONGEST_LABEL],
                suffix=level.get(f"{STYLE}num-suffix", "")[:_LONGEST_LABEL],
                shown=_small(level.get(f"{TEXT}display-levels"), 1),
                start=_small(level.get(f"{TEXT}start-value"), 1),
            ),
        )


def _small(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isdigit() and len(text) < 6 else default


def _label(levels: dict[int, _Level], counts: list[int | None], depth: int, restart: int | None) -> str:
    """Count one more at a depth, from 0, and write it; nothing where the depth has no numbers."""
    level = levels.get(depth)
    if level is None or not 0 <= depth < _LEVELS:
        return ""
    before = counts[depth]
    counts[depth] = restart if restart is not None else level.start if before is None else before + 1
    counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)
    if not level.form:
        return ""
    shown = range(max(0, depth + 1 - level.shown), depth + 1)
    numbers = [
        numeral(counts[place] or levels[place].start, levels[place].form)
        for place in shown
        if place in levels and levels[place].form
    ]
    return f"{level.prefix}{'.'.join(numbers)}{level.suffix}".strip()
