"""Links: the passages of two sides that seem to speak of the same thing.

How alike two passages are, `docterm.compare.scoring` says. That strength alone decides whether a pair is a link, its
level, and the order, so a stronger link is never shown below a weaker one, but for what the reader decided: a link
kept or pinned stands before all others, and a rejected one is none. `benchmarks/alignment.py` measures all figures
given here.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from docterm.compare.background import Background
from docterm.compare.cancel import Check, checking, never
from docterm.compare.judgement import Judgement, Verdict, settle
from docterm.compare.meaning import Meaning
from docterm.compare.quotations import SharedQuotation, shared_quotations
from docterm.compare.scoring import Likeness, Pair, Progress, Score, Text, keep_names, score, scores
from docterm.compare.terms import body, count_forms, usual_form
from docterm.library.model import Passage

NEAR = 0.14
"""The least strength of a link. Of news paragraphs on unrelated events one in ten finds a link this strong
when rarity comes from the English list, one in thirty when it comes from a library."""
CLOSE = 0.18
"""The least strength of a close link: one in forty, and one in a hundred and fifty."""
NEAR_MEANT, CLOSE_MEANT = 0.2, 0.25
"""The same where likeness in meaning is a part of the strength. Of paragraphs of unrelated README files seven in a
hundred find a near link and three a close one by the English list, three and one by a library."""
BEST = 3
"""How many links a passage has at most on its own account."""
SHARED = 6
"""How many shared words a link shows at most."""
COMMON = 1 / 3
"""A word that stands in more than this part of both sides' passages is shown only where no other is shared."""

_MEANT = 0.8
"""The part of the work that is done when what the passages say is known."""

Place = tuple[str, int]
"""Which passage it is: the key of its document, and its index there."""


class Level(StrEnum):
    """How strong a link is."""

    WEAK = "weak"
    """Below NEAR: a link only because the reader made it one."""
    NEAR = "near"
    CLOSE = "close"


def level_of(score: Score) -> Level:
    """Say how strong a link of this score is."""
    near, close = (NEAR, CLOSE) if score.meaning is None else (NEAR_MEANT, CLOSE_MEANT)
    return Level.CLOSE if score.strength >= close else Level.NEAR if score.strength >= near else Level.WEAK


@dataclass(frozen=True, slots=True)
class Link:
    """Two passages that seem to speak of the same thing."""

    left: Passage
    right: Passage
    score: Score
    """The parts that made it."""
    level: Level
    shared: tuple[str, ...]
    """The words both have, in the form that is usual in the two passages, the rarest first. Empty at most where the
    reader made the link."""
    mutual: bool
    """Whether each of the two is the other's strongest."""
    judgement: Judgement | None = None
    """What the reader decided."""

    @property
    def strength(self) -> float:
        """The mean of the parts, from NEAR to 1 (where the words are the same), or less where the reader made it."""
        return self.score.strength

    def as_json(self) -> dict[str, Any]:
        """Give the link for the command line's JSON."""
        judged = self.judgement
        return {
            "left": self.left.address,
            "right": self.right.address,
            "strength": round(self.strength, 4),
            "shared": list(self.shared),
            "level": self.level.value,
            "parts": {name: round(value, 4) for name, value in self.score.parts.items()},
            "mutual": self.mutual,
            "verdict": judged.verdict.value if judged else None,
            "relation": judged.relation.value if judged and judged.relation else None,
            "note": judged.note if judged else "",
        }


@dataclass(frozen=True, slots=True)
class Alignment:
    """What links two sides."""

    shared_quotations: tuple[SharedQuotation, ...]
    """The runs of words that stand on both sides alike, in the order of the left side."""
    links: tuple[Link, ...]
    """The best links of every passage of either side, in the order of the left side, a passage's as in `of_left`."""
    only_left: tuple[Passage, ...]
    """Body passages of the left side for which no close passage was found."""
    only_right: tuple[Passage, ...]
    by_meaning: bool
    """Whether likeness in meaning is a part of the links."""
    _of_left: Mapping[Place, tuple[Link, ...]] = field(repr=False)
    _of_right: Mapping[Place, tuple[Link, ...]] = field(repr=False)

    def of_left(self, passage: Passage) -> tuple[Link, ...]:
        """Give the best links of a passage of the left side: those pinned, those kept, then the strongest up to BEST.

        All that are pinned or kept are among them, be they more than BEST.
        """
        return self._of_left.get((passage.key, passage.index), ())

    def of_right(self, passage: Passage) -> tuple[Link, ...]:
        """Give the best links of a passage of the right side, as `of_left` does."""
        return self._of_right.get((passage.key, passage.index), ())


def align(
    left: Sequence[Passage],
    right: Sequence[Passage],
    background: Background,
    *,
    names_only: bool = False,
    judgements: Iterable[Judgement] = (),
    meaning: Meaning | None = None,
    cancelled: Callable[[], bool] = never,
    progress: Progress = lambda part: None,
) -> Alignment:
    """Find the links between the body passages of two sides.

    About a second for 350 passages against 350, and seventeen for 3,300 against 3,100. Swapping the sides swaps the
    links and changes nothing else. With `names_only`, for sides in different languages, a link needs a name or a number
    that both passages have. Raises Cancelled soon after `cancelled()` is true.
    """
    check = checking(cancelled)
    lefts, rights = _read(left, check), _read(right, check)
    if names_only:
        keep_names([*lefts, *rights])
    passages = [text.passage for text in lefts], [text.passage for text in rights]
    likeness = None
    if meaning is not None:
        likeness = meaning.likeness(*passages, check, lambda part: progress(_MEANT * part))
    rest = _MEANT if likeness is not None else 0.0
    work = _Work(lefts, rights, background, check, likeness)
    work.match(
        scores(lefts, rights, background, check, lambda part: progress(rest + (1 - rest) * part), meaning=likeness)
    )
    work.obey(settle(judgements, *passages))
    links = work.links()
    return Alignment(
        shared_quotations=shared_quotations(*passages, check),
        links=tuple(links.values()),
        only_left=tuple(text.passage for text, best in zip(lefts, work.of_left, strict=True) if not best),
        only_right=tuple(text.passage for text, best in zip(rights, work.of_right, strict=True) if not best),
        by_meaning=likeness is not None,
        _of_left={
            text.place: tuple(links[row, column] for column in work.of_left[row]) for row, text in enumerate(lefts)
        },
        _of_right={
            text.place: tuple(links[row, column] for row in work.of_right[column]) for column, text in enumerate(rights)
        },
    )


