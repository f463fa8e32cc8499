"""What citing costs, and whether every style can be cited in.

    python benchmarks/citations.py            prints the table of benchmarks/README.md
    python benchmarks/citations.py --styles   cites in every independent style, which takes some minutes

Linux only. Pandoc runs already when a quote is copied, as it does from the second copy on.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from child import Sample

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from docterm.quotes import styles
from docterm.quotes.clipboard import copy
from docterm.quotes.export.exporting import Task, export
from docterm.quotes.form import Form
from docterm.quotes.manuscript import Wishes, manuscript, write_out
from docterm.quotes.model import Quote
from docterm.quotes.notebook import Notebook
from docterm.quotes.pandoc import shared
from docterm.quotes.runs import text_of
from docterm.quotes.ulid import new_ulid
from quote_samples import RECORDS, quote_of

COPIES = 300
CITATIONS = 300
KNOWN = ("apa", "modern-language-association", "chicago-notes-bibliography", "ieee")


def cpu() -> float:
    """Give the processor time of this process and of its Pandoc, in seconds."""
    shared().start()
    fields = Path(f"/proc/{shared()._process.pid}/stat").read_text().rpartition(")")[2].split()  # type: ignore[union-attr]
    return time.process_time() + sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def some_quotes(count: int) -> list[Quote]:
    """Give quotes of ten works, in turn."""
    texts = (f"Words number {number} were “said” here." for number in range(count))
    return [
        replace(quote_of(RECORDS[number % len(RECORDS)], number // 10 + 1, text), id=new_ulid())
        for number, text in enumerate(texts)
    ]


def copies(style: str, folder: Path) -> Sample:
    """Time saving a quote and copying it with citation and reference: until it is on the disk and handed over."""
    notebook = Notebook(folder / f"{style}.jsonl")
    handed: list[str] = []
    taken: list[float] = []
    wishes = Wishes(style)
    write_out(some_quotes(1), Form.MARKDOWN, wishes)
    for quote in some_quotes(COPIES):
        began = time.perf_counter()
        notebook.capture(quote)
        made = write_out([quote], Form.MARKDOWN, wishes)
        copy(made.text, {}, handed.append, folder / "last-copy.txt", made.html)
        taken.append(time.perf_counter() - began)
    assert len(handed) == COPIES
    return Sample(tuple(taken))


def exports(form: Form, folder: Path) -> float:
    """Give the processor time of exporting 300 quotes to a new file."""
    quotes = some_quotes(CITATIONS)
    began = cpu()
    export(Task(quotes, quotes, form, folder / f"out.{form}", Wishes()))
    return cpu() - began


def failing_styles() -> Iterator[tuple[str, str]]:
    """Cite twelve places of ten works in every independent style; give those in which that fails, and how."""
    quotes = [quote_of(record, number, "Words.") for number, record in enumerate(RECORDS, 1)]
    quotes += [quote_of(RECORDS[4], 5, "Words."), quote_of(RECORDS[4], 9, "More words.")]
    folder = styles.find("apa").path.parent
    for path in sorted(folder.glob("*.csl")):
        try:
            made = manuscript(quotes, Wishes(path.stem, locators=True))
        except Exception as error:
            yield path.stem, repr(error)
            continue
        faults = [note for note in made.notes if note.startswith("Plain")]
        faults += [f"{cited.key} is not cited" for cited in made.quotes if not text_of(cited.runs)]
        faults += [f"{cited.key} is not known" for cited in made.quotes if re.search(r"\d\?", text_of(cited.runs))]
        if faults:
            yield path.stem, faults[0]


def main(arguments: list[str]) -> None:
    """Print the table, or the styles that fail."""
    if "--styles" in arguments:
        began, failed = cpu(), list(failing_styles())
        for name, why in failed:
            print(f"{name}: {why}")
        count = len(list(styles.find("apa").path.parent.glob("*.csl")))
        print(f"{count:,} styles, {len(failed)} failed, {cpu() - began:.0f} s of processor time")
        return
    began = time.perf_counter()
    version = shared().start()
    print(f"Pandoc {version}, started in {1000 * (time.perf_counter() - began):.0f} ms")
    print("| figure | target | measured |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        for style in KNOWN:
            taken = copies(style, Path(name))
            middle, high = 1000 * taken.median, 1000 * taken.percentile(95)
            print(f"| save a quote and copy it, {style} | p50 < 30 ms, p95 < 80 ms | {middle:.0f} ms, {high:.0f} ms |")
        for form in Form:
            print(f"| export of {CITATIONS} quotes, {form.value} | < 1 s | {exports(form, Path(name)):.2f} s |")


if __name__ == "__main__":
    main(sys.argv[1:])
