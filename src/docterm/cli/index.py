"""`docterm index`: read what is new in the library's folder, and make the search index."""

from __future__ import annotations

import click

from docterm.cli import output
from docterm.cli.context import HELP, Options, form_options, library_root, place_options
from docterm.text import counted


@click.command("index", context_settings=HELP)
@click.option("--rebuild", is_flag=True, help="Forget what was read and indexed, and do it all again.")
@click.option("--workers", type=click.IntRange(1, 32), metavar="N", help="Read N files at once.")
@form_options()
@place_options
@click.pass_obj
def command(options: Options, rebuild: bool, workers: int | None, form: str | None) -> int:
    """Read what is new or changed in the library, and index it.

    Every other command does this too before it answers; this one does nothing else. Exit code 1 when some
    file cannot be read: `docterm list --problems` says why.
    """
    from docterm.library.library import Library
    from docterm.search.service import SearchService

    library = Library(library_root(options))
    service = SearchService(library)
    try:
        if rebuild:
            library.forget()
        with output.progress() as show:
            changes = library.refresh(show, workers=workers)
        with output.progress("Indexing paragraph") as show:
            indexed = service.rebuild(show) if rebuild else service.synchronise(progress=show)
        documents = library.documents(every=True)
        notes = [*library.notes, *service.notes]
    finally:
        service.close()
        library.close()
    passed_over = sum(document.passed_over for document in documents)
    problems = sum(document.problem is not None for document in documents) - passed_over
    counts = {
        "documents": len(documents) - problems - passed_over,
        "read": len(changes.read),
        "gone": len(changes.gone),
        "indexed": indexed,
        "problems": problems,
        "passed_over": passed_over,
    }
    if form == "json":
        output.emit({"schema": "docterm.index/1", "notes": notes, **counts})
    else:
        output.notes(notes)
        output.line(
            f"{counted(counts['documents'], 'document')}; {counts['read']:,} read, {counts['gone']:,} gone, "
            f"{counts['indexed']:,} indexed."
        )
        if problems:
            output.note(f"{counted(problems, 'file')} cannot be read; `docterm list --problems` says why.")
        elif passed_over:
            output.note(f"{passed_over:,} passed over, no file to read; `docterm list --problems` says why.")
    return int(bool(problems))
