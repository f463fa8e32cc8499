"""The manuscripts that are written with the quotes of a notebook, as the notebook remembers them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from docterm.errors import ReadError, RequestError
from docterm.quotes.check.draft import DraftForm, open_draft
from docterm.quotes.model import Quote
from docterm.quotes.notebook import Notebook
from docterm.text import label

_ABOUT = "manuscript"


class Manuscript(NamedTuple):
    """A draft that is linked to a notebook, and its form where its suffix does not say it."""

    path: Path
    form: DraftForm | None = None


class Use(NamedTuple):
    """A line of a manuscript in which a quote is used."""

    path: Path
    line: int


class Uses(NamedTuple):
    """Where quotes are used, by their ids, and a sentence for each manuscript that cannot be read."""

    by_quote: dict[str, list[Use]]
    problems: list[str]

    def of(self, quote: Quote) -> list[Use]:
        """Give where a quote is used."""
        return self.by_quote.get(quote.id, [])


def link(notebook: Notebook, manuscript: Manuscript) -> None:
    """Remember that a manuscript is written with the quotes of a notebook."""
    name = _name(notebook, manuscript.path)
    form = None if manuscript.form is None else manuscript.form.value
    notebook.keep(_ABOUT, name, {"form": form}, f"linking the manuscript {label(name)}")


def unlink(notebook: Notebook, path: Path) -> None:
    """Forget a manuscript; raises RequestError when it is not linked."""
    name = _name(notebook, path)
    if name not in notebook.kept(_ABOUT):
        raise RequestError(
            f"{label(path, 1000)} is not linked to this notebook.", "`docterm check DRAFT --link` links."
        )
    notebook.keep(_ABOUT, name, None, f"forgetting the manuscript {label(name)}")


def manuscripts(notebook: Notebook) -> list[Manuscript]:
    """Give the manuscripts that are linked to a notebook, in the order of their names."""
    found: list[Manuscript] = []
    for name, value in sorted(notebook.kept(_ABOUT).items()):
        form = value.get("form")
        path = Path(os.path.normpath(notebook.path.parent / name))
        found.append(Manuscript(path, DraftForm(form) if form in set(DraftForm) else None))
    return found


def used(notebook: Notebook, quotes: Sequence[Quote]) -> Uses | None:
    """Say where the linked manuscripts use quotes; None when none is linked. Reads the manuscripts."""
    linked = manuscripts(notebook)
    if not linked:
        return None
    from docterm.quotes.check.uses import uses  # here: most notebooks have no manuscript

    by_quote: dict[str, list[Use]] = {quote.id: [] for quote in quotes}
    problems: list[str] = []
    for manuscript in linked:
        try:
            draft = open_draft(manuscript.path, manuscript.form)
        except ReadError as error:
            problems.append(f"The manuscript {label(manuscript.path, 1000)} is not read. {error}")
            continue
        for name, lines in uses(draft, quotes).items():
            by_quote[name] += [Use(manuscript.path, line) for line in lines]
    return Uses(by_quote, problems)


def _name(notebook: Notebook, path: Path) -> str:
    """Give what a manuscript is called in a notebook: the way from its folder where it is near, else its whole path.

    So a folder with library, notebook and manuscript can be moved.
    """
    folder, whole = os.path.abspath(notebook.path.parent), os.path.abspath(path)
    try:
        below = os.path.relpath(whole, folder)
    except ValueError:  # on another drive
        return whole
    return Path(below).as_posix() if below.count("..") < 3 else whole