def _read(passages: Sequence[Passage], check: Check) -> list[Text]:
    texts: list[Text] = []
    for passage in body(passages):
        check()
        texts.append(Text(passage))
    return texts


class _Work:
    """The links as they are made, passages by their positions."""

    def __init__(
        self,
        lefts: Sequence[Text],
        rights: Sequence[Text],
        background: Background,
        check: Check,
        likeness: Likeness | None,
    ) -> None:
        self.likeness = likeness
        self.lefts, self.rights, self.background, self.check = lefts, rights, background, check
        self.of_left: list[list[int]] = [[] for _ in lefts]
        """For each left passage the positions of those it is linked to, the best first."""
        self.of_right: list[list[int]] = [[] for _ in rights]
        self.scores: dict[Pair, Score] = {}
        self.judged: dict[Pair, Judgement] = {}

    def match(self, found: Mapping[Pair, Score]) -> None:
        """Take what was weighed."""
        self.scores = {pair: each for pair, each in found.items() if level_of(each) is not Level.WEAK}

    def obey(self, settled: Mapping[tuple[Place, Place], Judgement]) -> None:
        """Let every passage have its links: what the reader decided, then what is strongest."""
        rows = {text.place: row for row, text in enumerate(self.lefts)}
        columns = {text.place: column for column, text in enumerate(self.rights)}
        for (left, right), judgement in settled.items():
            pair = rows[left], columns[right]
            self.judged[pair] = judgement
            if judgement.verdict is Verdict.REJECT:
                self.scores.pop(pair, None)
            else:
                meant = None if self.likeness is None else self.likeness.of(*pair)
                self.scores.setdefault(pair, score(self.lefts[pair[0]], self.rights[pair[1]], meant))
        own: list[list[tuple[int, float, int]]] = [[] for _ in self.lefts]
        others: list[list[tuple[int, float, int]]] = [[] for _ in self.rights]
        for (row, column), each in self.scores.items():
            rank = self._rank((row, column))
            insort(own[row], (rank, -each.strength, column))
            insort(others[column], (rank, -each.strength, row))
        self.of_left, self.of_right = ([_best(ranked) for ranked in side] for side in (own, others))

    def _rank(self, pair: Pair) -> int:
        judgement = self.judged.get(pair)
        if judgement is None:
            return _SUGGESTED
        return 0 if judgement.verdict is Verdict.PIN else 1

    def links(self) -> dict[Pair, Link]:
        """Give a link for every pair that is among the best of either passage."""
        chosen = {(row, column) for row, best in enumerate(self.of_left) for column in best}
        chosen |= {(row, column) for column, best in enumerate(self.of_right) for row in best}
        strongest = _strongest(self.scores)
        common = _common(self.lefts) & _common(self.rights)
        found: dict[Pair, Link] = {}
        for pair in sorted(chosen, key=lambda pair: (pair[0], self._rank(pair), -self.scores[pair].strength, pair[1])):
            self.check()
            found[pair] = self._link(pair, mutual=pair in strongest, common=common)
        return found

    def _link(self, pair: Pair, *, mutual: bool, common: Set[str]) -> Link:
        left, right, parts = self.lefts[pair[0]], self.rights[pair[1]], self.scores[pair]
        shared = _shared(left, right, self.background, common)
        return Link(left.passage, right.passage, parts, level_of(parts), shared, mutual, self.judged.get(pair))


_SUGGESTED = 2


def _best(ranked: Sequence[tuple[int, float, int]]) -> list[int]:
    decided = sum(rank < _SUGGESTED for rank, _, _ in ranked)
    return [position for _, _, position in ranked[: max(BEST, decided)]]


def _strongest(found: Mapping[Pair, Score]) -> set[Pair]:
    """Give the pairs each of which is the strongest of both its passages; of equals the earlier one is."""
    of_left: dict[int, Pair] = {}
    of_right: dict[int, Pair] = {}
    for pair in sorted(found, key=lambda pair: (-found[pair].strength, pair)):
        of_left.setdefault(pair[0], pair)
        of_right.setdefault(pair[1], pair)
    return set(of_left.values()) & set(of_right.values())


def _common(texts: Sequence[Text]) -> set[str]:
    """Give the stems of words that stand in several passages, and in more of them than COMMON."""
    counts = Counter(stem for text in texts for stem in text.terms)
    return {stem for stem, count in counts.items() if count > max(1, COMMON * len(texts))}


def _shared(left: Text, right: Text, background: Background, common: Set[str]) -> tuple[str, ...]:
    both = left.terms & right.terms
    both = both - common or both
    words = [word for word in (*left.words, *right.words) if word.stem in both and word.is_term]
    forms = count_forms(words)
    rarity = {word.stem: background.idf(word.word) for word in words}
    rarest = sorted(both, key=lambda stem: (-rarity[stem], stem))[:SHARED]
    return tuple(usual_form(forms[stem]) for stem in rarest)
