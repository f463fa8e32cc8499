"""The one place that writes: answers to stdout as text or JSON, messages to stderr.

Text is wrapped to the width of the terminal when stdout is one. Hits stand in bold where the terminal has
colour and NO_COLOR is not set, and unmarked everywhere else.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TextIO

import click

from docterm.cli.layout import cells, fit, lines, pad
from docterm.errors import StorageError
from docterm.library.pace import Pace
from docterm.text import Span, label

NARROWEST = 20
"""Below this width text is laid out as for this width; the terminal then breaks the lines itself."""
QUIET_SECONDS = 0.7
"""Work that is done by then shows no progress."""


# --- the streams ---------------------------------------------------------------------------------


def line(text: str = "") -> None:
    """Write a line of the answer."""
    _write(sys.stdout, f"{text}\n")


def emit(value: Mapping[str, Any]) -> None:
    """Write a JSON object, on one line."""
    line(json.dumps(value, ensure_ascii=False))


def emit_lines(values: Iterable[Mapping[str, Any]]) -> None:
    """Write JSON objects, one a line."""
    for value in values:
        emit(value)


def note(text: str) -> None:
    """Write a message for the user, as one line on stderr."""
    _write(sys.stderr, f"{label(text, 2000)}\n")


def notes(texts: Iterable[str]) -> None:
    """Write messages for the user, each once."""
    for text in dict.fromkeys(texts):
        note(text)


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise StorageError(f"The answer cannot be written: {error.strerror}.", "Free space there.") from error


# --- the terminal --------------------------------------------------------------------------------


def terminal_width() -> int | None:
    """Give the width to lay text out for, or None when stdout is no terminal and lines stay whole."""
    if not sys.stdout.isatty():
        return None
    return max(shutil.get_terminal_size().columns, NARROWEST)


def send_to_terminal() -> Callable[[str], None] | None:
    """Give a function that asks the terminal to take a text to its clipboard (OSC 52), None where there is none."""
    if not (sys.stderr.isatty() and os.environ.get("TERM", "dumb") != "dumb"):
        return None

    def send(text: str) -> None:
        from base64 import b64encode

        sys.stderr.write(f"\x1b]52;c;{b64encode(text.encode('utf-8', 'replace')).decode()}\a")
        sys.stderr.flush()

    return send


def has_colour() -> bool:
    """Say whether stdout is a terminal that may be sent colours and bold type."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") != "dumb"


def mark(text: str, spans: Iterable[Span] = ()) -> str:
    """Give `text` with the spans in bold where the terminal can show it, else as it is."""
    if not has_colour():
        return text
    parts: list[str] = []
    done = 0
    for start, end in spans:
        parts += [text[done:start], click.style(text[start:end], bold=True)]
        done = end
    return "".join([*parts, text[done:]])


def dim(text: str) -> str:
    """Give `text` dimmed where the terminal can show it, else as it is."""
    return click.style(text, dim=True) if has_colour() else text


def paragraph(text: str, spans: Sequence[Span] = (), *, indent: str = "", lead: str | None = None) -> None:
    """Write `text` with its spans marked, wrapped to the terminal behind `indent`, or `lead` in the first line."""
    width = terminal_width()
    ranges = lines(text, max(width - cells(indent), NARROWEST // 2)) if width else [Span(0, len(text))]
    for number, (start, end) in enumerate(ranges or [Span(0, 0)]):
        inside = [
            Span(max(span.start, start) - start, min(span.end, end) - start)
            for span in spans
            if span.start < end and span.end > start
        ]
        line(f"{indent if number or lead is None else lead}{mark(text[start:end], inside)}".rstrip())


def table(names: Sequence[str], rows: Sequence[Sequence[str]], *, stretch: int, numbers: Sequence[int] = ()) -> None:
    """Write rows under their names, in columns; `numbers` stand at the right of theirs.

    On a terminal column `stretch` is cut to what room is left; where that is next to none, every row becomes a
    few lines of its own.
    """
    widths = [max(cells(row[column]) for row in (names, *rows)) for column in range(len(names))]
    width = terminal_width()
    if width is not None:
        others = sum(widths) - widths[stretch] + 2 * (len(widths) - 1)
        if width - others < min(widths[stretch], NARROWEST):
            _stacked(names, rows)
            return
        widths[stretch] = min(widths[stretch], width - others)
    for row in (names, *rows):
        texts = (
            pad(fit(text, widths[column]), widths[column], right=column in numbers) for column, text in enumerate(row)
        )
        line("  ".join(texts).rstrip())


def _stacked(names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    for row in rows:
        paragraph(row[0], indent="  ", lead="")
        for name, text in zip(names[1:], row[1:], strict=True):
            if text:
                paragraph(f"{name}: {text}", indent="    ", lead="  ")


# --- progress ------------------------------------------------------------------------------------


@contextmanager
def progress(work: str = "Reading file") -> Iterator[Callable[[int, int], None]]:
    """Give a function to call with what is done and what there is to do; it shows both when it takes long.

    Only on a terminal that can rewrite a line; the line is gone when the work is done.
    """
    pace = Pace(work)
    with _status() as say:

        def show(done: int, total: int) -> None:
            if pace.is_due(done, total):
                say(pace.sentence(done, total))

        yield show


@contextmanager
def working(what: str) -> Iterator[Callable[[float], None]]:
    """Give a function to call with the part of the work that is done, 0 to 1; it shows that as `progress` does."""
    pace = Pace()
    with _status() as say:

        def show(part: float) -> None:
            percent = round(100 * part)
            if pace.is_due(percent, 100):
                say(f"{what}: {percent} % · Ctrl-C stops")

        yield show


@contextmanager
def _status() -> Iterator[Callable[[str], None]]:
    """Give a function that writes a text over the one before."""
    began = time.monotonic()
    able = sys.stderr.isatty() and os.environ.get("TERM", "dumb") != "dumb"
    shown = False

    def say(text: str) -> None:
        nonlocal shown
        if able and time.monotonic() - began > QUIET_SECONDS:
            shown = True
            sys.stderr.write(f"\r\x1b[K{text}")
            sys.stderr.flush()

    try:
        yield say
    finally:
        if shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
