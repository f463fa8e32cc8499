"""What a writer may do to a quotation, as operations over words that stay as they were captured.

An ellipsis for what is left out, brackets for what is put in or replaced, emphasis, `[sic]`. The operations lie beside
the quote, their spans in code points of its text; only what is written out is altered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any, NamedTuple

from docterm.errors import QuoteError
from docterm.quotes.anchor import exact, folded
from docterm.text import Span, label

LONGEST = 100
"""Code points of words in brackets, and of those they replace: of more nobody could find the source again."""
MOST_OMITTED = 5_000
"""Code points that an ellipsis can stand for: two pages."""
_NO_BREAK = "\u00a0"
_SPACED = f".{_NO_BREAK}.{_NO_BREAK}."
_OPENING = "([{“‘«‹„‚"
_CLOSING = ")]},;:.!?”’»›"


class Op(StrEnum):
    """What is done to words."""

    OMIT = "omit"
    INSERT = "insert"
    REPLACE = "replace"
    EMPHASIS = "emphasis"
    SIC = "sic"


class Alteration(NamedTuple):
    """One operation. What is put in stands at a span without length."""

    op: Op
    start: int
    end: int
    text: str = ""
    """What stands in brackets, of an `insert` or a `replace`."""


@dataclass(frozen=True, slots=True)
class Altered:
    """The operations on a quote. They count for the words they were made for, and for no others."""

    of: str
    """The sum of those words."""
    operations: tuple[Alteration, ...]
    """In their order, none over another."""

    def as_json(self) -> dict[str, Any]:
        """Give them as a JSON object; `altered_from_json` reads it back."""
        return {"of": self.of, "operations": [each._asdict() for each in self.operations]}


class Piece(NamedTuple):
    """A part of an altered text, and the span of the captured text that it stands for."""

    text: str
    source: Span
    op: Op | None = None


class Shown(NamedTuple):
    """A text as its alterations leave it."""

    text: str
    emphasised: tuple[Span, ...] = ()
    """In that text."""


def sum_of(text: str) -> str:
    """Give what tells whether alterations were made for a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def altered_from_json(data: object) -> Altered | None:
    """Read alterations from a JSON object; None where there are none. Raises ValueError when it holds something else.

    Whether they fit the words of a quote is asked when they are used: `fitting`.
    """
    if data is None:
        return None
    if not isinstance(data, Mapping) or not isinstance(data.get("of"), str):
        raise ValueError("The alterations do not say what they alter.")
    given = data.get("operations")
    if not isinstance(given, list):
        raise ValueError("The alterations are not a list.")
    return Altered(label(data["of"], 64), tuple(_read(each) for each in given)) if given else None


def _read(data: object) -> Alteration:
    parts: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
    start, end, text = parts.get("start"), parts.get("end"), parts.get("text", "")
    if not (isinstance(start, int) and isinstance(end, int) and isinstance(text, str)) or not 0 <= start <= end:
        raise ValueError("An alteration has no span.")
    try:
        return Alteration(Op(str(parts.get("op"))), start, end, label(text))
    except ValueError:
        raise ValueError(f"“{label(parts.get('op'), 40)}” is no alteration.") from None


def fitting(altered: Altered | None, text: str) -> tuple[Alteration, ...]:
    """Give the operations on a text; none where they were made for other words, or cannot have been made for these."""
    if altered is None or altered.of != sum_of(text):
        return ()
    try:
        return ordered(text, altered.operations)
    except QuoteError:
        return ()


# --- making them ---------------------------------------------------------------------------------


def ordered(text: str, operations: Iterable[Alteration]) -> tuple[Alteration, ...]:
    """Give operations on a text in their order, omissions that touch as one.

    Raises QuoteError where one is not in the text, says nothing, or lies over another.
    """
    found: list[Alteration] = []
    for each in sorted(set(operations), key=lambda each: (each.start, each.end, each.op != Op.EMPHASIS)):
        _check(text, each)
        last = found[-1] if found else None
        if (
            last
            and last.op is each.op is Op.OMIT
            and not text[last.end : each.start].strip()
            and last.end <= each.start
        ):
            found[-1] = last._replace(end=each.end)
        else:
            found.append(each)
    for one, other in pairwise(found):
        if other.start < one.end or one[:3] == other[:3]:
            words = label(text[one.start : one.end] or one.text, 60)
            raise QuoteError(f"Two alterations lie over each other, at “{words}”.", "Undo the one, or begin anew.")
    return tuple(found)


def _check(text: str, each: Alteration) -> None:
    if each.end > len(text) or (each.op in (Op.OMIT, Op.EMPHASIS) and not text[each.start : each.end].strip()):
        raise QuoteError("There are no words to alter.", "Select a word or more of the quote.")
    if each.op is Op.OMIT and each.end - each.start > MOST_OMITTED:
        raise QuoteError("This leaves out too much for one quotation.", "Take two quotes instead.")
    if each.op is Op.OMIT and not any(map(str.isalnum, text[: each.start] + text[each.end :])):
        raise QuoteError("This leaves nothing of the quote.", "`docterm quotes remove` takes the quote off the list.")
    if each.op in (Op.INSERT, Op.REPLACE):
        if not each.text.strip() or set("[]") & set(each.text):
            raise QuoteError("Brackets need words without brackets in them.", "Say what is to stand in them.")
        if max(len(each.text), each.end - each.start) > LONGEST:
            raise QuoteError(f"Brackets hold at most {LONGEST} characters.", "Quote less, and tell the rest.")


