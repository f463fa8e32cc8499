"""A reader at the explorer's keyboard, for tests: press keys, wait until all is done, look at the screen."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

from textual import events
from textual.geometry import Offset
from textual.keys import _character_to_key
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.strip import Strip
from textual.worker import Worker

from docterm.library.library import Library
from docterm.library.model import Locator, Passage, Role
from docterm.tui.app import Explorer
from docterm.tui.session import Session
from docterm.tui.widgets.reader import Reader

ROUNDS = 4000
"""So many looks at what is still under way before a test gives up: far more than anything needs."""


class Desk:
    """An explorer that runs without a terminal, and the reader who sits before it."""

    def __init__(self, app: Explorer, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    # --- doing -----------------------------------------------------------------------------------

    async def press(self, *keys: str) -> None:
        """Press keys one after another, each when all that came of the one before is done."""
        for key in keys:
            self._send(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Press the keys of `text` without a pause."""
        for character in text:
            self._send(character)
        await self.settle()

    async def search(self, text: str) -> None:
        """Go to the search field and type."""
        await self.press("s")
        await self.type(text)

    async def open(self, key: str) -> None:
        """Open a document from the list in area 1."""
        await self.press("1")
        documents = self.app.library_area.list
        documents.highlight(key)
        await self.press("enter")
        assert self.app.read_area.document is not None
        assert self.app.read_area.document.key == key

    async def resize(self, width: int, height: int) -> None:
        """Give the terminal another size."""
        await self.pilot.resize_terminal(width, height)
        await self.settle()

    async def drag(self, start: Offset, end: Offset) -> None:
        """Draw the mouse over the screen with its button down."""
        await self.pilot.mouse_down(offset=start)
        await self.pilot.hover(offset=end)
        await self.pilot.mouse_up(offset=end)
        await self.settle()

    def _send(self, key: str) -> None:
        """Send a key as the terminal's driver does."""
        driver = self.app._driver
        assert driver is not None
        name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
        event = events.Key(name, key if len(key) == 1 else None)
        event.set_sender(self.app)
        driver.send_message(event)

    async def settle(self) -> None:
        """Wait until every message has arrived, no worker is at work, and no search is running or wanted."""
        quiet = 0
        for _ in range(ROUNDS):
            if self._at_work():
                quiet = 0
                await asyncio.sleep(0.01)  # leaves the processor to the threads that are waited for
                continue
            await self.pilot._wait_for_screen()
            if not self.app.is_running or self.app._exception is not None:
                return
            if self._at_work() or self._has_messages():
                quiet = 0
                continue
            self.app.screen._on_timer_update()
            quiet += 1
            if quiet == 2:
                return
            await asyncio.sleep(0)
        raise AssertionError("The explorer does not come to rest.")

    def _at_work(self) -> bool:
        workers: Iterable[Worker[Any]] = self.app.workers
        if any(not worker.is_finished for worker in workers):
            return True
        search: Any = self.app.search_area
        if self.app._held:
            return True
        waiting = (self.app._start_timer, search._preview_timer, search._more_timer)
        return search._searching or search._wanted is not None or any(timer is not None for timer in waiting)

    def _has_messages(self) -> bool:
        pumps: list[MessagePump] = [self.app]
        for screen in self.app.screen_stack:
            pumps += screen.walk_children(with_self=True)
        return any(pump._message_queue.qsize() + len(pump._next_callbacks) for pump in pumps)

    # --- looking ---------------------------------------------------------------------------------

    @property
    def strips(self) -> list[Strip]:
        """What the screen shows, with its styles."""
        return self.app.screen._compositor.render_strips()

    @property
    def lines(self) -> list[str]:
        """What the screen shows, row by row, as plain text."""
        return [strip.text.rstrip() for strip in self.strips]

    @property
    def text(self) -> str:
        """What the screen shows, as plain text."""
        return "\n".join(self.lines)

    @property
    def flat(self) -> str:
        """What the screen shows in one line, single-spaced: for sentences that may have been wrapped."""
        return " ".join(self.text.split())

    @property
    def toasts(self) -> list[str]:
        """The messages that popped up, oldest first."""
        return [str(each.message) for each in self.app._notifications]

    @property
    def errors(self) -> list[str]:
        """Those of them that are errors."""
        return [str(each.message) for each in self.app._notifications if each.severity == "error"]

    @property
    def area(self) -> str:
        """The name of the area in sight."""
        return self.app.area.NAME

    @property
    def document(self) -> str | None:
        """The key of the document that is open in area 3."""
        document = self.app.read_area.document
        return None if document is None else document.key

    @property
    def reader(self) -> Reader:
        """The reader of area 3."""
        return self.app.read_area.reader

    def selected(self, reader: Reader | None = None) -> str | None:
        """Give the selected text of a reader, of area 3's unless told."""
        reader = reader or self.reader
        selection = reader.text_selection
        found = None if selection is None else reader.get_selection(selection)
        return None if found is None else found[0]

    @property
    def status(self) -> str:
        """The status line of the area in sight."""
        return str(self.app.area.status.content)

    def events_on_disk(self) -> list[dict[str, Any]]:
        """Give the notebook's events as they stand in its file."""
        path = self.app.session.notebook.path
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


Sit = Callable[..., AbstractAsyncContextManager[Desk]]
"""Called with a width, a height and perhaps a library folder: the explorer open, first screen done."""


@asynccontextmanager
async def at_desk(root: Path, notebook: Path, size: tuple[int, int]) -> AsyncIterator[Desk]:
    """Run the explorer on a library, at a size, and leave it in the end."""
    session = Session(Library(root), notebook)
    try:
        app = Explorer(session)
        app.animation_level = "none"
        async with app.run_test(size=size, notifications=True) as pilot:
            desk = Desk(app, pilot)
            await desk.settle()
            yield desk
    finally:
        session.close()


def passages_of(texts: Sequence[str], key: str = "made") -> tuple[Passage, ...]:
    """Make the passages of a document whose paragraphs are `texts`."""
    return tuple(Passage(key, index, Role.BODY, text, Locator(index + 1, None, ())) for index, text in enumerate(texts))
