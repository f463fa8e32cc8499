"""Recognising a text in another copy of it.

A sketch is the bottom-k MinHash of the text's word 5-grams (Broder 1997; Cohen and Kaplan 2007): the
SKETCH_SIZE smallest hashes. It holds numbers only, no text.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from hashlib import blake2b

from docterm.text import words

SHINGLE = 5
SKETCH_SIZE = 96
SAME_TEXT = 0.5
"""Resemblance from which two sketches are taken for copies of one text; unrelated texts have about 0."""

Sketch = tuple[int, ...]


def sketch(texts: Iterable[str]) -> Sketch:
    """Give the sketch of a document from its paragraphs: at most SKETCH_SIZE 53-bit numbers, ascending.

    53 bits, so that any JSON reader keeps them exact. A text of fewer than five words has an empty sketch.
    """
    lowest: set[int] = set()
    bound = 1 << 53
    run: deque[str] = deque(maxlen=SHINGLE)
    for word in (word for text in texts for word in words(text)):
        run.append(word)
        if len(run) < SHINGLE:
            continue
        number = int.from_bytes(blake2b(" ".join(run).encode(), digest_size=8).digest()) >> 11
        if number < bound:
            lowest.add(number)
            if len(lowest) == 2 * SKETCH_SIZE:  # so that a long text takes no memory
                lowest = set(sorted(lowest)[:SKETCH_SIZE])
                bound = max(lowest)
    return tuple(sorted(lowest)[:SKETCH_SIZE])


def resemblance(left: Sequence[int], right: Sequence[int]) -> float:
    """Estimate the share of word 5-grams two texts have in common (Jaccard, 0 to 1) from their sketches."""
    common = {*left} & {*right}
    if not common:  # as of nearly all pairs
        return 0.0
    union = sorted({*left, *right})[:SKETCH_SIZE]
    return len(common.intersection(union)) / len(union)
