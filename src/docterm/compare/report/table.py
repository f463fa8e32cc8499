"""A comparison as one table of statements, for a spreadsheet: what, where, how often."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from docterm.compare.certainty import BOOSTERS, HEDGES
from docterm.compare.comparison import Comparison
from docterm.compare.report.extras import Extras
from docterm.compare.voices import voices

COLUMNS = ("statement", "what", "left", "right", "left_count", "right_count", "value", "note")
"""The statement's kind; the words it is about; addresses or, of a term, nothing; counts; a measure; a remark."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Row = tuple[object, ...]


def table(comparison: Comparison, extras: Extras) -> str:
    """Give the table as CSV with a byte order mark, which spreadsheets take as UTF-8."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in (*_facts(comparison), *_passages(comparison, extras), *_terms(comparison), *_speech(comparison, extras)):
        writer.writerow([_cell(value) for value in row])
    return "\ufeff" + written.getvalue()


def _facts(comparison: Comparison) -> Iterator[Row]:
    left, right = comparison.left_facts, comparison.right_facts
    yield "side", "", comparison.left.label, comparison.right.label, left.documents, right.documents, "", "documents"
    yield "length", "", "", "", left.words, right.words, "", "words"
    yield "length", "", "", "", left.paragraphs, right.paragraphs, "", "paragraphs"
    yield "quoted", "", "", "", round(left.quoted, 4), round(right.quoted, 4), "", "share inside quotation marks"
    for note in comparison.notes:
        yield "note", "", "", "", "", "", "", note


def _passages(comparison: Comparison, extras: Extras) -> Iterator[Row]:
    for offer in comparison.subjects:
        yield "subject offered", offer.text, "", "", offer.left, offer.right, "", offer.kind.value
    for both in extras.subjects:
        sides = [" ".join(str(each.passage.address) for each in found) for found in (both.left, both.right)]
        yield "subject", both.subject.name, *sides, len(both.left), len(both.right), "", both.subject.query
    for each in comparison.alignment.shared_quotations:
        yield "shared words", each.text, each.left.address, each.right.address, "", "", each.words, ""
    for link in comparison.links:
        judged = link.judgement.verdict.value if link.judgement else ""
        shared, where = ", ".join(link.shared), (link.left.address, link.right.address)
        yield "link", shared, *where, "", "", round(link.strength, 4), judged or link.level.value
    for passage in comparison.only_left:
        yield "only left", "", passage.address, "", "", "", "", "no close passage found"
    for passage in comparison.only_right:
        yield "only right", "", "", passage.address, "", "", "", "no close passage found"
    for theme in extras.themes:
        for coded in theme.left:
            yield f"theme {theme.name}", coded.text, coded.address, "", "", "", "", coded.memo
        for coded in theme.right:
            yield f"theme {theme.name}", coded.text, "", coded.address, "", "", "", coded.memo


def _terms(comparison: Comparison) -> Iterator[Row]:
    for row in comparison.vocabulary:
        few = "few" if row.few else ""
        yield row.kind.value, row.term, "", "", row.left, row.right, round(row.log_ratio, 4), few


def _speech(comparison: Comparison, extras: Extras) -> Iterator[Row]:
    for place, speech in enumerate((comparison.left_speech, comparison.right_speech)):
        for voice in voices(speech.entries, extras.names).every:
            for entry in voice.entries:
                where = (entry.passage.address, "") if place == 0 else ("", entry.passage.address)
                yield "voice", voice.name, *where, "", "", entry.words, entry.found.kind.value
        for cue in speech.certainty.of(HEDGES + BOOSTERS):
            where = (cue.passage.address, "") if place == 0 else ("", cue.passage.address)
            yield cue.kind.value, cue.cue, *where, "", "", "", ""


def _cell(value: object) -> object:
    """Keep a spreadsheet from taking foreign text for a formula: an apostrophe goes before what begins as one."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
