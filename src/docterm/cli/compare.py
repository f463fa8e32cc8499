"""`docterm compare`: two documents, or groups of them, side by side, in lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import click

from docterm.cli import output
from docterm.cli.context import HELP, Options, form_options, library_root, opened, opened_notebook, place_options
from docterm.cli.sides import sides
from docterm.cli.subject import write_offers, write_subject
from docterm.errors import RequestError
from docterm.text import counted, label

if TYPE_CHECKING:
    from docterm.compare.align import Link
    from docterm.compare.comparison import Comparison
    from docterm.compare.facts import Facts
    from docterm.compare.quotations import SharedQuotation
    from docterm.compare.sides import Side
    from docterm.compare.subjects import BothOnSubject, Subject
    from docterm.library.library import Library
    from docterm.library.model import Passage
    from docterm.quotes.notebook import Notebook

LINKS = 3
"""Links of a left passage that are shown; JSON has them all."""
LISTED = 25
"""Links and quotations of groups that are shown, and keys of their documents."""
MOST_ADDRESSES = 200
LEGEND = "A ~ joins paragraphs that share rare words{}: close is a strong link, near a weaker one."


@click.command("compare", context_settings=HELP)
@click.argument("first", required=False, metavar="[LEFT]")
@click.argument("second", required=False, metavar="[RIGHT]")
@click.option("--left", metavar="QUERY", help="The left side: all documents in which QUERY finds something.")
@click.option("--right", metavar="QUERY", help="The right side, in the same way.")
@click.option(
    "--against",
    type=click.Choice(["library"]),
    help="Hold the words of each against those of all other documents, not against each other.",
)
@click.option("--subject", metavar="WORDS", help="Show what both sides have on this subject, in place of the rest.")
@click.option(
    "--report", metavar="FILE", help="Write it all as a page or a table: FILE ends in .html, .md, .docx, .csv or .json."
)
@form_options()
@place_options
@click.pass_obj
def command(
    options: Options,
    *,
    first: str | None,
    second: str | None,
    left: str | None,
    right: str | None,
    against: str | None,
    subject: str | None,
    report: str | None,
    form: str | None,
) -> int:
    """Set two documents, or two groups of documents, side by side.

    Each side is a document, LEFT or RIGHT, or what a query finds, --left or --right. Shows the facts of both, what
    both quote, linked paragraphs, what only one of them has, the words they use unequally, who speaks in each, and
    how often each hedges or stresses what it says. Links are suggestions from shared words; those you kept, pinned or
    rejected are as you left them. docterm counts and shows, and leaves the judgement to you.

    With --subject only the paragraphs on it are shown, the best first: those that have most of its words, in any form,
    and what you put in by hand. Exit code 1 when there is none. With --report nothing is printed: all of it, your
    subjects and themes too, stands in the file, which is written anew; --subject and --against are not for it.

    A document that both queries find is left out of both sides; one that is named stays on its side alone.
    """
    from docterm import reporting
    from docterm.cli import compare_voices, compare_words

    if report is not None and (subject is not None or against):
        raise RequestError(
            "A report has the whole comparison: --subject and --against are not for it.",
            "Leave them out, or leave out --report; subjects that you keep stand in every report.",
        )
    root = library_root(options)
    with opened(root) as library:
        notebook = opened_notebook(options, root)
        wanted = None if subject is None else _subject(subject, notebook)
        target = None if report is None else reporting.target(report, library, notebook)
        both = sides(library, [name for name in (first, second) if name is not None], left, right)
        comparison = _compare(library, both, notebook)
        references = compare_words.references(library, comparison) if against else ()
        notes = list(library.notes)
    if target is not None:
        output.notes([*notes, *notebook.problems])
        reporting.write(target, comparison, notebook)
        output.note(f"The report is in {label(target, 1000)}.")
        return 0
    on_it = None if wanted is None else comparison.on_subject(wanted)
    if form == "json":
        answer = comparison.as_json(notebook.kept("voice")) | compare_words.as_json(references)
        about = {"subject": on_it.as_json()} if on_it else {}
        output.emit({**answer, "notes": [*notes, *answer["notes"]], **about})
    else:
        output.notes(notes)
        _write(comparison, on_it)
        if on_it is None:
            compare_words.write(comparison, references)
            compare_voices.write(comparison, notebook.kept("voice"))
    return int(on_it is not None and not (on_it.left or on_it.right))


def _subject(words: str, notebook: Notebook) -> Subject:
    """Give the subject kept under this name, or one of these words."""
    from docterm.compare.subjects import ABOUT, Subject, subjects_from

    typed = Subject.typed(words)
    return subjects_from(notebook.kept(ABOUT)).get(typed.name, typed)


def _compare(library: Library, both: tuple[Side, Side], notebook: Notebook) -> Comparison:
    from docterm.compare.comparison import compare_in
    from docterm.compare.judgement import ABOUT, judgements_from

    with output.working("Comparing") as show:
        return compare_in(library, *both, judgements=judgements_from(notebook.kept(ABOUT)), progress=show)


def _write(comparison: Comparison, on_it: BothOnSubject | None) -> None:
    left, right = comparison.left, comparison.right
    _write_facts(left, comparison.left_facts)
    _write_facts(right, comparison.right_facts)
    for note in comparison.notes:
        output.paragraph(note, indent="  ", lead="- ")
    if on_it is not None:
        write_subject(comparison, on_it)
        return
    write_offers(comparison.subjects)
    _write_quotations(comparison.alignment.shared_quotations)
    output.line()
    output.paragraph(f"Links: {len(comparison.links):,}")
    _write_links(comparison.links, strongest=left.is_group or right.is_group)
    _write_only(left, comparison.only_left)
    _write_only(right, comparison.only_right)


def _write_quotations(quotations: Sequence[SharedQuotation]) -> None:
    """Write the longest, in the order of the left side."""
    if not quotations:
        return
    output.line()
    output.paragraph(f"Words that both have alike, six or more in a row: {len(quotations):,}")
    longest = sorted(quotations, key=lambda each: each.words, reverse=True)[:LISTED]
    for each in (quotation for quotation in quotations if quotation in longest):
        text = f"{each.left.address}  = {each.right.address} ({each.words} words): “{each.text}”"
        output.paragraph(text, indent="    ", lead="  ")
    _write_more(len(quotations) - LISTED)


def _write_links(links: Sequence[Link], *, strongest: bool) -> None:
    """Write the best links of each left passage, or of groups the strongest of all."""
    if links:
        by_meaning = any("meaning" in link.score.parts for link in links)
        output.paragraph(LEGEND.format(" or say the like" if by_meaning else ""))
    if strongest:
        # What the reader made a link stands first in either case.
        ordered = sorted(links, key=lambda link: (link.judgement is None, -link.strength))
        for link in ordered[:LISTED]:
            _write_link(link)
        _write_more(len(links) - LISTED)
        return
    for _, group in groupby(links, lambda link: link.left.index):
        own = list(group)
        for link in own[:LINKS]:
            _write_link(link)
        _write_more(len(own) - LINKS)


def _write_link(link: Link) -> None:
    about = [link.level.value, "the best for both" if link.mutual else "", *_judged(link)]
    shared = f"shared: {', '.join(link.shared)}" if link.shared else "no word shared"
    text = f"{link.left.address}  ~ {link.right.address} ({', '.join(filter(None, about))}; {shared})"
    output.paragraph(text, indent="    ", lead="  ")


def _judged(link: Link) -> Iterator[str]:
    """Say what the reader decided."""
    if link.judgement is not None:
        yield {"keep": "kept", "pin": "pinned"}[link.judgement.verdict.value]
        if link.judgement.relation is not None:
            yield link.judgement.relation.value
        if link.judgement.note:
            yield f"note: {link.judgement.note}"


def _write_more(number: int) -> None:
    if number > 0:
        output.paragraph(f"and {number:,} more, all in --json", indent="    ")


def _write_facts(side: Side, facts: Facts) -> None:
    if side.is_group:
        output.paragraph(f"{side.label}  {counted(facts.documents, 'document')}")
        named = ", ".join(side.keys[:LISTED])
        output.paragraph(named + (", ..." if len(side.keys) > LISTED else ""), indent="  ")
    else:
        key = side.documents[0].key
        output.paragraph("  ".join(dict.fromkeys((side.label, key, side.documents[0].title))))
    speaker = facts.source if side.is_group else side.documents[0].speaker
    publisher = facts.publisher if facts.publisher != facts.source else ""
    kind = "docterm's digest" if facts.kind.value == "digest" else ""
    about = [part for part in (speaker, facts.date, facts.shown_type, publisher, kind) if part]
    if about:
        output.paragraph(", ".join(about), indent="  ")
    quoted = f"{100 * facts.quoted:.0f} % of them in quotation marks"
    output.paragraph(
        f"{counted(facts.words, 'word')} in {counted(facts.paragraphs, 'paragraph')}, {quoted}", indent="  "
    )
    output.line()


def _write_only(side: Side, passages: Sequence[Passage]) -> None:
    output.line()
    output.paragraph(f"Only in {side.label}, as far as words tell: {len(passages):,}")
    if passages:
        output.paragraph(", ".join(str(passage.address) for passage in passages[:MOST_ADDRESSES]), indent="  ")
        _write_more(len(passages) - MOST_ADDRESSES)
