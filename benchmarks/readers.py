"""Every figure of the readers in one table, which is written into README.md beside this script.

    python benchmarks/readers.py FOLDER [PAGES] [GUM]

FOLDER is where the sets are made (600 MB), from Debian's packages and by typst, WeasyPrint and LibreOffice
(`pip install typst weasyprint`, `apt-get install libreoffice-writer hyphen-en-us`). PAGES is `test/test-pages` of
github.com/mozilla/readability, GUM a folder with the files of UD_English-GUM; what is not given is not measured.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import encoded_text
import hard_wrapped
import html_reader
import pdf_reader
import pdf_sets
import sentence_ends
from reader_texts import fetch_packages, pages, prose

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- readers: begin -->", "<!-- readers: end -->"
HARD_WRAPPED_TARGETS = ("≥ .97", "≥ .96", "", "", "≥ .85", "", "")


BOOKS = tuple(book for books in pdf_sets.BOOKS.values() for book in books)
"""PDFs whose running heads are not known."""


class Row(NamedTuple):
    """A line of the table."""

    figure: str
    target: str
    developed: str
    held: str = ""


def number(value: float) -> str:
    """Give a share as `.982` or `1.000`."""
    return f"{value:.3f}".removeprefix("0")


def pdf_rows(folder: Path) -> Iterator[Row]:
    """Give the figures of the PDFs, a row a document and one for what they cost."""
    costs: list[pdf_reader.Figures] = []
    for name in ("developed", "held", "sealed"):
        for path in sorted((folder / name).glob("*.pdf")):
            figures = pdf_reader.measure(path)
            costs.append(figures)
            if figures.score is not None:
                found = figures.score
                roles = "" if found.roles is None else f", notes and captions {number(found.roles)}"
                said = f"{number(found.verbatim)} / {number(found.f1)}, {found.hyphens} hyphens{roles}"
                both = (said, "") if name == "developed" else ("", said)
                yield Row(f"PDF {path.stem}, {figures.pages} p.: verbatim / F1", pdf_target(path.stem), *both)
    slowest = max(cost.milliseconds for cost in costs)
    mean = sum(cost.milliseconds * cost.pages for cost in costs) / sum(cost.pages for cost in costs)
    yield Row("PDF, processor time a page", "≤ 10 ms", f"mean {mean:.1f} ms, slowest document {slowest:.1f} ms")
    yield Row("PDF, the most memory", "≤ 100 MB", f"{max(cost.megabytes for cost in costs):.0f} MB")
    heads = [cost.score.heads for cost in costs if cost.score is not None and cost.name not in BOOKS]
    yield Row("PDF, running heads left in the text", "≤ 1 %", f"{100 * max(heads):.1f} % at most, books apart")


def pdf_target(name: str) -> str:
    """Give the bar for a document."""
    fixed = {"lo1col": "≥ .99 / .99", "policy": "F1 ≥ .75"}
    return fixed.get(name, "" if name in BOOKS else "≥ .98 / .95, 0 hyphens")


def html_rows(test_pages: Path) -> Iterator[Row]:
    """Give the figures of web pages."""
    every = [html_reader.measure(page) for page in sorted(test_pages.iterdir()) if page.is_dir()]
    results = [result for result in every if result is not None]
    halves = [number(statistics.mean(result.every.f1 for result in part)) for part in (results[0::2], results[1::2])]
    yield Row("HTML, F1 of paragraphs", "≥ .90", *halves)
    for field, target in (("title", "≥ .88"), ("author", "≥ .73"), ("date", "≥ .83")):
        known = [result.hits[field] for result in results if field in result.hits]
        yield Row(f"HTML, {field} found", target, f"{sum(known)} of {len(known)}")
    times = [1000 * result.seconds for result in results]
    yield Row(
        "HTML, a page", "≤ 30 ms, worst < 1 s", f"mean {statistics.mean(times):.0f} ms, worst {max(times):.0f} ms"
    )


def wrapped_rows(test_pages: Path) -> Iterator[Row]:
    """Give the figures of hard-wrapped text."""
    articles = prose(pages(test_pages))
    parts = (articles[0::2], articles[1::2])
    named = ""
    for rendering, target in zip(hard_wrapped.RENDERINGS, HARD_WRAPPED_TARGETS, strict=True):
        found = [hard_wrapped.measure(part, rendering) for part in parts]
        yield Row(f"text {rendering.name}: F1", target, *(number(figures.f1) for figures in found))
        named = named or " ".join(f"{figures.bylines} and {figures.dates} of {figures.texts};" for figures in found)
    yield Row("text, byline and date found", "≥ 72 of 74", named.removesuffix(";"))
    seconds, megabytes = hard_wrapped.cost(articles)
    yield Row("text of 20 MB", "< 10 s, < 300 MB", f"{seconds:.1f} s, {megabytes:.0f} MB")


def encoding_rows(packages: Path) -> Iterator[Row]:
    """Give the figures of encodings."""
    for paragraphs in (1, 5):
        unicode, legacy = encoded_text.measure(packages, paragraphs)
        yield Row(f"encodings, {paragraphs} paragraphs: UTF", "1.000", number(encoded_text.share(unicode)))
        target = "≥ .80" if paragraphs == 1 else ""
        yield Row(f"encodings, {paragraphs} paragraphs: legacy", target, number(encoded_text.share(legacy)))
    yield Row("encodings, 1 MB", "< 0.2 s", f"{encoded_text.seconds_a_megabyte(packages):.2f} s")


def sentence_rows(gum: Path) -> Iterator[Row]:
    """Give the figures of sentences."""
    for name, written in (("written", True), ("all", False)):
        found = [sentence_ends.measure(gum / f"en_gum-ud-{part}.conllu", written) for part in sentence_ends.PARTS]
        target = "≥ .95" if written else ""
        yield Row(f"sentences, {name} genres: F1", target, *(number(figures.f1) for figures in found))
    yield Row("sentences", "≥ 5 MB/s", f"{sentence_ends.megabytes_a_second(gum):.0f} MB/s")


def write(rows: Iterable[Row]) -> None:
    """Put the table into the README."""
    lines = ["| figure | target | developed on, or all | held out |", "|---|---|---|---|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    text = README.read_text(encoding="utf-8")
    before, after = text[: text.index(BEGIN) + len(BEGIN)], text[text.index(END) :]
    README.write_text(f"{before}\n" + "\n".join(lines) + f"\n{after}", encoding="utf-8")


def main(folder: Path, arguments: Sequence[str]) -> None:
    """Make the sets, measure, and write the table."""
    packages, test_pages = folder / "packages", Path(arguments[0]) if arguments else None
    fetch_packages(packages)
    pdf_sets.build(folder / "pdf", packages, test_pages)
    pdf_sets.build_sealed(folder / "pdf/sealed", packages)
    rows = list(pdf_rows(folder / "pdf"))
    if test_pages is not None:
        rows += [*html_rows(test_pages), *wrapped_rows(test_pages)]
    rows += encoding_rows(packages)
    if len(arguments) > 1:
        rows += sentence_rows(Path(arguments[1]))
    write(rows)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2:])
