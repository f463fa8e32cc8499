"""Every key, from the table of actions."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from docterm.actions import Scope, actions, key_name

KEY_WIDTH = 18


def key_help() -> Content:
    """Give the help text: a heading a scope, a line an action."""
    parts: list[str | tuple[str, str]] = [("docterm: every key", "bold"), "\n"]
    for scope in Scope:
        parts.append((f"\n{scope.value}\n", "bold $text-primary"))
        for action in actions(scope):
            keys = "  ".join(key_name(key) for key in action.keys)
            parts += [(f"  {keys:{KEY_WIDTH}}", "bold"), f" {action.help}\n"]
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
            yield Static(key_help(), markup=False)

    def action_scroll(self, rows: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)

    def action_page(self, pages: int) -> None:
        pane = self.query_one(VerticalScroll)
        pane.scroll_relative(y=pages * max(pane.size.height - 2, 1), animate=False)
