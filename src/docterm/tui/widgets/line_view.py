"""A view that draws itself line by line, however many lines there are."""

from __future__ import annotations

from rich.style import Style
from textual.geometry import Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView


class LineView(ScrollView, inherit_bindings=False):
    """Scrolls over lines. The place of its scroll bar is always kept, so that nothing moves when it comes and goes."""

    virtual_size = Reactive(Size(0, 0), layout=False)
    """As Textual has it, but for `layout`: there, a text of another length lays out the whole screen."""

    _ground: Style | None = None

    @property
    def ground(self) -> Style:
        """The style of what no text covers. Kept, since finding it costs more than drawing a line."""
        if self._ground is None:
            self._ground = self.rich_style
        return self._ground

    def notify_style_update(self) -> None:
        """Forget what was found in other colours."""
        super().notify_style_update()
        self._ground = None

    def set_lines(self, lines: int) -> None:
        """Say how many lines there are; where there are fewer now, the last ones come into sight."""
        self.virtual_size = Size(self.scrollable_content_region.width, lines)
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.window_virtual_size = lines
        if self.scroll_y > self.max_scroll_y:
            self.scroll_to_line(self.max_scroll_y)

    @property
    def top_row(self) -> int:
        """The first line in sight."""
        return round(self.scroll_y)

    @property
    def height_in_sight(self) -> int:
        """The number of lines that fit, at least one."""
        return max(self.scrollable_content_region.height, 1)

    def scroll_to_line(self, line: int) -> None:
        """Put a line at the top, as far as the text reaches."""
        self.scroll_to(y=line, animate=False, force=True)
