"""Every key, from the table of actions."""

from __future__ import annotations

from textwrap import wrap

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from docterm.actions import Scope, actions, key_name

KEY_WIDTH = 18
INDENT = " " * (KEY_WIDTH + 3)


def key_help(width: int) -> Content:
    """Give the help text for lines of `width` cells: a heading a scope, an action a line or more."""
    parts: list[str | tuple[str, str]] = [("docterm: every key", "bold"), "\n"]
    for scope in Scope:
        parts.append((f"\n{scope.value}\n", "bold $text-primary"))
        for action in actions(scope):
            keys = "  ".join(key_name(key) for key in action.keys)
            lines = wrap(action.help, max(width - KEY_WIDTH - 3, 20))
            parts += [(f"  {keys:{KEY_WIDTH}}", "bold"), " ", f"\n{INDENT}".join(lines), "\n"]
    parts.append(("\nescape or q closes this page", "dim"))
    return Content.assemble(*parts)


class Help(ModalScreen[None]):
    """The page of keys."""

    BINDINGS = [  # noqa: RUF012 - Textual declares it so
        Binding("escape,q,question_mark,f1", "dismiss", "Close"),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("space,pagedown", "page(1)", show=False),
        Binding("b,pageup", "page(-1)", show=False),
    ]

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog -tall"):
            yield Static(markup=False)

    def on_resize(self) -> None:
        """Lay the text out for the width there is."""
        pane = self.query_one(VerticalScroll)
        self.query_one(Static).update(key_help(pane.scrollable_content_region.width))

    def action_scroll(self, rows: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)

    def action_page(self, pages: int) -> None:
        pane = self.query_one(VerticalScroll)
        pane.scroll_relative(y=pages * max(pane.size.height - 2, 1), animate=False)
