"""`docterm quotes note`, `tag`, `remove`, `restore`, `move`, `undo`, `redo`: changing what the notebook holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from docterm.cli import output
from docterm.cli.context import HELP, Options, library_root, notebook_path, place_options
from docterm.cli.quoted import write_quote
from docterm.errors import RequestError
from docterm.text import counted

if TYPE_CHECKING:
    from docterm.quotes.notebook import Notebook


def _notebook(options: Options) -> Notebook:
    """Open the notebook alone: the documents need not be read for what is done here."""
    from docterm.library.scan import require_folder
    from docterm.quotes.notebook import Notebook

    notebook = Notebook(notebook_path(options, require_folder(library_root(options))))
    output.notes(notebook.problems)
    return notebook


@click.command("note", short_help="Write a note on a quote.", context_settings=HELP)
@click.argument("name", metavar="QUOTE")
@click.argument("text")
@place_options
@click.pass_obj
def note(options: Options, name: str, text: str) -> int:
    """Write a note on a quote, in place of the one it has; an empty TEXT takes it away."""
    write_quote(_notebook(options).set_note(name, text), "saved")
    return 0


@click.command("tag", context_settings=HELP)
@click.argument("names", metavar="QUOTE...", nargs=-1, required=True)
@click.option("--add", "added", metavar="TAG", multiple=True, help="A tag to give them; can be given again.")
@click.option("--take", "taken", metavar="TAG", multiple=True, help="A tag to take from them; can be given again.")
@place_options
@click.pass_obj
def tag(options: Options, names: tuple[str, ...], *, added: tuple[str, ...], taken: tuple[str, ...]) -> int:
    """Give quotes tags, or take tags from them."""
    if not added and not taken:
        raise RequestError("No tag is named.", "docterm quotes tag QUOTE --add TAG")
    notebook = _notebook(options)
    if taken:
        notebook.tag(names, taken, take=True)
    if added:
        notebook.tag(names, added)
    for name in dict.fromkeys(names):
        write_quote(notebook.get(name), "saved")
    return 0


@click.command("alter", short_help="Leave words out of a quote, or put words in.", context_settings=HELP)
@click.argument("name", metavar="QUOTE")
@click.option("--omit", metavar="TEXT", multiple=True, help="Words to leave out: an ellipsis stands for them.")
@click.option("--insert", metavar="WORDS=TEXT", multiple=True, help="What is to stand in brackets before some words.")
@click.option("--replace", metavar="OLD=NEW", multiple=True, help="Words to replace, in brackets: The=the is [t]he.")
@click.option("--emphasise", metavar="TEXT", multiple=True, help="Words to emphasise; “emphasis added” is said.")
@click.option("--sic", metavar="TEXT", multiple=True, help="Words to put [sic] behind.")
@click.option("--plain", is_flag=True, help="Take all alterations off first.")
@place_options
@click.pass_obj
def alter(options: Options, /, name: str, *, plain: bool, **wanted: tuple[str, ...]) -> int:
    """Alter how a quote is written out: leave words out, put words in, emphasise, mark an error.

    The words that were captured stay as they are, and are what `verify` compares. Options can be given again; they
    add to the alterations that the quote has. The style decides what an ellipsis looks like.
    """
    from docterm.quotes.alterations import asked_for

    notebook = _notebook(options)
    quote = notebook.get(name)
    made = asked_for(quote.text, wanted)
    if not made and not plain:
        raise RequestError("No alteration is named.", "docterm quotes alter QUOTE --omit TEXT")
    write_quote(notebook.alter(quote.id, [*([] if plain else quote.alterations), *made]), "saved")
    return 0


@click.command("remove", context_settings=HELP)
@click.argument("names", metavar="QUOTE...", nargs=-1, required=True)
@place_options
@click.pass_obj
def remove(options: Options, names: tuple[str, ...]) -> int:
    """Take quotes off the list. Their lines stay in the notebook: `restore` and `undo` bring them back."""
    for quote in _notebook(options).remove(*dict.fromkeys(names)):
        write_quote(quote, "removed")
    return 0


@click.command("restore", context_settings=HELP)
@click.argument("names", metavar="[QUOTE]...", nargs=-1)
@place_options
@click.pass_obj
def restore(options: Options, names: tuple[str, ...]) -> int:
    """Put removed quotes back; without QUOTE, list those that can be.

    Exit code 1 when none was removed.
    """
    notebook = _notebook(options)
    if names:
        for quote in notebook.restore(*dict.fromkeys(names)):
            write_quote(quote, "restored")
        return 0
    gone = notebook.removed()
    for quote in gone:
        write_quote(quote, "removed")
    output.note(f"{counted(len(gone), 'quote')} can be restored." if gone else "No quote was removed.")
    return int(not gone)


@click.command(
    "move",
    short_help="Move a quote up or down in your own order.",
    context_settings=HELP | {"ignore_unknown_options": True},  # -1 is a number of steps
)
@click.argument("name", metavar="QUOTE")
@click.argument("steps", type=int)
@place_options
@click.pass_obj
def move(options: Options, name: str, steps: int) -> int:
    """Put a quote STEPS places further down your own order, or up with a negative number.

    Quotes are listed, copied and exported in that order. Exit code 1 when it stands at that end already.
    """
    notebook = _notebook(options)
    moved = notebook.move(name, steps)
    quote = notebook.get(name)
    place = notebook.quotes().index(quote) + 1
    write_quote(quote, f"now {place:,} of {len(notebook.quotes()):,}")
    return int(not moved)


@click.command("undo", short_help="Take back the last change to the notebook.", context_settings=HELP)
@place_options
@click.pass_obj
def undo(options: Options) -> int:
    """Take back the last change to the notebook, whichever docterm made it, and say what it was.

    Calling it again takes back the change before that. Exit code 1 when there is none.
    """
    output.line(_notebook(options).undo(everyone=True))
    return 0


@click.command("redo", short_help="Do again what undo took back last.", context_settings=HELP)
@place_options
@click.pass_obj
def redo(options: Options) -> int:
    """Do again what `undo` took back last, as long as nothing else was changed since.

    Exit code 1 when there is nothing.
    """
    output.line(_notebook(options).redo(everyone=True))
    return 0


CHANGES = (note, tag, alter, remove, restore, move, undo, redo)
