"""What a passage may be set beside: its candidates on the other side, in the order in which they are offered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from docterm.compare.align import BEST, Level, Link
from docterm.compare.comparison import Comparison
from docterm.compare.judgement import Judgement, Places, Verdict
from docterm.compare.quotations import SharedQuotation
from docterm.compare.sides import Side
from docterm.library.model import Passage
from docterm.text import Span, fold, stem, tokens
from docterm.tui.compare_views.view import Which

LINKED, KEPT, PINNED, UNLINKED = "↔", "✓", "⌖", "∅"
_ORDER = {Verdict.PIN: 0, Verdict.KEEP: 1}
_QUOTED, _SUGGESTED = 2, 3

PassageId = tuple[str, int]
"""The key of a passage's document, and its index there."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage of the other side, and what speaks for it."""

    passage: Passage
    link: Link | None
    """How alike the two are, or None when nothing but the reader or a quotation joins them."""
    quotations: tuple[SharedQuotation, ...] = ()
    judgement: Judgement | None = None

    @property
    def verdict(self) -> Verdict | None:
        """What the reader decided."""
        return self.judgement.verdict if self.judgement is not None else None

    @property
    def sign(self) -> str:
        """The sign of the link in the gutter."""
        return _SIGNS[self.verdict] if self.verdict is not None else LINKED

    @property
    def said(self) -> str:
        """What speaks for it, in a few words."""
        parts = [] if self.judgement is None else [_VERDICTS[self.judgement.verdict]]
        if self.judgement is not None and self.judgement.relation is not None:
            parts.append(self.judgement.relation.value)
        if self.quotations:
            parts.append(f"{max(each.words for each in self.quotations)} words alike")
        if self.link is not None:
            parts.append(self.link.level.value)
        return ", ".join(parts)

    @property
    def parts(self) -> str:
        """Which parts make up the strength of the link."""
        if self.link is None:
            return ""
        return ", ".join(f"{name} {value:.2f}" for name, value in self.link.score.parts.items())

    @property
    def shared(self) -> tuple[str, ...]:
        """The words that both have, the rarest first."""
        return self.link.shared if self.link is not None else ()

    def spans_in(self, passage: Passage) -> list[Span]:
        """Give what one of the two passages has in common with the other: the quotations, and the shared words."""
        spans = [
            each.left_span if each.left == passage else each.right_span
            for each in self.quotations
            if passage in (each.left, each.right)
        ]
        stems = {stem(fold(word)) for word in self.shared}
        words = (Span(token.start, token.end) for token in tokens(passage.text) if stem(token.word) in stems)
        return spans + [word for word in words if not any(span.start <= word.start < span.end for span in spans)]


_SIGNS = {Verdict.KEEP: KEPT, Verdict.PIN: PINNED, Verdict.REJECT: UNLINKED}
_VERDICTS = {Verdict.KEEP: "kept", Verdict.PIN: "pinned", Verdict.REJECT: "rejected"}


class Candidates:
    """The candidates of every passage of a comparison, as far as the reader lets them stand."""

    def __init__(self, comparison: Comparison, judged: Mapping[Places, Judgement]) -> None:
        self.judged = judged
        self._comparison = comparison
        self._sides = {Which.LEFT: comparison.left, Which.RIGHT: comparison.right}
        self._judgements: dict[tuple[Which, PassageId], dict[PassageId, Judgement]] = defaultdict(dict)
        for (left, right), judgement in judged.items():
            self._judgements[Which.LEFT, left][right] = judgement
            self._judgements[Which.RIGHT, right][left] = judgement
        self._quotations: dict[tuple[Which, PassageId], list[SharedQuotation]] = defaultdict(list)
        for quotation in comparison.alignment.shared_quotations:
            self._quotations[Which.LEFT, _id(quotation.left)].append(quotation)
            self._quotations[Which.RIGHT, _id(quotation.right)].append(quotation)

    def of(self, which: Which, passage: Passage) -> list[Candidate]:
        """Give the candidates of a passage of a side: pinned, kept, with a shared quotation, then the strongest.

        Of those that the reader did not decide on they are BEST at most.
        """
        here = which, _id(passage)
        judgements = self._judgements.get(here, {})
        links = {_id(link.right if which is Which.LEFT else link.left): link for link in self._links(which, passage)}
        quotations: dict[PassageId, list[SharedQuotation]] = defaultdict(list)
        for quotation in self._quotations.get(here, ()):
            quotations[_id(quotation.right if which is Which.LEFT else quotation.left)].append(quotation)
        found = [
            Candidate(
                _passage(self._sides[which.other], each),
                links.get(each),
                tuple(quotations.get(each, ())),
                judgements.get(each),
            )
            for each in {**judgements, **quotations, **links}
        ]
        standing = [each for each in found if each.verdict is not Verdict.REJECT and not _is_bare(each)]
        ranked = sorted(standing, key=_rank)
        decided = sum(each.verdict is not None for each in ranked)
        return ranked[: max(decided, BEST)]

    def _links(self, which: Which, passage: Passage) -> tuple[Link, ...]:
        alignment = self._comparison.alignment
        return alignment.of_left(passage) if which is Which.LEFT else alignment.of_right(passage)

    def alone(self, which: Which) -> list[Passage]:
        """Give the body passages of a side that have no candidate."""
        return [passage for passage in self._sides[which].body() if not self.of(which, passage)]

    def sign(self, which: Which, passage: Passage) -> str:
        """Give the sign of a passage in the gutter: that of its first candidate, or that it has none."""
        found = self.of(which, passage)
        return found[0].sign if found else UNLINKED


def _id(passage: Passage) -> PassageId:
    return passage.key, passage.index


def _passage(side: Side, wanted: PassageId) -> Passage:
    key, index = wanted
    return side.passages[side.keys.index(key)][index]


def _is_bare(candidate: Candidate) -> bool:
    """Say whether nothing speaks for a candidate any more: a weak link was one only because the reader had made it."""
    is_weak = candidate.link is None or candidate.link.level is Level.WEAK
    return is_weak and candidate.judgement is None and not candidate.quotations


def _rank(candidate: Candidate) -> tuple[int, float]:
    order = _QUOTED if candidate.quotations else _SUGGESTED
    if candidate.verdict is not None:
        order = _ORDER[candidate.verdict]
    return order, -candidate.link.strength if candidate.link is not None else 0.0
