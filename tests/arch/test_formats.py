"""docs/formats.md says what the code does: its tables of formats, limits and codes."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from docterm.errors import Code
from docterm.library.readers import READERS, ReaderSpec

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/formats.md").read_text("utf-8")
MIB = 1 << 20
LIMITS = {
    "memory of a worker": ("worker.MEMORY_BYTES", MIB),
    "lines of plain text are cut at": ("readers.lines.LONGEST_LINE", 1),
    "paragraphs of a document": ("extract.MOST_PASSAGES", 1),
    "lines of a text": ("readers.lines.MOST_LINES", 1),
    "elements of a page of HTML": ("readers.html_tree.MOST_ELEMENTS", 1),
    "elements of HTML within each other": ("readers.html._DEEPEST", 1),
    "pages of a PDF": ("readers.pdf.document.MOST_PAGES", 1),
    "characters of a PDF": ("readers.pdf.document.LONGEST_TEXT", 1),
    "characters of a page of a PDF": ("readers.pdf.pages.LONGEST_PAGE", 1),
    "parts of an archive (epub, docx, odt)": ("readers.zipsafe.MOST_PARTS", 1),
    "a part of an archive, unpacked": ("readers.zipsafe.LARGEST_PART", MIB),
    "all parts of an archive, unpacked": ("readers.zipsafe.LARGEST_SUM", MIB),
    "a part to its packed size": ("readers.zipsafe.MOST_RATIO", 1),
    "elements of XML within each other": ("readers.xmlsafe.DEEPEST", 1),
    "text of an RTF file": ("readers.rtf._LARGEST_TEXT", MIB),
    "messages of a `.mbox`": ("readers.mail._MOST_MESSAGES", 1),
    "parts of a message": ("readers.mail._MOST_PARTS", 1),
    "a file of records": ("bibliography.records.MAX_REFERENCES_BYTES", MIB),
    "folders within each other": ("scan.MAX_DEPTH", 1),
    "`.doctermignore`": ("ignore.LARGEST", 1 << 10),
    "patterns in it": ("ignore.MOST", 1),
}
"""Each limit of the page with the constant that holds it, and its unit."""


def constant(name: str) -> float:
    module, _, attribute = f"docterm.library.{name}".rpartition(".")
    return float(getattr(import_module(module), attribute))


def table(heading: str) -> list[list[str]]:
    """Give the rows of the table under a heading, without its head."""
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def test_every_format_is_named_with_its_suffixes_and_its_largest_file() -> None:
    said = [[name, suffixes, largest] for name, suffixes, largest in table("What is read")]
    assert said == [
        [spec.name, " ".join(f"`{suffix}`" for suffix in spec.suffixes), f"{spec.largest // MIB} MiB"]
        for spec in READERS
    ]


@pytest.mark.parametrize("spec", READERS, ids=lambda spec: spec.name)
def test_what_is_read_of_every_format_is_told(spec: ReaderSpec) -> None:
    assert f"**{spec.name}**" in PAGE


def test_every_limit_is_that_of_the_code() -> None:
    said = {what: limit for what, limit, _ in table("Limits")}
    times = said.pop("time for a file, by its size")
    assert times == f"{constant('reading.SECONDS'):.0f} to {constant('reading.MOST_SECONDS'):.0f} s"
    assert said.keys() == LIMITS.keys()
    for what, (name, unit) in LIMITS.items():
        number = int(re.sub(r"\D", "", said[what]))
        assert number == constant(name) / unit, what


def test_every_code_has_a_sentence_and_a_remedy() -> None:
    rows = table("Codes")
    assert [code.strip("`") for code, _, _ in rows] == [code.value for code in Code]
    for code, meaning, remedy in rows:
        assert meaning.endswith("."), code
        assert remedy.endswith("."), code


def test_the_codes_of_the_limits_are_codes() -> None:
    named = {code for _, _, more in table("Limits") for code in re.findall(r"`([a-z-]+)`", more)}
    assert named
    assert named <= {code.value for code in Code}
