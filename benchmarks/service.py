"""Measures the search of a library as the explorer asks for it, with all that surrounds an answer, letter by letter.

    python benchmarks/search_corpus.py FOLDER
    python benchmarks/service.py FOLDER [--passages 100000]

makes a library of texts out of the corpus (in FOLDER/library-N, kept), reads and indexes it, and types queries. Each
answer is the first 15 hits with their spans, the counts and facets, how the query was read, completions, and, where a
word is misspelt, the nearest spelling. Times are processor time of the thread that searches; each keystroke counts
once, the best of three turns.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from itertools import groupby, islice
from pathlib import Path

TYPED = {
    "words": (
        "kernel module memory",
        "configuration file option",
        "transaction isolation level",
        "regular expression match",
        "linux device driver",
    ),
    "a phrase": ('"regular expression" string', '"of the kernel" module'),
    "misspelt words": ("kernle modul memroy", "transactoin isolaton"),
    "questions": ("how does the kernel free memory of a module?", "what is the isolation level of a transaction"),
}
HITS = 15


def make(corpus: Path, folder: Path, count: int) -> None:
    """Write the first passages of the corpus as texts, a file a document."""
    folder.mkdir()
    with corpus.open(encoding="utf-8") as lines:
        held = (json.loads(line) for line in islice(lines, count))
        for number, (_, passages) in enumerate(groupby(held, key=lambda each: each["document"])):
            every = list(passages)
            text = "\n\n".join([every[0]["title"], *(each["text"] for each in every)])
            (folder / f"d{number}.txt").write_text(text, "utf-8")


def keystrokes(query: str) -> Iterator[str]:
    """Give what is in the field after each key."""
    return (query[:end] for end in range(1, len(query) + 1) if query[end - 1] != " ")


def main() -> int:
    """Make, read, index, type, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--passages", type=int, default=100_000)
    options = parser.parse_args()
    os.environ["XDG_CACHE_HOME"] = str(options.folder.resolve() / "cache")
    place = options.folder / f"library-{options.passages}"
    if not place.exists():
        make(options.folder / "passages.jsonl", place, options.passages)

    from docterm.errors import QueryError
    from docterm.library.library import Library
    from docterm.search.service import SearchService

    library = Library(place)
    library.refresh()
    service = SearchService(library)
    service.synchronise()
    documents = library.documents()
    print(f"{len(documents):,} documents, {sum(each.paragraphs for each in documents):,} paragraphs")
    for name, queries in TYPED.items():
        spent: list[tuple[float, str]] = []
        for text in (text for query in queries for text in keystrokes(query)):
            turns = []
            for _ in range(3):
                begun = time.thread_time()
                try:
                    service.search(text, limit=HITS, typing=True)
                except QueryError:  # nothing to search for yet
                    continue
                turns.append(time.thread_time() - begun)
            if turns:
                spent.append((1000 * min(turns), text))
        spent.sort()
        middle, late, (most, slowest) = spent[len(spent) // 2][0], spent[len(spent) * 95 // 100][0], spent[-1]
        print(
            f"{name}: {len(spent)} keys, p50 {middle:.1f}, p95 {late:.1f}, max {most:.1f} ms ({slowest!r})", flush=True
        )
    service.close()
    library.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
