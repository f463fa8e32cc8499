"""Where a field of a record can come from."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple


class Origin(StrEnum):
    """The sources of a field, those that count for more first."""

    USER = "user"
    """Corrected with `docterm record`."""
    SIDECAR = "sidecar"
    REFERENCES = "references.json"
    BIB = "bib"
    YAML = "yaml"
    RIS = "ris"
    KNOWN = "docterm"
    """The record that docterm carries of a work it recognises."""
    FRONT_MATTER = "front matter"
    EXTRACTED = "extracted"
    """What the file says of itself elsewhere: its properties, its headline and byline."""
    FILE_NAME = "file name"
    MADE = "made"
    """A citation key that docterm made, which stands until better is known or it is used."""


class Source(NamedTuple):
    """Where a field comes from: the kind of source, the file it stands in, and how far it can be trusted, 0 to 1."""

    kind: Origin
    path: str = ""
    confidence: float = 1.0
    place: str = ""
    """Where in the file: `the byline`."""

    def as_json(self) -> dict[str, Any]:
        """Give the source in the shape of `docterm.record/1`."""
        return {"kind": self.kind.value, "path": self.path, "confidence": self.confidence, "place": self.place}

    def __str__(self) -> str:
        doubt = f", {self.confidence:.0%} sure" if self.confidence < 1 else ""
        place = f" {self.path}" if self.path and self.path != self.kind.value else ""
        inside = f", {self.place}" if self.place else ""
        return f"{self.kind.value}{place}{inside}{doubt}"
