"""How many near-copies are found among many documents, and what that costs.

    python benchmarks/duplicates.py [NUMBER]

makes NUMBER texts of 400 words by chance (10,000 unless given), of which one in ten is a version of another with some
words changed, and looks for them; once more with a licence of 300 words under every text, which makes nothing alike.
"""

from __future__ import annotations

import random
import sys
import time

from docterm.library.duplicates import find_twins, text_mark
from docterm.library.fingerprint import sketch
from docterm.library.model import Document, Kind, Status

VOCABULARY = [f"word{number}" for number in range(20_000)]
LENGTH = 400


def texts(number: int, changed: int, licence: str) -> dict[str, str]:
    """Make texts by key; every tenth is the one before it with `changed` words changed."""
    chance = random.Random(number)
    made: dict[str, str] = {}
    words: list[str] = []
    for place in range(number):
        words = list(words) if place % 10 == 9 else chance.choices(VOCABULARY, k=LENGTH)
        if place % 10 == 9:
            for at in chance.sample(range(LENGTH), changed):
                words[at] = f"other{at}"
        made[f"d{place}"] = " ".join(words) + licence
    return made


def measure(number: int, changed: int, licence: str) -> str:
    """Look for near-copies; give a line of the table."""
    made = texts(number, changed, licence)
    documents = [
        Document(key, key, "", "", Kind.DOCUMENT, key, LENGTH, 1, Status.READY, stamp=key, mark=text_mark([text]))
        for key, text in made.items()
    ]
    sketches = {key: sketch([text]) for key, text in made.items()}
    began = time.process_time()
    found = find_twins(documents, sketches)
    seconds = time.process_time() - began
    versions = [place for place in range(number) if place % 10 == 9]
    right = sum(any(twin.key == f"d{place - 1}" for twin in found.get(f"d{place}", ())) for place in versions)
    false = sum(len(twins) for twins in found.values()) - 2 * right
    shared = "yes" if licence else "no"
    return f"| {changed} | {shared} | {right:,} of {len(versions):,} | {false:,} | {seconds:.2f} s |"


def main() -> None:
    """Print the table."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    licence = " " + " ".join(random.Random(0).choices(VOCABULARY, k=300))
    print("| words changed of 400 | licence | found | false | processor time |\n|---|---|---|---|---|")
    for changed in (4, 12, 20):
        print(measure(number, changed, ""))
    print(measure(number, 4, licence))


if __name__ == "__main__":
    main()
