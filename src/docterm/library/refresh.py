"""Bringing a catalogue up to date with its folder: what is new or changed is read, what is gone forgotten.

A file is read again when its size or time differs or a newer reader is here. A file whose bytes are known
from elsewhere (a copy, or the same file under its old name) is not read at all. One transaction a file, so a
refresh that is cancelled or killed goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path, PurePosixPath

from docterm.errors import ReadError
from docterm.library.catalogue import Catalogue
from docterm.library.extract import require_reader
from docterm.library.file_row import FileRow, problem_row, text_row
from docterm.library.files import read_file
from docterm.library.model import Passage
from docterm.library.numbers import Numbers
from docterm.library.readers import largest, reader_for, readers
from docterm.library.reading import Reading
from docterm.library.scan import UNREAD, Found, scan

HELD = 1 << 20
"""Bytes: a larger file is not held in memory here, but read a second time into the process that takes it apart."""
Progress = Callable[[int, int], None]
"""Called with the number of files read and the number to read."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a refresh found: paths that were read, could not be read, or are gone, and records that have changed."""

    read: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    described: bool = False
    """Whether records have changed, or another docterm has read files meanwhile."""

    def __bool__(self) -> bool:
        return bool(self.read or self.unreadable or self.gone or self.described)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of a file: its row and passages, or the path of a row whose passages are the same."""

    row: FileRow
    passages: Sequence[Passage] = ()
    same_as: str | None = None


def refresh(
    root: Path,
    catalogue: Catalogue,
    numbers: Numbers,
    reading: Reading,
    *,
    progress: Progress,
    cancelled: Callable[[], bool],
) -> Changes:
    """Read what is new or changed below `root` into the catalogue, several files at a time.

    `progress` is called before the first file and after each. When `cancelled()` turns true, files that are
    being read are given up and what is left is read by the next refresh.
    """
    found = scan(root)
    known = {row.path: row for row in catalogue.files()}
    stamps = {spec.stamp for spec in readers()}
    stale = [each for each in found if _is_stale(each, known.get(each.path), stamps)]
    rewritten = {each.path for each in stale}  # their passages may be replaced before they are copied
    by_content = {
        (row.sha256, row.reader): row for row in known.values() if row.problem is None and row.path not in rewritten
    }
    owners: dict[str, set[str]] = {}
    for row in known.values():
        owners.setdefault(row.sha256, set()).add(row.path)
    read: list[str] = []
    unreadable: list[str] = []
    progress(0, len(stale))
    for outcome in _outcomes(root, stale, by_content, reading, cancelled):
        from_elsewhere = bool(owners.get(outcome.row.sha256, set()) - {outcome.row.path})
        catalogue.put(outcome.row, _settled(outcome, catalogue, numbers, from_elsewhere=from_elsewhere))
        (read if outcome.row.problem is None else unreadable).append(outcome.row.path)
        del outcome  # its text is large, and the next one may be long in coming
        progress(len(read) + len(unreadable), len(stale))
    gone = tuple(sorted(known.keys() - {each.path for each in found}))
    for path in gone:  # last, since a file that was renamed takes its text from its old name
        catalogue.remove(path)
    return Changes(tuple(read), tuple(unreadable), gone)


def renumber(catalogue: Catalogue, numbers: Numbers) -> bool:
    """Give passages the numbers that someone else has written down for them; say whether any has others now.

    That happens when a library is shared: the texts are here already, and the numbers come later.
    """
    signature = numbers.signature()
    if signature == catalogue.numbers_seen():
        return False
    contents = numbers.contents()
    rows = [row for row in catalogue.files() if contents.get(row.path) == row.sha256] if contents else []
    changed = False
    for row in rows:
        before = catalogue.passages(row.path, "")
        after = numbers.settle(row.path, row.sha256, before, ())
        if [each.number for each in before] != [each.number for each in after]:
            catalogue.put(row, after)
            changed = True
    catalogue.see_numbers(signature)
    return changed


def _settled(outcome: _Outcome, catalogue: Catalogue, numbers: Numbers, *, from_elsewhere: bool) -> Sequence[Passage]:
    """Give the passages of a file with the numbers that they keep: those of its content, else those it had before."""
    row = outcome.row
    if row.problem is not None:
        return ()
    passages = outcome.passages if outcome.same_as is None else catalogue.passages(outcome.same_as, "")
    if from_elsewhere:
        return numbers.settle_copy(row.path, row.sha256, passages)
    return numbers.settle(row.path, row.sha256, passages, catalogue.passages(row.path, ""))


def _outcomes(
    root: Path,
    stale: Sequence[Found],
    by_content: dict[tuple[str, str], FileRow],
    reading: Reading,
    cancelled: Callable[[], bool],
) -> Iterator[_Outcome]:
    """Read files in threads, a few ahead of the catalogue, so that memory does not grow with their number."""
    if not stale:
        return
    from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait  # 10 ms, mostly not needed

    waiting = iter(stale)
    with ThreadPoolExecutor(reading.workers, thread_name_prefix="read") as threads:
        running: set[Future[_Outcome]] = set()
        while True:
            for each in islice(waiting, reading.workers + 1 - len(running)):
                running.add(threads.submit(_read, root, each, by_content, reading))
            if not running:
                return
            done, running = wait(running, timeout=0.2, return_when=FIRST_COMPLETED)
            if cancelled():
                threads.shutdown(wait=False, cancel_futures=True)
                reading.close()
                return
            while done:
                yield done.pop().result()


def _read(root: Path, found: Found, by_content: dict[tuple[str, str], FileRow], reading: Reading) -> _Outcome:
    path = PurePosixPath(found.path)
    stamp = ""
    if found.refusal is not None:
        return _Outcome(problem_row(found.path, found.size, found.mtime_ns, stamp, found.refusal))
    try:
        if path.suffix:
            stamp = require_reader(path).stamp
        try:
            content = read_file(root / path, largest(path), HELD)
        except ReadError as error:  # its permissions, say: they can change while its time stays as it is
            return _Outcome(problem_row(found.path, found.size, UNREAD, stamp, error))
        stamp = require_reader(path, content.data).stamp
        same = by_content.get((content.sha256, stamp))
        if same is not None:
            row = replace(same, path=found.path, size=found.size, mtime_ns=found.mtime_ns)
            return _Outcome(row, same_as=same.path)
        text = reading.read(path, content)
    except ReadError as error:
        return _Outcome(problem_row(found.path, found.size, found.mtime_ns, stamp, error))
    return _Outcome(text_row(found.path, found.size, found.mtime_ns, content.sha256, text), text.passages)


def _is_stale(found: Found, row: FileRow | None, stamps: set[str]) -> bool:
    """Say whether a file must be read (again): it is new or changed, or its reader is another today."""
    if row is None or (found.size, found.mtime_ns) != (row.size, row.mtime_ns):
        return True
    if found.refusal is not None:
        return row.problem != str(found.refusal)
    if row.reader:
        return row.reader not in stamps
    return reader_for(PurePosixPath(found.path)) is not None
