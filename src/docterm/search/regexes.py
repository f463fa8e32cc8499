"""Regular expressions over passages, in bounded time.

Python's own `re` cannot be stopped, and holds up every thread while it runs; `regex` gives up after a time that is
set, and lets other threads run meanwhile.
"""

from __future__ import annotations

import time
from functools import lru_cache
from typing import TYPE_CHECKING

from docterm.errors import QueryError
from docterm.text import Span, label

if TYPE_CHECKING:
    import regex

MAX_PATTERN = 500
"""Characters of an expression: compiling a longer one may take too long."""
PASSAGE_SECONDS = 0.1
"""Time for one passage, of which an expression that does not explode takes a thousandth."""
SEARCH_SECONDS = 10.0
"""Time for all passages of a search."""


class Expression:
    """A regular expression, ready to be held against many passages in one search."""

    def __init__(self, pattern: str) -> None:
        """Compile `pattern`. Raises QueryError where it is none, or is too long."""
        self._pattern = pattern
        self._compiled = compiled(pattern)
        self._spent = 0.0

    def spans(self, text: str) -> list[Span]:
        """Give where the expression is found in a canonical text, in order; it is never found in no characters.

        Case does not count. Raises QueryError when this passage, or the search as a whole, takes too long.
        """
        started = time.thread_time()
        try:
            matches = self._compiled.finditer(text, timeout=PASSAGE_SECONDS, concurrent=True)
            found = [Span(*match.span()) for match in matches if match.end() > match.start()]
        except TimeoutError as error:
            raise _too_slow(self._pattern) from error
        self._spent += time.thread_time() - started
        if self._spent > SEARCH_SECONDS:
            raise _too_slow(self._pattern)
        return found


@lru_cache(maxsize=64)
def compiled(pattern: str) -> regex.Pattern[str]:
    """Compile an expression. Raises QueryError where it is none, or is too long."""
    import regex

    if len(pattern) > MAX_PATTERN:
        raise QueryError(
            f"/{label(pattern, 40)}/ is longer than {MAX_PATTERN} characters.", "Shorten the regular expression."
        )
    try:
        return regex.compile(pattern, regex.IGNORECASE | regex.VERSION0)
    except (regex.error, RecursionError, OverflowError, MemoryError, ValueError, KeyError) as error:
        raise QueryError(
            f"/{label(pattern, 40)}/ is no regular expression: {label(error, 80)}.",
            "Write \\ before a character that stands for itself, or leave the slashes out.",
        ) from error


def _too_slow(pattern: str) -> QueryError:
    return QueryError(
        f"/{label(pattern, 40)}/ takes too long to find.",
        "Leave out a repetition inside a repetition, or the .* at its ends.",
    )
