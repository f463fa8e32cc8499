"""The PDFs on which the reader is measured, made from texts that are known: `build(folder, packages, pages)`.

`developed` is what the rules were made with in view, `held` what was never looked at but for its figures. They share
no text and no template; the engines WeasyPrint and LibreOffice, in two columns, stand in `held` alone.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from html_reader import gold_paragraphs
from reader_texts import Article, handbook, pages, prose, spaced
from typeset import Template, by_libreoffice, by_typst, by_weasyprint

from docterm.library.model import Role
from docterm.library.readers.epub import read as read_epub

Engine = Callable[[Path, Sequence[Article], Template, int], None]
_A_DOCUMENT = 9
"""Articles in each."""

DEVELOPED: tuple[tuple[Engine, Template, int], ...] = (
    (by_typst, Template("plain", figures=0.03, subheads=0.05), 1),
    (
        by_typst,
        Template(
            "journal", "us-letter", size=9, font="New Computer Modern", indent="1em", spacing="0.65em", head="outer",
            notes=0.12, figures=0.04, lists=0.04,
        ),
        2,
    ),
    (by_typst, Template("narrow", columns=2, gutter="3%", size=11, font="DejaVu Serif", head="center", lists=0.08), 3),
    (
        by_typst,
        Template(
            "pocket", "a5", gutter="5%", size=7.5, font="DejaVu Sans", indent="1em", spacing="0.65em", head="outer",
            notes=0.06, figures=0.06, lists=0.03, subheads=0.06, wide=True,
        ),
        5,
    ),
    (by_weasyprint, Template("web", size=10, indent="0", figures=0.03), 6),
    (
        by_typst,
        Template(
            "magazine", "a5", gutter="4%", size=8, font="DejaVu Serif", indent="1.2em", spacing="0.6em",
            leading="0.6em", head="center", notes=0.08, figures=0.05, lists=0.05, subheads=0.05, wide=True,
        ),
        7,
    ),
    (
        by_typst,
        Template(
            "proceedings", size=9.5, font="New Computer Modern", spacing="0.9em", notes=0.15, figures=0.06, lists=0.03,
        ),
        8,
    ),
    (by_libreoffice, Template("lo1col", columns=1, size=11, spacing="6pt", indent="0cm"), 4),
)  # fmt: skip
HELD: tuple[tuple[Engine, Template, int], ...] = (
    (
        by_typst,
        Template(
            "review", "us-letter", gutter="6%", size=10.5, font="Libertinus Serif", indent="1.5em", spacing="0.7em",
            leading="0.7em", head="center", notes=0.1, figures=0.04, lists=0.04, subheads=0.04, wide=True,
        ),
        11,
    ),
    (
        by_typst,
        Template("letters", "a4", columns=2, gutter="4.5%", size=9, spacing="1em", leading="0.6em", notes=0.15,
        figures=0.06, lists=0.03),
        12,
    ),
    (by_weasyprint, Template("web2col", size=9, indent="1em", figures=0.04, lists=0.04), 13),
    (
        by_libreoffice,
        Template("lo2col", size=10, indent="0.5cm", spacing="0pt", notes=0.08, figures=0.04, subheads=0.05),
        14,
    ),
)  # fmt: skip
BOOKS = {
    "developed": {
        "policy": ("debian-policy/usr/share/doc/debian-policy/policy.pdf.gz", "policy.epub"),
        "devref": ("developers-reference/usr/share/developers-reference/developers-reference.pdf", "*.epub"),
    },
    "held": {
        "maint-guide": ("maint-guide/usr/share/doc/maint-guide/maint-guide.en.pdf", "html/*.en.html"),
        "debmake-doc": ("debmake-doc/usr/share/doc/debmake-doc/debmake-doc.en.pdf", "debmake-doc.en.epub"),
        "debmake-doc-de": ("debmake-doc/usr/share/doc/debmake-doc/debmake-doc.de.pdf", "debmake-doc.de.epub"),
        "debian-faq": ("debian-faq/usr/share/doc/debian/FAQ/debian-faq.en.pdf.gz", "*.en.html"),
        "debian-reference": ("debian-reference-en/usr/share/debian-reference/debian-reference.en.pdf", "*.en.html"),
    },
}
"""By the name of the set: the PDF of each book in its package, and where beside it the same text stands."""


def build(folder: Path, packages: Path, test_pages: Path | None) -> None:
    """Make both sets; without the pages of readability, only what packages ship. What is there stays."""
    articles = [] if test_pages is None else prose(pages(test_pages))
    for name, recipes, share in (("developed", DEVELOPED, articles[0::2]), ("held", HELD, articles[1::2])):
        place = folder / name
        place.mkdir(parents=True, exist_ok=True)
        for number, (engine, template, seed) in enumerate(recipes if share else ()):
            path = place / f"{template.name}.pdf"
            if not path.exists():
                start = number * _A_DOCUMENT % len(share)
                engine(path, (share[start:] + share[:start])[:_A_DOCUMENT], template, seed)
        for book, (pdf, reference) in BOOKS[name].items():
            _book(place / f"{book}.pdf", packages / pdf, reference)


def build_sealed(folder: Path, packages: Path) -> None:
    """Make the set that is measured last: chapters of a book that no other set has, by every recipe there is."""
    folder.mkdir(parents=True, exist_ok=True)
    chapters = prose(list(handbook(packages, "en-US")))
    for number, (engine, template, seed) in enumerate((*DEVELOPED, *HELD)):
        path = folder / f"handbook-{template.name}.pdf"
        if not path.exists():
            engine(path, chapters[number::8][:_A_DOCUMENT], template, seed + 100)


def _book(path: Path, source: Path, reference: str) -> None:
    if path.exists():
        return
    data = source.read_bytes()
    path.write_bytes(gzip.decompress(data) if source.suffix == ".gz" else data)
    texts = [["", text] for file in sorted(source.parent.glob(reference)) for text in _paragraphs(file)]
    path.with_suffix(".json").write_text(json.dumps(texts, ensure_ascii=False, indent=0))


def _paragraphs(path: Path) -> Iterator[str]:
    if path.suffix == ".epub":
        yield from (block.text for block in read_epub(path.read_bytes()).blocks if block.role is not Role.FURNITURE)
    else:
        yield from filter(None, map(spaced, gold_paragraphs(path.read_text(encoding="utf-8"))))