def place_of(text: str, words: str) -> Span:
    """Give where `words` stand in a text, as they are or with other typography or case.

    Raises QuoteError when they do not, or at more than one place.
    """
    wanted = words.strip()
    found = list(exact(text, wanted, whole=False)) or list(folded(text, wanted, whole=False))
    whole = list(exact(text, wanted)) or list(folded(text, wanted))
    found = whole or found
    if len(found) == 1:
        return found[0]
    shown = label(words, 60)
    if not found:
        raise QuoteError(f"The quote does not have the words “{shown}”.", "Give them as they stand in it.")
    raise QuoteError(f"The quote has “{shown}” {len(found)} times.", "Give more of the words around it.")


def omission(text: str, span: Span) -> Alteration:
    """Leave out the words of a span."""
    return Alteration(Op.OMIT, *_trimmed(text, span))


def emphasis(text: str, span: Span) -> Alteration:
    """Emphasise the words of a span, without the marks and the space at its ends."""
    return Alteration(Op.EMPHASIS, *_trimmed(text, span, words=True))


def sic(span: Span) -> Alteration:
    """Put `[sic]` behind a span."""
    return Alteration(Op.SIC, span.end, span.end)


def insertion(span: Span, words: str) -> Alteration:
    """Put words in brackets before a span."""
    return Alteration(Op.INSERT, span.start, span.start, label(words.strip()))


def replacement(text: str, span: Span, words: str) -> Alteration:
    """Replace a span by words in brackets.

    Of a word that only begins otherwise, its first letter is replaced; one that only goes on is added to.
    """
    span, new = _trimmed(text, span), label(words.strip())
    old = text[span.start : span.end]
    if old and new[1:] == old[1:] and new[:1].isalpha() and new != old:
        return Alteration(Op.REPLACE, span.start, span.start + 1, new[0])
    if old and new.startswith(old) and new[len(old) :].isalpha():
        return Alteration(Op.REPLACE, span.end, span.end, new[len(old) :])
    return Alteration(Op.REPLACE, *span, new)


def asked_for(text: str, wanted: Mapping[str, Iterable[str]]) -> list[Alteration]:
    """Give what was asked for in words: `omit`, `emphasise` and `sic` name them, `insert` and `replace` are `OLD=NEW`.

    Raises QuoteError where the text does not have the words once, or no `=` parts them from what is to stand there.
    """
    made = [omission(text, place_of(text, words)) for words in wanted.get("omit", ())]
    made += [emphasis(text, place_of(text, words)) for words in wanted.get("emphasise", ())]
    made += [sic(place_of(text, words)) for words in wanted.get("sic", ())]
    for name in ("insert", "replace"):
        for both in wanted.get(name, ()):
            words, parted, new = both.partition("=")
            if not parted:
                raise QuoteError(f"“{label(both, 60)}” does not say what is to stand there.", "Write WORDS=TEXT.")
            span = place_of(text, words)
            made.append(insertion(span, new) if name == "insert" else replacement(text, span, new))
    return made


def _trimmed(text: str, span: Span, *, words: bool = False) -> Span:
    keep = str.isalnum if words else (lambda char: not char.isspace())
    places = [place for place in range(span.start, min(span.end, len(text))) if keep(text[place])]
    return Span(places[0], places[-1] + 1) if places else Span(span.start, span.start)


# --- showing them --------------------------------------------------------------------------------


def ellipsis(style: str, language: str, text: str) -> str:
    """Give the ellipsis for words left out of a text: by the manuscript's language, else by the style's family.

    French and German have it in brackets (Imprimerie nationale; Duden). APA 7, 8.31, MLA 9, 6.56, and Chicago 18,
    12.59, have three spaced stops; other styles have the one sign. An ellipsis of the source's own asks for brackets.
    """
    if language.partition("-")[0].lower() in ("fr", "de"):
        return "[…]"
    families = ("apa", "modern-language-association", "chicago", "turabian")
    sign = _SPACED if style.startswith(families) else "…"
    own = any(dots in text for dots in ("…", "...", ". . .", _SPACED))
    return f"[{sign}]" if own else sign


def pieces(text: str, operations: Sequence[Alteration], sign: str) -> Iterator[Piece]:
    """Give an altered text in pieces; the spans they stand for, in their order, are the whole of `text`."""
    place = 0
    for each in operations:
        yield Piece(text[place : each.start], Span(place, each.start))
        yield Piece(_written(text, each, sign), Span(each.start, each.end), each.op)
        place = each.end
    yield Piece(text[place:], Span(place, len(text)))


def shown(text: str, operations: Sequence[Alteration], sign: str = "…") -> Shown:
    """Give a text as operations leave it, `sign` in the place of what they leave out."""
    made, emphasised = "", []
    for piece in pieces(text, operations, sign):
        if piece.op is Op.EMPHASIS:
            emphasised.append(Span(len(made), len(made) + len(piece.text)))
        made += piece.text
    return Shown(made, tuple(emphasised))


def _written(text: str, each: Alteration, sign: str) -> str:
    """Give what stands for an operation, with the spaces that it needs."""
    if each.op is Op.EMPHASIS:
        return text[each.start : each.end]
    if each.op is Op.REPLACE:
        return f"[{each.text}]"
    written = {Op.OMIT: sign, Op.SIC: "[sic]", Op.INSERT: f"[{each.text}]"}[each.op]
    before, after = text[: each.start][-1:], text[each.end :][:1]
    lead = " " if before and not before.isspace() and before not in _OPENING else ""
    if after == "." and written == _SPACED:
        return f"{lead}{written}{_NO_BREAK}"
    return f"{lead}{written}{' ' if after and not after.isspace() and after not in _CLOSING else ''}"
