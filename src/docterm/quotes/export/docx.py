"""Bringing the quotes in a Word document up to date."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from docterm.quotes.export.blocks import LAST, checksum
from docterm.quotes.export.changes import Changes
from docterm.quotes.export.package import (
    DOCUMENT,
    NOTES,
    Control,
    Package,
    control,
    controls,
    end_of_body,
    words_of,
)
from docterm.quotes.forms.prose import Listed
from docterm.quotes.forms.word import quote_xml, references_xml
from docterm.quotes.manuscript import Manuscript
from docterm.quotes.runs import text_of


def merge(package: Package, made: Manuscript, known: Collection[str]) -> Changes:
    """Bring docterm's blocks in a document up to date, put new ones at the end, and leave all else as it is.

    A block whose words are as they should be is not touched: Zotero may have renewed its citation.
    """
    changes = Changes()
    note = package.add_note if NOTES in package.parts else None
    quotes = {cited.quote_id: cited for cited in made.quotes}
    renewed: dict[str, str] = {}
    found = controls(package.document)
    for each in found:
        if each.name in quotes:
            fate = _fate(each, quote_xml(quotes[each.name], _no_note if note else None), changes)
            fate.append(each.name)
            if fate is changes.updated:
                renewed[each.name] = quote_xml(quotes[each.name], note)
        elif each.name != LAST and each.name not in known:
            changes.lost.append(each.name)
    _replace(package, found, {name: control(name, xml, words_of(xml)) for name, xml in renewed.items()})
    present = {each.name for each in found}
    changes.new += [name for name in quotes if name not in present]
    fresh = {name: quote_xml(quotes[name], note) for name in changes.new}
    _put(package, b"".join(control(name, xml, words_of(xml)) for name, xml in fresh.items()))
    _list_references(package, made.references)
    return changes


def _fate(each: Control, content: str, changes: Changes) -> list[str]:
    if each.words == words_of(content):
        return changes.unchanged
    return changes.updated if checksum(each.words) == each.sum else changes.kept


def _no_note(_: str) -> str:
    return ""


def _list_references(package: Package, listed: Sequence[Listed]) -> None:
    """Write the list when other works belong into it; as a field of Zotero's it is nothing that people edit."""
    found = [each for each in controls(package.document) if each.name == LAST]
    words = "\n".join(text_of(work.runs) for work in listed)
    if not found and listed:
        _put(package, control(LAST, references_xml(listed), words))
    elif found and found[0].sum != checksum(words):
        _replace(package, found[:1], {LAST: control(LAST, references_xml(listed), words)})


def _replace(package: Package, found: Sequence[Control], renewed: Mapping[str, bytes]) -> None:
    document = package.document
    for each in reversed(found):  # from the end, so that what comes before keeps its place
        if each.name in renewed:
            document = document[: each.start] + renewed[each.name] + document[each.end :]
    package.parts[DOCUMENT] = document


def _put(package: Package, new: bytes) -> None:
    """Put new blocks before the references where these stand already, else at the end."""
    document = package.document
    last = next((each for each in controls(document) if each.name == LAST), None)
    place = end_of_body(document) if last is None else last.start
    package.parts[DOCUMENT] = document[:place] + new + document[place:]
