"""What the reader decided about a link: keep it, reject it, pin one that was not found; how the two stand; a note.

A judgement is kept by name as a JSON object, by whoever keeps such things for the reader; here it is only said what
name and object those are, and which passages of a comparison it is about today.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from docterm.compare.anchor import Anchor, Anchorage, anchor_from_json
from docterm.library.model import Passage

ABOUT = "link"
"""What judgements are kept as."""

Places = tuple[tuple[str, int], tuple[str, int]]
"""Which left and which right passage: the key of the document and the index there, each."""


class Verdict(StrEnum):
    """What becomes of the link."""

    KEEP = "keep"
    REJECT = "reject"
    PIN = "pin"
    """It is a link whatever the words say, and stands before all others."""


class Relation(StrEnum):
    """How the two passages stand to each other, which only a reader can say."""

    AGREES = "agrees"
    DIFFERS = "differs"
    ADDS = "adds"
    UNCLEAR = "unclear"


_DOING = {Verdict.KEEP: "keeping", Verdict.REJECT: "rejecting", Verdict.PIN: "pinning"}


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict on the link between two passages."""

    left: Anchor
    right: Anchor
    verdict: Verdict
    relation: Relation | None = None
    note: str = ""

    @classmethod
    def of(
        cls, left: Passage, right: Passage, verdict: Verdict, relation: Relation | None = None, note: str = ""
    ) -> Judgement:
        """Judge the link between two body passages.

        To judge a link again use `dataclasses.replace` on its judgement, so that it stays the same by name.
        """
        return cls(Anchor.of(left), Anchor.of(right), verdict, relation, note)

    @property
    def name(self) -> str:
        """The name to keep it by: one for a pair of passages, whichever of them is on the left."""
        return " ".join(sorted(f"{anchor.key}#{anchor.words}" for anchor in (self.left, self.right)))

    @property
    def what(self) -> str:
        """What was done, in the words of an undo."""
        return f"{_DOING[self.verdict]} the link from {self.left.address} to {self.right.address}"

    def as_json(self) -> dict[str, Any]:
        """Give the judgement as it is kept."""
        return {
            "left": self.left.as_json(),
            "right": self.right.as_json(),
            "verdict": self.verdict.value,
            "relation": self.relation.value if self.relation else None,
            "note": self.note,
        }


def judgement_from_json(data: Mapping[str, Any]) -> Judgement:
    """Read a judgement; raise ValueError when it is none."""
    relation, note = data.get("relation"), data.get("note", "")
    return Judgement(
        anchor_from_json(data.get("left")),
        anchor_from_json(data.get("right")),
        Verdict(str(data.get("verdict"))),
        None if relation is None else Relation(str(relation)),
        note if isinstance(note, str) else "",
    )


def judgements_from(kept: Mapping[str, Mapping[str, Any]]) -> tuple[Judgement, ...]:
    """Read the judgements kept; what is none, or of a later version, is passed over."""
    found: list[Judgement] = []
    for data in kept.values():
        try:
            found.append(judgement_from_json(data))
        except ValueError:
            continue
    return tuple(found)


def settle(
    judgements: Iterable[Judgement], lefts: Sequence[Passage], rights: Sequence[Passage]
) -> dict[Places, Judgement]:
    """Find the passages that judgements are about, on whichever side they are; what is not there is left out.

    Of two judgements on one pair the one counts that was made on the words the passages have today.
    """
    wanted = list(judgements)
    keys = {anchor.key for judgement in wanted for anchor in (judgement.left, judgement.right)}
    left, right = (Anchorage(each for each in side if each.key in keys) for side in (lefts, rights))
    settled: dict[Places, Judgement] = {}
    for judgement in wanted:
        for one in (judgement, replace(judgement, left=judgement.right, right=judgement.left)):
            first, second = left.find(one.left), right.find(one.right)
            if first is None or second is None:
                continue
            places = (first.key, first.index), (second.key, second.index)
            if places not in settled or (one.left, one.right) == (Anchor.of(first), Anchor.of(second)):
                settled[places] = one
    return settled
