"""Draw the pictures of README.md: docs/pictures/search.svg, read.svg and compare.svg.

    python scripts/pictures.py [FOLDER]

The explorer itself draws them, on the shipped library, without a terminal: the same program, the same pictures.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from docterm.tui.app import Explorer

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
SIZE = (112, 32)
PATIENCE = 60.0
"""Seconds to wait for what a key brings up."""
FONT_FILES = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
"""Would be fetched from the network by whoever looks at the picture."""


async def draw(folder: Path, home: Path) -> None:
    """Write the pictures into `folder`; `home` holds what docterm keeps meanwhile."""
    from docterm.config.paths import shipped_library
    from docterm.library.library import Library
    from docterm.tui.app import Explorer
    from docterm.tui.session import Session

    library = Library(shipped_library())
    library.refresh()
    session = Session(library, home / "notebook.jsonl")
    app = Explorer(session)
    try:
        async with app.run_test(size=SIZE) as pilot:
            await _search(app, pilot)
            _save(app, folder / "search.svg")
            await _read(app, pilot)
            _save(app, folder / "read.svg")
            await _compare(app, pilot)
            _save(app, folder / "compare.svg")
    finally:
        session.close()


async def _search(app: Explorer, pilot: Pilot[None]) -> None:
    await _settle(app, pilot, lambda: bool(app.library_area.list.row_count))
    await pilot.press("s", *"great", "space", *"firewall")
    await _settle(app, pilot, lambda: app.search_area.results is not None)
    app.search_area.field.cursor_blink = False
    await _settle(app, pilot, lambda: app.search_area.results is not None)


async def _read(app: Explorer, pilot: Pilot[None]) -> None:
    await pilot.press("enter")
    await _settle(app, pilot, lambda: app.area is app.read_area and bool(app.read_area.reader.passages))
    await pilot.press("v", "a", "s")
    await _settle(app, pilot, lambda: app.read_area.reader.selected() is not None)


async def _compare(app: Explorer, pilot: Pilot[None]) -> None:
    await pilot.press("escape", "g", "g", "c")
    await _settle(app, pilot, lambda: app.screen is not app.screen_stack[0])
    await pilot.press(*"gabuev", "enter")
    await _settle(app, pilot, lambda: app.compare_area.comparison is not None)
    comparison = app.compare_area.comparison
    assert comparison is not None
    await pilot.press("D")
    strongest = max(comparison.links, key=lambda link: link.strength).left
    for _ in range(1 + sorted({link.left.index for link in comparison.links}).index(strongest.index)):
        await pilot.press("right_square_bracket")
    await _settle(app, pilot, lambda: True)


async def _settle(app: Explorer, pilot: Pilot[None], ready: Callable[[], bool]) -> None:
    """Wait until `ready` and every worker is done and painted."""
    async with asyncio.timeout(PATIENCE):
        while not ready():
            await pilot.pause(0.02)
    await app.workers.wait_for_complete()
    for _ in range(5):
        await pilot.pause(0.02)


def _save(app: Explorer, path: Path) -> None:
    drawn = FONT_FILES.sub("", app.export_screenshot(title="docterm"))
    lines = (line.rstrip() for line in drawn.strip().splitlines())
    path.write_text("\n".join(line for line in lines if line) + "\n", "utf-8")


def main(arguments: list[str]) -> None:
    """Draw into the folder named, else into docs/pictures."""
    folder = Path(arguments[0]) if arguments else PICTURES
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        os.environ |= {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CACHE", "CONFIG", "DATA", "STATE")}
        os.environ["TEXTUAL_ANIMATIONS"] = "none"
        for variable in [each for each in os.environ if each.startswith("DOCTERM_")] + ["NO_COLOR"]:
            os.environ.pop(variable, None)
        asyncio.run(draw(folder, home))


if __name__ == "__main__":
    main(sys.argv[1:])
