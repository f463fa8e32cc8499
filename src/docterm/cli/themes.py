"""`docterm themes`: what was coded, the codebook, and how far two coders agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from docterm.cli import output
from docterm.cli.context import (
    HELP,
    Options,
    form_options,
    library_root,
    opened,
    opened_notebook,
    place_options,
    readable,
)
from docterm.cli.default_verb import ByDefault
from docterm.errors import ReadError, RequestError, StorageError
from docterm.text import counted, label

if TYPE_CHECKING:
    from docterm.library.library import Library
    from docterm.quotes.themes.agreement import Agreement
    from docterm.quotes.themes.codebook import Code
    from docterm.quotes.themes.coding import Coding
    from docterm.quotes.themes.grid import Row

LARGEST = 1 << 20
"""Bytes of a codebook that are read."""
NONE_CODED = "Nothing was coded yet: `docterm themes code ADDRESS TEXT CODE` codes words, and `t` in the explorer."


@click.group("themes", cls=ByDefault, context_settings=HELP, subcommand_metavar="[COMMAND] [DOCUMENT]...")
@place_options
def command() -> int:
    """See what you coded, by document, and keep the codebook.

    A code says what some words do: name a problem, a cause, a judgement, a remedy, or what you make a code for.
    Without a command it sets codes against documents.
    """
    return 0


@command.command("list", short_help="Set codes against documents.", context_settings=HELP)
@click.argument("names", metavar="[DOCUMENT]...", nargs=-1)
@form_options(lines=True, what="coding")
@place_options
@click.pass_obj
def list_themes(options: Options, names: tuple[str, ...], form: str | None) -> int:
    """Set codes against documents: how often each stands where, and on which words.

    Without documents those that have codes are shown. Exit code 1 when nothing is coded.
    """
    from docterm.quotes.themes.codebook import codes
    from docterm.quotes.themes.coding import codings
    from docterm.quotes.themes.grid import grid

    with opened(library_root(options)) as library:
        notebook = opened_notebook(options, library.root)
        found = codings(notebook)
        keys = [readable(library, name).key for name in names] or sorted({coding.key for coding in found})
        notes = [*library.notes, *notebook.problems, *([] if found else [NONE_CODED])]
    shown = [coding for coding in found if coding.key in keys]
    if form == "json":
        book = [_code_json(code) for code in codes(notebook)]
        listed = [_coding_json(coding) for coding in shown]
        output.emit({"schema": "docterm.themes/1", "notes": notes, "codes": book, "codings": listed})
        return int(not shown)
    output.notes(notes)
    if form == "jsonl":
        output.emit_lines(map(_coding_json, shown))
    elif keys:
        _write_grid(grid(codes(notebook), found, [[key] for key in keys]), keys)
    return int(not shown)


@command.command("code", context_settings=HELP)
@click.argument("address")
@click.argument("text")
@click.argument("code")
@click.option("--memo", metavar="TEXT", default="", help="Why you gave the code.")
@form_options()
@place_options
@click.pass_obj
def code_words(options: Options, address: str, text: str, code: str, *, memo: str, form: str | None) -> int:
    """Give words of a document a code.

    TEXT is words of the paragraphs that ADDRESS names, as for `docterm quote`. A CODE is named as it is in the
    codebook, or by its key.
    """
    from docterm.library.model import Address
    from docterm.quotes.capture import find
    from docterm.quotes.themes import coding

    with opened(library_root(options)) as library:
        notebook = opened_notebook(options, library.root)
        name = _named(options, library, code)
        asked = Address.parse(address)
        document = readable(library, asked.key)
        cut = find(document, library.passages(document), replace(asked, key=document.key), text)
        made = coding.code_words(notebook, cut, name, memo)
        library.pin(document)
    if form == "json":
        answer = {"codes": [], "codings": [_coding_json(made)]}
        output.emit({"schema": "docterm.themes/1", "notes": notebook.problems, **answer})
    else:
        output.notes(notebook.problems)
        output.paragraph(f"{made.id}  {made.cut.address}  coded as {made.code}")
        _write_words(made, "  ")
    return 0


@command.command("remove", short_help="Take codes off words again.", context_settings=HELP)
@click.argument("names", metavar="CODING...", nargs=-1, required=True)
@place_options
@click.pass_obj
def remove(options: Options, names: tuple[str, ...]) -> int:
    """Take codes off words again; a CODING is named by its id or the beginning of it."""
    from docterm.quotes.themes.coding import codings, named, uncode

    notebook = opened_notebook(options, library_root(options))
    chosen = [named(codings(notebook), name) for name in names]
    for coding in chosen:
        uncode(notebook, coding)
        output.paragraph(f"{coding.code} taken off {coding.cut.address}")
    return 0


@command.command("codebook", short_help="Show the codes; add, remove or exchange them.", context_settings=HELP)
@click.option("--import", "source", metavar="FILE", help="A CSV table with the columns code, key and meaning.")
@click.option("--export", "target", metavar="FILE", help="The file to write the codebook to.")
@click.option("--add", metavar="CODE", help="Add a code, or change one.")
@click.option("--key", metavar="KEY", default="", help="With --add: the letter or digit that gives it.")
@click.option("--meaning", metavar="TEXT", default="", help="With --add: what it means.")
@click.option("--remove", "removed", metavar="CODE", help="Take a code off the codebook; what has it keeps it.")
@form_options()
@place_options
@click.pass_obj
def codebook(options: Options, /, form: str | None, **asked: Any) -> int:  # noqa: ANN401
    """Show the codes, add or remove one, or take a codebook over from a table and give it on as one."""
    from docterm import reporting
    from docterm.quotes.themes import codebook as book

    notebook = opened_notebook(options, library_root(options))
    if (asked["key"] or asked["meaning"]) and not asked["add"]:
        raise RequestError("--key and --meaning belong to a code.", "Name it with --add CODE.")
    target = Path(asked["target"]) if asked["target"] else None
    if target is not None:
        with opened(library_root(options)) as library:
            reporting.spare(target, library, notebook)
    if asked["source"]:
        for code in book.read(_text(asked["source"])):
            book.add(notebook, code.name, code.meaning, _free(code, book.codes(notebook)))
    if asked["add"]:
        book.add(notebook, asked["add"], asked["meaning"], asked["key"])
    if asked["removed"]:
        book.remove(notebook, asked["removed"])
    codes = book.codes(notebook)
    if target is not None:
        _save(target, book.write(codes))
    if form == "json":
        listed = [_code_json(code) for code in codes]
        output.emit({"schema": "docterm.themes/1", "notes": notebook.problems, "codes": listed, "codings": []})
    else:
        output.notes(notebook.problems)
        output.table(("key", "code", "meaning"), [(code.key, code.name, code.meaning) for code in codes], stretch=2)
    return 0


@command.command("agreement", short_help="Say how far two coders agree, code by code.", context_settings=HELP)
@click.argument("other", metavar="NOTEBOOK")
@form_options()
@place_options
@click.pass_obj
def agree(options: Options, other: str, form: str | None) -> int:
    """Say how far another coder's notebook agrees with yours, code by code.

    Counted are the body paragraphs of the documents in which both coded something: in how many both gave a code, one
    of the two, or neither. Kappa is Cohen's: agreement beyond what chance would give.
    """
    from docterm.quotes.notebook import Notebook
    from docterm.quotes.themes.agreement import agreement
    from docterm.quotes.themes.coding import codings

    if not Path(other).is_file():
        raise RequestError(f"There is no notebook {label(other, 200)}.", "Name the other coder's notebook file.")
    with opened(library_root(options)) as library:
        mine = opened_notebook(options, library.root)
        theirs = Notebook(Path(other))
        first, second = codings(mine), codings(theirs)
        keys = sorted({coding.key for coding in first} & {coding.key for coding in second})
        paragraphs = {key: _paragraphs(library, key) for key in keys}
        notes = [*mine.problems, *theirs.problems]
    found = agreement(first, second, paragraphs)
    units = sum(map(len, paragraphs.values()))
    if not units:
        notes.append("There is no document in which both coded something.")
    if form == "json":
        listed = [_agreement_json(each) for each in found]
        shown = {"documents": keys, "paragraphs": units, "codes": listed}
        output.emit({"schema": "docterm.agreement/1", "notes": notes, **shown})
    else:
        output.notes(notes)
        if found:
            _write_agreement(found, keys, units)
    return int(not units)


# --- help ----------------------------------------------------------------------------------------


def _named(options: Options, library: Library, name: str) -> str:
    """Give the name of the code that `name` means: its name or its key."""
    from docterm.quotes.themes.codebook import codes

    known = codes(opened_notebook(options, library.root))
    for code in known:
        if name in (code.name, code.key):
            return code.name
    listed = ", ".join(code.name for code in known)
    raise RequestError(
        f"No code is called “{label(name, 60)}”.", f"There are {listed}; `docterm themes codebook --add` adds one."
    )


def _free(code: Code, known: Sequence[Code]) -> str:
    taken = {each.key for each in known if each.name != code.name}
    return "" if code.key in taken else code.key


def _paragraphs(library: Library, key: str) -> list[int]:
    document = library.get(key)
    passages = [] if document is None else library.passages(document)
    return [passage.number for passage in passages if passage.number is not None]


def _text(source: str) -> str:
    from docterm.library.files import read_file

    try:
        return read_file(Path(source), LARGEST).data.decode("utf-8-sig", "replace")
    except ReadError as error:
        raise RequestError(
            f"{label(source, 200)} cannot be read: {error}", "Name a codebook file of a megabyte at most."
        ) from None


def _save(target: Path, text: str) -> None:
    from docterm.config.writing import replace_file

    try:
        replace_file(target, text.encode("utf-8"))
    except OSError as error:
        raise StorageError(
            f"{label(target, 200)} cannot be written: {error.strerror}.", "Name another file with --export."
        ) from None
    output.note(f"The codebook is in {label(target, 1000)}.")


# --- writing -------------------------------------------------------------------------------------


def _write_grid(rows: Sequence[Row], keys: Sequence[str]) -> None:
    counts = [(row.code.name, *(str(len(cell)) for cell in row.cells)) for row in rows]
    output.table(("code", *keys), counts, stretch=0, numbers=range(1, len(keys) + 1))
    for row in rows:
        for coding in (coding for cell in row.cells for coding in cell):
            output.line()
            output.paragraph(f"{coding.id}  {coding.cut.address}  {coding.code}")
            _write_words(coding, "  ")


def _write_words(coding: Coding, indent: str) -> None:
    for part in coding.cut.text.splitlines():
        output.paragraph(part, indent=indent)
    if coding.memo:
        output.paragraph(f"memo: {label(coding.memo, 4000)}", indent=indent)


def _write_agreement(found: Sequence[Agreement], keys: Sequence[str], units: int) -> None:
    output.paragraph(f"{counted(units, 'paragraph')} of {', '.join(keys)}")
    names = ("code", "both", "only you", "only other", "neither", "agreed", "kappa")
    rows = [
        (
            each.code,
            *map(str, (each.both, each.first, each.second, each.neither)),
            f"{each.observed:.0%}",
            "none" if each.kappa is None else f"{each.kappa:.2f}",
        )
        for each in found
    ]
    output.table(names, rows, stretch=0, numbers=range(1, 7))
    if any(each.kappa is None for each in found):
        output.paragraph("Kappa is none where both gave the code to every paragraph or to none: chance explains that.")


def _code_json(code: Code) -> dict[str, str]:
    return {"code": code.name, "key": code.key, "meaning": code.meaning}


def _coding_json(coding: Coding) -> dict[str, Any]:
    cut = coding.cut
    return {
        "id": coding.id,
        "code": coding.code,
        "memo": coding.memo,
        "document": cut.key,
        "address": str(cut.address),
        "text": cut.text,
        "span": [cut.start, cut.end],
        "created": cut.created,
    }


def _agreement_json(each: Agreement) -> dict[str, Any]:
    counts = {"both": each.both, "only_first": each.first, "only_second": each.second, "neither": each.neither}
    kappa = None if each.kappa is None else round(each.kappa, 4)
    return {"code": each.code, **counts, "observed": round(each.observed, 4), "kappa": kappa}
