"""The page of a report in a real browser: laid out, linked within itself, and printed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2  # type: ignore[import-untyped]
import pytest

if TYPE_CHECKING:
    pass

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="needs Chromium on PATH")


def browse(home: Path, page: Path, *options: str) -> str:
    """Run the browser on a page, with no network and a home of its own."""
    assert BROWSER is not None
    command = [
        BROWSER,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        f"--user-data-dir={home}/browser",
    ]
    offline = ["--host-resolver-rules=MAP * ~NOTFOUND", "--disable-background-networking"]
    answer = subprocess.run(
        [*command, *offline, *options, page.as_uri()], capture_output=True, text=True, timeout=120, check=True
    )
    return answer.stdout


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the report of the two digests that come with docterm."""
    from docterm.cli import main
    from docterm.config.paths import shipped_library

    target = tmp_path_factory.mktemp("report") / "report.html"
    notebook = target.with_name("notebook.jsonl")
    places = ["--library", str(shipped_library()), "--notebook", str(notebook)]
    assert main(["compare", "voa2023", "gabuev2021", "--report", str(target), *places]) == 0
    return target


def test_a_browser_shows_the_page_and_every_link_in_it_has_its_place(page: Path, tmp_path: Path) -> None:
    probe = page.with_name("probe.html")
    script = (
        "<script>document.title = [...document.querySelectorAll('a')]"
        ".filter(a => !document.getElementById(decodeURIComponent(a.hash.slice(1)))).length"
        " + ' dead, ' + [...document.querySelectorAll('rect')].filter(r => r.getBBox().width > 0).length + ' bars, '"
        " + (document.documentElement.scrollWidth <= innerWidth)</script>"
    )
    probe.write_text(page.read_text("utf-8").replace("</body>", f"{script}</body>"), "utf-8")
    shown = browse(tmp_path, probe, "--window-size=1200,900", "--dump-dom")
    dead, bars, fits = shown[shown.index("<title>") + 7 : shown.index("</title>")].split(", ")
    assert dead == "0 dead"
    assert int(bars.removesuffix(" bars")) > 40
    assert fits == "true"


def test_the_page_is_printed_with_both_texts(page: Path, tmp_path: Path) -> None:
    printed = tmp_path / "report.pdf"
    browse(tmp_path, page, f"--print-to-pdf={printed}", "--no-pdf-header-footer")
    document = pypdfium2.PdfDocument(printed)
    try:
        text = " ".join(document[number].get_textpage().get_text_bounded() for number in range(len(document)))
    finally:
        document.close()
    flat = " ".join(text.split())
    assert "voa2023 and gabuev2021 compared" in flat
    assert "Vocabulary" in flat
    assert "The texts" in flat
