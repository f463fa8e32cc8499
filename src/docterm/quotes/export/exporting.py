"""Exporting quotes, or the records of what they cite, to a file in any form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from docterm.errors import CitationError, ReadError
from docterm.quotes.export import blocks, tables, target
from docterm.quotes.export.changes import Changes
from docterm.quotes.form import Form
from docterm.quotes.forms.prose import Comment
from docterm.quotes.manuscript import PROSE, Wishes, manuscript
from docterm.quotes.model import Quote
from docterm.quotes.works import csl_items, works
from docterm.text import label

_BIB = Comment("% ")


@dataclass(frozen=True, slots=True)
class Report:
    """What an export did."""

    changes: Changes
    notes: tuple[str, ...] = ()


class Task(NamedTuple):
    """What is to be exported, and where."""

    chosen: Sequence[Quote]
    everything: Sequence[Quote]
    """All quotes of the notebook: those that the file has already stay cited in it."""
    form: Form
    path: Path
    wishes: Wishes

    @property
    def ids(self) -> list[str]:
        """The ids of all quotes of the notebook."""
        return [quote.id for quote in self.everything]

    @property
    def keys(self) -> list[str]:
        """The keys that the quotes of the notebook cite."""
        return [quote.key for quote in self.everything]

    def with_those(self, ids: Sequence[str]) -> list[Quote]:
        """Give the quotes that a file has, by their ids in its order, and then those that are chosen besides."""
        known = {quote.id: quote for quote in self.everything}
        present = [known[name] for name in dict.fromkeys(ids) if name in known]
        return [*present, *(quote for quote in self.chosen if quote not in present)]


def export(task: Task) -> Report:
    """Write quotes into a file: what it has of them is brought up to date, and everything else in it stays.

    The file is replaced in one step, and only when something changes. Raises CitationError when it cannot be written,
    is of another form, or the style does not exist; ProgramError when the form needs a Pandoc that is not there.
    """
    return _EXPORTERS[task.form](task)


def _prose(task: Task) -> Report:
    prose = PROSE[task.form]
    old = target.read_text(task.path)
    text = prose.head if old is None else old
    quotes = task.with_those(blocks.names(text, prose.comment))
    made = manuscript(quotes, task.wishes, plain=task.form.cites_by_key)
    contents = {cited.quote_id: prose.quote(cited) for cited in made.quotes}
    references = prose.references(made.references, True) if made.references else ""
    if references:
        contents[blocks.LAST] = references
    merged, changes = blocks.merge(text, contents, prose.comment, task.ids)
    _write(task.path, old, merged)
    return Report(changes, (*made.notes, *_needs(task.form)))


def _needs(form: Form) -> tuple[str, ...]:
    """Say where the records are that citations by key need."""
    wanted = {
        Form.ORG: ("csl-json", "quotes.json"),
        Form.LATEX: ("biblatex", "quotes.bib"),
        Form.TYPST: ("biblatex", "quotes.bib"),
    }
    if form not in wanted:
        return ()
    name, file = wanted[form]
    return (f"The records it cites: docterm quotes export --form {name} -o {file}",)


def _docx(task: Task) -> Report:
    from docterm.quotes.export.docx import merge
    from docterm.quotes.export.package import controls, new_package, opened

    data = target.read(task.path)
    try:
        package = new_package() if data is None else opened(data)
        quotes = task.with_those([each.name for each in controls(package.document)])
        made = manuscript(quotes, task.wishes)
        before = dict(package.parts)
        changes = merge(package, made, task.ids)
    except ReadError as error:
        raise CitationError(f"{label(task.path, 1000)} cannot be added to. {error.message}", error.hint) from error
    if data is None or package.parts != before:
        target.write(task.path, package.packed())
    return Report(changes, made.notes)


def _csl_json(task: Task) -> Report:
    old, new = target.read_text(task.path), csl_items(works(task.chosen)[0])
    listed = [] if old is None else tables.read_json(old, label(task.path, 1000))[1]
    merged, changes = tables.merge(listed, new, task.keys, owned=lambda _: False)
    _write(task.path, old, tables.write_json(merged))
    return Report(changes)


def _bib(task: Task) -> Report:
    import re

    from docterm.quotes.forms.bibtex import entry

    old = target.read_text(task.path)
    text = old or ""
    own = set(blocks.names(text, _BIB))
    foreign = set(re.findall(r"^\s*@\w+\s*\{\s*([^\s,]+)\s*,", text, re.MULTILINE)) - own
    items = csl_items(works(task.chosen)[0])
    contents = {item["id"]: entry(item, task.form) for item in items if item["id"] not in foreign}
    merged, changes = blocks.merge(text, contents, _BIB, task.keys)
    changes.kept += [item["id"] for item in items if item["id"] in foreign]
    _write(task.path, old, merged)
    return Report(changes)


def _ris(task: Task) -> Report:
    from docterm.library.bibliography.ris import own_lines, ris_records, write_ris

    old = target.read_text(task.path)
    changes = Changes()
    fresh = {item["id"]: write_ris(item) for item in csl_items(works(task.chosen)[0])}
    pieces: list[str] = []
    for key, piece in ris_records((old or "").replace("\r\n", "\n")):
        new = own_lines(piece, fresh.pop(key)) if key in fresh else piece
        if key and key in task.keys:
            (changes.unchanged if new == piece else changes.updated).append(key)
        pieces.append(new)
    changes.new += fresh
    text = "".join(pieces)
    gap = "" if not text or text.endswith("\n\n") or not fresh else "\n" if text.endswith("\n") else "\n\n"
    text += gap + "".join(f"{record}\n\n" for record in fresh.values())
    _write(task.path, old, text.replace("\n", "\r\n") if _ends_lines_with_crlf(old) else text)
    return Report(changes)


def _ends_lines_with_crlf(text: str | None) -> bool:
    return text is not None and 0 < text.count("\r\n") == text.count("\n")


def _csv(task: Task) -> Report:
    from docterm.quotes.forms.data import row

    old = target.read_text(task.path)
    listed = [] if old is None else tables.read_csv(old, label(task.path, 1000))
    merged, changes = tables.merge(listed, [row(quote) for quote in task.chosen], task.ids)
    _write(task.path, old, tables.write_csv(merged))
    return Report(changes)


def _json(task: Task) -> Report:
    from docterm.quotes.forms.data import SCHEMA, as_object

    new = [as_object(quote) for quote in task.chosen]
    return _listed(task, _List({"schema": SCHEMA}, "quotes", task.ids, lambda _: True), new)


def _w3c(task: Task) -> Report:
    from docterm.quotes.forms.annotation import PAGE, PREFIX, annotation

    new = [annotation(quote) for quote in task.chosen]
    known = [f"{PREFIX}{name}" for name in task.ids]
    report = _listed(task, _List(PAGE, "items", known, lambda name: name.startswith(PREFIX)), new)
    for names in report.changes.as_json().values():
        names[:] = [name.removeprefix(PREFIX) for name in names]
    return report


class _List(NamedTuple):
    """A JSON object with a list of quotes in it."""

    head: dict[str, Any]
    name: str
    known: list[str]
    is_own: Callable[[str], bool]


def _listed(task: Task, shape: _List, new: list[dict[str, Any]]) -> Report:
    old = target.read_text(task.path)
    rest, listed = ({}, []) if old is None else tables.read_json(old, label(task.path, 1000), shape.name)
    merged, changes = tables.merge(listed, new, shape.known, shape.is_own)
    _write(task.path, old, tables.write_json({**shape.head, **rest, shape.name: merged}))
    return Report(changes)


def _write(path: Path, old: str | None, new: str) -> None:
    if new != old:
        target.write(path, new.encode("utf-8", "replace"))


_EXPORTERS: dict[Form, Callable[[Task], Report]] = {
    **dict.fromkeys(PROSE, _prose), Form.DOCX: _docx, Form.CSL_JSON: _csl_json, Form.BIBLATEX: _bib,
    Form.BIBTEX: _bib, Form.RIS: _ris, Form.CSV: _csv, Form.JSON: _json, Form.W3C: _w3c,
}  # fmt: skip
