"""Pictures made of block characters: bars, lines of bars, and strips that show where something stands.

They are plain text, for the command line and the explorer alike, and import nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_RIGHTWARD = " ▏▎▍▌▋▊▉"
_HEIGHTS = "▁▂▃▄▅▆▇█"
NOTHING = "·"
"""What stands for none."""


def bar(share: float, width: int) -> str:
    """Give a bar that grows to the right, in eighths of a cell, padded to `width`; what is not 0 shows at least one."""
    eighths = _parts(share, width, 8)
    return ("█" * (eighths // 8) + _RIGHTWARD[eighths % 8]).rstrip().ljust(width)


def bar_leftward(share: float, width: int) -> str:
    """Give a bar that grows to the left, in halves of a cell, padded to `width`."""
    halves = _parts(share, width, 2)
    return ("▐" * (halves % 2) + "█" * (halves // 2)).rjust(width)


def spark(values: Sequence[float]) -> str:
    """Give a line of bars, one a value, the highest for the largest of them."""
    most = max(values, default=0)
    return "".join(_height(value, most) for value in values)


def cells(places: Iterable[float], width: int) -> list[int]:
    """Count how many of some places, each from 0 to 1, lie in each of `width` cells."""
    counts = [0] * width
    for place in places:
        counts[min(int(place * width), width - 1)] += 1
    return counts


def _parts(share: float, width: int, parts: int) -> int:
    """Give a length in parts of a cell."""
    if share <= 0:
        return 0
    return max(1, min(round(share * width * parts), width * parts))


def _height(value: float, most: float) -> str:
    if value <= 0:
        return NOTHING
    return _HEIGHTS[min(int(value / most * len(_HEIGHTS)), len(_HEIGHTS) - 1)]
