"""Which source of a field counts for more, and the records of a document laid over each other by that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from docterm.library.bibliography.origin import Origin, Source
from docterm.library.model import Record

_RANKS = {origin: rank for rank, origin in enumerate(Origin)}
WRITTEN = frozenset((Origin.SIDECAR, Origin.REFERENCES, Origin.BIB, Origin.YAML, Origin.RIS, Origin.KNOWN))
"""Records that somebody wrote to describe the work."""
OWN_WORD = frozenset((Origin.FRONT_MATTER, Origin.EXTRACTED, Origin.FILE_NAME))
"""What a file says of itself."""
COMPLETING = frozenset(("id", "URL", "DOI", "ISBN", "language"))
"""What a file's own word may add to such a record. An outlet or a date it names could be those of another edition."""


@dataclass(frozen=True, slots=True)
class Described:
    """A record and the source of each of its fields."""

    record: Record
    provenance: Mapping[str, Source]


def describe(layers: Iterable[tuple[Source, Record]]) -> Described:
    """Lay records over each other: of each field the value whose source counts for most, and that source."""
    ordered = sorted(layers, key=lambda layer: _RANKS[layer[0].kind])
    written = any(source.kind in WRITTEN and "title" in record for source, record in ordered)
    record: dict[str, object] = {}
    provenance: dict[str, Source] = {}
    for source, fields in ordered:
        whole = source.kind not in OWN_WORD or not written
        for name, value in fields.items():
            if name == "custom":
                record[name] = _joined(value, record.get(name))
            elif name not in record and (whole or name in COMPLETING):
                record[name] = value
                provenance[name] = source
    return Described(record, provenance)


def _joined(lower: object, upper: object, depth: int = 0) -> object:
    """Join the private data of programs, two levels deep; where both have a name, the upper one counts."""
    if not isinstance(lower, Mapping) or not isinstance(upper, Mapping) or depth == 2:
        return lower if upper is None else upper
    return {name: _joined(lower.get(name), upper.get(name), depth + 1) for name in {**upper, **lower}}
