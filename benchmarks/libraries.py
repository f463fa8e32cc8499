"""What libraries of many or long documents cost: made-up documents, read, opened, changed.

    python benchmarks/libraries.py [PART]... [--print]

measures and writes the tables into benchmarks/README.md, or prints them. The parts are `cold` (reading and indexing
1,000 documents of all formats), `many` (10,000 small files) and `long` (a text of 100,000 paragraphs); all, unless
some are named.

Linux only. Every document is made by corpus.py, the same each time; every process runs in a home of its own.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import corpus
import long_text
from child import RUNS, WARM_UPS, Sample, Usage, usage_of
from table import DOCTERM, Figure, megabytes, own_home, seconds, write

from docterm.library import watch
from docterm.library.library import Library
from docterm.search.service import SearchService

MIXED, FEW = 1_000, 200
MIXED_SIZE = 50_000
NOTES = 10_000

OPEN = (
    "import sys; from pathlib import Path; from docterm.library.library import Library; "
    "library = Library(Path(sys.argv[1])); assert not library.refresh(); assert len(library.documents()) == {count}"
)


def _cold(place: Path) -> Iterator[Figure]:
    few, many = place / "few", place / "mixed"
    corpus.mixed(few, FEW, MIXED_SIZE)
    written = corpus.mixed(many, MIXED, MIXED_SIZE)
    part, whole = (_index(folder) for folder in (few, many))
    made = f"docterm index, {MIXED:,} documents of {len(corpus.FORMATS)} formats, {written / 1e6:.0f} MB"
    yield Figure("reading and indexing a mixed library from cold, by the clock", "", f"{whole.wall:.0f} s", made)
    yield Figure("processor time, readers in processes of their own included", "", f"{whole.cpu:.0f} s", made)
    flat = f"{part.megabytes:.0f} MB for {FEW} documents, {whole.megabytes:.0f} MB for {MIXED:,}"
    yield Figure("the most memory meanwhile", "flat", flat, made)
    yield Figure(
        f"from saving one of these {MIXED:,} files to finding it, by the clock",
        "≤ 2 s",
        seconds(_until_found(many)),
        "watching, reading, indexing, searching, as the explorer does",
    )


def _index(folder: Path) -> Usage:
    return usage_of([DOCTERM, "index", "--library", str(folder)])


def _many(place: Path) -> Iterator[Figure]:
    folder = place / "notes"
    corpus.notes(folder, NOTES)
    first = _index(folder)
    made = f"docterm index, {NOTES:,} texts of 1 kB"
    yield Figure("reading and indexing many small files from cold, by the clock", "", f"{first.wall:.0f} s", made)
    command = [sys.executable, "-c", OPEN.format(count=NOTES), str(folder)]
    opened = [usage_of(command) for _ in range(WARM_UPS + RUNS)][WARM_UPS:]
    made = "Library, refresh, documents in a new process"
    cpu, wall = (Sample(tuple(getattr(each, name) for each in opened)) for name in ("cpu", "wall"))
    yield Figure(f"opening these {NOTES:,} files unchanged", "≤ 2 s", seconds(cpu), made)
    yield Figure("the same by the clock", "", seconds(wall), made)
    yield Figure("memory of that process", "", megabytes(Sample(tuple(each.megabytes for each in opened))), made)
    yield Figure(
        f"from saving one of these {NOTES:,} files to finding it, by the clock",
        "≤ 2 s",
        seconds(_until_found(folder)),
        "watching, reading, indexing, searching, as the explorer does",
    )


def _until_found(folder: Path) -> Sample:
    with _watching(folder) as search:
        return Sample(tuple(_save_and_find(folder, search, number) for number in range(RUNS)))


@contextmanager
def _watching(folder: Path) -> Iterator[SearchService]:
    library = Library(folder)
    library.refresh()
    search = SearchService(library)
    search.synchronise()
    stop = threading.Event()

    def follow() -> None:
        for _ in watch.changes(library.root, stop):
            library.refresh()
            search.synchronise()

    thread = threading.Thread(target=follow)
    thread.start()
    time.sleep(2)  # until the folder is watched
    try:
        yield search
    finally:
        stop.set()
        thread.join()
        search.close()
        library.close()


def _save_and_find(folder: Path, search: SearchService, number: int) -> float:
    word = f"zyx{''.join(chr(ord('a') + int(digit)) for digit in str(number))}w"
    texts = sorted(folder.rglob("*.txt"))
    path = texts[number * len(texts) // RUNS % len(texts)]
    path.write_bytes(path.read_bytes() + f"\n\nOne more paragraph with {word} in it.\n".encode())
    saved = time.perf_counter()
    while not search.search(word).hits:
        time.sleep(0.05)  # searching all the time would slow down the indexing that it waits for
    return time.perf_counter() - saved


def _long(place: Path) -> Iterator[Figure]:
    folder = place / "long"
    folder.mkdir()
    corpus.long_text(folder / "long.md", long_text.PASSAGES)
    library = Library(folder)
    library.refresh()
    library.close()
    read, shown = asyncio.run(_open_long(folder))
    made = "Library.passages, and Reader.show until it is painted; in process, 120 columns, 40 lines"
    yield Figure(f"{long_text.PASSAGES:,} passages from the catalogue", "", seconds(read), made)
    yield Figure("and on the screen", "≤ 0.3 s", seconds(shown), made)


async def _open_long(folder: Path) -> tuple[Sample, Sample]:
    read, shown = [], []
    for _ in range(RUNS):
        library = Library(folder)
        begun = time.process_time()
        passages = library.passages(library.documents()[0])
        read.append(time.process_time() - begun)
        assert len(passages) >= long_text.PASSAGES
        opened, _ = await long_text.once(passages)
        shown.append(read[-1] + opened)
        library.close()
    return Sample(tuple(read)), Sample(tuple(shown))


PARTS = {"cold": _cold, "many": _many, "long": _long}


def main(arguments: list[str]) -> None:
    """Measure; write the tables, or print them."""
    chosen = [each for each in arguments if each in PARTS] or list(PARTS)
    for part in chosen:
        with own_home(), tempfile.TemporaryDirectory() as place:
            write(part, PARTS[part](Path(place)), printed="--print" in arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
