"""How well sentences are told apart: `python benchmarks/sentence_ends.py FOLDER`.

FOLDER holds `en_gum-ud-dev.conllu` and `en_gum-ud-test.conllu` of github.com/UniversalDependencies/UD_English-GUM
(CC BY-NC-SA: measured on, never shipped). Of each paragraph the ends of its sentences are found or not; the end of
the paragraph, which is given, counts for nothing.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from docterm.text import sentences

SPOKEN = ("conversation", "interview", "podcast", "vlog", "speech", "court")
"""The genres that are transcripts; the others are written."""


PARTS = ("dev", "test")
"""The first was looked at when the rules were made, the second held out."""


class Figures(NamedTuple):
    """How well the ends are found."""

    precision: float
    recall: float
    f1: float
    sentences: int


def paragraphs(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Give the genre of each paragraph and its sentences."""
    genre = ""
    found: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newdoc id = "):
            if found:
                yield genre, found
            genre, found = line.split("_")[1], []
        elif line.startswith("# newpar") and found:
            yield genre, found
            found = []
        elif line.startswith("# text = "):
            found.append(line.removeprefix("# text = ").strip())
    if found:
        yield genre, found


def measure(path: Path, written: bool) -> Figures:
    """Give the figures of the written genres of a file, or of all."""
    right = given = wanted = count = 0
    for genre, gold in paragraphs(path):
        if written and genre in SPOKEN:
            continue
        ends, place = set(), 0
        for sentence in gold[:-1]:
            place += len(sentence)
            ends.add(place)
            place += 1
        found = {span.end for span in sentences(" ".join(gold))[:-1]}
        right, given, wanted = right + len(found & ends), given + len(found), wanted + len(ends)
        count += len(gold)
    precision, recall = right / max(1, given), right / max(1, wanted)
    return Figures(precision, recall, 2 * precision * recall / max(1e-9, precision + recall), count)


def megabytes_a_second(folder: Path) -> float:
    """Give how much text is split in a second of the processor."""
    texts = [" ".join(gold) for path in folder.glob("*.conllu") for _, gold in paragraphs(path)] * 5
    start = time.process_time()
    for text in texts:
        sentences(text)
    return sum(map(len, texts)) / 1e6 / (time.process_time() - start)


def main(folder: Path) -> None:
    """Print the figures."""
    for name, written, part in ((*kind, part) for part in PARTS for kind in (("written", True), ("all", False))):
        figures = measure(folder / f"en_gum-ud-{part}.conllu", written)
        print(
            f"{part}, {name}: {figures.sentences:,} sentences, "
            f"P {figures.precision:.3f}  R {figures.recall:.3f}  F1 {figures.f1:.3f}"
        )
    print(f"{megabytes_a_second(folder):.1f} MB/s")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
