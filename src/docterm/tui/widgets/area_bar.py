"""The first line of the screen: the five areas, and which library is open."""

from __future__ import annotations

from docterm.actions import ACTIONS
from docterm.tui.widgets.name_bar import NameBar

AREAS = tuple(action for action in ACTIONS if action.id.startswith("area."))


class AreaBar(NameBar):
    """Names the areas with their keys; a click on one goes there."""

    def __init__(self, library: str) -> None:
        super().__init__(AREAS, library)
