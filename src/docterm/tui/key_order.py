"""Taking keys in the order in which they were pressed, however fast they come."""

from __future__ import annotations

import gc
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from textual import events, on
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump
from textual.timer import Timer
from textual.worker import Worker

ROUNDS = 3
"""Ways through the screen that may be needed until a key has moved the focus or begun to open something."""
OPENING = "open"
"""The group of the workers that open something, to which the next key may belong."""
PATIENCE = 0.5
"""Seconds after which the next key is taken whatever became of the one before."""


WAY = 0.06
"""Seconds after a key for which long work in threads stands still: what the key brings up is painted by then."""


def give_way(app: App[object]) -> None:
    """Let a working thread stand still while a key is dealt with: two threads of Python share one processor."""
    while isinstance(app, KeyOrder) and time.monotonic() - app.last_key < WAY:
        time.sleep(WAY / 6)


@contextmanager
def uncollected() -> Iterator[None]:
    """Let no memory be collected meanwhile: looking through all there is holds every thread up, a tenth of a second."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class KeyOrder(App[None]):
    """An app that gives a view one key at a time, the next one when all that came of it is done.

    Textual gives every key at once to the view that has the focus just then. Keys that arrive in one piece (from a
    script, over a slow line) would all go to the first view, though the first of them leads to another.
    """

    class Passed(Message):
        """Follows a key on its way: when it reaches the app, the key has been dealt with, by a view or the app."""

        def __init__(self, start: MessagePump, round: int) -> None:  # noqa: A002 - a round of this
            super().__init__()
            self.start = start
            self.round = round

    def __init__(self) -> None:
        super().__init__()
        self._held: deque[events.Key] = deque()
        self._passing: KeyOrder.Passed | None = None
        self._is_postponed = False
        """Whether the next key waits for something to be open."""
        self._impatience: Timer | None = None
        self.last_key = 0.0
        """When a key was pressed last, by the clock of `time.monotonic`."""

    async def on_event(self, event: events.Event) -> None:
        """Hold a key back while one is under way."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        self.last_key = time.monotonic()
        if self._passing is None:
            await self._give(event)
        else:
            self._held.append(event)
            self._wait()

    async def _give(self, key: events.Key) -> None:
        start = self.focused or self.screen
        await super().on_event(key)
        self._follow(self.Passed(start, 1))
        if self._held:
            self._wait()

    def _follow(self, passed: Passed) -> None:
        self._passing = passed
        if not passed.start.post_message(passed):  # the view is gone
            self.call_later(self._next)

    def _wait(self) -> None:
        if self._impatience is None:
            self._impatience = self.set_timer(PATIENCE, self._next)

    @on(Passed)
    def _passed(self, event: Passed) -> None:
        self.call_later(self._dealt_with, event)  # a view takes the focus by way of the app's own queue

    async def _dealt_with(self, passed: Passed) -> None:
        if passed is not self._passing:
            return  # patience was lost meanwhile
        if self._held and passed.round < ROUNDS:
            self._follow(self.Passed(passed.start, passed.round + 1))
        elif self._held and self._is_opening():
            self._is_postponed = True
        else:
            await self._next()

    @on(Worker.StateChanged)
    async def _worker_changed(self) -> None:
        if self._is_postponed and not self._is_opening():
            await self._next()

    def _is_opening(self) -> bool:
        return any(worker.group == OPENING and not worker.is_finished for worker in self.workers)

    async def _next(self) -> None:
        """Give the next key that is held back, if there is one."""
        self._passing, self._is_postponed = None, False
        if self._impatience is not None:
            self._impatience.stop()
            self._impatience = None
        if self._held:
            await self._give(self._held.popleft())
