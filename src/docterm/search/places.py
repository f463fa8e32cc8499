"""Standing side by side, in order, near: where several parts of a query stand together in one passage.

A part is given as the places it stands at, in order; a place begins with the positions of its first and its last
word. The matcher brings its own places, engines those of their index, and both get the same answer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import TypeVar

P = TypeVar("P", bound=tuple[int, ...])


def chains(parts: Sequence[Sequence[P]], reach: int) -> list[list[P]]:
    """Give, for each place of the first part from which all parts follow in order, the places that follow soonest.

    Each part begins at most `reach` words after the end of the one before.
    """
    following: list[list[int]] = []  # for each part but the last and each of its places, where to go on, or -1
    ahead = list(parts[-1])
    alive = list(range(len(ahead)))
    for part in reversed(parts[:-1]):
        starts = [ahead[index][0] for index in alive]
        steps = []
        for place in part:
            at = bisect_left(starts, place[1] + 1)
            steps.append(alive[at] if at < len(starts) and starts[at] <= place[1] + reach else -1)
        following.append(steps)
        ahead = list(part)
        alive = [index for index, step in enumerate(steps) if step >= 0]
    following.reverse()
    found = []
    for index in alive:
        chain, at = [parts[0][index]], index
        for steps, part in zip(following, parts[1:], strict=True):
            at = steps[at]
            chain.append(part[at])
        found.append(chain)
    return found


def windows(parts: Sequence[Sequence[P]], stretch: int) -> list[tuple[int, int]]:
    """Give each stretch, as its first and last word, that holds a place of every part and `stretch` words at most.

    A stretch begins where a part does; one that has more than it needs is given in full.
    """
    starts = [[place[0] for place in part] for part in parts]
    # The earliest end of a part's places from each of them on: a later place may end before an earlier one.
    ends = [list(accumulate((place[1] for place in reversed(part)), min))[::-1] for part in parts]
    found = []
    for begin in sorted({start for run in starts for start in run}):
        last = begin + stretch - 1
        for run, soonest in zip(starts, ends, strict=True):
            at = bisect_left(run, begin)
            if at == len(run) or soonest[at] > last:
                break
        else:
            found.append((begin, last))
    return found
