"""Where the words of a quote probably stand today, when they have left their place or were changed.

Only ever a proposal: whether it is taken is the reader's decision. The steps are those of the W3C's and Hypothesis'
anchoring: the exact words, chosen by their surroundings; the words in other typography; then the passage that is most
like them. A wrong anchor is worse than none, so that what is less like than its surroundings confirm is not proposed,
and of short quotes more is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

from docterm.library.model import Address
from docterm.quotes.anchor import Body, at_word_boundary, exact
from docterm.quotes.difference import Piece, denies_otherwise, difference
from docterm.quotes.model import Quote
from docterm.text import Span, counted, fold_evenly, normalise, tokens

_MOST_CANDIDATES = 200
_SHORT = 120
"""Code points under which a quote is short: more of its like stand in any text."""
_VERY_SHORT = 32
_CONFIRMED = 90.0
"""From here on surroundings, in percent alike, confirm a place."""
_ALIKE, _ALIKE_CONFIRMED = 75.0, 55.0
_SHORT_ALIKE, _SHORT_ALIKE_CONFIRMED = 88.0, 65.0
"""How much, in percent, a passage must be like a long and like a short quote: by itself, and with its surroundings
confirming it."""
_GOOD = 80.0
"""From here on, where its surroundings confirm it, a passage is taken without looking for a better one."""
_LONG = 1000
"""Code points over which a quote is looked for by pieces: the time of looking for it whole grows with its square."""
_SEED = 3
_MARGIN = 60


class Way(StrEnum):
    """How a place was found."""

    EXACT = "exact"
    TYPOGRAPHY = "typography"
    """The same words, but for quotation marks, dashes, spaces, ligatures and capitals."""
    EDITED = "edited"


class Proposal(NamedTuple):
    """Where a quote may be anchored anew."""

    address: Address
    span: Span
    """In the text of the document's body."""
    text: str
    """The words there."""
    way: Way
    alike: float
    """How much of the wording is the same, in percent."""
    surroundings: float
    """How much of what stands around it is the same, in percent."""
    rivals: int
    """How many other places have the same words."""
    denies_otherwise: bool
    """Whether a denial was dropped or added: then this is no longer what was quoted, and cannot be accepted."""
    difference: list[Piece]

    @property
    def certain(self) -> bool:
        """Whether nothing but the place or the typography changed, and no other place can be meant."""
        return self.way is not Way.EDITED and (not self.rivals or self.surroundings >= _CONFIRMED)

    @property
    def said(self) -> str:
        """What was found, in words: for the reader who decides."""
        if self.way is Way.EDITED:
            what = f"{self.alike:.0f} % of the wording"
        else:
            what = "the same words" + (" in other typography" if self.way is Way.TYPOGRAPHY else "")
        others = f", which {counted(self.rivals, 'other place')} have too" if self.rivals else ""
        return f"{self.sure}: {what}{others}, {self.surroundings:.0f} % of the surroundings"

    @property
    def sure(self) -> str:
        """How sure the place is: certain, likely or doubtful."""
        if self.certain:
            return "certain"
        likely = self.surroundings >= _CONFIRMED or (not self.rivals and self.alike >= _SHORT_ALIKE)
        return "likely" if likely else "doubtful"

    def as_json(self) -> dict[str, object]:
        """Give the proposal in the shape of `docterm.quotes/1`."""
        return {
            "address": str(self.address),
            "text": self.text,
            "way": self.way.value,
            "sure": self.sure,
            "alike": round(self.alike),
            "surroundings": round(self.surroundings),
            "other_places": self.rivals,
            "denies_otherwise": self.denies_otherwise,
        }


def is_whole(quote: Quote) -> bool:
    """Say whether a quote is made of whole words: only one that was cut inside a word may stand inside a word."""
    return all(at_word_boundary(quote.context, place) for place in (quote.start, quote.start + len(quote.text)))


