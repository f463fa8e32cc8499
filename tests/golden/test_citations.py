"""The known styles cite ten kinds of records as they did when their pages were read over.

`./test tests/golden/test_citations.py --update-golden` writes the pages in tests/golden/citations anew; read each
before it is committed. They are Pandoc's work: where another Pandoc is on PATH the one that docterm brings is tested.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from docterm.library.model import Address, Locator
from docterm.quotes.form import Form
from docterm.quotes.manuscript import Wishes, write_out
from docterm.quotes.model import Quote
from docterm.quotes.pandoc import programs, shared
from docterm.quotes.works import By
from quote_samples import RECORDS, quote_of

PAGES = Path(__file__).with_name("citations")
STYLES = (
    *("apa", "modern-language-association", "chicago-notes-bibliography", "chicago-author-date"),
    *("harvard-cite-them-right", "ieee", "nlm-citation-sequence", "american-medical-association"),
    *("mhra-notes", "oscola", "nature"),
)


def quotes() -> list[Quote]:
    """Give twelve quotes of ten records: one of each, one of a range, one of a work quoted just before."""
    made = [quote_of(record, number, f"Words number {number}.") for number, record in enumerate(RECORDS, 1)]
    across = quote_of(RECORDS[4], 3, "It was “said”\nand it was done.", locator=Locator(3))
    again = quote_of(RECORDS[4], 5, "They “said” so.")
    return [*made, across_paragraphs(across), again]


def across_paragraphs(quote: Quote) -> Quote:
    from dataclasses import replace

    return replace(quote, address=Address(quote.key, 3, 4))


@pytest.mark.parametrize("style", STYLES)
def test_a_known_style(style: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    own = [program for program in programs() if "pypandoc" in program]
    if not own:
        pytest.skip("the Pandoc that docterm brings is not installed")
    if shared().start() and shared().program != own[0]:
        monkeypatch.setenv("DOCTERM_PANDOC", own[0])
        shared().close()
    text, _, notes = write_out(quotes(), Form.TEXT, Wishes(style, By.PARAGRAPH))
    page = "\n".join([*(f"({note})" for note in notes), text, ""])
    path = PAGES / f"{style}.txt"
    if request.config.getoption("--update-golden"):
        path.write_text(page, "utf-8")
    assert page == path.read_text("utf-8")
