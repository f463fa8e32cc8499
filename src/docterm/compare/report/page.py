"""A comparison as a page of HTML that needs no other file: both texts, what links them, charts, and every address.

The page is made from `page.html` by Jinja, which escapes whatever it is given; only what this module and `charts`
make is markup.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docterm.compare.align import Level, Link
from docterm.compare.certainty import BOOSTERS, HEDGES
from docterm.compare.comparison import Comparison
from docterm.compare.judgement import Verdict
from docterm.compare.lists import TermList, Usage, is_few, sizes, term_list
from docterm.compare.report.charts import butterfly
from docterm.compare.report.extras import Extras
from docterm.compare.report.places import Index
from docterm.compare.sides import Side
from docterm.compare.speech import Speech
from docterm.compare.vocabulary import Kind
from docterm.compare.voices import voices
from docterm.library.model import Kind as DocumentKind
from docterm.library.model import Passage
from docterm.text import Span, counted, fold, stem, tokens

if TYPE_CHECKING:
    from markupsafe import Markup

TERMS = 15
"""Rows of each list of the vocabulary."""
LINKS = 60
"""Pairs of passages that are shown in full: of groups the strongest."""
FULL_TEXT_WORDS = 60_000
"""Up to so many words a side the page has the whole texts; of more, the passages that are spoken of."""
TITLES = {Kind.WORD: "Words", Kind.NAME: "Names", Kind.PHRASE: "Phrases"}


@dataclass(frozen=True, slots=True)
class TextOf:
    """A document as the page shows it."""

    title: str
    about: str
    digest: bool
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class CueRow:
    """A word or phrase that hedges or stresses, and the paragraph of each of its uses."""

    cue: str
    kind: str
    left: tuple[Passage, ...]
    right: tuple[Passage, ...]


def page(comparison: Comparison, extras: Extras, *, links: bool = True, charts: bool = True) -> str:
    """Give the page.

    Without `links` an address is plain text and a cell of a table one line, and without `charts` the tables stand
    alone: for formats that have none of these.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("docterm.compare.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(lit=_lit, counted=counted)
    return environment.get_template("page.html").render(
        comparison=comparison,
        extras=extras,
        with_links=links,
        with_charts=charts,
        sizes=sizes(comparison.left, comparison.right),
        pairs=list(_pairs(comparison)),
        left_out=max(len(_first_links(comparison)) - LINKS, 0),
        vocabulary=list(_vocabulary(comparison)),
        voices=[voices(speech.entries, extras.names) for speech in _speeches(comparison)],
        certainty=[speech.certainty for speech in _speeches(comparison)],
        cue_rows=list(_cue_rows(comparison)),
        hedges=HEDGES,
        boosters=BOOSTERS,
        butterfly=butterfly,
        indexes=(Index(comparison.left), Index(comparison.right)),
        is_few=is_few,
        shared_spans=_shared_spans,
        usage=Usage,
        texts=[list(_texts(side, _spoken_of(comparison))) for side in (comparison.left, comparison.right)],
        of_left=_counterparts(comparison.links, left=True),
        of_right=_counterparts(comparison.links, left=False),
        whole=all(_words(side) <= FULL_TEXT_WORDS for side in (comparison.left, comparison.right)),
    )


def _pairs(comparison: Comparison) -> Iterator[Link]:
    """Give the best link of each left passage, and every one that the reader kept, in the order of the left side."""
    chosen = _first_links(comparison)
    strongest = sorted(chosen, key=lambda link: (link.judgement is None, -link.strength))[:LINKS]
    yield from (link for link in chosen if link in strongest)


def _first_links(comparison: Comparison) -> list[Link]:
    seen: set[tuple[str, int]] = set()
    chosen: list[Link] = []
    for link in comparison.links:
        place = link.left.key, link.left.index
        judged = link.judgement is not None and link.judgement.verdict is not Verdict.REJECT
        if judged or place not in seen:
            chosen.append(link)
        seen.add(place)
    return chosen


def _speeches(comparison: Comparison) -> tuple[Speech, Speech]:
    return comparison.left_speech, comparison.right_speech


def _cue_rows(comparison: Comparison) -> Iterator[CueRow]:
    """Give the hedges, then the boosters, the most frequent first, each with its places on both sides."""
    for title, kinds in (("hedge", HEDGES), ("booster", BOOSTERS)):
        found: dict[str, tuple[list[Passage], list[Passage]]] = {}
        for place, speech in enumerate(_speeches(comparison)):
            for cue in speech.certainty.of(kinds):
                found.setdefault(cue.cue, ([], []))[place].append(cue.passage)
        for word, (left, right) in sorted(found.items(), key=lambda item: -len(item[1][0]) - len(item[1][1])):
            yield CueRow(word, title, tuple(left), tuple(right))


def _vocabulary(comparison: Comparison) -> Iterator[tuple[str, list[TermList]]]:
    """Give, for each kind of term that there is, its three lists."""
    for kind in Kind:
        lists = [term_list(comparison.vocabulary, kind, usage) for usage in (Usage.LEFT, Usage.SHARED, Usage.RIGHT)]
        cut = [TermList(each.kind, each.usage, each.rows[:TERMS], each.alone) for each in lists]
        if any(each.rows for each in cut):
            yield TITLES[kind], cut


def _texts(side: Side, spoken_of: set[tuple[str, int]]) -> Iterator[TextOf]:
    whole = _words(side) <= FULL_TEXT_WORDS
    for document, passages in zip(side.documents, side.passages, strict=True):
        shown = tuple(passage for passage in passages if whole or (passage.key, passage.index) in spoken_of)
        if shown:
            facts = (document.speaker, document.date, document.key)
            about = " · ".join(fact for fact in facts if fact)
            yield TextOf(document.title, about, document.kind is DocumentKind.DIGEST, shown)


def _spoken_of(comparison: Comparison) -> set[tuple[str, int]]:
    found: set[tuple[str, int]] = set()
    for link in comparison.links:
        found |= {(link.left.key, link.left.index), (link.right.key, link.right.index)}
    for quotation in comparison.alignment.shared_quotations:
        found |= {(quotation.left.key, quotation.left.index), (quotation.right.key, quotation.right.index)}
    return found


def _counterparts(links: Sequence[Link], *, left: bool) -> dict[tuple[str, int], list[tuple[Passage, Level]]]:
    found: dict[tuple[str, int], list[tuple[Passage, Level]]] = {}
    for link in links:
        own, other = (link.left, link.right) if left else (link.right, link.left)
        found.setdefault((own.key, own.index), []).append((other, link.level))
    return found


def _words(side: Side) -> int:
    return sum(document.words for document in side.documents)


def _shared_spans(passage: Passage, shared: Sequence[str]) -> list[Span]:
    """Give where a passage has one of the words that a link shares."""
    stems = Counter(stem(fold(word)) for word in shared)
    return [Span(token.start, token.end) for token in tokens(passage.text) if stem(token.word) in stems]


def _lit(text: str, spans: Sequence[Any]) -> Markup:
    """Give a text with spans of it marked."""
    from markupsafe import Markup, escape

    parts: list[Markup] = []
    done = 0
    for start, end in sorted(spans):
        if start >= done:
            parts += [escape(text[done:start]), Markup("<mark>{}</mark>").format(text[start:end])]
            done = end
    return Markup("").join([*parts, escape(text[done:])])
