"""What the explorer does to search from wherever the reader is."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from textual import on
from textual.app import App

from docterm.tui.areas.area import Area
from docterm.tui.messages import MoreLike
from docterm.tui.session import Session

if TYPE_CHECKING:
    from docterm.tui.areas.search import SearchArea


class SearchActions(App[None]):
    """An app with an area for searching."""

    session: Session

    async def go(self, area: Area, *, focus: bool = True, remember: bool = True) -> None:
        """Go to an area."""
        raise NotImplementedError

    @cached_property
    def search_area(self) -> SearchArea:
        """The area, built when it is first needed."""
        from docterm.tui.areas.search import SearchArea

        return SearchArea(self.session)

    async def action_search_library(self) -> None:
        """Go to the search field."""
        await self.go(self.search_area, focus=False)
        self.search_area.search()

    @on(MoreLike)
    async def _more_like(self, event: MoreLike) -> None:
        await self.go(self.search_area)
        self.search_area.more_like(event.passage)