def propose(quote: Quote, body: Body) -> Proposal | None:
    """Give where the words of a quote stand in a document's body, as far as can be told, or None.

    Costs about 10 ms a megabyte where the words were edited, 30 ms where they are gone.
    """
    whole = is_whole(quote)
    spans = list(islice(exact(body.text, quote.text, whole=whole), _MOST_CANDIDATES))
    if spans:
        return _proposal(quote, body, spans, Way.EXACT)
    even, wanted = fold_evenly(body.text), fold_evenly(quote.text)
    spans = list(islice(exact(even, wanted, whole=whole), _MOST_CANDIDATES))
    if spans:
        return _proposal(quote, body, spans, Way.TYPOGRAPHY)
    made: list[Proposal] = []
    for place in _places(even, wanted, quote):
        span = _aligned(quote, body, even, place)
        made += [] if span is None else [_proposal(quote, body, [span], Way.EDITED)]
        if made and made[0].surroundings >= _CONFIRMED and made[0].alike >= _GOOD:
            break
    best = max(made, key=lambda each: each.alike + each.surroundings / 4, default=None)
    return best if best is not None and _is_acceptable(best, len(quote.text)) else None


def _is_acceptable(proposal: Proposal, length: int) -> bool:
    enough, confirmed = (_ALIKE, _ALIKE_CONFIRMED) if length >= _SHORT else (_SHORT_ALIKE, _SHORT_ALIKE_CONFIRMED)
    if proposal.surroundings >= _CONFIRMED:
        return proposal.alike >= confirmed
    return proposal.alike >= enough and length >= _VERY_SHORT


def _proposal(quote: Quote, body: Body, spans: Sequence[Span], way: Way) -> Proposal:
    """Propose the span whose surroundings are the quote's own, and of equals the nearest to where the quote was."""
    home = body.span(quote.address.first, quote.address.last)
    expected = quote.start + (len(body.text) if home is None else home.start)
    alike = {span: _surroundings(quote, body.text, span) for span in spans}
    span = max(spans, key=lambda each: (round(alike[each]), -abs(each.start - expected)))
    text = body.text[span.start : span.end]
    if way is Way.EDITED and normalise(text).text == normalise(quote.text).text:
        way = Way.TYPOGRAPHY
    return Proposal(
        address=body.address(span),
        span=span,
        text=text,
        way=way,
        alike=_likeness(fold_evenly(quote.text), fold_evenly(text)) if way is Way.EDITED else 100.0,
        surroundings=alike[span],
        rivals=len(spans) - 1,
        denies_otherwise=denies_otherwise(quote.text, text),
        difference=difference(quote.text, text),
    )


def _likeness(one: str, other: str) -> float:
    from rapidfuzz.distance import Levenshtein

    return 100 * Levenshtein.normalized_similarity(one, other)


def _surroundings(quote: Quote, text: str, span: Span) -> float:
    """Say, in percent, how much of what stood around the quote stands around a span."""
    from rapidfuzz import fuzz

    before = text[max(0, span.start - len(quote.prefix)) : span.start]
    after = text[span.end : span.end + len(quote.suffix)]
    pairs = [(was, now) for was, now in ((quote.prefix, before), (quote.suffix, after)) if was.strip()]
    if not pairs:
        return 0.0
    return sum(fuzz.ratio(fold_evenly(was), fold_evenly(now)) for was, now in pairs) / len(pairs)


# --- passages like the quote ---------------------------------------------------------------------


def _places(text: str, wanted: str, quote: Quote) -> Iterator[Span]:
    """Give, roughly, the places that may be what became of a quote, the likeliest first."""
    from rapidfuzz import fuzz

    if len(wanted) <= _LONG:
        # In bytes, where the quote has a letter a byte: a character outside Latin-1 makes looking ten times as slow.
        narrow = max(wanted) <= "\xff"
        one, other = (each.encode("latin-1", "replace") if narrow else each for each in (wanted, text))
        found = fuzz.partial_ratio_alignment(one, other, score_cutoff=_ALIKE_CONFIRMED)
        if found is not None:
            yield Span(found.dest_start, found.dest_end)
    yield from _seeded(text, wanted)
    yield from _between(text, fold_evenly(quote.prefix), fold_evenly(quote.suffix), 2 * len(wanted) + _MARGIN)


