"""`docterm check`: are the quotations of a manuscript the words of their sources, and rightly cited."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from docterm.cli import output
from docterm.cli.context import (
    HELP,
    Options,
    emptiness,
    form_options,
    library_root,
    opened,
    opened_notebook,
    place_options,
)
from docterm.errors import LibraryError, ReadError, RequestError
from docterm.text import counted, label

if TYPE_CHECKING:
    from docterm.library.library import Library
    from docterm.quotes.check.judging import Checked, Judged
    from docterm.quotes.check.manuscripts import Manuscript
    from docterm.quotes.notebook import Notebook

FORMS = ("markdown", "latex", "org", "typst", "docx", "text")
_SHOWN = 300


class Result(NamedTuple):
    """A file that was named, and what was found in it or why it cannot be read."""

    name: str
    checked: Checked | None
    problem: str = ""


@click.command("check", context_settings=HELP)
@click.argument("names", metavar="[DRAFT]...", nargs=-1)
@click.option("--form", "draft_form", type=click.Choice(FORMS), help="What the drafts are written in; by their suffix.")
@click.option("--all", "every", is_flag=True, help="Judge also one to three words that cite nothing.")
@click.option("-q", "--quiet", is_flag=True, help="Write nothing when all is well.")
@click.option(
    "--link/--unlink", default=None, help="Remember that these are written with the quotes of your notebook; forget it."
)
@form_options()
@place_options
@click.pass_obj
def command(
    options: Options,
    names: tuple[str, ...],
    *,
    draft_form: str | None,
    every: bool,
    quiet: bool,
    link: bool | None,
    form: str | None,
) -> int:
    """Check the quotations of a manuscript against the library.

    DRAFT is a file in Markdown, LaTeX, Org, Typst, plain text or Word's .docx. Every quotation in it is looked for:
    it is verbatim, altered, or unknown, and its citation is right, missing, or names another place. Without a DRAFT
    those are checked that are linked to your notebook: of its quotes `docterm quotes` says where they use them.

    Exit code 1 when a quotation is altered or unknown, or its citation missing or wrong.
    """
    if link is False:
        return _unlink(options, names)
    with opened(library_root(options)) as library:
        if empty := emptiness(library):
            raise LibraryError(f"There is nothing to check against. {empty[0]}")
        drafts = _drafts(opened_notebook(options, library.root), names, draft_form, link=bool(link))
        results = [_checked(draft, library, every=every) for draft in drafts]
        notes = list(library.notes)
    if form == "json":
        output.emit(_as_json(results, notes))
    else:
        output.notes(notes)
        for result in results:
            _write(result)
        if not quiet or any(map(_is_faulty, results)):
            _write_summary(results)
    return 2 if any(result.checked is None for result in results) else int(any(map(_is_faulty, results)))


def _drafts(notebook: Notebook, names: Sequence[str], form: str | None, *, link: bool) -> list[Manuscript]:
    """Give the drafts that are named, which become linked if asked, or all that are linked."""
    from docterm.quotes.check import manuscripts
    from docterm.quotes.check.draft import DraftForm

    if not names:
        linked = manuscripts.manuscripts(notebook)
        if not linked or link:
            raise RequestError(
                "No draft is named.", "`docterm check DRAFT` checks one; with --link it is remembered for later."
            )
        return linked
    paths = (Path(os.path.expanduser(name)) for name in dict.fromkeys(names))
    drafts = [manuscripts.Manuscript(path, None if form is None else DraftForm(form)) for path in paths]
    for draft in drafts if link else ():
        if not draft.path.is_file():
            raise RequestError(f"There is no file {label(draft.path, 1000)}.", "Nothing was linked. Check the path.")
    for draft in drafts if link else ():
        manuscripts.link(notebook, draft)
        output.note(f"{label(draft.path, 1000)} is linked: `docterm quotes` says where it uses each quote.")
    return drafts


def _unlink(options: Options, names: Sequence[str]) -> int:
    from docterm.quotes.check.manuscripts import unlink

    if not names:
        raise RequestError("No draft is named.", "`docterm check --unlink DRAFT` forgets one.")
    notebook = opened_notebook(options, library_root(options))
    for name in dict.fromkeys(names):
        unlink(notebook, Path(os.path.expanduser(name)))
        output.note(f"{label(name, 1000)} is linked no more.")
    return 0


def _checked(manuscript: Manuscript, library: Library, *, every: bool) -> Result:
    from docterm.quotes.check.draft import open_draft
    from docterm.quotes.check.judging import check

    name = label(manuscript.path, 1000)
    try:
        draft = open_draft(manuscript.path, manuscript.form)
    except ReadError as error:
        return Result(name, None, str(error))
    with output.progress() as show:
        return Result(name, check(draft, library, every=every, progress=show))


def _is_faulty(result: Result) -> bool:
    return result.checked is None or not all(each.is_well for each in result.checked.judged)


def _judged(results: Iterable[Result]) -> list[Judged]:
    return [each for result in results if result.checked is not None for each in result.checked.judged]


# --- text ----------------------------------------------------------------------------------------


def _write(result: Result) -> None:
    """Write a block for each quotation that is not well, as compilers write theirs: FILE:LINE: what."""
    if result.checked is None:
        output.note(f"{result.name}: {result.problem}")
        return
    output.notes(f"{result.name}: {note}" for note in result.checked.notes)
    for judged in result.checked.judged:
        if not judged.is_well:
            _write_judged(result.name, judged)


def _write_judged(name: str, judged: Judged) -> None:
    faults = [] if judged.wording.value == "verbatim" else [judged.wording.value]
    if judged.citing is not None and judged.citing.value != "ok":
        faults.append("citation missing" if judged.citing.value == "missing" else judged.citing.value)
    if not judged.quotation.closed:
        faults.append("not closed")
    where = judged.address or judged.key
    output.paragraph(f"{name}:{judged.quotation.line}: {', '.join(faults)}{f'  {label(where)}' if where else ''}")
    output.paragraph(f"“{label(judged.quotation.text, _SHOWN)}”", indent="  ")
    if judged.diff:
        output.paragraph(judged.diff, indent="  ")
    for note in judged.notes:
        output.paragraph(note, indent="  ")
    output.line()


def _write_summary(results: Sequence[Result]) -> None:
    judged = _judged(results)
    wordings = Counter(each.wording.value for each in judged)
    citings = Counter(each.citing.value for each in judged if each.citing is not None)
    said = [counted(len(judged), "quotation")]
    said += [f"{wordings[name]:,} {name}" for name in ("verbatim", "altered", "unknown") if wordings[name]]
    said += [f"{citings[name]:,} {shown}" for name, shown in _CITINGS.items() if citings[name]]
    passed_over = sum(result.checked.passed_over for result in results if result.checked is not None)
    if passed_over:
        said.append(f"{passed_over:,} too short to judge")
    output.paragraph(f"{said[0]}{': ' if said[1:] else ''}{', '.join(said[1:])}.")


_CITINGS = {"missing": "without a citation", "wrong locator": "with a wrong locator"}


# --- JSON ----------------------------------------------------------------------------------------


def _as_json(results: Sequence[Result], notes: Sequence[str]) -> dict[str, Any]:
    files = [
        {
            "path": result.name,
            "problem": result.problem or None,
            "quotations": 0 if result.checked is None else len(result.checked.judged),
            "passed_over": 0 if result.checked is None else result.checked.passed_over,
            "notes": [] if result.checked is None else list(result.checked.notes),
        }
        for result in results
    ]
    quotations = [
        {"path": result.name, **each.as_json()}
        for result in results
        if result.checked is not None
        for each in result.checked.judged
    ]
    return {"schema": "docterm.check/1", "notes": list(notes), "files": files, "quotations": quotations}
