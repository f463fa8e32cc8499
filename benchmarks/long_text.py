"""Opening a document of 100 000 passages in the reader."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence

from child import Sample
from textual.app import App, ComposeResult

from docterm.library.model import Locator, Passage, Role
from docterm.tui.widgets.reader import Reader

PASSAGES = 100_000
WORDS = "the council’s harbour lights were dimmed by order, and pilots “counted” buoys — café naïve résumé".split()
SIZE = (120, 40)
RUNS = 3


def passages() -> list[Passage]:
    """Make passages of 5 to 90 words with the typography of real texts; the same every time."""
    chance = random.Random(7)
    texts = (" ".join(chance.choices(WORDS, k=chance.randint(5, 90))) for _ in range(PASSAGES))
    return [Passage("long", index, Role.BODY, text, Locator(index + 1)) for index, text in enumerate(texts)]


class Stage(App[None]):
    """A reader and nothing else."""

    def compose(self) -> ComposeResult:
        """Give the reader."""
        yield Reader(id="reader")


def open_and_jump() -> tuple[Sample, Sample]:
    """Give the processor seconds from `show` to the painted text, and from a jump to the end to the painted end."""
    return asyncio.run(_measure())


async def _measure() -> tuple[Sample, Sample]:
    text = passages()
    figures = [await once(text) for _ in range(RUNS)]
    opened, jumped = zip(*figures, strict=True)
    return Sample(opened), Sample(jumped)


async def once(text: Sequence[Passage]) -> tuple[float, float]:
    """Give the processor seconds from `show` to the painted text, and from a jump to the end to the painted end."""
    app = Stage()
    async with app.run_test(size=SIZE) as pilot:
        reader = app.query_one(Reader)
        reader.focus()
        await pilot.pause()
        begun = time.process_time()
        reader.show(text)
        await pilot.pause()
        opened = time.process_time()
        reader.action_last()
        await pilot.pause()
        assert reader.cursor.passage == len(text) - 1
        return opened - begun, time.process_time() - opened