def _seeded(text: str, wanted: str) -> Iterator[Span]:
    """Give the places where most runs of three words of the quote stand in their order."""
    found = list(tokens(wanted))
    votes: Counter[int] = Counter()
    step = max(1, len(found) // 200)
    bucket = max(_MARGIN, len(wanted) // 4)
    for first, last in zip(found[::step], found[_SEED - 1 :: step], strict=False):
        seed = wanted[first.start : last.end]
        start, count = text.find(seed), 0
        while start >= 0 and count < 20:
            votes[(start - first.start) // bucket] += 1
            start, count = text.find(seed, start + 1), count + 1
    for place, _ in votes.most_common(3):
        start = max(0, place * bucket)
        yield Span(start, min(len(text), start + len(wanted) + bucket))


def _between(text: str, prefix: str, suffix: str, longest: int) -> Iterator[Span]:
    """Give the place between what stood before the quote and what stood after it."""
    if not prefix.strip() or not suffix.strip():
        return
    start = text.find(prefix)
    if start >= 0:
        end = text.find(suffix, start + len(prefix), start + len(prefix) + longest + len(suffix))
        if end > start + len(prefix):
            yield Span(start + len(prefix), end)


# --- the edges -----------------------------------------------------------------------------------


def _aligned(quote: Quote, body: Body, even: str, place: Span) -> Span | None:
    """Give the words at a place that take the place of the quote's, with the punctuation that goes with them.

    The quote is set against the text word by word with what stands around both, so that its edges are found even
    where the first or the last word was edited.
    """
    from rapidfuzz.distance import Indel

    low = max(0, place.start - _MARGIN - len(quote.prefix))
    window = even[low : place.end + _MARGIN + len(quote.suffix)]
    there = list(tokens(window))
    parts = [[token.word for token in tokens(fold_evenly(part))] for part in (quote.prefix, quote.text, quote.suffix)]
    head, inside = len(parts[0]), len(parts[1])
    matches: dict[int, int] = {}
    for step in Indel.opcodes([*parts[0], *parts[1], *parts[2]], [token.word for token in there]):
        if step.tag == "equal":
            matches.update(zip(range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=True))
    own = [index for index in range(head, head + inside) if index in matches]
    if not own:
        return None
    first, last = matches[own[0]], matches[own[-1]]
    before = max((matches[index] for index in range(head) if index in matches), default=-1)
    beyond = range(head + inside, sum(map(len, parts)))
    after = min((matches[index] for index in beyond if index in matches), default=-1)
    first = _edge(first, own[0] - head, before + 1 if before >= 0 else None, -1)
    last = _edge(last, head + inside - 1 - own[-1], after - 1 if after >= 0 else None, 1)
    first, last = max(first, 0), min(last, len(there) - 1)
    return _with_marks(quote.text, body.text, Span(low + there[first].start, low + there[last].end))


def _edge(matched: int, lost: int, limit: int | None, direction: int) -> int:
    """Give the word at which a passage begins or ends, beyond the outermost word that is the quote's own.

    `lost` words of the quote lie further out; where the surroundings were found, what took their place goes up to
    them.
    """
    if not lost:
        return matched
    if limit is not None and 0 <= (limit - matched) * direction <= lost + 2:
        return limit
    return matched if limit is not None else matched + direction * lost


def _with_marks(quoted: str, text: str, span: Span) -> Span:
    """Take in the marks before and behind the words where the quote has such."""
    start, end = span
    while start and not quoted[0].isalnum() and not text[start - 1].isalnum() and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not quoted[-1].isalnum() and not text[end].isalnum() and not text[end].isspace():
        end += 1
    return Span(start, end)
