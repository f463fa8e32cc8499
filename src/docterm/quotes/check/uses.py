"""Where a manuscript uses the quotes of a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from docterm.quotes.check.altered import resembles
from docterm.quotes.check.draft import Draft
from docterm.quotes.check.finding import Run, runs, runs_in
from docterm.quotes.check.folding import fold
from docterm.quotes.check.judging import SHORTEST
from docterm.quotes.check.quotations import Quotation, quotations
from docterm.quotes.check.source import Searched
from docterm.quotes.check.wording import parts, unbroken
from docterm.quotes.model import Quote, QuoteKind


def uses(draft: Draft, quotes: Sequence[Quote]) -> dict[str, list[int]]:
    """Give for each quote, by its id, the lines of a draft where it is used, in order; none where it is not.

    A quote is used by a quotation that has its words or some of them, four at least, be they altered a little; a
    paraphrase where its words stand. Takes time in proportion to the draft and the quotes.
    """
    found: dict[str, set[int]] = {quote.id: set() for quote in quotes}
    quoted = [each for each in quotations(draft) if each.length >= SHORTEST or each.is_directly_cited]
    owners = _owners((runs(each.words), index) for index, each in enumerate(quoted))
    lengths = sorted({len(run) for run in owners})
    for quote in quotes:
        if quote.kind is QuoteKind.VERBATIM:
            shared = owners.keys() & runs_in(quote.text, lengths)
            near = sorted({index for run in shared for index in owners[run]})
            found[quote.id].update(each.line for each in map(quoted.__getitem__, near) if _uses(each, quote))
    for quote, line in _paraphrases(draft, [each for each in quotes if each.kind is QuoteKind.PARAPHRASE]):
        found[quote.id].add(line)
    return {name: sorted(lines) for name, lines in found.items()}


def _owners(found: Iterable[tuple[set[Run], int]]) -> Mapping[Run, list[int]]:
    owners: dict[Run, list[int]] = {}
    for own, index in found:
        for run in own:
            owners.setdefault(run, []).append(index)
    return owners


def _uses(quotation: Quotation, quote: Quote) -> bool:
    searched = Searched(quote.text)
    wanted = parts(unbroken(quotation.words, searched.folded.text))
    if wanted and next(searched.stands(wanted), None) is not None:
        return True
    return resembles(" ".join(part.text for part in wanted), searched.folded.text)


def _paraphrases(draft: Draft, quotes: Sequence[Quote]) -> Iterator[tuple[Quote, int]]:
    """Give the paraphrases whose words stand in a paragraph, and the line where it begins."""
    owners = _owners((runs(quote.text), index) for index, quote in enumerate(quotes))
    lengths = sorted({len(run) for run in owners})
    for paragraph in draft.paragraphs if owners else ():
        near = {index for run in owners.keys() & runs_in(paragraph.text, lengths) for index in owners[run]}
        text = fold(paragraph.text).text if near else ""
        for index in sorted(near):
            if fold(quotes[index].text).text.strip(" .'") in text:
                yield quotes[index], draft.line(paragraph.raw(0, 1).start)
