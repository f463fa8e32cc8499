"""The voices and the certainty of a comparison, in lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from docterm.cli import output
from docterm.compare.certainty import BOOSTERS, HEDGES, CueClass
from docterm.compare.voices import Decisions, Voice, Voices, voices
from docterm.text import counted

if TYPE_CHECKING:
    from docterm.compare.certainty import Certainty
    from docterm.compare.comparison import Comparison
    from docterm.compare.sides import Side

VOICES = 8
"""Voices of a side that are shown; JSON has them all."""
ENTRIES = 6
"""Addresses of a voice that are shown."""
CUES = 8
LISTED = 12
"""Scare quotes, and those who did not answer, that are shown."""
VERBS = 3


def write(comparison: Comparison, names: Decisions) -> None:
    """Write who speaks on both sides, with what the reader decided about names, and how sure each side sounds."""
    _write_voices(comparison.left, voices(comparison.left_speech.entries, names))
    _write_voices(comparison.right, voices(comparison.right_speech.entries, names))
    _write_certainty(comparison)


def _write_voices(side: Side, found: Voices) -> None:
    output.line()
    if found.every:
        _write_table(side, found)
    else:
        output.paragraph(f"Voices in {side.label}: none was found.")
    asked = [f"{entry.name} ({entry.passage.address})" for entry in found.no_reply]
    quoted = [f"“{entry.passage.text[slice(*entry.found.content)].rstrip(',.;')}”" for entry in found.scare]
    for title, listed in (("Asked, and did not answer", asked), ("In quotation marks, said by nobody", quoted)):
        if listed:
            output.paragraph(f"{title}: {_first(listed)}", indent="    ", lead="  ")


def _first(listed: Sequence[str]) -> str:
    """Give the first of many, each once."""
    different = list(dict.fromkeys(listed))
    more = f", and {len(different) - LISTED:,} more" if len(different) > LISTED else ""
    return f"{', '.join(different[:LISTED])}{more}"


def _write_table(side: Side, found: Voices) -> None:
    share = (
        "" if found.unnamed_share is None else f"; {100 * found.unnamed_share:.0f} % of what is said has no name to it"
    )
    output.paragraph(f"Voices in {side.label}: {len(found.every):,}{share}")
    shown = sorted(found.every, key=lambda voice: -(voice.direct + voice.indirect))[:VOICES]
    names = ("voice", "quoted", "told", "words", "verbs", "where")
    output.table(names, list(map(_row, shown)), stretch=5, numbers=(1, 2, 3))
    if len(found.every) > VOICES:
        output.paragraph(f"and {len(found.every) - VOICES:,} more, all in --json", indent="  ")


def _row(voice: Voice) -> tuple[str, ...]:
    addresses = list(dict.fromkeys(str(entry.passage.address) for entry in voice.entries))
    more = f" and {len(addresses) - ENTRIES} more" if len(addresses) > ENTRIES else ""
    return (
        voice.name,
        str(voice.direct),
        str(voice.indirect),
        f"{voice.words:,}",
        ", ".join(verb for verb, _ in voice.verbs[:VERBS]),
        f"{', '.join(addresses[:ENTRIES])}{more}",
    )


def _write_certainty(comparison: Comparison) -> None:
    output.line()
    left, right = comparison.left.label, comparison.right.label
    certainty = (comparison.left_speech.certainty, comparison.right_speech.certainty)
    output.paragraph("Certainty: uses, and uses in 1,000 words")
    rows = [
        ("hedges", *_cells(certainty, HEDGES)),
        *((f"  {kind.value}", *_cells(certainty, (kind,))) for kind in HEDGES),
        ("boosters", *_cells(certainty, BOOSTERS)),
    ]
    output.table(("", left, right), rows, stretch=0, numbers=(1, 2))
    for name, kinds in (("Hedges", HEDGES), ("Boosters", BOOSTERS)):
        for label, side in zip((left, right), certainty, strict=True):
            output.paragraph(f"{name} in {label}: {_frequent(side, kinds)}", indent="    ", lead="  ")
    output.paragraph("These are words of lists, which a library can change; no score is made of them.")


def _cells(sides: Sequence[Certainty], kinds: Sequence[CueClass]) -> list[str]:
    return [f"{len(side.of(kinds)):,} ({side.per_1000(kinds):.1f})" for side in sides]


def _frequent(side: Certainty, kinds: Sequence[CueClass]) -> str:
    cues = side.most_frequent(kinds)
    if not cues:
        return "none was found"
    listed = ", ".join(f"{cue} {count}" if count > 1 else cue for cue, count in cues[:CUES])
    return f"{listed}, and {counted(len(cues) - CUES, 'other')}" if len(cues) > CUES else listed
