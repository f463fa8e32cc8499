"""What an export did to its file."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Changes:
    """The quotes or records of a file by what became of them, each by its id or key."""

    new: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """Changed by hand in the file, and left as they are."""
    lost: list[str] = field(default_factory=list)
    """In the file, but no longer in the notebook; left as they are."""

    def as_json(self) -> dict[str, list[str]]:
        """Give the ids by what became of them."""
        return {
            "new": self.new,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "kept": self.kept,
            "lost": self.lost,
        }
