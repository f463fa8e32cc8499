"""How a comparison that nobody waits for any more is stopped."""

from __future__ import annotations

from collections.abc import Callable

Check = Callable[[], None]
"""Called every few milliseconds of work; it raises Cancelled when the work is to stop."""


class Cancelled(Exception):
    """The caller asked for the work to stop. It is no error and never reaches the user."""


def never() -> bool:
    """Say that the work is still wanted, always."""
    return False


def checking(cancelled: Callable[[], bool]) -> Check:
    """Give a function that raises Cancelled as soon as `cancelled()` is true."""

    def check() -> None:
        if cancelled():
            raise Cancelled

    return check
