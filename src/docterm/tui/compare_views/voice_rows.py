"""How voices and what they say look in a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.cells import cell_len, set_cell_size

from docterm.compare.voices import Entry, Voice, Voices
from docterm.search.snippet import snippet
from docterm.text import counted
from docterm.tui.compare_views.view import Which
from docterm.tui.rows import PASSAGE_WIDTH, marked
from docterm.tui.widgets.row_list import ListRow

MOST = 500
"""Entries that are listed under a heading; the command line's JSON has them all."""
VOICE, ENTRY = "voice", "entry"
"""How the ids of the two sorts of rows begin."""
NAMED, UNNAMED = "People, institutions, papers", "Without a name"
NO_REPLY = "Asked, and did not answer"
SCARE = "In quotation marks, said by nobody"
WRONG = "Marked as wrong"
_NUMBERS = {"quoted": 6, "told": 5, "words": 6}
"""The columns of a side and their widths."""
_ROOM = 84
"""A narrower list has no room for the last of them."""
_NARROWEST_NAME, _WIDEST_NAME = 12, 44

Sides = Mapping[Which, Voices]


def voice_id(name: str) -> str:
    """Give the id of a voice's row."""
    return f"{VOICE}\n{name}"


def entry_id(which: Which, entry: Entry) -> str:
    """Give the id of an entry's row."""
    start = entry.found.cue.start if entry.found.cue is not None else -1
    return f"{ENTRY}\n{which}\n{entry.passage.key}\n{entry.passage.index}\n{entry.found.content.start}\n{start}"


def overview(sides: Sides, width: int) -> Iterator[ListRow]:
    """Give the rows of all voices of both sides in columns, then what is no voice; `width` is that of the list."""
    columns = list(_NUMBERS.items())[: None if width >= _ROOM else -1]
    room = width - len(sides) * sum(cells + 1 for _, cells in columns) - 4 * len(sides) - 4
    name_width = max(_NARROWEST_NAME, min(_WIDEST_NAME, room))
    for title, sorts in ((NAMED, "named"), (UNNAMED, "unnamed")):
        of_side = {which: {voice.name: voice for voice in getattr(found, sorts)} for which, found in sides.items()}
        every = {name for own in of_side.values() for name in own}
        if every:
            names = "".join(f"   {which.letter}{_numbers([name for name, _ in columns])}" for which in sides)
            yield ListRow("", [[(_fitted(title, name_width), "heading"), (names, "quiet")]], is_heading=True)
        for name in sorted(every, key=lambda name: (-_times(of_side, name), name)):
            told = "".join(f"    {_numbers(_counts(own.get(name))[: len(columns)])}" for own in of_side.values())
            yield ListRow(voice_id(name), [[(_fitted(name, name_width), "title"), (told, "")]], name)
    for title, kind in ((NO_REPLY, "no_reply"), (SCARE, "scare"), (WRONG, "wrong")):
        found = [(which, entry) for which, voices in sides.items() for entry in getattr(voices, kind)]
        yield from entry_rows(title, found)


def entry_rows(title: str, found: Sequence[tuple[Which, Entry]]) -> Iterator[ListRow]:
    """Give the rows of entries under a heading with their number; none for none."""
    if found:
        told = f"{title}: {len(found):,}" + (f", the first {MOST:,}" if len(found) > MOST else "")
        yield ListRow("", [[(told, "heading")]], is_heading=True)
    for which, entry in found[:MOST]:
        yield _entry_row(which, entry)


def _times(of_side: Mapping[Which, Mapping[str, Voice]], name: str) -> int:
    return sum(own[name].direct + own[name].indirect for own in of_side.values() if name in own)


def _counts(voice: Voice | None) -> list[str]:
    return ["", "", ""] if voice is None else [str(voice.direct), str(voice.indirect), f"{voice.words:,}"]


def _numbers(texts: Sequence[str]) -> str:
    return "".join(f" {text:>{width}}" for text, width in zip(texts, _NUMBERS.values(), strict=False))


def _fitted(text: str, width: int) -> str:
    return set_cell_size(text, width) if cell_len(text) <= width else f"{set_cell_size(text, width - 1)}…"


def _entry_row(which: Which, entry: Entry) -> ListRow:
    found = entry.found
    cut = snippet(entry.passage.text, [found.content], PASSAGE_WIDTH)
    verb = "" if found.verb == found.kind.value else found.verb
    kind = "scare quotes" if found.kind == "scare" else found.kind.value
    facts = [which.letter, entry.name, kind, verb, counted(entry.words, "word")]
    head = [(entry.passage.address or "", "address"), (f"  {' · '.join(fact for fact in facts if fact)}", "quiet")]
    text = f"{entry.name} {found.verb} {entry.passage.text}"
    return ListRow(entry_id(which, entry), [head, marked(cut.text, cut.spans)], text)
