"""The explorer's wiring: areas, and what goes between them. The work is done by the session, the flow by the areas."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.timer import Timer
from textual.widgets import ContentSwitcher

from docterm.config.paths import shipped_library
from docterm.errors import DoctermError
from docterm.library.library import Library
from docterm.text import label
from docterm.tui.areas.area import Area
from docterm.tui.areas.library import LibraryArea
from docterm.tui.bindings import bindings
from docterm.tui.compare_actions import CompareActions
from docterm.tui.key_order import OPENING, KeyOrder
from docterm.tui.messages import LibraryChanged, NotebookChanged, OpenSpot
from docterm.tui.notebook_actions import NotebookActions
from docterm.tui.search_actions import SearchActions
from docterm.tui.session import Session, Spot
from docterm.tui.widgets.area_bar import AreaBar
from docterm.tui.widgets.find_bar import FindBar
from docterm.tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from docterm.tui.areas.compare import CompareArea
    from docterm.tui.areas.quotes import QuotesArea
    from docterm.tui.areas.read import ReadArea


START_SECONDS = 0.05
"""From the first screen to the work that would delay it."""

SWITCH_SECONDS = 0.001
"""How long a searching or comparing thread may keep the screen waiting: Python's own 5 ms make a key feel late."""


class Explorer(KeyOrder, NotebookActions, SearchActions, CompareActions, inherit_bindings=False):
    """docterm in the terminal."""

    CSS_PATH = "docterm.tcss"
    TITLE = "docterm"
    ENABLE_COMMAND_PALETTE = False  # `action_palette` opens it, so that ctrl+p stays free in the search field
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual declares it so
    BINDINGS = bindings("area.", "app.")

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.library_area = LibraryArea(session)
        self.switcher = ContentSwitcher(initial=LibraryArea.NAME)
        shipped = session.library.root == shipped_library().resolve()
        self.bar = AreaBar("the library that comes with docterm" if shipped else label(session.library.root))
        self._trail: list[Area] = []
        self._start_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        yield self.bar
        with self.switcher:
            yield self.library_area
        yield KeyBar()

    async def on_mount(self) -> None:
        """Take signals, and read the folder once the first screen is painted."""
        self._leave_on_signals()
        self.bar.show(LibraryArea.NAME)
        self.library_area.focus_main()
        self._start_timer = self.set_timer(START_SECONDS, self._started)

    def _started(self) -> None:
        self._start_timer = None
        gc.freeze()
        gc.enable()  # off since the command line began to import the explorer
        self.library_area.refresh_library()
        self.library_area.watch_library()

    def _leave_on_signals(self) -> None:
        """A terminal that closes or a plain kill must leave the screen restored: without this it is not."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            with contextlib.suppress(AttributeError, NotImplementedError, RuntimeError):  # Windows; not the main thread
                loop.add_signal_handler(getattr(signal, name), self.exit)

    def on_unmount(self) -> None:
        """Stop running searches: leaving would wait for them."""
        self.session.stop()

    # --- what has changed ------------------------------------------------------------------------

    @on(LibraryChanged)
    def _library_changed(self) -> None:
        for area in self._visited():
            area.library_changed()

    @on(NotebookChanged)
    def _notebook_changed(self) -> None:
        for area in self._visited():
            area.notebook_changed()

    # --- areas -----------------------------------------------------------------------------------

    @cached_property
    def read_area(self) -> ReadArea:
        from docterm.tui.areas.read import ReadArea

        return ReadArea(self.session)

    @cached_property
    def compare_area(self) -> CompareArea:
        from docterm.tui.areas.compare import CompareArea

        return CompareArea(self.session)

    @cached_property
    def quotes_area(self) -> QuotesArea:
        from docterm.tui.areas.quotes import QuotesArea

        return QuotesArea(self.session)

    def _visited(self) -> list[Area]:
        """Give the areas that the reader has been to: the others are not built yet."""
        return [child for child in self.switcher.children if isinstance(child, Area)]

    @property
    def area(self) -> Area:
        """The area in sight."""
        return next(area for area in self._visited() if area.id == self.switcher.current)

    async def go(self, area: Area, *, focus: bool = True, remember: bool = True) -> None:
        """Go to an area, building it when the reader comes to it first."""
        if area is not self.area:
            if remember:
                self._trail = [*(each for each in self._trail if each is not area), self.area]
            if area.parent is None:
                await self.switcher.mount(area)
            self.switcher.current = area.NAME
            self.bar.show(area.NAME)
        if focus:
            area.focus_main()
        area.enter()

    async def action_library(self) -> None:
        await self.go(self.library_area)

    async def action_search(self) -> None:
        await self.go(self.search_area)

    async def action_read(self) -> None:
        await self.go(self.read_area)

    async def action_compare(self) -> None:
        await self.go(self.compare_area)

    async def action_quotes(self) -> None:
        await self.go(self.quotes_area)

    @on(AreaBar.Chosen, "AreaBar")
    async def _area_chosen(self, event: AreaBar.Chosen) -> None:
        await self.run_action(event.name)

    async def action_back(self) -> None:
        """Leave the find line, then what the area has open, then the area."""
        if self.find_bar.has_focus:
            self.find_bar.close(kept=False)
        elif self.area.back():
            return
        elif self._trail:
            await self.go(self._trail.pop(), remember=False)
        else:
            self.notify("This is the first screen. Q leaves docterm.", markup=False)

    # --- finding in a view -----------------------------------------------------------------------

    @cached_property
    def find_bar(self) -> FindBar:
        """The line to type in what is to be found; made when it is first needed."""
        return FindBar()

    async def action_find(self) -> None:
        if self.find_bar.parent is None:
            await self.screen.mount(self.find_bar, after=self.switcher)
        self.find_bar.open()

    @on(FindBar.Typed)
    def _find_typed(self, event: FindBar.Typed) -> None:
        self.area.find(event.text)

    @on(FindBar.Done)
    def _find_done(self, event: FindBar.Done) -> None:
        if not event.kept:
            self.area.find("")
        self.area.focus_main()

    # --- opening ---------------------------------------------------------------------------------

    @on(OpenSpot)
    def _open_spot(self, event: OpenSpot) -> None:
        if self.read_area.spot is not None:
            self.session.history.leave(self.read_area.spot)
        self._open(event)

    @work(group=OPENING, exclusive=True)
    async def _open(self, event: OpenSpot) -> None:
        await self.go(self.read_area)
        try:
            opened = await self.read_area.open(event.spot, event.results, event.landing)
        except DoctermError as error:
            self.notify(str(error), title="Not opened", severity="error", markup=False)
            return
        if not opened:
            self.notify(f"{event.spot.key} is not in this library any more.", severity="warning", markup=False)

    async def action_jump_back(self) -> None:
        if not await self.area.jump(back=True):
            self._jump(self.session.history.back(self.read_area.spot))

    async def action_jump_forward(self) -> None:
        if not await self.area.jump(back=False):
            self._jump(self.session.history.forward(self.read_area.spot))

    def _jump(self, spot: Spot | None) -> None:
        if spot is None:
            self.notify("There is no place to jump to.", markup=False)
        else:
            self._open(OpenSpot(spot, self.read_area.results))

    # --- the rest --------------------------------------------------------------------------------

    def action_palette(self) -> None:
        from docterm.tui.commands import Palette

        self.push_screen(Palette())

    def action_help(self) -> None:
        from docterm.tui.dialogs.help import Help

        self.push_screen(Help())

    def action_about(self) -> None:
        from docterm.tui.dialogs.about import About

        self.push_screen(About())

    def _fatal_error(self) -> None:
        """Leave without Textual's traceback: `run` raises the error where the command line can write it to a file."""
        self._close_messages_no_wait()


def run(root: Path, notebook: Path) -> int:
    """Open the explorer on a library folder; give the exit code when the reader leaves.

    Raises LibraryError when the folder cannot be opened, before the screen is taken.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    session = Session(Library(root), notebook)
    try:
        app = Explorer(session)
        app.run()
    finally:
        session.close()
    if app._exception is not None:  # Textual has no public way to it
        raise app._exception
    return 0
